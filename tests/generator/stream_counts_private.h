#pragma once
// Totals of a large scenario, kept in plain arrays while packets fly by.

#include "tests/generator/fast_frame.h"
#include "tests/generator/ground_truth.h"
#include "tests/generator/ip_packet.h"

namespace timbre::generator {

class StreamCounts {
public:
    explicit StreamCounts(GroundTruth& truth)
        : m_truth(truth)
    {
    }

    /// A new flow; its index in the list, or kNoFlow when the list is full.
    [[nodiscard]] std::uint32_t openFlow(const FastFlow& flow, std::string_view application)
    {
        ++m_truth.flowsTotal;
        ++m_truth.flowsByApplication[std::string(application)];
        if (m_truth.flows.size() == kMaxListedFlows) {
            return kNoFlow;
        }
        FlowTruth truth;
        truth.protocol = flow.protocol;
        truth.client = flow.ends[0];
        truth.server = flow.ends[1];
        truth.application = application;
        m_truth.flows.push_back(std::move(truth));
        return low32(m_truth.flows.size() - 1);
    }

    void packet(std::uint8_t protocol, std::uint64_t timeNs, std::size_t frameBytes)
    {
        m_truth.firstNs = m_truth.packets == 0 ? timeNs : m_truth.firstNs;
        m_truth.lastNs = timeNs;
        ++m_truth.packets;
        m_truth.capturedBytes += frameBytes;
        m_truth.originalBytes += frameBytes;
        ++(protocol == kProtoTcp ? m_tcp : m_udp);
    }

    void listedPacket(std::uint32_t index, const FastPacket& packet, std::uint64_t timeNs, std::size_t frameBytes)
    {
        FlowTruth& flow = m_truth.flows[index];
        if (flow.packets() == 0) {
            flow.initiator = packet.sender;
            flow.firstNs = timeNs;
        }
        flow.lastNs = timeNs;
        SideTruth& side = flow.sides[indexOf(packet.sender)];
        ++side.packets;
        side.originalBytes += frameBytes;
        side.capturedBytes += frameBytes;
        side.payloadBytes += packet.payloadLength();
    }

    void finish()
    {
        m_truth.packetsByProtocol["tcp"] = m_tcp;
        m_truth.packetsByProtocol["udp"] = m_udp;
    }

private:
    GroundTruth& m_truth;
    std::uint64_t m_tcp = 0;
    std::uint64_t m_udp = 0;
};

} // namespace timbre::generator
