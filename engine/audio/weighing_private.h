#pragma once

// What the observations of the calibrated verdict have in common: a sum of weights in natural-log odds, each with the
// reason for it.

#include "engine/audio/calibrated_verdict.h"

#include <algorithm>
#include <cmath>

namespace timbre::audio {

/// Collects reasons; an observation that was not made leaves none.
class Weighing {
public:
    explicit Weighing(double prior)
        : m_sum(prior)
    {
    }

    void add(Reason reason)
    {
        m_sum += reason.weight;
        m_reasons.push_back(std::move(reason));
    }

    [[nodiscard]] double sum() const { return m_sum; }
    [[nodiscard]] std::vector<Reason> take()
    {
        std::stable_sort(m_reasons.begin(), m_reasons.end(),
                         [](const Reason& a, const Reason& b) { return std::abs(a.weight) > std::abs(b.weight); });
        return std::move(m_reasons);
    }

private:
    double m_sum;
    std::vector<Reason> m_reasons;
};

/// `from` at x ≤ a, `to` at x ≥ b, a straight line between.
inline double ramp(double x, double a, double b, double from, double to)
{
    return from + std::clamp((x - a) / (b - a), 0.0, 1.0) * (to - from);
}

/// The pauses of somebody who speaks: some, not too short, not too long.
[[nodiscard]] bool speaks(const StreamFeatures& features);
/// Payload as even as encryption leaves it.
[[nodiscard]] bool looksRandom(const StreamFeatures& features);
/// What comes in pauses is larger than a description of silence, and always the same.
[[nodiscard]] bool fillsPauses(const StreamFeatures& features);
/// Something around the stream says that it belongs to a call: its set-up was seen, or somebody reports on it.
[[nodiscard]] bool belongsToCall(const StreamFeatures& features);

/// Sizes, rate and bytes, against what the codec makes of a sound.
void weighMedia(const StreamFeatures& features, Weighing& weighing);
/// Clock, talk and what is around the stream.
void weighBehaviour(const StreamFeatures& features, Weighing& weighing);

} // namespace timbre::audio
