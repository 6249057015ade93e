<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>About</name>
    <message>
        <source>About Timbre</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A workbench for people who read network traffic for a living.

Free software under the GNU General Public License, version 3 or later. Built with Qt %1, QCustomPlot, libpcap, SQLite and libarchive.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Arrangement</name>
    <message>
        <source>Inspect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Record</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Voice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trends</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Flows and their packets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recordings and the masks made of them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Voice streams and their verdicts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signals over time, anomalies, entities</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CapturesDock</name>
    <message>
        <source>Captures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Captures in the workspace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The captures you open are listed here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a capture…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop reading</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Analyse again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show in file manager</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove from the workspace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file itself stays where it is.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>Commands</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What would you like to do? An action, a dock, a filter, a host …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search commands</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands that fit</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Dock</name>
    <message>
        <source>Pin: keep this filter, range and selection here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close; the View menu brings it back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (pinned)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put back into the window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Float as a window of its own</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Flows as CSV</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Flows as JSON lines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Flows as Zeek conn.log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Packets as pcapng</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Replace the file that is there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Form</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>F&amp;ile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>-export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;All flows in the table: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Selected flows: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File to write</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Choose…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The packets of these flows, read from the capture once more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Facts about the flows; no packet bytes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export to</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Filter flows: host, address, port == 443 and flow.bytes &gt; 1MB …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filters used before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Completions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filters you apply are kept here</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FlowDock</name>
    <message>
        <source>Flow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select a flow to see who speaks, how it went, and the rhythm of its packets.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Facts and plots of the flow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reading …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>first %1 of %2 packets</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FlowFactsView</name>
    <message>
        <source>Select the flow whose packets carry this one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>↑ Initiator</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>↓ Responder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One letter per event: S SYN, D data, F FIN, R RST. Capital letters are the initiator&apos;s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>TCP history</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of the initiator: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of the responder: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Carried by %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy exact value</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FlowPlots</name>
    <message>
        <source>Packet sizes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gaps between packets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>↑ above, ↓ below</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>; largest per %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>▲ before ↑, ▼ before ↓</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>packet %1 %2 is the first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2 before packet %3 %4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2 %3 B, packet %4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Since start (s)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Packet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Direction</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gap (s)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size (B)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FlowSumsView</name>
    <message>
        <source>Selected flows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 flows over %2
