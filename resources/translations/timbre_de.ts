<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>About</name>
    <message>
        <source>About Timbre</source>
        <translation>Über Timbre</translation>
    </message>
    <message>
        <source>A workbench for people who read network traffic for a living.

Free software under the GNU General Public License, version 3 or later. Built with Qt %1, QCustomPlot, libpcap, SQLite and libarchive.</source>
        <translation>Eine Werkbank für alle, die beruflich Netzverkehr lesen.

Freie Software unter der GNU General Public License, Version 3 oder später. Gebaut mit Qt %1, QCustomPlot, libpcap, SQLite und libarchive.</translation>
    </message>
</context>
<context>
    <name>Arrangement</name>
    <message>
        <source>Inspect</source>
        <translation>Untersuchen</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Aufzeichnen</translation>
    </message>
    <message>
        <source>Voice</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Trends</source>
        <translation>Trends</translation>
    </message>
    <message>
        <source>Flows and their packets</source>
        <translation>Flows und ihre Pakete</translation>
    </message>
    <message>
        <source>Recordings and the masks made of them</source>
        <translation>Aufzeichnungen und die daraus gebildeten Masken</translation>
    </message>
    <message>
        <source>Voice streams and their verdicts</source>
        <translation>Sprachströme und ihre Urteile</translation>
    </message>
    <message>
        <source>Signals over time, anomalies, entities</source>
        <translation>Signale im Zeitverlauf, Anomalien, Entitäten</translation>
    </message>
</context>
<context>
    <name>timbre::ui</name>
    <message>
        <source>Flows</source>
        <translation>Flows</translation>
    </message>
    <message>
        <source>Copied %1 flows</source>
        <translation>%1 Flows kopiert</translation>
    </message>
    <message>
        <source>Put the new flows in their places</source>
        <translation>Neue Flows einordnen</translation>
    </message>
    <message>
        <source>&amp;Apply as filter</source>
        <translation>Als &amp;Filter anwenden</translation>
    </message>
    <message>
        <source>A&amp;nd this</source>
        <translation>&amp;Und dies</translation>
    </message>
    <message>
        <source>And n&amp;ot this</source>
        <translation>Und &amp;nicht dies</translation>
    </message>
    <message>
        <source>Copy as &amp;filter</source>
        <translation>Als Filter &amp;kopieren</translation>
    </message>
    <message>
        <source>%1 flows</source>
        <translation>%1 Flows</translation>
    </message>
    <message>
        <source>in the workspace</source>
        <translation>im Arbeitsbereich</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>reading</source>
        <translation>wird gelesen</translation>
    </message>
    <message>
        <source>reading, %1 %</source>
        <translation>wird gelesen, %1 %</translation>
    </message>
    <message>
        <source>stopped before the end</source>
        <translation>vor dem Ende beendet</translation>
    </message>
    <message>
        <source>could not be opened</source>
        <translation>ließ sich nicht öffnen</translation>
    </message>
    <message>
        <source>complete, with remarks in Health</source>
        <translation>vollständig, mit Hinweisen unter „Zustand“</translation>
    </message>
    <message>
        <source>complete, from the workspace</source>
        <translation>vollständig, aus dem Arbeitsbereich</translation>
    </message>
    <message>
        <source>complete</source>
        <translation>vollständig</translation>
    </message>
    <message>
        <source>active, its beginning was not seen</source>
        <translation>aktiv, Beginn nicht gesehen</translation>
    </message>
    <message>
        <source>active</source>
        <translation>aktiv</translation>
    </message>
    <message>
        <source>SYN sent, no answer</source>
        <translation>SYN gesendet, keine Antwort</translation>
    </message>
    <message>
        <source>SYN answered, handshake not complete</source>
        <translation>SYN beantwortet, Handshake unvollständig</translation>
    </message>
    <message>
        <source>established</source>
        <translation>aufgebaut</translation>
    </message>
    <message>
        <source>one side has closed</source>
        <translation>eine Seite hat geschlossen</translation>
    </message>
    <message>
        <source>both sides have closed, last ACK not seen</source>
        <translation>beide Seiten haben geschlossen, letztes ACK nicht gesehen</translation>
    </message>
    <message>
        <source>closed in order</source>
        <translation>ordnungsgemäß geschlossen</translation>
    </message>
    <message>
        <source>reset</source>
        <translation>zurückgesetzt</translation>
    </message>
    <message>
        <source>error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>note</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>byte %1, after packet %2</source>
        <translation>Byte %1, nach Paket %2</translation>
    </message>
    <message>
        <source>Proto</source>
        <translation>Proto</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>Client</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Dienst</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>↑ Bytes</source>
        <translation>↑ Bytes</translation>
    </message>
    <message>
        <source>↓ Bytes</source>
        <translation>↓ Bytes</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>↑ Pkts</source>
        <translation>↑ Pak.</translation>
    </message>
    <message>
        <source>↓ Pkts</source>
        <translation>↓ Pak.</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Rate</translation>
    </message>
    <message>
        <source>RTT</source>
        <translation>RTT</translation>
    </message>
    <message>
        <source>Retr.</source>
        <translation>Retr.</translation>
    </message>
    <message>
        <source>Entropy</source>
        <translation>Entropie</translation>
    </message>
    <message>
        <source>Tunnel</source>
        <translation>Tunnel</translation>
    </message>
    <message>
        <source>First packet</source>
        <translation>Erstes Paket</translation>
    </message>
    <message>
        <source>First seen</source>
        <translation>Zuerst gesehen</translation>
    </message>
    <message>
        <source>Last seen</source>
        <translation>Zuletzt gesehen</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Ended by</source>
        <translation>Beendet durch</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Packets</source>
        <translation>Pakete</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>Bytes</translation>
    </message>
    <message>
        <source>Payload</source>
        <translation>Nutzdaten</translation>
    </message>
    <message>
        <source>On the wire</source>
        <translation>Auf der Leitung</translation>
    </message>
    <message>
        <source>Out of order</source>
        <translation>Außer der Reihe</translation>
    </message>
    <message>
        <source>Zero windows</source>
        <translation>Nullfenster</translation>
    </message>
    <message>
        <source>Server name</source>
        <translation>Servername</translation>
    </message>
    <message>
        <source>HTTP host</source>
        <translation>HTTP-Host</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>Anwendung</translation>
    </message>
    <message>
        <source>TTL</source>
        <translation>TTL</translation>
    </message>
    <message>
        <source>VLAN</source>
        <translation>VLAN</translation>
    </message>
    <message>
        <source>Interface</source>
        <translation>Schnittstelle</translation>
    </message>
    <message>
        <source>Outer flow</source>
        <translation>Äußerer Flow</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>Nr.</translation>
    </message>
    <message>
        <source>closed by FIN</source>
        <translation>durch FIN geschlossen</translation>
    </message>
    <message>
        <source>ended: idle</source>
        <translation>beendet: untätig</translation>
    </message>
    <message>
        <source>put out of the flow table, which was full</source>
        <translation>aus der vollen Flow-Tabelle verdrängt</translation>
    </message>
    <message>
        <source>alive</source>
        <translation>aktiv</translation>
    </message>
    <message>
        <source>Initiator ↑</source>
        <translation>Initiator ↑</translation>
    </message>
    <message>
        <source>Its name</source>
        <translation>Sein Name</translation>
    </message>
    <message>
        <source>Responder ↓</source>
        <translation>Responder ↓</translation>
    </message>
    <message>
        <source>Server name (SNI)</source>
        <translation>Servername (SNI)</translation>
    </message>
    <message>
        <source>Usual service</source>
        <translation>Üblicher Dienst</translation>
    </message>
    <message>
        <source>Spoken inside</source>
        <translation>Darin gesprochen</translation>
    </message>
    <message>
        <source>Last packet</source>
        <translation>Letztes Paket</translation>
    </message>
    <message>
        <source>%1 ns</source>
        <translation>%1 ns</translation>
    </message>
    <message>
        <source>Mean rate</source>
        <translation>Mittlere Rate</translation>
    </message>
    <message>
        <source>Handshake round trip</source>
        <translation>Handshake-Umlaufzeit</translation>
    </message>
    <message>
        <source>Inside tunnel</source>
        <translation>Im Tunnel</translation>
    </message>
    <message>
        <source>Bytes on the wire</source>
        <translation>Bytes auf der Leitung</translation>
    </message>
    <message>
        <source>Bytes captured</source>
        <translation>Bytes mitgeschnitten</translation>
    </message>
    <message>
        <source>Retransmissions</source>
        <translation>Wiederholungen</translation>
    </message>
    <message>
        <source>TTL, first … last</source>
        <translation>TTL, erste … letzte</translation>
    </message>
    <message>
        <source>Payload entropy (bit/B)</source>
        <translation>Entropie der Nutzdaten (bit/B)</translation>
    </message>
    <message>
        <source>first packet</source>
        <translation>erstes Paket</translation>
    </message>
    <message>
        <source>SYN sent</source>
        <translation>SYN gesendet</translation>
    </message>
    <message>
        <source>SYN answered</source>
        <translation>SYN beantwortet</translation>
    </message>
    <message>
        <source>first FIN</source>
        <translation>erstes FIN</translation>
    </message>
    <message>
        <source>second FIN</source>
        <translation>zweites FIN</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>geschlossen</translation>
    </message>
    <message>
        <source>data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source> … (only the first 16 are kept)</source>
        <translation> … (nur die ersten 16 bleiben erhalten)</translation>
    </message>
    <message>
        <source>being analysed</source>
        <translation>wird ausgewertet</translation>
    </message>
    <message>
        <source>live</source>
        <translation>live</translation>
    </message>
    <message>
        <source>stopped, not saved</source>
        <translation>beendet, nicht gespeichert</translation>
    </message>
    <message>
        <source>Packets captured and not yet analysed: the analysis is behind, nothing is lost.</source>
        <translation>Mitgeschnittene, noch nicht ausgewertete Pakete: Die Auswertung liegt zurück, nichts geht verloren.</translation>
    </message>
