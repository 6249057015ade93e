#include "app/cli/analysed_capture.h"
#include "app/cli/flow_listing.h"
#include "app/cli/packet_stream.h"
#include "app/cli/packet_text.h"
#include "app/cli/text_table.h"
#include "engine/pipeline/text_format.h"

#include <fmt/format.h>

namespace timbre::cli {

namespace {

/// The protocol has a column of its own.
std::string_view withoutProtocol(std::string_view info, std::string_view protocol)
{
    const bool repeats = info.starts_with(protocol) && info.substr(protocol.size()).starts_with(' ');
    return repeats ? info.substr(protocol.size() + 1) : info;
}

class PacketList {
public:
    PacketList(Output& output, bool json)
        : m_output(output)
        , m_table(output.text(), {{"packet", true},
                                  {"time (UTC)", false},
                                  {"source", false},
                                  {"destination", false},
                                  {"protocol", false},
                                  {"length", true},
                                  {"info", false}})
        , m_json(json)
    {
    }

    bool add(const capture::Record& record, std::uint32_t flow)
    {
        const pipeline::PacketText text = pipeline::textOf(copyOf(record));
        m_json ? addJson(record, flow, text) : addRow(record, text);
        return m_output.flushIfFull();
    }
    void finish()
    {
        if (!m_json)
            m_table.finish();
    }

private:
    void addRow(const capture::Record& record, const pipeline::PacketText& text)
    {
        m_table.add({std::to_string(record.number), pipeline::formatTime(record.time, pipeline::Zone::Utc),
                     printable(text.source), printable(text.destination), printable(text.protocol),
                     std::to_string(record.originalLength), printable(withoutProtocol(text.info, text.protocol))});
    }

    void addJson(const capture::Record& record, std::uint32_t flow, const pipeline::PacketText& text)
    {
        JsonWriter json(m_output.text());
        json.beginObject()
            .member("type", "packet")
            .member("number", record.number)
            .member("time", formatUtc(record.time))
            .member("interface", record.interfaceIndex)
            .member("captured_length", static_cast<std::uint64_t>(record.bytes.size()))
            .member("original_length", record.originalLength)
            .member("source", text.source)
            .member("destination", text.destination)
            .member("protocol", text.protocol)
            .member("info", withoutProtocol(text.info, text.protocol));
        if (flow != flow::kNoFlow)
            json.member("flow", flow);
        json.endObject();
        m_output.put("\n");
    }

    Output& m_output;
    TextTable m_table;
    bool m_json;
};

ExitCode outcomeOfReading(const std::string& file, const PacketsRead& read)
{
    ExitCode code = interrupted() ? ExitCode::Interrupted : ExitCode::Done;
    for (const capture::ReaderMessage& message : read.messages) {
        complain(fmt::format("{}: {}", file, message.text));
        if (message.severity != capture::Severity::Note)
            code = worse(code, ExitCode::Incomplete);
    }
    return code;
}

void writePacket(std::string& out, const pipeline::LoadedPacket& packet, bool hex)
{
    const bool cut = packet.bytes.size() < packet.originalLength;
    out += fmt::format("Packet {}: {} UTC, {} bytes{}, interface {} ({})\n", packet.number,
                       pipeline::formatTime(packet.time, pipeline::Zone::Utc, 9), packet.originalLength,
                       cut ? fmt::format(" of which {} were captured", packet.bytes.size()) : "", packet.interfaceIndex,
                       capture::linkTypeName(packet.linkType));
    writeLayers(out, pipeline::describePacket(packet));
    if (!hex)
        return;
    out += '\n';
    writeHex(out, packet.bytes);
}

ExitCode showOnePacket(const PacketsOptions& options)
{
    Output output = Output::standard();
    bool found = false;
    PacketRequest request;
    request.file = options.file;
    request.blockBytes = options.analysis.blockBytes;
    const auto read = readPackets(request, [&](const capture::Record& record, std::uint32_t) {
        found = record.number == options.packet;
        if (found && options.json)
            putPacket(output.text(), copyOf(record), options.hex);
        else if (found)
            writePacket(output.text(), copyOf(record), options.hex);
        return !found;
    });
    if (!read) {
        complain(read.error());
        return ExitCode::Failed;
    }
    if (found)
        return finished(output, ExitCode::Done);
    const ExitCode code = outcomeOfReading(options.file, *read);
    complain(fmt::format("There is no packet {}: {} packets of {} can be read.", options.packet, read->lastPacket,
                         options.file));
    return worse(code, ExitCode::Failed);
}

} // namespace

ExitCode runPackets(const PacketsOptions& options)
{
    const auto selection = parseSelection(options.selection);
    if (!selection || !checkCaptureFilter(options.analysis.captureFilter))
        return ExitCode::WrongUsage;
    if (isWorkspace(options.file)) {
        complain(
            fmt::format("{} is a workspace, and workspaces keep no packets. Name the capture file.", options.file));
        return ExitCode::WrongUsage;
    }
    if (options.packet > 0)
        return showOnePacket(options);

    PacketRequest request{options.file, options.analysis.captureFilter, selection->range, nullptr,
                          {},           options.analysis.blockBytes};
    if (options.selection.choosesFlows()) {
        const LoadedCapture loaded = openCapture(options.file, std::nullopt, options.analysis, false);
        if (loaded.code != ExitCode::Done)
            return loaded.code;
        auto rows = selectFlows(loaded.capture, *selection);
        if (!rows)
            return ExitCode::WrongUsage;
        request.flows = loaded.capture.flows;
        request.wanted = std::move(*rows);
    }
    Output output = Output::standard();
    PacketList list(output, options.json);
    std::uint64_t left = options.limit;
    const auto read = readPackets(request, [&](const capture::Record& record, std::uint32_t flow) {
        return left > 0 && list.add(record, flow) && --left > 0;
    });
    if (!read) {
        complain(read.error());
        return ExitCode::Failed;
    }
    list.finish();
    return finished(output, outcomeOfReading(options.file, *read));
}

} // namespace timbre::cli
