#pragma once

// Measures how well the calibrated score separates a mask's own traffic from other traffic: flows with labels are split
// in two halves by lot, one half makes a mask per label, the other half is scored; then the other way round. AUC is the
// chance that an own value lies above another one: 1 is perfect, 0.5 a coin toss.

#include "engine/resonance/calibration.h"
#include "engine/resonance/traffic_classes.h"

#include <functional>

namespace timbre::resonance {

/// Sees every pair that is scored: labels of window and mask, and both themselves.
using PairObserver = std::function<void(const std::string& windowLabel, const std::string& maskLabel,
                                        const WindowView& window, const MaskModel& mask)>;

struct EvaluationOptions {
    std::uint64_t seed = 1;
    double loss = 0.0; // share of packets lost from the flows that are scored
    std::size_t windowsPerFlow = 3;
    std::size_t windowPackets = kWindowPackets; // of the windows that are scored
    std::size_t fewestPackets = kWindowPackets; // of a flow, for it to count
    bool withSpread = true;    // false: masks lose the extension with the spread, as if they came from elsewhere
    bool withSignature = true; // false: nor a signature that can be compared, as most published ones
    PairObserver observer;     // may be empty; what the weights are fitted with
};

/// One scored pair of a window and a mask.
struct ScoredPair {
    std::size_t windowLabel = 0; // positions in the alphabetical list of labels
    std::size_t maskLabel = 0;
    Calibrated calibrated;
    double exactScore = 0.0; // of the reference, where low is good
};

struct ClassResult {
    std::string name;
    std::size_t label = 0; // as in ScoredPair
    std::size_t flows = 0;
    double aucMaskFixed = 0.0;    // windows of the class against windows of others, all under the class's mask
    double aucWindowsFixed = 0.0; // windows of the class under its mask against the same under the others'
    double exactMaskFixed = 0.0;  // the same for the exact score, low counted as own
    double exactWindowsFixed = 0.0;
};

struct Reliability {        // of the scores in one tenth of the range; none of it in sample: no mask saw its windows
    double meanScore = 0.0; // 0 … 1
    double ownShare = 0.0;  // own and other pairs weighted to be equally frequent
    std::size_t pairs = 0;
};

struct Evaluation {
    std::vector<ClassResult> classes;
    double mean = 0.0;  // over both AUC of all classes
    double worst = 1.0; // of them
    std::array<Reliability, 10> reliability{};
    std::vector<ScoredPair> pairs;
    std::vector<std::string> onlyOthers; // labels with too few flows or packets to make a mask: only scored by others
    std::vector<std::string> problems;   // masks that could not be made, a sentence each
};

/// Chance that a value of `own` is above one of `other`; ties count half. 0.5 when either is empty.
[[nodiscard]] double areaUnderCurve(const std::vector<double>& own, std::vector<double> other);
[[nodiscard]] Evaluation evaluate(const std::vector<RecordedFlow>& flows, const EvaluationOptions& options);
/// `flowsPerClass` flows of each generated class.
[[nodiscard]] std::vector<RecordedFlow> generatedFlows(std::uint64_t seed, std::size_t flowsPerClass);

} // namespace timbre::resonance
