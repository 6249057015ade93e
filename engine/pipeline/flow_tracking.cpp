#include "engine/pipeline/flow_tracking.h"

#include "engine/protocol/datagram_head.h"

#include <bit>

namespace timbre::pipeline {

using flow::Flow;
using flow::FlowRecord;
using flow::Side;

FlowTracking::FlowTracking(StringPool& names, FlowCatalogue& catalogue, FlowSink& sink, const Analyzers& analyzers,
                           bool listed)
    : m_names(names)
    , m_catalogue(catalogue)
    , m_sink(sink)
    , m_analyzers(analyzers)
    , m_everybody(static_cast<std::uint8_t>((1U << analyzers.size()) - 1U))
    , m_listed(listed)
    , m_hosts(names)
{
}

void FlowTracking::beginFrame()
{
    if (m_depth > 0)
        m_flowAtDepth.fill(flow::kNoFlow);
    m_flowAtDepth[0] = flow::kNoFlow;
    m_depth = 0;
    m_tunnel = decode::Tunnel::None;
}

void FlowTracking::enterTunnel(decode::Tunnel tunnel, std::uint8_t depth)
{
    m_depth = static_cast<std::uint8_t>(std::min<std::size_t>(depth, kDepths - 1));
    m_tunnel = tunnel;
    m_flowAtDepth[m_depth] = flow::kNoFlow;
}

void FlowTracking::addResolvedName(std::string_view address, std::string_view name)
{
    m_hosts.add(address, name);
}

void FlowTracking::payload(Flow& flow, Side side, const decode::Packet& packet)
{
    if (!protocol::StreamHeads::wants(flow.readerHandle, side))
        return;
    const auto own = static_cast<std::size_t>(side);
    protocol::StreamHeads::Segment segment;
    segment.side = side;
    segment.sequence = packet.tcpFlags & decode::kTcpSyn ? packet.tcpSequence + 1 : packet.tcpSequence;
    if (flow.synSeen[own])
        segment.firstSequence = flow.firstSequence[own];
    segment.sourcePort = packet.reverse ? packet.key.portB : packet.key.portA;
    segment.destinationPort = packet.reverse ? packet.key.portA : packet.key.portB;
    segment.payload = packet.payload;
    if (m_streams.onSegment(flow.readerHandle, segment, m_facts))
        takeFacts(flow);
}

void FlowTracking::started(Flow& flow, const flow::Frame& frame)
{
    FlowRecord& record = flow.record;
    record.index = m_nextIndex++;
    if (m_depth > 0) {
        record.tunnel = m_tunnel;
        record.outerFlow = m_flowAtDepth[m_depth - 1U];
    }
    nameHosts(record);
    for (const auto& analyzer : m_analyzers)
        analyzer->flowStarted(flow, frame);
}

inline void FlowTracking::tellAnalyzers(Flow& flow, Side side, const decode::Packet& packet, const flow::Frame& frame)
{
    for (unsigned left = m_everybody & ~unsigned{flow.turnedAway}; left != 0; left &= left - 1) { // a bit each
        Analyzer& analyzer = *m_analyzers[static_cast<std::size_t>(std::countr_zero(left))];
        if (analyzer.packet(flow, side, packet, frame) == Attention::Enough)
            flow.turnedAway |= static_cast<std::uint8_t>(left & -left);
    }
}

void FlowTracking::packet(Flow& flow, Side side, const decode::Packet& packet, const flow::Frame& frame)
{
    m_flowAtDepth[m_depth] = flow.record.index;
    if (!flow.readerDone && packet.key.l4 == decode::L4::Udp && !packet.payload.empty() && packet.payloadComplete())
        readDatagram(flow, side, packet);
    if (flow.turnedAway != m_everybody)
        tellAnalyzers(flow, side, packet, frame);
    if (m_listed && !flow.changed)
        noteChange(flow);
}

void FlowTracking::noteChange(Flow& flow)
{
    flow.changed = true;
    m_changed.push_back(&flow);
}

void FlowTracking::aboutToEnd(std::span<Flow* const> flows)
{
    for (const auto& analyzer : m_analyzers)
        analyzer->aboutToEnd(flows);
}

void FlowTracking::ended(Flow& flow)
{
    m_streams.release(flow.readerHandle);
    nameHosts(flow.record);
    for (const auto& analyzer : m_analyzers)
        analyzer->annotate(flow.record, m_names);
    flow.changed = false; // the final record goes to the catalogue now
    if (m_listed)
        m_catalogue.update(flow.record);
    for (const auto& analyzer : m_analyzers)
        analyzer->flowEnded(flow.record);
    m_sink.flowEnded(flow.record);
}

void FlowTracking::nameHosts(FlowRecord& record)
{
    for (const Side side : {Side::Initiator, Side::Responder}) {
        StringId& name = record.hostNames[static_cast<std::size_t>(side)];
        if (name == 0)
            name = m_hosts.lookup(record.address(side));
    }
}

void FlowTracking::readDatagram(Flow& flow, Side side, const decode::Packet& packet)
{
    const protocol::Datagram datagram{.side = side,
                                      .sourcePort = packet.reverse ? packet.key.portB : packet.key.portA,
                                      .destinationPort = packet.reverse ? packet.key.portA : packet.key.portB,
                                      .payload = packet.payload};
    const auto status = protocol::readDatagramHead(datagram, flow.readerScratch, &m_hosts, m_facts);
    flow.readerDone = status == protocol::DatagramStatus::Done;
    if (!m_facts.empty())
        takeFacts(flow);
}

void FlowTracking::readReassembled(const decode::Packet& packet, Flow* flow)
{
    if (!flow || flow->readerDone || packet.key.l4 != decode::L4::Udp || packet.payload.empty())
        return;
    const bool fromInitiator = packet.reverse == flow->record.initiatorIsB;
    readDatagram(*flow, fromInitiator ? Side::Initiator : Side::Responder, packet);
}

void FlowTracking::takeFacts(Flow& flow)
{
    FlowRecord& record = flow.record;
    if (m_facts.app != flow::App::Unknown)
        record.app = m_facts.app;
    if (record.serverName == 0 && !m_facts.serverName.empty())
        record.serverName = m_names.intern(m_facts.serverName);
    if (record.httpHost == 0 && !m_facts.httpHost.empty())
        record.httpHost = m_names.intern(m_facts.httpHost);
}

void FlowTracking::handOverChanges()
{
    for (Flow* flow : m_changed) {
        if (flow->changed) {
            for (const auto& analyzer : m_analyzers)
                analyzer->annotate(flow->record, m_names);
            m_catalogue.update(flow->record);
        }
        flow->changed = false;
    }
    m_changed.clear();
}

} // namespace timbre::pipeline
