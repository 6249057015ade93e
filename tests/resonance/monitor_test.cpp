// When flows are checked, what is kept, what happens at the caps, and what telemetry is gathered.

#include "engine/resonance/monitor.h"
#include "engine/resonance/telemetry.h"
#include "engine/resonance/traffic_classes.h"
#include "engine/resonance/what_if.h"

#include <QTest>

#include <cmath>

using namespace timbre;
using namespace timbre::resonance;

namespace {

std::shared_ptr<const MaskModel> maskNamed(const char* id)
{
    mask::MaskProfile mask;
    mask.id = id;
    mask.sizes.bins = {{60, 1500, 1.0F}};
    mask.gaps.family = mask::GapFamily::Exponential;
    mask.gaps.parameters = {0.05};
    mask.signatureVector.assign(kFeatures, 0.25F);
    std::fill_n(mask.signatureVector.begin(), 16, 1.0F / 16.0F);
    return *MaskModel::make(mask);
}

/// Sends packets of one flow into a monitor as an analysis would.
class Sender {
public:
    Sender(Monitor& monitor, std::uint32_t index)
        : m_monitor(monitor)
    {
        m_flow.record.index = index;
        m_flow.record.key.l4 = decode::L4::Udp;
    }

    void send(std::int64_t ms, flow::Side side = flow::Side::Initiator)
    {
        ++m_flow.record.sides[static_cast<std::size_t>(side)].packets;
        flow::Frame frame;
        frame.time = {ms * 1'000'000};
        frame.originalLength = 200;
        frame.payloadEntropy = 6.0F;
        decode::Packet packet;
        packet.key = m_flow.record.key;
        packet.payload = Bytes(m_payload);
        packet.payloadLength = static_cast<std::uint32_t>(m_payload.size());
        m_monitor.packet(m_flow, side, packet, frame);
    }
    void end()
    {
        m_flow.record.ended = true;
        m_monitor.flowEnded(m_flow.record);
    }
    void forget() { m_monitor.forget(m_flow.record); }

private:
    Monitor& m_monitor;
    flow::Flow m_flow;
    std::array<std::byte, 24> m_payload{};
};

} // namespace

