// How the stream runs: its clock, talk and silence, and what is around it.

#include "engine/audio/weighing_private.h"

namespace timbre::audio {

namespace {

// Log odds.
constexpr double kOtherDoubted = -1.5;
constexpr double kOtherSure = 2.7;

/// Frames of voice codecs are multiples of 2.5 ms, those of MPEG codecs of 1024 or 1152 samples.
bool isFrameLength(double ms)
{
    const double quarter = ms / 2.5;
    const bool onGrid = std::abs(quarter - std::round(quarter)) < 0.02 && ms < 165.0;
    const auto is = [ms](double samples, double hz) { return std::abs(ms - samples * 1000.0 / hz) < 0.05; };
    return onGrid || is(1024, 48'000) || is(1024, 44'100) || is(1024, 32'000) || is(1024, 24'000) || is(1024, 22'050) ||
           is(1024, 16'000) || is(1152, 44'100) || is(1152, 48'000) || is(2048, 44'100) || is(2048, 48'000);
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
               // One stall of the network spoils a span or two.
               .weight = share > 0.8 ? 0.5
                                     : ramp(share, 0.3, 0.8, -4.0, -0.3) *
                                           ramp((1.0 - share) * f.clockSpans, 1.0, 3.0, 0.3, 1.0)});
    }
    if (f.clockDrift && *f.clockDrift > 0.04)
        w.add({.name = "clock rate",
               .text = "The timestamps run at a rate that no clock has.",
               .value = *f.clockDrift * 100.0,
               .low = 0.0,
               .high = 1.0,
               .unit = "% off",
               .weight = -1.3});
    if (!f.clockAgreement && f.roughDrift && *f.roughDrift > 0.4 && f.packets >= kMinJudgedPackets)
        w.add({.name = "clock rate",
               .text = "The timestamps run at a rate that no clock has.",
               .value = *f.roughDrift * 100.0,
               .low = 0.0,
               .high = 40.0,
               .unit = "% off",
               .weight = ramp(*f.roughDrift, 0.4, 0.8, -0.8, -1.8)});
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
        const bool marked = f.suppressedPauses > 0 && f.markedSpurts * 2 >= f.suppressedPauses;
        const bool heard = f.codecKind == CodecKind::Samples && !looksRandom(f);
        const bool told = marked || heard || f.noisePackets > 0;
        const double certainty = told ? 1.0 : f.suppressedPauses > 0 ? 0.8 : fillsPauses(f) ? 0.2 : 0.55;
        w.add({.name = "talk spurts",
               .text = "There are talk spurts and pauses of the length that speech has.",
               .value = f.meanTalkSeconds,
               .low = 0.15,
               .high = 30.0,
               .unit = "s",
               .weight = ramp(static_cast<double>(f.pauses), 2.0, 8.0, 0.8, 1.8) * certainty *
                         ramp(f.meanTalkSeconds, 3.0, 8.0, 1.0, 0.3)});
    } else if (f.seconds >= 4.0) {
        const bool flickers = f.pauses >= 10 || (f.pauses >= 4 && f.shortSpurtShare > 0.35);
        w.add({.name = "talk spurts",
               .text = flickers ? "Sizes jump from packet to packet; there are no spurts and pauses of speech."
                                : "There are no pauses; a continuous sound, or no sound at all.",
               .value = f.meanTalkSeconds,
               .low = 0.15,
               .high = 30.0,
               .unit = "s",
               .weight = flickers ? std::min(ramp(f.meanTalkSeconds, 0.04, 0.15, -1.4, -0.5),
                                             ramp(f.shortSpurtShare, 0.35, 0.7, -0.5, -1.4)) *
                                        (belongsToCall(f) ? 0.4 : 1.0)
                                  : ramp(f.seconds, 4.0, 8.0, 0.0, -0.2)});
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
           .high = 0.3,
           .unit = "",
           .weight = r < -0.1 ? ramp(r, -0.5, -0.1, 1.2, 0.4) : ramp(r, 0.3, 0.7, 0.0, -1.6)});
}

/// Both directions of a call are voices, or neither is: what acknowledges a transfer is no codec.
void weighOtherDirection(const StreamFeatures& f, Weighing& w)
{
    if (!f.otherOdds || (*f.otherOdds > kOtherDoubted && *f.otherOdds < kOtherSure))
        return;
    const bool sure = *f.otherOdds >= kOtherSure;
    w.add({.name = "other direction",
           .text = sure ? "What comes back on the same path is a voice beyond doubt."
                        : "What comes back on the same path is no voice.",
           .value = 100.0 / (1.0 + std::exp(-*f.otherOdds)),
           .low = 50.0,
           .high = 100.0,
           .unit = "%",
           .weight = sure ? ramp(*f.otherOdds, kOtherSure, 4.0, 0.2, 1.2)
                          : ramp(*f.otherOdds, -5.0, kOtherDoubted, -2.5, -0.3)});
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
               .weight = 1.0});
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

} // namespace

bool speaks(const StreamFeatures& f)
{
    return f.talkSpurts >= 2 && f.pauses >= 2 && f.meanTalkSeconds >= 0.15 && f.meanPauseSeconds >= 0.12 &&
           f.meanTalkSeconds <= 8.0 && f.shortSpurtShare <= 0.35;
}

bool belongsToCall(const StreamFeatures& f)
{
    return f.announced || f.callSetup || f.reports > 0;
}

void weighBehaviour(const StreamFeatures& f, Weighing& w)
{
    weighClock(f, w);
    weighTalk(f, w);
    weighDialogue(f, w);
    weighOtherDirection(f, w);
    weighSurroundings(f, w);
    weighSequence(f, w);
}

} // namespace timbre::audio
