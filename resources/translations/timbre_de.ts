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
    <name>Report</name>
    <message>
        <source>%1 to %2 %3, %4</source>
        <translation>%1 bis %2 %3, %4</translation>
    </message>
    <message>
        <source>%1: %2 packets</source>
        <translation>%1: %2 Pakete</translation>
    </message>
    <message>
        <source>, %1 dropped</source>
        <translation>, %1 verworfen</translation>
    </message>
    <message>
        <source>%1 of %2 flows, by captured bytes.</source>
        <translation>%1 von %2 Flows, nach mitgeschnittenen Bytes.</translation>
    </message>
    <message>
        <source>%1 of %2 rows. An anomaly is a departure from what was usual in this capture, not a proof of an attack.</source>
        <translation>%1 von %2 Zeilen. Eine Anomalie ist eine Abweichung vom Üblichen dieses Mitschnitts, kein Beweis für einen Angriff.</translation>
    </message>
    <message>
        <source>%1 of %2 streams. A verdict is a judgement from timing and sizes with the confidence shown, not a proof.</source>
        <translation>%1 von %2 Strömen. Ein Urteil stützt sich auf Zeiten und Größen mit der gezeigten Konfidenz; es ist kein Beweis.</translation>
    </message>
</context>
<context>
    <name>timbre::audio::Reason</name>
    <message>
        <source>sizes fit the codec</source>
        <translation>Größen passen zum Codec</translation>
    </message>
    <message>
        <source>Packets have the sizes that this codec makes.</source>
        <translation>Die Pakete haben Größen, die dieser Codec erzeugt.</translation>
    </message>
    <message>
        <source>The codec cannot make packets of many of these sizes.</source>
        <translation>Viele dieser Größen kann der Codec nicht erzeugen.</translation>
    </message>
    <message>
        <source>large packets</source>
        <translation>große Pakete</translation>
    </message>
    <message>
        <source>Packets are larger than those of any voice codec.</source>
        <translation>Die Pakete sind größer als die jedes Sprachcodecs.</translation>
    </message>
    <message>
        <source>size limit</source>
        <translation>Größengrenze</translation>
    </message>
    <message>
        <source>Many packets have exactly the largest size, as if more was waiting.</source>
        <translation>Viele Pakete haben genau die größte Größe, als wartete noch mehr.</translation>
    </message>
    <message>
        <source>packet rate</source>
        <translation>Paketrate</translation>
    </message>
    <message>
        <source>More packets come in a second than a voice needs.</source>
        <translation>Es kommen mehr Pakete je Sekunde, als eine Stimme braucht.</translation>
    </message>
    <message>
        <source>per second</source>
        <translation>je Sekunde</translation>
    </message>
    <message>
        <source>bytes per sample</source>
        <translation>Bytes je Abtastwert</translation>
    </message>
    <message>
        <source>Packets hold more than the timestamps say: these are no samples of this codec.</source>
        <translation>Die Pakete enthalten mehr, als die Zeitstempel sagen: das sind keine Abtastwerte dieses Codecs.</translation>
    </message>
    <message>
        <source>kbit/s</source>
        <translation>kbit/s</translation>
    </message>
    <message>
        <source>bit rate</source>
        <translation>Bitrate</translation>
    </message>
    <message>
        <source>More is carried than the codec needs for a voice.</source>
        <translation>Es wird mehr übertragen, als der Codec für eine Stimme braucht.</translation>
    </message>
    <message>
        <source>Too little is carried for a tunnel to be of use.</source>
        <translation>Für einen brauchbaren Tunnel wird zu wenig übertragen.</translation>
    </message>
    <message>
        <source>The bit rate is that of a voice.</source>
        <translation>Die Bitrate ist die einer Stimme.</translation>
    </message>
    <message>
        <source>size follows size</source>
        <translation>Größe folgt Größe</translation>
    </message>
    <message>
        <source>Neighbouring packets are of like size, as sounds change slowly.</source>
        <translation>Benachbarte Pakete sind ähnlich groß, weil Laute sich langsam ändern.</translation>
    </message>
    <message>
        <source>A packet&apos;s size says nothing about the next one&apos;s, as it would for a sound.</source>
        <translation>Die Größe eines Pakets sagt nichts über die des nächsten, wie es bei einem Laut wäre.</translation>
    </message>
    <message>
        <source>filled pauses</source>
        <translation>gefüllte Pausen</translation>
    </message>
    <message>
        <source>Pauses are filled with packets of one size, too large to describe silence.</source>
        <translation>Pausen sind mit Paketen einer Größe gefüllt, zu groß, um Stille zu beschreiben.</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>Bytes</translation>
    </message>
    <message>
        <source>payload bytes</source>
        <translation>Nutzlastbytes</translation>
    </message>
    <message>
        <source>Bytes are spread as samples of sound are.</source>
        <translation>Die Bytes sind verteilt wie Abtastwerte von Schall.</translation>
    </message>
    <message>
        <source>Bytes look random; encryption was agreed.</source>
        <translation>Die Bytes sehen zufällig aus; Verschlüsselung war vereinbart.</translation>
    </message>
    <message>
        <source>Bytes look random: this is not plain sound, and nothing says that it is encrypted.</source>
        <translation>Die Bytes sehen zufällig aus: das ist kein offener Schall, und nichts sagt, dass er verschlüsselt ist.</translation>
    </message>
    <message>
        <source>first payload byte</source>
        <translation>erstes Nutzlastbyte</translation>
    </message>
    <message>
        <source>The first byte keeps still, as a codec&apos;s table of contents does.</source>
        <translation>Das erste Byte bleibt ruhig, wie das Inhaltsbyte eines Codecs.</translation>
    </message>
    <message>
        <source>bits</source>
        <translation>Bit</translation>
    </message>
    <message>
        <source>The codec begins each packet with a table of contents, but the bytes look random.</source>
        <translation>Der Codec beginnt jedes Paket mit einem Inhaltsbyte, aber die Bytes sehen zufällig aus.</translation>
    </message>
    <message>
        <source>one size, no pause</source>
        <translation>eine Größe, keine Pause</translation>
    </message>
    <message>
        <source>All packets have one size and never pause, as padding makes them.</source>
        <translation>Alle Pakete sind gleich groß und pausieren nie, wie aufgefüllte.</translation>
    </message>
    <message>
        <source>timestamps keep pace</source>
        <translation>Zeitstempel halten Schritt</translation>
    </message>
    <message>
        <source>Timestamps advance as the packets arrive.</source>
        <translation>Die Zeitstempel gehen mit der Ankunft der Pakete voran.</translation>
    </message>
    <message>
        <source>Timestamps and arrivals do not advance together: packets come as data, not as time.</source>
        <translation>Zeitstempel und Ankunft gehen nicht zusammen voran: die Pakete kommen wie Daten, nicht wie Zeit.</translation>
    </message>
    <message>
        <source>clock rate</source>
        <translation>Taktrate</translation>
    </message>
    <message>
        <source>The timestamps run at a rate that no clock has.</source>
        <translation>Die Zeitstempel laufen mit einer Rate, die kein Takt hat.</translation>
    </message>
    <message>
        <source>% off</source>
        <translation>% daneben</translation>
    </message>
    <message>
        <source>timestamp steps</source>
        <translation>Schritte der Zeitstempel</translation>
    </message>
    <message>
        <source>Timestamps step by whole frames.</source>
        <translation>Die Zeitstempel gehen um ganze Rahmen voran.</translation>
    </message>
    <message>
        <source>Timestamps do not step by frames of one length.</source>
        <translation>Die Zeitstempel gehen nicht um Rahmen einer Länge voran.</translation>
    </message>
    <message>
        <source>frame length</source>
        <translation>Rahmenlänge</translation>
    </message>
    <message>
        <source>No voice codec has packets of this length.</source>
        <translation>Kein Sprachcodec hat Pakete dieser Länge.</translation>
    </message>
    <message>
        <source>ms</source>
        <translation>ms</translation>
    </message>
    <message>
        <source>talk spurts</source>
        <translation>Redeabschnitte</translation>
    </message>
    <message>
        <source>There are talk spurts and pauses of the length that speech has.</source>
        <translation>Es gibt Redeabschnitte und Pausen von der Länge, die Sprache hat.</translation>
    </message>
    <message>
        <source>s</source>
        <translation>s</translation>
    </message>
    <message>
        <source>Sizes jump from packet to packet; there are no spurts and pauses of speech.</source>
        <translation>Die Größen springen von Paket zu Paket; Abschnitte und Pausen von Sprache gibt es nicht.</translation>
    </message>
    <message>
        <source>There are no pauses; a continuous sound, or no sound at all.</source>
        <translation>Es gibt keine Pausen; ein Dauerton oder gar kein Ton.</translation>
    </message>
    <message>
        <source>comfort noise</source>
        <translation>Komfortrauschen</translation>
    </message>
    <message>
        <source>Silence is described as voice codecs do.</source>
        <translation>Stille wird beschrieben, wie Sprachcodecs es tun.</translation>
    </message>
    <message>
        <source>packets</source>
        <translation>Pakete</translation>
    </message>
    <message>
        <source>marked spurts</source>
        <translation>markierte Abschnitte</translation>
    </message>
    <message>
        <source>The first packet after a pause is marked, as RFC 3551 asks.</source>
        <translation>Das erste Paket nach einer Pause ist markiert, wie RFC 3551 es verlangt.</translation>
    </message>
    <message>
        <source>spurts</source>
        <translation>Abschnitte</translation>
    </message>
    <message>
        <source>dialogue</source>
        <translation>Wechselrede</translation>
    </message>
    <message>
        <source>One side is silent while the other speaks.</source>
        <translation>Eine Seite schweigt, während die andere spricht.</translation>
    </message>
    <message>
        <source>Both sides are busy at the same moments, as request and answer are.</source>
        <translation>Beide Seiten sind in denselben Momenten tätig, wie Anfrage und Antwort.</translation>
    </message>
    <message>
        <source>The two sides speak without regard to each other.</source>
        <translation>Die beiden Seiten sprechen ohne Rücksicht aufeinander.</translation>
    </message>
    <message>
        <source>other direction</source>
        <translation>Gegenrichtung</translation>
    </message>
    <message>
        <source>What comes back on the same path is a voice beyond doubt.</source>
        <translation>Was auf demselben Weg zurückkommt, ist ohne Zweifel eine Stimme.</translation>
    </message>
    <message>
        <source>What comes back on the same path is no voice.</source>
        <translation>Was auf demselben Weg zurückkommt, ist keine Stimme.</translation>
    </message>
    <message>
        <source>reports</source>
        <translation>Berichte</translation>
    </message>
    <message>
        <source>Reception is reported, as calls do.</source>
        <translation>Über den Empfang wird berichtet, wie in Gesprächen.</translation>
    </message>
    <message>
        <source>Nobody reports on reception.</source>
        <translation>Niemand berichtet über den Empfang.</translation>
    </message>
    <message>
        <source>call set-up</source>
        <translation>Rufaufbau</translation>
    </message>
    <message>
        <source>A call that was seen being set up announced the stream.</source>
        <translation>Ein Ruf, dessen Aufbau zu sehen war, hat den Strom angekündigt.</translation>
    </message>
    <message>
        <source>STUN or DTLS set the path up, as calls do.</source>
        <translation>STUN oder DTLS haben den Weg eingerichtet, wie in Gesprächen.</translation>
    </message>
    <message>
        <source>sources</source>
        <translation>Quellen</translation>
    </message>
    <message>
        <source>New sources appear on this path all the time.</source>
        <translation>Auf diesem Weg erscheinen ständig neue Quellen.</translation>
    </message>
    <message>
        <source>per minute</source>
        <translation>je Minute</translation>
    </message>
    <message>
        <source>sequence</source>
        <translation>Folge</translation>
    </message>
    <message>
        <source>Sequence numbers repeat or start anew again and again.</source>
        <translation>Folgenummern wiederholen sich oder beginnen immer wieder neu.</translation>
    </message>
    <message>
        <source>gap variation</source>
        <translation>Streuung der Abstände</translation>
    </message>
    <message>
        <source>Standard deviation of the last 200 gaps by their mean.</source>
        <translation>Standardabweichung der letzten 200 Abstände durch ihr Mittel.</translation>
    </message>
    <message>
        <source>silent packets</source>
        <translation>stille Pakete</translation>
    </message>
    <message>
        <source>Share of packets of 16 bytes or fewer, over the whole life.</source>
        <translation>Anteil der Pakete mit höchstens 16 Bytes, über das ganze Leben.</translation>
    </message>
    <message>
        <source>Of the running 30 s, by the nominal rate of the codec.</source>
        <translation>Der laufenden 30 s, durch die Nennrate des Codecs.</translation>
    </message>
    <message>
        <source>quality variation</source>
        <translation>Streuung der Qualitätsberichte</translation>
    </message>
    <message>
        <source>Standard deviation of the intervals between quality reports by their mean.</source>
        <translation>Standardabweichung der Abstände zwischen Qualitätsberichten durch ihr Mittel.</translation>
    </message>
    <message>
        <source>quality reports</source>
        <translation>Qualitätsberichte</translation>
    </message>
    <message>
        <source>Fewer than four quality reports came, or all at once.</source>
        <translation>Es kamen weniger als vier Qualitätsberichte oder alle zugleich.</translation>
    </message>
    <message>
        <source>size mix</source>
        <translation>Größenmischung</translation>
    </message>
    <message>
        <source>1: half of the last 200 packets are silent; 0: all or none.</source>
        <translation>1: die Hälfte der letzten 200 Pakete ist still; 0: alle oder keines.</translation>
    </message>
</context>
<context>
    <name>timbre::mask::Feature</name>
    <message>
        <source>sizes 0–63</source>
        <translation>Größen 0–63</translation>
    </message>
    <message>
        <source>sizes 64–127</source>
        <translation>Größen 64–127</translation>
    </message>
    <message>
        <source>sizes 128–191</source>
        <translation>Größen 128–191</translation>
    </message>
    <message>
        <source>sizes 192–255</source>
        <translation>Größen 192–255</translation>
    </message>
    <message>
        <source>sizes 256–319</source>
        <translation>Größen 256–319</translation>
    </message>
    <message>
        <source>sizes 320–383</source>
        <translation>Größen 320–383</translation>
    </message>
    <message>
        <source>sizes 384–447</source>
        <translation>Größen 384–447</translation>
    </message>
    <message>
        <source>sizes 448–511</source>
        <translation>Größen 448–511</translation>
    </message>
    <message>
        <source>sizes 512–575</source>
        <translation>Größen 512–575</translation>
    </message>
    <message>
        <source>sizes 576–639</source>
        <translation>Größen 576–639</translation>
    </message>
    <message>
        <source>sizes 640–703</source>
        <translation>Größen 640–703</translation>
    </message>
    <message>
        <source>sizes 704–767</source>
        <translation>Größen 704–767</translation>
    </message>
    <message>
        <source>sizes 768–895</source>
        <translation>Größen 768–895</translation>
    </message>
    <message>
        <source>sizes 896–1023</source>
        <translation>Größen 896–1023</translation>
    </message>
    <message>
        <source>sizes 1024–1279</source>
        <translation>Größen 1024–1279</translation>
    </message>
    <message>
        <source>sizes from 1280</source>
        <translation>Größen ab 1280</translation>
    </message>
    <message>
        <source>mean gap</source>
        <translation>mittlerer Abstand</translation>
    </message>
    <message>
        <source>deviation of gaps</source>
        <translation>Streuung der Abstände</translation>
    </message>
    <message>
        <source>largest gap</source>
        <translation>größter Abstand</translation>
    </message>
    <message>
        <source>smallest gap</source>
        <translation>kleinster Abstand</translation>
    </message>
    <message>
        <source>lower quartile of gaps</source>
        <translation>unteres Quartil der Abstände</translation>
    </message>
    <message>
        <source>median gap</source>
        <translation>Median der Abstände</translation>
    </message>
    <message>
        <source>upper quartile of gaps</source>
        <translation>oberes Quartil der Abstände</translation>
    </message>
    <message>
        <source>variation of gaps</source>
        <translation>relative Streuung der Abstände</translation>
    </message>
    <message>
        <source>skewness of gaps</source>
        <translation>Schiefe der Abstände</translation>
    </message>
    <message>
        <source>kurtosis of gaps</source>
        <translation>Wölbung der Abstände</translation>
    </message>
    <message>
        <source>gaps resemble the one before</source>
        <translation>Abstände gleichen dem vorigen</translation>
    </message>
    <message>
        <source>gaps under 2 ms</source>
        <translation>Abstände unter 2 ms</translation>
    </message>
    <message>
        <source>gaps over 500 ms</source>
        <translation>Abstände über 500 ms</translation>
    </message>
    <message>
        <source>gap to gap change</source>
        <translation>Änderung von Abstand zu Abstand</translation>
    </message>
    <message>
        <source>tenth of gaps</source>
        <translation>Zehntel der Abstände</translation>
    </message>
    <message>
        <source>nine tenths of gaps</source>
        <translation>neun Zehntel der Abstände</translation>
    </message>
    <message>
        <source>mean entropy</source>
        <translation>mittlere Entropie</translation>
    </message>
    <message>
        <source>deviation of entropy</source>
        <translation>Streuung der Entropie</translation>
    </message>
    <message>
        <source>largest entropy</source>
        <translation>größte Entropie</translation>
    </message>
    <message>
        <source>smallest entropy</source>
        <translation>kleinste Entropie</translation>
    </message>
    <message>
        <source>lower quartile of entropy</source>
        <translation>unteres Quartil der Entropie</translation>
    </message>
    <message>
        <source>median entropy</source>
        <translation>Median der Entropie</translation>
    </message>
    <message>
        <source>upper quartile of entropy</source>
        <translation>oberes Quartil der Entropie</translation>
    </message>
    <message>
        <source>entropy over 7.5</source>
        <translation>Entropie über 7,5</translation>
    </message>
    <message>
        <source>entropy under 4</source>
        <translation>Entropie unter 4</translation>
    </message>
    <message>
        <source>skewness of entropy</source>
        <translation>Schiefe der Entropie</translation>
    </message>
    <message>
        <source>entropy resembles the one before</source>
        <translation>Entropie gleicht der vorigen</translation>
    </message>
    <message>
        <source>entropy drifts</source>
        <translation>Entropie wandert</translation>
    </message>
    <message>
        <source>gap and entropy go together</source>
        <translation>Abstand und Entropie gehen zusammen</translation>
    </message>
    <message>
        <source>share received</source>
        <translation>empfangener Anteil</translation>
    </message>
    <message>
        <source>bursts per packet</source>
        <translation>Schübe je Paket</translation>
    </message>
    <message>
        <source>length of bursts</source>
        <translation>Länge der Schübe</translation>
    </message>
    <message>
        <source>packets per second</source>
        <translation>Pakete je Sekunde</translation>
    </message>
    <message>
        <source>bytes per second</source>
        <translation>Bytes je Sekunde</translation>
    </message>
    <message>
        <source>mean size</source>
        <translation>mittlere Größe</translation>
    </message>
    <message>
        <source>deviation of sizes</source>
        <translation>Streuung der Größen</translation>
    </message>
    <message>
        <source>sizes over 1000</source>
        <translation>Größen über 1000</translation>
    </message>
    <message>
        <source>sizes under 100</source>
        <translation>Größen unter 100</translation>
    </message>
    <message>
        <source>sizes 100–1000</source>
        <translation>Größen 100–1000</translation>
    </message>
    <message>
        <source>size to size change</source>
        <translation>Änderung von Größe zu Größe</translation>
    </message>
    <message>
        <source>tenth of sizes</source>
        <translation>Zehntel der Größen</translation>
    </message>
    <message>
        <source>lower quartile of sizes</source>
        <translation>unteres Quartil der Größen</translation>
    </message>
    <message>
        <source>upper quartile of sizes</source>
        <translation>oberes Quartil der Größen</translation>
    </message>
    <message>
        <source>nine tenths of sizes</source>
        <translation>neun Zehntel der Größen</translation>
    </message>
    <message>
        <source>evenness of gaps</source>
        <translation>Gleichmaß der Abstände</translation>
    </message>
    <message>
        <source>gaps of 10–100 ms</source>
        <translation>Abstände von 10–100 ms</translation>
    </message>
    <message>
        <source>throughput</source>
        <translation>Durchsatz</translation>
    </message>
    <message>
        <source>gaps near the median</source>
        <translation>Abstände nahe am Median</translation>
    </message>
