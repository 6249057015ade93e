#include "engine/resonance/flow_window.h"

#include <algorithm>

namespace timbre::resonance {

namespace {

constexpr double kNsPerMs = 1e6;

double gapMs(Timestamp from, Timestamp to)
{
    return static_cast<double>(elapsedNs(from, to)) / kNsPerMs;
}

} // namespace

Prefix Prefix::of(Bytes payload)
{
    Prefix prefix;
    prefix.length = static_cast<std::uint8_t>(std::min(payload.size(), kMaxBytes));
    std::memcpy(prefix.bytes.data(), payload.data(), prefix.length);
    return prefix;
}

void FlowWindow::add(const FlowPacket& packet, Bytes payload)
{
    ++m_seen;
    const auto side = static_cast<std::size_t>(packet.side);
    if (!payload.empty()) {
        Prefixes& prefixes = m_prefixes[side];
        if (prefixes.latest.size() < kMaxPrefixes)
            prefixes.latest.push_back(Prefix::of(payload));
        else
            prefixes.latest[prefixes.next] = Prefix::of(payload);
        prefixes.next = (prefixes.next + 1) % kMaxPrefixes;
    }
    if (m_packets.size() < kWindowPackets) {
        m_packets.push_back(packet);
        return;
    }
    const FlowPacket& leaving = m_packets[m_oldest];
    m_before = {leaving.time, true};
    m_beforeBySide[static_cast<std::size_t>(leaving.side)] = m_before;
    m_packets[m_oldest] = packet;
    m_oldest = (m_oldest + 1) % kWindowPackets;
}

Features FlowWindow::exactFeatures() const
{
    std::array<std::uint16_t, kWindowPackets> sizes;
    std::array<double, kWindowPackets> gaps;
    std::array<double, kWindowPackets> entropies;
    const std::size_t count = m_packets.size();
    bool known = m_before.known;
    Timestamp previous = m_before.time;
    for (std::size_t i = 0; i < count; ++i) {
        const FlowPacket& packet = at(i);
        sizes[i] = packet.size;
        gaps[i] = known ? gapMs(previous, packet.time) : 0.0;
        entropies[i] = static_cast<double>(packet.entropy);
        previous = packet.time;
        known = true;
    }
    return featuresOf({{sizes.data(), count}, {gaps.data(), count}, {entropies.data(), count}});
}

SideTraffic FlowWindow::traffic(flow::Side side) const
{
    SideTraffic traffic;
    const Past& before = m_beforeBySide[static_cast<std::size_t>(side)];
    bool known = before.known;
    Timestamp previous = before.time;
    for (std::size_t i = 0; i < m_packets.size(); ++i) {
        const FlowPacket& packet = at(i);
        if (packet.side != side)
            continue;
        traffic.sizes.push_back(packet.size);
        traffic.gapsMs.push_back(known ? gapMs(previous, packet.time) : 0.0);
        traffic.entropies.push_back(static_cast<double>(packet.entropy));
        previous = packet.time;
        known = true;
    }
    traffic.prefixes = m_prefixes[static_cast<std::size_t>(side)].latest;
    return traffic;
}

std::size_t FlowWindow::memoryBytes() const
{
    return m_packets.capacity() * sizeof(FlowPacket) +
           (m_prefixes[0].latest.capacity() + m_prefixes[1].latest.capacity()) * sizeof(Prefix);
}

} // namespace timbre::resonance
