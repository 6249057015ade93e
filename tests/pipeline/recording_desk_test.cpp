// Recordings and masks as the window uses them: from a saved capture, from one that runs, kept through a crash, gone
// after deletion.

#include "engine/mask/canonical.h"
#include "engine/pipeline/engine.h"
#include "engine/pipeline/recording_desk.h"
#include "tests/pipeline/pipeline_fixtures.h"

#include <QTest>

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <future>

using namespace timbre;
using namespace timbre::pipeline;

namespace {

class Observer : public EngineObserver {
public:
    void captureChanged(CaptureId) override {}
    void workspaceChanged() override {}
};

class StoreObserver : public store::WorkspaceObserver {
public:
    void writerStatusChanged(const store::WriterStatus&) override {}
    void capturesChanged() override {}
};

template<typename Value>
Result<Value> waitFor(const std::function<void(Answer<Value>)>& ask)
{
    auto given = std::make_shared<std::promise<Result<Value>>>();
    auto answer = given->get_future();
    ask([given](Result<Value> result) { given->set_value(std::move(result)); });
    return answer.get();
}

RecordingRequest requestFor(std::shared_ptr<const CaptureSnapshot> capture, const char* filter)
{
    RecordingRequest request;
    request.service = "test service";
    request.capture = std::move(capture);
    request.selection.words = filter;
    request.selection.idleSeconds = 0;
    request.selection.filter = query::Filter::compile(filter).filter;
    return request;
}

/// A packet every 10 ms of one UDP flow, straight into the analyzer, as a live analysis would hand them out.
class LivePackets {
public:
    explicit LivePackets(RecordingDesk& desk)
        : m_analyzer(desk.boardFor(1))
        , m_table({}, m_listener)
    {
        m_listener.analyzer = &m_analyzer;
        m_packet.key.l4 = decode::L4::Udp;
        m_packet.key.protocol = 17;
        m_packet.key.portA = 443;
        m_packet.key.portB = 5000;
        m_packet.matched = true;
        m_packet.payload = m_payload;
        m_packet.payloadLength = static_cast<std::uint32_t>(m_payload.size());
    }
    void next()
    {
        flow::Frame frame;
        frame.number = ++m_sent;
        frame.time = {static_cast<std::int64_t>(m_sent) * 10'000'000};
        frame.originalLength = 200;
        frame.capturedLength = 200;
        frame.payloadEntropy = 7.5F;
        m_table.track(m_packet, frame);
    }
    [[nodiscard]] std::uint64_t sent() const { return m_sent; }

private:
    class Listener : public flow::FlowListener {
    public:
        RecordingAnalyzer* analyzer = nullptr;
        void packet(flow::Flow& flow, flow::Side side, const decode::Packet& packet, const flow::Frame& frame) override
        {
            analyzer->packet(flow, side, packet, frame);
            analyzer->blockEnded();
        }
    };
    std::array<std::byte, 64> m_payload{};
    decode::Packet m_packet;
    std::uint64_t m_sent = 0;
    Listener m_listener;
    RecordingAnalyzer m_analyzer;
    flow::FlowTable m_table;
};

std::shared_ptr<CaptureSnapshot> runningCapture()
{
    auto capture = std::make_shared<CaptureSnapshot>();
    capture->id = 1;
    capture->phase = Phase::Reading;
    capture->live = std::make_shared<LiveFacts>();
    return capture;
}

/// In a process of its own: records, and tells through `pipe` how many packets there were. Ends by being killed.
[[noreturn]] void recordUntilKilled(const std::filesystem::path& path, int pipe)
{
    StoreObserver observer;
    auto workspace = store::Workspace::open(path, observer);
    RecordingDesk desk({}, [] {});
    desk.attach(**workspace, path);
    LivePackets packets(desk);
    (void)waitFor<std::uint64_t>([&](auto answer) { desk.start(requestFor(runningCapture(), "port == 443"), answer); });
    for (;;) {
        packets.next();
        const std::uint64_t sent = packets.sent();
        if (::write(pipe, &sent, sizeof sent) < 0)
            _exit(1);
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
}

} // namespace

class RecordingDeskTest : public QObject {
    Q_OBJECT