</context>
<context>
    <name>timbre::ui::CapturesDock</name>
    <message>
        <source>Captures</source>
        <translation>Mitschnitte</translation>
    </message>
    <message>
        <source>Captures in the workspace</source>
        <translation>Mitschnitte im Arbeitsbereich</translation>
    </message>
    <message>
        <source>The captures you open are listed here.</source>
        <translation>Geöffnete Mitschnitte stehen hier.</translation>
    </message>
    <message>
        <source>Open a capture…</source>
        <translation>Mitschnitt öffnen…</translation>
    </message>
    <message>
        <source>Stop reading</source>
        <translation>Lesen beenden</translation>
    </message>
    <message>
        <source>Analyse again</source>
        <translation>Neu auswerten</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>Pfad kopieren</translation>
    </message>
    <message>
        <source>Show in file manager</source>
        <translation>In der Dateiverwaltung zeigen</translation>
    </message>
    <message>
        <source>Remove from the workspace</source>
        <translation>Aus dem Arbeitsbereich entfernen</translation>
    </message>
    <message>
        <source>The file itself stays where it is.</source>
        <translation>Die Datei selbst bleibt, wo sie ist.</translation>
    </message>
</context>
<context>
    <name>timbre::ui::CommandPalette</name>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>What would you like to do? An action, a dock, a filter, a host …</source>
        <translation>Was soll geschehen? Eine Aktion, ein Dock, ein Filter, ein Host …</translation>
    </message>
    <message>
        <source>Search commands</source>
        <translation>Befehle suchen</translation>
    </message>
    <message>
        <source>Commands that fit</source>
        <translation>Passende Befehle</translation>
    </message>
</context>
<context>
    <name>timbre::ui::Dock</name>
    <message>
        <source>Pin: keep this filter, range and selection here</source>
        <translation>Anheften: Filter, Zeitbereich und Auswahl hier beibehalten</translation>
    </message>
    <message>
        <source>Close; the View menu brings it back</source>
        <translation>Schließen; das Menü „Ansicht“ holt es zurück</translation>
    </message>
    <message>
        <source>%1 (pinned)</source>
        <translation>%1 (angeheftet)</translation>
    </message>
    <message>
        <source>Put back into the window</source>
        <translation>Ins Fenster zurücksetzen</translation>
    </message>
    <message>
        <source>Float as a window of its own</source>
        <translation>Als eigenes Fenster ablösen</translation>
    </message>
