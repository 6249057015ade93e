#include "tests/generator/tcp_session.h"

#include <algorithm>
#include <utility>

namespace timbre::generator {

namespace {

constexpr std::uint64_t kMillisecond = 1'000'000;
constexpr std::uint64_t kSecond = 1'000 * kMillisecond;
constexpr std::uint64_t kLocalDelayNs = 60'000; // the client's own reaction time

} // namespace

std::string_view endingName(TcpEnding ending)
{
    switch (ending) {
    case TcpEnding::FinByClient:
    case TcpEnding::FinByServer:
        return "fin";
    case TcpEnding::HalfClose:
        return "fin-half-close";
    case TcpEnding::Simultaneous:
        return "fin-simultaneous";
    case TcpEnding::RstByClient:
        return "rst-by-client";
    case TcpEnding::RstByServer:
        return "rst-by-server";
    case TcpEnding::StillOpen:
        return "open";
    }
    return "";
}

TcpSession::TcpSession(TrafficRecorder& recorder, const TcpSettings& settings, Random random)
    : m_recorder(recorder)
    , m_settings(settings)
    , m_random(random)
    , m_flow(recorder.openFlow(kProtoTcp, settings.client, settings.server, settings.application, settings.path))
    , m_nowNs(settings.startNs)
{
    // 40 bytes of IP and TCP header; IPv6 takes 20 more.
    const std::size_t headers = settings.client.address.isV6 ? 60 : 40;
    m_settings.mss = low16(std::min<std::size_t>(settings.mss, std::max(settings.path.mtu, headers + 500) - headers));
    for (const Side side : {Side::Client, Side::Server}) {
        Half& h = half(side);
        h.endpoint = side == Side::Client ? settings.client : settings.server;
        h.ttl = side == Side::Client ? settings.clientTtl : settings.serverTtl;
        h.next = low32(m_random.next());
        h.identification = low16(m_random.next());
        m_timestampBase[indexOf(side)] = low32(m_random.next());
    }
    truth().ending = endingName(TcpEnding::StillOpen);
}

std::uint64_t TcpSession::turnaroundNs(Side next) const
{
    return next == Side::Client ? kLocalDelayNs : m_settings.roundTripNs;
}

Bytes TcpSession::timestampOption(Side sender)
{
    Bytes option;
    const std::uint32_t value = m_timestampBase[indexOf(sender)] + low32(m_nowNs / kMillisecond);
    ByteWriter(option).u16(0x0101).u8(8).u8(10).u32(value).u32(m_lastTimestamp[indexOf(otherSide(sender))]);
    m_lastTimestamp[indexOf(sender)] = value;
    return option;
}

void TcpSession::put(Side sender, std::uint8_t flags, std::uint32_t sequence, ByteView payload)
{
    Half& from = half(sender);
    TcpFields tcp;
    tcp.sequence = sequence;
    tcp.acknowledgment = (flags & kTcpAck) != 0 ? from.received : 0;
    tcp.flags = flags;
    tcp.window = (flags & kTcpRst) != 0 ? std::uint16_t{0} : from.window;
    if (m_settings.timestamps && (flags & kTcpRst) == 0) {
        tcp.options = timestampOption(sender);
    }
    IpFields ip;
    ip.ttl = from.ttl;
    ip.identification = from.identification++;
    ip.dontFragment = true;
    const Bytes packet = tcpPacket(from.endpoint, half(otherSide(sender)).endpoint, tcp, payload, ip);
    m_recorder.packet(m_flow, sender, m_nowNs, packet, payload.size());
}

void TcpSession::synPacket(Side sender, std::uint8_t flags)
{
    Half& from = half(sender);
    TcpFields tcp;
    tcp.sequence = from.next;
    tcp.acknowledgment = (flags & kTcpAck) != 0 ? from.received : 0;
    tcp.flags = flags;
    ByteWriter options(tcp.options);
    options.u8(2).u8(4).u16(m_settings.mss).u8(4).u8(2); // maximum segment size, SACK permitted
    if (m_settings.timestamps) {
        const Bytes stamp = timestampOption(sender);
        options.bytes(ByteView(stamp).subspan(2));
    } else {
        options.u16(0x0101);
    }
    options.u8(1).u8(3).u8(3).u8(7); // window scale 128
    IpFields ip;
    ip.ttl = from.ttl;
    ip.identification = from.identification++;
    ip.dontFragment = true;
    const Bytes packet = tcpPacket(from.endpoint, half(otherSide(sender)).endpoint, tcp, {}, ip);
    m_recorder.packet(m_flow, sender, m_nowNs, packet, 0);
}

void TcpSession::handshake()
{
    synPacket(Side::Client, kTcpSyn);
    half(Side::Server).received = ++half(Side::Client).next;
    wait(m_settings.roundTripNs);
    synPacket(Side::Server, kTcpSyn | kTcpAck);
    truth().handshakeRoundTripUs = low32(m_settings.roundTripNs / 1000);
    half(Side::Client).received = ++half(Side::Server).next;
    half(Side::Client).window = 502; // scaled by 128 from now on
    half(Side::Server).window = 509;
    wait(kLocalDelayNs);
    acknowledge(Side::Client);
}

void TcpSession::refused()
{
    synPacket(Side::Client, kTcpSyn);
    half(Side::Server).received = half(Side::Client).next + 1;
    wait(m_settings.roundTripNs);
    put(Side::Server, kTcpRst | kTcpAck, 0);
    truth().ending = "refused";
}

void TcpSession::unanswered(unsigned retries)
{
    synPacket(Side::Client, kTcpSyn);
    for (unsigned i = 0; i < retries; ++i) {
        wait(kSecond << i);
        synPacket(Side::Client, kTcpSyn);
        ++truth().retransmissions;
    }
    truth().ending = "unanswered";
}

void TcpSession::midstream()
{
    half(Side::Client).received = half(Side::Server).next;
    half(Side::Server).received = half(Side::Client).next;
    half(Side::Client).window = 502;
    half(Side::Server).window = 509;
}

void TcpSession::acknowledge(Side sender)
{
    put(sender, kTcpAck, half(sender).next);
}

void TcpSession::dataSegment(Side sender, std::uint32_t sequence, ByteView segment, bool last)
{
    put(sender, low8(kTcpAck | (last ? kTcpPsh : 0U)), sequence, segment);
}

void TcpSession::send(Side sender, ByteView data, Trouble trouble, std::size_t troubledSegment)
{
    // The timestamp option takes 12 of the bytes the MSS promises.
    const std::size_t step = m_settings.mss - (m_settings.timestamps ? 12U : 0U);
    std::vector<ByteView> segments;
    for (std::size_t at = 0; at < data.size(); at += step) {
        segments.push_back(data.subspan(at, std::min(step, data.size() - at)));
    }
    const Side receiver = otherSide(sender);
    wait(turnaroundNs(sender));
    std::size_t unacknowledged = 0;
    for (std::size_t i = 0; i < segments.size(); ++i) {
        if (trouble != Trouble::None && i == troubledSegment) {
            i += troubledSegmentOut(sender, trouble, std::span(segments).subspan(i));
        } else {
            dataSegment(sender, half(sender).next, segments[i], i + 1 == segments.size());
            half(sender).next += low32(segments[i].size());
        }
        if (++unacknowledged == 2 || i + 1 >= segments.size()) {
            half(receiver).received = half(sender).next;
            wait(receiver == Side::Client ? kLocalDelayNs : m_settings.segmentGapNs);
            acknowledge(receiver);
            unacknowledged = 0;
        }
        wait(m_settings.segmentGapNs);
    }
}

std::size_t TcpSession::troubledSegmentOut(Side sender, Trouble trouble, std::span<const ByteView> segments)
{
    const ByteView segment = segments.front();
    const std::uint32_t sequence = half(sender).next;
    std::size_t overtaken = trouble == Trouble::OutOfOrder ? 1 : trouble == Trouble::LostAndResent ? 3 : 0;
    overtaken = std::min(overtaken, segments.size() - 1);
    half(sender).next += low32(segment.size());
    for (const ByteView successor : segments.subspan(1, overtaken)) {
        dataSegment(sender, half(sender).next, successor, false);
        half(sender).next += low32(successor.size());
        wait(m_settings.segmentGapNs);
        if (trouble == Trouble::LostAndResent) {
            half(otherSide(sender)).received = sequence; // keeps asking for the missing bytes
            acknowledge(otherSide(sender));
        }
    }
    switch (trouble) {
    case Trouble::NotCaptured:
        ++truth().missingSegments;
        return overtaken;
    case Trouble::Retransmitted:
        dataSegment(sender, sequence, segment, false);
        wait(210 * kMillisecond);
        ++truth().retransmissions;
        break;
    case Trouble::LostAndResent:
        wait(std::max(m_settings.roundTripNs, 5 * kMillisecond));
        ++truth().gapsFilled;
        break;
    case Trouble::OutOfOrder:
        ++truth().outOfOrder;
        break;
    case Trouble::None:
    case Trouble::ZeroWindow:
        break;
    }
    dataSegment(sender, sequence, segment, true);
    if (trouble == Trouble::ZeroWindow) {
        half(otherSide(sender)).received = half(sender).next;
        closeWindow(otherSide(sender));
    }
    return overtaken;
}

void TcpSession::closeWindow(Side receiver)
{
    const Side sender = otherSide(receiver);
    const std::uint16_t window = std::exchange(half(receiver).window, std::uint16_t{0});
    wait(kLocalDelayNs);
    acknowledge(receiver);
    wait(200 * kMillisecond);
    put(sender, kTcpAck, half(sender).next - 1); // window probe
    wait(kLocalDelayNs);
    acknowledge(receiver);
    truth().zeroWindows += 2;
    wait(200 * kMillisecond);
    half(receiver).window = window;
    acknowledge(receiver);
    wait(m_settings.roundTripNs);
}

void TcpSession::sendSegments(Side sender, const std::vector<Bytes>& segments)
{
    wait(turnaroundNs(sender));
    for (const auto& segment : segments) {
        dataSegment(sender, half(sender).next, segment, true);
        half(sender).next += low32(segment.size());
        wait(m_settings.segmentGapNs);
    }
    half(otherSide(sender)).received = half(sender).next;
    wait(turnaroundNs(otherSide(sender)));
    acknowledge(otherSide(sender));
}

void TcpSession::keepAlive(Side sender)
{
    put(sender, kTcpAck, half(sender).next - 1);
    wait(sender == Side::Client ? m_settings.roundTripNs : kLocalDelayNs);
    acknowledge(otherSide(sender));
}

void TcpSession::finFrom(Side sender)
{
    put(sender, kTcpFin | kTcpAck, half(sender).next);
    ++half(sender).next;
}

void TcpSession::close(TcpEnding ending)
{
    truth().ending = endingName(ending);
    const bool byServer = ending == TcpEnding::FinByServer || ending == TcpEnding::RstByServer;
    const Side first = byServer ? Side::Server : Side::Client;
    const Side second = otherSide(first);
    if (ending == TcpEnding::StillOpen) {
        return;
    }
    wait(turnaroundNs(first));
    if (ending == TcpEnding::RstByClient || ending == TcpEnding::RstByServer) {
        put(first, kTcpRst | kTcpAck, half(first).next);
        return;
    }
    finFrom(first);
    if (ending == TcpEnding::Simultaneous) {
        wait(kLocalDelayNs);
        finFrom(second); // does not know of the first FIN yet
        half(first).received = half(second).next;
        half(second).received = half(first).next;
        wait(kLocalDelayNs);
        acknowledge(first);
        wait(m_settings.roundTripNs);
        acknowledge(second);
        return;
    }
    half(second).received = half(first).next;
    wait(turnaroundNs(second));
    if (ending == TcpEnding::HalfClose) {
        acknowledge(second);
        const Bytes rest = m_random.bytes(2 * std::size_t{m_settings.mss});
        send(second, rest);
    }
    finFrom(second);
    half(first).received = half(second).next;
    wait(turnaroundNs(first));
    acknowledge(first);
}

} // namespace timbre::generator
