#include "app/cli/stored_captures.h"

#include "app/cli/text_table.h"
#include "engine/base/json_writer.h"
#include "engine/pipeline/flow_marking.h"
#include "engine/pipeline/note_book.h"
#include "engine/pipeline/store_sink.h"
#include "engine/pipeline/text_format.h"

#include <fmt/format.h>

#include <array>
#include <fstream>

namespace timbre::cli {

namespace {

using store::CaptureEntry;
using store::CaptureState;

std::string numberOf(const CaptureEntry& entry)
{
    return std::to_string(static_cast<std::uint32_t>(entry.key));
}

bool hasAllFlows(const CaptureEntry& entry)
{
    return entry.state == CaptureState::Complete || entry.state == CaptureState::Cancelled;
}

std::string tableOf(const std::vector<CaptureEntry>& entries)
{
    std::string out;
    TextTable table(out,
                    {{"capture", true},
                     {"state", false},
                     {"packets", true},
                     {"flows", true},
                     {"first packet (UTC)", false},
                     {"file size", true},
                     {"file", false},
                     {"capture filter", false}},
                    2);
    for (const CaptureEntry& entry : entries)
        table.add({numberOf(entry), store::toString(entry.state), plainSpaces(pipeline::formatCount(entry.packets)),
                   plainSpaces(pipeline::formatCount(entry.flowCount)),
                   entry.timeRange ? pipeline::formatTime(entry.timeRange->begin, pipeline::Zone::Utc) : "",
                   plainSpaces(pipeline::formatBytes(entry.fileSize)), printable(entry.path),
                   printable(entry.captureFilter)});
    table.finish();
    return out;
}

void putEntry(std::string& out, const std::string& workspace, const CaptureEntry& entry)
{
    JsonWriter json(out);
    json.beginObject()
        .member("type", "stored_capture")
        .member("workspace", workspace)
        .member("capture", static_cast<std::uint32_t>(entry.key))
        .member("state", store::toString(entry.state))
        .member("file", entry.path)
        .member("file_bytes", entry.fileSize)
        .member("format", entry.format)
        .member("capture_filter", entry.captureFilter)
        .member("packets", entry.packets)
        .member("flows", entry.flowCount);
    if (entry.timeRange)
        json.member("first_packet_time", formatUtc(entry.timeRange->begin))
            .member("last_packet_time", formatUtc(entry.timeRange->end));
    json.endObject();
    out += '\n';
}

/// The reader and its list, oldest first.
struct OpenWorkspace {
    std::unique_ptr<store::WorkspaceReader> reader;
    std::vector<CaptureEntry> entries;
};

Result<OpenWorkspace> openWorkspace(const std::string& path)
{
    auto reader = store::WorkspaceReader::open(path);
    if (!reader)
        return reader.error();
    auto entries = (*reader)->listCaptures();
    if (!entries)
        return entries.error();
    return OpenWorkspace{std::move(*reader), {entries->rbegin(), entries->rend()}};
}

/// Complains and gives null when there is none, or a choice.
const CaptureEntry* choose(const OpenWorkspace& workspace, const std::string& path, std::optional<std::uint32_t> number)
{
    std::vector<const CaptureEntry*> fitting;
    for (const CaptureEntry& entry : workspace.entries) {
        if (number ? static_cast<std::uint32_t>(entry.key) == *number : hasAllFlows(entry))
            fitting.push_back(&entry);
    }
    if (fitting.size() == 1)
        return fitting.front();
    if (workspace.entries.empty()) {
        complain(fmt::format("The workspace {} holds no captures.", path));
        return nullptr;
    }
    complain(number
                 ? fmt::format("The workspace {} holds no capture {}. It holds:", path, *number)
                 : fmt::format("The workspace {} holds {} captures; choose one with --capture:", path, fitting.size()));
    fmt::print(stderr, "{}", tableOf(workspace.entries));
    return nullptr;
}

} // namespace

bool isWorkspace(const std::string& path)
{
    constexpr std::string_view kMagic("SQLite format 3\0", 16);
    std::array<char, kMagic.size()> head{};
    std::ifstream file(path, std::ios::binary);
    file.read(head.data(), head.size());
    return file && std::string_view(head.data(), head.size()) == kMagic;
}

ExitCode showWorkspace(const std::string& path, bool json, Output& output)
{
    const auto workspace = openWorkspace(path);
    if (!workspace) {
        complain(workspace.error());
        return ExitCode::Failed;
    }
    if (json) {
        for (const CaptureEntry& entry : workspace->entries)
            putEntry(output.text(), path, entry);
        return ExitCode::Done;
    }
    output.put(fmt::format("{}\n  Timbre workspace with {} capture{}\n", printable(path), workspace->entries.size(),
                           workspace->entries.size() == 1 ? "" : "s"));
    if (!workspace->entries.empty())
        output.put("\n" + tableOf(workspace->entries));
    return ExitCode::Done;
}

LoadedCapture loadStored(const std::string& path, std::optional<std::uint32_t> number)
{
    const auto workspace = openWorkspace(path);
    if (!workspace) {
        complain(workspace.error());
        return {ExitCode::Failed, {}};
    }
    const CaptureEntry* entry = choose(*workspace, path, number);
    if (!entry)
        return {workspace->entries.empty() ? ExitCode::Failed : ExitCode::WrongUsage, {}};
    auto stored = workspace->reader->loadCapture(entry->key);
    if (!stored) {
        complain(stored.error());
        return {ExitCode::Failed, {}};
    }
    auto names = std::make_shared<StringPool>();
    std::vector<store::WorkspaceReader::Chunk> chunks;
    std::size_t size = 0;
    const auto receive = [&](store::WorkspaceReader::Chunk chunk) {
        size += chunk->size();
        chunks.push_back(std::move(chunk));
    };
    if (const auto flows = workspace->reader->loadFlows(entry->key, *names, receive, {}); !flows) {
        complain(flows.error());
        return {ExitCode::Failed, {}};
    }
    auto trends = workspace->reader->loadTrends(entry->key, *names);
    if (!trends) {
        complain(trends.error());
        return {ExitCode::Failed, {}};
    }
    LoadedCapture loaded{ExitCode::Done, pipeline::snapshotOf(*stored)};
    loaded.capture.trends = trends->trends;
    loaded.capture.flows = std::make_shared<flow::FlowSnapshot>(
        flow::FlowSnapshot(std::move(chunks), size, std::move(names)).withTraits(trends->traits));
    pipeline::markFlows(loaded.capture);
    auto notes = workspace->reader->loadNotes(stored->origin.file);
    if (!notes) {
        complain(notes.error());
        return {ExitCode::Failed, {}};
    }
    pipeline::attachNotes(loaded.capture, std::move(*notes));
    return loaded;
}

} // namespace timbre::cli