</context>
<context>
    <name>timbre::ui::ExportDialog</name>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Flows as CSV</source>
        <translation>Flows als CSV</translation>
    </message>
    <message>
        <source>Flows as JSON lines</source>
        <translation>Flows als JSON-Zeilen</translation>
    </message>
    <message>
        <source>Flows as Zeek conn.log</source>
        <translation>Flows als Zeek conn.log</translation>
    </message>
    <message>
        <source>Packets as pcapng</source>
        <translation>Pakete als pcapng</translation>
    </message>
    <message>
        <source>&amp;Replace the file that is there</source>
        <translation>&amp;Vorhandene Datei ersetzen</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Umfang</translation>
    </message>
    <message>
        <source>&amp;Form</source>
        <translation>&amp;Format</translation>
    </message>
    <message>
        <source>F&amp;ile</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Export</source>
        <translation>&amp;Exportieren</translation>
    </message>
    <message>
        <source>-export</source>
        <translation>-export</translation>
    </message>
    <message>
        <source>&amp;All flows in the table: %1</source>
        <translation>&amp;Alle Flows der Tabelle: %1</translation>
    </message>
    <message>
        <source>&amp;Selected flows: %1</source>
        <translation>Aus&amp;gewählte Flows: %1</translation>
    </message>
    <message>
        <source>File to write</source>
        <translation>Zieldatei</translation>
    </message>
    <message>
        <source>&amp;Choose…</source>
        <translation>Aus&amp;wählen…</translation>
    </message>
    <message>
        <source>The packets of these flows, read from the capture once more.</source>
        <translation>Die Pakete dieser Flows, erneut aus dem Mitschnitt gelesen.</translation>
    </message>
    <message>
        <source>Facts about the flows; no packet bytes.</source>
        <translation>Angaben zu den Flows; keine Paketbytes.</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>Exportieren nach</translation>
    </message>
</context>
<context>
    <name>timbre::ui::FilterBar</name>
    <message>
        <source>Filter flows: host, address, port == 443 and flow.bytes &gt; 1MB …</source>
        <translation>Flows filtern: Host, Adresse, port == 443 and flow.bytes &gt; 1MB …</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>Filter löschen</translation>
    </message>
    <message>
        <source>Filters used before</source>
        <translation>Früher benutzte Filter</translation>
    </message>
    <message>
        <source>Completions</source>
        <translation>Vervollständigungen</translation>
    </message>
    <message>
        <source>Filters you apply are kept here</source>
        <translation>Angewandte Filter bleiben hier erhalten</translation>
    </message>
</context>
<context>
    <name>timbre::ui::FlowDock</name>
    <message>
        <source>Flow</source>
        <translation>Flow</translation>
    </message>
    <message>
        <source>Select a flow to see who speaks, how it went, and the rhythm of its packets.</source>
        <translation>Einen Flow auswählen, um zu sehen, wer spricht, wie er verlief und in welchem Rhythmus seine Pakete kommen.</translation>
    </message>
    <message>
        <source>Facts and plots of the flow</source>
        <translation>Angaben und Diagramme zum Flow</translation>
    </message>
    <message>
        <source>reading …</source>
        <translation>wird gelesen …</translation>
    </message>
    <message>
        <source>first %1 of %2 packets</source>
        <translation>die ersten %1 von %2 Paketen</translation>
    </message>
</context>
<context>
    <name>timbre::ui::FlowFactsView</name>
    <message>
        <source>Select the flow whose packets carry this one</source>
        <translation>Den Flow auswählen, dessen Pakete diesen tragen</translation>
    </message>
    <message>
        <source>↑ Initiator</source>
        <translation>↑ Initiator</translation>
    </message>
    <message>
        <source>↓ Responder</source>
        <translation>↓ Responder</translation>
    </message>
    <message>
        <source>One letter per event: S SYN, D data, F FIN, R RST. Capital letters are the initiator&apos;s.</source>
        <translation>Ein Buchstabe je Ereignis: S SYN, D Daten, F FIN, R RST. Großbuchstaben gehören zum Initiator.</translation>
    </message>
    <message>
        <source>TCP history</source>
        <translation>TCP-Verlauf</translation>
    </message>
    <message>
        <source>%1 of the initiator: %2</source>
        <translation>%1 des Initiators: %2</translation>
    </message>
    <message>
        <source>%1 of the responder: %2</source>
        <translation>%1 des Responders: %2</translation>
    </message>
    <message>
        <source>Carried by %1</source>
        <translation>Getragen von %1</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy exact value</source>
        <translation>Genauen Wert kopieren</translation>
    </message>
</context>
<context>
    <name>timbre::ui::FlowPlots</name>
    <message>
        <source>Packet sizes</source>
        <translation>Paketgrößen</translation>
    </message>
    <message>
        <source>Gaps between packets</source>
        <translation>Abstände zwischen Paketen</translation>
    </message>
    <message>
        <source>↑ above, ↓ below</source>
        <translation>↑ oben, ↓ unten</translation>
    </message>
    <message>
        <source>; largest per %1</source>
        <translation>; größtes je %1</translation>
    </message>
    <message>
        <source>▲ before ↑, ▼ before ↓</source>
        <translation>▲ vor ↑, ▼ vor ↓</translation>
    </message>
    <message>
        <source>packet %1 %2 is the first</source>
        <translation>Paket %1 %2 ist das erste</translation>
    </message>
    <message>
        <source>%1: %2 before packet %3 %4</source>
        <translation>%1: %2 vor Paket %3 %4</translation>
    </message>
    <message>
        <source>%1: %2 %3 B, packet %4</source>
        <translation>%1: %2 %3 B, Paket %4</translation>
    </message>
    <message>
        <source>Since start (s)</source>
        <translation>Seit Beginn (s)</translation>
    </message>
    <message>
        <source>Packet</source>
        <translation>Paket</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>Richtung</translation>
    </message>
    <message>
        <source>Gap (s)</source>
        <translation>Abstand (s)</translation>
    </message>
    <message>
        <source>Size (B)</source>
        <translation>Größe (B)</translation>
    </message>
</context>
<context>
    <name>timbre::ui::FlowSumsView</name>
    <message>
        <source>Selected flows</source>
        <translation>Ausgewählte Flows</translation>
    </message>
    <message>
        <source>%1 flows over %2
↑ %3 packets, %4
↓ %5 packets, %6
Enter on a flow shows it alone.</source>
        <translation>%1 Flows über %2
↑ %3 Pakete, %4
↓ %5 Pakete, %6
Eingabetaste auf einem Flow zeigt ihn allein.</translation>
    </message>
</context>
<context>
    <name>timbre::ui::FlowsColumns</name>
    <message>
        <source>Reset columns</source>
        <translation>Spalten zurücksetzen</translation>
    </message>
