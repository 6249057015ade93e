#include "engine/resonance/flow_window.h"

#include <algorithm>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

namespace timbre::resonance {

namespace {

constexpr double kNsPerMs = 1e6;
constexpr std::size_t kFirstPackets = 16; // memory for so many at first, then for four times as many

double gapMs(Timestamp from, Timestamp to)
{
    return static_cast<double>(elapsedNs(from, to)) / kNsPerMs;
}

} // namespace

template<typename T>
T* FlowWindow::memoryFor(std::size_t count)
{
    static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);
    return static_cast<T*>(m_memory->allocate(count * sizeof(T), alignof(T)));
}

template<typename T>
void FlowWindow::giveBack(T* values, std::size_t count)
{
    if (values)
        m_memory->deallocate(values, count * sizeof(T), alignof(T));
}

FlowWindow::~FlowWindow()
{
    giveBack(m_packets, m_capacity);
    for (Prefix* prefixes : m_prefixBytes)
        giveBack(prefixes, kMaxPrefixes);
}

FlowWindow::FlowWindow(FlowWindow&& other) noexcept
    : m_seen(other.m_seen)
    , m_packets(std::exchange(other.m_packets, nullptr))
    , m_prefixBytes(std::exchange(other.m_prefixBytes, {}))
    , m_size(std::exchange(other.m_size, 0))
    , m_capacity(std::exchange(other.m_capacity, 0))
    , m_oldest(std::exchange(other.m_oldest, 0))
    , m_prefixes(std::exchange(other.m_prefixes, {}))
    , m_memory(other.m_memory)
    , m_before(other.m_before)
    , m_beforeBySide(other.m_beforeBySide)
{
}

bool FlowWindow::addPrefix(flow::Side side, Bytes payload)
{
    const auto which = static_cast<std::size_t>(side);
    Prefixes& ring = m_prefixes[which];
    if (ring.size == kMaxPrefixes) {
        m_prefixBytes[which][ring.next].take(payload);
        ring.next = (ring.next + 1) % kMaxPrefixes;
        ring.passed = 0;
        return false;
    }
    const bool first = ring.size == 0;
    if (first)
        m_prefixBytes[which] = memoryFor<Prefix>(kMaxPrefixes);
    new (&m_prefixBytes[which][ring.size]) Prefix(Prefix::of(payload));
    ++ring.size;
    return first;
}

/// To a window whose memory is used up: takes more, or the oldest packet goes.
bool FlowWindow::addToFull(const FlowPacket& packet)
{
    if (m_size == kWindowPackets) {
        FlowPacket& leaving = m_packets[m_oldest];
        m_before = {leaving.time, true};
        m_beforeBySide[static_cast<std::size_t>(leaving.side)] = m_before;
        put(leaving, packet);
        m_oldest = (m_oldest + 1) % kWindowPackets;
        return false;
    }
    const std::size_t capacity = m_size == 0 ? kFirstPackets : std::min<std::size_t>(4U * m_size, kWindowPackets);
    auto* packets = memoryFor<FlowPacket>(capacity);
    std::uninitialized_copy_n(m_packets, m_size, packets);
    giveBack(m_packets, m_capacity);
    m_packets = packets;
    m_capacity = static_cast<std::uint16_t>(capacity);
    put(m_packets[m_size++], packet);
    return true;
}

/// From the oldest packet to the newest.
template<typename Visit>
void FlowWindow::forEach(Visit visit) const
{
    for (std::size_t i = m_oldest; i < m_size; ++i)
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
    std::array<Timestamp, 2> before = {m_beforeBySide[0].time, m_beforeBySide[1].time};
    std::array<std::size_t, 2> counts{};
    forEach([&](const FlowPacket& packet) {
        const auto side = static_cast<std::size_t>(packet.side);
        SideTraffic& traffic = sides[side];
        const std::size_t i = counts[side]++;
        traffic.sizes[i] = packet.size;
        traffic.gapsMs[i] = gapMs(before[side], packet.time);
        traffic.entropies[i] = static_cast<double>(packet.entropy);
        before[side] = packet.time;
    });
    for (std::size_t side = 0; side < 2; ++side) {
        sides[side].packets = counts[side];
        sides[side].prefixes = {m_prefixBytes[side], m_prefixes[side].size};
        if (!m_beforeBySide[side].known)
            sides[side].gapsMs[0] = 0.0;
    }
}

std::size_t FlowWindow::memoryBytes() const
{
    const std::size_t prefixLists = (m_prefixBytes[0] ? 1U : 0U) + (m_prefixBytes[1] ? 1U : 0U);
    return m_capacity * sizeof(FlowPacket) + prefixLists * kMaxPrefixes * sizeof(Prefix);
}

} // namespace timbre::resonance