</context>
<context>
    <name>timbre::trends::Title</name>
    <message>
        <source>JSON web token</source>
        <translation>JSON-Web-Token</translation>
    </message>
    <message>
        <source>API key</source>
        <translation>API-Schlüssel</translation>
    </message>
    <message>
        <source>Session cookie</source>
        <translation>Sitzungs-Cookie</translation>
    </message>
    <message>
        <source>Bearer token</source>
        <translation>Bearer-Token</translation>
    </message>
    <message>
        <source>Basic credentials</source>
        <translation>Basic-Anmeldung</translation>
    </message>
    <message>
        <source>Other authorization</source>
        <translation>Andere Anmeldung</translation>
    </message>
    <message>
        <source>User agent</source>
        <translation>User-Agent</translation>
    </message>
    <message>
        <source>Header order</source>
        <translation>Reihenfolge der Kopfzeilen</translation>
    </message>
    <message>
        <source>Client hints</source>
        <translation>Client-Hinweise</translation>
    </message>
    <message>
        <source>Accept headers</source>
        <translation>Accept-Kopfzeilen</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>TLS fingerprint (JA3)</source>
        <translation>TLS-Fingerabdruck (JA3)</translation>
    </message>
    <message>
        <source>Network (ASN)</source>
        <translation>Netz (ASN)</translation>
    </message>
    <message>
        <source>Country</source>
        <translation>Land</translation>
    </message>
    <message>
        <source>TLS fingerprint (JA4)</source>
        <translation>TLS-Fingerabdruck (JA4)</translation>
    </message>
    <message>
        <source>HTTP fingerprint (JA4H)</source>
        <translation>HTTP-Fingerabdruck (JA4H)</translation>
    </message>
    <message>
        <source>Time between requests</source>
        <translation>Zeit zwischen Anfragen</translation>
    </message>
    <message>
        <source>Path from page to page</source>
        <translation>Weg von Seite zu Seite</translation>
    </message>
    <message>
        <source>Request pattern</source>
        <translation>Anfragemuster</translation>
    </message>
    <message>
        <source>Sensitive data</source>
        <translation>Schützenswerte Daten</translation>
    </message>
    <message>
        <source>Credentials</source>
        <translation>Anmeldedaten</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>Behaviour</source>
        <translation>Verhalten</translation>
    </message>
    <message>
        <source>Fingerprint change</source>
        <translation>Wechsel des Fingerabdrucks</translation>
    </message>
    <message>
        <source>Session sharing</source>
        <translation>Geteilte Sitzung</translation>
    </message>
    <message>
        <source>Burst of signals</source>
        <translation>Häufung von Signalen</translation>
    </message>
    <message>
        <source>Impossible travel</source>
        <translation>Unmögliche Reise</translation>
    </message>
    <message>
        <source>Token reuse</source>
        <translation>Mehrfach benutztes Token</translation>
    </message>
    <message>
        <source>Rotating user agents</source>
        <translation>Wechselnde User-Agents</translation>
    </message>
    <message>
        <source>Machine-like timing</source>
        <translation>Maschinenhafter Takt</translation>
    </message>
    <message>
        <source>Rotating TLS fingerprints</source>
        <translation>Wechselnde TLS-Fingerabdrücke</translation>
    </message>
    <message>
        <source>TLS fingerprint cluster</source>
        <translation>Gemeinsamer TLS-Fingerabdruck</translation>
    </message>
    <message>
        <source>Browser spoofing</source>
        <translation>Vorgetäuschter Browser</translation>
    </message>
    <message>
        <source>TLS fingerprint change</source>
        <translation>Wechsel des TLS-Fingerabdrucks</translation>
    </message>
    <message>
        <source>Oversized request</source>
        <translation>Übergroße Anfrage</translation>
    </message>
    <message>
        <source>Oversized response</source>
        <translation>Übergroße Antwort</translation>
    </message>
    <message>
        <source>Bandwidth spike</source>
        <translation>Bandbreitenspitze</translation>
    </message>
    <message>
        <source>Exfiltration pattern</source>
        <translation>Muster eines Datenabflusses</translation>
    </message>
    <message>
        <source>Upload pattern</source>
        <translation>Muster eines Hochladens</translation>
    </message>
    <message>
        <source>Same value</source>
        <translation>Gleicher Wert</translation>
    </message>
    <message>
        <source>Chain of signals</source>
        <translation>Kette von Signalen</translation>
    </message>
    <message>
        <source>Same minute</source>
        <translation>Gleiche Minute</translation>
    </message>
    <message>
        <source>Fingerprint family</source>
        <translation>Familie von Fingerabdrücken</translation>
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
    <message>
        <source>capture of %1</source>
        <translation>Mitschnitt von %1</translation>
    </message>
    <message>
        <source>Resonance</source>
        <translation>Resonanz</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>Maske</translation>
    </message>
    <message>
        <source>JA4</source>
        <translation>JA4</translation>
    </message>
    <message>
        <source>JA3</source>
        <translation>JA3</translation>
    </message>
    <message>
        <source>User agent</source>
        <translation>User-Agent</translation>
    </message>
    <message>
        <source>Token hash</source>
        <translation>Token-Hash</translation>
    </message>
    <message>
        <source>Anomaly</source>
        <translation>Anomalie</translation>
    </message>
    <message>
        <source>Risk</source>
        <translation>Risiko</translation>
    </message>
    <message>
        <source>Bookmark</source>
        <translation>Lesezeichen</translation>
    </message>
    <message>
        <source>%1, %2 long</source>
        <translation>%1, Länge %2</translation>
    </message>
    <message>
        <source>recording %1</source>
        <translation>Aufzeichnung %1</translation>
    </message>
    <message>
        <source>mask %1</source>
        <translation>Maske %1</translation>
    </message>
    <message>
        <source>anomaly %1</source>
        <translation>Anomalie %1</translation>
    </message>
    <message>
        <source>the whole capture</source>
        <translation>der ganze Mitschnitt</translation>
    </message>
    <message>
        <source>The capture</source>
        <translation>Der Mitschnitt</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>No notes were written.</source>
        <translation>Es wurden keine Notizen geschrieben.</translation>
    </message>
    <message>
        <source>%1 (bookmark)</source>
        <translation>%1 (Lesezeichen)</translation>
    </message>
    <message>
        <source>Tags: %1</source>
        <translation>Schlagwörter: %1</translation>
    </message>
    <message>
        <source>Views</source>
        <translation>Ansichten</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Compression</source>
        <translation>Kompression</translation>
    </message>
    <message>
        <source>Captured by</source>
        <translation>Mitgeschnitten mit</translation>
    </message>
    <message>
        <source>Captured on</source>
        <translation>Mitgeschnitten auf</translation>
    </message>
    <message>
        <source>The capture had not been analysed to its end when this report was made.</source>
        <translation>Der Mitschnitt war beim Erstellen dieses Berichts noch nicht bis zum Ende ausgewertet.</translation>
    </message>
    <message>
        <source>%1 flows are not listed, because the list of flows was full.</source>
        <translation>%1 Flows sind nicht aufgeführt, weil die Flow-Liste voll war.</translation>
    </message>
    <message>
        <source>%1 flows were put out of the full flow table before they ended.</source>
        <translation>%1 Flows wurden vor ihrem Ende aus der vollen Flow-Tabelle verdrängt.</translation>
    </message>
    <message>
        <source>Packets were lost while capturing; figures about those stretches are too low.</source>
        <translation>Beim Mitschneiden gingen Pakete verloren; Zahlen zu diesen Abschnitten sind zu niedrig.</translation>
    </message>
    <message>
        <source>Written %1</source>
        <translation>Geschrieben %1</translation>
    </message>
    <message>
        <source>Filter: none, every flow</source>
        <translation>Filter: keiner, alle Flows</translation>
    </message>
    <message>
        <source>Filter: %1</source>
        <translation>Filter: %1</translation>
    </message>
    <message>
        <source>Time range: %1</source>
        <translation>Zeitbereich: %1</translation>
    </message>
    <message>
        <source>Time range: the whole capture</source>
        <translation>Zeitbereich: der ganze Mitschnitt</translation>
    </message>
    <message>
        <source>Largest flows</source>
        <translation>Größte Flows</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Voice streams and their verdicts</source>
        <translation>Sprachströme und ihre Urteile</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Nach</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Codec</source>
        <translation>Codec</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>Verloren</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>Urteil</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>Konfidenz</translation>
    </message>
    <message>
        <source>Reasons</source>
        <translation>Gründe</translation>
    </message>
    <message>
        <source>Anomalies</source>
        <translation>Anomalien</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Schwere</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>Anzahl</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>Rate now</source>
        <translation>Rate jetzt</translation>
    </message>
    <message>
        <source>a recording since deleted</source>
        <translation>eine inzwischen gelöschte Aufzeichnung</translation>
    </message>
    <message>
        <source>&amp;Prepare in the filter bar</source>
        <translation>In der Filterzeile &amp;vorbereiten</translation>
    </message>
    <message>
        <source>Some of its fields have no word there</source>
        <translation>Einige der Felder haben dort kein Wort</translation>
    </message>
    <message>
        <source>&amp;BPF, for captures</source>
        <translation>&amp;BPF, für Mitschnitte</translation>
    </message>
    <message>
        <source>&amp;Wireshark filter</source>
        <translation>&amp;Wireshark-Filter</translation>
    </message>
    <message>
        <source>&amp;SQL of the workspace</source>
        <translation>&amp;SQL des Arbeitsbereichs</translation>
    </message>
    <message>
        <source>Column %1</source>
        <translation>Spalte %1</translation>
    </message>
    <message>
        <source>%1 %2 %3, expected %4</source>
        <translation>%1 %2 %3, erwartet %4</translation>
    </message>
    <message>
        <source>Flows that resemble masks</source>
        <translation>Flows, die Masken ähneln</translation>
    </message>
    <message>
        <source>Exact score</source>
        <translation>Exakter Wert</translation>
    </message>
    <message>
        <source>Checked at</source>
        <translation>Geprüft um</translation>
    </message>
    <message>
        <source>Speaks for</source>
        <translation>Spricht dafür</translation>
    </message>
    <message>
        <source>Speaks against</source>
        <translation>Spricht dagegen</translation>
    </message>
    <message>
        <source>%1 of %2 checked flows with a resonance of %3 or more; %4 are shown, the most alike first. Limits of the exact score: warning from %5, compromised from %6. A resemblance is no proof: see the manual on what the scores mean. MASKS in the command is a folder with these masks, as the Masks dock exports them.</source>
        <translation>%1 von %2 geprüften Flows mit einer Resonanz von %3 oder mehr; %4 sind gezeigt, die ähnlichsten zuerst. Grenzen des exakten Werts: Warnung ab %5, kompromittiert ab %6. Ähnlichkeit ist kein Beweis: was die Werte bedeuten, steht im Handbuch. MASKS im Befehl ist ein Ordner mit diesen Masken, wie das Dock Masken sie exportiert.</translation>
    </message>
    <message>
        <source>In every table</source>
        <translation>In jeder Tabelle</translation>
    </message>
    <message>
        <source>Next row</source>
        <translation>Nächste Zeile</translation>
    </message>
    <message>
        <source>Previous row</source>
        <translation>Vorige Zeile</translation>
    </message>
    <message>
        <source>Peek: the flow of the row, or the row spelled out; follows the arrows</source>
        <translation>Vorschau: der Flow der Zeile, oder die Zeile ausgeschrieben; folgt den Pfeiltasten</translation>
    </message>
    <message>
        <source>Close Peek</source>
        <translation>Vorschau schließen</translation>
    </message>
    <message>
        <source>Sort by the current column; again: the other way</source>
        <translation>Nach der aktuellen Spalte sortieren; noch einmal: andersherum</translation>
    </message>
    <message>
        <source>Copy the rows</source>
        <translation>Die Zeilen kopieren</translation>
    </message>
    <message>
        <source>Filter by the cell, copy, choose columns</source>
        <translation>Nach der Zelle filtern, kopieren, Spalten wählen</translation>
    </message>
    <message>
        <source>Copied 1 flow</source>
        <translation>1 Flow kopiert</translation>
    </message>
    <message>
        <source>1 flow</source>
        <translation>1 Flow</translation>
    </message>
</context>
<context>
    <name>timbre::ui::AnomaliesDock</name>
    <message>
        <source>Anomaly: %1, %2</source>
        <translation>Anomalie: %1, %2</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>Pattern</source>
        <translation>Muster</translation>
    </message>
    <message>
        <source>Token hash</source>
        <translation>Token-Hash</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>Gemessen</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>Schwelle</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>Adressen</translation>
    </message>
    <message>
        <source>Different values</source>
        <translation>Verschiedene Werte</translation>
    </message>
    <message>
        <source>Within</source>
        <translation>Innerhalb von</translation>
    </message>
    <message>
        <source>Anomalies</source>
        <translation>Anomalien</translation>
    </message>
    <message>
        <source>Suppress…</source>
        <translation>Unterdrücken…</translation>
    </message>
    <message>
        <source>Hide this and others like it, with a reason</source>
        <translation>Diese und ähnliche ausblenden, mit Begründung</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Regeln</translation>
    </message>
    <message>
        <source>What stands out in a capture is listed here: tokens in several hands, changing fingerprints, bursts, sizes out of line.</source>
        <translation>Hier steht, was in einem Mitschnitt auffällt: Token in mehreren Händen, wechselnde Fingerabdrücke, Häufungen, abweichende Größen.</translation>
    </message>
    <message>
        <source>Nothing found so far.</source>
        <translation>Bisher nichts gefunden.</translation>
    </message>
    <message>
        <source>Nothing stands out in this capture.</source>
        <translation>In diesem Mitschnitt fällt nichts auf.</translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation>%1 Zeilen</translation>
    </message>
    <message>
        <source>Choose a row to see what made it.</source>
        <translation>Eine Zeile auswählen, um ihre Ursache zu sehen.</translation>
    </message>
    <message>
        <source>First</source>
        <translation>Zuerst</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>Zuletzt</translation>
    </message>
    <message>
        <source>Risk</source>
        <translation>Risiko</translation>
    </message>
    <message>
        <source>%1 points each time</source>
        <translation>jedes Mal %1 Punkte</translation>
    </message>
    <message>
        <source>none set</source>
        <translation>keine gesetzt</translation>
    </message>
    <message>
        <source>Flows</source>
        <translation>Flows</translation>
    </message>
    <message>
        <source>none in particular</source>
        <translation>keine bestimmten</translation>
    </message>
    <message>
        <source>What is suppressed, how many rows each rule hides, and the way to take it back</source>
        <translation>Was unterdrückt ist, wie viele Zeilen jede Regel verbirgt, und wie man sie zurücknimmt</translation>
    </message>
    <message>
        <source>Show hidden</source>
        <translation>Verborgene zeigen</translation>
    </message>
    <message>
        <source>List suppressed rows as well</source>
        <translation>Auch unterdrückte Zeilen auflisten</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>Shared value</source>
        <translation>Gemeinsamer Wert</translation>
    </message>
    <message>
        <source>Hidden: %1</source>
        <translation>Verborgen: %1</translation>
    </message>
    <message>
        <source>S&amp;uppress…</source>
        <translation>&amp;Unterdrücken …</translation>
    </message>
    <message>
        <source>Go to the flows</source>
        <translation>Zu den Flows gehen</translation>
    </message>
    <message>
        <source>What made the chosen row</source>
        <translation>Woraus die gewählte Zeile entstand</translation>
    </message>
    <message>
        <source>%1 where up to %2 is usual</source>
        <translation>%1, wo bis %2 üblich ist</translation>
    </message>
    <message>
        <source>1 row</source>
        <translation>1 Zeile</translation>
    </message>
    <message>
        <source>%1, %2 hidden</source>
        <translation>%1, %2 ausgeblendet</translation>
    </message>