</context>
<context>
    <name>timbre::ui::FlowsDock</name>
    <message>
        <source>The capture could not be opened.</source>
        <translation>Der Mitschnitt ließ sich nicht öffnen.</translation>
    </message>
    <message>
        <source>Open another capture…</source>
        <translation>Anderen Mitschnitt öffnen…</translation>
    </message>
    <message>
        <source>None of the %1 flows fits the filter and the time range.</source>
        <translation>Keiner der %1 Flows passt zu Filter und Zeitbereich.</translation>
    </message>
    <message>
        <source>Show all flows</source>
        <translation>Alle Flows anzeigen</translation>
    </message>
    <message>
        <source>This capture holds no packet that belongs to a flow. Health says what was read.</source>
        <translation>Dieser Mitschnitt enthält kein Paket, das zu einem Flow gehört. „Zustand“ nennt, was gelesen wurde.</translation>
    </message>
    <message>
        <source>%1 flows</source>
        <translation>%1 Flows</translation>
    </message>
    <message>
        <source>%1 of %2 flows</source>
        <translation>%1 von %2 Flows</translation>
    </message>
    <message>
        <source> · %1 packets · %2</source>
        <translation> · %1 Pakete · %2</translation>
    </message>
    <message>
        <source> · %1 selected</source>
        <translation> · %1 ausgewählt</translation>
    </message>
    <message>
        <source>↑ %1 new</source>
        <translation>↑ %1 neu</translation>
    </message>
    <message>
        <source>Copied a %1</source>
        <translation>%1 kopiert</translation>
    </message>
    <message>
        <source>&amp;Copy rows</source>
        <translation>&amp;Zeilen kopieren</translation>
    </message>
    <message>
        <source>Copy &amp;as</source>
        <translation>Kopieren &amp;als</translation>
    </message>
    <message>
        <source>Show &amp;packets</source>
        <translation>&amp;Pakete anzeigen</translation>
    </message>
    <message>
        <source>P&amp;eek</source>
        <translation>Vors&amp;chau</translation>
    </message>
    <message>
        <source>&amp;Sort by this column</source>
        <translation>Nach dieser Spalte &amp;sortieren</translation>
    </message>
    <message>
        <source>&amp;JSON, one flow per line</source>
        <translation>&amp;JSON, ein Flow je Zeile</translation>
    </message>
    <message>
        <source>&amp;BPF filter</source>
        <translation>&amp;BPF-Filter</translation>
    </message>
    <message>
        <source>BPF filter</source>
        <translation>BPF-Filter</translation>
    </message>
    <message>
        <source>&amp;Wireshark filter</source>
        <translation>&amp;Wireshark-Filter</translation>
    </message>
    <message>
        <source>Wireshark filter</source>
        <translation>Wireshark-Filter</translation>
    </message>
    <message>
        <source>Select 1 to %1 flows</source>
        <translation>1 bis %1 Flows auswählen</translation>
    </message>
</context>
<context>
    <name>timbre::ui::FlowsModel</name>
    <message>
        <source>%1 – %2</source>
        <translation>%1 – %2</translation>
    </message>
</context>
<context>
    <name>timbre::ui::FlowsView</name>
    <message>
        <source>Flows</source>
        <translation>Flows</translation>
    </message>
</context>
<context>
    <name>timbre::ui::Focus</name>
    <message>
        <source>clear the filter</source>
        <translation>Filter löschen</translation>
    </message>
    <message>
        <source>filter: %1</source>
        <translation>Filter: %1</translation>
    </message>
    <message>
        <source>range %1 – %2</source>
        <translation>Zeitbereich %1 – %2</translation>
    </message>
    <message>
        <source>whole capture</source>
        <translation>ganzer Mitschnitt</translation>
    </message>
    <message>
        <source>sort by %1, descending</source>
        <translation>Sortieren nach %1, absteigend</translation>
    </message>
    <message>
        <source>sort by %1</source>
        <translation>Sortieren nach %1</translation>
    </message>
    <message>
        <source>another arrangement of the docks</source>
        <translation>andere Anordnung der Docks</translation>
    </message>
    <message>
        <source>columns of the flow table</source>
        <translation>Spalten der Flow-Tabelle</translation>
    </message>
</context>
<context>
    <name>timbre::ui::Footer</name>
    <message>
        <source>Waiting to be read</source>
        <translation>Wartet auf das Lesen</translation>
    </message>
    <message>
        <source>%1 of %2 · %3 packets</source>
        <translation>%1 von %2 · %3 Pakete</translation>
    </message>
    <message>
        <source> · %1 s left</source>
        <translation> · noch %1 s</translation>
    </message>
    <message>
        <source>The capture on screen. Click for all captures of the workspace.</source>
        <translation>Der gezeigte Mitschnitt. Ein Klick zeigt alle Mitschnitte des Arbeitsbereichs.</translation>
    </message>
    <message>
        <source>The zone times are shown in. Click to switch between UTC and local time.</source>
        <translation>Die Zeitzone der Anzeige. Ein Klick wechselt zwischen UTC und Ortszeit.</translation>
    </message>
    <message>
        <source>Packets read. Click for what was met while reading.</source>
        <translation>Gelesene Pakete. Ein Klick zeigt, was beim Lesen auffiel.</translation>
    </message>
    <message>
        <source>Flows in the capture. Click for the list.</source>
        <translation>Flows im Mitschnitt. Ein Klick zeigt die Liste.</translation>
    </message>
    <message>
        <source>Damage, losses and caps that were reached. Click for the list.</source>
        <translation>Schäden, Verluste und erreichte Obergrenzen. Ein Klick zeigt die Liste.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Stop reading and keep what was read (Esc)</source>
        <translation>Lesen beenden und Gelesenes behalten (Esc)</translation>
    </message>
    <message>
        <source>Size of the workspace&apos;s store on disk.</source>
        <translation>Größe der Ablage des Arbeitsbereichs auf dem Datenträger.</translation>
    </message>
    <message>
        <source>local %1</source>
        <translation>Ortszeit %1</translation>
    </message>
    <message>
        <source>store %1</source>
        <translation>Ablage %1</translation>
    </message>
    <message>
        <source>%1 packets</source>
        <translation>%1 Pakete</translation>
    </message>
    <message>
        <source>%1 flows</source>
        <translation>%1 Flows</translation>
    </message>
    <message>
        <source>no damage</source>
        <translation>keine Schäden</translation>
    </message>
    <message>
        <source>1 remark</source>
        <translation>1 Hinweis</translation>
    </message>
    <message>
        <source>%1 remarks</source>
        <translation>%1 Hinweise</translation>
    </message>
    <message>
        <source>Starting to capture …</source>
        <translation>Mitschneiden beginnt …</translation>
    </message>
    <message>
        <source>Capture ended, %1 packets still to be analysed</source>
        <translation>Mitschneiden beendet, noch %1 Pakete auszuwerten</translation>
    </message>
    <message>
        <source>%1 packets/s · %2</source>
        <translation>%1 Pakete/s · %2</translation>
    </message>
    <message>
        <source>drops %1/%2 · ring %3</source>
        <translation>Verluste %1/%2 · Ring %3</translation>
    </message>
    <message>
        <source> · lag %1</source>
        <translation> · Rückstand %1</translation>
    </message>
    <message>
        <source>%1 packets dropped by the interface
