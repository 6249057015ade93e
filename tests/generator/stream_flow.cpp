#include "tests/generator/stream_flow.h"

#include "tests/generator/dns_message.h"
#include "tests/generator/http_message.h"
#include "tests/generator/ip_packet.h"
#include "tests/generator/tls_message.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace timbre::generator {

namespace {

constexpr std::uint64_t kMicrosecond = 1'000;
constexpr std::uint64_t kMillisecond = 1'000'000;
constexpr std::size_t kTlsHeaderBytes = 5;

/// A protocol of our own: readers that guess by content must not take random bytes for theirs.
void putMark(Bytes& scratch, const LiveFlow& flow)
{
    scratch.clear();
    ByteWriter(scratch).u16(0x7f54).u16(flow.step).u32(flow.salt);
}

} // namespace

std::string_view flowKindName(FlowKind kind)
{
    constexpr std::array<std::string_view, kFlowKinds> kNames{"dns",  "tls",  "http",    "quic",       "bulk", "voice",
                                                              "game", "chat", "refused", "unanswered", "probe"};
    return kNames[static_cast<std::size_t>(kind)];
}

FlowScript::FlowScript(std::uint64_t seed)
    : m_random(seed)
{
    m_hosts.reserve(kHosts);
    for (std::uint32_t i = 0; i < kHosts; ++i) {
        HostTexts texts;
        texts.host = hostNumber(i);
        ClientHello hello;
        hello.serverName = texts.host.name;
        texts.clientHello = tlsClientFlight(hello, m_random);
        HttpRequest request;
        request.host = texts.host.name;
        request.path = fmt::format("/page/{}", m_random.below(10'000));
        texts.httpRequest = httpRequest(request);
        m_hosts.push_back(std::move(texts));
    }
    m_serverFlight = tlsServerFlight(m_random, 0);
}

FlowScript::Step FlowScript::next(LiveFlow& flow, std::uint64_t nowNs)
{
    Step step;
    switch (flow.kind) {
    case FlowKind::Dns:
        dnsStep(flow, step);
        break;
    case FlowKind::Quic:
        quicStep(flow, step);
        break;
    case FlowKind::Voice:
        voiceStep(flow, step, nowNs);
        break;
    case FlowKind::Game:
        gameStep(flow, step);
        break;
    case FlowKind::Probe:
        probeStep(flow, step);
        break;
    default:
        tcpStep(flow, step);
        break;
    }
    ++flow.step;
    --flow.remaining;
    return step;
}

void FlowScript::tcpStep(LiveFlow& flow, Step& step)
{
    step.packet.tcpFlags = kTcpAck;
    const bool established = flow.phase >= TcpPhase::Request && flow.phase < TcpPhase::Fin;
    if (established && flow.endsByReset && flow.remaining == 1) {
        step.packet.tcpFlags = kTcpRst | kTcpAck;
        step.packet.sequence = flow.next[0];
        step.packet.acknowledgment = flow.next[1];
        return;
    }
    if (established && !flow.endsByReset && flow.remaining == 3) {
        flow.phase = TcpPhase::Fin;
    }
    switch (flow.phase) {
    case TcpPhase::Syn:
    case TcpPhase::SynAck:
    case TcpPhase::Ack:
        handshakeStep(flow, step);
        break;
    case TcpPhase::Request:
        requestStep(flow, step);
        break;
    case TcpPhase::Data:
    case TcpPhase::DataAck:
        dataStep(flow, step);
        break;
    default:
        closingStep(flow, step);
        break;
    }
}

void FlowScript::handshakeStep(LiveFlow& flow, Step& step)
{
    FastPacket& packet = step.packet;
    step.pauseNs = flow.roundTripUs * kMicrosecond;
    if (flow.kind == FlowKind::Unanswered || (flow.phase == TcpPhase::Syn && flow.kind == FlowKind::Refused)) {
        packet.tcpFlags = kTcpSyn;
        packet.sequence = flow.next[0];
        flow.phase = flow.kind == FlowKind::Refused ? TcpPhase::SynAck : TcpPhase::Syn;
        step.retransmission = flow.step > 0;
        step.pauseNs =
            flow.kind == FlowKind::Refused ? step.pauseNs : (std::uint64_t{1000} << flow.step) * kMillisecond;
        return;
    }
    if (flow.kind == FlowKind::Refused) {
        packet.sender = Side::Server;
        packet.tcpFlags = kTcpRst | kTcpAck;
        packet.acknowledgment = flow.next[0] + 1;
        return;
    }
    if (flow.phase == TcpPhase::Syn) {
        packet.tcpFlags = kTcpSyn;
        packet.sequence = flow.next[0]++;
        flow.phase = TcpPhase::SynAck;
        return;
    }
    if (flow.phase == TcpPhase::SynAck) {
        packet.sender = Side::Server;
        packet.tcpFlags = kTcpSyn | kTcpAck;
        packet.sequence = flow.next[1]++;
        packet.acknowledgment = flow.next[0];
        flow.phase = TcpPhase::Ack;
    } else {
        packet.sequence = flow.next[0];
        packet.acknowledgment = flow.next[1];
        flow.phase = TcpPhase::Request;
    }
    step.pauseNs = 80 * kMicrosecond;
}

void FlowScript::requestStep(LiveFlow& flow, Step& step)
{
    FastPacket& packet = step.packet;
    packet.tcpFlags = kTcpPsh | kTcpAck;
    packet.sequence = flow.next[0];
    packet.acknowledgment = flow.next[1];
    packet.poolOffset = PayloadPool::offsetFor(flow.next[0] + std::uint64_t{flow.salt});
    const HostTexts& texts = m_hosts[flow.host];
    if (flow.kind == FlowKind::Http) {
        packet.prefix = texts.httpRequest;
    } else if (flow.kind == FlowKind::Tls && !flow.answered) {
        packet.prefix = texts.clientHello;
    } else {
        packet.poolLength = flow.kind == FlowKind::Chat ? m_random.between(12, 110) : m_random.between(80, 420);
        if (flow.kind == FlowKind::Tls) {
            m_scratch.clear();
            ByteWriter(m_scratch).u8(23).u16(0x0303).u16(packet.poolLength);
            packet.prefix = m_scratch;
        } else {
            putMark(m_scratch, flow);
            packet.prefix = m_scratch;
        }
    }
    flow.next[0] += low32(packet.payloadLength());
    beginBurst(flow);
    flow.phase = TcpPhase::Data;
    step.pauseNs = flow.roundTripUs * kMicrosecond;
}

void FlowScript::beginBurst(LiveFlow& flow)
{
    flow.unacknowledged = 0;
    flow.lastLength = 0;
    switch (flow.kind) {
    case FlowKind::Bulk:
        flow.burst = low32(flow.remaining);
        break;
    case FlowKind::Chat:
        flow.burst = 1;
        break;
    default:
        flow.burst = low32(m_random.longTail(3, 48));
        break;
    }
}

std::size_t FlowScript::segmentLength(const LiveFlow& flow)
{
    if (flow.kind == FlowKind::Chat) {
        return m_random.between(12, 140);
    }
    return flow.kind != FlowKind::Http && flow.burst == 1 ? m_random.between(400, flow.fast.mss()) : flow.fast.mss();
}

ByteView FlowScript::dataPrefix(LiveFlow& flow, std::size_t length)
{
    m_scratch.clear();
    ByteWriter out(m_scratch);
    if (flow.kind == FlowKind::Tls) {
        if (!flow.answered) {
            out.bytes(m_serverFlight);
        }
        const std::size_t recordBytes = length - m_scratch.size() - kTlsHeaderBytes; // one record per segment
        out.u8(23).u16(0x0303).u16(recordBytes);
    } else if (flow.kind == FlowKind::Http && flow.unacknowledged == 0 && flow.lastLength == 0) {
        // Eight digits make the head as long for every body, so that the body ends with the last segment.
        constexpr std::string_view kHead =
            "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: {:08}\r\n\r\n";
        constexpr std::size_t kHeadBytes = kHead.size() - std::string_view("{:08}").size() + 8;
        out.text(fmt::format(kHead, std::size_t{flow.burst} * flow.fast.mss() - kHeadBytes));
    } else if (flow.kind == FlowKind::Chat) {
        putMark(m_scratch, flow);
    }
    return m_scratch;
}

void FlowScript::dataStep(LiveFlow& flow, Step& step)
{
    FastPacket& packet = step.packet;
    if (flow.phase == TcpPhase::DataAck) {
        packet.sequence = flow.next[0];
        packet.acknowledgment = flow.next[1];
        flow.unacknowledged = 0;
        flow.phase = flow.burst == 0 ? TcpPhase::Request : TcpPhase::Data;
        const std::uint64_t longestMs = flow.kind == FlowKind::Chat ? 400 : 3'000;
        step.pauseNs = flow.burst == 0 ? m_random.longTail(40, longestMs) * kMillisecond
                                       : m_random.between(100, 900) * kMicrosecond;
        return;
    }
    packet.sender = Side::Server;
    packet.acknowledgment = flow.next[0];
    // A segment without prefix can be repeated byte for byte from the pool.
    if (flow.lastLength != 0 && flow.kind == FlowKind::Bulk && m_random.chance(flow.lossPerMille)) {
        packet.sequence = flow.next[1] - flow.lastLength;
        packet.poolLength = flow.lastLength;
        step.retransmission = true;
    } else {
        const std::size_t length = segmentLength(flow);
        packet.prefix = dataPrefix(flow, length);
        packet.poolLength = length - packet.prefix.size();
        packet.sequence = flow.next[1];
        flow.next[1] += low32(length);
        flow.lastLength = low16(length);
        flow.answered = true;
        --flow.burst;
        ++flow.unacknowledged;
    }
    packet.poolOffset = PayloadPool::offsetFor(packet.sequence + std::uint64_t{flow.salt});
    packet.tcpFlags = flow.burst == 0 ? kTcpPsh | kTcpAck : kTcpAck;
    const bool acknowledge = flow.unacknowledged >= 2 || flow.burst == 0;
    flow.phase = acknowledge ? TcpPhase::DataAck : TcpPhase::Data;
    step.pauseNs = acknowledge ? 40 * kMicrosecond : m_random.between(15, 120) * kMicrosecond;
}

void FlowScript::closingStep(LiveFlow& flow, Step& step)
{
    FastPacket& packet = step.packet;
    packet.sender = flow.phase == TcpPhase::FinAck ? Side::Client : Side::Server;
    const std::size_t side = indexOf(packet.sender);
    packet.sequence = flow.next[side];
    packet.acknowledgment = flow.next[1 - side];
    if (flow.phase != TcpPhase::LastAck) {
        packet.tcpFlags = kTcpFin | kTcpAck;
        ++flow.next[side];
    }
    step.pauseNs = flow.phase == TcpPhase::Fin ? 60 * kMicrosecond : flow.roundTripUs * kMicrosecond;
    flow.phase = flow.phase == TcpPhase::Fin ? TcpPhase::FinAck : TcpPhase::LastAck;
}

void FlowScript::dnsStep(LiveFlow& flow, Step& step)
{
    const Host& host = m_hosts[flow.host].host;
    const std::uint32_t exchange = flow.step / 2;
    DnsQuestion question;
    question.id = low16(flow.salt + exchange);
    question.name = host.name;
    question.type = exchange % 2 == 0 ? DnsType::A : DnsType::Aaaa;
    if (flow.step % 2 == 0) {
        m_scratch = dnsQuery(question);
        step.pauseNs = m_random.between(1, 30) * kMillisecond;
    } else {
        DnsAnswer answer;
        if (!host.alias.empty()) {
            answer.aliases.push_back(host.alias);
        }
        answer.addresses.push_back(question.type == DnsType::A ? host.v4 : host.v6);
        m_scratch = dnsResponse(question, answer);
        step.packet.sender = Side::Server;
        step.pauseNs = m_random.between(1, 5) * kMillisecond;
    }
    step.packet.prefix = m_scratch;
}

void FlowScript::quicStep(LiveFlow& flow, Step& step)
{
    constexpr std::uint32_t kHandshakePackets = 4;
    FastPacket& packet = step.packet;
    packet.poolOffset = PayloadPool::offsetFor(flow.step + (std::uint64_t{flow.salt} << 20));
    m_scratch.clear();
    ByteWriter out(m_scratch);
    // Client Initial, server Initial, server Handshake, client Handshake; then three packets down, one up.
    const bool handshake = flow.step < kHandshakePackets;
    const bool fromClient = handshake ? flow.step % 3 == 0 : flow.step % 4 == 3;
    packet.sender = fromClient ? Side::Client : Side::Server;
    const std::uint64_t destination = (std::uint64_t{flow.salt} << 1) | (fromClient ? 1U : 0U);
    if (handshake) {
        out.u8(flow.step < 2 ? 0xc3 : 0xe3).u32(1).u8(8).u64(destination).u8(8).u64(destination ^ 1U);
        if (flow.step < 2) {
            out.u8(0);
        }
        packet.poolLength = (flow.step < 2 ? std::size_t{1200}
                             : fromClient  ? std::size_t{120}
                                           : std::size_t{1180}) -
                            m_scratch.size() - 2;
        out.u16(0x4000U | packet.poolLength);
    } else {
        out.u8(0x40U | m_random.below(64)).u64(destination);
        packet.poolLength = fromClient ? m_random.between(24, 60) : std::size_t{1240};
    }
    packet.prefix = m_scratch;
    step.pauseNs =
        handshake || flow.step % 24 == 23 ? flow.roundTripUs * kMicrosecond : m_random.between(40, 900) * kMicrosecond;
    if (flow.step % 48 == 47) {
        step.pauseNs = m_random.longTail(100, 3'000) * kMillisecond;
    }
}

void FlowScript::voiceStep(LiveFlow& flow, Step& step, std::uint64_t nowNs)
{
    constexpr std::uint64_t kTickNs = 125'000; // 8 kHz
    FastPacket& packet = step.packet;
    packet.sender = flow.step % 2 == 0 ? Side::Client : Side::Server;
    const std::size_t side = indexOf(packet.sender);
    const bool afterPause = flow.answered; // set while both are silent (DTX)
    flow.answered = false;
    m_scratch.clear();
    ByteWriter(m_scratch)
        .u8(0x80)
        .u8(afterPause || flow.step < 2 ? 0x80 : 0x00) // marker; payload type 0, G.711 µ-law
        .u16(flow.next[side]++)
        .u32((nowNs - flow.startNs) / kTickNs + flow.salt)
        .u32(flow.salt ^ side);
    packet.prefix = m_scratch;
    packet.poolLength = 160;
    packet.poolOffset = PayloadPool::offsetFor(flow.step + (std::uint64_t{flow.salt} << 20));
    step.pauseNs = 10 * kMillisecond - 200 * kMicrosecond + m_random.below(400) * kMicrosecond;
    if (flow.step % 2 == 1 && m_random.chance(6)) {
        step.pauseNs = m_random.between(400, 2'000) * kMillisecond;
        flow.answered = true;
    }
}

void FlowScript::gameStep(LiveFlow& flow, Step& step)
{
    FastPacket& packet = step.packet;
    packet.sender = flow.step == 0 || m_random.chance(450) ? Side::Client : Side::Server;
    putMark(m_scratch, flow);
    packet.prefix = m_scratch;
    packet.poolLength = packet.sender == Side::Client ? m_random.between(16, 60) : m_random.between(40, 140);
    packet.poolOffset = PayloadPool::offsetFor(flow.step + (std::uint64_t{flow.salt} << 20));
    step.pauseNs = m_random.between(2, 20) * kMillisecond;
}

void FlowScript::probeStep(LiveFlow& flow, Step& step)
{
    putMark(m_scratch, flow);
    step.packet.prefix = m_scratch;
    step.packet.poolLength = 32;
    step.packet.poolOffset = PayloadPool::offsetFor(flow.step + (std::uint64_t{flow.salt} << 20));
    step.pauseNs = m_random.between(500, 1'500) * kMillisecond;
}

} // namespace timbre::generator
