#pragma once

// The bytes of a mask's header that every packet has at their places, compared with the first bytes of a packet eight
// at a time: each window has up to sixteen of those, and each is held against every mask.

#include "engine/resonance/flow_window.h"

#include <bit>

namespace timbre::resonance {

class HeaderPattern {
public:
    /// Places beyond what is known of a packet don't count.
    void fix(std::size_t place, std::uint8_t value) { put(place, 0xff, value); }
    void release(std::size_t place) { put(place, 0, 0); }

    [[nodiscard]] std::size_t fixedBytes() const { return m_fixedBytes; }
    /// How many of the fixed bytes the packet has.
    [[nodiscard]] std::size_t matching(const Prefix& prefix) const
    {
        Words bytes{};
        std::memcpy(bytes.data(), prefix.bytes.data(), Prefix::kMaxBytes);
        const Words& known = kKnown[prefix.length];
        std::uint64_t different = 0; // byte by byte, how many of three words
        for (std::size_t i = 0; i < kWords; ++i) {
            const std::uint64_t wrong = m_fixed[i] & ((bytes[i] ^ m_values[i]) | ~known[i]);
            different += ((((wrong & kLowBits) + kLowBits) | wrong) >> 7U) & kOnes;
        }
        return m_fixedBytes - static_cast<std::size_t>((different * kOnes) >> 56U); // the sum of all bytes
    }

private:
    static constexpr std::size_t kWords = (Prefix::kMaxBytes + 7) / 8;
    static constexpr std::uint64_t kOnes = 0x0101'0101'0101'0101;
    static constexpr std::uint64_t kLowBits = 0x7f7f'7f7f'7f7f'7f7f;
    using Words = std::array<std::uint64_t, kWords>; // the first byte is the lowest, see base/bytes.h

    static constexpr auto kKnown = [] { // by length, 0xff for each byte that is there
        std::array<Words, Prefix::kMaxBytes + 1> known{};
        for (std::size_t length = 0; length < known.size(); ++length) {
            for (std::size_t place = 0; place < length; ++place)
                known[length][place / 8] |= std::uint64_t{0xff} << (8 * (place % 8));
        }
        return known;
    }();

    void put(std::size_t place, std::uint8_t fixed, std::uint8_t value)
    {
        if (place >= Prefix::kMaxBytes)
            return;
        const std::size_t shift = 8 * (place % 8);
        const auto set = [&](std::uint64_t& word, std::uint8_t byte) {
            word = (word & ~(std::uint64_t{0xff} << shift)) | std::uint64_t{byte} << shift;
        };
        set(m_fixed[place / 8], fixed);
        set(m_values[place / 8], value);
        m_fixedBytes = 0;
        for (const std::uint64_t word : m_fixed)
            m_fixedBytes += static_cast<std::size_t>(std::popcount(word)) / 8;
    }

    Words m_values{};
    Words m_fixed{}; // 0xff where the byte counts
    std::size_t m_fixedBytes = 0;
};

} // namespace timbre::resonance
