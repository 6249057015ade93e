#include "app/cli/capture_text.h"

#include "app/cli/console.h"
#include "app/cli/text_table.h"
#include "engine/pipeline/text_format.h"

#include <fmt/format.h>

#include <set>

namespace timbre::cli {

namespace {

using pipeline::formatBytes;
using pipeline::formatCount;

std::string linkTypes(const capture::CaptureFacts& facts)
{
    std::set<std::string> names;
    for (const capture::InterfaceFacts& interface : facts.interfaces)
        names.insert(capture::linkTypeName(interface.linkType));
    return fmt::format("{}", fmt::join(names, ", "));
}

std::string formatOf(const capture::CaptureFacts& facts)
{
    std::string text = facts.format;
    if (!facts.compression.empty())
        text += ", compressed with " + facts.compression;
    return facts.interfaces.empty() ? text : text + ", " + linkTypes(facts);
}

std::string rates(const pipeline::Counters& counters, const TimeRange& range)
{
    const std::int64_t ns = elapsedNs(range.begin, range.end);
    if (ns <= 0)
        return {};
    const double seconds = static_cast<double>(ns) / 1e9;
    const double packetRate = static_cast<double>(counters.packets) / seconds;
    constexpr double kWholeNumbersFrom = 100;
    return fmt::format(
        "{}, {} packets/s on average", pipeline::formatRate(static_cast<double>(counters.originalBytes) / seconds),
        packetRate < kWholeNumbersFrom ? fmt::format("{:.3g}", packetRate)
                                       : plainSpaces(formatCount(static_cast<std::uint64_t>(packetRate))));
}

void optionalMember(JsonWriter& json, std::string_view name, const std::string& text)
{
    if (!text.empty())
        json.member(name, text);
}

void putInterfaces(JsonWriter& json, const capture::CaptureFacts& facts)
{
    json.key("interfaces").beginArray();
    for (std::size_t i = 0; i < facts.interfaces.size(); ++i) {
        const capture::InterfaceFacts& interface = facts.interfaces[i];
        json.beginObject().member("interface", static_cast<std::uint64_t>(i));
        optionalMember(json, "name", interface.name);
        optionalMember(json, "description", interface.description);
        json.member("link_type", std::uint32_t{interface.linkType})
            .member("link_type_name", capture::linkTypeName(interface.linkType))
            .member("snap_length", interface.snapLength)
            .member("time_unit", interface.timeUnit)
            .member("packets", interface.packets);
        if (interface.received)
            json.member("received", *interface.received);
        if (interface.dropped)
            json.member("dropped", *interface.dropped);
        if (interface.kernelDropped)
            json.member("kernel_dropped", *interface.kernelDropped);
        json.endObject();
    }
    json.endArray();
}

std::uint64_t lostIn(const capture::LossSpan& span)
{
    return span.interfaceDrops + span.kernelDrops + span.ringLosses;
}

} // namespace

void putLosses(JsonWriter& json, const capture::CaptureFacts& facts)
{
    json.key("losses").beginArray();
    for (const capture::LossSpan& span : facts.losses) {
        json.beginObject()
            .member("from", formatUtc(span.range.begin))
            .member("to", formatUtc(span.range.end))
            .member("interface_drops", span.interfaceDrops)
            .member("kernel_drops", span.kernelDrops)
            .member("ring_losses", span.ringLosses)
            .endObject();
    }
    json.endArray();
    if (facts.ringRemoved) {
        json.key("ring_removed").beginObject();
        json.member("from", formatUtc(facts.ringRemoved->begin)).member("to", formatUtc(facts.ringRemoved->end));
        json.endObject();
    }
}

const char* severityName(capture::Severity severity)
{
    switch (severity) {
    case capture::Severity::Note:
        return "note";
    case capture::Severity::Warning:
        return "warning";
    case capture::Severity::Error:
        break;
    }
    return "error";
}

void writeFact(std::string& out, std::string_view title, std::string_view value)
{
    constexpr std::size_t kTitleWidth = 12;
    out += fmt::format("  {:<{}} {}\n", title, kTitleWidth, value);
}

void writeHead(std::string& out, const pipeline::CaptureSnapshot& capture)
{
    const pipeline::Counters& counters = capture.counters;
    out += printable(capture.path) + "\n";
    writeFact(out, "Format", formatOf(capture.facts));
    writeFact(out, "File size", formatBytes(capture.facts.fileBytes));
    writeFact(out, "Packets", plainSpaces(formatCount(counters.packets)));
    std::string bytes = formatBytes(counters.capturedBytes);
    if (counters.originalBytes != counters.capturedBytes)
        bytes += fmt::format(" captured of {} on the wire", formatBytes(counters.originalBytes));
    writeFact(out, "Bytes", plainSpaces(bytes));
    if (!capture.timeRange)
        return;
    const TimeRange& range = *capture.timeRange;
    writeFact(out, "First packet", pipeline::formatTime(range.begin, pipeline::Zone::Utc) + " UTC");
    writeFact(out, "Last packet",
              fmt::format("{} UTC, {} later", pipeline::formatTime(range.end, pipeline::Zone::Utc),
                          pipeline::formatDuration(elapsedNs(range.begin, range.end))));
    if (const std::string text = rates(counters, range); !text.empty())
        writeFact(out, "Rate", text);
    std::uint64_t lost = 0;
    for (const capture::LossSpan& span : capture.facts.losses)
        lost += lostIn(span);
    if (lost > 0)
        writeFact(out, "Lost",
                  fmt::format("{} packets, in {} {} of time", plainSpaces(formatCount(lost)),
                              capture.facts.losses.size(), capture.facts.losses.size() == 1 ? "span" : "spans"));
}

void writeInterfaces(std::string& out, const capture::CaptureFacts& facts)
{
    if (facts.interfaces.empty())
        return;
    out += '\n';
    TextTable table(out,
                    {{"Interface", true},
                     {"name", false},
                     {"link type", false},
                     {"snap length", true},
                     {"time unit", false},
                     {"packets", true},
                     {"dropped", true}},
                    2);
    constexpr std::size_t kListAllUpTo = 20;
    std::size_t leftOut = 0;
    for (std::size_t i = 0; i < facts.interfaces.size(); ++i) {
        const capture::InterfaceFacts& interface = facts.interfaces[i];
        if (facts.interfaces.size() > kListAllUpTo && interface.packets == 0) {
            ++leftOut;
            continue;
        }
        std::string name = printable(interface.name);
        if (!interface.description.empty())
            name += (name.empty() ? "" : ", ") + printable(interface.description);
        table.add({std::to_string(i), name, capture::linkTypeName(interface.linkType),
                   interface.snapLength == 0 ? "no limit" : std::to_string(interface.snapLength), interface.timeUnit,
                   plainSpaces(formatCount(interface.packets)),
                   interface.dropped || interface.kernelDropped
                       ? plainSpaces(formatCount(interface.dropped.value_or(0) + interface.kernelDropped.value_or(0)))
                       : "not said"});
    }
    table.finish();
    if (leftOut > 0)
        out += fmt::format("  and {} interfaces without packets\n", leftOut);
}

void putFacts(JsonWriter& json, const pipeline::CaptureSnapshot& capture)
{
    const capture::CaptureFacts& facts = capture.facts;
    json.member("file", capture.path).member("format", facts.format);
    optionalMember(json, "compression", facts.compression);
    json.member("file_bytes", facts.fileBytes).member("sections", facts.sections);
    optionalMember(json, "hardware", facts.hardware);
    optionalMember(json, "operating_system", facts.operatingSystem);
    optionalMember(json, "application", facts.application);
    if (capture.timeRange) {
        json.member("first_packet_time", formatUtc(capture.timeRange->begin))
            .member("last_packet_time", formatUtc(capture.timeRange->end))
            .member("duration", static_cast<double>(elapsedNs(capture.timeRange->begin, capture.timeRange->end)) / 1e9);
    }
    putInterfaces(json, facts);
    putLosses(json, facts);
    json.key("comments").beginArray();
    for (const std::string& comment : facts.comments)
        json.value(comment);
    json.endArray();
    json.member("packet_comments", facts.packetComments)
        .member("resolved_names", static_cast<std::uint64_t>(facts.resolvedNames.size()))
        .member("decryption_secrets", facts.decryptionSecrets)
        .member("unknown_blocks", facts.unknownBlocks);
}

void putMessage(std::string& out, const std::string& file, const capture::ReaderMessage& message)
{
    JsonWriter(out)
        .beginObject()
        .member("type", "message")
        .member("file", file)
        .member("severity", severityName(message.severity))
        .member("text", message.text)
        .member("offset", message.offset)
        .member("after_packet", message.afterPacket)
        .endObject();
    out += '\n';
}

} // namespace timbre::cli