%2 packets dropped by the kernel
%3 packets removed by the ring of the spool
%4 packets captured and not yet analysed (%5)</source>
        <translation>%1 Pakete von der Schnittstelle verworfen
%2 Pakete vom Kernel verworfen
%3 Pakete vom Ring des Zwischenspeichers entfernt
%4 Pakete mitgeschnitten und noch nicht ausgewertet (%5)</translation>
    </message>
</context>
<context>
    <name>timbre::ui::HealthDock</name>
    <message>
        <source>Health</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>What was met while reading</source>
        <translation>Was beim Lesen auffiel</translation>
    </message>
    <message>
        <source>Damage in a capture and every cap that bites are listed here.</source>
        <translation>Schäden im Mitschnitt und jede Obergrenze, die greift, stehen hier.</translation>
    </message>
    <message>
        <source>Nothing to report so far.</source>
        <translation>Bisher nichts zu melden.</translation>
    </message>
    <message>
        <source>Nothing to report. Every packet was read and counted.</source>
        <translation>Nichts zu melden. Jedes Paket wurde gelesen und gezählt.</translation>
    </message>
</context>
<context>
    <name>timbre::ui::HealthModel</name>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>Anzahl</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
</context>
<context>
    <name>timbre::ui::HelpWindow</name>
    <message>
        <source>Manual</source>
        <translation>Handbuch</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Seite</translation>
    </message>
    <message>
        <source>Find in the manual</source>
        <translation>Im Handbuch suchen</translation>
    </message>
    <message>
        <source>Export as HTML…</source>
        <translation>Als HTML exportieren…</translation>
    </message>
    <message>
        <source>Not in the manual</source>
        <translation>Nicht im Handbuch</translation>
    </message>
    <message>
        <source>Export the manual</source>
        <translation>Handbuch exportieren</translation>
    </message>
    <message>
        <source>Web page (*.html)</source>
        <translation>Webseite (*.html)</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>Geschrieben</translation>
    </message>
</context>
<context>
    <name>timbre::ui::HexView</name>
    <message>
        <source>Packet bytes</source>
        <translation>Paketbytes</translation>
    </message>
    <message numerus="yes">
        <source>%n byte(s)</source>
        <translation>
            <numerusform>%n Byte</numerusform>
            <numerusform>%n Bytes</numerusform>
        </translation>
    </message>
    <message>
        <source>Export bytes</source>
        <translation>Bytes exportieren</translation>
    </message>
    <message>
        <source>The bytes could not be written to %1: %2.</source>
        <translation>Die Bytes ließen sich nicht nach %1 schreiben: %2.</translation>
    </message>
    <message>
        <source>Byte %1 of %2: hexadecimal %3</source>
        <translation>Byte %1 von %2: hexadezimal %3</translation>
    </message>
    <message>
        <source>Copy as hex</source>
        <translation>Als Hex kopieren</translation>
    </message>
    <message>
        <source>Copy as text</source>
        <translation>Als Text kopieren</translation>
    </message>
    <message>
        <source>Copy as C array</source>
        <translation>Als C-Feld kopieren</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Alles auswählen</translation>
    </message>
    <message>
        <source>Export bytes…</source>
        <translation>Bytes exportieren…</translation>
    </message>
    <message>
        <source>Offset %1 (0x%2): 0x%3, %4</source>
        <translation>Offset %1 (0x%2): 0x%3, %4</translation>
    </message>
</context>
<context>
    <name>timbre::ui::KeySheet</name>
    <message>
        <source>In the flow table</source>
        <translation>In der Flow-Tabelle</translation>
    </message>
    <message>
        <source>In the filter bar</source>
        <translation>In der Filterzeile</translation>
    </message>
    <message>
        <source>J, K</source>
        <translation>J, K</translation>
    </message>
    <message>
        <source>Next, previous flow</source>
        <translation>Nächster, voriger Flow</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Leertaste</translation>
    </message>
    <message>
        <source>Peek: the facts of the flow; follows the arrows</source>
        <translation>Vorschau: die Angaben zum Flow; folgt den Pfeiltasten</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Show the packets of the selected flows</source>
        <translation>Die Pakete der ausgewählten Flows zeigen</translation>
    </message>
    <message>
        <source>S</source>
        <translation>S</translation>
    </message>
    <message>
        <source>Sort by the current column; again: the other way; again: not</source>
        <translation>Nach der aktuellen Spalte sortieren; nochmals: umgekehrt; nochmals: nicht</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>Filter by the cell, copy</source>
        <translation>Nach der Zelle filtern, kopieren</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>Unten</translation>
    </message>
    <message>
        <source>Show completions</source>
        <translation>Vervollständigungen zeigen</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>Tab</translation>
    </message>
    <message>
        <source>Take the completion</source>
        <translation>Vervollständigung übernehmen</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Back to the filter in force</source>
        <translation>Zurück zum geltenden Filter</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Wirkung</translation>
    </message>
</context>
<context>
    <name>timbre::ui::LayerTreeModel</name>
    <message>
        <source>Field</source>
        <translation>Feld</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
