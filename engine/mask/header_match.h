#pragma once

// Whether first bytes fit the header that a mask makes (section 7.2 of the format).

#include "engine/mask/mask_profile.h"
#include "engine/recording/packet_record.h"

#include <span>

namespace timbre::mask {

class HeaderMatcher {
public:
    explicit HeaderMatcher(const MaskProfile& mask);

    [[nodiscard]] bool matches(std::span<const std::uint8_t> prefix) const;
    /// Of the packets, or of those of one direction; 0 without any.
    [[nodiscard]] double share(std::span<const recording::PacketRecord> packets) const;
    [[nodiscard]] double share(std::span<const recording::PacketRecord> packets, recording::Direction direction) const;
    /// Of the bytes of the header, those that are the same in every packet; 0: anything matches.
    [[nodiscard]] double fixedShare() const;

private:
    struct Position {
        std::uint8_t byte = 0;
        bool fixed = false;
    };
    std::vector<Position> m_positions;
    bool m_wholeLength = false; // shorter prefixes fail
};

} // namespace timbre::mask
