// What happens when writing fails: the disk is full, broken or locked, or the program is killed. What was committed
// stays, what could not be written is counted and said, and nothing half-written is taken for whole.

#include "tests/store/failing_disk.h"
#include "tests/store/store_fixtures.h"

#include <QtTest>

#include <sqlite3.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <thread>

using namespace timbre;
using namespace timbre::store;
using test::FailingDisk;
using test::RandomFlows;
using test::RecordingObserver;

namespace {

std::filesystem::path inside(const QTemporaryDir& folder, const char* name)
{
    return std::filesystem::path(folder.path().toStdString()) / name;
}

WorkspaceOptions failing()
{
    WorkspaceOptions options;
    options.vfs = FailingDisk::instance().name();
    options.retryForMs = 300;
    options.busyTimeoutMs = 50;
    return options;
}

std::vector<flow::FlowRecord> someFlows(std::uint32_t first, std::uint32_t count, StringPool& names)
{
    RandomFlows random(first + 1);
    std::vector<flow::FlowRecord> flows;
    for (std::uint32_t i = 0; i < count; ++i)
        flows.push_back(random.nextUsual(first + i, names));
    return flows;
}

/// Rows of a capture, counted past the store by SQL.
int countRows(const std::filesystem::path& path, CaptureKey key)
{
    sqlite3* database = nullptr;
    int count = -1;
    const std::string sql =
        "SELECT count(*) FROM flows WHERE capture_id = " + std::to_string(static_cast<unsigned>(key));
    const auto take = [](void* target, int, char** values, char**) {
        *static_cast<int*>(target) = std::atoi(values[0]);
        return 0;
    };
    if (sqlite3_open_v2(path.c_str(), &database, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK)
        sqlite3_exec(database, sql.c_str(), take, &count, nullptr);
    sqlite3_close(database);
    return count;
}

constexpr const char* kWriteUntilKilled = "--write-until-killed";

/// What this program does when it is started to be killed: writes without an end, and says "c" on its standard output
/// when the first rows are committed.
[[noreturn]] void writeUntilKilled(const std::filesystem::path& path)
{
    RecordingObserver observer;
    auto workspace = Workspace::open(path, observer);
    if (!workspace)
        _exit(1);
    auto names = std::make_shared<StringPool>();
    const CaptureKey whole = (*workspace)->beginCapture(test::sampleOrigin("/whole.pcap"));
    (*workspace)->addFlows(whole, someFlows(0, 2000, *names), names);
    (*workspace)->finishCapture(whole, test::sampleOutcome(2000));
    const CaptureKey partly = (*workspace)->beginCapture(test::sampleOrigin("/partly.pcap"));
    for (std::uint32_t first = 0;; first += 1000) {
        (*workspace)->addFlows(partly, someFlows(first, 1000, *names), names);
        if (first == 20'000) {
            (*workspace)->flush();
            if (write(STDOUT_FILENO, "c", 1) != 1)
                _exit(1);
        }
    }
}

} // namespace

#define VERIFY_OK(result) QVERIFY2((result).ok(), (result).ok() ? "" : (result).error().detail.c_str())

class StoreTroubleTest : public QObject {
    Q_OBJECT

private slots:
    void init() { FailingDisk::instance().repair(); }
    void cleanup() { FailingDisk::instance().repair(); }

    void aFailureIsReportedCountedAndSurvived_data()
    {
        QTest::addColumn<bool>("full");
        QTest::addColumn<QString>("words");
        QTest::newRow("disk full") << true << "the disk is full";
        QTest::newRow("disk broken") << false << "error while writing";
    }

    void aFailureIsReportedCountedAndSurvived()
    {
        QFETCH(bool, full);
        QFETCH(QString, words);
        QTemporaryDir folder;
        const auto path = inside(folder, "w.timbre");
        RecordingObserver observer;
        auto workspace = Workspace::open(path, observer, failing());
        VERIFY_OK(workspace);
        auto names = std::make_shared<StringPool>();
        const CaptureKey before = (*workspace)->beginCapture(test::sampleOrigin("/before.pcap"));
        (*workspace)->addFlows(before, someFlows(0, 3000, *names), names);
        (*workspace)->finishCapture(before, test::sampleOutcome(3000));
        const CaptureKey hit = (*workspace)->beginCapture(test::sampleOrigin("/hit.pcap"));
        (*workspace)->addFlows(hit, someFlows(0, 500, *names), names);
        (*workspace)->flush();

        (full ? FailingDisk::instance().full : FailingDisk::instance().failSync) = true;
        (*workspace)->addFlows(hit, someFlows(500, 700, *names), names);
        (*workspace)->flush();
        WriterStatus status = (*workspace)->status();
        QVERIFY(status.problem);
        QCOMPARE(status.problem->code, ErrorCode::Unwritable);
        QVERIFY2(status.problem->message.find(words.toStdString()) != std::string::npos,
                 status.problem->message.c_str());
        QCOMPARE(status.flowsWritten, std::uint64_t{3500});
        QCOMPARE(status.flowsDropped, std::uint64_t{700});
        QCOMPARE(status.capturesDropped, std::uint64_t{1});
        QVERIFY(FailingDisk::instance().refusals > 1); // it was tried again before giving up

        FailingDisk::instance().repair();
        (*workspace)->addFlows(hit, someFlows(1200, 100, *names), names); // too late for this capture
        (*workspace)->finishCapture(hit, test::sampleOutcome(1300));
        const CaptureKey after = (*workspace)->beginCapture(test::sampleOrigin("/after.pcap"));
        (*workspace)->addFlows(after, someFlows(0, 10, *names), names);
        (*workspace)->finishCapture(after, test::sampleOutcome(10));
        (*workspace)->flush();
        status = (*workspace)->status();
        QVERIFY(!status.problem);
        QCOMPARE(status.flowsDropped, std::uint64_t{800});

        auto reader = WorkspaceReader::open(path);
        VERIFY_OK(reader);
        VERIFY_OK((*reader)->loadSnapshot(before));
        VERIFY_OK((*reader)->loadSnapshot(after));
        QCOMPARE((*reader)->loadCapture(hit)->outcome.state, CaptureState::Incomplete);
        QCOMPARE(countRows(path, hit), 500); // what was committed stays
        QCOMPARE(
            (*reader)->recognise(test::sampleOrigin("/hit.pcap").file, test::sampleOrigin().analysisKey)->recognition,
            Recognition::Moved); // never the incomplete one: the same content was analysed under another path
    }

