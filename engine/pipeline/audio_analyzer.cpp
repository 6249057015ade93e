#include "engine/pipeline/audio_analyzer.h"

#include "engine/pipeline/capture_snapshot.h"

namespace timbre::pipeline {

namespace {

/// Applications whose datagrams are never media: nothing is kept for such flows.
bool mayCarryMedia(flow::App app)
{
    switch (app) {
    case flow::App::Dns:
    case flow::App::Mdns:
    case flow::App::Dhcp:
    case flow::App::Ntp:
    case flow::App::Ssdp:
        return false;
    default:
        return true;
    }
}

} // namespace

void AudioAnalyzer::packet(const flow::Flow& flow, flow::Side side, const decode::Packet& packet,
                           const flow::Frame& frame)
{
    const bool udp = packet.key.l4 == decode::L4::Udp;
    if (packet.payload.empty() || (!udp && packet.key.l4 != decode::L4::Tcp) || !mayCarryMedia(flow.record.app))
        return;
    const audio::MediaDatagram datagram{.flow = flow.record.index,
                                        .side = side,
                                        .key = packet.key,
                                        .reverse = packet.reverse,
                                        .time = frame.time,
                                        .frameNumber = frame.number,
                                        .payload = packet.payload,
                                        .wireBytes = packet.payloadLength,
                                        .tcpSequence = packet.tcpSequence};
    udp ? m_monitor.datagram(datagram) : m_monitor.segment(datagram);
}

void AudioAnalyzer::describe(CaptureSnapshot& snapshot)
{
    snapshot.audio = m_monitor.list();
}

} // namespace timbre::pipeline