</context>
<context>
    <name>timbre::ui::MainWindow</name>
    <message>
        <source>Toolbar</source>
        <translation>Werkzeugleiste</translation>
    </message>
    <message>
        <source>Open captures</source>
        <translation>Mitschnitte öffnen</translation>
    </message>
    <message>
        <source>Captures (*.pcap *.pcapng *.cap *.pcap.* *.pcapng.* *.zip);;All files (*)</source>
        <translation>Mitschnitte (*.pcap *.pcapng *.cap *.pcap.* *.pcapng.* *.zip);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>The sample could not be copied to the cache folder. Is the disk full?</source>
        <translation>Das Beispiel ließ sich nicht in den Cache-Ordner kopieren. Ist der Datenträger voll?</translation>
    </message>
    <message>
        <source>Open another…</source>
        <translation>Anderen öffnen…</translation>
    </message>
    <message>
        <source>At byte %1, after packet %2. Everything before that is shown.</source>
        <translation>Bei Byte %1, nach Paket %2. Alles davor wird gezeigt.</translation>
    </message>
    <message>
        <source>Show Health</source>
        <translation>Zustand zeigen</translation>
    </message>
    <message>
        <source>%1 – Timbre</source>
        <translation>%1 – Timbre</translation>
    </message>
    <message>
        <source>Timbre</source>
        <translation>Timbre</translation>
    </message>
    <message>
        <source>There are no flows to export.</source>
        <translation>Es gibt keine Flows zum Exportieren.</translation>
    </message>
    <message>
        <source>Exporting to “%1”</source>
        <translation>Export nach „%1“</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message numerus="yes">
        <source>%Ln packet(s) written to “%1”.</source>
        <translation>
            <numerusform>%Ln Paket nach „%1“ geschrieben.</numerusform>
            <numerusform>%Ln Pakete nach „%1“ geschrieben.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln flow(s) written to “%1”.</source>
        <translation>
            <numerusform>%Ln Flow nach „%1“ geschrieben.</numerusform>
            <numerusform>%Ln Flows nach „%1“ geschrieben.</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>&amp;Öffnen…</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open saved captures (Ctrl+O)</source>
        <translation>Gespeicherte Mitschnitte öffnen (Strg+O)</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Open the &amp;sample</source>
        <translation>Bei&amp;spiel öffnen</translation>
    </message>
    <message>
        <source>S&amp;top reading	Esc</source>
        <translation>&amp;Lesen beenden	Esc</translation>
    </message>
    <message>
        <source>&amp;Close capture</source>
        <translation>Mitschnitt s&amp;chließen</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Exportieren…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>&amp;Steps</source>
        <translation>&amp;Schritte</translation>
    </message>
    <message>
        <source>&amp;Copy	Ctrl+C</source>
        <translation>&amp;Kopieren	Strg+C</translation>
    </message>
    <message>
        <source>Copy flows &amp;as</source>
        <translation>Flows kopieren &amp;als</translation>
    </message>
    <message>
        <source>&amp;Filter…</source>
        <translation>&amp;Filter…</translation>
    </message>
    <message>
        <source>Show &amp;all flows</source>
        <translation>Alle Flows an&amp;zeigen</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Dock with the keyboard</source>
        <translation>&amp;Dock mit Tastaturfokus</translation>
    </message>
    <message>
        <source>&amp;Columns…</source>
        <translation>&amp;Spalten…</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Farbschema</translation>
    </message>
    <message>
        <source>&amp;Local time</source>
        <translation>&amp;Ortszeit</translation>
    </message>
    <message>
        <source>Arrangement: %1</source>
        <translation>Anordnung: %1</translation>
    </message>
    <message>
        <source>&amp;Reset arrangement</source>
        <translation>Anordnung &amp;zurücksetzen</translation>
    </message>
    <message>
        <source>&amp;Float or put back</source>
        <translation>&amp;Ablösen oder zurücksetzen</translation>
    </message>
    <message>
        <source>&amp;Pin or release</source>
        <translation>An&amp;heften oder freigeben</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Schließen</translation>
    </message>
    <message>
        <source>Move to the &amp;left</source>
        <translation>Nach &amp;links</translation>
    </message>
    <message>
        <source>Move to the &amp;right</source>
        <translation>Nach &amp;rechts</translation>
    </message>
    <message>
        <source>Move to the &amp;top</source>
        <translation>Nach &amp;oben</translation>
    </message>
    <message>
        <source>Move to the &amp;bottom</source>
        <translation>Nach &amp;unten</translation>
    </message>
    <message>
        <source>&amp;Follow the desktop</source>
        <translation>Wie der &amp;Desktop</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>D&amp;unkel</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>&amp;Gehe zu</translation>
    </message>
    <message>
        <source>&amp;Command palette…</source>
        <translation>&amp;Befehlspalette…</translation>
    </message>
    <message>
        <source>&amp;Next dock</source>
        <translation>&amp;Nächstes Dock</translation>
    </message>
    <message>
        <source>&amp;Previous dock</source>
        <translation>&amp;Voriges Dock</translation>
    </message>
    <message>
        <source>Pac&amp;kets of the selected flows</source>
        <translation>&amp;Pakete der ausgewählten Flows</translation>
    </message>
    <message>
        <source>P&amp;eek at the flow	Space</source>
        <translation>Vors&amp;chau des Flows	Leertaste</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation>&amp;Tasten</translation>
    </message>
    <message>
        <source>&amp;Manual page of the dock</source>
        <translation>&amp;Handbuchseite zum Dock</translation>
    </message>
    <message>
        <source>&amp;First ten minutes</source>
        <translation>&amp;Erste zehn Minuten</translation>
    </message>
    <message>
        <source>Fi&amp;lter language</source>
        <translation>&amp;Filtersprache</translation>
    </message>
    <message>
        <source>&amp;About Timbre</source>
        <translation>&amp;Über Timbre</translation>
    </message>
    <message>
        <source>Captures you open are listed here</source>
        <translation>Geöffnete Mitschnitte stehen hier</translation>
    </message>
    <message>
        <source>Clear the list</source>
        <translation>Liste leeren</translation>
    </message>
    <message>
        <source>Changes of filter, range and order are listed here</source>
        <translation>Änderungen an Filter, Zeitbereich und Sortierung stehen hier</translation>
    </message>
    <message>
        <source>&amp;Undo %1</source>
        <translation>&amp;Rückgängig: %1</translation>
    </message>
    <message>
        <source>&amp;Redo %1</source>
        <translation>&amp;Wiederholen: %1</translation>
    </message>
    <message>
        <source>open capture</source>
        <translation>geöffneter Mitschnitt</translation>
    </message>
    <message>
        <source>recent file</source>
        <translation>zuletzt geöffnete Datei</translation>
    </message>
    <message>
        <source>Filter flows by %1</source>
        <translation>Flows filtern nach %1</translation>
    </message>
    <message>
        <source>%1 flows</source>
        <translation>%1 Flows</translation>
    </message>
    <message>
        <source>flow %1, %2</source>
        <translation>Flow %1, %2</translation>
    </message>