    std::unique_ptr<test::CaptureDirectory> m_directory;

    [[nodiscard]] std::filesystem::path workspacePath() const { return m_directory->path("w.timbre"); }

private slots:
    void init() { m_directory = std::make_unique<test::CaptureDirectory>(); }

    // First, while this process has one thread only.
    void aKilledProgramLosesLessThanASecond()
    {
        int pipe[2];
        QCOMPARE(::pipe(pipe), 0);
        const pid_t child = fork();
        if (child == 0)
            recordUntilKilled(workspacePath(), pipe[1]);
        QVERIFY(child > 0);
        std::uint64_t sentAtSecondToLast = 0;
        QElapsedTimer timer;
        timer.start();
        constexpr qint64 kRunMs = 4000;
        constexpr qint64 kLossMs = 1000;
        while (timer.elapsed() < kRunMs) {
            std::uint64_t sent = 0;
            QCOMPARE(::read(pipe[0], &sent, sizeof sent), static_cast<ssize_t>(sizeof sent));
            if (timer.elapsed() < kRunMs - kLossMs)
                sentAtSecondToLast = sent;
        }
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        ::close(pipe[0]);
        ::close(pipe[1]);
        QVERIFY(sentAtSecondToLast > 100);

        StoreObserver observer;
        QVERIFY(store::Workspace::open(workspacePath(), observer).ok()); // the next start marks what was left
        auto reader = store::WorkspaceReader::open(workspacePath());
        QVERIFY(reader.ok());
        const auto list = (*reader)->listRecordings();
        QVERIFY(list.ok());
        QCOMPARE(list->size(), std::size_t{1});
        QVERIFY(list->front().end == recording::EndReason::Interrupted);
        const auto whole = (*reader)->loadRecording(list->front().facts.id);
        QVERIFY(whole.ok());
        QCOMPARE(whole->packets.size(), static_cast<std::size_t>(whole->totalPackets));
        QVERIFY2(whole->totalPackets >= sentAtSecondToLast, std::to_string(whole->totalPackets).c_str());
        QCOMPARE(whole->ended.ns, whole->last.ns); // its exact end: the last packet that is there
    }

