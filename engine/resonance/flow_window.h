#pragma once

// The last 256 packets of one flow, both directions in one list, as resonance looks at them: when, how long, which way,
// how random, and the first bytes of a few of them. From it come the figures of the exact score (both directions
// as one sequence) and, by direction, the observations that the calibrated score weighs.

#include "engine/base/bytes.h"
#include "engine/base/timestamp.h"
#include "engine/decode/packet.h"
#include "engine/flow/flow_table.h"
#include "engine/resonance/features.h"

#include <algorithm>
#include <memory_resource>

namespace timbre::resonance {

/// First bytes of a packet's payload, as many as a mask's header can be matched against.
struct Prefix {
    static constexpr std::size_t kMaxBytes = 20;
    std::array<std::uint8_t, kMaxBytes> bytes{};
    std::uint8_t length = 0;

    static Prefix of(Bytes payload)
    {
        Prefix prefix;
        prefix.take(payload);
        return prefix;
    }
    void take(Bytes payload)
    {
        length = static_cast<std::uint8_t>(std::min(payload.size(), kMaxBytes));
        if (payload.size() >= kMaxBytes)
            std::memcpy(bytes.data(), payload.data(), kMaxBytes); // nearly always, and then two moves
        else
            std::memcpy(bytes.data(), payload.data(), payload.size());
    }
    [[nodiscard]] std::span<const std::uint8_t> view() const { return {bytes.data(), length}; }
};

struct FlowPacket {
    Timestamp time;
    float entropy = 0.0F;   // of the payload; 0 without one
    std::uint16_t size = 0; // of the whole packet on the wire; larger ones count as 65,535
    flow::Side side = flow::Side::Initiator;

    static FlowPacket of(flow::Side side, const decode::Packet& packet, const flow::Frame& frame)
    {
        return {frame.time, packet.payload.empty() ? 0.0F : frame.payloadEntropy,
                static_cast<std::uint16_t>(std::min<std::uint32_t>(frame.originalLength, 0xffff)), side};
    }
};

/// What one side of a flow sent, in order. Gaps are to the packet of the same side before it; 0 for the flow's first.
struct SideTraffic {
    std::size_t packets = 0;
    std::array<double, kWindowPackets> sizes; // as many as there are packets; the rest is not set
    std::array<double, kWindowPackets> gapsMs;
    std::array<double, kWindowPackets> entropies;
    std::span<const Prefix> prefixes; // of packets with payload: the first ones, or some of the latest
};

class FlowWindow {
public:
    static constexpr std::size_t kMaxPrefixes = 8; // per side; behind the first ones those of every eighth packet
    static constexpr std::size_t kPrefixEvery = 8;

    /// Packets lie in `memory`, which outlives the window: most flows are short, and memory is taken as they grow.
    explicit FlowWindow(std::pmr::memory_resource* memory = std::pmr::get_default_resource())
        : m_memory(memory)
    {
    }
    ~FlowWindow();
    FlowWindow(FlowWindow&& other) noexcept;
    FlowWindow& operator=(FlowWindow&&) = delete;

    /// True when more memory was taken.
    bool add(const FlowPacket& packet, Bytes payload)
    {
        ++m_seen;
        bool grows = false;
        if (!payload.empty()) {
            Prefixes& ring = m_prefixes[static_cast<std::size_t>(packet.side)];
            if (ring.size < kMaxPrefixes || ++ring.passed == kPrefixEvery)
                grows = addPrefix(packet.side, payload);
        }
        if (m_size == m_capacity)
            return addToFull(packet) || grows;
        put(m_packets[m_size++], packet);
        return grows;
    }
    [[nodiscard]] std::size_t size() const { return m_size; }
    /// All packets that were ever added.
    [[nodiscard]] std::uint64_t seen() const { return m_seen; }
    /// Requires: size() > 0.
    [[nodiscard]] Timestamp firstTime() const { return m_packets[m_oldest].time; }
    /// The features of the exact score: both directions as one sequence, no rates.
    [[nodiscard]] Features exactFeatures() const;
    /// By flow::Side. Views into the window: valid until the next packet.
    void split(std::array<SideTraffic, 2>& sides) const;
    [[nodiscard]] std::size_t memoryBytes() const;

private:
    struct Past {
        Timestamp time;
        bool known = false;
    };
    /// A ring once it is full; no memory before the first. A long stream shows its header in every eighth packet as well
    /// as in each, and over a longer time.
    struct Prefixes {
        std::uint8_t size = 0;
        std::uint8_t next = 0;
        std::uint8_t passed = 0; // packets since the last that was taken
    };
    bool addPrefix(flow::Side side, Bytes payload);
    /// Member by member: a copy in wider pieces would wait for the members that have just been written.
    static void put(FlowPacket& place, const FlowPacket& packet)
    {
        place.time = packet.time;
        place.entropy = packet.entropy;
        place.size = packet.size;
        place.side = packet.side;
    }
    bool addToFull(const FlowPacket& packet);
    template<typename T>
    T* memoryFor(std::size_t count);
    template<typename T>
    void giveBack(T* values, std::size_t count);
    template<typename Visit>
    void forEach(Visit visit) const;

    // What every packet touches comes first.
    std::uint64_t m_seen = 0;
    FlowPacket* m_packets = nullptr; // a ring once there are kWindowPackets
    std::array<Prefix*, 2> m_prefixBytes{};
    std::uint16_t m_size = 0;
    std::uint16_t m_capacity = 0;
    std::uint16_t m_oldest = 0;
    std::array<Prefixes, 2> m_prefixes;
    std::pmr::memory_resource* m_memory;
    Past m_before; // the last packet that has left the window
    std::array<Past, 2> m_beforeBySide{};
};

} // namespace timbre::resonance