</context>
<context>
    <name>timbre::ui::AnomaliesModel</name>
    <message>
        <source>Severity</source>
        <translation>Schwere</translation>
    </message>
    <message>
        <source>Detected</source>
        <translation>Erkannt</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>Anzahl</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>Adressen</translation>
    </message>
    <message>
        <source>%1 and %2 more</source>
        <translation>%1 und %2 weitere</translation>
    </message>
    <message>
        <source>low</source>
        <translation>niedrig</translation>
    </message>
    <message>
        <source>medium</source>
        <translation>mittel</translation>
    </message>
    <message>
        <source>high</source>
        <translation>hoch</translation>
    </message>
    <message>
        <source>critical</source>
        <translation>kritisch</translation>
    </message>
</context>
<context>
    <name>timbre::ui::AudioDock</name>
    <message>
        <source>Audio</source>
        <translation>Audio</translation>
    </message>
    <message>
        <source>The chosen stream</source>
        <translation>Der gewählte Strom</translation>
    </message>
    <message>
        <source>Voice streams</source>
        <translation>Sprachströme</translation>
    </message>
    <message>
        <source>Voice streams of a capture and what is to be thought of them are shown here.</source>
        <translation>Hier erscheinen die Sprachströme eines Mitschnitts und ihre Beurteilung.</translation>
    </message>
    <message>
        <source>No voice stream so far.</source>
        <translation>Bisher kein Sprachstrom.</translation>
    </message>
    <message>
        <source>There is no voice stream in this capture: no RTP and no WZP in the clear.</source>
        <translation>Dieser Mitschnitt enthält keinen Sprachstrom: kein RTP und kein unverschlüsseltes WZP.</translation>
    </message>
    <message>
        <source>%1 %2, source 0x%3</source>
        <translation>%1 %2, Quelle 0x%3</translation>
    </message>
    <message>
        <source>inside %1</source>
        <translation>in %1</translation>
    </message>
    <message>
        <source>%1 packets, %2 lost, %3 late, %4 twice</source>
        <translation>%1 Pakete, %2 verloren, %3 verspätet, %4 doppelt</translation>
    </message>
    <message>
        <source>from %1 for %2</source>
        <translation>ab %1, Dauer %2</translation>
    </message>
    <message>
        <source>estimate by the E-model: MOS %1, R %2, with %3 delay of %4 ms%5</source>
        <translation>Schätzung nach dem E-Modell: MOS %1, R %2, mit %3 Verzögerung von %4 ms%5</translation>
    </message>
    <message>
        <source>a measured</source>
        <translation>einer gemessenen</translation>
    </message>
    <message>
        <source>an assumed</source>
        <translation>einer angenommenen</translation>
    </message>
    <message>
        <source>, codec unknown</source>
        <translation>, Codec unbekannt</translation>
    </message>
    <message>
        <source>Go to the first packet</source>
        <translation>Zum ersten Paket gehen</translation>
    </message>
    <message>
        <source>not judged</source>
        <translation>nicht beurteilt</translation>
    </message>
    <message>
        <source>video</source>
        <translation>Video</translation>
    </message>
    <message>
        <source>confidence %1 %</source>
        <translation>Konfidenz %1 %</translation>
    </message>
</context>
<context>
    <name>timbre::ui::BpfEdit</name>
    <message>
        <source>all packets – or: tcp port 443 and host 192.0.2.1</source>
        <translation>alle Pakete – oder: tcp port 443 and host 192.0.2.1</translation>
    </message>
    <message>
        <source>Capture filter</source>
        <translation>Mitschnittfilter</translation>
    </message>
    <message>
        <source>Every packet is kept.</source>
        <translation>Jedes Paket wird behalten.</translation>
    </message>
    <message>
        <source>This filter can be used.</source>
        <translation>Dieser Filter ist verwendbar.</translation>
    </message>
    <message>
        <source>Something is missing at the end: %1.</source>
        <translation>Am Ende fehlt etwas: %1.</translation>
    </message>
    <message>
        <source>Not understood at “%1”, character %2: %3.</source>
        <translation>Nicht verstanden bei „%1“, Zeichen %2: %3.</translation>
    </message>
</context>
<context>
    <name>timbre::ui::CaptureDialog</name>
    <message>
        <source>Capture</source>
        <translation>Mitschneiden</translation>
    </message>
    <message>
        <source>&amp;Interfaces</source>
        <translation>&amp;Schnittstellen</translation>
    </message>
    <message>
        <source>&amp;Replay a file</source>
        <translation>Datei &amp;wiedergeben</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>&amp;Promiscuous: also packets for other machines</source>
        <translation>&amp;Promiscuous-Modus: auch Pakete für andere Rechner</translation>
    </message>
    <message>
        <source>&amp;Monitor mode, where a wireless interface has it</source>
        <translation>&amp;Monitor-Modus, wo eine Funkschnittstelle ihn bietet</translation>
    </message>
    <message>
        <source> B</source>
        <translation> B</translation>
    </message>
    <message>
        <source> MiB</source>
        <translation> MiB</translation>
    </message>
    <message>
        <source>What the kernel holds while the helper is busy, per interface. More keeps bursts.</source>
        <translation>Was der Kernel je Schnittstelle vorhält, solange das Hilfsprogramm beschäftigt ist. Mehr fängt Lastspitzen ab.</translation>
    </message>
    <message>
        <source>&amp;Keep of each packet</source>
        <translation>Je Paket be&amp;halten</translation>
    </message>
    <message>
        <source>Kernel &amp;buffer</source>
        <translation>Kernel-P&amp;uffer</translation>
    </message>
    <message>
        <source>Capture &amp;filter, in tcpdump&apos;s language</source>
        <translation>Mitschnitt&amp;filter in der Sprache von tcpdump</translation>
    </message>
    <message>
        <source>Capturing is not permitted yet. This command, typed in a terminal, lets the small helper program capture and nothing else; Timbre itself needs no rights. Files can be opened and replayed without.</source>
        <translation>Mitschneiden ist noch nicht erlaubt. Dieser Befehl, in einem Terminal eingegeben, erlaubt dem kleinen Hilfsprogramm das Mitschneiden und sonst nichts; Timbre selbst braucht keine Rechte. Dateien lassen sich auch so öffnen und wiedergeben.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Auswählen…</translation>
    </message>
    <message>
        <source> times as fast</source>
        <translation>-mal so schnell</translation>
    </message>
    <message>
        <source>as fast as it goes</source>
        <translation>so schnell wie möglich</translation>
    </message>
    <message>
        <source>A saved capture is played back as if it came from an interface now. No rights are needed, and its times stay what they are.</source>
        <translation>Ein gespeicherter Mitschnitt wird wiedergegeben, als käme er jetzt von einer Schnittstelle. Rechte sind nicht nötig, und seine Zeiten bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>S&amp;peed</source>
        <translation>&amp;Geschwindigkeit</translation>
    </message>
    <message>
        <source> min</source>
        <translation> min</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>unbegrenzt</translation>
    </message>
    <message>
        <source> MB</source>
        <translation> MB</translation>
    </message>
    <message>
        <source>one that grows</source>
        <translation>eine wachsende Datei</translation>
    </message>
    <message>
        <source>&amp;Time</source>
        <translation>&amp;Zeit</translation>
    </message>
    <message>
        <source>P&amp;ackets</source>
        <translation>P&amp;akete</translation>
    </message>
    <message>
        <source>&amp;Bytes</source>
        <translation>&amp;Bytes</translation>
    </message>
    <message>
        <source>files of</source>
        <translation>Dateien zu</translation>
    </message>
    <message>
        <source>Stop after</source>
        <translation>Beenden nach</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Replay a capture</source>
        <translation>Mitschnitt wiedergeben</translation>
    </message>
    <message>
        <source>Captures (*.pcap *.pcapng *.cap *.pcap.* *.pcapng.* *.zip);;All files (*)</source>
        <translation>Mitschnitte (*.pcap *.pcapng *.cap *.pcap.* *.pcapng.* *.zip);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>a replay is kept whole</source>
        <translation>eine Wiedergabe wird ganz behalten</translation>
    </message>
    <message>
        <source>at most %1, then the oldest file makes room</source>
        <translation>höchstens %1, danach weicht die älteste Datei</translation>
    </message>
    <message>
        <source>as large as the disk lets it</source>
        <translation>so groß, wie der Datenträger erlaubt</translation>
    </message>
    <message>
        <source>Choose a file to replay.</source>
        <translation>Eine Datei zur Wiedergabe auswählen.</translation>
    </message>
    <message>
        <source>Choose an interface.</source>
        <translation>Eine Schnittstelle auswählen.</translation>
    </message>
    <message>
        <source>The capture filter cannot be used as it is.</source>
        <translation>Der Mitschnittfilter ist so nicht verwendbar.</translation>
    </message>
    <message>
        <source>The small helper program that captures is missing: there is no %1. Files can be opened and replayed without.</source>
        <translation>Das kleine Hilfsprogramm, das mitschneidet, fehlt: %1 gibt es nicht. Dateien lassen sich auch so öffnen und wiedergeben.</translation>
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
    <message>
        <source>Stop capture</source>
        <translation>Mitschneiden beenden</translation>
    </message>
    <message>
        <source>Remove, with its packets</source>
        <translation>Entfernen, samt Paketen</translation>
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
    <name>timbre::ui::CorrelationGraph</name>
    <message>
        <source>Choose an address.</source>
        <translation>Eine Adresse auswählen.</translation>
    </message>
    <message>
        <source>Shares nothing with other addresses.</source>
        <translation>Keine Gemeinsamkeit mit anderen Adressen.</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>und %1 weitere</translation>
    </message>
    <message>
        <source>On the graph of addresses</source>
        <translation>Im Graphen der Adressen</translation>
    </message>
    <message>
        <source>Previous address</source>
        <translation>Vorige Adresse</translation>
    </message>
    <message>
        <source>Next address</source>
        <translation>Nächste Adresse</translation>
    </message>
    <message>
        <source>Go to the address</source>
        <translation>Zur Adresse gehen</translation>
    </message>
    <message>
        <source>%1 shares something with %2.</source>
        <translation>%1 hat etwas gemeinsam mit %2.</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Strength (%)</source>
        <translation>Stärke (%)</translation>
    </message>
    <message>
        <source>Shares</source>
        <translation>Gemeinsam</translation>
    </message>
</context>
<context>
    <name>timbre::ui::DistributionPlots</name>
    <message>
        <source>Packet sizes</source>
        <translation>Paketgrößen</translation>
    </message>
    <message>
        <source>Gaps</source>
        <translation>Abstände</translation>
    </message>
    <message>
        <source>Entropy</source>
        <translation>Entropie</translation>
    </message>
    <message>
        <source>↑ and ↓, %</source>
        <translation>↑ und ↓, %</translation>
    </message>
    <message>
        <source>per direction</source>
        <translation>je Richtung</translation>
    </message>
    <message>
        <source>bits per byte</source>
        <translation>Bit je Byte</translation>
    </message>
    <message>
        <source>From (ms)</source>
        <translation>Ab (ms)</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Ab</translation>
    </message>
    <message>
        <source>↑ %</source>
        <translation>↑ %</translation>
    </message>
    <message>
        <source>↓ %</source>
        <translation>↓ %</translation>
    </message>
    <message>
        <source>other ↑ %</source>
        <translation>andere ↑ %</translation>
    </message>
    <message>
        <source>other ↓ %</source>
        <translation>andere ↓ %</translation>
    </message>
    <message>
        <source>KS distance ↑ %1 ↓ %2</source>
        <translation>KS-Abstand ↑ %1 ↓ %2</translation>
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
    <message>
        <source>&amp;Note…	N</source>
        <translation>&amp;Notiz…	N</translation>
    </message>
    <message>
        <source>&amp;Bookmark	B</source>
        <translation>&amp;Lesezeichen	B</translation>
    </message>
</context>
<context>
    <name>timbre::ui::EntitiesDock</name>
    <message>
        <source>Entities</source>
        <translation>Entitäten</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>Adressen</translation>
    </message>
    <message>
        <source>What the address showed</source>
        <translation>Was die Adresse zeigte</translation>
    </message>
    <message>
        <source>This capture holds no signals of any address.</source>
        <translation>Dieser Mitschnitt enthält keine Signale irgendeiner Adresse.</translation>
    </message>
    <message>
        <source>Addresses of the open capture are listed here with their risk.</source>
        <translation>Hier stehen die Adressen des geöffneten Mitschnitts mit ihrem Risiko.</translation>
    </message>
    <message>
        <source>%1 different in all</source>
        <translation>insgesamt %1 verschiedene</translation>
    </message>
    <message>
        <source>Shares with others:</source>
        <translation>Gemeinsam mit anderen:</translation>
    </message>
    <message>
        <source>Only the newest signals were compared with those of other addresses; %1 older ones were not.</source>
        <translation>Nur die neuesten Signale wurden mit denen anderer Adressen verglichen; %1 ältere nicht.</translation>
    </message>
    <message>
        <source>Addresses that share something</source>
        <translation>Adressen mit Gemeinsamkeiten</translation>
    </message>
    <message>
        <source>Filter by the address</source>
        <translation>Nach der Adresse filtern</translation>
    </message>
    <message>
        <source>Choose an address to see what it showed.</source>
        <translation>Eine Adresse wählen, um zu sehen, was sie zeigte.</translation>
    </message>
    <message>
        <source>risk %1</source>
        <translation>Risiko %1</translation>
    </message>
    <message>
        <source>no risk seen</source>
        <translation>kein Risiko gesehen</translation>
    </message>
    <message>
        <source>and %1 more: the table of the graph lists all.</source>
        <translation>und %1 weitere: Die Tabelle des Graphen führt alle auf.</translation>
    </message>
    <message>
        <source>No flow of this address is in the list: the list of flows has a limit.</source>
        <translation>Kein Flow dieser Adresse steht in der Liste: Die Liste der Flows hat eine Grenze.</translation>
    </message>
    <message>
        <source>from %1, %2 left at the last signal</source>
        <translation>aus %1, beim letzten Signal noch %2</translation>
    </message>
    <message>
        <source>1 anomaly</source>
        <translation>1 Anomalie</translation>
    </message>
    <message>
        <source>%1 anomalies</source>
        <translation>%1 Anomalien</translation>
    </message>
</context>
<context>
    <name>timbre::ui::EntitiesModel</name>
    <message>
        <source>What is left of the risk at the last signal: half of it goes in an hour</source>
        <translation>Was beim letzten Signal vom Risiko bleibt: Je Stunde geht die Hälfte</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Risk</source>
        <translation>Risiko</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>Anomalies</source>
        <translation>Anomalien</translation>
    </message>
    <message>
        <source>Signals</source>
        <translation>Signale</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>Zuletzt</translation>
    </message>
</context>
<context>
    <name>timbre::ui::EvidenceDrawer</name>
    <message>
        <source>&amp;Evidence</source>
        <translation>&amp;Belege</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>Belege</translation>
    </message>
    <message>
        <source>In the evidence</source>
        <translation>In den Belegen</translation>
    </message>
    <message>
        <source>Back to the list</source>
        <translation>Zurück zur Liste</translation>
    </message>
    <message>
        <source>Close the evidence</source>
        <translation>Belege schließen</translation>
    </message>
    <message>
        <source>Close the evidence (E)</source>
        <translation>Belege schließen (E)</translation>
    </message>
    <message>
        <source>Show flows</source>
        <translation>Flows zeigen</translation>
    </message>
    <message>
        <source>Select the flows behind it and go to them</source>
        <translation>Die Flows dahinter auswählen und zu ihnen gehen</translation>
    </message>
    <message>
        <source>Show packets</source>
        <translation>Pakete anzeigen</translation>
    </message>
    <message>
        <source>Select the flows behind it and go to their packets</source>
        <translation>Die Flows dahinter auswählen und zu ihren Paketen gehen</translation>
    </message>
    <message>
        <source>%1 reasons for, %2 against</source>
        <translation>%1 Gründe dafür, %2 dagegen</translation>
    </message>
