// Where the curve of the calibrated score comes from, and how honest it is on traffic it was not fitted to: fits it on
// generated traffic and on one half of the applications of a corpus, and prints how many of the windows that score so
// much are the mask's own, on other seeds and on the other half. Run by hand:
//   resonance_fit CORPUS

#include "app/cli/corpus_flows.h"
#include "engine/resonance/evaluation.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdio>

using namespace timbre;
using namespace timbre::resonance;

namespace {

constexpr std::uint64_t kFirstSeed = 501; // of generated traffic to fit on
constexpr std::uint64_t kFirstTestSeed = 601;
constexpr std::uint64_t kSeeds = 6;
constexpr std::size_t kPoints = 20;
constexpr std::array<std::size_t, 3> kLengths = {256, 64, 16};
constexpr std::array<std::size_t, 2> kFittedLengths = {256, 16}; // what lies between takes from both

struct Pair {
    double sum = 0.0;
    double score = 0.0;
    double weight = 0.0;
    bool own = false;
    bool half = false; // which half of the applications the mask belongs to
};

using Pairs = std::vector<Pair>;

bool halfOf(const std::string& label)
{
    std::uint32_t hash = 2166136261U;
    for (const char each : label)
        hash = (hash ^ static_cast<unsigned char>(each)) * 16777619U;
    return (hash >> 16U) % 2 == 1;
}

/// Own and other pairs of one evaluation count the same.
void weigh(Pairs& pairs)
{
    const auto own =
        static_cast<double>(std::count_if(pairs.begin(), pairs.end(), [](const Pair& p) { return p.own; }));
    const double other = static_cast<double>(pairs.size()) - own;
    for (Pair& pair : pairs)
        pair.weight = 1.0 / (pair.own ? own : other);
}

Pairs pairsOf(const std::vector<RecordedFlow>& flows, EvaluationOptions options, std::optional<bool> half)
{
    Pairs pairs;
    options.observer = [&](const std::string& windowLabel, const std::string& maskLabel, const WindowView& window,
                           const MaskModel& mask) {
        const Calibrated result = calibrated(window, mask);
        if (result.confidence > 0.0 && (!half || halfOf(maskLabel) == *half))
            pairs.push_back(
                {evidenceSum(result.contributions), result.score, 0.0, windowLabel == maskLabel, halfOf(maskLabel)});
    };
    (void)evaluate(flows, options);
    weigh(pairs);
    return pairs;
}

void append(Pairs& to, const Pairs& more)
{
    to.insert(to.end(), more.begin(), more.end());
}

struct Point {
    double sum = 0.0;
    double own = 0.0;
    double weight = 0.0;
};

/// Equal weights of pairs in the order of their sums; neighbours that fall are joined, so that the curve only rises.
std::vector<Point> curveOf(Pairs pairs)
{
    std::sort(pairs.begin(), pairs.end(), [](const Pair& a, const Pair& b) { return a.sum < b.sum; });
    double total = 0.0;
    for (const Pair& pair : pairs)
        total += pair.weight;
    std::vector<Point> points(1);
    for (const Pair& pair : pairs) {
        if (points.back().weight >= total / kPoints)
            points.emplace_back();
        points.back().sum += pair.weight * pair.sum;
        points.back().own += pair.own ? pair.weight : 0.0;
        points.back().weight += pair.weight;
    }
    for (std::size_t i = 1; i < points.size();) {
        const bool falls = points[i].own / points[i].weight < points[i - 1].own / points[i - 1].weight;
        if (!falls) {
            ++i;
            continue;
        }
        points[i - 1].sum += points[i].sum;
        points[i - 1].own += points[i].own;
        points[i - 1].weight += points[i].weight;
        points.erase(points.begin() + static_cast<std::ptrdiff_t>(i));
        i = i > 1 ? i - 1 : 1;
    }
    return points;
}

void printCurve(const Pairs& pairs)
{
    for (const Point& point : curveOf(pairs)) {
        const double share = std::clamp(point.own / point.weight, 0.004, 0.99);
        fmt::print("  {{{:.3f}, {:.2f}}},\n", point.sum / point.weight, std::log(share / (1.0 - share)));
    }
}

void printReliability(const char* title, const Pairs& pairs)
{
    fmt::print("{}\n", title);
    for (int tenth = 0; tenth < 10; ++tenth) {
        double weight = 0.0;
        double own = 0.0;
        double score = 0.0;
        std::size_t count = 0;
        for (const Pair& pair : pairs) {
            if (std::min(9, static_cast<int>(pair.score / 10.0)) != tenth)
                continue;
            weight += pair.weight;
            own += pair.own ? pair.weight : 0.0;
            score += pair.weight * pair.score;
            ++count;
        }
        if (count > 0)
            fmt::print("  {:2}-{:3}  predicted {:5.1f}  observed {:5.1f}  pairs {}\n", 10 * tenth, 10 * tenth + 10,
                       score / weight, 100.0 * own / weight, count);
    }
}

enum class Origin { Ours, WithoutSpread, WithoutSignature }; // of the masks

Pairs generatedPairs(std::uint64_t firstSeed, Origin origin, std::size_t length)
{
    Pairs pairs;
    for (std::uint64_t seed = firstSeed; seed < firstSeed + kSeeds; ++seed) {
        EvaluationOptions options;
        options.seed = seed;
        options.loss = seed % 2 == 0 ? 0.05 : 0.0;
        options.withSpread = origin == Origin::Ours;
        options.withSignature = origin != Origin::WithoutSignature;
        options.windowPackets = length;
        const std::size_t flowsPerClass = seed % 3 == 0 ? 6 : 24; // also masks from few windows
        append(pairs, pairsOf(generatedFlows(seed, flowsPerClass), options, std::nullopt));
    }
    return pairs;
}

Pairs corpusPairs(const std::vector<RecordedFlow>& flows, bool half, std::size_t length, Origin origin = Origin::Ours)
{
    Pairs pairs;
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        EvaluationOptions options;
        options.seed = seed;
        options.loss = seed % 2 == 0 ? 0.05 : 0.0;
        options.withSignature = origin != Origin::WithoutSignature;
        options.fewestPackets = seed % 3 == 0 ? 256 : 100;
        options.windowPackets = length;
        append(pairs, pairsOf(flows, options, half));
    }
    return pairs;
}

