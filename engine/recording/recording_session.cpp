#include "engine/recording/recording_session.h"

#include <cmath>

namespace timbre::recording {

namespace {

std::uint64_t wholeSeconds(Timestamp from, Timestamp to)
{
    const std::int64_t ns = elapsedNs(from, to);
    return ns <= 0 ? 0 : static_cast<std::uint64_t>(ns / kNsPerSecond);
}

double meanOf(double sum, std::uint64_t count)
{
    return count == 0 ? 0.0 : sum / static_cast<double>(count);
}

/// The difference can come out slightly below zero in floating point.
double deviationOf(double squares, double sum, std::uint64_t count)
{
    const double mean = meanOf(sum, count);
    return std::sqrt(std::max(0.0, meanOf(squares, count) - mean * mean));
}

} // namespace

double SideSums::meanSize() const
{
    return meanOf(static_cast<double>(sizes), packets);
}

double SideSums::sizeDeviation() const
{
    return deviationOf(static_cast<double>(squaredSizes), static_cast<double>(sizes), packets);
}

double SideSums::meanGapMs() const
{
    return meanOf(gapsMs, packets);
}

double SideSums::gapDeviationMs() const
{
    return deviationOf(squaredGapsMs, gapsMs, packets);
}

void RunningFigures::add(const PacketRecord& packet)
{
    SideSums& side = sides[static_cast<std::size_t>(packet.direction)];
    ++side.packets;
    side.sizes += packet.size;
    side.squaredSizes += std::uint64_t{packet.size} * packet.size;
    side.gapsMs += packet.gapMs;
    side.squaredGapsMs += packet.gapMs * packet.gapMs; // rounded before it is added: the tree is built without fusing
    entropies += static_cast<double>(packet.entropy);
    ++entropyCount;
}

std::string toHex(const SessionId& id)
{
    constexpr const char* kDigits = "0123456789abcdef";
    std::string out;
    for (const std::uint8_t byte : id) {
        out += kDigits[byte >> 4U];
        out += kDigits[byte & 15U];
    }
    return out;
}

RecordingSession::RecordingSession(SessionFacts facts, Timestamp now)
    : m_facts(std::move(facts))
    , m_started(now)
    , m_last(now)
{
    m_packets.reserve(kReservedPackets);
}

void RecordingSession::add(const PacketRecord& packet, Timestamp now)
{
    if (m_packets.size() < kMaxPackets) {
        if (m_packets.size() == m_packets.capacity())
            m_packets.reserve(kMaxPackets); // once; doubling could go past the budget
        m_packets.push_back(packet);
    }
    ++m_total;
    m_last = now;
    m_figures.add(packet);
}

std::uint64_t RecordingSession::durationSeconds(Timestamp now) const
{
    return wholeSeconds(m_started, now);
}

bool RecordingSession::hasEnough(Timestamp now) const
{
    return m_total >= kEnoughPackets && durationSeconds(now) >= kEnoughSeconds;
}

bool RecordingSession::isIdle(Timestamp now, std::uint64_t seconds) const
{
    return wholeSeconds(m_last, now) >= seconds;
}

} // namespace timbre::recording
