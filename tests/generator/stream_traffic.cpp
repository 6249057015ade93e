#include "tests/generator/stream_traffic.h"

#include "tests/generator/many_flows_private.h"
#include "tests/generator/stream_counts_private.h"
#include "tests/generator/stream_flow.h"

#include <queue>

#include <algorithm>
#include <array>

namespace timbre::generator {

namespace {

/// How often a kind of flow occurs and how long it gets.
struct KindShare {
    FlowKind kind;
    std::uint32_t perMille;
    std::uint64_t low;
    std::uint64_t high;
    bool scales;               // its packets follow the wanted mean of the file
    std::uint64_t minimum = 6; // handshake and ending
};

constexpr std::array<KindShare, 9> kMixed{{
    {FlowKind::Tls, 440, 14, 120, true, 8},
    {FlowKind::Dns, 230, 2, 2, false, 1},
    {FlowKind::Http, 150, 12, 100, true, 8},
    {FlowKind::Quic, 100, 12, 160, true, 1},
    {FlowKind::Bulk, 20, 150, 900, true, 8},
    {FlowKind::Voice, 15, 200, 1'200, true, 1},
    {FlowKind::Refused, 20, 2, 2, false, 2},
    {FlowKind::Unanswered, 10, 1, 3, false, 1},
    {FlowKind::Game, 15, 20, 400, true, 1},
}};

constexpr std::array<KindShare, 6> kSmall{{
    {FlowKind::Chat, 420, 20, 300, true, 8},
    {FlowKind::Game, 360, 40, 400, true, 1},
    {FlowKind::Dns, 170, 2, 2, false, 1},
    {FlowKind::Voice, 10, 100, 400, true, 1},
    {FlowKind::Refused, 25, 2, 2, false, 2},
    {FlowKind::Unanswered, 15, 1, 3, false, 1},
}};

/// Shares out the packets of the file among its flows so that both totals come out exactly.
class Planner {
public:
    Planner(std::span<const KindShare> shares, const StreamOptions& options, Random random)
        : m_shares(shares)
        , m_random(random)
        , m_packetsLeft(std::max(options.packets, options.flows))
        , m_flowsLeft(options.flows)
    {
        constexpr std::uint64_t kDraws = 20'000;
        Random sample = m_random.fork();
        for (std::uint64_t i = 0; i < kDraws; ++i) {
            const KindShare& share = draw(sample);
            (share.scales ? m_scalingMean : m_fixedMean) += sample.longTail(share.low, share.high);
        }
        m_scalingMean = std::max<std::uint64_t>(m_scalingMean * 1000 / kDraws, 1);
        m_fixedMean = m_fixedMean * 1000 / kDraws;
    }

    struct Plan {
        FlowKind kind = FlowKind::Probe;
        std::uint64_t packets = 1;
    };

    /// Requires: called `options.flows` times at most.
    [[nodiscard]] Plan next()
    {
        const std::uint64_t mostPossible = m_packetsLeft - (m_flowsLeft - 1); // every later flow needs one
        const std::uint64_t wantedMean = m_packetsLeft * 1000 / m_flowsLeft;
        const KindShare& share = draw(m_random);
        std::uint64_t packets = m_random.longTail(share.low, share.high);
        if (share.scales) {
            const std::uint64_t scalingPart = wantedMean > m_fixedMean ? wantedMean - m_fixedMean : 1;
            packets = std::max(packets * scalingPart / m_scalingMean, share.minimum);
        }
        Plan plan{share.kind, packets};
        if (packets > mostPossible) {
            plan = {FlowKind::Probe, mostPossible};
        }
        if (m_flowsLeft == 1 && plan.packets != m_packetsLeft) {
            plan = lastOne();
        }
        m_packetsLeft -= plan.packets;
        --m_flowsLeft;
        return plan;
    }

private:
    [[nodiscard]] const KindShare& draw(Random& random) const
    {
        std::uint32_t at = random.below(1000);
        for (const auto& share : m_shares) {
            if (at < share.perMille) {
                return share;
            }
            at -= share.perMille;
        }
        return m_shares.front();
    }

    [[nodiscard]] Plan lastOne() const
    {
        const KindShare& usual = m_shares.front();
        return {m_packetsLeft >= usual.minimum ? usual.kind : FlowKind::Probe, m_packetsLeft};
    }

    std::span<const KindShare> m_shares;
    Random m_random;
    std::uint64_t m_packetsLeft;
    std::uint64_t m_flowsLeft;
    std::uint64_t m_scalingMean = 0; // thousandths of packets per flow that the scaling kinds bring
    std::uint64_t m_fixedMean = 0;
};

class StreamRun {
public:
    StreamRun(StreamMix mix, const StreamOptions& options, Output& output, GroundTruth& truth)
        : m_options(options)
        , m_truth(truth)
        , m_counts(truth)
        , m_file(output, options.format)
        , m_random(options.seed)
        , m_pool(m_random.next())
        , m_script(m_random.next())
        , m_planner(mix == StreamMix::Small ? std::span<const KindShare>(kSmall) : kMixed, options, m_random.fork())
        , m_arrivalGapNs(std::max(options.packets, options.flows) * 1'000'000'000 / options.packetsPerSecond /
                         options.flows)
    {
    }

    void run()
    {
        std::uint64_t started = 0;
        std::uint64_t arrivalNs = m_options.startNs;
        while (started < m_options.flows || !m_due.empty()) {
            if (started < m_options.flows && (m_due.empty() || arrivalNs <= m_due.top().timeNs)) {
                startFlow(arrivalNs, started++);
                arrivalNs = m_options.startNs + started * m_arrivalGapNs + m_random.between(0, m_arrivalGapNs);
            } else {
                const Due due = m_due.top();
                m_due.pop();
                sendPacket(due);
            }
        }
        m_counts.finish();
    }

private:
    struct Due {
        std::uint64_t timeNs;
        std::uint32_t slot;

        bool operator<(const Due& other) const // the queue's top is the earliest
        {
            return timeNs != other.timeNs ? timeNs > other.timeNs : slot > other.slot;
        }
    };

    void startFlow(std::uint64_t timeNs, std::uint64_t number)
    {
        if (m_free.empty()) {
            m_free.push_back(low32(m_flows.size()));
            m_flows.emplace_back();
        }
        const std::uint32_t slot = m_free.back();
        m_free.pop_back();
        const auto plan = m_planner.next();
        LiveFlow& flow = m_flows[slot];
        flow = LiveFlow{};
        flow.kind = plan.kind;
        flow.remaining = plan.packets;
        flow.startNs = timeNs;
        flow.salt = low32(m_random.next());
        flow.roundTripUs = low32(m_random.longTail(2'000, 120'000));
        flow.lossPerMille = m_random.chance(200) ? 8 : 0;
        flow.endsByReset = m_random.chance(40);
        flow.next[0] = low32(m_random.next());
        flow.next[1] = low32(m_random.next());
        // Names are asked for in order first, so that most later flows go to hosts with a known name.
        flow.host =
            flow.kind == FlowKind::Dns && m_resolved < kHosts ? m_resolved++ : m_random.below(std::max(m_resolved, 8U));
        setEnds(flow, number);
        openTruth(flow);
        m_due.push({timeNs, slot});
    }

    void setEnds(LiveFlow& flow, std::uint64_t number)
    {
        constexpr std::array<std::uint16_t, kFlowKinds> kPorts{53,     443,  80,  443,  5201,  4000,
                                                               27'015, 4050, 445, 8443, 33'434};
        const bool udp = flow.kind == FlowKind::Dns || flow.kind == FlowKind::Quic || flow.kind == FlowKind::Voice ||
                         flow.kind == FlowKind::Game || flow.kind == FlowKind::Probe;
        const bool v6 = flow.kind != FlowKind::Dns && m_random.chance(150);
        const Host& host = m_script.host(flow.host);
        // 250 clients; a client takes its ports one after the other, so a port pair comes back only after
        // 40,000 flows of that client.
        const std::uint32_t client = low32(number % 250);
        flow.fast.protocol = udp ? kProtoUdp : kProtoTcp;
        flow.fast.ends[0] = {v6 ? IpAddress::v6(0x20010db8'00aa0001U, client + 16)
                                : IpAddress::v4(0x0a000010U + client),
                             low16(20'000 + number / 250 % 40'000)};
        flow.fast.ends[1] = {v6 ? host.v6 : host.v4, kPorts[static_cast<std::size_t>(flow.kind)]};
        if (flow.kind == FlowKind::Dns) {
            flow.fast.ends[1].address = IpAddress::v4(10, 0, 0, 2);
        } else if (flow.kind == FlowKind::Voice) {
            flow.fast.ends[1].port = low16(16'384 + 2 * m_random.below(8'000));
        }
        flow.fast.ttl[1] = low8(48 + m_random.below(15));
        flow.fast.identification[0] = low16(flow.salt);
        flow.fast.identification[1] = low16(flow.salt >> 16);
        flow.fast.prepare();
    }

    void openTruth(LiveFlow& flow)
    {
        flow.truthIndex = m_counts.openFlow(flow.fast, flowKindName(flow.kind));
        if (flow.truthIndex == kNoFlow) {
            return;
        }
        FlowTruth& truth = m_truth.flows[flow.truthIndex];
        const std::string& name = m_script.host(flow.host).name;
        if (flow.kind == FlowKind::Tls) {
            truth.sni = name;
        } else if (flow.kind == FlowKind::Http) {
            truth.httpHost = name;
        }
        if (flow.kind == FlowKind::Dns) {
            m_truth.dnsNames.push_back({name, m_script.host(flow.host).v4});
        }
    }

    [[nodiscard]] static std::string_view endingOf(const LiveFlow& flow)
    {
        if (flow.fast.protocol == kProtoUdp) {
            return "";
        }
        if (flow.kind == FlowKind::Refused || flow.kind == FlowKind::Unanswered) {
            return flowKindName(flow.kind);
        }
        return flow.endsByReset ? "rst-by-client" : "fin";
    }

    void sendPacket(const Due& due)
    {
        LiveFlow& flow = m_flows[due.slot];
        const auto step = m_script.next(flow, due.timeNs);
        const std::size_t length = fastFrameLength(flow.fast, step.packet);
        writeFastFrame(m_file.begin(due.timeNs, low32(length)), flow.fast, step.packet, m_pool);
        m_counts.packet(flow.fast.protocol, due.timeNs, length);
        if (flow.truthIndex != kNoFlow) {
            m_counts.listedPacket(flow.truthIndex, step.packet, due.timeNs, length);
            m_truth.flows[flow.truthIndex].retransmissions += step.retransmission ? 1 : 0;
        }
        if (flow.remaining > 0) {
            m_due.push({due.timeNs + step.pauseNs, due.slot});
            return;
        }
        const std::string_view ending = endingOf(flow);
        if (!ending.empty()) {
            ++m_truth.flowsByEnding[std::string(ending)];
        }
        if (flow.truthIndex != kNoFlow) {
            m_truth.flows[flow.truthIndex].ending = ending;
        }
        m_free.push_back(due.slot);
    }

    StreamOptions m_options;
    GroundTruth& m_truth;
    StreamCounts m_counts;
    RecordStream m_file;
    Random m_random;
    PayloadPool m_pool;
    FlowScript m_script;
    Planner m_planner;
    std::uint64_t m_arrivalGapNs;
    std::uint32_t m_resolved = 0; // hosts whose name was asked for
    std::vector<LiveFlow> m_flows;
    std::vector<std::uint32_t> m_free; // slots of m_flows
    std::priority_queue<Due> m_due;
};

} // namespace

GroundTruth streamTraffic(StreamMix mix, const StreamOptions& options, Output& output)
{
    GroundTruth truth;
    truth.seed = options.seed;
    if (mix == StreamMix::ManyFlows) {
        truth.scenario = "manyflows";
        streamManyFlows(options, output, truth);
        return truth;
    }
    truth.scenario = mix == StreamMix::Small ? "small" : "mixed";
    StreamRun(mix, options, output, truth).run();
    return truth;
}

} // namespace timbre::generator