</context>
<context>
    <name>timbre::ui::EvidenceModel</name>
    <message>
        <source>agrees</source>
        <translation>stützt</translation>
    </message>
    <message>
        <source>differs</source>
        <translation>weicht ab</translation>
    </message>
    <message>
        <source>unclear</source>
        <translation>unklar</translation>
    </message>
    <message>
        <source>%1: %2. Value %3, expected %4 to %5. Weight %6.</source>
        <translation>%1: %2. Wert %3, erwartet %4 bis %5. Gewicht %6.</translation>
    </message>
    <message>
        <source>↑↓</source>
        <translation>↑↓</translation>
    </message>
    <message>
        <source>Feature</source>
        <translation>Merkmal</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Expected</source>
        <translation>Erwartet</translation>
    </message>
    <message>
        <source>0 … 1</source>
        <translation>0 … 1</translation>
    </message>
    <message>
        <source>Whether the feature agrees with the mask or differs from it</source>
        <translation>Ob das Merkmal zur Maske passt oder von ihr abweicht</translation>
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
    <message>
        <source>&amp;Headers only, without what the packets carry</source>
        <translation>&amp;Nur Header, ohne den Inhalt der Pakete</translation>
    </message>
    <message>
        <source>capture</source>
        <translation>mitschnitt</translation>
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
        <source>Completions</source>
        <translation>Vervollständigungen</translation>
    </message>
    <message>
        <source>Filters you apply are kept here</source>
        <translation>Angewandte Filter bleiben hier erhalten</translation>
    </message>
    <message>
        <source>Filters saved and used before</source>
        <translation>Gespeicherte und früher benutzte Filter</translation>
    </message>
    <message>
        <source>&amp;Save this filter…</source>
        <translation>Diesen Filter &amp;speichern…</translation>
    </message>
    <message>
        <source>&amp;Organise saved filters…</source>
        <translation>Gespeicherte Filter &amp;verwalten…</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Gespeichert</translation>
    </message>
    <message>
        <source>No filter is saved yet</source>
        <translation>Noch kein Filter gespeichert</translation>
    </message>
    <message>
        <source>Used before</source>
        <translation>Früher benutzt</translation>
    </message>
</context>
<context>
    <name>timbre::ui::FilterChip</name>
    <message>
        <source>switched off</source>
        <translation>ausgeschaltet</translation>
    </message>
    <message>
        <source>negated</source>
        <translation>verneint</translation>
    </message>
    <message>
        <source>Filter term %1</source>
        <translation>Filterausdruck %1</translation>
    </message>
    <message>
        <source>Filter term %1, %2</source>
        <translation>Filterausdruck %1, %2</translation>
    </message>
    <message>
        <source>%1
Click for what can be done with it; drag it out as text.</source>
        <translation>%1
Ein Klick zeigt, was sich damit tun lässt; Herausziehen ergibt Text.</translation>
    </message>
    <message>
        <source>not %1</source>
        <translation>not %1</translation>
    </message>
    <message>
        <source>Do not &amp;negate	!</source>
        <translation>&amp;Nicht mehr verneinen	!</translation>
    </message>
    <message>
        <source>&amp;Negate	!</source>
        <translation>Ver&amp;neinen	!</translation>
    </message>
    <message>
        <source>&amp;Switch on	-</source>
        <translation>&amp;Einschalten	-</translation>
    </message>
    <message>
        <source>&amp;Switch off	-</source>
        <translation>&amp;Ausschalten	-</translation>
    </message>
    <message>
        <source>&amp;Remove	Del</source>
        <translation>Entfe&amp;rnen	Entf</translation>
    </message>
    <message>
        <source>&amp;Copy as filter	Ctrl+C</source>
        <translation>Als Filter &amp;kopieren	Strg+C</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>angeheftet</translation>
    </message>
    <message>
        <source>Un&amp;pin	P</source>
        <translation>&amp;Lösen	P</translation>
    </message>
    <message>
        <source>&amp;Pin: keep it when another filter is chosen	P</source>
        <translation>&amp;Anheften: bleibt, wenn ein anderer Filter gewählt wird	P</translation>
    </message>
</context>
<context>
    <name>timbre::ui::FilterChips</name>
    <message>
        <source>Terms of the filter</source>
        <translation>Ausdrücke des Filters</translation>
    </message>
    <message>
        <source>Terms that do not fit the line</source>
        <translation>Ausdrücke, die nicht in die Zeile passen</translation>
    </message>
    <message numerus="yes">
        <source>%n more filter term(s)</source>
        <translation>
            <numerusform>%n weiterer Filterausdruck</numerusform>
            <numerusform>%n weitere Filterausdrücke</numerusform>
        </translation>
    </message>
    <message>
        <source>Do not &amp;negate</source>
        <translation>&amp;Nicht mehr verneinen</translation>
    </message>
    <message>
        <source>&amp;Negate</source>
        <translation>Ver&amp;neinen</translation>
    </message>
    <message>
        <source>&amp;Switch on</source>
        <translation>&amp;Einschalten</translation>
    </message>
    <message>
        <source>&amp;Switch off</source>
        <translation>&amp;Ausschalten</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>Entfe&amp;rnen</translation>
    </message>
    <message>
        <source>Un&amp;pin</source>
        <translation>&amp;Lösen</translation>
    </message>
    <message>
        <source>&amp;Pin</source>
        <translation>&amp;Anheften</translation>
    </message>
    <message>
        <source>On a term of the filter</source>
        <translation>Auf einem Teil des Filters</translation>
    </message>
    <message>
        <source>Negate</source>
        <translation>Verneinen</translation>
    </message>
    <message>
        <source>Switch off and on</source>
        <translation>Aus- und einschalten</translation>
    </message>
    <message>
        <source>Pin: it stays when another filter is chosen</source>
        <translation>Anheften: bleibt, wenn ein anderer Filter gewählt wird</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Copy as filter</source>
        <translation>Als Filter kopieren</translation>
    </message>
    <message>
        <source>To the term before</source>
        <translation>Zum vorigen Teil</translation>
    </message>
    <message>
        <source>To the next term</source>
        <translation>Zum nächsten Teil</translation>
    </message>
    <message>
        <source>Its menu</source>
        <translation>Sein Menü</translation>
    </message>
    <message>
        <source>Back to the filter bar</source>
        <translation>Zurück zur Filterzeile</translation>
    </message>
</context>
<context>
    <name>timbre::ui::FilterEdit</name>
    <message>
        <source>In the filter bar</source>
        <translation>In der Filterzeile</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>Show completions</source>
        <translation>Vervollständigungen zeigen</translation>
    </message>
    <message>
        <source>Back to the filter in force</source>
        <translation>Zurück zum geltenden Filter</translation>
    </message>
    <message>
        <source>Next completion</source>
        <translation>Nächste Vervollständigung</translation>
    </message>
    <message>
        <source>Previous completion</source>
        <translation>Vorige Vervollständigung</translation>
    </message>
    <message>
        <source>Completions further down</source>
        <translation>Weiter unten stehende Vervollständigungen</translation>
    </message>
    <message>
        <source>Completions further up</source>
        <translation>Weiter oben stehende Vervollständigungen</translation>
    </message>
    <message>
        <source>Take the completion</source>
        <translation>Vervollständigung übernehmen</translation>
    </message>
    <message>
        <source>Close the completions</source>
        <translation>Vervollständigungen schließen</translation>
    </message>
</context>
<context>
    <name>timbre::ui::FilteredOpenDialog</name>
    <message>
        <source>Open with a capture filter</source>
        <translation>Mit Mitschnittfilter öffnen</translation>
    </message>
    <message>
        <source>Only packets of %1 that fit are analysed; the rest is read past.</source>
        <translation>Nur passende Pakete aus %1 werden ausgewertet; der Rest wird überlesen.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln captures</source>
        <translation>
            <numerusform>%Ln Mitschnitt</numerusform>
            <numerusform>%Ln Mitschnitten</numerusform>
        </translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
</context>
<context>
    <name>timbre::ui::FlipsModel</name>
    <message>
        <source>healthy</source>
        <translation>gesund</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>compromised</source>
        <translation>kompromittiert</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>übersprungen</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Of</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Exact</source>
        <translation>Exakt</translation>
    </message>
    <message>
        <source>Was</source>
        <translation>War</translation>
    </message>
    <message>
        <source>Would be</source>
        <translation>Wäre</translation>
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
    <message>
        <source>Show this flow alone</source>
        <translation>Nur diesen Flow zeigen</translation>
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
    <message>
        <source>&amp;SQL of the workspace</source>
        <translation>&amp;SQL des Arbeitsbereichs</translation>
    </message>
    <message>
        <source>query for the workspace</source>
        <translation>Abfrage für den Arbeitsbereich</translation>
    </message>
    <message>
        <source>1 flow</source>
        <translation>1 Flow</translation>
    </message>
    <message>
        <source>1 packet</source>
        <translation>1 Paket</translation>
    </message>
    <message>
        <source>%1 packets</source>
        <translation>%1 Pakete</translation>
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
    <message>
        <source>Packets of the selected flows</source>
        <translation>Pakete der ausgewählten Flows</translation>
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
    <message>
        <source>pinned terms of the filter</source>
        <translation>angeheftete Teile des Filters</translation>
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
    <message>
        <source>Flows that live now, of the most that may live at once. Click for what was met.</source>
        <translation>Flows, die jetzt leben, von den meisten, die zugleich leben dürfen. Ein Klick zeigt, was vorkam.</translation>
    </message>
    <message>
        <source>Flows ended early because that many lived already. Click to filter for them.</source>
        <translation>Flows, die früh beendet wurden, weil schon so viele lebten. Ein Klick filtert nach ihnen.</translation>
    </message>
    <message>
        <source>Packets that belong to no flow: not IP, or their headers are damaged or cut. Click for the list.</source>
        <translation>Pakete, die zu keinem Flow gehören: kein IP, oder ihre Köpfe sind beschädigt oder abgeschnitten. Ein Klick zeigt die Liste.</translation>
    </message>
    <message>
        <source>%1 of %2 in memory</source>
        <translation>%1 von %2 im Speicher</translation>
    </message>
    <message>
        <source>%1 evicted</source>
        <translation>%1 verdrängt</translation>
    </message>
    <message>
        <source>%1 without a flow</source>
        <translation>%1 ohne Flow</translation>
    </message>
    <message>
        <source>1 packet</source>
        <translation>1 Paket</translation>
    </message>
    <message>
        <source>1 flow</source>
        <translation>1 Flow</translation>
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
    <name>timbre::ui::InterfaceList</name>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>up</source>
        <translation>aktiv</translation>
    </message>
    <message>
        <source>no link</source>
        <translation>keine Verbindung</translation>
    </message>
    <message>
        <source>wireless</source>
        <translation>Funk</translation>
    </message>
    <message>
        <source>Interface</source>
        <translation>Schnittstelle</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Last minute</source>
        <translation>Letzte Minute</translation>
    </message>
    <message>
        <source>Packets/s</source>
        <translation>Pakete/s</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>Adressen</translation>
    </message>
    <message>
        <source>Network interfaces</source>
        <translation>Netzwerkschnittstellen</translation>
    </message>
    <message>
        <source>%1 packets/s</source>
        <translation>%1 Pakete/s</translation>
    </message>
</context>
<context>
    <name>timbre::ui::KeySheet</name>
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
    <name>timbre::ui::KeysDialog</name>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>A mask signed with a trusted key is shown as trusted. A private key stays in its file, which only you may read; the file beside it that ends in .pub is for others.</source>
        <translation>Eine mit einem vertrauten Schlüssel signierte Maske gilt als vertraut. Ein privater Schlüssel bleibt in seiner Datei, die nur für das eigene Konto lesbar ist; die Datei daneben mit der Endung .pub ist für andere.</translation>
    </message>
    <message>
        <source>&amp;Make a key…</source>
        <translation>Schlüssel &amp;erzeugen…</translation>
    </message>
    <message>
        <source>&amp;Add a key…</source>
        <translation>Schlüssel &amp;hinzufügen…</translation>
    </message>
    <message>
        <source>&amp;Trust or not</source>
        <translation>&amp;Vertrauen umschalten</translation>
    </message>
    <message>
        <source>&amp;Forget</source>
        <translation>Ver&amp;gessen</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>Trusted</source>
        <translation>Vertraut</translation>
    </message>
    <message>
        <source>Signs with</source>
        <translation>Signiert mit</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>No key is known yet.</source>
        <translation>Noch ist kein Schlüssel bekannt.</translation>
    </message>
    <message>
        <source>Make a key</source>
        <translation>Schlüssel erzeugen</translation>
    </message>
    <message>
        <source>Whose key it is:</source>
        <translation>Inhaber des Schlüssels:</translation>
    </message>
    <message>
        <source>Where the private key goes</source>
        <translation>Ablageort des privaten Schlüssels</translation>
    </message>
    <message>
        <source>Made key %1. Give the .pub file to those who shall check signatures.</source>
        <translation>Schlüssel %1 erzeugt. Die .pub-Datei ist für alle, die Signaturen prüfen sollen.</translation>
    </message>
    <message>
        <source>Add a key</source>
        <translation>Schlüssel hinzufügen</translation>
    </message>
    <message>
        <source>Added key %1. It is not trusted until you say so.</source>
        <translation>Schlüssel %1 hinzugefügt. Vertraut ist er erst nach ausdrücklicher Bestätigung.</translation>
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
    <name>timbre::ui::LeftSpoolsDialog</name>
    <message>
        <source>Captures of an earlier run</source>
        <translation>Mitschnitte eines früheren Laufs</translation>
    </message>
    <message>
        <source>Begun (UTC)</source>
        <translation>Begonnen (UTC)</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Every packet that was written before the program ended is there.</source>
        <translation>Jedes Paket, das vor dem Ende des Programms geschrieben wurde, ist vorhanden.</translation>
    </message>
    <message>
        <source>&amp;Analyse</source>
        <translation>Aus&amp;werten</translation>
    </message>
    <message>
        <source>Open it where it lies</source>
        <translation>An Ort und Stelle öffnen</translation>
    </message>
    <message>
        <source>&amp;Save as…</source>
        <translation>&amp;Speichern unter…</translation>
    </message>
    <message>
        <source>Save it as a file and remove it here</source>
        <translation>Als Datei speichern und hier entfernen</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Entfernen</translation>
    </message>
    <message>
        <source>Delete its files</source>
        <translation>Die Dateien löschen</translation>
    </message>
    <message>
        <source>S&amp;hred</source>
        <translation>Übersch&amp;reiben</translation>
    </message>
    <message>
        <source>Overwrite its files once, then delete them. Copies that a disk or file system keeps by itself are out of reach.</source>
        <translation>Die Dateien einmal überschreiben, dann löschen. Kopien, die ein Datenträger oder Dateisystem selbst behält, bleiben unerreichbar.</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>S&amp;chließen</translation>
    </message>
    <message>
        <source>Keep them for later</source>
        <translation>Für später behalten</translation>
    </message>
    <message>
        <source>Save capture as</source>
        <translation>Mitschnitt speichern unter</translation>
    </message>
    <message>
        <source>Captures (*.pcapng)</source>
        <translation>Mitschnitte (*.pcapng)</translation>
    </message>
    <message>
        <source>Remove this capture (%1)? Its packets cannot be brought back.</source>
        <translation>Diesen Mitschnitt (%1) entfernen? Seine Pakete lassen sich nicht zurückholen.</translation>
    </message>