    void aShortFailureLosesNothing()
    {
        QTemporaryDir folder;
        const auto path = inside(folder, "w.timbre");
        RecordingObserver observer;
        WorkspaceOptions options = failing();
        options.retryForMs = 20'000;
        auto workspace = Workspace::open(path, observer, options);
        VERIFY_OK(workspace);
        auto names = std::make_shared<StringPool>();
        const CaptureKey key = (*workspace)->beginCapture(test::sampleOrigin());
        (*workspace)->flush();
        FailingDisk::instance().full = true;
        (*workspace)->addFlows(key, someFlows(0, 6000, *names), names);
        QVERIFY(observer.waitForStatus([](const WriterStatus& status) { return status.problem.has_value(); }));
        FailingDisk::instance().repair();
        (*workspace)->finishCapture(key, test::sampleOutcome(6000));
        (*workspace)->flush();
        QVERIFY(!(*workspace)->status().problem);
        QCOMPARE((*workspace)->status().flowsDropped, std::uint64_t{0});
        QVERIFY(!observer.statuses().back().problem); // and it was said that it is over
        auto reader = WorkspaceReader::open(path);
        VERIFY_OK(reader);
        auto snapshot = (*reader)->loadSnapshot(key);
        VERIFY_OK(snapshot);
        QCOMPARE((*snapshot)->size(), std::size_t{6000});
    }

    void closingDoesNotWaitForABrokenDisk()
    {
        QTemporaryDir folder;
        RecordingObserver observer;
        WorkspaceOptions options = failing();
        options.retryForMs = 60'000;
        auto workspace = Workspace::open(inside(folder, "w.timbre"), observer, options);
        VERIFY_OK(workspace);
        (*workspace)->flush();
        FailingDisk::instance().full = true;
        (*workspace)->beginCapture(test::sampleOrigin());
        QVERIFY(observer.waitForStatus([](const WriterStatus& status) { return status.problem.has_value(); }));
        QElapsedTimer timer;
        timer.start();
        workspace->reset();
        QVERIFY(timer.elapsed() < 3000);
    }

