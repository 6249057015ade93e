#pragma once

// Checks and windows of resonance as the workspace keeps them: up to 4096 in one block of bytes, in a layout that
// resources/manual/workspace-format.md describes.

#include "engine/base/result.h"
#include "engine/resonance/monitor.h"
#include "engine/store/workspace.h"

namespace timbre::store {

inline constexpr std::size_t kBlockRecords = 4096;

/// The records from `first` on that belong in one block.
[[nodiscard]] std::vector<std::byte> packChecks(const resonance::MonitorResults& results, std::size_t first);
[[nodiscard]] std::vector<std::byte> packWindows(const resonance::MonitorResults& results, std::size_t first);

/// Of the state of a check: status in the two lowest bits, then whether it was the flow's last check and whether telemetry
/// was beyond its limits. False for a state there is not.
[[nodiscard]] bool takeState(std::uint64_t state, resonance::CheckRecord& check);

/// False for bytes that are no block; what came before is in the list then. Checks refer to the masks and windows that
/// the results have already.
[[nodiscard]] bool unpackWindows(Bytes block, resonance::GrowingList<resonance::WindowRecord>& windows);
[[nodiscard]] bool unpackChecks(Bytes block, const resonance::MonitorResults& results,
                                resonance::GrowingList<resonance::CheckRecord>& checks);

[[nodiscard]] Error damagedChecks(CaptureKey key, std::string_view what);

} // namespace timbre::store
