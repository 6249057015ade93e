#include "engine/pipeline/recording_desk.h"

#include "engine/base/thread_name.h"
#include "engine/pipeline/flow_query.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <future>

namespace timbre::pipeline {

namespace {

using recording::Recording;
using recording::SessionId;

/// How long what was recorded may wait before it is kept: a program that dies loses no more than this.
constexpr std::chrono::milliseconds kRound{250};

Error noRecording()
{
    return {ErrorCode::NotFound, "The recording is no longer there.", {}};
}

bool isLive(const CaptureSnapshot& capture)
{
    return capture.live && capture.live->active;
}

/// Of a capture that was analysed, the filter is asked about flows as they turned out, not as they began.
void chooseFlows(RecordingRequest& request)
{
    NameRanks ranks;
    const FlowQueryRequest wanted{.snapshot = request.capture->flows,
                                  .filter = request.selection.filter,
                                  .range = {},
                                  .captureTime = request.capture->timeRange,
                                  .sort = {}};
    request.selection.chosenFlows = true;
    if (const auto result = answer(wanted, ranks, {}, {}))
        request.selection.flows = *result->rows;
}

} // namespace

bool canBeRecorded(const CaptureSnapshot& capture)
{
    return isLive(capture) || capture.phase == Phase::Finished || capture.phase == Phase::Cancelled;
}

struct RecordingDesk::Session {
    std::uint64_t number = 0;
    CaptureId capture = 0;
    SessionId id{};
    std::shared_ptr<RecordingTap> tap;
    std::shared_ptr<TapBoard> board; // of a live capture
    std::filesystem::path path;      // of a saved one
    std::string captureFilter;       // through which that one was read
    std::size_t kept = 0;            // packets handed to the workspace
    std::uint64_t keptTotal = 0;     // packets counted then
    bool begun = false;              // its row is there
    bool discarded = false;
    std::atomic<double> readShare = -1.0;
    std::mutex failureMutex; // guards failure
    std::optional<Error> failure;
    std::jthread reader; // last: uses the rest
};

RecordingDesk::RecordingDesk(AnalysisConfig analysis, std::function<void()> changed)
    : m_analysis(std::move(analysis))
    , m_changed(std::move(changed))
    , m_shownRecordings(std::make_shared<std::vector<Recording>>())
    , m_shownMasks(std::make_shared<std::vector<DeskMask>>())
    , m_shownKeys(std::make_shared<std::vector<store::StoredKey>>())
    , m_snapshot(
          std::make_shared<DeskSnapshot>(DeskSnapshot{0, {}, m_shownRecordings, m_shownMasks, m_shownKeys, false}))
    , m_thread([this](const std::stop_token& stop) { run(stop); })
{
}

RecordingDesk::~RecordingDesk()
{
    detach();
    m_thread.request_stop();
    m_posted.notify_all();
    m_thread.join();
}

void RecordingDesk::post(Task task)
{
    {
        const std::lock_guard lock(m_mutex);
        m_tasks.push_back(std::move(task));
    }
    m_posted.notify_one();
}

void RecordingDesk::run(const std::stop_token& stop)
{
    setThreadName("timbre-record");
    while (!stop.stop_requested()) {
        std::deque<Task> tasks;
        {
            std::unique_lock lock(m_mutex);
            const auto wait = m_sessions.empty() ? std::chrono::milliseconds(60'000) : kRound;
            m_posted.wait_for(lock, stop, wait, [this] { return !m_tasks.empty(); });
            tasks.swap(m_tasks);
        }
        for (const Task& task : tasks)
            task();
        if (!m_sessions.empty())
            follow();
        if (!tasks.empty())
            publish();
    }
}

void RecordingDesk::attach(store::Workspace& workspace, std::filesystem::path path)
{
    post([this, &workspace, path = std::move(path)] {
        m_workspace = &workspace;
        if (auto reader = store::WorkspaceReader::open(path))
            m_reader = std::move(*reader);
        reload();
    });
}

void RecordingDesk::detach()
{
    std::promise<void> done;
    post([this, &done] {
        for (const auto& session : m_sessions) {
            session->reader.request_stop();
            session->tap->stop();
        }
        for (const auto& session : m_sessions) {
            if (session->reader.joinable())
                session->reader.join();
        }
        follow();
        if (m_workspace)
            m_workspace->flush();
        m_workspace = nullptr;
        m_reader.reset();
        done.set_value();
    });
    done.get_future().wait();
}

std::shared_ptr<TapBoard> RecordingDesk::boardFor(CaptureId capture)
{
    const std::lock_guard lock(m_mutex);
    auto& board = m_boards[capture];
    if (!board)
        board = std::make_shared<TapBoard>();
    return board;
}

std::shared_ptr<const DeskSnapshot> RecordingDesk::snapshot() const
{
    const std::lock_guard lock(m_mutex);
    return m_snapshot;
}

// ---- sessions

void RecordingDesk::start(RecordingRequest request, Answer<std::uint64_t> answer)
{
    post([this, request = std::move(request), answer = std::move(answer)]() mutable {
        answer(begin(std::move(request)));
    });
}

Result<std::uint64_t> RecordingDesk::begin(RecordingRequest request)
{
    const auto running =
        std::count_if(m_sessions.begin(), m_sessions.end(), [](const auto& each) { return !each->tap->over(); });
    if (static_cast<std::size_t>(running) >= kMaxSessions)
        return Error{ErrorCode::Busy, "Eight recordings run already. Stop one of them first.", {}};
    if (!canBeRecorded(*request.capture))
        return Error{ErrorCode::Busy, "The capture is still being read. Record when all of it is there.", {}};
    const bool live = isLive(*request.capture);
    auto session = std::make_shared<Session>();
    session->number = ++m_lastSession;
    session->capture = request.capture->id;
    session->id = randomSessionId();
    if (!live && !request.selection.chosenFlows && request.selection.filter)
        chooseFlows(request);
    request.selection.fromNow = live;
    std::vector<std::string> captures;
    if (!live)
        captures.push_back(captureHash(request.capture->path));
    session->tap = std::make_shared<RecordingTap>(
        recording::SessionFacts{session->id, std::move(request.service), keyOfRecordings()},
        std::move(request.selection), std::move(captures));
    m_sessions.push_back(session);
    if (live) {
        session->board = boardFor(session->capture);
        session->board->add(session->tap);
    } else {
        session->path = request.capture->path;
        session->captureFilter = request.capture->captureFilter;
        session->readShare = 0.0;
        session->reader =
            std::jthread([this, raw = session.get()](const std::stop_token& stop) { readFile(*raw, stop); });
    }
    return session->number;
}

/// Id of the analyst's key, by which recordings are allowed; "local" without one.
std::string RecordingDesk::keyOfRecordings() const
{
    std::string id = "local";
    for (const store::StoredKey& each : m_keys) {
        if (!each.privateFile.empty())
            id = each.id;
    }
    return id;
}

void RecordingDesk::readFile(Session& session, const std::stop_token& stop)
{
    setThreadName("timbre-reread");
    RecordingRun run;
    run.path = session.path;
    run.options.analysis = m_analysis;
    run.options.captureFilter = session.captureFilter; // else flows would have other numbers
    const auto done = recordFile(run, {session.tap}, stop, [&session](double share) { session.readShare = share; });
    if (!done) {
        const std::lock_guard lock(session.failureMutex);
        session.failure = done.error();
    }
    session.tap->captureEnded();
}

/// Hands new packets to the workspace. True when something is new.
bool RecordingDesk::keep(Session& session)
{
    TapPicture picture = session.tap->picture();
    const bool news = !session.begun || picture.head.totalPackets != session.keptTotal || picture.over;
    if (!news || session.discarded)
        return news;
    std::vector<recording::PacketRecord> added = session.tap->packetsFrom(session.kept);
    // Packets that came between the two looks are in neither the sums nor the rows yet, or in both after the next.
    const std::size_t due = picture.kept > session.kept ? picture.kept - session.kept : 0;
    added.resize(std::min(added.size(), due));
    const std::size_t first = session.kept;
    session.kept += added.size();
    session.keptTotal = picture.head.totalPackets;
    session.begun = true;
    if (m_workspace)
        m_workspace->saveRecording(std::move(picture.head), first, std::move(added));
    return true;
}

void RecordingDesk::finish(Session& session)
{
    if (session.board)
        session.board->remove(*session.tap);
    if (session.reader.joinable())
        session.reader.join();
    const bool empty = session.tap->picture().head.totalPackets == 0;
    if (m_workspace && (session.discarded || empty))
        m_workspace->removeRecording(session.id);
    else if (!m_workspace && !session.discarded && !empty)
        m_unkept.push_back(session.tap->recording());
}

void RecordingDesk::follow()
{
    bool news = false;
    bool ended = false;
    for (const auto& session : m_sessions) {
        const bool over = session->tap->over() || session->discarded; // before the last packets are fetched
        news = keep(*session) || news;
        if (!over)
            continue;
        finish(*session);
        ended = true;
    }
    if (ended) {
        std::erase_if(m_sessions, [](const auto& each) { return each->tap->over() || each->discarded; });
        reload();
    }
    if (news || ended || !m_sessions.empty())
        publish();
}

void RecordingDesk::stop(std::uint64_t number)
{
    post([this, number] {
        for (const auto& session : m_sessions) {
            if (session->number == number) {
                session->tap->stop();
                session->reader.request_stop();
            }
        }
    });
}

void RecordingDesk::discard(std::uint64_t number)
{
    post([this, number] {
        for (const auto& session : m_sessions) {
            if (session->number == number) {
                session->discarded = true;
                session->tap->stop();
                session->reader.request_stop();
            }
        }
    });
}

// ---- recordings

Result<Recording> RecordingDesk::whole(const SessionId& id)
{
    if (m_workspace && m_reader) {
        m_workspace->flush();
        return m_reader->loadRecording(id);
    }
    const auto found =
        std::find_if(m_unkept.begin(), m_unkept.end(), [&](const Recording& each) { return each.facts.id == id; });
    return found == m_unkept.end() ? Result<Recording>(noRecording()) : Result<Recording>(*found);
}

void RecordingDesk::setNotes(const SessionId& id, std::string notes)
{
    post([this, id, notes = std::move(notes)] {
        for (Recording& each : m_unkept) {
            if (each.facts.id == id)
                each.notes = notes;
        }
        if (m_workspace)
            m_workspace->saveRecordingNotes(id, notes);
        reload();
    });
}

void RecordingDesk::removeRecording(const SessionId& id)
{
    post([this, id] {
        std::erase_if(m_unkept, [&](const Recording& each) { return each.facts.id == id; });
        if (m_workspace)
            m_workspace->removeRecording(id);
        reload();
    });
}

void RecordingDesk::loadRecording(const SessionId& id, Answer<Recording> answer)
{
    post([this, id, answer = std::move(answer)] { answer(whole(id)); });
}

// ---- the lists

void RecordingDesk::reload()
{
    if (m_workspace && m_reader) {
        m_workspace->flush();
        if (auto list = m_reader->listRecordings())
            m_recordings = std::move(*list);
        if (auto list = m_reader->listMasks())
            m_masks = std::move(*list);
        if (auto list = m_reader->listKeys())
            m_keys = std::move(*list);
    } else {
        m_recordings = m_unkept;
        for (Recording& each : m_recordings)
            each.packets.clear();
    }
    std::vector<Recording> ended = m_recordings;
    std::erase_if(ended, [](const Recording& each) { return each.end == recording::EndReason::Running; });
    m_shownRecordings = std::make_shared<const std::vector<Recording>>(std::move(ended));
    std::vector<DeskMask> masks;
    for (const auto* list : {&m_masks, &m_bundled}) {
        for (const store::StoredMask& each : *list)
            masks.push_back(describe(each));
    }
    m_shownMasks = std::make_shared<const std::vector<DeskMask>>(std::move(masks));
    m_shownKeys = std::make_shared<const std::vector<store::StoredKey>>(m_keys);
}

void RecordingDesk::publish()
{
    auto next = std::make_shared<DeskSnapshot>();
    next->generation = ++m_generation;
    next->recordings = m_shownRecordings;
    next->masks = m_shownMasks;
    next->keys = m_shownKeys;
    next->kept = m_workspace != nullptr;
    for (const auto& session : m_sessions) {
        DeskSession shown;
        shown.number = session->number;
        shown.capture = session->capture;
        shown.picture = session->tap->picture();
        shown.readShare = session->readShare;
        {
            const std::lock_guard lock(session->failureMutex);
            shown.failure = session->failure;
        }
        next->sessions.push_back(std::move(shown));
    }
    {
        const std::lock_guard lock(m_mutex);
        m_snapshot = std::move(next);
    }
    m_changed();
}

} // namespace timbre::pipeline