    void aReadErrorIsAnError()
    {
        QTemporaryDir folder;
        const auto path = inside(folder, "w.timbre");
        RecordingObserver observer;
        CaptureKey key = CaptureKey::None;
        {
            auto workspace = Workspace::open(path, observer);
            VERIFY_OK(workspace);
            auto names = std::make_shared<StringPool>();
            key = (*workspace)->beginCapture(test::sampleOrigin());
            (*workspace)->addFlows(key, someFlows(0, 50'000, *names), names);
            (*workspace)->finishCapture(key, test::sampleOutcome(50'000));
        }
        auto reader = WorkspaceReader::open(path, failing());
        VERIFY_OK(reader);
        FailingDisk::instance().failRead = true;
        const auto refused = (*reader)->loadSnapshot(key);
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().code, ErrorCode::Unreadable);
        QCOMPARE(WorkspaceReader::open(path, failing()).error().code, ErrorCode::Unreadable);
        FailingDisk::instance().repair();
        VERIFY_OK((*reader)->loadSnapshot(key));
    }

    void aForeignLockIsWaitedForAndThenReported()
    {
        QTemporaryDir folder;
        const auto path = inside(folder, "w.timbre");
        RecordingObserver observer;
        WorkspaceOptions options;
        options.busyTimeoutMs = 20;
        options.retryForMs = 100;
        auto workspace = Workspace::open(path, observer, options);
        VERIFY_OK(workspace);
        sqlite3* foreign = nullptr;
        QCOMPARE(sqlite3_open_v2(path.c_str(), &foreign, SQLITE_OPEN_READWRITE, nullptr), SQLITE_OK);
        QCOMPARE(sqlite3_exec(foreign, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
        (*workspace)->beginCapture(test::sampleOrigin());
        (*workspace)->flush();
        const WriterStatus status = (*workspace)->status();
        QVERIFY(status.problem);
        QCOMPARE(status.problem->code, ErrorCode::Busy);
        QCOMPARE(status.capturesDropped, std::uint64_t{1});
        QCOMPARE(sqlite3_exec(foreign, "ROLLBACK", nullptr, nullptr, nullptr), SQLITE_OK);
        sqlite3_close(foreign);
        const CaptureKey key = (*workspace)->beginCapture(test::sampleOrigin());
        (*workspace)->finishCapture(key, test::sampleOutcome(0));
        (*workspace)->flush();
        QVERIFY(!(*workspace)->status().problem);
    }

    void aKilledProgramLeavesWhatItCommitted()
    {
        QTemporaryDir folder;
        const auto path = inside(folder, "w.timbre");
        int pipes[2] = {};
        QCOMPARE(pipe(pipes), 0);
        const pid_t child = fork();
        QVERIFY(child >= 0);
        if (child == 0) {
            dup2(pipes[1], STDOUT_FILENO);
            execl("/proc/self/exe", "store_trouble_test", kWriteUntilKilled, path.c_str(), nullptr);
            _exit(1);
        }
        close(pipes[1]);
        char signalled = 0;
        QCOMPARE(read(pipes[0], &signalled, 1), ssize_t{1});
        std::this_thread::sleep_for(std::chrono::milliseconds(30)); // into the middle of a later transaction
        kill(child, SIGKILL);
        int ended = 0;
        QCOMPARE(waitpid(child, &ended, 0), child);
        QVERIFY(WIFSIGNALED(ended));
        close(pipes[0]);

        RecordingObserver observer;
        auto workspace = Workspace::open(path, observer); // the dead program's place is free
        VERIFY_OK(workspace);
        auto reader = WorkspaceReader::open(path);
        VERIFY_OK(reader);
        auto list = (*reader)->listCaptures();
        VERIFY_OK(list);
        QCOMPARE(list->size(), std::size_t{2});
        const CaptureEntry& partly = list->at(0);
        const CaptureEntry& whole = list->at(1);
        QCOMPARE(whole.state, CaptureState::Complete);
        auto snapshot = (*reader)->loadSnapshot(whole.key);
        VERIFY_OK(snapshot);
        QCOMPARE((*snapshot)->size(), std::size_t{2000});
        QCOMPARE(partly.state, CaptureState::Interrupted);
        QVERIFY(countRows(path, partly.key) >= 21'000);
        QCOMPARE(countRows(path, partly.key) % 1000, 0); // whole batches only
        QCOMPARE((*reader)->loadSnapshot(partly.key).error().code, ErrorCode::Invalid);

        FileIdentity file = test::sampleOrigin("/partly.pcap").file;
        file.contentKey = "another";
        auto known = (*reader)->recognise(file, test::sampleOrigin().analysisKey);
        VERIFY_OK(known);
        QCOMPARE(known->recognition, Recognition::New);
        QCOMPARE(known->outdated, std::vector<CaptureKey>{partly.key});
    }

    void aRealFullDiskBehavesTheSame()
    {
        QTemporaryDir folder;
        if (mount("tmpfs", folder.path().toLocal8Bit().constData(), "tmpfs", 0, "size=2m") != 0)
            QSKIP("needs the right to mount a small file system");
        const auto path = inside(folder, "w.timbre");
        RecordingObserver observer;
        WorkspaceOptions options;
        options.retryForMs = 100;
        auto workspace = Workspace::open(path, observer, options);
        const bool opened = workspace.ok();
        WriterStatus status;
        if (opened) {
            auto names = std::make_shared<StringPool>();
            const CaptureKey key = (*workspace)->beginCapture(test::sampleOrigin());
            for (std::uint32_t first = 0; first < 50'000; first += 5000)
                (*workspace)->addFlows(key, someFlows(first, 5000, *names), names);
            (*workspace)->flush();
            status = (*workspace)->status();
            workspace->reset();
        }
        auto reader = WorkspaceReader::open(path); // in the full disk, too
        const bool readable = reader.ok();
        reader = Error{};
        QCOMPARE(umount(folder.path().toLocal8Bit().constData()), 0);
        QVERIFY(opened);
        QVERIFY(status.problem);
        QCOMPARE(status.problem->code, ErrorCode::Unwritable);
        QVERIFY(status.flowsWritten >= 5000);
        QCOMPARE(status.flowsWritten + status.flowsDropped, std::uint64_t{50'000});
        QVERIFY(readable);
    }
};

int main(int argc, char** argv)
{
    if (argc == 3 && std::string_view(argv[1]) == kWriteUntilKilled)
        writeUntilKilled(argv[2]);
    QCoreApplication application(argc, argv);
    StoreTroubleTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "store_trouble_test.moc"
