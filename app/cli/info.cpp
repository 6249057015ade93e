#include "app/cli/analysed_capture.h"
#include "app/cli/capture_text.h"
#include "app/cli/stored_captures.h"
#include "app/cli/text_table.h"
#include "engine/pipeline/text_format.h"

#include <fmt/format.h>

namespace timbre::cli {

namespace {

/// Reads the whole file once, without looking into its packets.
struct FileFacts {
    pipeline::CaptureSnapshot capture;
    std::uint64_t cutPackets = 0;     // by the snap length
    std::uint64_t backwardInTime = 0; // packets that are older than the one before
};

class FactsReader {
public:
    explicit FactsReader(const std::string& file)
        : m_line(file)
    {
        m_facts.capture.path = file;
    }

    Result<FileFacts> read(const InfoOptions& options)
    {
        auto reader = capture::CaptureReader::open(m_facts.capture.path,
                                                   {.follow = false, .blockBytes = options.blockBytes, .cancel = {}});
        if (!reader)
            return reader.error();
        capture::RecordBlock block;
        while (!interrupted() && (*reader)->read(block) == capture::ReadStatus::Records) {
            for (const capture::Record& record : block.records())
                take(record);
            m_line.show({.bytesRead = (*reader)->fileBytesRead(),
                         .bytesTotal = (*reader)->facts().fileBytes,
                         .packets = m_facts.capture.counters.packets,
                         .bytesPerSecond = 0,
                         .secondsLeft = {}});
        }
        m_facts.capture.phase = interrupted() ? pipeline::Phase::Cancelled : pipeline::Phase::Finished;
        m_facts.capture.facts = (*reader)->facts();
        m_facts.capture.messages = (*reader)->messages();
        m_facts.capture.flows = std::make_shared<flow::FlowSnapshot>();
        return std::move(m_facts);
    }

private:
    void take(const capture::Record& record)
    {
        pipeline::CaptureSnapshot& capture = m_facts.capture;
        ++capture.counters.packets;
        capture.counters.capturedBytes += record.bytes.size();
        capture.counters.originalBytes += record.originalLength;
        m_facts.cutPackets += record.bytes.size() < record.originalLength;
        m_facts.backwardInTime += capture.timeRange && record.time < m_previous;
        m_previous = record.time;
        if (!capture.timeRange)
            capture.timeRange = TimeRange{record.time, record.time};
        capture.timeRange->begin = std::min(capture.timeRange->begin, record.time);
        capture.timeRange->end = std::max(capture.timeRange->end, record.time);
    }

    ProgressLine m_line;
    FileFacts m_facts;
    Timestamp m_previous;
};

void writeCount(std::string& out, std::string_view title, std::uint64_t count, std::string_view rest = {})
{
    if (count > 0)
        writeFact(out, title, plainSpaces(pipeline::formatCount(count)) + std::string(rest));
}

void writeText(std::string& out, const FileFacts& file)
{
    const capture::CaptureFacts& facts = file.capture.facts;
    writeHead(out, file.capture);
    writeCount(out, "Cut packets", file.cutPackets, ", shorter in the file than on the wire");
    writeCount(out, "Back in time", file.backwardInTime,
               file.backwardInTime == 1 ? " packet is older than the one before"
                                        : " packets are older than the one before");
    if (facts.sections > 1)
        writeCount(out, "Sections", facts.sections);
    for (const auto& [title, text] : {std::pair("Hardware", facts.hardware), std::pair("System", facts.operatingSystem),
                                      std::pair("Written by", facts.application)}) {
        if (!text.empty())
            writeFact(out, title, printable(text));
    }
    for (const std::string& comment : facts.comments)
        writeFact(out, "Comment", printable(comment));
    writeCount(out, "Comments", facts.packetComments, " on packets");
    writeCount(out, "Names", facts.resolvedNames.size(), " of addresses are in the file");
    writeCount(out, "Secrets", facts.decryptionSecrets, " blocks of TLS keys; Timbre does not keep them");
    writeCount(out, "Other blocks", facts.unknownBlocks, " were skipped");
    writeInterfaces(out, facts);
    if (!file.capture.messages.empty())
        out += '\n';
    for (const capture::ReaderMessage& message : file.capture.messages)
        out += fmt::format("  {}: {}\n", severityName(message.severity), printable(message.text));
}

void writeJson(std::string& out, const FileFacts& file)
{
    const pipeline::Counters& counters = file.capture.counters;
    JsonWriter json(out);
    json.beginObject().member("type", "capture");
    putFacts(json, file.capture);
    json.member("packets", counters.packets)
        .member("captured_bytes", counters.capturedBytes)
        .member("original_bytes", counters.originalBytes)
        .member("cut_packets", file.cutPackets)
        .member("packets_back_in_time", file.backwardInTime)
        .endObject();
    out += '\n';
    for (const capture::ReaderMessage& message : file.capture.messages)
        putMessage(out, file.capture.path, message);
}

ExitCode showFile(const std::string& file, const InfoOptions& options, Output& output)
{
    const auto facts = FactsReader(file).read(options);
    if (!facts) {
        complain(facts.error());
        return ExitCode::Failed;
    }
    options.json ? writeJson(output.text(), *facts) : writeText(output.text(), *facts);
    return outcomeOf(facts->capture);
}

} // namespace

ExitCode runInfo(const InfoOptions& options)
{
    Output output = Output::standard();
    ExitCode code = ExitCode::Done;
    for (std::size_t i = 0; i < options.files.size() && !interrupted(); ++i) {
        const std::string& file = options.files[i];
        if (i > 0 && !options.json)
            output.put("\n");
        code = worse(code,
                     isWorkspace(file) ? showWorkspace(file, options.json, output) : showFile(file, options, output));
        if (!output.flushIfFull())
            break;
    }
    return finished(output, code);
}

} // namespace timbre::cli
