#pragma once

// JSON to a mask: everything that can be said about the text alone, rules T and S of the format (a mask of the wrong
// shape). What the numbers mean is checked afterwards, by rules.h; loadMask() in mask_file.h does both.

#include "engine/base/json_value.h"
#include "engine/mask/mask_profile.h"

namespace timbre::mask {

/// Why a mask is refused: the rule of the format that it breaks, where, and a sentence.
struct Refusal {
    std::string rule;   // "S2"
    std::string field;  // "fsm_states[3].transitions[0].next_state"; empty for the file as a whole
    std::string reason; // "is not an integer from 0 to 65535"
};

/// How decimals become numbers. A widespread reader takes two steps and misses the nearest double now and then; a
/// signature over what it read is only found valid by reading the same way.
enum class NumberReading : std::uint8_t { Nearest, TwoStep };

inline constexpr std::size_t kMaxMaskBytes = 5U << 20U;

struct ProfileReading {
    std::optional<MaskProfile> profile; // none: refused
    Refusal refusal;
    std::vector<std::string> unknownMembers; // ignored ones, the first 32
};

/// Refuses by rules T1 to T5 and S1 to S4. May run on any thread.
[[nodiscard]] ProfileReading readProfile(std::string text, NumberReading reading = NumberReading::Nearest);
/// The same for a document that was parsed already.
[[nodiscard]] ProfileReading readProfile(const JsonDocument& document, NumberReading reading);
/// A file as a document within the limits of the format, or why it is none (rules T).
[[nodiscard]] std::unique_ptr<JsonDocument> parseMaskText(std::string text, Refusal& refusal);

/// The number as the two-step reader gets it; infinite when that reader fails.
[[nodiscard]] double twoStepDouble(std::string_view spelling);

} // namespace timbre::mask
