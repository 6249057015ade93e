#pragma once

// The judgement of a stream that weighs everything seen of it, by codec: is this a voice (or another sound) as it
// claims to be, or something that only wears the clothes? Each observation adds or takes a weight, in natural-log odds;
// their sum becomes a probability. The weights are bounded, so that no single oddity of a real call decides alone, and
// each is reported as a reason with its value and the range that is usual.

#include "engine/audio/stream_features.h"

#include <string>
#include <vector>

namespace timbre::audio {

enum class Verdict : std::uint8_t { NotEnough, Legitimate, Suspect, Abusive };
/// "not enough evidence", "legitimate", "suspect", "abusive"
[[nodiscard]] const char* toString(Verdict verdict);
/// One word, as filters write it: "undecided" for not enough evidence.
[[nodiscard]] const char* wordFor(Verdict verdict);

struct Reason {
    std::string name; // of the observation
    std::string text; // a sentence
    double value = 0.0;
    double low = 0.0; // usual range
    double high = 0.0;
    std::string unit;    // of value, low and high
    double weight = 0.0; // > 0 speaks for a voice, < 0 against
    bool operator==(const Reason&) const = default;
};

/// What would be needed for a verdict.
enum class Missing : std::uint8_t { Nothing, Packets, Time, Clarity, Judge };
inline constexpr int kMissingKinds = 5;
/// "", "packets", "time", "clarity", "judge"
[[nodiscard]] const char* toString(Missing missing);

struct CalibratedVerdict {
    Verdict verdict = Verdict::NotEnough;
    double probability = 0.5;           // that the stream is what it claims to be
    double confidence = 0.0;            // in the verdict, 0 … 1; small while little was seen
    Missing missing = Missing::Nothing; // only of NotEnough
    std::vector<Reason> reasons;        // by weight, heaviest first; those that did not move it come last
};

/// Below these nothing is judged.
inline constexpr std::uint64_t kMinJudgedPackets = 50;
inline constexpr double kMinJudgedSeconds = 0.8;
/// From here on also a close result is a verdict.
inline constexpr std::uint64_t kEnoughPackets = 250;
inline constexpr double kEnoughSeconds = 4.0;

[[nodiscard]] CalibratedVerdict judge(const StreamFeatures& features);
/// For people: "12 of 50 packets"; empty when nothing is missing.
[[nodiscard]] std::string missingText(Missing missing, std::uint64_t packets, double seconds);

} // namespace timbre::audio
