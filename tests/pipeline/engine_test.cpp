// The engine as the window uses it: opening, progress, cancelling, the workspace's memory.

#include "engine/pipeline/engine.h"
#include "tests/generator/stream_traffic.h"
#include "tests/pipeline/pipeline_fixtures.h"

#include <QTest>

#include <atomic>
#include <thread>

using namespace timbre;
using pipeline::CaptureId;
using pipeline::Engine;
using pipeline::EngineConfig;
using pipeline::Phase;

namespace {

class Observer : public pipeline::EngineObserver {
public:
    std::atomic<int> changes = 0;
    std::atomic<int> workspaceChanges = 0;
    void captureChanged(CaptureId) override { ++changes; }
    void workspaceChanged() override { ++workspaceChanges; }
};

bool ended(Phase phase)
{
    return phase == Phase::Finished || phase == Phase::Cancelled || phase == Phase::Failed;
}

std::shared_ptr<const pipeline::CaptureSnapshot> waitForEnd(const Engine& engine, CaptureId id)
{
    const auto over = [&] { return engine.snapshot(id) && ended(engine.snapshot(id)->phase); };
    return QTest::qWaitFor(over, 60'000) ? engine.snapshot(id) : nullptr;
}

} // namespace

class EngineTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_directory = std::make_unique<test::CaptureDirectory>();
        m_traffic = generator::officeTraffic({.seed = 5});
        m_office = m_directory->write("office.pcapng", m_traffic);
    }

    void analysesAndRemembers()
    {
        Observer observer;
        std::vector<std::uint64_t> bytes;
        {
            Engine engine(config(), observer);
            const auto shown = waitForEnd(engine, engine.open(m_office));
            QVERIFY(shown);
            QVERIFY(shown->phase == Phase::Finished);
            QVERIFY(!shown->fromStore);
            QCOMPARE(shown->counters.packets, m_traffic.truth.packets);
            QCOMPARE(shown->progress.bytesRead, shown->progress.bytesTotal);
            QVERIFY(shown->timeRange);
            QVERIFY(observer.changes > 0);
            for (std::size_t i = 0; i < shown->flows->size(); ++i)
                bytes.push_back((*shown->flows)[i].bytes());
        }
        Engine engine(config(), observer);
        QVERIFY(QTest::qWaitFor([&] { return !engine.captures().empty(); }));
        const CaptureId id = engine.captures().front();
        QVERIFY(engine.snapshot(id)->phase == Phase::Stored);
        QCOMPARE(engine.snapshot(id)->counters.packets, m_traffic.truth.packets);
        QCOMPARE(engine.open(m_office), id);
        const auto again = waitForEnd(engine, id);
        QVERIFY(again);
        QVERIFY(again->fromStore);
        QVERIFY(again->phase == Phase::Finished);
        QCOMPARE(again->counters.packets, m_traffic.truth.packets);
        QCOMPARE(again->flows->size(), bytes.size());
        for (std::size_t i = 0; i < bytes.size(); ++i)
            QCOMPARE((*again->flows)[i].bytes(), bytes[i]);
        QVERIFY(!again->histogram->empty());
    }

    void noticesThatAFileChanged()
    {
        Observer observer;
        {
            Engine engine(config(), observer);
            QVERIFY(waitForEnd(engine, engine.open(m_office)));
        }
        auto other = generator::voiceTraffic({.seed = 9});
        m_directory->write("office.pcapng", other);
        Engine engine(config(), observer);
        const auto shown = waitForEnd(engine, engine.open(m_office));
        QVERIFY(shown);
        QVERIFY(!shown->fromStore);
        QCOMPARE(shown->counters.packets, other.truth.packets);
        QVERIFY(!shown->messages.empty());
        QVERIFY(shown->messages.front().text.find("analysed before") != std::string::npos);
    }

    void aFilteredAnalysisIsNotTakenForTheWhole()
    {
        Observer observer;
        pipeline::OpenOptions onlyNames;
        onlyNames.captureFilter = "udp port 53";
        {
            Engine engine(config(), observer);
            const auto filtered = waitForEnd(engine, engine.open(m_office, onlyNames));
            QVERIFY(filtered);
            QVERIFY(filtered->counters.packets < m_traffic.truth.packets);
        }
        Engine engine(config(), observer);
        const auto whole = waitForEnd(engine, engine.open(m_office));
        QVERIFY(whole);
        QCOMPARE(whole->counters.packets, m_traffic.truth.packets);
    }

    void noticesThatAFileMoved()
    {
        Observer observer;
        {
            Engine engine(config(), observer);
            QVERIFY(waitForEnd(engine, engine.open(m_office)));
        }
        const auto elsewhere = m_directory->path("elsewhere.pcapng");
        std::filesystem::rename(m_office, elsewhere);
        Engine engine(config(), observer);
        const auto shown = waitForEnd(engine, engine.open(elsewhere));
        QVERIFY(shown);
        QVERIFY(shown->fromStore);
        QCOMPARE(shown->counters.packets, m_traffic.truth.packets);
    }

    void saysWhyAFileCannotBeOpened()
    {
        Observer observer;
        Engine engine(config(), observer);
        const auto missing = waitForEnd(engine, engine.open(m_directory->path("nothing.pcap")));
        QVERIFY(missing);
        QVERIFY(missing->phase == Phase::Failed);
        QVERIFY(!missing->failure->message.empty());
        std::ofstream(m_directory->path("text.pcap")) << "this is no capture, only words and words and words\n";
        const auto text = waitForEnd(engine, engine.open(m_directory->path("text.pcap")));
        QVERIFY(text);
        QVERIFY(text->phase == Phase::Failed);
    }

    void cancelKeepsWhatWasRead()
    {
        const auto large = m_directory->path("large.pcap");
        generator::Output output;
        QVERIFY(output.openFile(large.string()));
        static_cast<void>(generator::streamTraffic(generator::StreamMix::Small,
                                                   {.seed = 1, .packets = 1'500'000, .flows = 20'000}, output));
        QVERIFY(output.finish());
        Observer observer;
        Engine engine(config(), observer);
        const CaptureId id = engine.open(large);
        QVERIFY(QTest::qWaitFor([&] { return engine.snapshot(id)->progress.packets > 0; }, 30'000));
        engine.cancel(id);
        const auto shown = waitForEnd(engine, id);
        QVERIFY(shown);
        QVERIFY(shown->phase == Phase::Cancelled);
        QVERIFY(shown->counters.packets > 0);
        QVERIFY(shown->counters.packets < 1'500'000);
        std::uint64_t packets = shown->counters.unmatched;
        for (std::size_t i = 0; i < shown->flows->size(); ++i)
            packets += (*shown->flows)[i].packets();
        QCOMPARE(packets, shown->counters.packets);
    }

    void removesACaptureFromTheWorkspace()
    {
        Observer observer;
        {
            Engine engine(config(), observer);
            const CaptureId id = engine.open(m_office);
            QVERIFY(waitForEnd(engine, id));
            engine.remove(id);
            QVERIFY(engine.captures().empty());
            QVERIFY(!engine.snapshot(id));
        }
        QVERIFY(std::filesystem::exists(m_office));
        Engine engine(config(), observer);
        const auto shown = waitForEnd(engine, engine.open(m_office));
        QVERIFY(shown);
        QVERIFY(!shown->fromStore);
    }

    void whatIsDecidedJustBeforeTheEndIsDone()
    {
        const auto large = m_directory->path("large.pcap");
        generator::Output output;
        QVERIFY(output.openFile(large.string()));
        static_cast<void>(generator::streamTraffic(generator::StreamMix::Small,
                                                   {.seed = 1, .packets = 500'000, .flows = 5'000}, output));
        QVERIFY(output.finish());
        Observer observer;
        {
            Engine engine(config(), observer);
            const CaptureId id = engine.open(m_office);
            QVERIFY(waitForEnd(engine, id));
            const CaptureId busy = engine.open(large);
            QVERIFY(QTest::qWaitFor([&] { return engine.snapshot(busy)->progress.packets > 0; }, 30'000));
            engine.remove(id);
            trends::Suppression rule;
            rule.reason = "expected";
            engine.suppress(rule);
        }
        Engine engine(config(), observer);
        const auto shown = waitForEnd(engine, engine.open(m_office));
        QVERIFY(shown);
        QVERIFY(!shown->fromStore);
        QCOMPARE(engine.suppressions().size(), std::size_t{1});
    }

    void worksWithoutAWorkspace()
    {
        Observer observer;
        EngineConfig noStore;
        Engine engine(noStore, observer);
        const auto shown = waitForEnd(engine, engine.open(m_office));
        QVERIFY(shown);
        QCOMPARE(shown->counters.packets, m_traffic.truth.packets);

        EngineConfig impossible;
        impossible.workspace = "/proc/no/such/place/w.timbre";
        Engine other(impossible, observer);
        const auto anyway = waitForEnd(other, other.open(m_office));
        QVERIFY(anyway);
        QCOMPARE(anyway->counters.packets, m_traffic.truth.packets);
        QVERIFY(other.workspace().problem);
    }

private:
    [[nodiscard]] EngineConfig config() const
    {
        EngineConfig config;
        config.workspace = m_directory->path("test.timbre");
        config.publishIntervalMs = 20;
        return config;
    }

    std::unique_ptr<test::CaptureDirectory> m_directory;
    generator::CapturedTraffic m_traffic;
    std::filesystem::path m_office;
};

QTEST_GUILESS_MAIN(EngineTest)
#include "engine_test.moc"
