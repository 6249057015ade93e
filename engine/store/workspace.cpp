#include "engine/store/workspace.h"

#include "engine/store/capture_rows.h"
#include "engine/store/recording_rows.h"
#include "engine/store/note_rows.h"
#include "engine/store/sqlite_workspace.h"
#include "engine/store/trends_rows.h"

#include <fmt/format.h>

namespace timbre::store {

namespace {

class SqliteReader final : public WorkspaceReader {
public:
    SqliteReader(Connection connection, FlowRowReader flowRows)
        : m_connection(std::move(connection))
        , m_flowRows(std::move(flowRows))
    {
    }

    Result<RecognisedFile> recognise(const FileIdentity& file, std::string_view analysisKey) override
    {
        return recogniseFile(m_connection, file, analysisKey);
    }
    Result<std::vector<Note>> loadNotes(const FileIdentity& file) override { return readNotes(m_connection, file); }
    Result<std::vector<CaptureEntry>> listCaptures() override { return readEntries(m_connection); }
    Result<StoredCapture> loadCapture(CaptureKey key) override { return readCapture(m_connection, key); }
    Result<void> loadFlows(CaptureKey key, StringPool& names, const std::function<void(Chunk)>& receive,
                           std::stop_token stop) override;
    Result<std::vector<recording::Recording>> listRecordings() override { return readRecordings(m_connection); }
    Result<recording::Recording> loadRecording(const recording::SessionId& id) override
    {
        return readRecording(m_connection, id);
    }
    Result<std::vector<StoredMask>> listMasks() override { return readMasks(m_connection); }
    Result<std::vector<StoredKey>> listKeys() override { return readKeys(m_connection); }

    Result<LoadedTrends> loadTrends(CaptureKey key, StringPool& names) override
    {
        return readTrends(m_connection, key, names);
    }
    Result<std::vector<trends::Suppression>> loadSuppressions() override { return readSuppressions(m_connection); }

private:
    Result<std::uint64_t> loadableFlows(CaptureKey key);

    Connection m_connection;
    FlowRowReader m_flowRows;
};

Error noLongerThere(CaptureKey key)
{
    return {ErrorCode::NotFound, "The capture is no longer in the workspace.",
            fmt::format("capture {}", static_cast<std::uint32_t>(key))};
}

/// How many flows the capture has, when all of them are there.
Result<std::uint64_t> SqliteReader::loadableFlows(CaptureKey key)
{
    constexpr std::string_view kAttempt = "read the workspace";
    auto row = m_connection.prepare("SELECT flow_count, state IN ('complete', 'cancelled') FROM captures WHERE id = ?1",
                                    kAttempt);
    if (!row)
        return row.error();
    row->bind(1, static_cast<std::int64_t>(key));
    auto found = row->step(kAttempt);
    if (!found)
        return found.error();
    if (!*found)
        return noLongerThere(key);
    if (row->integer(1) == 0)
        return Error{ErrorCode::Invalid,
                     "The stored analysis is not complete, so its flows cannot be shown. Analyse the file again.",
                     fmt::format("capture {}", static_cast<std::uint32_t>(key))};
    return row->natural(0);
}

Result<void> SqliteReader::loadFlows(CaptureKey key, StringPool& names, const std::function<void(Chunk)>& receive,
                                     std::stop_token stop)
{
    auto total = loadableFlows(key);
    if (!total)
        return total.error();
    constexpr std::size_t kRows = flow::FlowSnapshot::kChunkRows;
    for (std::uint64_t first = 0; first < *total; first += kRows) {
        if (stop.stop_requested())
            return Error{ErrorCode::Cancelled, "Loading the stored flows was cancelled.", {}};
        auto rows = std::make_shared<flow::FlowSnapshot::Chunk>();
        const std::size_t expected = static_cast<std::size_t>(std::min<std::uint64_t>(kRows, *total - first));
        rows->reserve(expected);
        if (auto done = m_flowRows.read(key, static_cast<std::uint32_t>(first), expected, names, *rows); !done)
            return done;
        // Rows lie without a gap: with the right number and the right last index, all are right.
        if (rows->size() != expected || rows->front().index != first || rows->back().index != first + expected - 1) {
            if (auto still = loadableFlows(key); !still)
                return still.error(); // removed meanwhile
            return Error{ErrorCode::Damaged,
                         "Flows of this capture are missing in the workspace. Analyse the file again.",
                         fmt::format("capture {}, flow {}", static_cast<std::uint32_t>(key), first)};
        }
        receive(std::move(rows));
    }
    return {};
}

} // namespace

Result<std::unique_ptr<WorkspaceReader>> WorkspaceReader::open(const std::filesystem::path& path,
                                                               WorkspaceOptions options)
{
    if (auto version = checkWorkspace(path, options, false); !version)
        return version.error();
    auto connection = openForReading(path, options);
    if (!connection)
        return connection.error();
    auto flowRows = FlowRowReader::prepare(*connection);
    if (!flowRows)
        return flowRows.error();
    return std::unique_ptr<WorkspaceReader>(
        std::make_unique<SqliteReader>(std::move(*connection), std::move(*flowRows)));
}

Result<std::shared_ptr<const flow::FlowSnapshot>> WorkspaceReader::loadSnapshot(CaptureKey key, std::stop_token stop)
{
    auto names = std::make_shared<StringPool>();
    std::vector<Chunk> chunks;
    std::size_t size = 0;
    auto done = loadFlows(
        key, *names,
        [&](Chunk chunk) {
            size += chunk->size();
            chunks.push_back(std::move(chunk));
        },
        std::move(stop));
    if (!done)
        return done.error();
    return std::make_shared<const flow::FlowSnapshot>(std::move(chunks), size, std::move(names));
}

Result<std::unique_ptr<Workspace>> Workspace::open(const std::filesystem::path& path, WorkspaceObserver& observer,
                                                   WorkspaceOptions options)
{
    // First of all without a trace: what is no workspace must not even get a lock file beside it.
    if (!isVacant(path)) {
        if (auto version = checkWorkspace(path, options, true); !version)
            return version.error();
    }
    auto writingPlace = takeWritingPlace(path);
    if (!writingPlace)
        return writingPlace.error();
    if (isVacant(path)) {
        if (auto made = createWorkspace(path, options); !made)
            return made.error();
    }
    auto connection = openForWriting(path, options);
    if (!connection)
        return connection.error();
    return SqliteWorkspace::start(path, std::move(*writingPlace), std::move(*connection), observer, std::move(options));
}

} // namespace timbre::store
