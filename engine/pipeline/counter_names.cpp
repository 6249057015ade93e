#include "engine/pipeline/counter_names.h"

namespace timbre::pipeline {

namespace {

using C = Counters;

constexpr CounterName kNames[] = {
    {"packets", "Packets", "Packets read", [](C& c) -> auto& { return c.packets; }},
    {"captured_bytes", "Captured bytes", "Bytes of packets that are in the file",
     [](C& c) -> auto& { return c.capturedBytes; }},
    {"original_bytes", "Original bytes", "Bytes the packets had on the wire",
     [](C& c) -> auto& { return c.originalBytes; }},
    {"packets_unmatched", "Packets without a flow", "Packets that are not IP, or whose headers are damaged or cut",
     [](C& c) -> auto& { return c.unmatched; }},
    {"flows_created", "Flows", "Flows seen, those inside tunnels not counted", [](C& c) -> auto& { return c.flowsCreated; }},
    {"flows_ended", "Flows ended", "Flows that ended by themselves, by timeout or with the capture",
     [](C& c) -> auto& { return c.flowsEnded; }},
    {"flows_evicted", "Flows evicted", "Flows ended early because the table of live flows was full",
     [](C& c) -> auto& { return c.flowsEvicted; }, true},
    {"tunnel_flows", "Flows in tunnels", "Flows found inside tunnels", [](C& c) -> auto& { return c.tunnelFlows; }},
    {"live_flows", "Live flows", "Flows in memory now", [](C& c) -> auto& { return c.liveFlows; }, false, false},
    {"flow_cap", "Cap on live flows", "Most flows that may live at once", [](C& c) -> auto& { return c.flowCap; }, false,
     false},
    {"stream_bytes_held", "Stream bytes held", "Bytes held for protocol readers now",
     [](C& c) -> auto& { return c.streamBytesHeld; }, false, false},
    {"streams_given_up", "Streams given up", "TCP streams whose protocol was not read because a cap was reached",
     [](C& c) -> auto& { return c.streamsGivenUp; }, true},
    {"names_refused", "Names left out", "Names not kept because the cap on names was reached",
     [](C& c) -> auto& { return c.namesRefused; }, true},
    {"rows_dropped", "Flows not listed", "Flows past the cap of the list in the window; they are in the store",
     [](C& c) -> auto& { return c.rowsDropped; }, true},
    {"interface_drops", "Interface drops", "Packets lost by the interface before the capture saw them",
     [](C& c) -> auto& { return c.interfaceDrops; }},
    {"kernel_drops", "Kernel drops", "Packets lost because the capturing program did not fetch them in time",
     [](C& c) -> auto& { return c.kernelDrops; }},
    {"ring_losses", "Spool ring losses", "Packets removed by the ring of a live capture's spool to make room",
     [](C& c) -> auto& { return c.ringLosses; }},
    {"fragments", "Fragments", "Packets that are pieces of a larger datagram",
     [](C& c) -> auto& { return c.decoder.fragments; }},
    {"datagrams_reassembled", "Datagrams put together", "Datagrams completed from their fragments",
     [](C& c) -> auto& { return c.decoder.datagramsReassembled; }},
    {"datagrams_abandoned", "Datagrams abandoned", "Datagrams whose fragments did not all come in time, or found no room",
     [](C& c) -> auto& { return c.decoder.datagramsAbandoned; }},
    {"datagrams_overlapping", "Datagrams overlapping", "Datagrams dropped because fragments overlapped",
     [](C& c) -> auto& { return c.decoder.datagramsOverlapping; }},
    {"fragments_unusable", "Fragments unusable", "Fragments that were cut by the capture or of impossible length",
     [](C& c) -> auto& { return c.decoder.fragmentsUnusable; }},
    {"fragment_cap_hits", "Fragment cap reached", "Times the memory for unfinished datagrams was full",
     [](C& c) -> auto& { return c.decoder.fragmentCapHits; }, true},
    {"tunnel_depth_hits", "Tunnel depth reached", "Packets with more tunnels in tunnels than are followed",
     [](C& c) -> auto& { return c.decoder.tunnelDepthHits; }, true},
    {"unknown_link_type", "Unknown link type", "Packets of a link type that cannot be decoded",
     [](C& c) -> auto& { return c.decoder.unknownLinkType; }},
    {"aggregates_cut", "Aggregates cut", "Wireless frames with several packets, of which only the first was read",
     [](C& c) -> auto& { return c.decoder.aggregatesCut; }},
    {"undecoded_tunnels", "Tunnels not followed", "Packets of a tunnel whose inside could not be read",
     [](C& c) -> auto& { return c.decoder.undecodedTunnels; }},
};

} // namespace

std::span<const CounterName> counterNames()
{
    return kNames;
}

} // namespace timbre::pipeline