</context>
<context>
    <name>timbre::ui::LiveController</name>
    <message>
        <source>&amp;Capture…</source>
        <translation>&amp;Mitschneiden…</translation>
    </message>
    <message>
        <source>Capture</source>
        <translation>Mitschneiden</translation>
    </message>
    <message>
        <source>Capture from an interface, or replay a file</source>
        <translation>Von einer Schnittstelle mitschneiden oder eine Datei wiedergeben</translation>
    </message>
    <message>
        <source>S&amp;top capture</source>
        <translation>Mitschneiden &amp;beenden</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Stop the capture and keep what was captured</source>
        <translation>Mitschneiden beenden und Mitgeschnittenes behalten</translation>
    </message>
    <message>
        <source>&amp;Restart capture</source>
        <translation>Mitschneiden &amp;neu starten</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>Neu starten</translation>
    </message>
    <message>
        <source>Capture again with the same settings</source>
        <translation>Mit denselben Einstellungen erneut mitschneiden</translation>
    </message>
    <message>
        <source>&amp;Pause views</source>
        <translation>Ansichten an&amp;halten</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Hold the views still; the capture goes on</source>
        <translation>Ansichten anhalten; das Mitschneiden läuft weiter</translation>
    </message>
    <message>
        <source>&amp;Save capture as…</source>
        <translation>Mitschnitt &amp;speichern unter…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Save the packets of a live capture</source>
        <translation>Die Pakete eines laufenden Mitschnitts speichern</translation>
    </message>
    <message>
        <source>Timbre runs as root and does not capture like that: start it as a normal user, the capture helper has the rights it needs.</source>
        <translation>Timbre läuft als root und schneidet so nicht mit: Als gewöhnlicher Benutzer starten; das Mitschneideprogramm hat die nötigen Rechte.</translation>
    </message>
    <message>
        <source>timbre --allow-root captures all the same.</source>
        <translation>timbre --allow-root schneidet dennoch mit.</translation>
    </message>
    <message>
        <source>Views are paused; the capture goes on.</source>
        <translation>Ansichten sind angehalten; das Mitschneiden läuft weiter.</translation>
    </message>
    <message>
        <source>This grants the rights, once: %1</source>
        <translation>Das erteilt die Rechte, einmalig: %1</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>Befehl kopieren</translation>
    </message>
    <message>
        <source>%1 packets were captured.</source>
        <translation>%1 Pakete wurden mitgeschnitten.</translation>
    </message>
    <message>
        <source>Capture again</source>
        <translation>Erneut mitschneiden</translation>
    </message>
    <message>
        <source>Save capture as</source>
        <translation>Mitschnitt speichern unter</translation>
    </message>
    <message>
        <source>Captures (*.pcapng)</source>
        <translation>Mitschnitte (*.pcapng)</translation>
    </message>
    <message>
        <source>Saving to “%1”</source>
        <translation>Speichern nach „%1“</translation>
    </message>
    <message>
        <source>Save capture</source>
        <translation>Mitschnitt speichern</translation>
    </message>
    <message>
        <source>Saved as “%1”.</source>
        <translation>Gespeichert als „%1“.</translation>
    </message>
    <message>
        <source>Captures that are not saved</source>
        <translation>Nicht gespeicherte Mitschnitte</translation>
    </message>
    <message numerus="yes">
        <source>%Ln capture(s) are not saved: %1.</source>
        <translation>
            <numerusform>%Ln Mitschnitt ist nicht gespeichert: %1.</numerusform>
            <numerusform>%Ln Mitschnitte sind nicht gespeichert: %1.</numerusform>
        </translation>
    </message>
    <message>
        <source>Removed packets cannot be brought back. Kept ones are offered at the next start.</source>
        <translation>Entfernte Pakete lassen sich nicht zurückholen. Behaltene werden beim nächsten Start angeboten.</translation>
    </message>
    <message>
        <source>Remove them</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Keep them</source>
        <translation>Behalten</translation>
    </message>
    <message numerus="yes">
        <source>%Ln live capture(s) of an earlier run were kept.</source>
        <translation>
            <numerusform>%Ln Live-Mitschnitt eines früheren Laufs wurde behalten.</numerusform>
            <numerusform>%Ln Live-Mitschnitte eines früheren Laufs wurden behalten.</numerusform>
        </translation>
    </message>
    <message>
        <source>Show them…</source>
        <translation>Zeigen…</translation>
    </message>
    <message>
        <source>Capture again (%1)</source>
        <translation>Erneut mitschneiden (%1)</translation>
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
        <source>Show the flow</source>
        <translation>Flow zeigen</translation>
    </message>
    <message>
        <source>The capture of this flow is no longer open.</source>
        <translation>Der Mitschnitt dieses Flows ist nicht mehr offen.</translation>
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
        <source>Try the &amp;sample</source>
        <translation>Bei&amp;spiel ausprobieren</translation>
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
    <message>
        <source>Open with a capture &amp;filter…</source>
        <translation>Mit Mitschnitt&amp;filter öffnen…</translation>
    </message>
    <message>
        <source>&amp;Report…</source>
        <translation>Be&amp;richt…</translation>
    </message>
    <message>
        <source>&amp;Capture</source>
        <translation>&amp;Mitschnitt</translation>
    </message>
    <message>
        <source>Re&amp;play a file…</source>
        <translation>Datei &amp;wiedergeben…</translation>
    </message>
    <message>
        <source>Captures of &amp;earlier runs…</source>
        <translation>Mitschnitte &amp;früherer Läufe…</translation>
    </message>
    <message>
        <source>Saved f&amp;ilters</source>
        <translation>&amp;Gespeicherte Filter</translation>
    </message>
    <message>
        <source>&amp;Note…</source>
        <translation>&amp;Notiz…</translation>
    </message>
    <message>
        <source>&amp;Bookmark</source>
        <translation>&amp;Lesezeichen</translation>
    </message>
    <message>
        <source>Open a capture to make a report of it.</source>
        <translation>Einen Mitschnitt öffnen, um über ihn zu berichten.</translation>
    </message>
    <message>
        <source>Report on %1</source>
        <translation>Bericht über %1</translation>
    </message>
    <message>
        <source>Selected: flow %1</source>
        <translation>Ausgewählt: Flow %1</translation>
    </message>
    <message>
        <source>Made with Timbre %1 on %2.</source>
        <translation>Erstellt mit Timbre %1 am %2.</translation>
    </message>
    <message>
        <source>Report written to “%1”.</source>
        <translation>Bericht nach „%1“ geschrieben.</translation>
    </message>
    <message>
        <source>What this note is about is no longer there</source>
        <translation>Wovon diese Notiz handelt, ist nicht mehr da</translation>
    </message>
    <message>
        <source>Copy filter a&amp;s</source>
        <translation>Filter kopieren al&amp;s</translation>
    </message>
    <message>
        <source>Time p&amp;lots on the selected flow</source>
        <translation>&amp;Zeitverlauf auf den gewählten Flow</translation>
    </message>
    <message>
        <source>Next &amp;anomaly</source>
        <translation>Nächste &amp;Anomalie</translation>
    </message>
    <message>
        <source>Si&amp;gnals…</source>
        <translation>Si&amp;gnale…</translation>
    </message>
    <message>
        <source>Pre&amp;vious anomaly</source>
        <translation>&amp;Vorige Anomalie</translation>
    </message>
    <message>
        <source>saved filter   %1</source>
        <translation>gespeicherter Filter   %1</translation>
    </message>
    <message>
        <source>1 flow</source>
        <translation>1 Flow</translation>
    </message>
</context>
<context>
    <name>timbre::ui::MaskView</name>
    <message>
        <source>&lt; %1</source>
        <translation>&lt; %1</translation>
    </message>
    <message>
        <source>does not count</source>
        <translation>zählt nicht</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>eingehalten</translation>
    </message>
    <message>
        <source>broken</source>
        <translation>verletzt</translation>
    </message>
    <message>
        <source>≥ %1</source>
        <translation>≥ %1</translation>
    </message>
    <message>
        <source>Distance of ↑ sizes</source>
        <translation>Abstand der ↑-Größen</translation>
    </message>
    <message>
        <source>Distance of ↑ gaps</source>
        <translation>Abstand der ↑-Abstände</translation>
    </message>
    <message>
        <source>Distance of ↓ sizes</source>
        <translation>Abstand der ↓-Größen</translation>
    </message>
    <message>
        <source>Distance of ↓ gaps</source>
        <translation>Abstand der ↓-Abstände</translation>
    </message>
    <message>
        <source>First bytes that match</source>
        <translation>Übereinstimmende erste Bytes</translation>
    </message>
    <message>
        <source>State machine</source>
        <translation>Zustandsautomat</translation>
    </message>
    <message>
        <source>Lack of entropy</source>
        <translation>Fehlende Entropie</translation>
    </message>
    <message>
        <source>↑ first bytes alone</source>
        <translation>nur erste ↑-Bytes</translation>
    </message>
    <message>
        <source>↓ first bytes alone</source>
        <translation>nur erste ↓-Bytes</translation>
    </message>
    <message>
        <source>Header bytes that are fixed</source>
        <translation>Feste Headerbytes</translation>
    </message>
    <message>
        <source>Sizes as a client sends them</source>
        <translation>Größen, wie ein Client sie sendet</translation>
    </message>
    <message>
        <source>Gaps as a client sends them</source>
        <translation>Abstände, wie ein Client sie sendet</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>Kenngröße</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>Grenze</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>Urteil</translation>
    </message>
    <message>
        <source>The selected mask</source>
        <translation>Die ausgewählte Maske</translation>
    </message>
    <message>
        <source>Self-test</source>
        <translation>Selbsttest</translation>
    </message>
    <message>
        <source>Signature: mean of 64 features</source>
        <translation>Signatur: Mittel von 64 Merkmalen</translation>
    </message>
    <message>
        <source>%1: %2 = %3</source>
        <translation>%1: %2 = %3</translation>
    </message>
    <message>
        <source>no spread is known</source>
        <translation>Streuung unbekannt</translation>
    </message>
    <message>
        <source>Feature</source>
        <translation>Merkmal</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>Spread</source>
        <translation>Streuung</translation>
    </message>
    <message>
        <source>%1 · revision %2 · made %3 · expires %4%5</source>
        <translation>%1 · Revision %2 · gebildet %3 · läuft ab: %4%5</translation>
    </message>
    <message>
        <source>at no known time</source>
        <translation>zu unbekannter Zeit</translation>
    </message>
    <message>
        <source> (expired)</source>
        <translation> (abgelaufen)</translation>
    </message>
    <message>
        <source>Signature: %1</source>
        <translation>Signatur: %1</translation>
    </message>
    <message>
        <source>It only holds for numbers read or written as some other programs do.</source>
        <translation>Sie gilt nur für Zahlen, wie manche anderen Programme sie lesen oder schreiben.</translation>
    </message>
    <message>
        <source>Header %1 bytes, key at %2, tag %3; sizes %4; gaps %5%6; %7</source>
        <translation>Header %1 Bytes, Schlüssel bei %2, Tag %3; Größen %4; Abstände %5%6; %7</translation>
    </message>
    <message>
        <source>before the header</source>
        <translation>vor dem Header</translation>
    </message>
    <message>
        <source>at %1</source>
        <translation>bei %1</translation>
    </message>
    <message>
        <source>; joint law of both</source>
        <translation>; gemeinsame Verteilung beider</translation>
    </message>
    <message>
        <source>with a reverse profile</source>
        <translation>mit Gegenprofil</translation>
    </message>
    <message>
        <source>no reverse profile</source>
        <translation>ohne Gegenprofil</translation>
    </message>
    <message>
        <source>Made by %1 from the recording %2 of “%3”%4; %5. None of this line is signed.</source>
        <translation>Gebildet von %1 aus der Aufzeichnung %2 von „%3“%4; %5. Nichts in dieser Zeile ist signiert.</translation>
    </message>
    <message>
        <source>, capture %1</source>
        <translation>, Mitschnitt %1</translation>
    </message>
    <message>
        <source>%1: %2 %3</source>
        <translation>%1: %2 %3</translation>
    </message>
    <message>
        <source>Select a mask to see what it sounds like.</source>
        <translation>Eine Maske auswählen, um ihren Klang zu sehen.</translation>
    </message>
    <message>
        <source>Self-test passed, confidence %1.</source>
        <translation>Selbsttest bestanden, Konfidenz %1.</translation>
    </message>
    <message>
        <source>Self-test failed.</source>
        <translation>Selbsttest nicht bestanden.</translation>
    </message>
    <message>
        <source>Self-test a&amp;gainst</source>
        <translation>Selbsttest &amp;gegen</translation>
    </message>
    <message>
        <source>Recording to test against</source>
        <translation>Aufzeichnung, gegen die getestet wird</translation>
    </message>
    <message>
        <source>no recording is here</source>
        <translation>keine Aufzeichnung da</translation>
    </message>
    <message>
        <source>a recording…</source>
        <translation>eine Aufzeichnung…</translation>
    </message>
    <message>
        <source>%1, %2 packets</source>
        <translation>%1, %2 Pakete</translation>
    </message>
    <message>
        <source>of one window</source>
        <translation>aus einem Fenster</translation>
    </message>
    <message>
        <source>whiskers: spread over %1 windows</source>
        <translation>Striche: Streuung über %1 Fenster</translation>
    </message>
</context>
<context>
    <name>timbre::ui::MasksDock</name>
    <message>
        <source>Masks</source>
        <translation>Masken</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Sign</source>
        <translation>Signieren</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Import masks</source>
        <translation>Masken importieren</translation>
    </message>
    <message>
        <source>Masks (*.json);;All files (*)</source>
        <translation>Masken (*.json);;Alle Dateien (*)</translation>
    </message>
    <message numerus="yes">
        <source>%n mask(s) imported.</source>
        <translation>
            <numerusform>%n Maske importiert.</numerusform>
            <numerusform>%n Masken importiert.</numerusform>
        </translation>
    </message>
    <message>
        <source>Masks that are there already</source>
        <translation>Bereits vorhandene Masken</translation>
    </message>
    <message>
        <source>These masks are in the workspace already: %1. Replace them?</source>
        <translation>Diese Masken sind bereits im Arbeitsbereich: %1. Ersetzen?</translation>
    </message>
    <message>
        <source>Masks replaced.</source>
        <translation>Masken ersetzt.</translation>
    </message>
    <message>
        <source>Export mask</source>
        <translation>Maske exportieren</translation>
    </message>
    <message>
        <source>Masks (*.json)</source>
        <translation>Masken (*.json)</translation>
    </message>
    <message>
        <source>Folder for the masks</source>
        <translation>Ordner für die Masken</translation>
    </message>
    <message numerus="yes">
        <source>%n mask(s) written.</source>
        <translation>
            <numerusform>%n Maske geschrieben.</numerusform>
            <numerusform>%n Masken geschrieben.</numerusform>
        </translation>
    </message>
    <message>
        <source>Export masks</source>
        <translation>Masken exportieren</translation>
    </message>
    <message>
        <source>%1 Replace what is there?</source>
        <translation>%1 Vorhandenes ersetzen?</translation>
    </message>
    <message>
        <source>Private key to sign with</source>
        <translation>Privater Schlüssel zum Signieren</translation>
    </message>
    <message>
        <source>Signed with key %1.</source>
        <translation>Mit Schlüssel %1 signiert.</translation>
    </message>
    <message>
        <source>Remove masks</source>
        <translation>Masken entfernen</translation>
    </message>
    <message>
        <source>Remove %1 from the workspace? Exported files and bundled masks stay.</source>
        <translation>%1 aus dem Arbeitsbereich entfernen? Exportierte Dateien und mitgelieferte Masken bleiben.</translation>
    </message>
    <message>
        <source>Search masks</source>
        <translation>Masken suchen</translation>
    </message>
    <message>
        <source>Mask %1</source>
        <translation>Maske %1</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Exportieren…</translation>
    </message>
    <message>
        <source>&amp;Sign…</source>
        <translation>&amp;Signieren…</translation>
    </message>
    <message>
        <source>&amp;Remove…</source>
        <translation>&amp;Entfernen…</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>With the key of:</source>
        <translation>Mit dem Schlüssel von:</translation>
    </message>
    <message>
        <source>Select one mask to sign it.</source>
        <translation>Zum Signieren eine Maske auswählen.</translation>
    </message>
</context>
<context>
    <name>timbre::ui::MasksModel</name>
    <message>
        <source>signed by %1, trusted</source>
        <translation>signiert von %1, vertraut</translation>
    </message>
    <message>
        <source>signed by %1, not trusted</source>
        <translation>signiert von %1, nicht vertraut</translation>
    </message>
    <message>
        <source>bad, or by an unknown key</source>
        <translation>ungültig oder von unbekanntem Schlüssel</translation>
    </message>
    <message>
        <source>signed, key unknown</source>
        <translation>signiert, Schlüssel unbekannt</translation>
    </message>
    <message>
        <source>unsigned</source>
        <translation>nicht signiert</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source>after the year 9999</source>
        <translation>nach dem Jahr 9999</translation>
    </message>
    <message>
        <source>own</source>
        <translation>eigene</translation>
    </message>
    <message>
        <source>imported</source>
        <translation>importiert</translation>
    </message>
    <message>
        <source>bundled</source>
        <translation>mitgeliefert</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>Expired: it may be looked at, not used.</source>
        <translation>Abgelaufen: ansehen ist möglich, benutzen nicht.</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>Maske</translation>
    </message>
    <message>
        <source>Origin</source>
        <translation>Herkunft</translation>
    </message>
    <message>
        <source>Looks like</source>
        <translation>Sieht aus wie</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>Signatur</translation>
    </message>
    <message>
        <source>Expires</source>
        <translation>Läuft ab</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>Gebildet</translation>
    </message>
    <message>
        <source>bad: not what %1 signed</source>
        <translation>ungültig: nicht, was %1 signiert hat</translation>
    </message>
    <message>
        <source>signed, key %1 unknown</source>
        <translation>signiert, Schlüssel %1 unbekannt</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
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
    <name>timbre::ui::MissingTexts</name>
    <message>
        <source>%1 of %2 packets</source>
        <translation>%1 von %2 Paketen</translation>
    </message>
    <message>
        <source>%1 of %2 s</source>
        <translation>%1 von %2 s</translation>
    </message>
    <message>
        <source>unclear after %1 packets and %2 s</source>
        <translation>unklar nach %1 Paketen und %2 s</translation>
    </message>
    <message>
        <source>video is not judged</source>
        <translation>Video wird nicht beurteilt</translation>
    </message>
</context>
<context>
    <name>timbre::ui::NoteDialog</name>
    <message>
        <source>&amp;Bookmark</source>
        <translation>&amp;Lesezeichen</translation>
    </message>
    <message>
        <source>separated by commas</source>
        <translation>durch Kommas getrennt</translation>
    </message>
    <message>
        <source>&amp;About</source>
        <translation>&amp;Betrifft</translation>
    </message>
    <message>
        <source>&amp;Note</source>
        <translation>&amp;Notiz</translation>
    </message>
    <message>
        <source>&amp;Tags</source>
        <translation>&amp;Schlagwörter</translation>
    </message>
    <message>
        <source>Ctrl+Enter saves.</source>
        <translation>Strg+Eingabe speichert.</translation>
    </message>
