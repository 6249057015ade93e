#include "engine/resonance/telemetry.h"

#include "engine/base/bytes.h"

#include <algorithm>

namespace timbre::resonance {

namespace {

constexpr double kNsPerMs = 1e6;
constexpr std::size_t kRtpHeader = 12;
constexpr std::uint16_t kMostMissing = 100; // a larger jump is a new stream, not loss
constexpr std::uint16_t kRemembered = 64;   // numbers before the newest that may still come late
constexpr std::size_t kReportHeader = 8;    // of RTCP: length, source
constexpr std::size_t kReportBlock = 24;
constexpr double kReportTick = 1000.0 / 65'536.0; // ms, of the delay since the last sender report
constexpr double kLongestRoundTrip = 10'000.0;    // ms; what is longer is a report about another time
constexpr std::uint8_t kSenderReport = 200;
constexpr std::uint8_t kReceiverReport = 201;

/// Calls visit(source, share lost, last sender report, delay since) for each report block of the first packet of RTCP.
template<typename Visit>
void forEachBlock(Bytes payload, Visit visit)
{
    const std::uint8_t type = loadU8(payload, 1);
    std::size_t block = type == kSenderReport ? 28 : 8;
    for (unsigned left = loadU8(payload, 0) & 0x1fU; left > 0 && payload.size() >= block + kReportBlock; --left) {
        visit(loadBe32(payload, block), loadU8(payload, block + 4) / 256.0, loadBe32(payload, block + 16),
              loadBe32(payload, block + 20));
        block += kReportBlock;
    }
}

} // namespace

void Telemetry::mediaPacket(flow::Side side, const decode::Packet& packet, Timestamp time)
{
    const Bytes payload = packet.payload;
    if (payload.size() < kReportHeader || (loadU8(payload, 0) & 0xc0U) != 0x80U)
        return;
    const std::uint8_t type = loadU8(payload, 1);
    if (type == kSenderReport || type == kReceiverReport)
        return report(side, payload, time);
    if (payload.size() >= kRtpHeader)
        media(m_media[static_cast<std::size_t>(side)], loadBe32(payload, 8), loadBe16(payload, 2));
}

/// Numbers are expected from the first to the highest one seen, as in RFC 3550, A.3; a packet that comes late fills its
/// gap, one that comes twice counts once.
void Telemetry::media(Media& known, std::uint32_t source, std::uint16_t number)
{
    const auto step = static_cast<std::uint16_t>(number - known.last);
    const bool goesOn = known.known && known.source == source;
    const auto back = static_cast<std::uint16_t>(known.last - number);
    if (goesOn && back < 0x8000U) { // late or twice
        if (back < kRemembered && (known.seen >> back & 1U) == 0) {
            known.seen |= std::uint64_t{1} << back;
            m_missing -= m_missing > 0 ? 1 : 0;
            ++m_arrived;
        }
        return;
    }
    if (goesOn && step - 1U <= kMostMissing) {
        m_missing += step - 1U;
        known.seen = step < kRemembered ? known.seen << step | 1U : 1U;
    } else {
        known.seen = ~std::uint64_t{0}; // what lies before a stream's first packet is not missing
    }
    ++m_arrived;
    known.source = source;
    known.last = number;
    known.known = true;
}

/// A report counts when it speaks of a source that the other side has shown: encrypted ones look the same otherwise.
void Telemetry::report(flow::Side side, Bytes payload, Timestamp time)
{
    Media& own = m_media[static_cast<std::size_t>(side)];
    const Media& other = m_media[1 - static_cast<std::size_t>(side)];
    forEachBlock(payload, [&](std::uint32_t source, double lost, std::uint32_t lastReport, std::uint32_t delay) {
        const bool known = (other.known && other.source == source) || (other.reports && other.reporter == source);
        if (!known)
            return;
        m_reportedLoss = std::max(lost, m_reportedLoss.value_or(0.0));
        if (lastReport == 0 || !other.reports || other.reportStamp != lastReport)
            return;
        const double roundTrip = static_cast<double>(elapsedNs(other.reportTime, time)) / kNsPerMs -
                                 static_cast<double>(delay) * kReportTick;
        if (roundTrip < 0.0 || roundTrip > kLongestRoundTrip)
            return;
        m_roundTripSum += roundTrip;
        ++m_roundTrips;
    });
    own.reports = true;
    own.reporter = loadBe32(payload, 4);
    if (loadU8(payload, 1) == kSenderReport && payload.size() >= 16) {
        own.reportStamp = loadBe32(payload, 10); // the middle of its NTP time
        own.reportTime = time;
    }
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
    else if (m_arrived + m_missing > 0)
        sample.loss = static_cast<double>(m_missing) / static_cast<double>(m_arrived + m_missing);
    if (m_reportedLoss)
        sample.loss = std::max(*m_reportedLoss, sample.loss.value_or(0.0));
    m_packetsTaken = record.packets();
    m_retransmissionsTaken = again;
    m_roundTripSum = 0.0;
    m_roundTrips = m_arrived = m_missing = 0;
    m_reportedLoss.reset();
    return sample;
}

} // namespace timbre::resonance
