// Pairs of hosts and recordings as subjects: whose packets belong together, which way they go, what happens at the cap,
// and that their checks are those a flow with the same packets would get.

#include "engine/resonance/subject_checks.h"
#include "engine/resonance/traffic_classes.h"

#include <QTest>

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

/// A flow from `initiator` to `responder`, both the last byte of their address.
flow::Flow flowBetween(std::uint32_t index, std::uint8_t initiator, std::uint8_t responder)
{
    flow::Flow flow;
    flow.record.index = index;
    flow.record.initiatorIsB = initiator > responder;
    decode::FlowKey& key = flow.record.key; // a is the lower address
    key.family = IpFamily::V4;
    key.l4 = decode::L4::Udp;
    key.addressA = {10, 0, 0, std::min(initiator, responder)};
    key.addressB = {10, 0, 0, std::max(initiator, responder)};
    return flow;
}

void send(HostPairs& pairs, flow::Flow& flow, flow::Side side, std::int64_t ms, std::uint32_t size = 200)
{
    ++flow.record.sides[static_cast<std::size_t>(side)].packets;
    flow::Frame frame;
    frame.time = {ms * 1'000'000};
    frame.originalLength = size;
    frame.payloadEntropy = 6.0F;
    const std::array<std::byte, 4> payload{};
    decode::Packet packet;
    packet.payload = payload;
    pairs.packet(flow, side, packet, frame);
}

} // namespace

class SubjectChecksTest : public QObject {
    Q_OBJECT

private slots:
    /// Two flows between the same hosts, begun from either side, are one pair; another host is another.
    void flowsOfTwoHostsAreOnePair()
    {
        HostPairs pairs({maskNamed("a")}, {});
        flow::Flow there = flowBetween(0, 1, 2);
        flow::Flow back = flowBetween(1, 2, 1);
        flow::Flow other = flowBetween(2, 1, 3);
        for (std::int64_t i = 0; i < 10; ++i) {
            send(pairs, there, flow::Side::Initiator, 10 * i);
            send(pairs, back, flow::Side::Responder, 10 * i + 1); // sent by host 1, too
            send(pairs, other, flow::Side::Initiator, 10 * i + 2);
        }
        pairs.finish();
        const auto checks = pairs.checks();
        QCOMPARE(checks->subjects.size(), std::size_t{2});
        QCOMPARE(checks->subjects[0].name, std::string("10.0.0.1 ↔ 10.0.0.2"));
        QCOMPARE(checks->subjects[0].flows, 2U);
        QCOMPARE(checks->subjects[0].packets, std::uint64_t{20});
        QCOMPARE(checks->subjects[1].flows, 1U);
        QCOMPARE(checks->results->checks.size(), std::size_t{2});
        const WindowRecord& window = checks->results->windows[0];
        QCOMPARE(window.packets[0], std::uint16_t{20}); // all from host 1
        QCOMPARE(window.packets[1], std::uint16_t{0});
        QVERIFY(checks->results->checks[0].final);
    }

    void everyThirtySeconds()
    {
        HostPairs pairs({maskNamed("a"), maskNamed("b")}, {});
        flow::Flow flow = flowBetween(0, 1, 2);
        for (std::int64_t ms = 0; ms <= 70'000; ms += 100)
            send(pairs, flow, flow::Side::Initiator, ms);
        QCOMPARE(pairs.checks()->results->checks.size(), std::size_t{4});
        pairs.finish();
        QCOMPARE(pairs.checks()->results->checks.size(), std::size_t{6});
    }

    void pairsPastTheCapAreCounted()
    {
        HostPairs pairs({maskNamed("a")}, {}, 1);
        flow::Flow first = flowBetween(0, 1, 2);
        flow::Flow second = flowBetween(1, 3, 4);
        for (std::int64_t i = 0; i < 10; ++i) {
            send(pairs, first, flow::Side::Initiator, i);
            send(pairs, second, flow::Side::Initiator, i);
        }
        pairs.finish();
        QCOMPARE(pairs.checks()->subjects.size(), std::size_t{1});
        QCOMPARE(pairs.checks()->subjectsRefused, std::uint64_t{1});
        QCOMPARE(pairs.checks()->results->checks.size(), std::size_t{1});
    }

    /// A recording of one flow scores what the flow scores.
    void aRecordingScoresLikeItsFlow()
    {
        const auto model = maskNamed("a");
        Random random(5);
        const RecordedFlow flow = makeFlow(TrafficClass::Voip, 400, random);
        recording::Recording recording;
        recording.facts.service = "call";
        FlowWindow window;
        for (const RecordedPacket& each : flow.packets) {
            window.add(each.packet, std::as_bytes(each.prefix.view()));
            recording::PacketRecord record;
            record.timestampNs = static_cast<std::uint64_t>(each.packet.time.ns);
            record.entropy = each.packet.entropy;
            record.size = each.packet.size;
            record.direction = each.packet.side == flow::Side::Initiator ? recording::Direction::Uplink
                                                                         : recording::Direction::Downlink;
            record.prefixLength = each.prefix.length;
            record.prefixBytes = each.prefix.bytes;
            recording.packets.push_back(record);
        }
        recording.totalPackets = 500;
        const auto checks = checkRecording(recording, {model}, {});
        QCOMPARE(checks->kind, SubjectKind::Recording);
        QCOMPARE(checks->subjects.size(), std::size_t{1});
        QCOMPARE(checks->subjects[0].name, std::string("call"));
        QCOMPARE(checks->packetsLeftOut, std::uint64_t{100});
        const CheckRecord& last = checks->results->checks[checks->results->checks.size() - 1];
        QVERIFY(last.final);
        QCOMPARE(last.exact, model->encoder.error(window.exactFeatures()));
        QCOMPARE(last.score, static_cast<float>(calibrated(WindowView(window), *model).score));
    }

    void nothingToCheck()
    {
        const auto checks = checkRecording({}, {maskNamed("a")}, {});
        QCOMPARE(checks->results->checks.size(), std::size_t{0});
        HostPairs pairs({maskNamed("a")}, {});
        pairs.finish();
        QVERIFY(pairs.checks()->subjects.empty());
    }
};

QTEST_GUILESS_MAIN(SubjectChecksTest)
#include "subject_checks_test.moc"