class MonitorTest : public QObject {
    Q_OBJECT

private slots:
    void everyThirtySecondsAndAtTheEnd()
    {
        Monitor monitor({maskNamed("a"), maskNamed("b")}, {});
        Sender flow(monitor, 0);
        for (std::int64_t ms = 0; ms <= 70'000; ms += 100)
            flow.send(ms);
        QCOMPARE(monitor.results()->checks.size(), std::size_t{4}); // at 30 and 60 s, two masks each
        flow.end();
        const auto results = monitor.results();
        QCOMPARE(results->checks.size(), std::size_t{6});
        QCOMPARE(results->windows.size(), std::size_t{3});
        QCOMPARE(results->checks[0].time.ns, std::int64_t{29'900} * 1'000'000); // the last packet before it was due
        QVERIFY(!results->checks[3].final);
        QVERIFY(results->checks[4].final && results->checks[5].final);
        QCOMPARE(results->checks[4].packets, std::uint16_t{256});
        QCOMPARE(monitor.bestOf(0).mask, std::uint16_t{0}); // of equals the first
        flow.forget();
        QCOMPARE(monitor.bestOf(0).mask, kNoMask);
    }

    void scoresAreThoseOfTheParts()
    {
        const auto model = maskNamed("a");
        Monitor monitor({model}, {});
        Sender flow(monitor, 0);
        FlowWindow window;
        const std::array<std::byte, 24> payload{};
        for (std::int64_t i = 0; i < 300; ++i) {
            const auto side = i % 3 == 0 ? flow::Side::Responder : flow::Side::Initiator;
            flow.send(i * 20, side);
            window.add({{i * 20'000'000}, 6.0F, 200, side}, payload);
        }
        flow.end();
        const CheckRecord check = monitor.results()->checks[0];
        QCOMPARE(check.exact, model->encoder.error(window.exactFeatures()));
        QCOMPARE(check.status, statusOf(check.exact, {}));
        QCOMPARE(check.score, static_cast<float>(calibrated(WindowView(window), *model).score));
        const auto kept = featuresOf(monitor.results()->windows[check.window]);
        const Features seen = WindowView(window).side(flow::Side::Initiator).features;
        for (std::size_t i = 0; i < kFeatures; ++i)
            QVERIFY(std::abs(kept[0][i] - seen[i]) < 1e-4F);
    }

    /// Judged ahead by several threads, or one by one: the same checks in the same order. Some flows end otherwise than was
    /// said, some are too short.
    void lastChecksMadeAheadAreTheSame()
    {
        constexpr std::uint32_t kFlows = 700;
        const auto checksOf = [](bool ahead) {
            Monitor monitor({maskNamed("a"), maskNamed("b")}, {});
            std::vector<Sender> flows;
            for (std::uint32_t i = 0; i < kFlows; ++i)
                flows.emplace_back(monitor, i);
            for (std::uint32_t i = 0; i < kFlows; ++i) {
                for (std::uint32_t packet = 0; packet < 2 + i % 40; ++packet)
                    flows[i].send(packet * (1 + i % 97), packet % 3 == 0 ? flow::Side::Responder : flow::Side::Initiator);
            }
            std::vector<std::uint32_t> said;
            for (std::uint32_t i = 0; i < kFlows; ++i) {
                if (i % 50 != 7)
                    said.push_back(i);
            }
            if (ahead)
                monitor.prepareLastChecks(said);
            for (Sender& flow : flows)
                flow.end();
            return monitor.results();
        };
        const auto one = checksOf(false);
        const auto other = checksOf(true);
        QVERIFY(one->checks.size() > 1000);
        QCOMPARE(other->checks.size(), one->checks.size());
        QCOMPARE(other->counters.flowsTooShort, one->counters.flowsTooShort);
        for (std::size_t i = 0; i < one->checks.size(); ++i) {
            const CheckRecord& a = one->checks[i];
            const CheckRecord& b = other->checks[i];
            QVERIFY(a.flow == b.flow && a.mask == b.mask && a.window == b.window && a.time == b.time && a.final == b.final);
            QVERIFY(a.exact == b.exact && a.score == b.score && a.packets == b.packets && a.status == b.status);
        }
        for (std::size_t i = 0; i < one->windows.size(); ++i)
            QVERIFY(one->windows[i].flow == other->windows[i].flow && one->windows[i].features == other->windows[i].features);
    }

    /// Whoever gives up before the flows have ended leaves no thread behind that looks at them.
    void givenUpWhileOthersJudge()
    {
        constexpr std::uint32_t kFlows = 3000;
        for (const std::uint32_t ended : {0U, 1U, 100U}) {
            Monitor monitor({maskNamed("a")}, {});
            std::vector<Sender> flows;
            std::vector<std::uint32_t> numbers;
            for (std::uint32_t i = 0; i < kFlows; ++i) {
                flows.emplace_back(monitor, i);
                for (std::uint32_t packet = 0; packet < 20; ++packet)
                    flows[i].send(packet);
                numbers.push_back(i);
            }
            monitor.prepareLastChecks(numbers);
            for (std::uint32_t i = 0; i < ended; ++i)
                flows[i].end();
            QCOMPARE(monitor.results()->checks.size(), std::size_t{ended});
        }
    }

    /// The same samples through the reference's own module give the same exact score.
    void exactScoreIsThatOfTheCheckModule()
    {
        const auto model = maskNamed("a");
        Random random(3);
        const RecordedFlow flow = makeFlow(TrafficClass::Web, 400, random);
        FlowWindow window;
        auto module = CheckModule::make({});
        QVERIFY(module.ok());
        module->loadModel();
        std::vector<float> signature(kFeatures, 0.25F);
        std::fill_n(signature.begin(), 16, 1.0F / 16.0F);
        QVERIFY(module->registerMask("a", signature).ok());
        std::int64_t before = flow.packets.front().packet.time.ns;
        for (const RecordedPacket& recorded : flow.packets) {
            window.add(recorded.packet, std::as_bytes(recorded.prefix.view()));
            module->recordTraffic("s",
                                  {recorded.packet.size, static_cast<double>(recorded.packet.time.ns - before) / 1e6,
                                   static_cast<double>(recorded.packet.entropy)});
            before = recorded.packet.time.ns;
        }
        QCOMPARE(model->encoder.error(window.exactFeatures()), module->check("s", "a").score);
    }

    void shortFlowsAreCountedAndNotChecked()
    {
        Monitor monitor({maskNamed("a")}, {});
        Sender flow(monitor, 5);
        for (std::int64_t i = 0; i < 7; ++i)
            flow.send(i * 60'000);
        flow.end();
        QCOMPARE(monitor.results()->checks.size(), std::size_t{0});
        QCOMPARE(monitor.results()->counters.flowsTooShort, std::uint64_t{1});
    }

    void capsAreCounted()
    {
        MonitorSettings settings;
        settings.caps.checks = 3;
        settings.caps.windows = 1;
        settings.caps.masks = 2;
        Monitor monitor({maskNamed("a"), maskNamed("b"), maskNamed("c")}, settings);
        for (std::uint32_t index = 0; index < 2; ++index) {
            Sender flow(monitor, index);
            for (std::int64_t i = 0; i < 20; ++i)
                flow.send(i * 10);
            flow.end();
            flow.forget();
        }
        const MonitorCounters counters = monitor.results()->counters;
        QCOMPARE(counters.masksRefused, std::uint64_t{1});
        QCOMPARE(counters.checks, std::uint64_t{4});
        QCOMPARE(counters.checksDropped, std::uint64_t{1});
        QCOMPARE(counters.windowsDropped, std::uint64_t{1});
        QCOMPARE(monitor.results()->checks[2].window, kNoWindow);
    }

    void memoryIsBounded()
    {
        MonitorSettings settings;
        settings.caps.windowBytes = 1;
        Monitor monitor({maskNamed("a")}, settings);
        Sender first(monitor, 0);
        Sender second(monitor, 1);
        first.send(0);
        second.send(1);
        second.send(2);
        QCOMPARE(monitor.results()->counters.flowsNotWatched, std::uint64_t{1});
        first.end();
        first.forget(); // its memory is free again
        Sender third(monitor, 2);
        third.send(3);
        QCOMPARE(monitor.results()->counters.flowsNotWatched, std::uint64_t{1});
    }

    void whatIf()
    {
        Monitor monitor({maskNamed("a")}, {});
        Sender flow(monitor, 9);
        for (std::int64_t i = 0; i < 20; ++i)
            flow.send(i * 10);
        flow.end();
        const auto results = monitor.results();
        QCOMPARE(flipsOf(*results, kNoMask, results->limits).worse, std::size_t{0});
        const Flips flips = flipsOf(*results, 0, {0.0F, 0.0F});
        QCOMPARE(flips.checks, std::size_t{1});
        QCOMPARE(flips.worse, std::size_t{1});
        QCOMPARE(flips.flows, std::vector<std::uint32_t>{9});
        QCOMPARE(flipsOf(*results, 1, {0.0F, 0.0F}).checks, std::size_t{0});
    }

    void tcpTelemetry()
    {
        Telemetry telemetry;
        flow::Flow flow;
        flow.record.key.l4 = decode::L4::Tcp;
        flow.record.handshakeRttNs = 30'000'000;
        flow.record.sides[0].packets = 10;
        flow.record.sides[0].retransmissions = 1;
        decode::Packet packet;
        packet.key.l4 = decode::L4::Tcp;
        packet.tcpSequence = 0xffffffff; // across the wrap
        packet.payloadLength = 10;
        telemetry.packet(flow, flow::Side::Initiator, packet, {0});
        decode::Packet answer;
        answer.key.l4 = decode::L4::Tcp;
        answer.tcpFlags = decode::kTcpAck;
        answer.tcpAcknowledgement = 9;
        telemetry.packet(flow, flow::Side::Responder, answer, {50'000'000});
        const auto sample = telemetry.take(flow.record);
        QCOMPARE(*sample.loss, 0.1);
        QCOMPARE(*sample.roundTripMs, 40.0); // mean of handshake and acknowledgement
        const auto again = telemetry.take(flow.record);
        QVERIFY(!again.loss && !again.roundTripMs);
    }

    void aSegmentSentAgainGivesNoRoundTrip()
    {
        Telemetry telemetry;
        flow::Flow flow;
        flow.record.key.l4 = decode::L4::Tcp;
        decode::Packet segment;
        segment.key.l4 = decode::L4::Tcp;
        segment.tcpSequence = 100;
        segment.payloadLength = 10;
        telemetry.packet(flow, flow::Side::Initiator, segment, {0});
        telemetry.packet(flow, flow::Side::Initiator, segment, {200'000'000}); // whose acknowledgement will it be?
        decode::Packet answer;
        answer.key.l4 = decode::L4::Tcp;
        answer.tcpFlags = decode::kTcpAck;
        answer.tcpAcknowledgement = 110;
        telemetry.packet(flow, flow::Side::Responder, answer, {250'000'000});
        QVERIFY(!telemetry.take(flow.record).roundTripMs);
    }

    /// Expected are the numbers from the first to the highest; late packets fill their gap, doubled ones do not count.
    void rtpTelemetry_data()
    {
        QTest::addColumn<std::vector<int>>("numbers");
        QTest::addColumn<double>("loss");
        using List = std::vector<int>;
        QTest::newRow("two missing, one of them late, across the wrap")
            << List{65'534, 65'535, 0, 3, 2, 4} << 1.0 / 7.0;
        QTest::newRow("nothing missing") << List{1, 2, 3} << 0.0;
        QTest::newRow("sent twice") << List{1, 2, 2, 3, 3, 1} << 0.0;
        QTest::newRow("late and then again") << List{1, 3, 2, 2, 5} << 1.0 / 5.0;
        QTest::newRow("a jump is a new stream") << List{1, 2, 5000, 5001} << 0.0;
        QTest::newRow("what lies before the first packet") << List{10, 9, 8, 11} << 0.0;
    }
    void rtpTelemetry()
    {
        QFETCH(std::vector<int>, numbers);
        QFETCH(double, loss);
        Telemetry telemetry;
        flow::Flow flow = mediaFlow();
        for (const int number : numbers)
            media(telemetry, flow, flow::Side::Initiator, 7, number);
        QCOMPARE(*telemetry.take(flow.record).loss, loss);
        QVERIFY(!telemetry.take(flow.record).loss);
    }

    void rtcpTelemetry()
    {
        Telemetry telemetry;
        flow::Flow flow = mediaFlow();
        media(telemetry, flow, flow::Side::Initiator, 7, 1);
        // An unknown source says nothing: this is what an encrypted report looks like. Of two blocks the worse counts.
        receiverReport(telemetry, flow, {{99, 255}, {7, 64}}, 0);
        QCOMPARE(*telemetry.take(flow.record).loss, 0.25);
        receiverReport(telemetry, flow, {{99, 255}}, 0);
        QVERIFY(!telemetry.take(flow.record).loss);
        std::array<std::byte, 12> cut{};
        cut[0] = std::byte{0x81};
        cut[1] = std::byte{201};
        decode::Packet packet;
        packet.payload = cut; // ends before its report block
        telemetry.packet(flow, flow::Side::Responder, packet, {0});
        QVERIFY(!telemetry.take(flow.record).loss);
    }

    /// A sender report seen at 1 s, answered at 1.18 s by a report that says it waited 100 ms: 80 ms to there and back.
    void rtcpRoundTrip()
    {
        Telemetry telemetry;
        flow::Flow flow = mediaFlow();
        std::array<std::byte, 28> sender{};
        sender[0] = std::byte{0x80};
        sender[1] = std::byte{200};
        sender[7] = std::byte{7};     // source
        sender[10] = std::byte{0x12}; // middle of the NTP time: 0x12340056
        sender[11] = std::byte{0x34};
        sender[13] = std::byte{0x56};
        decode::Packet packet;
        packet.key = flow.record.key;
        packet.payload = sender;
        telemetry.packet(flow, flow::Side::Initiator, packet, {1'000'000'000});
        receiverReport(telemetry, flow, {{7, 0}}, 1'180'000'000, 0x12340056, 6554);
        const auto sample = telemetry.take(flow.record);
        QVERIFY(sample.roundTripMs.has_value());
        QVERIFY(std::abs(*sample.roundTripMs - 80.0) < 0.1);
        receiverReport(telemetry, flow, {{7, 0}}, 1'180'000'000, 0x11111111, 6554); // answers another report
        QVERIFY(!telemetry.take(flow.record).roundTripMs);
    }

private:
    static flow::Flow mediaFlow()
    {
        flow::Flow flow;
        flow.record.key.l4 = decode::L4::Udp;
        flow.record.app = flow::App::Rtp;
        return flow;
    }
    static void media(Telemetry& telemetry, const flow::Flow& flow, flow::Side side, std::uint8_t source, int number)
    {
        std::array<std::byte, 12> header{};
        header[0] = std::byte{0x80};
        header[2] = static_cast<std::byte>(number >> 8);
        header[3] = static_cast<std::byte>(number & 0xff);
        header[11] = static_cast<std::byte>(source);
        decode::Packet packet;
        packet.key = flow.record.key;
        packet.payload = header;
        telemetry.packet(flow, side, packet, {0});
    }
    struct Block {
        std::uint8_t source;
        std::uint8_t lost; // of 256
    };
    static void receiverReport(Telemetry& telemetry, const flow::Flow& flow, const std::vector<Block>& blocks,
                               std::int64_t timeNs, std::uint32_t lastReport = 0, std::uint32_t delay = 0)
    {
        std::vector<std::byte> report(8 + 24 * blocks.size());
        report[0] = static_cast<std::byte>(0x80U | blocks.size());
        report[1] = std::byte{201};
        for (std::size_t i = 0; i < blocks.size(); ++i) {
            std::byte* block = report.data() + 8 + 24 * i;
            block[3] = static_cast<std::byte>(blocks[i].source);
            block[4] = static_cast<std::byte>(blocks[i].lost);
            for (std::size_t k = 0; k < 4; ++k) {
                block[16 + k] = static_cast<std::byte>(lastReport >> (24 - 8 * k));
                block[20 + k] = static_cast<std::byte>(delay >> (24 - 8 * k));
            }
        }
        decode::Packet packet;
        packet.key = flow.record.key;
        packet.payload = report;
        telemetry.packet(flow, flow::Side::Responder, packet, {timeNs});
    }
};

QTEST_GUILESS_MAIN(MonitorTest)
#include "monitor_test.moc"
