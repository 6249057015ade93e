#include "engine/recording/recording_file.h"

#include "engine/base/json_value.h"
#include "engine/base/json_writer.h"

#include <fmt/format.h>

#include <cmath>
#include <fstream>
#include <limits>
#include <map>

namespace timbre::recording {

namespace {

constexpr std::size_t kMaxText = 4096;
constexpr std::size_t kMaxCaptures = 64;
constexpr std::uint64_t kFormat = 1;

// ---- writing

std::string hexOf(std::span<const std::uint8_t> bytes)
{
    std::string out;
    for (const std::uint8_t byte : bytes)
        fmt::format_to(std::back_inserter(out), "{:02x}", byte);
    return out;
}

template<typename Value>
void writeColumn(JsonWriter& json, const char* name, const std::vector<PacketRecord>& packets, Value value)
{
    json.key(name).beginArray();
    for (const PacketRecord& packet : packets)
        json.value(value(packet));
    json.endArray();
}

void writePrefixes(JsonWriter& json, const std::vector<PacketRecord>& packets)
{
    std::map<std::string, std::uint32_t> numbers;
    std::vector<std::string> distinct;
    std::vector<std::uint32_t> column;
    column.reserve(packets.size());
    for (const PacketRecord& packet : packets) {
        const auto [place, added] =
            numbers.try_emplace(hexOf(packet.prefix()), static_cast<std::uint32_t>(distinct.size()));
        if (added)
            distinct.push_back(place->first);
        column.push_back(place->second);
    }
    json.key("header_dict").beginArray();
    for (const std::string& each : distinct)
        json.value(each);
    json.endArray();
    json.key("header").beginArray();
    for (const std::uint32_t each : column)
        json.value(each);
    json.endArray();
}

void writeFigures(JsonWriter& json, const RunningFigures& figures)
{
    json.key("figures").beginObject();
    for (const auto& [name, side] :
         {std::pair("uplink", &figures.sides[0]), std::pair("downlink", &figures.sides[1])}) {
        json.key(name).beginObject();
        json.member("packets", side->packets).member("sizes", side->sizes).member("squared_sizes", side->squaredSizes);
        json.member("gaps_ms", side->gapsMs).member("squared_gaps_ms", side->squaredGapsMs);
        json.endObject();
    }
    json.member("entropies", figures.entropies).member("entropy_count", figures.entropyCount);
    json.endObject();
}

// ---- reading

class Reader {
public:
    explicit Reader(JsonValue root)
        : m_root(root)
    {
    }
    Result<Recording> read();

private:
    bool wrong(const std::string& member, const char* what)
    {
        if (m_problem.empty())
            m_problem = "“" + member + "” " + what;
        return false;
    }
    bool text(const char* name, std::string& out);
    bool number(JsonValue object, const char* name, std::uint64_t& out);
    bool time(const char* name, Timestamp& out);
    bool real(JsonValue object, const char* name, double& out);
    bool head(Recording& out);
    bool id(Recording& out);
    bool captures(Recording& out);
    bool ending(Recording& out);
    bool columns(Recording& out);
    bool directions(JsonValue columns, Recording& out);
    bool prefixes(JsonValue columns, Recording& out);
    bool figures(Recording& out);
    bool side(JsonValue figures, const char* name, SideSums& out);
    template<typename Take>
    bool column(JsonValue columns, const char* name, Recording& out, Take take);

