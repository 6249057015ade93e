#pragma once
// Where conversations put their packets. The recorder wraps each IP packet in the flow's tunnels, cuts it into
// fragments when it is longer than the path allows, adds the link header, and keeps the ground truth in step with what
// it puts out.

#include "tests/generator/frame.h"
#include "tests/generator/ground_truth.h"
#include "tests/generator/link.h"
#include "tests/generator/tunnel.h"

#include <tuple>

namespace timbre::generator {

/// How the packets of a flow travel.
struct Path {
    LinkPath link{};
    std::vector<Tunnel> tunnels{}; // innermost first
    std::uint32_t interface = 0;   // of the capture file
    std::size_t mtu = 1500;        // of the outermost IP packet
};

class TrafficRecorder {
public:
    /// Both must outlive the recorder.
    TrafficRecorder(FrameSink& sink, GroundTruth& truth);

    /// Frames are cut to this many bytes (0: never); the ground truth counts both lengths.
    void setSnapLength(std::size_t length) { m_snapLength = length; }
    /// A new flow in the ground truth; returns its index. Two sessions on one port pair are two flows.
    [[nodiscard]] std::uint32_t openFlow(std::uint8_t protocol, const Endpoint& client, const Endpoint& server,
                                         std::string application, const Path& path);
    /// Valid until the next openFlow() or packet().
    [[nodiscard]] FlowTruth& flow(std::uint32_t index) { return m_truth.flows[index]; }
    [[nodiscard]] GroundTruth& truth() { return m_truth; }

    /// `payloadBytes`: how much of the packet lies above its transport header, for the ground truth.
    void packet(std::uint32_t flow, Side sender, std::uint64_t timeNs, const Bytes& ipPacket, std::size_t payloadBytes,
                std::string comment = {});
    /// A frame that belongs to no flow, such as ARP.
    void looseFrame(std::string_view protocol, std::uint64_t timeNs, Bytes frame, std::uint32_t interface = 0);
    /// Counts flows by application and ending. Call once, after the last packet.
    void finish();

private:
    using FlowKey = std::tuple<std::uint8_t, Endpoint, Endpoint>;

    std::uint32_t outerFlow(const Tunnel& tunnel, Side sender, std::string_view around);
    void putFrame(const std::vector<std::uint32_t>& flows, Side sender, std::uint64_t timeNs, ByteView packet,
                  const Path& path, std::string comment);
    void count(std::string_view protocol, const Frame& frame);

    FrameSink& m_sink;
    GroundTruth& m_truth;
    std::vector<Path> m_paths; // by flow
    std::map<FlowKey, std::uint32_t> m_outerFlows;
    std::size_t m_snapLength = 0;
    std::uint32_t m_identification = 1; // of fragments and outer headers
};

} // namespace timbre::generator
