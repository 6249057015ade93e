#pragma once

// The bytes of a mask's header that every packet has at their places, compared with the first bytes of packets sixteen
// at a time: each window has those of up to sixteen packets, and each is held against every mask.

#include "engine/resonance/flow_window.h"

#include <algorithm>
#include <cstring>

namespace timbre::resonance {

class HeaderPattern {
public:
    /// Places beyond what is known of a packet don't count.
    void fix(std::size_t place, std::uint8_t value) { put(place, -1, value); }
    void release(std::size_t place) { put(place, 0, 0); }

    [[nodiscard]] std::size_t fixedBytes() const { return static_cast<std::size_t>(m_fixedBytes); }
    /// How many of the fixed bytes the packets have, all together. Requires: no more packets than a window keeps.
    [[nodiscard]] std::size_t matching(std::span<const Prefix> packets) const
    {
        Sixteen matches{}; // by place; true is −1
        for (const Prefix& packet : packets) {
            const Known& known = kKnown[packet.length];
            matches -= (at(packet.bytes.data()) == m_front.values) & m_front.fixed & at(known.data());
            matches -= (at(packet.bytes.data() + kRear) == m_rear.values) & m_rear.fixed & at(known.data() + kRear);
        }
        std::size_t sum = 0;
        for (std::size_t lane = 0; lane < kLanes; ++lane)
            sum += static_cast<std::size_t>(matches[lane]);
        return sum;
    }

private:
    static constexpr std::size_t kLanes = 16;
    static constexpr std::size_t kRear = Prefix::kMaxBytes - kLanes; // the rear ends with the last byte
    static_assert(Prefix::kMaxBytes <= 2 * kLanes && 2 * FlowWindow::kMaxPrefixes <= 127);
    using Sixteen [[gnu::vector_size(kLanes)]] = std::int8_t;
    struct Half {
        Sixteen values{};
        Sixteen fixed{}; // −1 where the byte counts
    };
    using Known = std::array<std::int8_t, Prefix::kMaxBytes>;

    static constexpr auto kKnown = [] { // by length, −1 for each byte that is there
        std::array<Known, Prefix::kMaxBytes + 1> known{};
        for (std::size_t length = 0; length < known.size(); ++length)
            std::fill_n(known[length].begin(), length, std::int8_t{-1});
        return known;
    }();

    static Sixteen at(const void* bytes)
    {
        Sixteen result;
        std::memcpy(&result, bytes, sizeof result);
        return result;
    }
    void put(std::size_t place, std::int8_t fixed, std::uint8_t value)
    {
        if (place >= Prefix::kMaxBytes)
            return;
        Half& half = place < kLanes ? m_front : m_rear; // where both reach, the front looks
        const std::size_t lane = place < kLanes ? place : place - kRear;
        m_fixedBytes += half.fixed[lane] - fixed;
        half.fixed[lane] = fixed;
        half.values[lane] = static_cast<std::int8_t>(value);
    }

    Half m_front;
    Half m_rear;
    int m_fixedBytes = 0;
};

} // namespace timbre::resonance
