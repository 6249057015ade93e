// What is written comes back exactly; captures are listed, replaced, removed; one writer, many readers.

#include "tests/store/store_fixtures.h"

#include <QtTest>

#include <sys/stat.h>

#include <thread>

using namespace timbre;
using namespace timbre::store;
using test::RandomFlows;
using test::RecordingObserver;

namespace {

std::filesystem::path inside(const QTemporaryDir& folder, const char* name)
{
    return std::filesystem::path(folder.path().toStdString()) / name;
}

unsigned modeOf(const std::filesystem::path& path)
{
    struct stat facts {};
    return stat(path.c_str(), &facts) == 0 ? facts.st_mode & 07777 : 0;
}

struct Written {
    CaptureKey key = CaptureKey::None;
    std::vector<flow::FlowRecord> flows;
    std::shared_ptr<StringPool> names = std::make_shared<StringPool>();
};

/// A capture with `count` random flows, given in an order of its own as flows end.
Written writeCapture(Workspace& workspace, std::uint32_t count, std::uint64_t seed,
                     std::string path = "/captures/one.pcap")
{
    Written written;
    RandomFlows random(seed);
    for (std::uint32_t i = 0; i < count; ++i)
        written.flows.push_back(random.next(i, *written.names));
    written.key = workspace.beginCapture(test::sampleOrigin(std::move(path)));
    std::vector<flow::FlowRecord> odd, even;
    for (const flow::FlowRecord& flow : written.flows)
        (flow.index % 2 == 1 ? odd : even).push_back(flow);
    workspace.addFlows(written.key, std::move(odd), written.names);
    workspace.addFlows(written.key, std::move(even), written.names);
    workspace.finishCapture(written.key, test::sampleOutcome(count));
    return written;
}

QString messageOf(const Error& error)
{
    return QString::fromStdString(error.message + " | " + error.detail);
}

} // namespace

#define VERIFY_OK(result) QVERIFY2((result).ok(), (result).ok() ? "" : qPrintable(messageOf((result).error())))

