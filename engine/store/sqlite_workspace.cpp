#include "engine/store/sqlite_workspace.h"

#include "engine/base/thread_name.h"
#include "engine/store/capture_rows.h"
#include "engine/store/recording_rows.h"
#include "engine/store/note_rows.h"
#include "engine/store/schema.h"
#include "engine/store/trends_rows.h"

#include <sys/stat.h>

namespace timbre::store {

namespace {

using std::chrono::milliseconds;

constexpr std::string_view kSave = "save the analysis in the workspace";
constexpr std::string_view kRemove = "remove the capture from the workspace";
constexpr std::uint64_t kMaxKey = 0x7fffffff; // key * 2^32 must fit SQLite's signed row numbers
constexpr milliseconds kIdleWait{60'000};
constexpr milliseconds kRetryPause{200};
constexpr milliseconds kRetryStep{50};                             // how soon closing is noticed during that pause
constexpr const char* kVacuum = "PRAGMA incremental_vacuum(1000)"; // pages: 4 MB at a time

template<typename... Handlers>
struct Overloaded : Handlers... {
    using Handlers::operator()...;
};
template<typename... Handlers>
Overloaded(Handlers...) -> Overloaded<Handlers...>;

/// Only what may pass by itself, or by what the user does about it.
bool worthRetrying(const Error& error)
{
    return error.code == ErrorCode::Busy || error.code == ErrorCode::Unwritable || error.code == ErrorCode::Unreadable;
}

} // namespace

SqliteWorkspace::SqliteWorkspace(std::filesystem::path path, FileHandle writingPlace, Connection connection,
                                 FlowRowWriter flowRows, WorkspaceObserver& observer, WorkspaceOptions options)
    : m_path(std::move(path))
    , m_options(std::move(options))
    , m_observer(observer)
    , m_writingPlace(std::move(writingPlace))
    , m_connection(std::move(connection))
    , m_flowRows(std::move(flowRows))
    , m_queue(m_options.queuedBatches)
{
}

Result<std::unique_ptr<Workspace>> SqliteWorkspace::start(std::filesystem::path path, FileHandle writingPlace,
                                                          Connection connection, WorkspaceObserver& observer,
                                                          WorkspaceOptions options)
{
    auto flowRows = FlowRowWriter::prepare(connection);
    if (!flowRows)
        return flowRows.error();
    std::unique_ptr<SqliteWorkspace> workspace(new SqliteWorkspace(std::move(path), std::move(writingPlace),
                                                                   std::move(connection), std::move(*flowRows),
                                                                   observer, std::move(options)));
    if (auto done = workspace->takeOver(); !done)
        return done.error();
    workspace->m_thread = std::jthread([self = workspace.get()] { self->run(); });
    return std::unique_ptr<Workspace>(std::move(workspace));
}

SqliteWorkspace::~SqliteWorkspace()
{
    m_queue.close();
}

Result<void> SqliteWorkspace::takeOver()
{
    constexpr std::string_view kAttempt = "open the workspace";
    if (auto done = m_connection.execute("UPDATE captures SET state = 'interrupted' WHERE state = 'writing'", kAttempt);
        !done)
        return done;
    auto last = m_connection.queryInteger("SELECT seq FROM sqlite_sequence WHERE name = 'captures'", kAttempt);
    if (!last)
        return last.error();
    m_lastKey = static_cast<std::uint64_t>(*last);
    if (auto done = markInterrupted(m_connection); !done)
        return done;
    auto lastNote = m_connection.queryInteger("SELECT seq FROM sqlite_sequence WHERE name = 'notes'", kAttempt);
    if (!lastNote)
        return lastNote.error();
    m_lastNote = static_cast<std::uint64_t>(*lastNote);
    auto removing = m_connection.prepare("SELECT id FROM captures WHERE state = 'removing'", kAttempt);
    if (!removing)
        return removing.error();
    while (true) {
        auto row = removing->step(kAttempt);
        if (!row)
            return row.error();
        if (!*row)
            break;
        startRemoval(static_cast<CaptureKey>(removing->natural(0)));
    }
    m_vacuum = true; // pages that an earlier program had freed but not yet given back
    return {};
}

CaptureKey SqliteWorkspace::beginCapture(CaptureOrigin origin)
{
    const std::uint64_t number = ++m_lastKey;
    if (number > kMaxKey)
        return CaptureKey::None;
    const auto key = static_cast<CaptureKey>(number);
    m_queue.push(Begin{key, std::move(origin)});
    return key;
}

void SqliteWorkspace::addFlows(CaptureKey key, std::vector<flow::FlowRecord> flows,
                               std::shared_ptr<const StringPool> names)
{
    if (key != CaptureKey::None && !flows.empty())
        m_queue.push(Rows{key, std::move(flows), std::move(names)});
}

void SqliteWorkspace::addTrends(CaptureKey key, TrendsToKeep trends)
{
    if (key != CaptureKey::None && trends.trends)
        m_queue.push(Trends{key, std::move(trends)});
}

void SqliteWorkspace::addSuppression(trends::Suppression suppression)
{
    m_queue.push(Suppress{std::move(suppression)});
}

void SqliteWorkspace::removeSuppression(std::int64_t id)
{
    m_queue.push(Unsuppress{id});
}

void SqliteWorkspace::finishCapture(CaptureKey key, CaptureOutcome outcome)
{
    if (key != CaptureKey::None)
        m_queue.push(Finish{key, std::move(outcome)});
}

void SqliteWorkspace::relocateCapture(CaptureKey key, FileIdentity file)
{
    if (key != CaptureKey::None)
        m_queue.push(Relocate{key, std::move(file)});
}

void SqliteWorkspace::removeCapture(CaptureKey key)
{
    if (key != CaptureKey::None)
        m_queue.push(Remove{key});
}

void SqliteWorkspace::saveRecording(recording::Recording head, std::size_t first,
                                    std::vector<recording::PacketRecord> added)
{
    m_queue.push(SmallChange{[head = std::move(head), first, added = std::move(added)](Connection& connection) {
        return store::saveRecording(connection, head, first, added);
    }});
}

void SqliteWorkspace::saveRecordingNotes(recording::SessionId id, std::string notes)
{
    m_queue.push(SmallChange{[id, notes = std::move(notes)](Connection& connection) {
        return store::saveRecordingNotes(connection, id, notes);
    }});
}

void SqliteWorkspace::removeRecording(recording::SessionId id)
{
    m_queue.push(SmallChange{[id](Connection& connection) { return deleteRecording(connection, id); }, true});
}

void SqliteWorkspace::saveMask(StoredMask mask)
{
    m_queue.push(
        SmallChange{[mask = std::move(mask)](Connection& connection) { return store::saveMask(connection, mask); }});
}

void SqliteWorkspace::removeMask(std::string id)
{
    m_queue.push(SmallChange{[id = std::move(id)](Connection& connection) { return deleteMask(connection, id); }});
}

void SqliteWorkspace::saveKey(StoredKey key)
{
    m_queue.push(
        SmallChange{[key = std::move(key)](Connection& connection) { return store::saveKey(connection, key); }});
}

void SqliteWorkspace::removeKey(std::string id)
{
    m_queue.push(SmallChange{[id = std::move(id)](Connection& connection) { return deleteKey(connection, id); }});
}

NoteKey SqliteWorkspace::newNote()
{
    const std::uint64_t number = ++m_lastNote;
    return number > kMaxKey ? NoteKey::None : static_cast<NoteKey>(number);
}

void SqliteWorkspace::saveNote(FileIdentity file, Note note)
{
    m_queue.push(SmallChange{[file = std::move(file), note = std::move(note)](Connection& connection) {
        return store::saveNote(connection, file, note);
    }});
}

void SqliteWorkspace::removeNote(NoteKey key)
{
    m_queue.push(SmallChange{[key](Connection& connection) { return deleteNote(connection, key); }, true});
}

void SqliteWorkspace::moveNotes(FileIdentity from, FileIdentity to)
{
    m_queue.push(SmallChange{[from = std::move(from), to = std::move(to)](Connection& connection) {
        return store::moveNotes(connection, from, to);
    }});
}

void SqliteWorkspace::flush()
{
    Flush task;
    std::future<void> done = task.done.get_future();
    if (m_queue.push(std::move(task)))
        done.wait();
}

WriterStatus SqliteWorkspace::status() const
{
    const std::lock_guard lock(m_mutex);
    return m_status;
}

std::uint64_t SqliteWorkspace::bytesOnDisk() const
{
    std::uint64_t bytes = 0;
    for (const char* suffix : {"", "-wal"}) {
        struct stat facts {};
        if (stat((m_path.native() + suffix).c_str(), &facts) == 0)
            bytes += static_cast<std::uint64_t>(facts.st_size);
    }
    return bytes;
}

void SqliteWorkspace::run()
{
    setThreadName("timbre-store");
    while (true) {
        const bool closing = m_queue.closed(); // before gathering: what was queued before the closing is still written
        const Clock::time_point now = Clock::now();
        milliseconds patience = kIdleWait;
        if (somethingToRemove())
            patience = now < m_removalRetry ? std::chrono::ceil<milliseconds>(m_removalRetry - now) : milliseconds{0};
        std::vector<Task> tasks = gather(patience);
        if (tasks.empty() && closing)
            return;
        if (!tasks.empty())
            write(tasks);
        if (somethingToRemove() && !closing && Clock::now() >= m_removalRetry)
            removeSlice();
    }
}

/// What is queued, until it makes a good transaction. Everything but flows is committed at once.
std::vector<SqliteWorkspace::Task> SqliteWorkspace::gather(milliseconds patience)
{
    std::vector<Task> tasks;
    auto task = m_queue.popFor(patience);
    const Clock::time_point deadline = Clock::now() + milliseconds(m_options.commitEveryMs);
    std::size_t rows = 0;
    while (task) {
        const auto* flows = std::get_if<Rows>(&*task);
        rows += flows ? flows->flows.size() : m_options.rowsPerCommit;
        tasks.push_back(std::move(*task));
        const Clock::time_point now = Clock::now();
        if (rows >= m_options.rowsPerCommit || now >= deadline)
            break;
        task = m_queue.popFor(deadline - now);
    }
    return tasks;
}

void SqliteWorkspace::write(std::vector<Task>& tasks)
{
    dropRowsOfLostCaptures(tasks);
    const Clock::time_point begun = Clock::now();
    while (true) {
        const auto done = writeOnce(tasks);
        if (done) {
            succeeded(tasks);
            return;
        }
        report(done.error());
        if (!worthRetrying(done.error()) || !waitBeforeRetry(begun)) {
            giveUp(tasks);
            return;
        }
    }
}

void SqliteWorkspace::dropRowsOfLostCaptures(std::vector<Task>& tasks)
{
    std::uint64_t dropped = 0;
    std::erase_if(tasks, [&](const Task& task) {
        const auto* rows = std::get_if<Rows>(&task);
        if (!rows || !m_lost.contains(rows->key))
            return false;
        dropped += rows->flows.size();
        return true;
    });
    if (dropped > 0)
        changeStatus([&](WriterStatus& status) { status.flowsDropped += dropped; });
}

Result<void> SqliteWorkspace::writeOnce(const std::vector<Task>& tasks)
{
    if (std::all_of(tasks.begin(), tasks.end(), [](const Task& task) { return std::holds_alternative<Flush>(task); }))
        return {};
    auto transaction = Transaction::begin(m_connection, kSave);
    if (!transaction)
        return transaction.error();
    for (const Task& task : tasks) {
        if (auto done = execute(task); !done)
            return done;
    }
    return transaction->commit(kSave);
}

Result<void> SqliteWorkspace::execute(const Task& task)
{
    return std::visit(
        Overloaded{
            [this](const Begin& begin) { return insertCapture(m_connection, begin.key, begin.origin); },
            [this](const Rows& rows) -> Result<void> {
                if (m_removed.contains(rows.key))
                    return {};
                for (const flow::FlowRecord& flow : rows.flows) {
                    if (auto done = m_flowRows.write(rows.key, flow, *rows.names); !done)
                        return done;
                }
                return {};
            },
            [this](const Trends& trends) -> Result<void> {
                return m_removed.contains(trends.key) ? Result<void>()
                                                      : saveTrends(m_connection, trends.key, trends.trends);
            },
            [this](const Suppress& suppress) { return saveSuppression(m_connection, suppress.suppression); },
            [this](const Unsuppress& unsuppress) { return deleteSuppression(m_connection, unsuppress.id); },
            [this](const Finish& finish) -> Result<void> {
                if (auto done = saveOutcome(m_connection, finish.key, finish.outcome); !done)
                    return done;
                return m_lost.contains(finish.key) ? saveState(m_connection, finish.key, CaptureState::Incomplete)
                                                   : Result<void>();
            },
            [this](const Relocate& relocate) { return saveFile(m_connection, relocate.key, relocate.file); },
            [this](const Remove& remove) {
                m_removed.insert(remove.key);
                return saveState(m_connection, remove.key, CaptureState::Removing);
            },
            [](const Flush&) { return Result<void>(); },
            [this](const SmallChange& change) { return change.apply(m_connection); },
        },
        task);
}

void SqliteWorkspace::succeeded(std::vector<Task>& tasks)
{
    std::uint64_t rows = 0;
    bool listChanged = false;
    bool emptyLog = false;
    for (const Task& task : tasks) {
        if (const auto* flows = std::get_if<Rows>(&task))
            rows += flows->flows.size();
        else if (!std::holds_alternative<Flush>(task))
            listChanged = true;
        const auto* change = std::get_if<SmallChange>(&task);
        emptyLog = emptyLog || (change && change->emptyLog);
        if (const auto* finish = std::get_if<Finish>(&task))
            m_lost.erase(finish->key);
        if (const auto* remove = std::get_if<Remove>(&task))
            startRemoval(remove->key);
    }
    if (emptyLog) // a reader in the middle of something keeps the log; the next checkpoint then overwrites it
        if (const auto emptied = m_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)", kSave); !emptied)
            report(emptied.error());
    const bool wrote = rows > 0 || listChanged;
    bool recovered = false;
    {
        const std::lock_guard lock(m_mutex);
        m_status.flowsWritten += rows;
        if (wrote) {
            ++m_status.commits;
            recovered = m_status.problem.has_value();
            m_status.problem.reset();
        }
    }
    if (recovered)
        m_observer.writerStatusChanged(status());
    if (listChanged)
        m_observer.capturesChanged();
    for (Task& task : tasks) {
        if (auto* flush = std::get_if<Flush>(&task))
            flush->done.set_value();
    }
}

/// Rows that are given up make their capture incomplete; so does its end. Beginning and removal are only reported: the
/// analyst sees that the capture is not (or still) in the list.
void SqliteWorkspace::giveUp(std::vector<Task>& tasks)
{
    std::uint64_t rows = 0;
    std::uint64_t captures = 0;
    for (const Task& task : tasks) {
        CaptureKey key = CaptureKey::None;
        if (const auto* flows = std::get_if<Rows>(&task)) {
            rows += flows->flows.size();
            key = flows->key;
        } else if (const auto* trends = std::get_if<Trends>(&task)) {
            key = trends->key;
        } else if (const auto* begin = std::get_if<Begin>(&task)) {
            key = begin->key;
        } else if (const auto* finish = std::get_if<Finish>(&task)) {
            key = finish->key;
        }
        if (key != CaptureKey::None && m_lost.insert(key).second)
            ++captures;
    }
    changeStatus([&](WriterStatus& status) {
        status.flowsDropped += rows;
        status.capturesDropped += captures;
    });
    for (Task& task : tasks) {
        if (auto* flush = std::get_if<Flush>(&task))
            flush->done.set_value();
    }
}

void SqliteWorkspace::report(const Error& problem)
{
    changeStatus([&](WriterStatus& status) { status.problem = problem; });
}

/// False when it is time to give up.
bool SqliteWorkspace::waitBeforeRetry(Clock::time_point failedAt)
{
    for (milliseconds waited{0}; waited < kRetryPause; waited += kRetryStep) {
        if (m_queue.closed() || Clock::now() - failedAt >= milliseconds(m_options.retryForMs))
            return false;
        std::this_thread::sleep_for(kRetryStep);
    }
    return true;
}

template<typename Change>
void SqliteWorkspace::changeStatus(Change change)
{
    WriterStatus copy;
    {
        const std::lock_guard lock(m_mutex);
        change(m_status);
        copy = m_status;
    }
    m_observer.writerStatusChanged(copy);
}

void SqliteWorkspace::startRemoval(CaptureKey key)
{
    for (const RemovalProgress& removal : m_removals) {
        if (removal.key == key)
            return;
    }
    RemovalProgress removal{key, 0, 0};
    auto last = m_connection.prepare("SELECT max(id) FROM flow_rows WHERE id BETWEEN ?1 AND ?2", kRemove);
    if (last) {
        last->bind(1, firstRowId(key));
        last->bind(2, lastRowId(key));
        if (auto row = last->step(kRemove); row && *row && !last->isNull(0))
            removal.rowsTotal = static_cast<std::uint64_t>(last->integer(0) - firstRowId(key)) + 1;
    }
    m_removals.push_back(removal);
    const std::lock_guard lock(m_mutex);
    m_status.removals = m_removals;
}

void SqliteWorkspace::removeSlice()
{
    const bool hadRows = !m_removals.empty();
    const auto done = hadRows ? removeRows(m_removals.front()) : vacuumSlice();
    if (!done) {
        m_removalRetry = Clock::now() + std::chrono::seconds(1);
        report(done.error());
        return;
    }
    if (!hadRows) {
        m_vacuum = *done; // nothing is said about space that is given back
        return;
    }
    const bool gone = *done;
    if (gone) {
        m_removals.erase(m_removals.begin());
        m_vacuum = true;
    }
    changeStatus([&](WriterStatus& status) {
        status.problem.reset();
        status.removals = m_removals;
    });
    if (gone)
        m_observer.capturesChanged();
}

/// One slice; true when it was the last and the capture itself is gone.
Result<bool> SqliteWorkspace::removeRows(RemovalProgress& removal)
{
    auto transaction = Transaction::begin(m_connection, kRemove);
    if (!transaction)
        return transaction.error();
    const std::uint64_t end =
        std::min<std::uint64_t>(removal.rowsTotal, removal.rowsRemoved + m_options.removalSliceRows);
    auto statement = m_connection.prepare("DELETE FROM flow_rows WHERE id >= ?1 AND id < ?2", kRemove);
    if (!statement)
        return statement.error();
    statement->bind(1, firstRowId(removal.key) + static_cast<std::int64_t>(removal.rowsRemoved));
    statement->bind(2, firstRowId(removal.key) + static_cast<std::int64_t>(end));
    if (auto done = statement->run(kRemove); !done)
        return done.error();
    const bool last = end == removal.rowsTotal;
    if (last) {
        if (auto done = deleteCapture(m_connection, removal.key); !done)
            return done.error();
    }
    if (auto done = transaction->commit(kRemove); !done)
        return done.error();
    removal.rowsRemoved = end;
    return last;
}

/// Gives free pages back to the disk, a few at a time; true while there are more.
Result<bool> SqliteWorkspace::vacuumSlice()
{
    auto free = m_connection.queryInteger("PRAGMA freelist_count", kRemove);
    if (!free)
        return free.error();
    if (*free == 0)
        return false;
    if (auto done = m_connection.execute(kVacuum, kRemove); !done)
        return done.error();
    return true;
}

} // namespace timbre::store
