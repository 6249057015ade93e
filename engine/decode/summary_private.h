#pragma once

#include "engine/decode/layer_tree.h"

namespace timbre::decode {

/// Of the innermost IP packet of a frame; `protocol` is empty when there is none.
[[nodiscard]] PacketSummary packetSummary(std::uint16_t linkType, Bytes frame);

} // namespace timbre::decode
