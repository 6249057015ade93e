// The search for packets of flows, against captures whose content is known, and its behaviour as a worker.

#include "engine/pipeline/analysis_run.h"
#include "engine/pipeline/packet_loader.h"
#include "engine/pipeline/packet_scan.h"
#include "tests/generator/capture_file.h"
#include "tests/generator/scenario.h"
#include "tests/generator/stream_traffic.h"
#include "tests/pipeline/pipeline_fixtures.h"

#include <QtTest/QtTest>

#include <condition_variable>
#include <map>
#include <set>

using namespace timbre;
using namespace timbre::pipeline;

namespace {

/// The analysis of a file, with many checkpoints.
CaptureSnapshot analysed(const std::filesystem::path& path)
{
    test::KeptFlows sink;
    RunOptions options;
    options.reader.blockBytes = 32U << 10U;
    auto run = AnalysisRun::open(path, options, sink);
    CaptureSnapshot snapshot;
    if (!run)
        return snapshot;
    while ((*run)->step()) {
    }
    (*run)->finish();
    describe(**run, {}, snapshot);
    snapshot.path = path;
    snapshot.phase = Phase::Finished;
    return snapshot;
}

struct Found {
    std::vector<PacketRow> rows;
    std::vector<capture::Checkpoint> places; // by row
    ScanReport last;
    int reports = 0;
};

Found scan(const ScanRequest& request)
{
    Found found;
    scanPackets(7, request, {}, [&found](const ScanReport& report) {
        ++found.reports;
        if (report.chunk) {
            for (const PacketRow& row : report.chunk->rows) {
                found.rows.push_back(row);
                found.places.push_back(report.chunk->places[row.place]);
            }
        }
        found.last = report;
    });
    return found;
}

/// Collects what a worker reports.
class Reports {
public:
    PacketScan::Callback callback()
    {
        return [this](const ScanReport& report) {
            std::lock_guard lock(m_mutex);
            m_reports.push_back(report);
            m_changed.notify_all();
        };
    }
    /// The last report of this request, or nothing after ten seconds.
    std::optional<ScanReport> waitFinished(std::uint64_t request)
    {
        std::unique_lock lock(m_mutex);
        std::optional<ScanReport> result;
        m_changed.wait_for(lock, std::chrono::seconds(10), [&] {
            for (const ScanReport& report : m_reports) {
                if (report.finished && report.request == request)
                    result = report;
            }
            return result.has_value();
        });
        return result;
    }
    std::set<std::uint64_t> finishedRequests()
    {
        std::lock_guard lock(m_mutex);
        std::set<std::uint64_t> numbers;
        for (const ScanReport& report : m_reports) {
            if (report.finished)
                numbers.insert(report.request);
        }
        return numbers;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<ScanReport> m_reports;
};

} // namespace

class PacketScanTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void everyPacketOfEveryFlow_data();
    void everyPacketOfEveryFlow();
    void sumsEqualTheGroundTruth();
    void severalFlowsAtOnce();
    void allPacketsKnowTheirFlow();
    void timeRange();
    void capIsReported();
    void withoutCheckpoints();
    void vanishedFile();
    void changedFile();
    void cutFileOfTheSameName();
    void noFlowsWanted();
    void loadsPacketsByNumberAndPlace();
    void textsOfPackets();
    void mediaIsNamedWhenItsFlowIsKnown();
    void newestRequestWins();
    void cancelStopsQuickly();
    void loaderOnItsThread();

private:
    test::CaptureDirectory m_dir;
    std::filesystem::path m_large; // 200,000 packets, 5,000 flows
    CaptureSnapshot m_largeCapture;
    generator::GroundTruth m_largeTruth;
};

