#include "engine/resonance/telemetry.h"

#include "engine/base/bytes.h"

#include <algorithm>

namespace timbre::resonance {

namespace {

constexpr double kNsPerMs = 1e6;
constexpr std::size_t kRtpHeader = 12;
constexpr std::uint16_t kMostMissing = 100; // a larger jump is a new stream, not loss
constexpr std::uint8_t kSenderReport = 200;
constexpr std::uint8_t kReceiverReport = 201;

/// a lies before b, across the wrap of sequence numbers.
bool before(std::uint32_t a, std::uint32_t b)
{
    return static_cast<std::int32_t>(a - b) < 0;
}

/// Fraction lost of the first report block.
std::optional<double> reportedLoss(Bytes payload)
{
    const std::uint8_t type = loadU8(payload, 1);
    const std::size_t block = type == kSenderReport ? 28 : 8;
    const bool hasBlock = (loadU8(payload, 0) & 0x1fU) > 0;
    if (!hasBlock || payload.size() < block + 5)
        return std::nullopt;
    return loadU8(payload, block + 4) / 256.0;
}

} // namespace

void Telemetry::packet(const flow::Flow& flow, flow::Side side, const decode::Packet& packet, Timestamp time)
{
    if (packet.key.l4 == decode::L4::Tcp)
        tcpPacket(side, packet, time);
    else if (flow.record.app == flow::App::Rtp || flow.record.app == flow::App::Rtcp)
        mediaPacket(side, packet);
}

void Telemetry::tcpPacket(flow::Side side, const decode::Packet& packet, Timestamp time)
{
    Outstanding& own = m_outstanding[static_cast<std::size_t>(side)];
    Outstanding& other = m_outstanding[1 - static_cast<std::size_t>(side)];
    if ((packet.tcpFlags & decode::kTcpAck) != 0 && other.waiting && !before(packet.tcpAcknowledgement, other.end)) {
        m_roundTripSum += static_cast<double>(std::max<std::int64_t>(0, elapsedNs(other.sent, time))) / kNsPerMs;
        ++m_roundTrips;
        other.waiting = false;
    }
    if (packet.payloadLength == 0)
        return;
    const std::uint32_t end = packet.tcpSequence + packet.payloadLength;
    if (!own.waiting)
        own = {end, time, true};
    else if (!before(own.end, end)) // sent again: its acknowledgement could belong to either
        own.waiting = false;
}

void Telemetry::mediaPacket(flow::Side side, const decode::Packet& packet)
{
    const Bytes payload = packet.payload;
    if (payload.size() < kRtpHeader || (loadU8(payload, 0) & 0xc0U) != 0x80U)
        return;
    const std::uint8_t type = loadU8(payload, 1);
    if (type == kSenderReport || type == kReceiverReport) {
        if (const auto loss = reportedLoss(payload))
            m_reportedLoss = std::max(*loss, m_reportedLoss.value_or(0.0));
        return;
    }
    Sequence& known = m_sequence[static_cast<std::size_t>(side)];
    const std::uint16_t number = loadBe16(payload, 2);
    const std::uint32_t ssrc = loadBe32(payload, 8);
    ++m_mediaPackets;
    if (known.known && known.ssrc == ssrc) {
        const auto step = static_cast<std::uint16_t>(number - known.last);
        if (step == 0 || step > 0x8000U)
            return; // sent again or late: the newest number stays
        if (step - 1 <= kMostMissing)
            m_mediaMissing += step - 1U;
    }
    known = {ssrc, number, true};
}

Telemetry::Sample Telemetry::take(const flow::FlowRecord& record)
{
    Sample sample;
    if (!m_handshakeTaken && record.handshakeRttNs != flow::kUnknownNs) {
        m_handshakeTaken = true;
        m_roundTripSum += static_cast<double>(record.handshakeRttNs) / kNsPerMs;
        ++m_roundTrips;
    }
    if (m_roundTrips > 0)
        sample.roundTripMs = m_roundTripSum / m_roundTrips;
    const std::uint64_t packets = record.packets() - m_packetsTaken;
    const std::uint64_t again = record.sides[0].retransmissions + record.sides[1].retransmissions;
    if (record.key.l4 == decode::L4::Tcp && packets > 0)
        sample.loss = static_cast<double>(again - m_retransmissionsTaken) / static_cast<double>(packets);
    else if (m_mediaPackets + m_mediaMissing > 0)
        sample.loss = static_cast<double>(m_mediaMissing) / static_cast<double>(m_mediaPackets + m_mediaMissing);
    if (m_reportedLoss)
        sample.loss = std::max(*m_reportedLoss, sample.loss.value_or(0.0));
    m_packetsTaken = record.packets();
    m_retransmissionsTaken = again;
    m_roundTripSum = 0.0;
    m_roundTrips = m_mediaPackets = m_mediaMissing = 0;
    m_reportedLoss.reset();
    return sample;
}

} // namespace timbre::resonance