</context>
<context>
    <name>timbre::ui::MessageBar</name>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation>%1 weitere</translation>
    </message>
</context>
<context>
    <name>timbre::ui::OverviewDock</name>
    <message>
        <source>Overview</source>
        <translation>Übersicht</translation>
    </message>
    <message>
        <source>Drag to choose a time range; all docks follow. Arrows move, Shift extends, Enter sets, Esc clears. A click on a bar selects its flows, Shift-click those up to there; a double click makes it the range. A click inside the range looks closer, 0 shows everything.</source>
        <translation>Ziehen wählt einen Zeitbereich; alle Docks folgen. Pfeiltasten bewegen, Umschalt erweitert, Eingabe setzt, Esc hebt auf. Ein Klick auf einen Balken wählt seine Flows aus, Umschalt-Klick alle bis dorthin; ein Doppelklick macht ihn zum Zeitbereich. Ein Klick in den Zeitbereich vergrößert, 0 zeigt alles.</translation>
    </message>
    <message>
        <source>%1 flows were alive then</source>
        <translation>%1 Flows waren dann aktiv</translation>
    </message>
    <message>
        <source>The traffic of the open capture over time is drawn here. Drag across it to choose a time range.</source>
        <translation>Hier erscheint der Verkehr des geöffneten Mitschnitts im Zeitverlauf. Darüberziehen wählt einen Zeitbereich.</translation>
    </message>
    <message>
        <source>This capture holds no packets.</source>
        <translation>Dieser Mitschnitt enthält keine Pakete.</translation>
    </message>
    <message>
        <source>Waiting for the first packets …</source>
        <translation>Wartet auf die ersten Pakete …</translation>
    </message>
</context>
<context>
    <name>timbre::ui::OverviewPlot</name>
    <message>
        <source>Packets and bytes over time</source>
        <translation>Pakete und Bytes im Zeitverlauf</translation>
    </message>
    <message>
        <source>Logarithmic scale</source>
        <translation>Logarithmische Skala</translation>
    </message>
    <message>
        <source>Logarithmic scale, so that quiet traffic is seen (L)</source>
        <translation>Logarithmische Skala, damit auch schwacher Verkehr sichtbar ist (L)</translation>
    </message>
    <message>
        <source>log</source>
        <translation>log</translation>
    </message>
    <message>
        <source>Show the whole capture</source>
        <translation>Ganzen Mitschnitt zeigen</translation>
    </message>
    <message>
        <source>Clear the time range</source>
        <translation>Zeitbereich aufheben</translation>
    </message>
    <message>
        <source>%1 – %2 %3   %4 packets   %5   %6</source>
        <translation>%1 – %2 %3   %4 Pakete   %5   %6</translation>
    </message>
    <message>
        <source>%1 – %2 %3, %4</source>
        <translation>%1 – %2 %3, %4</translation>
    </message>
    <message>
        <source>per %1, %2</source>
        <translation>je %1, %2</translation>
    </message>
    <message>
        <source>▮ packets</source>
        <translation>▮ Pakete</translation>
    </message>
    <message>
        <source>━ bytes</source>
        <translation>━ Bytes</translation>
    </message>
    <message>
        <source>From (%1)</source>
        <translation>Ab (%1)</translation>
    </message>
    <message>
        <source>Packets</source>
        <translation>Pakete</translation>
    </message>
    <message>
        <source>Bytes (B)</source>
        <translation>Bytes (B)</translation>
    </message>
    <message>
        <source>Rate (B/s)</source>
        <translation>Rate (B/s)</translation>
    </message>
</context>
<context>
    <name>timbre::ui::PacketDetail</name>
    <message>
        <source>Layers of the packet</source>
        <translation>Schichten des Pakets</translation>
    </message>
    <message>
        <source>The capture holds %1 of this packet&apos;s %2 bytes.</source>
        <translation>Der Mitschnitt enthält %1 der %2 Bytes dieses Pakets.</translation>
    </message>
    <message>
        <source>Copy value</source>
        <translation>Wert kopieren</translation>
    </message>
    <message>
        <source>Copy name and value</source>
        <translation>Name und Wert kopieren</translation>
    </message>
    <message>
        <source>Copy bytes as hex</source>
        <translation>Bytes als Hex kopieren</translation>
    </message>
    <message>
        <source>Open all layers</source>
        <translation>Alle Schichten aufklappen</translation>
    </message>
    <message>
        <source>Close all layers</source>
        <translation>Alle Schichten zuklappen</translation>
    </message>
</context>
<context>
    <name>timbre::ui::PacketListModel</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>The capture holds %1 bytes of this packet&apos;s %2.</source>
        <translation>Der Mitschnitt enthält %1 Bytes von den %2 dieses Pakets.</translation>
    </message>
    <message>
        <source>from the initiator</source>
        <translation>vom Initiator</translation>
    </message>
    <message>
        <source>from the responder</source>
        <translation>vom Responder</translation>
    </message>
    <message>
        <source>no flow</source>
        <translation>kein Flow</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>Nr.</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Since start (s)</source>
        <translation>Seit Beginn (s)</translation>
    </message>
    <message>
        <source>Since previous (s)</source>
        <translation>Seit vorigem (s)</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Destination</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Length (B)</source>
        <translation>Länge (B)</translation>
    </message>
    <message>
        <source>Info</source>
        <translation>Info</translation>
    </message>