void PacketScanTest::initTestCase()
{
    m_large = m_dir.path("large.pcap");
    generator::Output output;
    QVERIFY(output.openFile(m_large.string()));
    generator::StreamOptions options;
    options.packets = 200'000;
    options.flows = 5'000;
    m_largeTruth = generator::streamTraffic(generator::StreamMix::Mixed, options, output);
    QVERIFY(output.finish());
    m_largeCapture = analysed(m_large);
    QCOMPARE(m_largeCapture.counters.packets, std::uint64_t{200'000});
    QVERIFY(m_largeCapture.checkpoints && m_largeCapture.checkpoints->size() > 4);
}

void PacketScanTest::everyPacketOfEveryFlow_data()
{
    QTest::addColumn<QString>("scenario");
    QTest::addColumn<bool>("pcapng");
    for (const char* name : {"office", "voice", "tunnels", "links", "endings"}) {
        QTest::addRow("%s pcapng", name) << QString::fromLatin1(name) << true;
        if (std::string_view(name) != "links") // has several interfaces
            QTest::addRow("%s pcap", name) << QString::fromLatin1(name) << false;
    }
}

void PacketScanTest::everyPacketOfEveryFlow()
{
    QFETCH(QString, scenario);
    QFETCH(bool, pcapng);
    auto traffic = generator::scenarioByName(scenario.toStdString(), {});
    QVERIFY(traffic);
    generator::CaptureFileOptions options;
    options.format = pcapng ? generator::FileFormat::Pcapng : generator::FileFormat::Pcap;
    const CaptureSnapshot capture = analysed(m_dir.write("one", *traffic, options));
    QVERIFY(capture.flows->size() > 0);
    for (std::uint32_t flow = 0; flow < capture.flows->size(); ++flow) {
        const flow::FlowRecord& record = (*capture.flows)[flow];
        const Found found = scan(scanOfFlows(capture, {flow}));
        QVERIFY2(!found.last.failure, found.last.failure ? found.last.failure->message.c_str() : "");
        QVERIFY(found.last.finished);
        QCOMPARE(found.rows.size(), record.packets());
        QCOMPARE(found.rows.front().number, record.firstPacket);
        QCOMPARE(found.rows.back().number, record.lastPacket);
        std::array<std::uint64_t, 2> captured{};
        std::array<std::uint64_t, 2> original{};
        std::array<std::uint64_t, 2> payload{};
        for (const PacketRow& row : found.rows) {
            QCOMPARE(row.flow, flow);
            const auto side = static_cast<std::size_t>(row.direction);
            QVERIFY(side < 2);
            captured[side] += row.capturedLength;
            original[side] += row.originalLength;
            payload[side] += row.payloadLength;
        }
        for (std::size_t side = 0; side < 2; ++side) {
            QCOMPARE(captured[side], record.sides[side].bytes);
            QCOMPARE(original[side], record.sides[side].originalBytes);
            QCOMPARE(payload[side], record.sides[side].payloadBytes);
        }
    }
}

void PacketScanTest::sumsEqualTheGroundTruth()
{
    // The tracker may cut a conversation into several flows, so conversations are compared: all flows of a port pair.
    using Ends = std::pair<std::string, std::string>;
    std::map<Ends, std::uint64_t> expected;
    const auto ends = [](std::string a, std::string b) { return a < b ? Ends(a, b) : Ends(b, a); };
    for (const generator::FlowTruth& truth : m_largeTruth.flows) {
        const auto text = [](const generator::Endpoint& end) {
            return end.address.text() + "/" + std::to_string(end.port);
        };
        expected[ends(text(truth.client), text(truth.server))] += truth.packets();
    }
    std::map<Ends, std::vector<std::uint32_t>> flows;
    for (std::uint32_t flow = 0; flow < m_largeCapture.flows->size(); ++flow) {
        const decode::FlowKey& key = (*m_largeCapture.flows)[flow].key;
        flows[ends(toString(key.a()) + "/" + std::to_string(key.portA),
                   toString(key.b()) + "/" + std::to_string(key.portB))]
            .push_back(flow);
    }
    int compared = 0;
    for (const auto& [pair, packets] : expected) {
        if (compared++ == 100)
            break;
        QVERIFY2(flows.contains(pair), (pair.first + " " + pair.second).c_str());
        QCOMPARE(scan(scanOfFlows(m_largeCapture, flows[pair])).rows.size(), packets);
    }
    QVERIFY(compared >= 100);
}

void PacketScanTest::severalFlowsAtOnce()
{
    // Far apart in the file, so that the search jumps between them; asked for twice, found once.
    const auto last = static_cast<std::uint32_t>(m_largeCapture.flows->size() - 1);
    const std::vector<std::uint32_t> wanted = {last, 0, last / 2, 0};
    const Found found = scan(scanOfFlows(m_largeCapture, wanted));
    std::uint64_t expected = 0;
    for (const std::uint32_t flow : {0U, last / 2, last})
        expected += (*m_largeCapture.flows)[flow].packets();
    QCOMPARE(found.rows.size(), expected);
    for (std::size_t i = 1; i < found.rows.size(); ++i)
        QVERIFY(found.rows[i - 1].number < found.rows[i].number);
}

void PacketScanTest::allPacketsKnowTheirFlow()
{
    const Found found = scan(scanOfAllPackets(m_largeCapture));
    QCOMPARE(found.rows.size(), std::size_t{200'000});
    QVERIFY(found.reports > 2); // they came in parts
    std::map<std::uint32_t, std::uint64_t> perFlow;
    for (std::size_t i = 0; i < found.rows.size(); ++i) {
        QCOMPARE(found.rows[i].number, i + 1);
        ++perFlow[found.rows[i].flow];
    }
    for (std::uint32_t flow = 0; flow < m_largeCapture.flows->size(); ++flow)
        QCOMPARE(perFlow[flow], (*m_largeCapture.flows)[flow].packets());
}

void PacketScanTest::timeRange()
{
    const Timestamp begin = m_largeCapture.timeRange->begin;
    const TimeRange range{{begin.ns + kNsPerSecond}, {begin.ns + 2 * kNsPerSecond}};
    ScanRequest request = scanOfAllPackets(m_largeCapture);
    const Found all = scan(request);
    request.range = range;
    const Found found = scan(request);
    const auto inRange = std::count_if(all.rows.begin(), all.rows.end(),
                                       [&range](const PacketRow& row) { return range.contains(row.time); });
    QVERIFY(inRange > 0);
    QCOMPARE(found.rows.size(), static_cast<std::size_t>(inRange));
    QVERIFY(!found.last.failure);
}

void PacketScanTest::capIsReported()
{
    ScanRequest request = scanOfAllPackets(m_largeCapture);
    request.maxRows = 1'000;
    const Found capped = scan(request);
    QCOMPARE(capped.rows.size(), std::size_t{1'000});
    QVERIFY(capped.last.capped && capped.last.finished);
    request.maxRows = 200'000; // exactly as many as there are: nothing is missing
    const Found complete = scan(request);
    QCOMPARE(complete.rows.size(), std::size_t{200'000});
    QVERIFY(!complete.last.capped);
}

void PacketScanTest::withoutCheckpoints()
{
    const auto last = static_cast<std::uint32_t>(m_largeCapture.flows->size() - 1);
    ScanRequest request = scanOfFlows(m_largeCapture, {last});
    request.checkpoints = nullptr;
    QCOMPARE(scan(request).rows.size(), (*m_largeCapture.flows)[last].packets());
}

void PacketScanTest::vanishedFile()
{
    ScanRequest request = scanOfFlows(m_largeCapture, {0});
    request.path = m_dir.path("gone.pcap");
    const Found found = scan(request);
    QVERIFY(found.rows.empty());
    QVERIFY(found.last.finished && found.last.failure);
    QCOMPARE(found.last.failure->code, ErrorCode::NotFound);
}

void PacketScanTest::changedFile()
{
    ScanRequest request = scanOfFlows(m_largeCapture, {0});
    request.fileBytes += 1;
    const Found found = scan(request);
    QVERIFY(found.last.failure);
    QCOMPARE(found.last.failure->code, ErrorCode::Invalid);
}

void PacketScanTest::cutFileOfTheSameName()
{
    // The size is not known here, so only the missing packets tell.
    const std::filesystem::path copy = m_dir.path("cut.pcap");
    std::filesystem::copy_file(m_large, copy);
    std::filesystem::resize_file(copy, std::filesystem::file_size(copy) / 2);
    const auto last = static_cast<std::uint32_t>(m_largeCapture.flows->size() - 1);
    ScanRequest request = scanOfFlows(m_largeCapture, {last});
    request.path = copy;
    request.fileBytes = 0;
    request.checkpoints = nullptr;
    const Found found = scan(request);
    QVERIFY(found.last.finished && found.last.failure);
    QVERIFY(found.rows.size() < (*m_largeCapture.flows)[last].packets());
}

void PacketScanTest::noFlowsWanted()
{
    const Found found = scan(scanOfFlows(m_largeCapture, {0xfffffff0}));
    QVERIFY(found.rows.empty());
    QVERIFY(found.last.finished && !found.last.failure);
}

void PacketScanTest::loadsPacketsByNumberAndPlace()
{
    const auto flow = static_cast<std::uint32_t>(m_largeCapture.flows->size() / 2);
    const Found found = scan(scanOfFlows(m_largeCapture, {flow}));
    std::vector<PacketPlace> places;
    for (std::size_t i = 0; i < std::min<std::size_t>(found.rows.size(), 50); ++i)
        places.push_back({found.rows[i].number, found.places[i], flow::App::Unknown});
    std::reverse(places.begin(), places.end());
    const auto loaded = loadPackets(m_large, m_largeCapture.facts.fileBytes, places, {});
    QVERIFY(loaded);
    QCOMPARE(loaded->size(), places.size());
    for (std::size_t i = 0; i < loaded->size(); ++i) {
        const LoadedPacket& packet = (*loaded)[i];
        QCOMPARE(packet.number, found.rows[i].number);
        QCOMPARE(packet.bytes.size(), std::size_t{found.rows[i].capturedLength});
        QCOMPARE(packet.time, found.rows[i].time);
        const decode::Packet decoded = decode::decodeOuter(packet.linkType, packet.bytes);
        QVERIFY(decoded.key == (*m_largeCapture.flows)[flow].key);
        const auto alone = loadPacket(m_large, 0, m_largeCapture.checkpoints.get(), packet.number);
        QVERIFY(alone);
        QVERIFY(alone->bytes == packet.bytes);
    }
    const auto beyond = loadPacket(m_large, 0, m_largeCapture.checkpoints.get(), 999'999'999);
    QVERIFY(!beyond);
    QVERIFY(beyond.error().message.find("999999999") != std::string::npos);
}

void PacketScanTest::textsOfPackets()
{
    const auto first = loadPacket(m_large, 0, nullptr, 1);
    QVERIFY(first);
    const PacketText text = textOf(*first);
    QVERIFY(!text.source.empty() && !text.destination.empty());
    QVERIFY(!text.protocol.empty() && !text.info.empty());
    QVERIFY(!describePacket(*first).layers.empty());
}

void PacketScanTest::mediaIsNamedWhenItsFlowIsKnown()
{
    auto traffic = generator::scenarioByName("voice", {});
    QVERIFY(traffic);
    const CaptureSnapshot capture = analysed(m_dir.write("voice", *traffic));
    std::uint32_t media = 0;
    while (media < capture.flows->size() && (*capture.flows)[media].app != flow::App::Rtp)
        ++media;
    QVERIFY(media < capture.flows->size());
    const Found found = scan(scanOfFlows(capture, {media}));
    const auto loaded =
        loadPackets(capture.path, 0, {{found.rows.front().number, found.places.front(), flow::App::Rtp}}, {});
    QVERIFY(loaded);
    QCOMPARE(textOf(loaded->front()).protocol, std::string("RTP"));
}

void PacketScanTest::newestRequestWins()
{
    Reports reports;
    PacketScan worker(reports.callback());
    std::uint64_t number = 0;
    for (int i = 0; i < 50; ++i)
        number = worker.start(scanOfAllPackets(m_largeCapture));
    const std::uint64_t newest = worker.start(scanOfFlows(m_largeCapture, {0}));
    QCOMPARE(newest, number + 1);
    const auto last = reports.waitFinished(newest);
    QVERIFY(last);
    QCOMPARE(last->rowsSoFar, (*m_largeCapture.flows)[0].packets());
    QCOMPARE(reports.finishedRequests(), std::set<std::uint64_t>{newest});
}

void PacketScanTest::cancelStopsQuickly()
{
    Reports reports;
    PacketScan worker(reports.callback());
    const std::uint64_t number = worker.start(scanOfAllPackets(m_largeCapture));
    worker.cancel();
    const std::uint64_t next = worker.start(scanOfFlows(m_largeCapture, {1}));
    QVERIFY(reports.waitFinished(next));
    QVERIFY(!reports.finishedRequests().contains(number));
}

void PacketScanTest::loaderOnItsThread()
{
    std::mutex mutex;
    std::condition_variable changed;
    std::vector<LoadReport> reports;
    PacketLoader loader([&](LoadReport report) {
        std::lock_guard lock(mutex);
        reports.push_back(std::move(report));
        changed.notify_all();
    });
    loader.start({m_large, 0, {{5, {}, flow::App::Unknown}}});
    const std::uint64_t newest = loader.start({m_large, 0, {{3, {}, flow::App::Unknown}, {1, {}, flow::App::Unknown}}});
    {
        std::unique_lock lock(mutex);
        QVERIFY(changed.wait_for(lock, std::chrono::seconds(10),
                                 [&] { return !reports.empty() && reports.back().request == newest; }));
        QVERIFY(!reports.back().failure);
        QCOMPARE(reports.back().items.size(), std::size_t{2});
        QCOMPARE(reports.back().items.front().packet.number, std::uint64_t{1});
        QVERIFY(!reports.back().items.front().text.info.empty());
    }
    const std::uint64_t gone = loader.start({m_dir.path("gone.pcap"), 0, {{1, {}, flow::App::Unknown}}});
    std::unique_lock lock(mutex);
    QVERIFY(changed.wait_for(lock, std::chrono::seconds(10), [&] { return reports.back().request == gone; }));
    QVERIFY(reports.back().failure);
}

QTEST_GUILESS_MAIN(PacketScanTest)
#include "packet_scan_test.moc"
