#pragma once

// All masks of a directory, ready for checking. A mask that is refused says why and does not keep the others away.

#include "engine/resonance/mask_model.h"

#include <filesystem>

namespace timbre::resonance {

inline constexpr std::size_t kMaxMaskFiles = 10'000;

struct RefusedMask {
    std::string file; // name without the directory
    std::string reason;
};

struct MaskFolder {
    MaskModels masks; // in the order of file names
    std::vector<RefusedMask> refused;
};

/// Reads *.json of the directory itself. Of two masks with one id, the later file is refused. Fails when the directory
/// cannot be read or holds more than kMaxMaskFiles masks. `now` in Unix seconds, for expiry.
[[nodiscard]] Result<MaskFolder> loadMaskFolder(const std::filesystem::path& directory, std::uint64_t now);

} // namespace timbre::resonance
