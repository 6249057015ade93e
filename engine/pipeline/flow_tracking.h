#pragma once

// What happens beside the exact core as flows come and go: each gets its place in the list of flows, its names, what
// its first bytes say, and is handed on when it ends. Listens to the outer and the inner flow table of one analysis.

#include "engine/flow/flow_table.h"
#include "engine/pipeline/analyzer.h"
#include "engine/pipeline/flow_catalogue.h"
#include "engine/pipeline/flow_sink.h"
#include "engine/protocol/host_table.h"
#include "engine/protocol/stream_head.h"

namespace timbre::pipeline {

class FlowTracking : public flow::FlowListener {
public:
    /// Requires: kMaxAnalyzers at most. `listed`: somebody looks at the list of flows while it grows.
    FlowTracking(StringPool& names, FlowCatalogue& catalogue, FlowSink& sink, const Analyzers& analyzers, bool listed);

    /// Before the outer packet of each frame.
    void beginFrame();
    /// Before each packet found inside a tunnel; depth from 1.
    void enterTunnel(decode::Tunnel tunnel, std::uint8_t depth);
    /// A datagram put together from fragments; `flow` is the one of its first fragment, if it lives.
    void readReassembled(const decode::Packet& packet, flow::Flow* flow);
    void addResolvedName(std::string_view address, std::string_view name);
    /// Gives the catalogue the live flows that changed since the last call.
    void handOverChanges();

    [[nodiscard]] const protocol::StreamHeadCounters& streamCounters() const { return m_streams.counters(); }
    [[nodiscard]] std::uint64_t hostsRefused() const { return m_hosts.refused(); }

    void payload(flow::Flow& flow, flow::Side side, const decode::Packet& packet) override;
    void started(flow::Flow& flow, const flow::Frame& frame) override;
    void packet(flow::Flow& flow, flow::Side side, const decode::Packet& packet, const flow::Frame& frame) override;
    void aboutToEnd(std::span<flow::Flow* const> flows) override;
    void ended(flow::Flow& flow) override;

private:
    static constexpr std::size_t kDepths = 16; // more than any decoder goes

    void readDatagram(flow::Flow& flow, flow::Side side, const decode::Packet& packet);
    void takeFacts(flow::Flow& flow);
    void nameHosts(flow::FlowRecord& record);
    void tellAnalyzers(flow::Flow& flow, flow::Side side, const decode::Packet& packet, const flow::Frame& frame);
    void noteChange(flow::Flow& flow);

    StringPool& m_names;
    FlowCatalogue& m_catalogue;
    FlowSink& m_sink;
    const Analyzers& m_analyzers;
    const std::uint8_t m_everybody; // Flow::turnedAway when nobody listens any more
    const bool m_listed;
    protocol::HostTable m_hosts;
    protocol::StreamHeads m_streams{&m_hosts};
    protocol::HeadFacts m_facts;                        // reused
    std::vector<flow::Flow*> m_changed;                 // live flows with `changed` set; stale ones have it cleared
    std::array<std::uint32_t, kDepths> m_flowAtDepth{}; // of this frame: index of the flow at each tunnel depth
    std::uint32_t m_nextIndex = 0;
    std::uint8_t m_depth = 0;
    decode::Tunnel m_tunnel = decode::Tunnel::None;
};

} // namespace timbre::pipeline
