#pragma once

// Checks and windows of resonance as the workspace keeps them: up to 4096 in one block of bytes, in a layout that
// resources/manual/workspace-format.md describes.

#include "engine/base/result.h"
#include "engine/resonance/monitor.h"
#include "engine/store/workspace.h"

namespace timbre::store {

inline constexpr std::size_t kBlockRecords = 4096;

/// The records from `first` on that belong in one block.
[[nodiscard]] std::vector<std::byte> pack(const resonance::ListView<resonance::CheckRecord>& checks, std::size_t first);
[[nodiscard]] std::vector<std::byte> pack(const resonance::ListView<resonance::WindowRecord>& windows,
                                          std::size_t first);

/// What a check may refer to.
struct CheckBounds {
    std::size_t masks = 0;
    std::size_t windows = 0;
};
/// Of the state of a check: status in the two lowest bits, then whether it was the flow's last check and whether telemetry
/// was beyond its limits. False for a state there is not.
[[nodiscard]] bool takeState(std::uint64_t state, resonance::CheckRecord& check);

/// False for bytes that are no block; what came before is in the list then.
[[nodiscard]] bool unpackChecks(Bytes block, const CheckBounds& bounds,
                                resonance::GrowingList<resonance::CheckRecord>& checks);
[[nodiscard]] bool unpackWindows(Bytes block, resonance::GrowingList<resonance::WindowRecord>& windows);

[[nodiscard]] Error damagedChecks(CaptureKey key, std::string_view what);

} // namespace timbre::store
