// Captures with the real helper on a network of the test's own, and what happens when things go wrong: each fault must
// be told within two seconds, and what was captured must be readable to the last packet that was reported.

#include "engine/capture/capture_helper.h"
#include "engine/capture/capture_reader.h"
#include "engine/capture/helper_process_private.h"
#include "engine/pipeline/analyzers.h"
#include "engine/pipeline/live_run.h"
#include "engine/pipeline/no_sink.h"
#include "engine/pipeline/rate_analyzer.h"
#include "tests/live/network_sandbox.h"
#include "tests/live/same_flows.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <fstream>
#include <map>
#include <thread>

using namespace timbre;
using namespace timbre::capture;
using testing::NetworkSandbox;
namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace {

std::string g_noNetwork;

std::uint64_t packetsIn(const fs::path& path)
{
    auto reader = CaptureReader::open(path);
    if (!reader)
        return 0;
    RecordBlock block;
    std::uint64_t count = 0;
    while ((*reader)->read(block) == ReadStatus::Records)
        count += block.records().size();
    return count;
}

template<typename Condition>
bool waitFor(const Condition& holds, std::chrono::milliseconds most = 2000ms)
{
    const auto until = std::chrono::steady_clock::now() + most;
    while (!holds()) {
        if (std::chrono::steady_clock::now() > until)
            return false;
        std::this_thread::sleep_for(10ms);
    }
    return true;
}

std::string lineOf(int process, const std::string& name)
{
    std::ifstream in("/proc/" + std::to_string(process) + "/status");
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with(name + ":"))
            return line.substr(line.find_first_not_of(" \t", name.size() + 1));
    }
    return {};
}

bool runs(int process)
{
    const std::string state = lineOf(process, "State");
    return !state.empty() && state[0] != 'Z';
}

} // namespace

class LiveCaptureTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        if (!g_noNetwork.empty())
            QSKIP(("ALL TESTS SKIPPED: " + g_noNetwork).c_str());
        qputenv("TIMBRE_CAPTURE_HELPER", TIMBRE_BINARY_DIR "/bin/timbre-capture");
    }

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(NetworkSandbox::makeCable());
    }
    void cleanup()
    {
        m_source.reset();
        m_spool.reset();
        NetworkSandbox::cutCable();
    }

    void interfacesAreListed()
    {
        const auto listed = listInterfaces();
        QVERIFY(listed.ok());
        const bool found = std::any_of(listed->begin(), listed->end(),
                                       [](const LiveInterfaceInfo& each) { return each.name == "live1" && each.up; });
        QVERIFY(found);
    }

    void everySentPacketIsWrittenAndTheHelperHasNoRights()
    {
        start({});
        const int helper = m_source->status().processId;
        QCOMPARE(lineOf(helper, "CapPrm"), std::string("0000000000000000"));
        QCOMPARE(lineOf(helper, "CapEff"), std::string("0000000000000000"));
        QCOMPARE(lineOf(helper, "CapInh"), std::string("0000000000000000"));
        QCOMPARE(lineOf(helper, "NoNewPrivs"), std::string("1"));
        QCOMPARE(lineOf(helper, "Seccomp"), std::string("2"));
        const std::uint64_t sent = NetworkSandbox::send(20'000, 300, 50, 50'000);
        stopAndWait();
        const LiveStatus status = m_source->status();
        QCOMPARE(status.end, LiveEnd::Asked);
        QCOMPARE(status.written(), sent);
        QCOMPARE(status.kernelDrops(), std::uint64_t{0});
        QCOMPARE(packetsIn(m_spool->path()), sent);
        QVERIFY(!runs(helper));
    }

    void whatTheSandboxRefuses()
    {
        auto spool = Spool::create(root(), {"sandbox", "", {}});
        QVERIFY(spool.ok());
        auto process = HelperProcess::start(helperPath(), {"--check-sandbox"}, spool->descriptor());
        QVERIFY(process.ok());
        std::map<std::string, std::uint64_t> errors;
        std::uint64_t achieved = 0;
        helper::Message message;
        for (auto heard = HelperProcess::Heard::Nothing; heard != HelperProcess::Heard::Closed;) {
            heard = process->listen(message, 1000);
            if (heard != HelperProcess::Heard::Message)
                continue;
            if (message.kind == helper::Kind::Started)
                achieved = message.numbers[1];
            else if (message.kind == helper::Kind::Tried)
                errors[message.text] = message.numbers[0];
        }
        QVERIFY((achieved & helper::kSeccomp) != 0 && (achieved & helper::kNoNewPrivileges) != 0);
        for (const char* refused :
             {"open a file", "open a file of the spool", "make a socket", "start a process", "run a program"})
            QVERIFY2(errors.contains(refused) && errors[refused] == EPERM, refused);
        for (const char* possible : {"make a file of the spool", "remove a file of the spool"})
            QVERIFY2(errors.contains(possible) && errors[possible] == 0, possible);
        if ((achieved & helper::kLandlock) != 0) // seccomp alone cannot look at paths
            QVERIFY(errors["make a file elsewhere"] != 0);
        fs::remove("/tmp/timbre-sandbox-check");
    }

    void liveAndSavedGiveTheSameFlows()
    {
        pipeline::LiveRequest request;
        request.options.interfaces = {NetworkSandbox::kReceiver};
        request.options.maxPackets = 5000;
        request.options.ringFileBytes = 256U << 10U;
        request.spoolRoot = root();
        pipeline::NoSink sink;
        pipeline::RunOptions listening; // as the window does
        listening.analyzers = pipeline::makeAnalyzers({});
        listening.analyzers.push_back(std::make_shared<pipeline::RateAnalyzer>(1000));
        auto live = pipeline::LiveRun::start(request, listening, sink);
        QVERIFY(live.ok());
        std::atomic<bool> capturing = false; // the run itself belongs to this thread
        std::jthread sender([&] {
            waitFor([&] { return capturing.load(); });
            NetworkSandbox::send(5000, 400, 77, 20'000);
        });
        while ((*live)->step())
            capturing = (*live)->facts().status.state == LiveState::Capturing;
        (*live)->finish();
        QCOMPARE((*live)->facts().status.end, LiveEnd::Packets);
        pipeline::CaptureSnapshot shown;
        pipeline::describe(**live, shown);
        QVERIFY(!shown.flows->rates()); // a rate of this moment is nothing to keep
        const fs::path saved = root() / "saved.pcapng";
        QVERIFY(spoolFiles((*live)->spool()).size() > 2);
        QVERIFY(saveSpool((*live)->spool(), saved, false, {}).ok());
        pipeline::RunOptions alike;
        alike.analyzers = pipeline::makeAnalyzers({});
        auto file = pipeline::AnalysisRun::open(saved, alike, sink);
        QVERIFY(file.ok());
        while ((*file)->step()) {
        }
        (*file)->finish();
        const auto a = (*live)->run().analysis().publishFlows();
        const auto b = (*file)->analysis().publishFlows();
        QCOMPARE(a->size(), std::size_t{77});
        QCOMPARE(b->size(), a->size());
        QCOMPARE(testing::firstDifference(*a, *b), std::string());
    }

    void theRingRemovesAndSaysSo()
    {
        LiveOptions options;
        options.ringFileBytes = 256U << 10U;
        options.ringFiles = 3;
        start(options);
        const std::uint64_t sent = NetworkSandbox::send(20'000, 300, 50, 50'000);
        stopAndWait();
        const LiveStatus status = m_source->status();
        QCOMPARE(status.written(), sent);
        QVERIFY(status.ringFiles > 3);
        QVERIFY(spoolFiles(m_spool->path()).size() <= 3);
        QCOMPARE(packetsIn(m_spool->path()) + status.ringPackets, sent);
    }

    void aWrongFilterIsPlaced()
    {
        LiveOptions options;
        options.filter = "tcp port 80 and and";
        begin(options);
        QVERIFY(waitFor([&] { return m_source->status().state == LiveState::Ended; }));
        const LiveStatus status = m_source->status();
        QVERIFY(status.filterFault.has_value());
        QCOMPARE(status.filterFault->position, std::size_t{16});
        QVERIFY(status.failure.has_value());
    }

    void noSuchInterface()
    {
        LiveOptions options;
        options.interfaces = {"nosuch0"};
        begin(options);
        QVERIFY(waitFor([&] { return m_source->status().state == LiveState::Ended; }));
        QCOMPARE(m_source->status().failure->code, ErrorCode::NotFound);
    }

    void theHelperIsKilled()
    {
        start({});
        NetworkSandbox::send(5000, 300, 50, 50'000);
        QVERIFY(waitFor([&] { return m_source->status().written() == 5000; }));
        kill(m_source->status().processId, SIGKILL);
        QVERIFY(waitFor([&] { return m_source->status().state == LiveState::Ended; }));
        QVERIFY(m_source->status().failure->message.find("signal 9") != std::string::npos);
        QCOMPARE(packetsIn(m_spool->path()), std::uint64_t{5000});
    }

    void theInterfaceIsRemoved()
    {
        start({});
        NetworkSandbox::send(1000, 300, 50, 50'000);
        QVERIFY(waitFor([&] { return m_source->status().written() == 1000; }));
        NetworkSandbox::cutCable();
        QVERIFY(waitFor([&] { return m_source->status().state == LiveState::Ended; }));
        QCOMPARE(m_source->status().end, LiveEnd::InterfaceGone);
        QCOMPARE(packetsIn(m_spool->path()), std::uint64_t{1000});
    }

    void theLinkGoesDownAndUp()
    {
        start({});
        NetworkSandbox::setReceiver(false);
        QVERIFY(waitFor([&] { return !m_source->status().notices.empty(); }));
        NetworkSandbox::setReceiver(true);
        QVERIFY(waitFor([&] { return m_source->status().notices.size() == 2; }));
        NetworkSandbox::send(1000, 300, 50, 50'000);
        QVERIFY(waitFor([&] { return m_source->status().written() == 1000; }));
        QCOMPARE(m_source->status().state, LiveState::Capturing);
    }

    void theDiskIsFull()
    {
        const fs::path small = root() / "small";
        fs::create_directory(small);
        QCOMPARE(mount("tmpfs", small.c_str(), "tmpfs", 0, "size=4m"), 0);
        {
            startIn(small, {});
            NetworkSandbox::send(20'000, 600, 50, 50'000);
            QVERIFY(waitFor([&] { return m_source->status().state == LiveState::Ended; }));
            const LiveStatus status = m_source->status();
            QCOMPARE(status.end, LiveEnd::DiskFull);
            QVERIFY(status.failure->message.find("full") != std::string::npos);
            auto reader = CaptureReader::open(m_spool->path());
            QVERIFY(reader.ok());
            const std::uint64_t kept = packetsIn(m_spool->path());
            QVERIFY(kept > 4000);
            QCOMPARE(status.written(), kept);
            RecordBlock block;
            while ((*reader)->read(block) == ReadStatus::Records) {
            }
            QVERIFY2((*reader)->messages().empty(), "the file ends with a whole block");
        }
        m_source.reset();
        m_spool.reset();
        umount(small.c_str());
    }

    void theSpoolIsRemoved()
    {
        start({});
        NetworkSandbox::send(100, 300, 5, 50'000);
        fs::remove_all(m_spool->path());
        QVERIFY(waitFor([&] { return m_source->status().state == LiveState::Ended; }));
        QVERIFY(m_source->status().failure->message.find("removed") != std::string::npos);
    }

    void unreadableMessages()
    {
        const fs::path fake = root() / "fake-helper";
        std::ofstream(fake) << "#!/bin/sh\necho this is no message, as anybody can see\nsleep 30\n";
        fs::permissions(fake, fs::perms::owner_all);
        qputenv("TIMBRE_CAPTURE_HELPER", fake.c_str());
        begin({});
        const bool ended = waitFor([&] { return m_source->status().state == LiveState::Ended; });
        qputenv("TIMBRE_CAPTURE_HELPER", TIMBRE_BINARY_DIR "/bin/timbre-capture");
        QVERIFY(ended);
        QVERIFY(m_source->status().failure->message.find("not understood") != std::string::npos);
    }

    void theProgramIsKilled()
    {
        std::array<int, 2> ends{};
        QCOMPARE(pipe(ends.data()), 0);
        const pid_t child = fork();
        if (child == 0) { // a program that captures, until it is killed
            auto spool = Spool::create(root(), {"live1", "", {}});
            LiveOptions options;
            options.interfaces = {NetworkSandbox::kReceiver};
            auto source = startLive(options, *spool);
            waitFor([&] { return (*source)->status().state == LiveState::Capturing; });
            while (true) {
                const std::array<std::uint64_t, 2> told{(*source)->status().written(),
                                                        static_cast<std::uint64_t>((*source)->status().processId)};
                if (write(ends[1], told.data(), sizeof told) < 0)
                    _exit(1);
                std::this_thread::sleep_for(5ms);
            }
        }
        close(ends[1]);
        std::array<std::uint64_t, 2> told{};
        const auto hear = [&] { return read(ends[0], told.data(), sizeof told) == static_cast<ssize_t>(sizeof told); };
        QVERIFY(hear());
        std::jthread sender([] { NetworkSandbox::send(20'000, 300, 50, 50'000); });
        for (int i = 0; i < 40; ++i)
            QVERIFY(hear());
        kill(child, SIGKILL);
        while (hear()) {
        }
        waitpid(child, nullptr, 0);
        QVERIFY(told[0] > 0);
        QVERIFY(waitFor([&] { return !runs(static_cast<int>(told[1])); }));
        const auto left = findLeftSpools(root());
        QCOMPARE(left.size(), std::size_t{1});
        QVERIFY(packetsIn(left[0].path) >= told[0]);
    }

private:
    fs::path root() const { return m_folder->path().toStdString(); }
    void begin(LiveOptions options) { beginIn(root(), std::move(options)); }
    void beginIn(const fs::path& where, LiveOptions options)
    {
        m_source.reset();
        if (options.interfaces.empty())
            options.interfaces = {NetworkSandbox::kReceiver};
        auto spool = Spool::create(where, {options.title(), options.filter, {}});
        QVERIFY(spool.ok());
        m_spool = std::make_unique<Spool>(std::move(*spool));
        auto source = startLive(options, *m_spool);
        QVERIFY(source.ok());
        m_source = std::move(*source);
    }
    void start(LiveOptions options) { startIn(root(), std::move(options)); }
    void startIn(const fs::path& where, LiveOptions options)
    {
        beginIn(where, std::move(options));
        QVERIFY(waitFor([&] { return m_source->status().state == LiveState::Capturing; }, 5000ms));
    }
    void stopAndWait()
    {
        std::this_thread::sleep_for(200ms); // for what is still in the kernel
        m_source->stop();
        QVERIFY(waitFor([&] { return m_source->status().state == LiveState::Ended; }));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Spool> m_spool;
    std::unique_ptr<LiveSource> m_source;
};

int main(int argc, char** argv)
{
    g_noNetwork = NetworkSandbox::enter(); // before Qt starts a thread
    LiveCaptureTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "live_capture_test.moc"
