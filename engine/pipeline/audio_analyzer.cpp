#include "engine/pipeline/audio_analyzer.h"

#include "engine/pipeline/capture_snapshot.h"

namespace timbre::pipeline {

namespace {

constexpr std::uint64_t kOpeningPackets = 256; // of a TCP flow: calls are set up from its beginning

/// False for flows that are never media nor set up calls: nothing is kept for them.
bool mayTalk(decode::L4 l4, flow::App app)
{
    switch (app) {
    case flow::App::Dns:
    case flow::App::Mdns:
    case flow::App::Dhcp:
    case flow::App::Ntp:
    case flow::App::Ssdp:
        return false;
    case flow::App::Unknown:
    case flow::App::Sip:
        return l4 == decode::L4::Tcp || l4 == decode::L4::Udp;
    default:
        return l4 == decode::L4::Udp;
    }
}

} // namespace

Attention AudioAnalyzer::packet(const flow::Flow& flow, flow::Side side, const decode::Packet& packet,
                                const flow::Frame& frame)
{
    if (!mayTalk(packet.key.l4, flow.record.app))
        return Attention::Enough;
    if (packet.payload.empty())
        return Attention::More;
    const audio::MediaDatagram datagram{.flow = flow.record.index,
                                        .side = side,
                                        .key = packet.key,
                                        .reverse = packet.reverse,
                                        .doubtful = flow.record.app == flow::App::Quic,
                                        .time = frame.time,
                                        .frameNumber = frame.number,
                                        .payload = packet.payload,
                                        .wireBytes = packet.payloadLength,
                                        .tcpSequence = packet.tcpSequence};
    if (packet.key.l4 == decode::L4::Udp)
        return m_monitor.datagram(datagram) ? Attention::More : Attention::Enough;
    m_monitor.segment(datagram);
    const bool opening = flow.record.packets() < kOpeningPackets;
    return opening || m_monitor.carriesCalls(flow.record.index) ? Attention::More : Attention::Enough;
}

/// Of TCP flows that carried no calls nothing was kept.
void AudioAnalyzer::flowEnded(const flow::FlowRecord& record)
{
    if (record.key.l4 == decode::L4::Udp || m_monitor.carriesCalls(record.index))
        m_monitor.flowEnded(record.index);
}

void AudioAnalyzer::describe(CaptureSnapshot& snapshot)
{
    snapshot.audio = m_monitor.list();
}

} // namespace timbre::pipeline
