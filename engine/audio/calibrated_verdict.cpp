#include "engine/audio/weighing_private.h"

#include <fmt/format.h>

#include <array>

namespace timbre::audio {

namespace {

// Odds before anything is seen: most streams that look like media are media.
constexpr double kPrior = 0.7;
constexpr double kUnsupportedPrior = 0.3; // nothing around the stream speaks for it
constexpr double kAbusiveOdds = -3.0;
constexpr double kLegitimateOdds = 0.0;
constexpr double kUnclear = 0.9; // with little evidence, a sum nearer to the limit than this is no verdict
constexpr double kDoubtNeeded = -1.2;

constexpr std::array<const char*, kMissingKinds> kMissing{"", "packets", "time", "clarity", "judge"};

double completeness(const StreamFeatures& f)
{
    const double byPackets = static_cast<double>(f.packets) / (2.0 * static_cast<double>(kEnoughPackets));
    const double byTime = f.seconds / (2.0 * kEnoughSeconds);
    const double seen = std::min({1.0, byPackets, byTime});
    return seen * (1.0 - std::min(0.5, f.lossShare)); // what was lost was not judged
}

} // namespace

const char* toString(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Legitimate:
        return "legitimate";
    case Verdict::Suspect:
        return "suspect";
    case Verdict::Abusive:
        return "abusive";
    case Verdict::NotEnough:
        break;
    }
    return "not enough evidence";
}

const char* wordFor(Verdict verdict)
{
    return verdict == Verdict::NotEnough ? "undecided" : toString(verdict);
}

const char* toString(Missing missing)
{
    return kMissing[static_cast<std::size_t>(missing)];
}

std::string missingText(Missing missing, std::uint64_t packets, double seconds)
{
    switch (missing) {
    case Missing::Packets:
        return fmt::format("{} of {} packets", packets, kMinJudgedPackets);
    case Missing::Time:
        return fmt::format("{:.1f} of {:.1f} s", seconds, kMinJudgedSeconds);
    case Missing::Clarity:
        return fmt::format("unclear after {} packets and {:.1f} s", packets, seconds);
    case Missing::Judge:
        return "video is not judged";
    case Missing::Nothing:
        break;
    }
    return {};
}

CalibratedVerdict judge(const StreamFeatures& f)
{
    CalibratedVerdict result;
    Weighing weighing(!f.codecKnown && !belongsToCall(f) ? kUnsupportedPrior : kPrior);
    weighMedia(f, weighing);
    weighBehaviour(f, weighing);
    const double odds = weighing.sum();
    result.reasons = weighing.take();
    result.probability = 1.0 / (1.0 + std::exp(-odds));
    // No voice sends so many packets in so little time; for anything else it is too early.
    const bool rush = f.packets >= kMinJudgedPackets && odds < kAbusiveOdds;
    if ((f.packets < kMinJudgedPackets || f.seconds < kMinJudgedSeconds) && !rush) {
        result.missing = f.packets < kMinJudgedPackets ? Missing::Packets : Missing::Time;
        return result;
    }
    const bool little = f.packets < kEnoughPackets || (f.seconds < kEnoughSeconds && f.packets < 4 * kEnoughPackets);
    if (little && odds < kUnclear && odds > kDoubtNeeded) {
        result.missing = Missing::Clarity;
        return result;
    }
    if (odds >= kLegitimateOdds)
        result.verdict = Verdict::Legitimate;
    else
        result.verdict = odds >= kAbusiveOdds ? Verdict::Suspect : Verdict::Abusive;
    const double certainty = std::max(result.probability, 1.0 - result.probability);
    result.confidence = certainty * (0.3 + 0.7 * completeness(f));
    return result;
}

} // namespace timbre::audio