</context>
<context>
    <name>timbre::ui::NotesDock</name>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>Write a note…</source>
        <translation>Notiz schreiben…</translation>
    </message>
    <message numerus="yes">
        <source>%n note(s) deleted</source>
        <translation>
            <numerusform>%n Notiz gelöscht</numerusform>
            <numerusform>%n Notizen gelöscht</numerusform>
        </translation>
    </message>
    <message>
        <source>Open a capture to write notes about it.</source>
        <translation>Einen Mitschnitt öffnen, um Notizen dazu zu schreiben.</translation>
    </message>
    <message>
        <source>Flow %1</source>
        <translation>Flow %1</translation>
    </message>
    <message>
        <source>Time range %1</source>
        <translation>Zeitbereich %1</translation>
    </message>
    <message>
        <source>The whole capture</source>
        <translation>Der ganze Mitschnitt</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Noted until Timbre ends: there is no workspace</source>
        <translation>Notiert, bis Timbre endet: Es gibt keinen Arbeitsbereich</translation>
    </message>
    <message>
        <source>Noted</source>
        <translation>Notiert</translation>
    </message>
    <message>
        <source>Bookmark taken away</source>
        <translation>Lesezeichen entfernt</translation>
    </message>
    <message>
        <source>Bookmark set</source>
        <translation>Lesezeichen gesetzt</translation>
    </message>
    <message>
        <source>Edit note</source>
        <translation>Notiz bearbeiten</translation>
    </message>
    <message>
        <source>This flow is not in the analysis shown</source>
        <translation>Dieser Flow ist nicht in der gezeigten Auswertung</translation>
    </message>
    <message>
        <source>&amp;Go to it	Enter</source>
        <translation>&amp;Hingehen	Eingabe</translation>
    </message>
    <message>
        <source>&amp;Edit…	F2</source>
        <translation>&amp;Bearbeiten…	F2</translation>
    </message>
    <message>
        <source>&amp;Delete	Del</source>
        <translation>&amp;Löschen	Entf</translation>
    </message>
    <message>
        <source>Search notes</source>
        <translation>Notizen suchen</translation>
    </message>
    <message>
        <source>Search notes: words, or tag == …</source>
        <translation>Notizen suchen: Wörter oder tag == …</translation>
    </message>
    <message>
        <source>No note fits the search.</source>
        <translation>Keine Notiz passt zur Suche.</translation>
    </message>
    <message>
        <source>Notes and bookmarks about flows, stretches of time, anomalies, recordings and masks are listed here. N writes a note, B sets a bookmark.</source>
        <translation>Hier stehen Notizen und Lesezeichen zu Flows, Zeiträumen, Anomalien, Aufzeichnungen und Masken. N schreibt eine Notiz, B setzt ein Lesezeichen.</translation>
    </message>
    <message>
        <source>Notes about the open capture, recordings and masks are listed here.</source>
        <translation>Hier stehen Notizen zum offenen Mitschnitt, zu Aufzeichnungen und Masken.</translation>
    </message>
    <message>
        <source>Open a capture to set bookmarks in it.</source>
        <translation>Zum Setzen von Lesezeichen einen Mitschnitt öffnen.</translation>
    </message>
    <message>
        <source>&amp;Copy text	Ctrl+C</source>
        <translation>Text &amp;kopieren	Strg+C</translation>
    </message>
    <message>
        <source>&amp;Peek	Space</source>
        <translation>&amp;Vorschau	Leertaste</translation>
    </message>
    <message>
        <source>Go to what it is about</source>
        <translation>Dorthin gehen, worum es geht</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Worüber</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>Geschrieben</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
</context>
<context>
    <name>timbre::ui::NotesModel</name>
    <message>
        <source>%1
This flow is not in the analysis shown.</source>
        <translation>%1
Dieser Flow ist nicht in der gezeigten Auswertung.</translation>
    </message>
    <message>
        <source>bookmark</source>
        <translation>Lesezeichen</translation>
    </message>
    <message>
        <source>note</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>%1
What this is about is no longer there.</source>
        <translation>%1
Wovon das handelt, ist nicht mehr da.</translation>
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
    <message>
        <source>Select a flow first.</source>
        <translation>Wählen Sie zuerst einen Flow.</translation>
    </message>
    <message>
        <source>This capture could not be read.</source>
        <translation>Dieser Mitschnitt konnte nicht gelesen werden.</translation>
    </message>
    <message>
        <source>1 flow was alive then</source>
        <translation>1 Flow war dann aktiv</translation>
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
    <message>
        <source>Note here…</source>
        <translation>Notiz hier…</translation>
    </message>
    <message>
        <source>interface drops %1</source>
        <translation>von der Schnittstelle verworfen %1</translation>
    </message>
    <message>
        <source>kernel drops %1</source>
        <translation>vom Kernel verworfen %1</translation>
    </message>
    <message>
        <source>spool ring losses %1</source>
        <translation>durch den Ring verloren %1</translation>
    </message>
    <message>
        <source>   around here lost: %1</source>
        <translation>   hier herum verloren: %1</translation>
    </message>
    <message>
        <source>   packets no longer kept</source>
        <translation>   Pakete nicht mehr vorhanden</translation>
    </message>
    <message>
        <source>▨ packets lost</source>
        <translation>▨ Pakete verloren</translation>
    </message>
    <message>
        <source>Losses around it</source>
        <translation>Verluste um diese Zeit</translation>
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
        <source>Copy bytes as &amp;hex</source>
        <translation>Bytes als &amp;Hex kopieren</translation>
    </message>
    <message>
        <source>1 flow</source>
        <translation>1 Flow</translation>
    </message>
</context>
<context>
    <name>timbre::ui::Page</name>
    <message>
        <source>The same flows from the command line:</source>
        <translation>Dieselben Flows von der Befehlszeile:</translation>
    </message>
</context>
<context>
    <name>timbre::ui::PlotCanvas</name>
    <message>
        <source>On a plot</source>
        <translation>In einem Diagramm</translation>
    </message>
    <message>
        <source>Back by one value</source>
        <translation>Einen Wert zurück</translation>
    </message>
    <message>
        <source>On by one value</source>
        <translation>Einen Wert weiter</translation>
    </message>
    <message>
        <source>Back by ten</source>
        <translation>Zehn zurück</translation>
    </message>
    <message>
        <source>On by ten</source>
        <translation>Zehn weiter</translation>
    </message>
    <message>
        <source>Open what is there</source>
        <translation>Öffnen, was dort ist</translation>
    </message>
    <message>
        <source>Filter by the place, numbers as a table, picture</source>
        <translation>Nach der Stelle filtern, Zahlen als Tabelle, Bild</translation>
    </message>
</context>
<context>
    <name>timbre::ui::PlotFrame</name>
    <message>
        <source>A plot. Its menu opens the same data as a table.</source>
        <translation>Ein Diagramm. Sein Menü öffnet dieselben Daten als Tabelle.</translation>
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
    <name>timbre::ui::RecorderDock</name>
    <message>
        <source>Recorder</source>
        <translation>Rekorder</translation>
    </message>
    <message>
        <source>What to record</source>
        <translation>Was aufzuzeichnen ist</translation>
    </message>
    <message>
        <source>video call, web mail …</source>
        <translation>Videoanruf, Webmail …</translation>
    </message>
    <message>
        <source>&amp;Service</source>
        <translation>&amp;Dienst</translation>
    </message>
    <message>
        <source>Selected flows</source>
        <translation>Ausgewählte Flows</translation>
    </message>
    <message>
        <source>Flows that fit a filter</source>
        <translation>Flows, die zu einem Filter passen</translation>
    </message>
    <message>
        <source>Host and port</source>
        <translation>Host und Port</translation>
    </message>
    <message>
        <source>&amp;What</source>
        <translation>&amp;Was</translation>
    </message>
    <message>
        <source>Only packets with &amp;payload</source>
        <translation>Nur Pakete mit &amp;Nutzdaten</translation>
    </message>
    <message>
        <source>Leaves out bare acknowledgements, whose entropy is 0.</source>
        <translation>Lässt reine Bestätigungen weg, deren Entropie 0 ist.</translation>
    </message>
    <message>
        <source>Swap &amp;directions</source>
        <translation>&amp;Richtungen tauschen</translation>
    </message>
    <message>
        <source>Uplink is what the initiator of a flow sends; swapped, what the responder sends.</source>
        <translation>Aufwärts ist, was der Initiator eines Flows sendet; getauscht, was der Responder sendet.</translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source>Ends after &amp;quiet</source>
        <translation>Ende nach S&amp;tille</translation>
    </message>
    <message>
        <source>&amp;Record</source>
        <translation>&amp;Aufzeichnen</translation>
    </message>
    <message>
        <source>Search recordings</source>
        <translation>Aufzeichnungen suchen</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>De&amp;lete…</source>
        <translation>&amp;Löschen…</translation>
    </message>
    <message>
        <source>&amp;Make mask</source>
        <translation>&amp;Maske bilden</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>Aufzeichnungen</translation>
    </message>
    <message>
        <source>The selected recording</source>
        <translation>Die ausgewählte Aufzeichnung</translation>
    </message>
    <message>
        <source>Packets towards 500</source>
        <translation>Pakete bis 500</translation>
    </message>
    <message>
        <source>Seconds towards 60</source>
        <translation>Sekunden bis 60</translation>
    </message>
    <message>
        <source>Open a capture first.</source>
        <translation>Zuerst einen Mitschnitt öffnen.</translation>
    </message>
    <message>
        <source>Select flows in the table.</source>
        <translation>Flows in der Tabelle auswählen.</translation>
    </message>
    <message numerus="yes">
        <source>%n flow(s) selected.</source>
        <translation>
            <numerusform>%n Flow ausgewählt.</numerusform>
            <numerusform>%n Flows ausgewählt.</numerusform>
        </translation>
    </message>
    <message>
        <source>everything</source>
        <translation>alles</translation>
    </message>
    <message>
        <source>Empty: what the window&apos;s filter shows.</source>
        <translation>Leer: was der Filter des Fensters zeigt.</translation>
    </message>
    <message>
        <source>Address and port of either side.</source>
        <translation>Adresse und Port einer der Seiten.</translation>
    </message>
    <message>
        <source>Only packets in the time range.</source>
        <translation>Nur Pakete im Zeitbereich.</translation>
    </message>
    <message>
        <source>The filter is not understood: %1</source>
        <translation>Der Filter ist nicht verständlich: %1</translation>
    </message>
    <message>
        <source>flows</source>
        <translation>Flows</translation>
    </message>
    <message>
        <source> and %1 more</source>
        <translation> und %1 weitere</translation>
    </message>
    <message>
        <source>%1 %2 packets, %3 ± %4 B, gap %5 ± %6 ms</source>
        <translation>%1 %2 Pakete, %3 ± %4 B, Abstand %5 ± %6 ms</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>mean entropy %1 bits per byte · key %2 · id %3</source>
        <translation>mittlere Entropie %1 Bit je Byte · Schlüssel %2 · ID %3</translation>
    </message>
    <message>
        <source>The first %1 packets are kept; later ones only count.</source>
        <translation>Die ersten %1 Pakete bleiben; spätere werden nur gezählt.</translation>
    </message>
    <message>
        <source>%1 packets were refused: their figures were no numbers.</source>
        <translation>%1 Pakete wurden abgelehnt: Ihre Werte waren keine Zahlen.</translation>
    </message>
    <message>
        <source>%1 of 500 packets</source>
        <translation>%1 von 500 Paketen</translation>
    </message>
    <message>
        <source>%1 of 60 s</source>
        <translation>%1 von 60 s</translation>
    </message>
    <message>
        <source>&amp;Discard</source>
        <translation>&amp;Verwerfen</translation>
    </message>
    <message>
        <source>Compared: “%1” (lines) and “%2” (dots). The distance is the largest difference between the two cumulative distributions: 0 is the same, 1 has nothing in common.</source>
        <translation>Verglichen: „%1“ (Linien) und „%2“ (Punkte). Der Abstand ist die größte Differenz der beiden kumulierten Verteilungen: 0 heißt gleich, 1 heißt nichts gemeinsam.</translation>
    </message>
    <message>
        <source>Recordings show here, with how sizes, gaps and entropy are distributed. Select two to compare them.</source>
        <translation>Hier erscheinen Aufzeichnungen mit der Verteilung von Größen, Abständen und Entropie. Zwei auswählen vergleicht sie.</translation>
    </message>
    <message>
        <source>Delete recordings</source>
        <translation>Aufzeichnungen löschen</translation>
    </message>
    <message numerus="yes">
        <source>%n recording(s) will be overwritten in the workspace. This cannot be undone; masks made of them stay.</source>
        <translation>
            <numerusform>%n Aufzeichnung wird im Arbeitsbereich überschrieben. Das lässt sich nicht rückgängig machen; daraus gebildete Masken bleiben.</numerusform>
            <numerusform>%n Aufzeichnungen werden im Arbeitsbereich überschrieben. Das lässt sich nicht rückgängig machen; daraus gebildete Masken bleiben.</numerusform>
        </translation>
    </message>
    <message>
        <source>Short recording</source>
        <translation>Kurze Aufzeichnung</translation>
    </message>
    <message>
        <source>The recording has fewer than 500 packets or 60 s. A mask of it may not hold. Make it all the same?</source>
        <translation>Die Aufzeichnung hat weniger als 500 Pakete oder 60 s. Eine Maske daraus trägt womöglich nicht. Trotzdem bilden?</translation>
    </message>
    <message>
        <source>Making a mask of “%1” …</source>
        <translation>Maske aus „%1“ wird gebildet …</translation>
    </message>
    <message>
        <source>Mask %1: %2</source>
        <translation>Maske %1: %2</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Dienst</translation>
    </message>
    <message>
        <source>Filter, or host and port</source>
        <translation>Filter oder Host und Port</translation>
    </message>
    <message>
        <source>Kept of each packet: direction, size, gap, entropy, time, and at most 20 first bytes of its payload, up to where readable text begins. No other payload, no addresses, no names. Sizes and timing alone can tell a lot: which site or film was loaded, when somebody spoke. Treat a recording like the traffic it comes from.</source>
        <translation>Von jedem Paket bleiben: Richtung, Größe, Abstand, Entropie, Zeit und höchstens die ersten 20 Bytes seiner Nutzdaten, bis lesbarer Text beginnt. Keine weiteren Nutzdaten, keine Adressen, keine Namen. Größen und Zeiten allein verraten viel: welche Seite oder welcher Film geladen wurde, wann jemand sprach. Eine Aufzeichnung ist so zu behandeln wie der Verkehr, aus dem sie stammt.</translation>
    </message>
    <message>
        <source>Recording %1</source>
        <translation>Aufzeichnung %1</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>Bemerkung</translation>
    </message>
    <message>
        <source>Remark, goes with the recording into its file</source>
        <translation>Bemerkung, geht mit der Aufzeichnung in ihre Datei</translation>
    </message>
    <message>
        <source>The capture is still being read.</source>
        <translation>Der Mitschnitt wird noch gelesen.</translation>
    </message>
    <message>
        <source>from %1 to %2, capture time%3</source>
        <translation>von %1 bis %2, Zeit des Mitschnitts%3</translation>
    </message>
    <message>
        <source>; the program ended there, nothing before it is missing</source>
        <translation>; dort endete das Programm, davor fehlt nichts</translation>
    </message>
    <message>
        <source>Directions are swapped: ↑ is what the responder sends.</source>
        <translation>Richtungen vertauscht: ↑ ist, was der Antwortende sendet.</translation>
    </message>
    <message>
        <source>%1 recordings selected.</source>
        <translation>%1 Aufzeichnungen ausgewählt.</translation>
    </message>
    <message>
        <source>The mask was not kept: %1</source>
        <translation>Die Maske wurde nicht behalten: %1</translation>
    </message>
    <message>
        <source>Chec&amp;k</source>
        <translation>&amp;Prüfen</translation>
    </message>
    <message>
        <source>Check this recording against the masks, in the Resonance dock</source>
        <translation>Diese Aufzeichnung gegen die Masken prüfen, im Dock Resonanz</translation>
    </message>
    <message>
        <source>Com&amp;pare with…</source>
        <translation>&amp;Vergleichen mit…</translation>
    </message>
    <message>
        <source>%1 · %2 packets · %3 · %4</source>
        <translation>%1 · %2 Pakete · %3 · %4</translation>
    </message>
    <message>
        <source>Compare recordings</source>
        <translation>Aufzeichnungen vergleichen</translation>
    </message>
    <message>
        <source>Compare “%1” with:</source>
        <translation>„%1“ vergleichen mit:</translation>
    </message>
</context>
<context>
    <name>timbre::ui::RecordingsModel</name>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>beendet</translation>
    </message>
    <message>
        <source>went quiet</source>
        <translation>verstummt</translation>
    </message>
    <message>
        <source>capture ended</source>
        <translation>Mitschnitt zu Ende</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>unterbrochen</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>Enough packets and time for a mask.</source>
        <translation>Genug Pakete und Zeit für eine Maske.</translation>
    </message>
    <message>
        <source>Fewer than 500 packets or 60 s: a mask of it may not hold.</source>
        <translation>Weniger als 500 Pakete oder 60 s: Eine Maske daraus trägt womöglich nicht.</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Dienst</translation>
    </message>
    <message>
        <source>Packets</source>
        <translation>Pakete</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>Entropy</source>
        <translation>Entropie</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>Begonnen</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Ende</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Gegenstand</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