    JsonValue m_root;
    std::string m_problem;
};

bool Reader::text(const char* name, std::string& out)
{
    const auto value = m_root.member(name);
    if (!value)
        return true;
    if (!value->is(JsonKind::String))
        return wrong(name, "is not text");
    out = value->string();
    return out.size() <= kMaxText || wrong(name, "is too long");
}

bool Reader::number(JsonValue object, const char* name, std::uint64_t& out)
{
    const auto value = object.member(name);
    if (!value)
        return wrong(name, "is missing");
    const auto found = value->unsignedInteger();
    if (!found)
        return wrong(name, "is not a whole number from 0");
    out = *found;
    return true;
}

bool Reader::time(const char* name, Timestamp& out)
{
    const auto value = m_root.member(name);
    const auto found = value ? value->signedInteger() : std::nullopt;
    if (!found)
        return wrong(name, "is not a time in nanoseconds");
    out.ns = *found;
    return true;
}

bool Reader::real(JsonValue object, const char* name, double& out)
{
    const auto value = object.member(name);
    if (!value || !value->is(JsonKind::Number))
        return wrong(name, "is not a number");
    out = value->number();
    return true;
}

bool Reader::id(Recording& out)
{
    std::string hex;
    if (!text("id", hex))
        return false;
    const bool digits = hex.find_first_not_of("0123456789abcdef") == std::string::npos;
    if (hex.size() != 2 * out.facts.id.size() || !digits)
        return wrong("id", "is not 32 hex digits");
    for (std::size_t i = 0; i < out.facts.id.size(); ++i)
        out.facts.id[i] = static_cast<std::uint8_t>(std::stoul(hex.substr(2 * i, 2), nullptr, 16));
    return true;
}

bool Reader::captures(Recording& out)
{
    const auto list = m_root.member("captures");
    if (!list)
        return true;
    if (!list->is(JsonKind::Array) || list->size() > kMaxCaptures)
        return wrong("captures", "is not a list of at most 64 hashes");
    return list->forEachItem([&](std::size_t, JsonValue each) {
        if (!each.is(JsonKind::String))
            return wrong("captures", "has an entry that is not text");
        out.captures.push_back(each.string());
        return out.captures.back().size() <= kMaxText || wrong("captures", "has an entry that is too long");
    });
}

bool Reader::ending(Recording& out)
{
    std::string word;
    if (!text("end", word))
        return false;
    for (const EndReason each :
         {EndReason::Running, EndReason::Stopped, EndReason::Idle, EndReason::CaptureEnded, EndReason::Interrupted}) {
        if (word == toString(each)) {
            out.end = each;
            return true;
        }
    }
    return wrong("end", "is no known way to end");
}

bool Reader::head(Recording& out)
{
    std::uint64_t format = 0;
    if (!number(m_root, "timbre_recording", format))
        return false;
    if (format != kFormat)
        return wrong("timbre_recording", "is a later format than this program reads");
    const auto swapped = m_root.member("swapped");
    if (swapped && !swapped->is(JsonKind::Bool))
        return wrong("swapped", "is neither true nor false");
    out.swapped = swapped && swapped->truth();
    return id(out) && text("service", out.facts.service) && text("key", out.facts.key) &&
           text("selection", out.selection) && text("notes", out.notes) && captures(out) &&
           time("started_ns", out.started) && time("last_ns", out.last) && time("ended_ns", out.ended) && ending(out) &&
           number(m_root, "total_packets", out.totalPackets) && number(m_root, "refused_packets", out.refusedPackets);
}

bool Reader::directions(JsonValue columns, Recording& out)
{
    const auto value = columns.member("dir");
    if (!value || !value->is(JsonKind::String))
        return wrong("columns.dir", "is not text");
    const std::string letters = value->string();
    if (letters.size() > kMaxPackets)
        return wrong("columns.dir", "has more than 100000 packets");
    out.packets.resize(letters.size());
    for (std::size_t i = 0; i < letters.size(); ++i) {
        if (letters[i] != 'U' && letters[i] != 'D')
            return wrong("columns.dir", "has a letter other than U and D");
        out.packets[i].direction = letters[i] == 'U' ? Direction::Uplink : Direction::Downlink;
    }
    return true;
}

template<typename Take>
bool Reader::column(JsonValue columns, const char* name, Recording& out, Take take)
{
    const auto value = columns.member(name);
    if (!value || !value->is(JsonKind::Array) || value->size() != out.packets.size())
        return wrong(name, "is not a column with one entry per packet");
    return value->forEachItem([&](std::size_t i, JsonValue each) {
        return take(each, out.packets[i]) || wrong(name, "has an entry that is out of range");
    });
}

bool Reader::prefixes(JsonValue columns, Recording& out)
{
    const auto list = columns.member("header_dict");
    if (!list || !list->is(JsonKind::Array))
        return wrong("columns.header_dict", "is not a list");
    std::vector<std::vector<std::uint8_t>> distinct(list->size());
    const bool good = list->forEachItem([&](std::size_t i, JsonValue each) {
        if (!each.is(JsonKind::String))
            return wrong("columns.header_dict", "has an entry that is not text");
        const std::string hex = each.string();
        if (hex.size() % 2 != 0 || hex.size() > 2 * kMaxPrefixBytes ||
            hex.find_first_not_of("0123456789abcdefABCDEF") != std::string::npos)
            return wrong("columns.header_dict", "has an entry that is not up to 20 bytes in hex");
        for (std::size_t at = 0; at < hex.size(); at += 2)
            distinct[i].push_back(static_cast<std::uint8_t>(std::stoul(hex.substr(at, 2), nullptr, 16)));
        return true;
    });
    return good && column(columns, "header", out, [&](JsonValue each, PacketRecord& packet) {
               const auto number = each.unsignedInteger();
               if (!number || *number >= distinct.size())
                   return false;
               const auto& bytes = distinct[*number];
               packet.prefixLength = static_cast<std::uint8_t>(bytes.size());
               std::copy(bytes.begin(), bytes.end(), packet.prefixBytes.begin());
               return true;
           });
}

bool Reader::columns(Recording& out)
{
    const auto found = m_root.member("columns");
    if (!found || !found->is(JsonKind::Object))
        return wrong("columns", "is not an object");
    const auto integer = [](auto PacketRecord::*member, std::uint64_t most) {
        return [member, most](JsonValue each, PacketRecord& packet) {
            const auto number = each.unsignedInteger();
            if (!number || *number > most)
                return false;
            packet.*member = static_cast<std::remove_reference_t<decltype(packet.*member)>>(*number);
            return true;
        };
    };
    return directions(*found, out) && column(*found, "size", out, integer(&PacketRecord::size, 65535)) &&
           column(*found, "timestamp_ns", out,
                  integer(&PacketRecord::timestampNs, std::numeric_limits<std::int64_t>::max())) &&
           column(*found, "iat_ms", out,
                  [](JsonValue each, PacketRecord& packet) {
                      packet.gapMs = each.is(JsonKind::Number) ? each.number() : std::nan("");
                      return std::isfinite(packet.gapMs);
                  }) &&
           column(*found, "entropy", out,
                  [](JsonValue each, PacketRecord& packet) {
                      const double entropy = each.is(JsonKind::Number) ? each.number() : -1.0;
                      packet.entropy = entropy >= 0.0 && entropy <= 8.0 ? static_cast<float>(entropy) : -1.0F;
                      return packet.entropy >= 0.0F;
                  }) &&
           prefixes(*found, out);
}

bool Reader::side(JsonValue figures, const char* name, SideSums& out)
{
    const auto found = figures.member(name);
    if (!found)
        return wrong(name, "is missing");
    return number(*found, "packets", out.packets) && number(*found, "sizes", out.sizes) &&
           number(*found, "squared_sizes", out.squaredSizes) && real(*found, "gaps_ms", out.gapsMs) &&
           real(*found, "squared_gaps_ms", out.squaredGapsMs);
}

bool Reader::figures(Recording& out)
{
    if (out.totalPackets < out.packets.size())
        return wrong("total_packets", "is less than the packets that are there");
    if (out.totalPackets == out.packets.size()) {
        for (const PacketRecord& packet : out.packets)
            out.figures.add(packet);
        return true;
    }
    const auto found = m_root.member("figures");
    if (!found)
        return wrong("figures", "is missing");
    return side(*found, "uplink", out.figures.sides[0]) && side(*found, "downlink", out.figures.sides[1]) &&
           real(*found, "entropies", out.figures.entropies) &&
           number(*found, "entropy_count", out.figures.entropyCount);
}

Result<Recording> Reader::read()
{
    Recording recording;
    if (!head(recording) || !columns(recording) || !figures(recording))
        return Error{ErrorCode::Damaged, "This is no recording that can be used: " + m_problem + ".", m_problem};
    return recording;
}

} // namespace

std::string fileText(const Recording& recording)
{
    std::string out;
    JsonWriter json(out);
    json.beginObject().member("timbre_recording", kFormat);
    json.member("id", toHex(recording.facts.id)).member("service", recording.facts.service);
    json.member("key", recording.facts.key).member("selection", recording.selection);
    json.member("swapped", recording.swapped).member("notes", recording.notes);
    json.key("captures").beginArray();
    for (const std::string& capture : recording.captures)
        json.value(capture);
    json.endArray();
    json.member("started_ns", recording.started.ns).member("last_ns", recording.last.ns);
    json.member("ended_ns", recording.ended.ns).member("end", toString(recording.end));
    json.member("total_packets", recording.totalPackets).member("refused_packets", recording.refusedPackets);
    writeFigures(json, recording.figures);
    json.key("columns").beginObject();
    std::string letters;
    for (const PacketRecord& packet : recording.packets)
        letters += packet.direction == Direction::Uplink ? 'U' : 'D';
    json.member("dir", letters);
    const auto& packets = recording.packets;
    writeColumn(json, "size", packets, [](const PacketRecord& each) { return std::uint32_t{each.size}; });
    writeColumn(json, "iat_ms", packets, [](const PacketRecord& each) { return each.gapMs; });
    writeColumn(json, "entropy", packets, [](const PacketRecord& each) { return static_cast<double>(each.entropy); });
    writeColumn(json, "timestamp_ns", packets, [](const PacketRecord& each) { return each.timestampNs; });
    writePrefixes(json, packets);
    json.endObject().endObject();
    out += '\n';
    return out;
}

Result<Recording> parseRecording(std::string text)
{
    JsonLimits limits;
    limits.maxBytes = kMaxRecordingFileBytes;
    limits.maxDepth = 8;
    JsonError error;
    const auto document = JsonDocument::parse(std::move(text), limits, error);
    if (!document)
        return Error{ErrorCode::Damaged, "This is no recording: " + error.reason + ".",
                     "byte " + std::to_string(error.offset)};
    if (!document->root().is(JsonKind::Object))
        return Error{ErrorCode::UnknownFormat, "This is no recording: it is not one object.", {}};
    return Reader(document->root()).read();
}

Result<Recording> readRecordingFile(const std::filesystem::path& path)
{
    std::error_code problem;
    const auto bytes = std::filesystem::file_size(path, problem);
    if (problem)
        return Error{ErrorCode::NotFound, "“" + path.string() + "” cannot be read: " + problem.message() + ".",
                     path.string()};
    if (bytes > kMaxRecordingFileBytes)
        return Error{ErrorCode::Invalid, "“" + path.string() + "” is too large for a recording.", path.string()};
    std::ifstream file(path, std::ios::binary);
    std::string text(bytes, '\0');
    if (!file.read(text.data(), static_cast<std::streamsize>(bytes)))
        return Error{ErrorCode::Unreadable, "“" + path.string() + "” cannot be read.", path.string()};
    return parseRecording(std::move(text));
}

} // namespace timbre::recording
