#pragma once

// Parts of the pcapng format (IETF draft-ietf-opsawg-pcapng) that stand on their own: the clock of an interface, and
// the options that may follow any block.

#include "engine/base/bytes.h"
#include "engine/base/timestamp.h"

#include <optional>
#include <string>

namespace timbre::capture {

/// Turns the 64-bit time stamps of one interface into nanoseconds, clamped to what a Timestamp holds.
class TimeScale {
public:
    /// `resolution` is the if_tsresol octet: 10^-n, or 2^-n with the top bit set. Any value is taken.
    explicit TimeScale(std::uint8_t resolution = 6, std::int64_t offsetSeconds = 0);

    [[nodiscard]] Timestamp at(std::uint64_t units) const
    {
        std::uint64_t ns = 0;
        if (m_simple && !__builtin_mul_overflow(units, m_factor, &ns) && ns <= kMaxNs)
            return {static_cast<std::int64_t>(ns)};
        return slowAt(units);
    }
    /// "1 µs", "2^-20 s"
    [[nodiscard]] std::string unit() const;
    /// False where one unit is so short that 64 bits cannot reach a date.
    [[nodiscard]] bool plausible() const;

private:
    static constexpr std::uint64_t kMaxNs = 0x7fff'ffff'ffff'ffff;
    [[nodiscard]] Timestamp slowAt(std::uint64_t units) const;

    std::uint64_t m_factor = 1000; // ns per unit where m_simple
    std::int64_t m_offsetSeconds = 0;
    std::uint8_t m_exponent = 6; // 0 to 127
    bool m_binary = false;
    bool m_simple = true; // 10^-9 or coarser, no offset
};

/// Walks the options of a block. A length that runs over the end stops the walk and leaves damaged() set.
class OptionWalk {
public:
    OptionWalk(Bytes options, bool swapped)
        : m_rest(options)
        , m_swapped(swapped)
    {
    }

    struct Option {
        std::uint16_t code = 0;
        Bytes value;
    };
    [[nodiscard]] std::optional<Option> next();
    [[nodiscard]] bool damaged() const { return m_damaged; }

private:
    Bytes m_rest;
    bool m_swapped;
    bool m_damaged = false;
};

/// The text of an option, cut at a zero byte and at kMaxOptionText bytes.
inline constexpr std::size_t kMaxOptionText = 1024;
[[nodiscard]] std::string optionText(Bytes value);

} // namespace timbre::capture
