#include "engine/audio/calibrated_verdict.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace timbre::audio {

namespace {

// Odds before anything is seen: most streams that look like media are media.
constexpr double kPrior = 0.7;
constexpr double kUnsupportedPrior = 0.3; // nothing around the stream speaks for it
constexpr double kAbusiveOdds = -3.0;
constexpr double kLegitimateOdds = 0.0;
constexpr double kUnclear = 0.9; // with little evidence, a sum nearer to the limit than this is no verdict
constexpr double kDoubtNeeded = -1.2;

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
double ramp(double x, double a, double b, double from, double to)
{
    return from + std::clamp((x - a) / (b - a), 0.0, 1.0) * (to - from);
}

// ---- Which facts hold

/// Payload as even as encryption leaves it.
bool looksRandom(const StreamFeatures& f)
{
    return f.unevenness && *f.unevenness < 1.5;
}

/// Frames of voice codecs are multiples of 2.5 ms, those of MPEG codecs of 1024 or 1152 samples.
bool isFrameLength(double ms)
{
    const double quarter = ms / 2.5;
    const bool onGrid = std::abs(quarter - std::round(quarter)) < 0.02 && ms < 165.0;
    const auto is = [ms](double samples, double hz) { return std::abs(ms - samples * 1000.0 / hz) < 0.05; };
    return onGrid || is(1024, 48'000) || is(1024, 44'100) || is(1024, 32'000) || is(1024, 24'000) || is(1024, 22'050) ||
           is(1024, 16'000) || is(1152, 44'100) || is(1152, 48'000) || is(2048, 44'100) || is(2048, 48'000);
}

/// The pauses of somebody who speaks: some, not too short, not too long.
bool speaks(const StreamFeatures& f)
{
    return f.talkSpurts >= 2 && f.pauses >= 2 && f.meanTalkSeconds >= 0.15 && f.meanPauseSeconds >= 0.12;
}

// ---- The observations

void weighSizes(const StreamFeatures& f, Weighing& w)
{
    if (f.codecKind == CodecKind::Samples || f.codecKind == CodecKind::Frames || f.codecKind == CodecKind::Variable) {
        const double fit = f.sizeFitShare;
        w.add({.name = "sizes fit the codec",
               .text = fit > 0.97 ? "Packets have the sizes that this codec makes."
                                  : "The codec cannot make packets of many of these sizes.",
               .value = fit * 100.0,
               .low = 95.0,
               .high = 100.0,
               .unit = "%",
               .weight =
                   fit > 0.97 ? (f.codecKind == CodecKind::Variable ? 0.2 : 0.6) : ramp(fit, 0.5, 0.95, -6.0, -1.0)});
    }
    if (f.hugeShare > 0.01)
        w.add({.name = "large packets",
               .text = "Packets are larger than those of any voice codec.",
               .value = f.hugeShare * 100.0,
               .low = 0.0,
               .high = 1.0,
               .unit = "%",
               .weight = ramp(f.hugeShare, 0.01, 0.2, -2.0, -5.0)});
}

/// A tunnel cuts what does not fit at its largest size; a codec of variable rate has no such edge.
void weighEdge(const StreamFeatures& f, Weighing& w)
{
    const bool mayVary = f.codecKind == CodecKind::Variable || f.codecKind == CodecKind::Unknown;
    if (!mayVary || f.sizeEntropy < 3.0 || f.largestShare < 0.05 || f.packets < kEnoughPackets)
        return;
    w.add({.name = "size limit",
           .text = "Many packets have exactly the largest size, as if more was waiting.",
           .value = f.largestShare * 100.0,
           .low = 0.0,
           .high = 5.0,
           .unit = "%",
           .weight = ramp(f.largestShare, 0.05, 0.15, -0.5, -2.2)});
}

void weighRate(const StreamFeatures& f, Weighing& w)
{
    const double kbps = f.talkBps / 1000.0;
    const double perSecond = f.seconds > 0.0 ? static_cast<double>(f.packets) / f.seconds : 0.0;
    if (perSecond > 220.0 && f.packets >= kMinJudgedPackets)
        w.add({.name = "packet rate",
               .text = "More packets come in a second than a voice needs.",
               .value = perSecond,
               .low = 8.0,
               .high = 200.0,
               .unit = "per second",
               .weight = ramp(perSecond, 220.0, 500.0, -1.0, -3.0)});
    const double samplesRatio = f.codecMaxBps > 0 ? f.talkBps / f.codecMaxBps : 0.0;
    if (f.codecKind == CodecKind::Samples && samplesRatio > 1.3)
        w.add({.name = "bytes per sample",
               .text = "Packets hold more than the timestamps say: these are no samples of this codec.",
               .value = kbps,
               .low = 0.0,
               .high = f.codecMaxBps / 1000.0 * 1.3,
               .unit = "kbit/s",
               .weight = ramp(samplesRatio, 1.3, 2.0, -2.0, -4.0)});
    if (f.codecKind == CodecKind::Samples || f.packets < kMinJudgedPackets)
        return; // the sizes say it already
    // Acknowledgements are small and few as well.
    const bool unexplained = !f.codecKnown && f.sizeVariation < 0.02 && !f.announced && !f.callSetup && f.reports == 0;
    const double limit = f.codecMaxBps > 0 ? std::min(f.codecMaxBps / 1000.0 * 1.1, 300.0) : 160.0;
    if (kbps > limit)
        w.add({.name = "bit rate",
               .text = "More is carried than the codec needs for a voice.",
               .value = kbps,
               .low = 4.0,
               .high = limit,
               .unit = "kbit/s",
               .weight = ramp(kbps / limit, 1.0, 2.0, -1.0, -4.0)});
    else
        w.add({.name = "bit rate",
               .text = kbps < 18.0 ? "Too little is carried for a tunnel to be of use."
                                   : "The bit rate is that of a voice.",
               .value = kbps,
               .low = 4.0,
               .high = limit,
               .unit = "kbit/s",
               .weight = ramp(kbps, 14.0, 28.0, unexplained ? 0.3 : 1.2, 0.0)});
}

void weighClock(const StreamFeatures& f, Weighing& w)
{
    if (f.clockAgreement) {
        const double share = *f.clockAgreement;
        w.add({.name = "timestamps keep pace",
               .text = share > 0.8
                           ? "Timestamps advance as the packets arrive."
                           : "Timestamps and arrivals do not advance together: packets come as data, not as time.",
               .value = share * 100.0,
               .low = 80.0,
               .high = 100.0,
               .unit = "%",
               .weight = share > 0.8 ? 0.5 : ramp(share, 0.3, 0.8, -4.0, -0.3)});
    }
    if (f.clockDrift && *f.clockDrift > 0.04)
        w.add({.name = "clock rate",
               .text = "The timestamps run at a rate that no clock has.",
               .value = *f.clockDrift * 100.0,
               .low = 0.0,
               .high = 1.0,
               .unit = "% off",
               .weight = -1.3});
    if (f.packets < kMinJudgedPackets)
        return;
    w.add({.name = "timestamp steps",
           .text = f.stepRegularity > 0.9 ? "Timestamps step by whole frames."
                                          : "Timestamps do not step by frames of one length.",
           .value = f.stepRegularity * 100.0,
           .low = 90.0,
           .high = 100.0,
           .unit = "%",
           .weight = f.stepRegularity > 0.9 ? 0.4 : ramp(f.stepRegularity, 0.3, 0.9, -2.5, -0.2)});
    if (f.stepRegularity > 0.9 && f.frameMs > 0.0 && !isFrameLength(f.frameMs))
        w.add({.name = "frame length",
               .text = "No voice codec has packets of this length.",
               .value = f.frameMs,
               .low = 2.5,
               .high = 120.0,
               .unit = "ms",
               .weight = -1.5});
}

void weighTalk(const StreamFeatures& f, Weighing& w)
{
    if (speaks(f)) {
        // Pauses that the codec itself tells are certain; those that only sizes suggest may be bursts of data.
        const bool told = f.suppressedPauses > 0 || f.noisePackets > 0 || f.codecKind == CodecKind::Samples;
        const double certainty = told ? 1.0 : 0.55;
        w.add({.name = "talk spurts",
               .text = "There are talk spurts and pauses of the length that speech has.",
               .value = f.meanTalkSeconds,
               .low = 0.15,
               .high = 30.0,
               .unit = "s",
               .weight = ramp(static_cast<double>(f.pauses), 2.0, 8.0, 0.8, 1.8) * certainty});
    } else if (f.seconds >= 8.0) {
        const bool flickers = f.pauses >= 10;
        w.add({.name = "talk spurts",
               .text = flickers ? "Sizes jump from packet to packet; there are no spurts and pauses of speech."
                                : "There are no pauses; a continuous sound, or no sound at all.",
               .value = f.meanTalkSeconds,
               .low = 0.15,
               .high = 30.0,
               .unit = "s",
               .weight = flickers ? ramp(f.meanTalkSeconds, 0.04, 0.15, -1.4, -0.5) : -0.2});
    }
    if (f.noisePackets >= 2 && f.noisePackets < f.packets)
        w.add({.name = "comfort noise",
               .text = "Silence is described as voice codecs do.",
               .value = static_cast<double>(f.noisePackets),
               .low = 1.0,
               .high = static_cast<double>(f.packets),
               .unit = "packets",
               .weight = 0.8});
    if (f.suppressedPauses >= 2 && f.markedSpurts * 2 >= f.suppressedPauses)
        w.add({.name = "marked spurts",
               .text = "The first packet after a pause is marked, as RFC 3551 asks.",
               .value = static_cast<double>(f.markedSpurts),
               .low = 1.0,
               .high = static_cast<double>(f.suppressedPauses),
               .unit = "spurts",
               .weight = 0.8});
}

void weighVariation(const StreamFeatures& f, Weighing& w)
{
    const bool mayVary = f.codecKind == CodecKind::Variable || f.codecKind == CodecKind::Unknown;
    if (!mayVary || !f.sizeCorrelation)
        return;
    const double r = *f.sizeCorrelation;
    w.add({.name = "size follows size",
           .text = r > 0.25 ? "Neighbouring packets are of like size, as sounds change slowly."
                            : "A packet's size says nothing about the next one's, as it would for a sound.",
           .value = r,
           .low = 0.25,
           .high = 1.0,
           .unit = "",
           .weight = r > 0.25 ? ramp(r, 0.25, 0.5, 0.5, 1.5) : ramp(r, 0.05, 0.25, -2.0, 0.2)});
}

void weighContent(const StreamFeatures& f, Weighing& w)
{
    if (!f.unevenness)
        return;
    const double unevenness = *f.unevenness;
    if (f.codecKind == CodecKind::Samples) {
        const bool random = looksRandom(f);
        w.add({.name = "payload bytes",
               .text = !random ? "Bytes are spread as samples of sound are."
                       : f.secure
                           ? "Bytes look random; encryption was agreed."
                           : "Bytes look random: this is not plain sound, and nothing says that it is encrypted.",
               .value = unevenness,
               .low = 2.0,
               .high = 1000.0,
               .unit = "",
               .weight = !random          ? 2.0
                         : f.secure       ? 0.0
                         : f.callSetup    ? -1.0
                         : f.tagBytes > 0 ? -0.4
                                          : -2.85});
        return;
    }
    if (f.firstByteEntropy && *f.firstByteEntropy < 3.0 && f.codecKind != CodecKind::Frames) {
        w.add({.name = "first payload byte",
               .text = "The first byte keeps still, as a codec's table of contents does.",
               .value = *f.firstByteEntropy,
               .low = 0.0,
               .high = 3.0,
               .unit = "bits",
               .weight = 1.2});
    } else if (f.announced && !f.secure && f.codecKind == CodecKind::Variable && looksRandom(f) &&
               f.firstByteUnevenness.value_or(9.0) < 1.5) {
        w.add({.name = "first payload byte",
               .text = "The codec begins each packet with a table of contents, but the bytes look random.",
               .value = f.firstByteEntropy.value_or(8.0),
               .low = 0.0,
               .high = 3.0,
               .unit = "bits",
               .weight = -1.5});
    }
}

/// One size all the time, bytes random, nothing that set encryption up, no pause: a shell.
void weighShell(const StreamFeatures& f, Weighing& w)
{
    const bool mayBe = f.codecKind == CodecKind::Variable || f.codecKind == CodecKind::Unknown;
    if (!mayBe || f.sizeVariation > 0.04 || f.talkBps < 16'000.0 || f.packets < kMinJudgedPackets || speaks(f))
        return;
    const bool arranged = f.secure || f.callSetup || f.announced;
    w.add({.name = "one size, no pause",
           .text = "All packets have one size and never pause, as padding makes them.",
           .value = f.sizeVariation,
           .low = 0.04,
           .high = 2.0,
           .unit = "",
           .weight = arranged || f.reports > 0 ? -0.8
                     : looksRandom(f)          ? ramp(f.talkBps, 16'000.0, 24'000.0, -1.0, -2.4)
                                               : -0.8});
}

void weighDialogue(const StreamFeatures& f, Weighing& w)
{
    if (!f.dialogue)
        return;
    const double r = *f.dialogue;
    w.add({.name = "dialogue",
           .text = r < -0.1  ? "One side is silent while the other speaks."
                   : r > 0.3 ? "Both sides are busy at the same moments, as request and answer are."
                             : "The two sides speak without regard to each other.",
           .value = r,
           .low = -1.0,
           .high = 0.2,
           .unit = "",
           .weight = r < -0.1 ? ramp(r, -0.5, -0.1, 1.2, 0.4) : ramp(r, 0.2, 0.6, 0.0, -0.8)});
}

void weighSurroundings(const StreamFeatures& f, Weighing& w)
{
    if (f.reports > 0)
        w.add({.name = "reports",
               .text = "Reception is reported, as calls do.",
               .value = static_cast<double>(f.reports),
               .low = 1.0,
               .high = static_cast<double>(f.reports),
               .unit = "",
               .weight = ramp(static_cast<double>(f.reports), 1.0, 3.0, 0.5, 0.9)});
    else if (f.seconds > 12.0)
        w.add({.name = "reports",
               .text = "Nobody reports on reception.",
               .value = 0.0,
               .low = 1.0,
               .high = f.seconds / 5.0,
               .unit = "",
               .weight = -0.3});
    if (f.announced || f.callSetup)
        w.add({.name = "call set-up",
               .text = f.announced ? "A call that was seen being set up announced the stream."
                                   : "STUN or DTLS set the path up, as calls do.",
               .value = 1.0,
               .low = 1.0,
               .high = 1.0,
               .unit = "",
               .weight = f.announced ? 0.8 : 0.5});
    if (f.sourcesPerMinute > 6.0)
        w.add({.name = "sources",
               .text = "New sources appear on this path all the time.",
               .value = f.sourcesPerMinute,
               .low = 0.0,
               .high = 6.0,
               .unit = "per minute",
               .weight = ramp(f.sourcesPerMinute, 6.0, 20.0, -0.3, -1.5)});
}

void weighSequence(const StreamFeatures& f, Weighing& w)
{
    const double odd =
        f.duplicateShare + static_cast<double>(f.restarts) / std::max(1.0, static_cast<double>(f.packets)) * 20.0;
    if (odd > 0.1)
        w.add({.name = "sequence",
               .text = "Sequence numbers repeat or start anew again and again.",
               .value = odd * 100.0,
               .low = 0.0,
               .high = 10.0,
               .unit = "%",
               .weight = ramp(odd, 0.1, 0.5, -0.3, -1.5)});
}

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

CalibratedVerdict judge(const StreamFeatures& f)
{
    CalibratedVerdict result;
    const bool unsupported = !f.codecKnown && !f.announced && !f.callSetup && f.reports == 0;
    Weighing weighing(unsupported ? kUnsupportedPrior : kPrior);
    weighSizes(f, weighing);
    weighEdge(f, weighing);
    weighRate(f, weighing);
    weighClock(f, weighing);
    weighTalk(f, weighing);
    weighVariation(f, weighing);
    weighContent(f, weighing);
    weighShell(f, weighing);
    weighDialogue(f, weighing);
    weighSurroundings(f, weighing);
    weighSequence(f, weighing);
    const double odds = weighing.sum();
    result.reasons = weighing.take();
    result.probability = 1.0 / (1.0 + std::exp(-odds));
    if (f.packets < kMinJudgedPackets || f.seconds < kMinJudgedSeconds) {
        result.missing = fmt::format("{} of {} packets, {:.1f} of {:.0f} s", f.packets, kMinJudgedPackets, f.seconds,
                                     kMinJudgedSeconds);
        return result;
    }
    const bool little = f.packets < kEnoughPackets || (f.seconds < kEnoughSeconds && f.packets < 4 * kEnoughPackets);
    if (little && odds < kUnclear && odds > kDoubtNeeded) {
        result.missing = fmt::format("unclear after {} packets and {:.1f} s", f.packets, f.seconds);
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