</context>
<context>
    <name>timbre::ui::ReportDialog</name>
    <message>
        <source>&amp;Notes and bookmarks: %1</source>
        <translation>&amp;Notizen und Lesezeichen: %1</translation>
    </message>
    <message>
        <source>R&amp;eplace the file that is there</source>
        <translation>&amp;Vorhandene Datei ersetzen</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>Views</source>
        <translation>Ansichten</translation>
    </message>
    <message>
        <source>&amp;Choose…</source>
        <translation>Aus&amp;wählen…</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>&amp;Titel</translation>
    </message>
    <message>
        <source>&amp;Views, as they look now</source>
        <translation>&amp;Ansichten, wie sie jetzt aussehen</translation>
    </message>
    <message>
        <source>&amp;Largest flows of the filter</source>
        <translation>&amp;Größte Flows des Filters</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Make the report</source>
        <translation>Bericht &amp;erstellen</translation>
    </message>
    <message>
        <source>Web page (*.html);;PDF (*.pdf)</source>
        <translation>Webseite (*.html);;PDF (*.pdf)</translation>
    </message>
    <message>
        <source>The report needs a title.</source>
        <translation>Der Bericht braucht einen Titel.</translation>
    </message>
    <message>
        <source>The name must end in .html or .pdf.</source>
        <translation>Der Name muss auf .html oder .pdf enden.</translation>
    </message>
    <message>
        <source>There is no such folder.</source>
        <translation>Diesen Ordner gibt es nicht.</translation>
    </message>
    <message>
        <source>A file of that name is there already.</source>
        <translation>Eine Datei dieses Namens gibt es bereits.</translation>
    </message>
    <message>
        <source>The file holds everything the report shows and loads nothing.</source>
        <translation>Die Datei enthält alles, was der Bericht zeigt, und lädt nichts nach.</translation>
    </message>
</context>
<context>
    <name>timbre::ui::ResonanceDock</name>
    <message>
        <source>The chosen subject</source>
        <translation>Das Gewählte</translation>
    </message>
    <message>
        <source>Resonance</source>
        <translation>Resonanz</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>Maske</translation>
    </message>
    <message>
        <source>Watch</source>
        <translation>Beobachten</translation>
    </message>
    <message>
        <source>Report when this flow turns warning or compromised</source>
        <translation>Melden, wenn dieser Flow auf Warnung oder kompromittiert wechselt</translation>
    </message>
    <message>
        <source>Put limits back</source>
        <translation>Grenzen zurücksetzen</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>Belege</translation>
    </message>
    <message>
        <source>Select a flow, here or in the list.</source>
        <translation>Einen Flow auswählen, hier oder in der Liste.</translation>
    </message>
    <message>
        <source>Flow %1 was not checked: it has fewer than %2 packets.</source>
        <translation>Flow %1 wurde nicht geprüft: Er hat weniger als %2 Pakete.</translation>
    </message>
    <message>
        <source>; loss or round trips of this mask are beyond their limits</source>
        <translation>; Verlust oder Umlaufzeiten dieser Maske liegen außerhalb ihrer Grenzen</translation>
    </message>
    <message>
        <source>What the window looked like was not kept: the limit of kept windows was reached.</source>
        <translation>Das Fenster wurde nicht behalten: Die Obergrenze behaltener Fenster war erreicht.</translation>
    </message>
    <message>
        <source>The mask is not at hand, so that only its scores can be shown.</source>
        <translation>Die Maske liegt nicht vor; gezeigt werden nur ihre Werte.</translation>
    </message>
    <message>
        <source>Too few packets each way for features; sizes and gaps alone were weighed.</source>
        <translation>Zu wenig Pakete je Richtung für Merkmale; nur Größen und Abstände wurden gewichtet.</translation>
    </message>
    <message>
        <source>The signature of this mask cannot be compared; sizes and gaps alone were weighed.</source>
        <translation>Die Signatur dieser Maske ist nicht vergleichbar; nur Größen und Abstände wurden gewichtet.</translation>
    </message>
    <message>
        <source>Limits of the exact score: %1 and %2.</source>
        <translation>Grenzen des exakten Werts: %1 und %2.</translation>
    </message>
    <message>
        <source>Flow %1 turned %2 against %3: exact score %4, resonance %5.</source>
        <translation>Flow %1 wechselte auf %2 gegen %3: exakter Wert %4, Resonanz %5.</translation>
    </message>
    <message>
        <source>With %1 and %2, %3 of %4 checks against this mask would flip in %5: %6 worse, %7 better.</source>
        <translation>Mit %1 und %2 würden %3 von %4 Prüfungen gegen diese Maske kippen, betroffen: %5; %6 schlechter, %7 besser.</translation>
    </message>
    <message>
        <source>Checks that flip</source>
        <translation>Prüfungen, die kippen</translation>
    </message>
    <message>
        <source>Flips</source>
        <translation>Kippt</translation>
    </message>
    <message>
        <source>Flips (%1)</source>
        <translation>Kippt (%1)</translation>
    </message>
    <message>
        <source>Flips (first %1 of %2)</source>
        <translation>Kippt (die ersten %1 von %2)</translation>
    </message>
    <message>
        <source>Past checks that the dragged limits would have judged differently</source>
        <translation>Frühere Prüfungen, die mit den gezogenen Grenzen anders ausgegangen wären</translation>
    </message>
    <message>
        <source>Packets of the window</source>
        <translation>Pakete des Fensters</translation>
    </message>
    <message>
        <source>Show this check</source>
        <translation>Diese Prüfung zeigen</translation>
    </message>
    <message>
        <source>%1: exact score %2%3</source>
        <translation>%1: exakter Wert %2%3</translation>
    </message>
    <message>
        <source>%1 resembles %2 most</source>
        <translation>%1 ähnelt %2 am meisten</translation>
    </message>
    <message>
        <source>resonance %1</source>
        <translation>Resonanz %1</translation>
    </message>
</context>
<context>
    <name>timbre::ui::ResonanceMatrix</name>
    <message>
        <source>%1 of %2 packets</source>
        <translation>%1 von %2 Paketen</translation>
    </message>
    <message>
        <source>not enough packets yet (%1)</source>
        <translation>noch zu wenig Pakete (%1)</translation>
    </message>
    <message>
        <source>%1 of 100, on little evidence (%2)</source>
        <translation>%1 von 100, auf schmaler Grundlage (%2)</translation>
    </message>
    <message>
        <source>%1 of 100 (%2)</source>
        <translation>%1 von 100 (%2)</translation>
    </message>
    <message>
        <source>NaN: no number, read as healthy</source>
        <translation>NaN: keine Zahl, als gesund gewertet</translation>
    </message>
    <message>
        <source>Resonance with each mask</source>
        <translation>Resonanz mit jeder Maske</translation>
    </message>
    <message>
        <source>resonance %1</source>
        <translation>Resonanz %1</translation>
    </message>
    <message>
        <source>exact score %1</source>
        <translation>exakter Wert %1</translation>
    </message>
    <message>
        <source>%1 of %2, those that resemble a mask most</source>
        <translation>%1 von %2, die einer Maske am meisten ähneln</translation>
    </message>
    <message>
        <source>On the matrix of masks</source>
        <translation>In der Matrix der Masken</translation>
    </message>
    <message>
        <source>Next row</source>
        <translation>Nächste Zeile</translation>
    </message>
    <message>
        <source>Previous row</source>
        <translation>Vorige Zeile</translation>
    </message>
    <message>
        <source>not enough packets</source>
        <translation>zu wenige Pakete</translation>
    </message>
    <message>
        <source>%1 of 100
on little evidence</source>
        <translation>%1 von 100
auf schmaler Grundlage</translation>
    </message>
    <message>
        <source>%1 of 100</source>
        <translation>%1 von 100</translation>
    </message>
</context>
<context>
    <name>timbre::ui::ResonanceSource</name>
    <message>
        <source>What is checked</source>
        <translation>Was geprüft wird</translation>
    </message>
    <message>
        <source>What is checked against the masks</source>
        <translation>Was gegen die Masken geprüft wird</translation>
    </message>
    <message>
        <source>Flows</source>
        <translation>Flows</translation>
    </message>
    <message>
        <source>Host pairs</source>
        <translation>Host-Paare</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Erneut prüfen</translation>
    </message>
    <message>
        <source>Read the capture once more, up to what is there now</source>
        <translation>Den Mitschnitt noch einmal lesen, bis zu dem, was jetzt da ist</translation>
    </message>
    <message>
        <source>Recording “%1”</source>
        <translation>Aufzeichnung „%1“</translation>
    </message>
    <message>
        <source>Reading the packets: %1 %</source>
        <translation>Pakete werden gelesen: %1 %</translation>
    </message>
    <message>
        <source>Flow %1</source>
        <translation>Flow %1</translation>
    </message>
    <message>
        <source>Host pair</source>
        <translation>Host-Paar</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Aufzeichnung</translation>
    </message>
    <message>
        <source>Flow</source>
        <translation>Flow</translation>
    </message>
    <message>
        <source>%1 host pairs</source>
        <translation>%1 Host-Paare</translation>
    </message>
    <message>
        <source>a recording</source>
        <translation>eine Aufzeichnung</translation>
    </message>
    <message>
        <source>%1 flows</source>
        <translation>%1 Flows</translation>
    </message>
    <message>
        <source>The flows of more hosts, %1 of them, are past the limit of %2 pairs and were left out.</source>
        <translation>Flows weiterer Hosts, %1 an der Zahl, liegen jenseits der Grenze von %2 Paaren und fehlen.</translation>
    </message>
    <message>
        <source>The recording counted %1 more packets than it kept.</source>
        <translation>Die Aufzeichnung zählte %1 Pakete mehr, als sie behielt.</translation>
    </message>
    <message>
        <source>The recording is being checked.</source>
        <translation>Die Aufzeichnung wird geprüft.</translation>
    </message>
    <message>
        <source>The capture is being read once more, by pairs of hosts.</source>
        <translation>Der Mitschnitt wird noch einmal gelesen, nach Host-Paaren.</translation>
    </message>
    <message>
        <source>The recording has fewer than the %1 packets a check needs.</source>
        <translation>Die Aufzeichnung hat weniger als die %1 Pakete, die eine Prüfung braucht.</translation>
    </message>
    <message>
        <source>Open a capture to check its flows against masks.</source>
        <translation>Einen Mitschnitt öffnen, um seine Flows gegen Masken zu prüfen.</translation>
    </message>
    <message>
        <source>No two hosts of this capture exchanged the %1 packets a check needs.</source>
        <translation>Keine zwei Hosts dieses Mitschnitts haben die %1 Pakete ausgetauscht, die eine Prüfung braucht.</translation>
    </message>
    <message>
        <source>No mask was active when this capture was analysed. Add masks, then choose Analyse again.</source>
        <translation>Beim Auswerten dieses Mitschnitts war keine Maske aktiv. Masken hinzufügen, dann „Neu auswerten“ wählen.</translation>
    </message>
    <message>
        <source>No flow of this capture has the %1 packets a check needs.</source>
        <translation>Kein Flow dieses Mitschnitts hat die %1 Pakete, die eine Prüfung braucht.</translation>
    </message>
    <message>
        <source>1 host pair</source>
        <translation>1 Host-Paar</translation>
    </message>
    <message>
        <source>1 flow</source>
        <translation>1 Flow</translation>
    </message>
</context>
<context>
    <name>timbre::ui::ResonanceTimeline</name>
    <message>
        <source>Scores over time</source>
        <translation>Werte im Zeitverlauf</translation>
    </message>
    <message>
        <source>exact</source>
        <translation>exakt</translation>
    </message>
    <message>
        <source>resonance</source>
        <translation>Resonanz</translation>
    </message>
    <message>
        <source>■ exact ● resonance; drag a limit</source>
        <translation>■ exakt ● Resonanz; Grenzen sind ziehbar</translation>
    </message>
    <message>
        <source>■ exact ● resonance ⊗ %1 no number</source>
        <translation>■ exakt ● Resonanz ⊗ %1 keine Zahl</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>compromised</source>
        <translation>kompromittiert</translation>
    </message>
    <message>
        <source>resonance %1
exact %2</source>
        <translation>Resonanz %1
exakt %2</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Resonance</source>
        <translation>Resonanz</translation>
    </message>
    <message>
        <source>Packets</source>
        <translation>Pakete</translation>
    </message>
    <message>
        <source>Exact</source>
        <translation>Exakt</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>On the scores over time</source>
        <translation>Im Verlauf der Werte</translation>
    </message>
    <message>
        <source>Move the limit of a warning</source>
        <translation>Die Grenze der Warnung verschieben</translation>
    </message>
    <message>
        <source>Move the limit of compromised</source>
        <translation>Die Grenze zu kompromittiert verschieben</translation>
    </message>
</context>
<context>
    <name>timbre::ui::SavedFilters</name>
    <message>
        <source>A saved filter needs a name.</source>
        <translation>Ein gespeicherter Filter braucht einen Namen.</translation>
    </message>
    <message>
        <source>There is no filter to save.</source>
        <translation>Es gibt keinen Filter zum Speichern.</translation>
    </message>
    <message>
        <source>%1 filters are saved, and more are not kept. Delete one first.</source>
        <translation>%1 Filter sind gespeichert; mehr werden nicht behalten. Zuerst einen löschen.</translation>
    </message>
    <message>
        <source>There is a saved filter “%1” already.</source>
        <translation>Einen gespeicherten Filter „%1“ gibt es bereits.</translation>
    </message>
</context>
<context>
    <name>timbre::ui::SavedFiltersDialog</name>
    <message>
        <source>Saved filters</source>
        <translation>Gespeicherte Filter</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>A double click or F2 edits a name or a filter.</source>
        <translation>Doppelklick oder F2 bearbeitet einen Namen oder Filter.</translation>
    </message>
    <message>
        <source>&amp;Apply</source>
        <translation>&amp;Anwenden</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>Save filter</source>
        <translation>Filter speichern</translation>
    </message>
    <message>
        <source>Name of “%1”:</source>
        <translation>Name von „%1“:</translation>
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
    <name>timbre::ui::SignalSettingsDialog</name>
    <message>
        <source>Look for card numbers, keys and the like in &amp;bodies</source>
        <translation>In &amp;Inhalten nach Kartennummern, Schlüsseln und Ähnlichem suchen</translation>
    </message>
    <message>
        <source>&amp;JA4H fingerprints of requests</source>
        <translation>&amp;JA4H-Fingerabdrücke von Anfragen</translation>
    </message>
    <message>
        <source>Signals</source>
        <translation>Signale</translation>
    </message>
    <message>
        <source>Location files</source>
        <translation>Ortsdateien</translation>
    </message>
    <message>
        <source>&amp;Add…</source>
        <translation>&amp;Hinzufügen…</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Entfernen</translation>
    </message>
    <message>
        <source>&amp;Location files (MMDB)</source>
        <translation>&amp;Ortsdateien (MMDB)</translation>
    </message>
    <message>
        <source>They give the country and network of public addresses, and places for impossible travel. Timbre brings none and asks nobody.</source>
        <translation>Sie geben Land und Netz öffentlicher Adressen und die Orte für unmögliche Reisen. Timbre bringt keine mit und fragt niemanden.</translation>
    </message>
    <message>
        <source>JA4H is under a licence that restricts commercial use; see the manual.</source>
        <translation>JA4H steht unter einer Lizenz, die gewerbliche Nutzung einschränkt; siehe das Handbuch.</translation>
    </message>
    <message>
        <source>Holds for captures that are opened from now on.</source>
        <translation>Gilt für Mitschnitte, die ab jetzt geöffnet werden.</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>MaxMind databases (*.mmdb);;All files (*)</source>
        <translation>MaxMind-Datenbanken (*.mmdb);;Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>timbre::ui::SignalsModel</name>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Flow</source>
        <translation>Flow</translation>
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
    <message>
        <source>Capture…</source>
        <translation>Mitschneiden…</translation>
    </message>
    <message>
        <source>Capture from</source>
        <translation>Mitschneiden von</translation>
    </message>
    <message>
        <source>Double-click, or Enter, to capture from an interface</source>
        <translation>Doppelklick oder Eingabe schneidet von einer Schnittstelle mit</translation>
    </message>
