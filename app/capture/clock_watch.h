#pragma once

// Notices that somebody set the machine's clock: the times of packets then jump, which an analyst must know.

#include <cstdint>
#include <cstdlib>
#include <optional>

namespace timbre::helper {

class ClockWatch {
public:
    static constexpr std::int64_t kLeastNs = 1'000'000'000; // less is a clock being disciplined

    /// To be called now and then, with the clock that people set and one that nobody can (nor stops while the machine
    /// sleeps). By how much the first was set since the call before, if it was.
    std::optional<std::int64_t> setBy(std::uint64_t wallNs, std::uint64_t bootNs)
    {
        const auto ahead = static_cast<std::int64_t>(wallNs - bootNs);
        const std::int64_t by = m_known ? ahead - m_ahead : 0;
        m_known = true;
        m_ahead = ahead;
        return std::llabs(by) >= kLeastNs ? std::optional(by) : std::nullopt;
    }

private:
    std::int64_t m_ahead = 0;
    bool m_known = false;
};

} // namespace timbre::helper
