#include "engine/resonance/flow_window.h"

#include <algorithm>

namespace timbre::resonance {

namespace {

constexpr double kNsPerMs = 1e6;
constexpr std::size_t kFirstPackets = 8; // memory for so many at first, then for four times as many
constexpr std::size_t kFirstPrefixes = 4;

double gapMs(Timestamp from, Timestamp to)
{
    return static_cast<double>(elapsedNs(from, to)) / kNsPerMs;
}

} // namespace

/// A long stream shows its header in every eighth packet as well as in each, and over a longer time.
bool FlowWindow::addPrefix(flow::Side side, Bytes payload)
{
    Prefixes& prefixes = m_prefixes[static_cast<std::size_t>(side)];
    if (prefixes.latest.size() == kMaxPrefixes) {
        if (++prefixes.passed == kPrefixEvery) {
            prefixes.latest[prefixes.next].take(payload);
            prefixes.next = (prefixes.next + 1) % kMaxPrefixes;
            prefixes.passed = 0;
        }
        return false;
    }
    const bool grows = prefixes.latest.size() == prefixes.latest.capacity();
    if (grows)
        prefixes.latest.reserve(prefixes.latest.empty() ? kFirstPrefixes : kMaxPrefixes);
    prefixes.latest.emplace_back().take(payload);
    return grows;
}

bool FlowWindow::add(const FlowPacket& packet, Bytes payload)
{
    ++m_seen;
    bool grows = !payload.empty() && addPrefix(packet.side, payload);
    if (m_packets.size() == kWindowPackets) {
        FlowPacket& leaving = m_packets[m_oldest];
        m_before = {leaving.time, true};
        m_beforeBySide[static_cast<std::size_t>(leaving.side)] = m_before;
        leaving = packet;
        m_oldest = (m_oldest + 1) % kWindowPackets;
        return grows;
    }
    if (m_packets.size() == m_packets.capacity()) {
        m_packets.reserve(m_packets.empty() ? kFirstPackets : std::min(4 * m_packets.size(), kWindowPackets));
        grows = true;
    }
    m_packets.push_back(packet);
    return grows;
}

/// From the oldest packet to the newest.
template<typename Visit>
void FlowWindow::forEach(Visit visit) const
{
    for (std::size_t i = m_oldest; i < m_packets.size(); ++i)
        visit(m_packets[i]);
    for (std::size_t i = 0; i < m_oldest; ++i)
        visit(m_packets[i]);
}

Features FlowWindow::exactFeatures() const
{
    std::array<std::uint16_t, kWindowPackets> sizes;
    std::array<double, kWindowPackets> gaps;
    std::array<double, kWindowPackets> entropies;
    std::size_t count = 0;
    bool known = m_before.known;
    Timestamp previous = m_before.time;
    forEach([&](const FlowPacket& packet) {
        sizes[count] = packet.size;
        gaps[count] = known ? gapMs(previous, packet.time) : 0.0;
        entropies[count] = static_cast<double>(packet.entropy);
        previous = packet.time;
        known = true;
        ++count;
    });
    return featuresOf({{sizes.data(), count}, {gaps.data(), count}, {entropies.data(), count}});
}

void FlowWindow::split(std::array<SideTraffic, 2>& sides) const
{
    std::array<Past, 2> before = m_beforeBySide;
    for (std::size_t side = 0; side < 2; ++side) {
        sides[side].packets = 0;
        sides[side].prefixes = m_prefixes[side].latest;
    }
    forEach([&](const FlowPacket& packet) {
        const auto side = static_cast<std::size_t>(packet.side);
        SideTraffic& traffic = sides[side];
        Past& past = before[side];
        const std::size_t i = traffic.packets++;
        traffic.sizes[i] = packet.size;
        traffic.gapsMs[i] = past.known ? gapMs(past.time, packet.time) : 0.0;
        traffic.entropies[i] = static_cast<double>(packet.entropy);
        past = {packet.time, true};
    });
}

std::size_t FlowWindow::memoryBytes() const
{
    return m_packets.capacity() * sizeof(FlowPacket) +
           (m_prefixes[0].latest.capacity() + m_prefixes[1].latest.capacity()) * sizeof(Prefix);
}

} // namespace timbre::resonance