class WorkspaceTest : public QObject {
    Q_OBJECT

private slots:
    void flowsComeBackExactly_data()
    {
        QTest::addColumn<int>("count");
        for (const int count : {0, 1, 1023, 1024, 1025, 20'000})
            QTest::addRow("%d", count) << count;
    }

    void flowsComeBackExactly()
    {
        QFETCH(int, count);
        QTemporaryDir folder;
        RecordingObserver observer;
        auto workspace = Workspace::open(inside(folder, "w.timbre"), observer);
        VERIFY_OK(workspace);
        const Written written = writeCapture(**workspace, static_cast<std::uint32_t>(count), 7);
        (*workspace)->flush();

        auto reader = WorkspaceReader::open(inside(folder, "w.timbre"));
        VERIFY_OK(reader);
        auto snapshot = (*reader)->loadSnapshot(written.key);
        VERIFY_OK(snapshot);
        QCOMPARE((*snapshot)->size(), written.flows.size());
        for (std::size_t i = 0; i < written.flows.size(); ++i) {
            const std::string difference =
                test::firstDifference(written.flows[i], *written.names, (**snapshot)[i], *(*snapshot)->names());
            QVERIFY2(difference.empty(), qPrintable(QString("flow %1: %2").arg(i).arg(difference.c_str())));
        }
        const WriterStatus status = (*workspace)->status();
        QCOMPARE(status.flowsWritten, written.flows.size());
        QCOMPARE(status.flowsDropped, std::uint64_t{0});
        QVERIFY(!status.problem);
    }

    void theCaptureComesBackExactly()
    {
        QTemporaryDir folder;
        RecordingObserver observer;
        auto workspace = Workspace::open(inside(folder, "w.timbre"), observer);
        VERIFY_OK(workspace);
        const Written written = writeCapture(**workspace, 5, 1);
        (*workspace)->flush();
        auto reader = WorkspaceReader::open(inside(folder, "w.timbre"));
        VERIFY_OK(reader);
        auto stored = (*reader)->loadCapture(written.key);
        VERIFY_OK(stored);

        const CaptureOrigin origin = test::sampleOrigin();
        QCOMPARE(stored->origin.file, origin.file);
        QCOMPARE(stored->origin.analysisKey, origin.analysisKey);
        QCOMPARE(stored->origin.captureFilter, origin.captureFilter);
        QCOMPARE(stored->origin.openedAt.ns, origin.openedAt.ns);
        const CaptureOutcome expected = test::sampleOutcome(5);
        const CaptureOutcome& found = stored->outcome;
        QCOMPARE(found.state, CaptureState::Complete);
        QCOMPARE(found.flowCount, expected.flowCount);
        QCOMPARE(found.timeRange, expected.timeRange);
        compareFacts(found.facts, expected.facts);
        QCOMPARE(found.messages.size(), expected.messages.size());
        for (std::size_t i = 0; i < found.messages.size(); ++i) {
            QCOMPARE(found.messages[i].severity, expected.messages[i].severity);
            QCOMPARE(found.messages[i].text, expected.messages[i].text);
            QCOMPARE(found.messages[i].offset, expected.messages[i].offset);
            QCOMPARE(found.messages[i].afterPacket, expected.messages[i].afterPacket);
        }
        const std::vector<NamedCounter> sorted{{"evicted", 0}, {"largest", 0xffff'ffff'ffff'ffff}, {"unmatched", 17}};
        QCOMPARE(found.counters, sorted);
        QCOMPARE(found.overview.binNs(), expected.overview.binNs());
        QCOMPARE(found.overview.firstBin(), expected.overview.firstBin());
        QCOMPARE(found.overview.bins().size(), expected.overview.bins().size());
        for (std::size_t i = 0; i < found.overview.bins().size(); ++i) {
            QCOMPARE(found.overview.bins()[i].packets, expected.overview.bins()[i].packets);
            QCOMPARE(found.overview.bins()[i].bytes, expected.overview.bins()[i].bytes);
        }
    }

    void anEmptyCaptureComesBack()
    {
        QTemporaryDir folder;
        RecordingObserver observer;
        auto workspace = Workspace::open(inside(folder, "w.timbre"), observer);
        VERIFY_OK(workspace);
        const CaptureKey key = (*workspace)->beginCapture({});
        (*workspace)->finishCapture(key, {});
        (*workspace)->flush();
        auto reader = WorkspaceReader::open(inside(folder, "w.timbre"));
        VERIFY_OK(reader);
        auto stored = (*reader)->loadCapture(key);
        VERIFY_OK(stored);
        QVERIFY(!stored->outcome.timeRange);
        QVERIFY(stored->outcome.overview.empty());
        auto snapshot = (*reader)->loadSnapshot(key);
        VERIFY_OK(snapshot);
        QCOMPARE((*snapshot)->size(), std::size_t{0});
    }

    void aFlowGivenAgainReplacesTheFirst()
    {
        QTemporaryDir folder;
        RecordingObserver observer;
        auto workspace = Workspace::open(inside(folder, "w.timbre"), observer);
        VERIFY_OK(workspace);
        const CaptureKey key = (*workspace)->beginCapture(test::sampleOrigin());
        auto names = std::make_shared<StringPool>();
        RandomFlows random(3);
        const flow::FlowRecord early = random.next(0, *names);
        const flow::FlowRecord late = random.next(0, *names);
        (*workspace)->addFlows(key, {early}, names);
        (*workspace)->flush();
        (*workspace)->addFlows(key, {late}, names);
        (*workspace)->finishCapture(key, test::sampleOutcome(1));
        (*workspace)->flush();
        auto reader = WorkspaceReader::open(inside(folder, "w.timbre"));
        VERIFY_OK(reader);
        auto snapshot = (*reader)->loadSnapshot(key);
        VERIFY_OK(snapshot);
        QCOMPARE((*snapshot)->size(), std::size_t{1});
        QCOMPARE(test::firstDifference(late, *names, (**snapshot)[0], *(*snapshot)->names()), std::string());
    }

    void capturesAreListedNewestFirst()
    {
        QTemporaryDir folder;
        RecordingObserver observer;
        auto workspace = Workspace::open(inside(folder, "w.timbre"), observer);
        VERIFY_OK(workspace);
        const Written first = writeCapture(**workspace, 3, 1, "/a.pcap");
        const CaptureKey second = (*workspace)->beginCapture(test::sampleOrigin("/b.pcap"));
        (*workspace)->flush();
        auto reader = WorkspaceReader::open(inside(folder, "w.timbre"));
        VERIFY_OK(reader);
        auto list = (*reader)->listCaptures();
        VERIFY_OK(list);
        QCOMPARE(list->size(), std::size_t{2});
        QCOMPARE(list->at(0).key, second);
        QCOMPARE(list->at(0).state, CaptureState::Writing);
        QVERIFY(!list->at(0).timeRange);
        const CaptureEntry& entry = list->at(1);
        QCOMPARE(entry.key, first.key);
        QCOMPARE(entry.state, CaptureState::Complete);
        QCOMPARE(entry.path, std::string("/a.pcap"));
        QCOMPARE(entry.fileSize, std::uint64_t{4711});
        QCOMPARE(entry.format, std::string("pcapng"));
        QCOMPARE(entry.packets, std::uint64_t{2'000'000});
        QCOMPARE(entry.flowCount, std::uint64_t{3});
        QCOMPARE(entry.timeRange, test::sampleOutcome(0).timeRange);
        QVERIFY(observer.listChanges() >= 1);
    }

    void onlyWholeCapturesGiveTheirFlows()
    {
        QTemporaryDir folder;
        RecordingObserver observer;
        auto workspace = Workspace::open(inside(folder, "w.timbre"), observer);
        VERIFY_OK(workspace);
        const CaptureKey unfinished = (*workspace)->beginCapture(test::sampleOrigin());
        const CaptureKey cancelled = (*workspace)->beginCapture(test::sampleOrigin());
        CaptureOutcome outcome = test::sampleOutcome(0);
        outcome.state = CaptureState::Cancelled;
        (*workspace)->finishCapture(cancelled, outcome);
        const CaptureKey gap = (*workspace)->beginCapture(test::sampleOrigin());
        auto names = std::make_shared<StringPool>();
        RandomFlows random(3);
        (*workspace)->addFlows(gap, {random.next(0, *names), random.next(2, *names)}, names);
        (*workspace)->finishCapture(gap, test::sampleOutcome(2));
        (*workspace)->flush();
        auto reader = WorkspaceReader::open(inside(folder, "w.timbre"));
        VERIFY_OK(reader);
        QCOMPARE((*reader)->loadSnapshot(unfinished).error().code, ErrorCode::Invalid);
        QVERIFY((*reader)->loadSnapshot(cancelled).ok());
        QCOMPARE((*reader)->loadSnapshot(gap).error().code, ErrorCode::Damaged);
        QCOMPARE((*reader)->loadSnapshot(CaptureKey{99}).error().code, ErrorCode::NotFound);
        QCOMPARE((*reader)->loadCapture(CaptureKey{99}).error().code, ErrorCode::NotFound);
    }

    void loadingStopsWhenAsked()
    {
        QTemporaryDir folder;
        RecordingObserver observer;
        auto workspace = Workspace::open(inside(folder, "w.timbre"), observer);
        VERIFY_OK(workspace);
        const Written written = writeCapture(**workspace, 5000, 1);
        (*workspace)->flush();
        auto reader = WorkspaceReader::open(inside(folder, "w.timbre"));
        VERIFY_OK(reader);
        std::stop_source stop;
        StringPool names;
        int chunks = 0;
        const auto done = (*reader)->loadFlows(
            written.key, names,
            [&](const WorkspaceReader::Chunk&) {
                if (++chunks == 2)
                    stop.request_stop();
            },
            stop.get_token());
        QCOMPARE(done.error().code, ErrorCode::Cancelled);
        QCOMPARE(chunks, 2);
    }

    void removalTakesOneCaptureAndGivesSpaceBack()
    {
        QTemporaryDir folder;
        const auto path = inside(folder, "w.timbre");
        RecordingObserver observer;
        WorkspaceOptions options;
        options.removalSliceRows = 1000;
        CaptureKey kept = CaptureKey::None, removed = CaptureKey::None;
        std::uintmax_t before = 0;
        {
            auto workspace = Workspace::open(path, observer, options);
            VERIFY_OK(workspace);
            removed = writeCapture(**workspace, 20'000, 1, "/a.pcap").key;
            kept = writeCapture(**workspace, 1'000, 2, "/b.pcap").key;
        }
        before = std::filesystem::file_size(path);
        {
            auto workspace = Workspace::open(path, observer, options);
            VERIFY_OK(workspace);
            auto reader = WorkspaceReader::open(path);
            VERIFY_OK(reader);
            (*workspace)->removeCapture(removed);
            (*workspace)->flush();
            auto list = (*reader)->listCaptures();
            VERIFY_OK(list);
            QCOMPARE(list->size(), std::size_t{1}); // at once, though the rows still go
            QTRY_VERIFY((*workspace)->status().removals.empty());
            QCOMPARE((*reader)->loadCapture(removed).error().code, ErrorCode::NotFound);
            auto snapshot = (*reader)->loadSnapshot(kept);
            VERIFY_OK(snapshot);
            QCOMPARE((*snapshot)->size(), std::size_t{1000});
            const CaptureKey next = (*workspace)->beginCapture(test::sampleOrigin());
            QVERIFY(next > kept); // numbers are not used again
            QTRY_VERIFY((*workspace)->status().removals.empty());
        }
        bool sawProgress = false;
        for (const WriterStatus& status : observer.statuses()) {
            for (const RemovalProgress& removal : status.removals)
                sawProgress |= removal.rowsTotal == 20'000 && removal.rowsRemoved > 0 && removal.rowsRemoved < 20'000;
        }
        QVERIFY(sawProgress);
        // What was not given back before closing is given back after the next start.
        const auto smallEnough = [&] { return std::filesystem::file_size(path) < before / 5; };
        auto workspace = Workspace::open(path, observer, options);
        VERIFY_OK(workspace);
        for (int i = 0; i < 50 && !smallEnough(); ++i) {
            (*workspace)->flush();
            QTest::qWait(20);
            if (i == 25) { // the main file shrinks when the log is written back, at the latest on closing
                workspace->reset();
                workspace = Workspace::open(path, observer, options);
                VERIFY_OK(workspace);
            }
        }
        QVERIFY(smallEnough());
    }

    void anInterruptedRemovalIsFinishedLater()
    {
        QTemporaryDir folder;
        const auto path = inside(folder, "w.timbre");
        RecordingObserver observer;
        WorkspaceOptions slow;
        slow.removalSliceRows = 1;
        CaptureKey key = CaptureKey::None;
        {
            auto workspace = Workspace::open(path, observer, slow);
            VERIFY_OK(workspace);
            key = writeCapture(**workspace, 20'000, 1).key;
            (*workspace)->removeCapture(key);
            (*workspace)->flush();
        }
        auto workspace = Workspace::open(path, observer);
        VERIFY_OK(workspace);
        QTRY_VERIFY((*workspace)->status().removals.empty());
        auto reader = WorkspaceReader::open(path);
        VERIFY_OK(reader);
        QTRY_COMPARE((*reader)->loadCapture(key).error().code, ErrorCode::NotFound);
    }

    void filesAreForTheOwnerOnly()
    {
        QTemporaryDir folder;
        const auto path = inside(folder, "w.timbre");
        const mode_t before = umask(0); // the widest: the store must not rely on it
        RecordingObserver observer;
        auto workspace = Workspace::open(path, observer);
        umask(before);
        VERIFY_OK(workspace);
        writeCapture(**workspace, 10, 1);
        (*workspace)->flush();
        for (const char* name : {"w.timbre", "w.timbre-wal", "w.timbre-shm", "w.timbre.lock"})
            QCOMPARE(modeOf(inside(folder, name)), 0600U);
        workspace->reset();
        QCOMPARE(chmod(path.c_str(), 0644), 0);
        workspace = Workspace::open(path, observer);
        VERIFY_OK(workspace);
        QCOMPARE(modeOf(path), 0600U);
    }

    void aSecondWriterIsRefusedAndAReaderIsNot()
    {
        QTemporaryDir folder;
        const auto path = inside(folder, "w.timbre");
        RecordingObserver observer;
        auto workspace = Workspace::open(path, observer);
        VERIFY_OK(workspace);
        const auto second = Workspace::open(path, observer);
        QVERIFY(!second.ok());
        QCOMPARE(second.error().code, ErrorCode::Busy);
        QVERIFY2(second.error().detail.find(std::to_string(getpid())) != std::string::npos,
                 second.error().detail.c_str());
        VERIFY_OK(WorkspaceReader::open(path));
        workspace->reset();
        VERIFY_OK(Workspace::open(path, observer));
    }

    void readersAndTheWriterDoNotDisturbEachOther()
    {
        QTemporaryDir folder;
        const auto path = inside(folder, "w.timbre");
        RecordingObserver observer;
        auto workspace = Workspace::open(path, observer);
        VERIFY_OK(workspace);
        const Written first = writeCapture(**workspace, 3000, 1);
        (*workspace)->flush();
        std::atomic<bool> failed = false;
        std::atomic<int> loads = 0;
        {
            std::vector<std::jthread> readers;
            for (int i = 0; i < 2; ++i) {
                readers.emplace_back([&](const std::stop_token& stop) {
                    auto reader = WorkspaceReader::open(path);
                    while (reader.ok() && !stop.stop_requested()) {
                        const auto snapshot = (*reader)->loadSnapshot(first.key);
                        if (!snapshot || (*snapshot)->size() != 3000 || !(*reader)->listCaptures().ok())
                            failed = true;
                        ++loads;
                    }
                    if (!reader)
                        failed = true;
                });
            }
            for (int i = 0; i < 10; ++i) {
                const Written more = writeCapture(**workspace, 2000, static_cast<std::uint64_t>(i));
                (*workspace)->removeCapture(more.key);
            }
            (*workspace)->flush();
            QTRY_VERIFY(loads > 4);
        }
        QVERIFY(!failed);
        QVERIFY(!(*workspace)->status().problem);
        QCOMPARE((*workspace)->status().flowsWritten, std::uint64_t{23'000});
    }

private:
    static void compareFacts(const capture::CaptureFacts& a, const capture::CaptureFacts& b)
    {
        QCOMPARE(a.format, b.format);
        QCOMPARE(a.compression, b.compression);
        QCOMPARE(a.fileBytes, b.fileBytes);
        QCOMPARE(a.sections, b.sections);
        QCOMPARE(a.hardware, b.hardware);
        QCOMPARE(a.operatingSystem, b.operatingSystem);
        QCOMPARE(a.application, b.application);
        QCOMPARE(a.packets, b.packets);
        QCOMPARE(a.packetComments, b.packetComments);
        QCOMPARE(a.decryptionSecrets, b.decryptionSecrets);
        QCOMPARE(a.unknownBlocks, b.unknownBlocks);
        QCOMPARE(a.comments, b.comments);
        QCOMPARE(a.interfaces.size(), b.interfaces.size());
        for (std::size_t i = 0; i < a.interfaces.size(); ++i) {
            QCOMPARE(a.interfaces[i].name, b.interfaces[i].name);
            QCOMPARE(a.interfaces[i].description, b.interfaces[i].description);
            QCOMPARE(a.interfaces[i].linkType, b.interfaces[i].linkType);
            QCOMPARE(a.interfaces[i].snapLength, b.interfaces[i].snapLength);
            QCOMPARE(a.interfaces[i].timeUnit, b.interfaces[i].timeUnit);
            QCOMPARE(a.interfaces[i].packets, b.interfaces[i].packets);
            QCOMPARE(a.interfaces[i].received, b.interfaces[i].received);
            QCOMPARE(a.interfaces[i].dropped, b.interfaces[i].dropped);
            QCOMPARE(a.interfaces[i].kernelDropped, b.interfaces[i].kernelDropped);
        }
        QVERIFY(a.losses == b.losses);
        QVERIFY(a.ringRemoved == b.ringRemoved);
        QCOMPARE(a.resolvedNames.size(), b.resolvedNames.size());
        for (std::size_t i = 0; i < a.resolvedNames.size(); ++i) {
            QCOMPARE(a.resolvedNames[i].address, b.resolvedNames[i].address);
            QCOMPARE(a.resolvedNames[i].name, b.resolvedNames[i].name);
            QCOMPARE(a.resolvedNames[i].afterPacket, b.resolvedNames[i].afterPacket);
        }
    }
};

QTEST_GUILESS_MAIN(WorkspaceTest)
#include "workspace_test.moc"