</context>
<context>
    <name>timbre::ui::StateGraph</name>
    <message>
        <source>One state: every packet is drawn from the same laws.</source>
        <translation>Ein Zustand: Jedes Paket folgt denselben Verteilungen.</translation>
    </message>
    <message>
        <source>Begins in state %1.</source>
        <translation>Beginnt in Zustand %1.</translation>
    </message>
    <message>
        <source>%1 → %2: %3%4</source>
        <translation>%1 → %2: %3%4</translation>
    </message>
    <message>
        <source>, with laws of its own</source>
        <translation>, mit eigenen Verteilungen</translation>
    </message>
    <message>
        <source>one state: no order in the packets</source>
        <translation>ein Zustand: keine Ordnung in den Paketen</translation>
    </message>
    <message>
        <source>%1 more states are not drawn</source>
        <translation>%1 weitere Zustände sind nicht gezeichnet</translation>
    </message>
    <message>
        <source>after %1 packets</source>
        <translation>nach %1 Paketen</translation>
    </message>
    <message>
        <source>after %1 ms</source>
        <translation>nach %1 ms</translation>
    </message>
    <message>
        <source>payload type %1</source>
        <translation>Nutzdatentyp %1</translation>
    </message>
    <message>
        <source>From state</source>
        <translation>Von Zustand</translation>
    </message>
    <message>
        <source>To state</source>
        <translation>Nach Zustand</translation>
    </message>
    <message>
        <source>What takes it</source>
        <translation>Wodurch</translation>
    </message>
    <message>
        <source>Laws of its own</source>
        <translation>Eigene Verteilungen</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
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
    <name>timbre::ui::StreamPlots</name>
    <message>
        <source>Payload sizes</source>
        <translation>Nutzdatengrößen</translation>
    </message>
    <message>
        <source>Longest gap</source>
        <translation>Längster Abstand</translation>
    </message>
    <message>
        <source>largest and smallest of each moment; shaded: talk</source>
        <translation>größte und kleinste je Zeitpunkt; schattiert: Rede</translation>
    </message>
    <message>
        <source>per %1</source>
        <translation>je %1</translation>
    </message>
    <message>
        <source>%1: nothing</source>
        <translation>%1: nichts</translation>
    </message>
    <message>
        <source>talk</source>
        <translation>Rede</translation>
    </message>
    <message>
        <source>silence</source>
        <translation>Stille</translation>
    </message>
    <message>
        <source>%1: %2 packets of %3 to %4 B, gaps up to %5, %6</source>
        <translation>%1: %2 Pakete von %3 bis %4 B, Abstände bis %5, %6</translation>
    </message>
    <message>
        <source>Since start (s)</source>
        <translation>Seit Beginn (s)</translation>
    </message>
    <message>
        <source>Packets</source>
        <translation>Pakete</translation>
    </message>
    <message>
        <source>Smallest (B)</source>
        <translation>Kleinste (B)</translation>
    </message>
    <message>
        <source>Largest (B)</source>
        <translation>Größte (B)</translation>
    </message>
    <message>
        <source>Gap (ms)</source>
        <translation>Abstand (ms)</translation>
    </message>
    <message>
        <source>Talk packets</source>
        <translation>Redepakete</translation>
    </message>
</context>
<context>
    <name>timbre::ui::StreamReasons</name>
    <message>
        <source>%1%2, usual %3 to %4</source>
        <translation>%1%2, üblich %3 bis %4</translation>
    </message>
    <message>
        <source>Reasons of the calibrated verdict</source>
        <translation>Gründe des kalibrierten Urteils</translation>
    </message>
    <message>
        <source>What moved the exact score</source>
        <translation>Was den exakten Wert bewegt hat</translation>
    </message>
    <message>
        <source>Weight %1 in log odds</source>
        <translation>Gewicht %1 als Log-Odds</translation>
    </message>
    <message>
        <source>Taken off the score: %1</source>
        <translation>Vom Wert abgezogen: %1</translation>
    </message>
</context>
<context>
    <name>timbre::ui::StreamsModel</name>
    <message>
        <source>legitimate</source>
        <translation>legitim</translation>
    </message>
    <message>
        <source>suspect</source>
        <translation>verdächtig</translation>
    </message>
    <message>
        <source>abusive</source>
        <translation>missbräuchlich</translation>
    </message>
    <message>
        <source>not enough evidence</source>
        <translation>zu wenig Belege</translation>
    </message>
    <message>
        <source>video</source>
        <translation>Video</translation>
    </message>
    <message>
        <source>The reference&apos;s score, computed exactly. It knows no codec: plain G.711 is always “suspect”.</source>
        <translation>Der Wert der Referenz, exakt berechnet. Sie kennt keinen Codec: gewöhnliches G.711 ist immer „verdächtig“.</translation>
    </message>
    <message>
        <source>%1 of %2 packets are missing</source>
        <translation>%1 von %2 Paketen fehlen</translation>
    </message>
    <message>
        <source>After RFC 3550, at the last packet</source>
        <translation>Nach RFC 3550, beim letzten Paket</translation>
    </message>
    <message>
        <source>Mean opinion score, estimated by the E-model (G.107) from loss, jitter and delay</source>
        <translation>Mean Opinion Score, nach dem E-Modell (G.107) aus Verlust, Jitter und Verzögerung geschätzt</translation>
    </message>
    <message>
        <source>%1, found by %2</source>
        <translation>%1, gefunden durch %2</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>Urteil</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>Konfidenz</translation>
    </message>
    <message>
        <source>Exact score</source>
        <translation>Exakter Wert</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Nach</translation>
    </message>
    <message>
        <source>Codec</source>
        <translation>Codec</translation>
    </message>
    <message>
        <source>Packets</source>
        <translation>Pakete</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>Verloren</translation>
    </message>
    <message>
        <source>Jitter</source>
        <translation>Jitter</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>MOS, est.</source>
        <translation>MOS, gesch.</translation>
    </message>
</context>
<context>
    <name>timbre::ui::SuppressDialog</name>
    <message>
        <source>Suppress anomalies</source>
        <translation>Anomalien unterdrücken</translation>
    </message>
    <message>
        <source>of %1</source>
        <translation>von %1</translation>
    </message>
    <message>
        <source>together with %1</source>
        <translation>zusammen mit %1</translation>
    </message>
    <message>
        <source>with %1</source>
        <translation>mit %1</translation>
    </message>
    <message>
        <source>in the chosen time range</source>
        <translation>im gewählten Zeitbereich</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Ausblenden</translation>
    </message>
    <message>
        <source>Why, for those who look later</source>
        <translation>Warum, für spätere Leser</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Begründung</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Nie</translation>
    </message>
    <message>
        <source>In a day</source>
        <translation>In einem Tag</translation>
    </message>
    <message>
        <source>In a week</source>
        <translation>In einer Woche</translation>
    </message>
    <message>
        <source>In 30 days</source>
        <translation>In 30 Tagen</translation>
    </message>
    <message>
        <source>Ends</source>
        <translation>Endet</translation>
    </message>
    <message>
        <source>Suppress</source>
        <translation>Unterdrücken</translation>
    </message>
</context>
<context>
    <name>timbre::ui::SuppressionsDialog</name>
    <message>
        <source>Suppressed anomalies</source>
        <translation>Unterdrückte Anomalien</translation>
    </message>
    <message>
        <source>Hidden</source>
        <translation>Verborgen</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Ends</source>
        <translation>Endet</translation>
    </message>
    <message>
        <source>Rows here</source>
        <translation>Zeilen hier</translation>
    </message>
    <message>
        <source>Rows of the open capture that the rule hides in the chosen time range</source>
        <translation>Zeilen des offenen Mitschnitts, die die Regel im gewählten Zeitbereich verbirgt</translation>
    </message>
    <message>
        <source>Rules are kept in the workspace and hold for all captures. Nothing that is hidden is lost.</source>
        <translation>Regeln stehen im Arbeitsbereich und gelten für alle Mitschnitte. Nichts Verborgenes geht verloren.</translation>
    </message>
    <message>
        <source>&amp;Take back</source>
        <translation>&amp;Zurücknehmen</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source>ended %1</source>
        <translation>endete %1</translation>
    </message>
</context>
<context>
    <name>timbre::ui::TableActions</name>
    <message>
        <source>Show f&amp;lows (%1)</source>
        <translation>F&amp;lows zeigen (%1)</translation>
    </message>
    <message>
        <source>Show pac&amp;kets</source>
        <translation>Pa&amp;kete zeigen</translation>
    </message>
    <message>
        <source>P&amp;eek	Space</source>
        <translation>Vors&amp;chau	Leertaste</translation>
    </message>
    <message>
        <source>Colu&amp;mns</source>
        <translation>Spalte&amp;n</translation>
    </message>
    <message>
        <source>&amp;Sort by this column	S</source>
        <translation>Nach dieser Spalte &amp;sortieren	S</translation>
    </message>
    <message>
        <source>	Enter</source>
        <translation>	Eingabe</translation>
    </message>
    <message>
        <source>&amp;Copy rows	Ctrl+C</source>
        <translation>Zeilen &amp;kopieren	Strg+C</translation>
    </message>
</context>
<context>
    <name>timbre::ui::TimeBrush</name>
    <message>
        <source>On a plot over time</source>
        <translation>In einem Zeitverlauf</translation>
    </message>
    <message>
        <source>Walk</source>
        <translation>Gehen</translation>
    </message>
    <message>
        <source>Walk ten steps at once</source>
        <translation>Zehn Schritte auf einmal gehen</translation>
    </message>
    <message>
        <source>Choose a range</source>
        <translation>Einen Bereich wählen</translation>
    </message>
    <message>
        <source>Choose a range, ten steps at once</source>
        <translation>Einen Bereich wählen, zehn Schritte auf einmal</translation>
    </message>
    <message>
        <source>To the beginning, to the end</source>
        <translation>Zum Anfang, zum Ende</translation>
    </message>
    <message>
        <source>Choose up to the beginning, up to the end</source>
        <translation>Bis zum Anfang, bis zum Ende wählen</translation>
    </message>
    <message>
        <source>Set the range, or look closer at it</source>
        <translation>Den Bereich setzen oder näher ansehen</translation>
    </message>
    <message>
        <source>Select what was there then</source>
        <translation>Auswählen, was da war</translation>
    </message>
    <message>
        <source>Select up to there</source>
        <translation>Bis dorthin auswählen</translation>
    </message>
    <message>
        <source>Drop the range</source>
        <translation>Den Bereich fallen lassen</translation>
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
<context>
    <name>timbre::ui::TrendTexts</name>
    <message>
        <source>No single address</source>
        <translation>Keine einzelne Adresse</translation>
    </message>
    <message>
        <source>%1 addresses</source>
        <translation>%1 Adressen</translation>
    </message>
    <message>
        <source>One token</source>
        <translation>Ein Token</translation>
    </message>
    <message>
        <source>One token (%1…)</source>
        <translation>Ein Token (%1…)</translation>
    </message>
    <message>
        <source>The largest request of %1 has %2 bytes, more than %3 times the 99th percentile.</source>
        <translation>Die größte Anfrage von %1 hat %2 Bytes, mehr als das %3-Fache des 99. Perzentils.</translation>
    </message>
    <message>
        <source>The largest response of %1 has %2 bytes, more than %3 times the 99th percentile.</source>
        <translation>Die größte Antwort von %1 hat %2 Bytes, mehr als das %3-Fache des 99. Perzentils.</translation>
    </message>
    <message>
        <source>%1 moved %2 bytes in a minute, more than %3 times its average.</source>
        <translation>%1 übertrug %2 Bytes in einer Minute, mehr als das %3-Fache des eigenen Mittels.</translation>
    </message>
    <message>
        <source>Responses to %1 are %2 times as large as its requests.</source>
        <translation>Antworten an %1 sind %2-mal so groß wie die Anfragen.</translation>
    </message>
    <message>
        <source>Requests of %1 are %2 times as large as the responses.</source>
        <translation>Anfragen von %1 sind %2-mal so groß wie die Antworten.</translation>
    </message>
    <message>
        <source>%1 user agents in one session of %2.</source>
        <translation>%1 User-Agents in einer Sitzung von %2.</translation>
    </message>
    <message>
        <source>%1 showed %2 user agents within a minute.</source>
        <translation>%1 zeigte binnen einer Minute %2 User-Agents.</translation>
    </message>
    <message>
        <source>%1 showed %2 TLS fingerprints within a minute.</source>
        <translation>%1 zeigte binnen einer Minute %2 TLS-Fingerabdrücke.</translation>
    </message>
    <message>
        <source>One TLS fingerprint came from %1 addresses within a minute.</source>
        <translation>Ein TLS-Fingerabdruck kam binnen einer Minute von %1 Adressen.</translation>
    </message>
    <message>
        <source>%1 says it is %2, but its TLS looks like %3 (score %4).</source>
        <translation>%1 gibt sich als %2 aus, aber sein TLS sieht nach %3 aus (Punkte: %4).</translation>
    </message>
    <message>
        <source>%1 changed its TLS fingerprint from %2 to %3.</source>
        <translation>%1 wechselte den TLS-Fingerabdruck von %2 zu %3.</translation>
    </message>
    <message>
        <source>%1 was used by %2.</source>
        <translation>%1 wurde von %2 benutzt.</translation>
    </message>
    <message>
        <source>%1 times as many signals in a minute as before (threshold %2).</source>
        <translation>%1-mal so viele Signale in einer Minute wie zuvor (Schwelle %2).</translation>
    </message>
    <message>
        <source>The same token came from %1 and from %2: %3.</source>
        <translation>Dasselbe Token kam von %1 und von %2: %3.</translation>
    </message>
    <message>
        <source>no time at all</source>
        <translation>ohne jede Zeit dazwischen</translation>
    </message>
    <message>
        <source>%1 km/h</source>
        <translation>%1 km/h</translation>
    </message>
    <message>
        <source>%1 was used with %2 user agents within %3 minutes.</source>
        <translation>%1 wurde binnen %3 Minuten mit %2 User-Agents benutzt.</translation>
    </message>
    <message>
        <source>Requests of %1 are evenly spaced: variance %2, threshold %3.</source>
        <translation>Anfragen von %1 kommen gleichmäßig: Varianz %2, Schwelle %3.</translation>
    </message>
    <message>
        <source>Any anomaly</source>
        <translation>Jede Anomalie</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1 with %2</source>
        <translation>%1 mit %2</translation>
    </message>
    <message>
        <source>%1 in the range of time</source>
        <translation>%1 im Zeitbereich</translation>
    </message>
</context>
<context>
    <name>timbre::ui::TrendTypesModel</name>
    <message>
        <source>Against the stretch of the same length before the chosen time range</source>
        <translation>Gegenüber dem gleich langen Abschnitt vor dem gewählten Zeitbereich</translation>
    </message>
    <message>
        <source>Different ones of this type, each counted once</source>
        <translation>Verschiedene dieses Typs, jeder einmal gezählt</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>Signals</source>
        <translation>Signale</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Änderung</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>Werte</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>Adressen</translation>
    </message>
</context>
<context>
    <name>timbre::ui::TrendsDock</name>
    <message>
        <source>Trends</source>
        <translation>Trends</translation>
    </message>
    <message>
        <source>Minutes</source>
        <translation>Minuten</translation>
    </message>
    <message>
        <source>Hours</source>
        <translation>Stunden</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>Tage</translation>
    </message>
    <message>
        <source>Width of the bars</source>
        <translation>Breite der Balken</translation>
    </message>
    <message>
        <source>By category</source>
        <translation>Nach Kategorie</translation>
    </message>
    <message>
        <source>By type</source>
        <translation>Nach Typ</translation>
    </message>
    <message>
        <source>What the bars are made of</source>
        <translation>Woraus die Balken bestehen</translation>
    </message>
    <message>
        <source>Types of signals</source>
        <translation>Signaltypen</translation>
    </message>
    <message>
        <source>Signals of the open capture are counted here: fingerprints, tokens, patterns of requests, minute by minute.</source>
        <translation>Hier werden die Signale des geöffneten Mitschnitts gezählt: Fingerabdrücke, Token, Anfragemuster, Minute für Minute.</translation>
    </message>
    <message>
        <source>No signals so far.</source>
        <translation>Bisher keine Signale.</translation>
    </message>
    <message>
        <source>This capture holds no signals: no TLS or QUIC greeting and no plain HTTP.</source>
        <translation>Dieser Mitschnitt enthält keine Signale: keine TLS- oder QUIC-Begrüßung und kein unverschlüsseltes HTTP.</translation>
    </message>
    <message>
        <source>Types</source>
        <translation>Arten</translation>
    </message>
    <message>
        <source>Signals</source>
        <translation>Signale</translation>
    </message>
    <message>
        <source>Click a bar, or press Space at the cursor, to list its signals here.</source>
        <translation>Ein Klick auf einen Balken, oder die Leertaste am Zeiger, listet hier seine Signale.</translation>
    </message>
    <message>
        <source>Signals of the chosen bar</source>
        <translation>Signale des gewählten Balkens</translation>
    </message>
    <message>
        <source>%1 signals of %2 flows, from %3 on</source>
        <translation>%1 Signale von %2 Flows, ab %3</translation>
    </message>
    <message>
        <source>%1; the first %2 are listed</source>
        <translation>%1; die ersten %2 sind aufgelistet</translation>
    </message>
    <message>
        <source>Types and signals</source>
        <translation>Arten und Signale</translation>
    </message>
    <message>
        <source>Go to the flows</source>
        <translation>Zu den Flows gehen</translation>
    </message>
</context>
<context>
    <name>timbre::ui::TrendsPlot</name>
    <message>
        <source>Signals over time</source>
        <translation>Signale im Zeitverlauf</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>Übrige</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
</context>
<context>
    <name>timbre::ui::TwinFrame</name>
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
        <source>On a plot</source>
        <translation>In einem Diagramm</translation>
    </message>
    <message>
        <source>Its numbers as a table, and back</source>
        <translation>Seine Zahlen als Tabelle und zurück</translation>
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
        <source>Show as table	Alt+T</source>
        <translation>Als Tabelle zeigen	Alt+T</translation>
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
    <name>timbre::ui::VerdictPair</name>
    <message>
        <source>Video: not judged.</source>
        <translation>Video: nicht beurteilt.</translation>
    </message>
    <message>
        <source>%1, confidence %2 %</source>
        <translation>%1, Konfidenz %2 %</translation>
    </message>
    <message>
        <source>no score below 20 packets</source>
        <translation>unter 20 Paketen kein Wert</translation>
    </message>
    <message>
        <source>%1, %2, as %3</source>
        <translation>%1, %2, als %3</translation>
    </message>
    <message>
        <source>Calibrated verdict</source>
        <translation>Kalibriertes Urteil</translation>
    </message>
    <message>
        <source>Exact score</source>
        <translation>Exakter Wert</translation>
    </message>
</context>
</TS>
