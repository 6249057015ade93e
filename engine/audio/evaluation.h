#pragma once

// Measures the calibrated verdict on traffic whose nature is known: how many streams of each class get which verdict.

#include "engine/audio/simulated_call.h"
#include "engine/audio/stream_report.h"

#include <functional>
#include <string>

namespace timbre::audio {

struct ClassResult {
    std::string name;
    TrafficKind kind = TrafficKind::Speech;
    std::uint64_t streams = 0;
    std::uint64_t legitimate = 0;
    std::uint64_t suspect = 0;
    std::uint64_t abusive = 0;
    std::uint64_t undecided = 0; // not enough evidence, or never recognised as a stream
};

struct EvaluationOptions {
    std::uint64_t seed = 1;
    std::size_t streamsPerClass = 200; // at least so many
    double lossPercent = 0.0;          // taken out of every call
};

void count(ClassResult& result, Verdict verdict);

/// The streams of one simulated call, as a capture of it would give them.
[[nodiscard]] std::vector<std::shared_ptr<const StreamReport>> judgeCall(const SimulatedCall& call);

/// `look` may be empty; it sees every stream of every class.
using LookAtStream = std::function<void(const ClassResult&, const StreamReport&)>;
[[nodiscard]] ClassResult evaluateClass(const TrafficClass& kind, const EvaluationOptions& options,
                                        const LookAtStream& look);

} // namespace timbre::audio