void fit(const std::vector<RecordedFlow>& corpus, Origin origin)
{
    for (const std::size_t length : kFittedLengths) {
        Pairs fitted = generatedPairs(kFirstSeed, origin, length);
        const Pairs real = corpusPairs(corpus, false, length, origin);
        append(fitted, real);
        append(fitted, real); // few applications: each counts twice
        fmt::print("Fitted on {} pairs of windows of {} packets: sum of the evidence, logit\n", fitted.size(), length);
        printCurve(fitted);
    }
}

void test(const std::vector<RecordedFlow>& corpus, Origin origin)
{
    for (const std::size_t length : kLengths) {
        printReliability(fmt::format("\nOther seeds, windows of {} packets", length).c_str(),
                         generatedPairs(kFirstTestSeed, origin, length));
        printReliability(fmt::format("\nThe other half of the applications, windows of {} packets", length).c_str(),
                         corpusPairs(corpus, true, length, origin));
    }
}

} // namespace

int main(int argc, char** argv)
{
    std::vector<RecordedFlow> corpus;
    if (argc > 1)
        corpus = cli::readCorpus(argv[1], 100).flows;
    fmt::print("Masks made by Timbre\n\n");
    fit(corpus, Origin::Ours);
    test(corpus, Origin::Ours);
    fmt::print("\nMasks without spread\n");
    test(corpus, Origin::WithoutSpread);
    fmt::print("\nMasks without a signature that can be compared\n\n");
    fit(corpus, Origin::WithoutSignature);
    test(corpus, Origin::WithoutSignature);
    return 0;
}