    void aSavedCaptureIsRecordedKeptAndDeleted()
    {
        auto traffic = generator::voiceTraffic({.seed = 3});
        const auto file = m_directory->write("voice.pcapng", traffic);
        Observer observer;
        EngineConfig config;
        config.workspace = workspacePath();
        recording::SessionId id{};
        {
            Engine engine(config, observer);
            const CaptureId capture = engine.open(file);
            QVERIFY(QTest::qWaitFor([&] { return engine.snapshot(capture)->phase == Phase::Finished; }, 30'000));
            RecordingDesk& desk = engine.recordings();
            const auto started = waitFor<std::uint64_t>(
                [&](auto answer) { desk.start(requestFor(engine.snapshot(capture), "app == rtp"), answer); });
            QVERIFY(started.ok());
            QVERIFY(QTest::qWaitFor([&] { return desk.snapshot()->recordings->size() == 1; }, 30'000));
            const recording::Recording head = desk.snapshot()->recordings->front();
            QVERIFY(head.end == recording::EndReason::CaptureEnded);
            std::uint64_t packets = 0;
            const auto flows = engine.snapshot(capture)->flows;
            for (std::size_t i = 0; i < flows->size(); ++i)
                packets += (*flows)[i].app == flow::App::Rtp ? (*flows)[i].packets() : 0;
            QCOMPARE(head.totalPackets, packets);
            id = head.facts.id;
            desk.setNotes(id, "heard twice");
        }
        Engine engine(config, observer);
        RecordingDesk& desk = engine.recordings();
        QVERIFY(QTest::qWaitFor([&] { return desk.snapshot()->recordings->size() == 1; }, 30'000));
        QCOMPARE(desk.snapshot()->recordings->front().notes, std::string("heard twice"));
        const auto whole = waitFor<recording::Recording>([&](auto answer) { desk.loadRecording(id, answer); });
        QVERIFY(whole.ok());
        recording::RunningFigures again;
        for (const auto& packet : whole->packets)
            again.add(packet);
        QCOMPARE(again.sides[0].gapsMs, whole->figures.sides[0].gapsMs); // what is stored is what was seen, to the bit
        QCOMPARE(again.entropies, whole->figures.entropies);
        desk.removeRecording(id);
        QVERIFY(QTest::qWaitFor([&] { return desk.snapshot()->recordings->empty(); }, 30'000));
        const auto gone = waitFor<recording::Recording>([&](auto answer) { desk.loadRecording(id, answer); });
        QVERIFY(!gone.ok());
        // Neither in the file nor in its log: the packed first packet is looked for byte by byte.
        std::string needle(reinterpret_cast<const char*>(whole->packets[5].prefixBytes.data()), 16);
        for (const char* suffix : {"", "-wal"}) {
            std::ifstream raw(workspacePath().string() + suffix, std::ios::binary);
            const std::string bytes((std::istreambuf_iterator<char>(raw)), std::istreambuf_iterator<char>());
            QVERIFY(bytes.find(needle) == std::string::npos);
        }
    }

    /// Chosen flows are known by number, which depends on the filter through which the file is read.
    void aCaptureReadThroughAFilterIsReadThroughItAgain()
    {
        auto traffic = generator::officeTraffic({.seed = 3});
        const auto file = m_directory->write("office.pcapng", traffic);
        Observer observer;
        EngineConfig config;
        config.workspace = workspacePath();
        Engine engine(config, observer);
        OpenOptions options;
        options.captureFilter = "udp";
        const CaptureId capture = engine.open(file, options);
        QVERIFY(QTest::qWaitFor([&] { return engine.snapshot(capture)->phase == Phase::Finished; }, 30'000));
        const auto shown = engine.snapshot(capture);
        const auto last = static_cast<std::uint32_t>(shown->flows->size() - 1);
        RecordingRequest request = requestFor(shown, "");
        request.selection.chosenFlows = true;
        request.selection.flows = {last};
        RecordingDesk& desk = engine.recordings();
        QVERIFY(waitFor<std::uint64_t>([&](auto answer) { desk.start(request, answer); }).ok());
        QVERIFY(QTest::qWaitFor([&] { return desk.snapshot()->recordings->size() == 1; }, 30'000));
        const recording::Recording head = desk.snapshot()->recordings->front();
        const flow::FlowRecord& record = (*shown->flows)[last];
        QCOMPARE(head.totalPackets, record.packets());
        QCOMPARE(head.started.ns, record.started.ns);
    }

    void aFileThatIsStillReadIsRefused()
    {
        RecordingDesk desk({}, [] {});
        auto capture = std::make_shared<CaptureSnapshot>();
        capture->phase = Phase::Reading;
        const auto started =
            waitFor<std::uint64_t>([&](auto answer) { desk.start(requestFor(capture, "port == 443"), answer); });
        QVERIFY(!started.ok() && started.error().code == ErrorCode::Busy);
        QVERIFY(desk.snapshot()->sessions.empty());
    }

    void aRunningCaptureIsRecordedFromNowOn()
    {
        StoreObserver observer;
        auto workspace = store::Workspace::open(workspacePath(), observer);
        QVERIFY(workspace.ok());
        RecordingDesk desk({}, [] {});
        desk.attach(**workspace, workspacePath());
        LivePackets packets(desk);
        for (int i = 0; i < 100; ++i)
            packets.next();
        const auto one = waitFor<std::uint64_t>(
            [&](auto answer) { desk.start(requestFor(runningCapture(), "port == 443"), answer); });
        const auto other = waitFor<std::uint64_t>(
            [&](auto answer) { desk.start(requestFor(runningCapture(), "port == 80"), answer); });
        QVERIFY(one.ok() && other.ok());
        for (int i = 0; i < 700; ++i)
            packets.next();
        desk.stop(*one);
        desk.discard(*other);
        QVERIFY(QTest::qWaitFor([&] { return desk.snapshot()->sessions.empty(); }, 10'000));
        QCOMPARE(desk.snapshot()->recordings->size(), std::size_t{1});
        const recording::Recording head = desk.snapshot()->recordings->front();
        QVERIFY(head.end == recording::EndReason::Stopped);
        QVERIFY(head.totalPackets >= 600 && head.totalPackets <= 700);
        desk.detach();
    }

    void aMaskIsMadeSignedExportedAndImported()
    {
        StoreObserver observer;
        auto workspace = store::Workspace::open(workspacePath(), observer);
        QVERIFY(workspace.ok());
        RecordingDesk desk({}, [] {});
        desk.attach(**workspace, workspacePath());
        LivePackets packets(desk);
        const auto session = waitFor<std::uint64_t>(
            [&](auto answer) { desk.start(requestFor(runningCapture(), "port == 443"), answer); });
        QVERIFY(session.ok());
        for (int i = 0; i < 7000; ++i)
            packets.next();
        desk.stop(*session);
        QVERIFY(QTest::qWaitFor([&] { return desk.snapshot()->recordings->size() == 1; }, 10'000));
        const auto id = desk.snapshot()->recordings->front().facts.id;
        const auto keyFile = m_directory->path("k.pem");
        QVERIFY(waitFor<std::string>([&](auto answer) { desk.makeKey(keyFile, "Anna", answer); }).ok());
        const auto made =
            waitFor<mask::GeneratedMask>([&](auto answer) { desk.makeMask(id, {}, keyFile.string(), answer); });
        QVERIFY2(made.ok(), made.ok() ? "" : made.error().message.c_str());
        QVERIFY(made->test.passed);
        QVERIFY(QTest::qWaitFor([&] { return desk.snapshot()->masks->size() == 1; }, 10'000));
        const DeskMask shown = desk.snapshot()->masks->front();
        QVERIFY(shown.verification.state == mask::SignatureState::Valid);
        QVERIFY(shown.trusted);
        QCOMPARE(shown.signer, std::string("Anna"));
        const auto tested = waitFor<MaskTest>([&](auto answer) { desk.testMask(shown.stored.id, id, answer); });
        QVERIFY(tested.ok() && tested->failures.empty());

        const auto target = m_directory->path("m.json");
        const auto write = [&](bool overwrite) {
            return waitFor<std::size_t>(
                [&](auto answer) { desk.exportMasks({shown.stored.id}, target, overwrite, answer); });
        };
        QVERIFY(write(false).ok());
        QVERIFY(!write(false).ok()); // never silently
        QVERIFY(write(true).ok());
        const auto import = [&](bool replace) {
            return waitFor<std::vector<ImportedMask>>(
                [&](auto answer) { desk.importMasks({target}, replace, answer); });
        };
        QVERIFY(import(false)->front().alreadyThere && !import(false)->front().taken);
        QVERIFY(import(true)->front().taken);
        // A changed mask is bad as long as the key that it names is known; without any key nothing can be said.
        const auto stateNow = [&] { return desk.snapshot()->masks->front().verification.state; };
        std::string changed = shown.stored.text;
        changed.replace(changed.find("\"created_at\": ") + 14, 2, "10");
        std::ofstream(target) << changed;
        QVERIFY(import(true)->front().taken);
        QTRY_VERIFY(stateNow() == mask::SignatureState::Invalid);
        QCOMPARE(desk.snapshot()->masks->front().signer, std::string("Anna"));
        const std::string key = desk.snapshot()->keys->front().id;
        desk.removeKey(key);
        QTRY_VERIFY(stateNow() == mask::SignatureState::NoKey);
        QCOMPARE(desk.snapshot()->masks->front().signer, key);
        const auto other = m_directory->path("other.pem");
        QVERIFY(waitFor<std::string>([&](auto answer) { desk.makeKey(other, "Ben", answer); }).ok());
        QTRY_COMPARE(desk.snapshot()->keys->size(), std::size_t{1});
        QVERIFY(stateNow() == mask::SignatureState::NoKey); // signed, by a key that is not known
        std::ofstream(target) << "{\"mask_id\": 3}";
        const ImportedMask hostile = import(true)->front();
        QVERIFY(!hostile.taken && hostile.sentence.find("mask_id") != std::string::npos);
        desk.detach();
    }
};

QTEST_GUILESS_MAIN(RecordingDeskTest)
#include "recording_desk_test.moc"
