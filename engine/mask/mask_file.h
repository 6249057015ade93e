#pragma once

// The door for masks from files: text in; a mask that may be used, with what there is to say about it, or a refusal
// that names the rule and the field. Nothing else in the program makes masks out of text.

#include "engine/base/result.h"
#include "engine/mask/rules.h"

#include <filesystem>

namespace timbre::mask {

struct LoadedMask {
    MaskProfile mask;
    std::vector<Remark> remarks;
    bool numbersDrift = false;               // the two-step reader gets other numbers
    std::vector<std::string> unknownMembers; // ignored, and lost when the mask is written again
};

struct MaskLoading {
    std::optional<LoadedMask> loaded; // none: refused
    Refusal refusal;
};

/// `now` in Unix seconds, for the remark on expiry.
[[nodiscard]] MaskLoading loadMask(std::string text, std::uint64_t now);

/// "The mask was refused (rule D1): size_distribution.bins is empty."
[[nodiscard]] Error refusalError(const Refusal& refusal);

/// A whole file, refused when it is longer than a mask may be.
[[nodiscard]] Result<std::string> readMaskFile(const std::filesystem::path& path);

} // namespace timbre::mask