↑ %3 packets, %4
↓ %5 packets, %6
Enter on a flow shows it alone.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FlowsColumns</name>
    <message>
        <source>Reset columns</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FlowsDock</name>
    <message>
        <source>The capture could not be opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open another capture…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None of the %1 flows fits the filter and the time range.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all flows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This capture holds no packet that belongs to a flow. Health says what was read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 flows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 flows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> · %1 packets · %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> · %1 selected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>↑ %1 new</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied a %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Copy rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy &amp;as</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show &amp;packets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>P&amp;eek</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Sort by this column</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;JSON, one flow per line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;BPF filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>BPF filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Wireshark filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wireshark filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select 1 to %1 flows</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FlowsModel</name>
    <message>
        <source>%1 – %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FlowsView</name>
    <message>
        <source>Flows</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Focus</name>
    <message>
        <source>clear the filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>filter: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>range %1 – %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>whole capture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sort by %1, descending</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sort by %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>another arrangement of the docks</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Footer</name>
    <message>
        <source>Waiting to be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 · %3 packets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> · %1 s left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The capture on screen. Click for all captures of the workspace.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The zone times are shown in. Click to switch between UTC and local time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Packets read. Click for what was met while reading.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Flows in the capture. Click for the list.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Damage, losses and caps that were reached. Click for the list.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop reading and keep what was read (Esc)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size of the workspace&apos;s store on disk.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>local %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>store %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 packets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 flows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no damage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 remark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 remarks</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HealthDock</name>
    <message>
        <source>Health</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was met while reading</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Damage in a capture and every cap that bites are listed here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing to report so far.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing to report. Every packet was read and counted.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HealthModel</name>
    <message>
        <source>What</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Count</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HelpWindow</name>
    <message>
        <source>Manual</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find in the manual</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export as HTML…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not in the manual</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export the manual</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Web page (*.html)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Written</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HexView</name>
    <message>
        <source>Packet bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n byte(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Export bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The bytes could not be written to %1: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Byte %1 of %2: hexadecimal %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy as hex</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy as text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy as C array</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export bytes…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Offset %1 (0x%2): 0x%3, %4</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>KeySheet</name>
    <message>
        <source>In the flow table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the filter bar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>J, K</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next, previous flow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Space</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Peek: the facts of the flow; follows the arrows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the packets of the selected flows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>S</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sort by the current column; again: the other way; again: not</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Menu</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter by the cell, copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Apply</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show completions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tab</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the completion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Esc</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to the filter in force</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LayerTreeModel</name>
    <message>
        <source>Field</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Value</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Toolbar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open captures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Captures (*.pcap *.pcapng *.cap *.pcap.* *.pcapng.* *.zip);;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sample could not be copied to the cache folder. Is the disk full?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open another…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At byte %1, after packet %2. Everything before that is shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show Health</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 – Timbre</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Timbre</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no flows to export.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exporting to “%1”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%Ln packet(s) written to “%1”.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln flow(s) written to “%1”.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open saved captures (Ctrl+O)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the &amp;sample</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>S&amp;top reading	Esc</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Close capture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Copy	Ctrl+C</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy flows &amp;as</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Filter…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show &amp;all flows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Dock with the keyboard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Columns…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Local time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arrangement: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Reset arrangement</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Float or put back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Pin or release</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move to the &amp;left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move to the &amp;right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move to the &amp;top</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move to the &amp;bottom</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Follow the desktop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Command palette…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Next dock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Previous dock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pac&amp;kets of the selected flows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>P&amp;eek at the flow	Space</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Manual page of the dock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;First ten minutes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fi&amp;lter language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;About Timbre</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Captures you open are listed here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changes of filter, range and order are listed here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Undo %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Redo %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>open capture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>recent file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter flows by %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 flows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>flow %1, %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>OverviewDock</name>
    <message>
        <source>Overview</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag to choose a time range; all docks follow. Arrows move, Shift extends, Enter sets, Esc clears. A click on a bar selects its flows, Shift-click those up to there; a double click makes it the range. A click inside the range looks closer, 0 shows everything.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 flows were alive then</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The traffic of the open capture over time is drawn here. Drag across it to choose a time range.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This capture holds no packets.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting for the first packets …</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>OverviewPlot</name>
    <message>
        <source>Packets and bytes over time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Logarithmic scale</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Logarithmic scale, so that quiet traffic is seen (L)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the whole capture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear the time range</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 – %2 %3   %4 packets   %5   %6</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 – %2 %3, %4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>per %1, %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>▮ packets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>━ bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From (%1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Packets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bytes (B)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rate (B/s)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PacketDetail</name>
    <message>
        <source>Layers of the packet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The capture holds %1 of this packet&apos;s %2 bytes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy name and value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy bytes as hex</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open all layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close all layers</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PacketListModel</name>
    <message>
        <source>%1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The capture holds %1 bytes of this packet&apos;s %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>from the initiator</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>from the responder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no flow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Since start (s)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Since previous (s)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Source</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Destination</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Length (B)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Info</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PacketsDock</name>
    <message>
        <source>Packets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How times are shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clock time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Since start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Since previous</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The packets of the flows you select are listed here, each with its layers and bytes. Open a capture to begin.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>↑ %1 new</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Packets came since this list was made. Show them too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No packets of this selection lie in the time range. Widen the range, or press Esc in the Overview to clear it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no packets here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Packets of the filtered flows, in the time range</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Packets of the filtered flows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All packets in the time range</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All packets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, in the time range</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 flows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2 packets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>; the rest follows when the capture has been read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>; the list ends here, at its limit. Choose a time range or fewer flows to see others</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only the first %1 of %2 selected packets were copied. Export packets to have them all.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select its flow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy bytes as hex</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PlotFrame</name>
    <message>
        <source>A plot. Its menu opens the same data as a table.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, as a table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: table, copy, picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Table, copy data, save picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures (*.png *.svg *.pdf)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture could not be written to %1. Choose another folder or ending.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show as table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save picture…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ProgressLine</name>
    <message>
        <source>Progress of reading</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SelectedFlowsModel</name>
    <message>
        <source>Flow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>↑ Bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>↓ Bytes</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>Open a capture…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try the sample</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is in the capture?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a saved capture: every flow is listed while the file is still being read, and each flow leads to its packets and bytes. Files may also be dropped here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opened lately</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StatePath</name>
    <message>
        <source>TCP states</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Passed: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>The time range all views follow. Click to show the whole capture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arrangement of the docks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (Ctrl+%2)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>whole capture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 – %2 (%3)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>timbre::ui</name>
    <message>
        <source>Flows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied %1 flows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put the new flows in their places</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Apply as filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A&amp;nd this</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>And n&amp;ot this</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy as &amp;filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 flows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in the workspace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reading</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reading, %1 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stopped before the end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>could not be opened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>complete, with remarks in Health</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>complete, from the workspace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>complete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>active, its beginning was not seen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>active</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SYN sent, no answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SYN answered, handshake not complete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>established</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>one side has closed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>both sides have closed, last ACK not seen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>closed in order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The capturing program lost packets on %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an interface without a name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>warning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>byte %1, after packet %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