</context>
<context>
    <name>timbre::ui::PacketsDock</name>
    <message>
        <source>Packets</source>
        <translation>Pakete</translation>
    </message>
    <message>
        <source>How times are shown</source>
        <translation>Darstellung der Zeiten</translation>
    </message>
    <message>
        <source>Clock time</source>
        <translation>Uhrzeit</translation>
    </message>
    <message>
        <source>Since start</source>
        <translation>Seit Beginn</translation>
    </message>
    <message>
        <source>Since previous</source>
        <translation>Seit vorigem</translation>
    </message>
    <message>
        <source>Copy rows</source>
        <translation>Zeilen kopieren</translation>
    </message>
    <message>
        <source>The packets of the flows you select are listed here, each with its layers and bytes. Open a capture to begin.</source>
        <translation>Die Pakete der ausgewählten Flows stehen hier, jedes mit seinen Schichten und Bytes. Zum Anfangen einen Mitschnitt öffnen.</translation>
    </message>
    <message>
        <source>↑ %1 new</source>
        <translation>↑ %1 neu</translation>
    </message>
    <message>
        <source>Packets came since this list was made. Show them too.</source>
        <translation>Seit dem Erstellen der Liste kamen Pakete hinzu. Auch diese zeigen.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>No packets of this selection lie in the time range. Widen the range, or press Esc in the Overview to clear it.</source>
        <translation>Keine Pakete dieser Auswahl liegen im Zeitbereich. Den Zeitbereich erweitern oder mit Esc in der Übersicht aufheben.</translation>
    </message>
    <message>
        <source>There are no packets here.</source>
        <translation>Hier gibt es keine Pakete.</translation>
    </message>
    <message>
        <source>Packets of the filtered flows, in the time range</source>
        <translation>Pakete der gefilterten Flows, im Zeitbereich</translation>
    </message>
    <message>
        <source>Packets of the filtered flows</source>
        <translation>Pakete der gefilterten Flows</translation>
    </message>
    <message>
        <source>All packets in the time range</source>
        <translation>Alle Pakete im Zeitbereich</translation>
    </message>
    <message>
        <source>All packets</source>
        <translation>Alle Pakete</translation>
    </message>
    <message>
        <source>, in the time range</source>
        <translation>, im Zeitbereich</translation>
    </message>
    <message>
        <source>%1 flows</source>
        <translation>%1 Flows</translation>
    </message>
    <message>
        <source>%1: %2 packets</source>
        <translation>%1: %2 Pakete</translation>
    </message>
    <message>
        <source>; the rest follows when the capture has been read</source>
        <translation>; der Rest folgt, sobald der Mitschnitt gelesen ist</translation>
    </message>
    <message>
        <source>; the list ends here, at its limit. Choose a time range or fewer flows to see others</source>
        <translation>; die Liste endet hier, an ihrer Obergrenze. Andere zeigt ein Zeitbereich oder eine kleinere Auswahl</translation>
    </message>
    <message>
        <source>Only the first %1 of %2 selected packets were copied. Export packets to have them all.</source>
        <translation>Nur die ersten %1 von %2 ausgewählten Paketen wurden kopiert. Alle liefert der Paketexport.</translation>
    </message>
    <message>
        <source>Select its flow</source>
        <translation>Zugehörigen Flow auswählen</translation>
    </message>
    <message>
        <source>Copy bytes as hex</source>
        <translation>Bytes als Hex kopieren</translation>
    </message>
</context>
<context>
    <name>timbre::ui::PlotFrame</name>
    <message>
        <source>A plot. Its menu opens the same data as a table.</source>
        <translation>Ein Diagramm. Sein Menü öffnet dieselben Daten als Tabelle.</translation>
    </message>
    <message>
        <source>%1, as a table</source>
        <translation>%1, als Tabelle</translation>
    </message>
    <message>
        <source>%1: table, copy, picture</source>
        <translation>%1: Tabelle, Kopie, Bild</translation>
    </message>
    <message>
        <source>Table, copy data, save picture</source>
        <translation>Tabelle, Daten kopieren, Bild speichern</translation>
    </message>
    <message>
        <source>Save picture</source>
        <translation>Bild speichern</translation>
    </message>
    <message>
        <source>Pictures (*.png *.svg *.pdf)</source>
        <translation>Bilder (*.png *.svg *.pdf)</translation>
    </message>
    <message>
        <source>The picture could not be written to %1. Choose another folder or ending.</source>
        <translation>Das Bild ließ sich nicht nach %1 schreiben. Einen anderen Ordner oder eine andere Endung wählen.</translation>
    </message>
    <message>
        <source>Show as table</source>
        <translation>Als Tabelle zeigen</translation>
    </message>
    <message>
        <source>Copy data</source>
        <translation>Daten kopieren</translation>
    </message>
    <message>
        <source>Save picture…</source>
        <translation>Bild speichern…</translation>
    </message>
</context>
<context>
    <name>timbre::ui::ProgressLine</name>
    <message>
        <source>Progress of reading</source>
        <translation>Fortschritt des Lesens</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
</context>
<context>
    <name>timbre::ui::SelectedFlowsModel</name>
    <message>
        <source>Flow</source>
        <translation>Flow</translation>
    </message>
    <message>
        <source>↑ Bytes</source>
        <translation>↑ Bytes</translation>
    </message>
    <message>
        <source>↓ Bytes</source>
        <translation>↓ Bytes</translation>
    </message>
</context>
<context>
    <name>timbre::ui::StartPage</name>
    <message>
        <source>Open a capture…</source>
        <translation>Mitschnitt öffnen…</translation>
    </message>
    <message>
        <source>Try the sample</source>
        <translation>Beispiel ausprobieren</translation>
    </message>
    <message>
        <source>What is in the capture?</source>
        <translation>Was steckt im Mitschnitt?</translation>
    </message>
    <message>
        <source>Open a saved capture: every flow is listed while the file is still being read, and each flow leads to its packets and bytes. Files may also be dropped here.</source>
        <translation>Einen gespeicherten Mitschnitt öffnen: Jeder Flow erscheint schon beim Lesen der Datei, und jeder Flow führt zu seinen Paketen und Bytes. Dateien lassen sich auch hier ablegen.</translation>
    </message>
    <message>
        <source>Opened lately</source>
        <translation>Zuletzt geöffnet</translation>
    </message>
</context>
<context>
    <name>timbre::ui::StatePath</name>
    <message>
        <source>TCP states</source>
        <translation>TCP-Zustände</translation>
    </message>
    <message>
        <source>Passed: %1</source>
        <translation>Durchlaufen: %1</translation>
    </message>
</context>
<context>
    <name>timbre::ui::TopBar</name>
    <message>
        <source>The time range all views follow. Click to show the whole capture.</source>
        <translation>Der Zeitbereich, dem alle Ansichten folgen. Ein Klick zeigt den ganzen Mitschnitt.</translation>
    </message>
    <message>
        <source>Arrangement of the docks</source>
        <translation>Anordnung der Docks</translation>
    </message>
    <message>
        <source>%1 (Ctrl+%2)</source>
        <translation>%1 (Strg+%2)</translation>
    </message>
    <message>
        <source>whole capture</source>
        <translation>ganzer Mitschnitt</translation>
    </message>
    <message>
        <source>%1 – %2 (%3)</source>
        <translation>%1 – %2 (%3)</translation>
    </message>
</context>
</TS>
