#include "tests/generator/traffic_recorder.h"

#include "tests/generator/ip_packet.h"

#include <algorithm>
#include <utility>

namespace timbre::generator {

namespace {

constexpr std::uint64_t kFragmentGapNs = 12'000; // 1500 bytes at 1 Gbit/s

void countIn(FlowTruth& flow, Side sender, const Frame& frame)
{
    SideTruth& side = flow.sides[indexOf(sender)];
    if (flow.packets() == 0 || frame.timeNs < flow.firstNs) {
        flow.firstNs = frame.timeNs;
        flow.initiator = sender;
    }
    flow.lastNs = std::max(flow.lastNs, frame.timeNs);
    ++side.packets;
    side.originalBytes += frame.originalLength;
    side.capturedBytes += frame.bytes.size();
}

} // namespace

TrafficRecorder::TrafficRecorder(FrameSink& sink, GroundTruth& truth)
    : m_sink(sink)
    , m_truth(truth)
{
}

std::uint32_t TrafficRecorder::openFlow(std::uint8_t protocol, const Endpoint& client, const Endpoint& server,
                                        std::string application, const Path& path)
{
    FlowTruth flow;
    flow.protocol = protocol;
    flow.client = client;
    flow.server = server;
    flow.application = std::move(application);
    for (auto tunnel = path.tunnels.rbegin(); tunnel != path.tunnels.rend(); ++tunnel) {
        flow.tunnel += (flow.tunnel.empty() ? "" : " ") + std::string(tunnelName(tunnel->kind));
    }
    m_truth.flows.push_back(std::move(flow));
    m_paths.push_back(path);
    return low32(m_truth.flows.size() - 1);
}

std::uint32_t TrafficRecorder::outerFlow(const Tunnel& tunnel, Side sender, std::string_view around)
{
    const auto [from, to] = outerEndpoints(tunnel, sender);
    const FlowKey key{tunnelProtocol(tunnel), std::min(from, to), std::max(from, to)};
    const auto found = m_outerFlows.find(key);
    if (found != m_outerFlows.end()) {
        return found->second;
    }
    // A one-way outer flow (VXLAN, Geneve) has its sender as client.
    const bool oneWay = tunnel.kind == TunnelKind::Vxlan || tunnel.kind == TunnelKind::Geneve;
    const bool senderIsClient = oneWay || sender == Side::Client;
    const std::uint32_t index = openFlow(tunnelProtocol(tunnel), senderIsClient ? from : to, senderIsClient ? to : from,
                                         std::string(tunnelName(tunnel.kind)), Path{});
    flow(index).tunnel = std::string(around);
    m_outerFlows.emplace(key, index);
    return index;
}

void TrafficRecorder::packet(std::uint32_t flowIndex, Side sender, std::uint64_t timeNs, const Bytes& ipPacket,
                             std::size_t payloadBytes, std::string comment)
{
    const Path path = m_paths[flowIndex];
    std::vector<std::uint32_t> flows{flowIndex};
    Bytes packet = ipPacket;
    for (std::size_t i = 0; i < path.tunnels.size(); ++i) {
        packet = tunnelled(path.tunnels[i], sender, packet, low16(m_identification++));
        std::string around;
        for (std::size_t outer = path.tunnels.size() - 1; outer > i; --outer) {
            around += (around.empty() ? "" : " ") + std::string(tunnelName(path.tunnels[outer].kind));
        }
        const std::uint32_t outer = outerFlow(path.tunnels[i], sender, around);
        FlowTruth& inner = flow(flows.back());
        inner.outerFlow = inner.outerFlow == kNoFlow ? outer : inner.outerFlow;
        flows.push_back(outer);
    }
    flow(flowIndex).sides[indexOf(sender)].payloadBytes += payloadBytes;
    const auto pieces = fragmented(packet, path.mtu, m_identification);
    if (pieces.size() > 1) {
        ++m_identification;
        flow(flowIndex).fragments += low32(pieces.size());
    }
    for (const auto& piece : pieces) {
        putFrame(flows, sender, timeNs, piece, path, std::exchange(comment, {}));
        timeNs += kFragmentGapNs;
    }
}

void TrafficRecorder::putFrame(const std::vector<std::uint32_t>& flows, Side sender, std::uint64_t timeNs,
                               ByteView packet, const Path& path, std::string comment)
{
    Frame frame;
    frame.timeNs = timeNs;
    frame.bytes = linkFrame(path.link, sender, packet);
    frame.originalLength = low32(frame.bytes.size());
    frame.interface = path.interface;
    frame.comment = std::move(comment);
    if (m_snapLength != 0 && frame.bytes.size() > m_snapLength) {
        frame.bytes.resize(m_snapLength);
    }
    for (const std::uint32_t index : flows) {
        FlowTruth& truth = flow(index);
        const bool oneWayOuter = index != flows.front() && (truth.application == tunnelName(TunnelKind::Vxlan) ||
                                                            truth.application == tunnelName(TunnelKind::Geneve));
        countIn(truth, oneWayOuter ? Side::Client : sender, frame);
    }
    count(protocolName(flow(flows.front()).protocol), frame);
    m_sink.put(std::move(frame));
}

void TrafficRecorder::looseFrame(std::string_view protocol, std::uint64_t timeNs, Bytes bytes, std::uint32_t interface)
{
    Frame frame;
    frame.timeNs = timeNs;
    frame.originalLength = low32(bytes.size());
    frame.interface = interface;
    frame.bytes = std::move(bytes);
    count(protocol, frame);
    m_sink.put(std::move(frame));
}

void TrafficRecorder::count(std::string_view protocol, const Frame& frame)
{
    m_truth.firstNs = m_truth.packets == 0 ? frame.timeNs : std::min(m_truth.firstNs, frame.timeNs);
    m_truth.lastNs = std::max(m_truth.lastNs, frame.timeNs);
    ++m_truth.packets;
    m_truth.capturedBytes += frame.bytes.size();
    m_truth.originalBytes += frame.originalLength;
    ++m_truth.packetsByProtocol[std::string(protocol)];
}

void TrafficRecorder::finish()
{
    std::map<IpAddress, std::string> names;
    for (const auto& entry : m_truth.dnsNames) {
        names.emplace(entry.address, entry.name);
    }
    m_truth.flowsTotal = m_truth.flows.size();
    for (auto& flow : m_truth.flows) {
        ++m_truth.flowsByApplication[flow.application];
        if (!flow.ending.empty()) {
            ++m_truth.flowsByEnding[flow.ending];
        }
        const auto name = names.find(flow.server.address);
        if (flow.hostName.empty() && name != names.end()) {
            flow.hostName = name->second;
        }
    }
}

} // namespace timbre::generator
