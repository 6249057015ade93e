#include "tests/support/synthetic_flows.h"

#include <fmt/format.h>

#include <random>

namespace timbre::testing {

namespace {

using flow::FlowRecord;

class Maker {
public:
    explicit Maker(const SyntheticFlows& wanted)
        : m_wanted(wanted)
        , m_random(wanted.seed)
    {
    }

    std::shared_ptr<const flow::FlowSnapshot> make()
    {
        internNames();
        std::vector<std::shared_ptr<const flow::FlowSnapshot::Chunk>> chunks;
        for (std::size_t row = 0; row < m_wanted.flows;) {
            auto chunk = std::make_shared<flow::FlowSnapshot::Chunk>();
            chunk->reserve(flow::FlowSnapshot::kChunkRows);
            for (; chunk->size() < flow::FlowSnapshot::kChunkRows && row < m_wanted.flows; ++row)
                chunk->push_back(makeRecord(row));
            chunks.push_back(std::move(chunk));
        }
        return std::make_shared<const flow::FlowSnapshot>(std::move(chunks), m_wanted.flows, m_names);
    }

private:
    std::uint64_t below(std::uint64_t limit) { return m_random() % limit; }

    void internNames()
    {
        constexpr const char* kKinds[] = {"www", "cdn", "API", "mail", "static"};
        for (std::size_t i = 0; i < m_wanted.names; ++i)
            m_ids.push_back(m_names->intern(fmt::format("{}.host-{:07}.example.{}", kKinds[below(5)], below(10'000'000),
                                                        below(2) == 0 ? "org" : "net")));
    }
    StringId anyName() { return m_ids.empty() ? 0 : m_ids[below(m_ids.size())]; }

    FlowRecord makeRecord(std::size_t row)
    {
        FlowRecord record;
        record.index = static_cast<std::uint32_t>(row);
        setKey(record);
        constexpr std::int64_t kBegin = 1'700'000'000 * kNsPerSecond;
        record.started = {kBegin + static_cast<std::int64_t>(row * 1000 + below(1000)) * 1000};
        record.lastSeen = {record.started.ns + static_cast<std::int64_t>(below(60'000'000'000))};
        record.firstPacket = row + 1;
        record.lastPacket = row + 1 + below(1000);
        for (flow::SideStats& side : record.sides)
            setSide(side, record);
        setNames(record);
        setState(record);
        if (below(10) == 0)
            record.vlan = static_cast<std::uint16_t>(below(4));
        if (below(50) == 0) {
            record.tunnel = static_cast<decode::Tunnel>(1 + below(8));
            record.outerFlow = static_cast<std::uint32_t>(below(row + 1));
        }
        record.interfaceIndex = static_cast<std::uint32_t>(below(3));
        return record;
    }

    void setKey(FlowRecord& record)
    {
        decode::FlowKey& key = record.key;
        const bool v6 = below(20) == 0;
        key.family = v6 ? IpFamily::V6 : IpFamily::V4;
        key.addressA = {10, 0, static_cast<std::uint8_t>(below(16)), static_cast<std::uint8_t>(below(256))};
        key.addressB = {203, 0, 113, static_cast<std::uint8_t>(below(256))};
        const std::uint64_t kind = below(12);
        key.l4 = kind < 8 ? decode::L4::Tcp : kind < 11 ? decode::L4::Udp : decode::L4::Icmp;
        key.protocol = kind < 8 ? 6 : kind < 11 ? 17 : 1;
        if (below(500) == 0) {
            key.l4 = decode::L4::Other;
            key.protocol = 47;
        }
        if (key.l4 == decode::L4::Tcp || key.l4 == decode::L4::Udp) {
            constexpr std::uint16_t kPorts[] = {443, 80, 53, 22, 8080, 5060};
            key.portA = static_cast<std::uint16_t>(32768 + below(28000));
            key.portB = kPorts[below(6)];
        }
        record.initiatorIsB = below(10) == 0;
    }

    void setSide(flow::SideStats& side, const FlowRecord& record)
    {
        side.packets = below(100);
        side.bytes = side.packets * (60 + below(1400));
        side.originalBytes = side.bytes + side.packets * below(10);
        side.payloadBytes = side.bytes / 2;
        side.entropyCount = static_cast<std::uint32_t>(below(side.packets + 1));
        side.entropySum = side.entropyCount * (static_cast<double>(below(8000)) / 1000.0);
        side.firstTtl = static_cast<std::uint8_t>(below(256));
        if (record.key.l4 == decode::L4::Tcp && below(4) == 0) {
            side.retransmissions = static_cast<std::uint32_t>(below(20));
            side.outOfOrder = static_cast<std::uint32_t>(below(5));
            side.zeroWindows = static_cast<std::uint32_t>(below(3));
        }
    }

    void setNames(FlowRecord& record)
    {
        if (below(3) == 0)
            record.hostNames[1] = anyName();
        if (below(30) == 0)
            record.hostNames[0] = anyName();
        if (record.key.l4 == decode::L4::Tcp && below(2) == 0)
            record.serverName = anyName();
        if (below(12) == 0)
            record.httpHost = anyName();
    }

    void setState(FlowRecord& record)
    {
        record.app = static_cast<flow::App>(below(static_cast<std::uint64_t>(flow::App::Count)));
        record.ended = below(2) == 0;
        record.endReason = static_cast<flow::EndReason>(below(4));
        if (record.key.l4 != decode::L4::Tcp)
            return;
        record.state = static_cast<flow::TcpState>(below(8));
        record.handshakeRttNs = below(2) == 0 ? flow::kUnknownNs : static_cast<std::int64_t>(below(300'000'000));
        record.historyLength = static_cast<std::uint8_t>(below(flow::kHistoryLength + 1));
        for (std::size_t i = 0; i < record.historyLength; ++i)
            record.history[i] = "SsDdFfRr"[below(8)];
    }

    SyntheticFlows m_wanted;
    std::mt19937_64 m_random;
    std::shared_ptr<StringPool> m_names = std::make_shared<StringPool>();
    std::vector<StringId> m_ids;
};

} // namespace

std::shared_ptr<const flow::FlowSnapshot> makeFlows(const SyntheticFlows& wanted)
{
    return Maker(wanted).make();
}

} // namespace timbre::testing
