// What the packets hold: sizes, rate and bytes.

#include "engine/audio/weighing_private.h"

namespace timbre::audio {

namespace {

constexpr double kSmooth = 0.22;
// Bytes.
constexpr double kLargestSilence = 20.0; // with a tag of SRTP
constexpr double kSilentPacket = 16.0;
constexpr double kOneSize = 0.9; // of the packets

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
    const bool longFrames = f.frameMs >= 60.0 && f.stepRegularity > 0.9 && f.talkBps < 160'000.0;
    if (f.hugeShare > 0.01)
        w.add({.name = "large packets",
               .text = "Packets are larger than those of any voice codec.",
               .value = f.hugeShare * 100.0,
               .low = 0.0,
               .high = 1.0,
               .unit = "%",
               // Of 60 ms and more some codecs make such ones when asked for music.
               .weight = ramp(f.hugeShare, 0.01, 0.2, -2.0, -5.0) * (longFrames ? 0.4 : 1.0)});
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
    const bool unsupported = !f.codecKnown && !belongsToCall(f);
    const bool unexplained = unsupported && f.sizeVariation < 0.02;
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
               .weight = unsupported && kbps > 90.0 ? ramp(kbps, 90.0, limit, 0.0, -1.0)
                                                    : ramp(kbps, 14.0, 28.0, unexplained ? 0.3 : 1.2, 0.0)});
}

void weighVariation(const StreamFeatures& f, Weighing& w)
{
    const bool mayVary = f.codecKind == CodecKind::Variable || f.codecKind == CodecKind::Unknown;
    if (!mayVary || !f.sizeSmoothness)
        return;
    const double r = *f.sizeSmoothness;
    // Speech that pauses as speech does is one all the same; not every coder is smooth, and long packets hold several
    // sounds.
    const bool told = f.suppressedPauses > 0 || f.noisePackets > 0;
    const double against = (speaks(f)          ? (told ? -0.7 : -1.2)
                            : belongsToCall(f) ? -1.2
                                               : -2.0) *
                           (f.frameMs >= 40.0 ? 0.7 : 1.0);
    w.add({.name = "size follows size",
           .text = r > kSmooth ? "Neighbouring packets are of like size, as sounds change slowly."
                               : "A packet's size says nothing about the next one's, as it would for a sound.",
           .value = r,
           .low = kSmooth,
           .high = 1.0,
           .unit = "",
           .weight = (r > kSmooth ? ramp(r, kSmooth, 0.45, 0.4, 1.5) : ramp(r, 0.08, kSmooth, against, 0.2)) *
                     ramp(static_cast<double>(f.sizePairs), 50.0, 200.0, 0.5, 1.0)});
}

void weighFilling(const StreamFeatures& f, Weighing& w)
{
    if (!fillsPauses(f))
        return;
    w.add({.name = "filled pauses",
           .text = "Pauses are filled with packets of one size, too large to describe silence.",
           .value = *f.pauseBytes,
           .low = 0.0,
           .high = kSilentPacket,
           .unit = "bytes",
           .weight = -1.5});
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
                       : f.secure || f.callSetup
                           ? "Bytes look random; encryption was agreed."
                           : "Bytes look random: this is not plain sound, and nothing says that it is encrypted.",
               .value = unevenness,
               .low = 2.0,
               .high = 1000.0,
               .unit = "",
               .weight = !random            ? 2.0
                         : f.secure         ? 0.0
                         : f.callSetup      ? -0.5
                         : f.tagBytes > 0   ? -0.4
                         : belongsToCall(f) ? -2.0
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
               .weight = -0.7});
    }
}

/// One size all the time, bytes random, nothing that set encryption up, no pause: a shell.
void weighShell(const StreamFeatures& f, Weighing& w)
{
    const bool mayBe = f.codecKind == CodecKind::Variable || f.codecKind == CodecKind::Unknown;
    const bool oneSize = f.sizeVariation <= 0.04 || f.largestShare > kOneSize;
    if (!mayBe || !oneSize || f.talkBps < 16'000.0 || f.packets < kMinJudgedPackets || speaks(f))
        return;
    w.add({.name = "one size, no pause",
           .text = "All packets have one size and never pause, as padding makes them.",
           .value = f.sizeVariation,
           .low = 0.04,
           .high = 2.0,
           .unit = "",
           // A talk spurt may last some seconds.
           .weight = ramp(f.seconds, 2.0, 10.0, 0.4, 1.0) * (belongsToCall(f) ? -0.8
                                                             : looksRandom(f)
                                                                 ? ramp(f.talkBps, 16'000.0, 24'000.0, -1.0, -2.4)
                                                                 : -0.8)});
}

} // namespace

bool looksRandom(const StreamFeatures& f)
{
    return f.unevenness && *f.unevenness < 1.5;
}

bool fillsPauses(const StreamFeatures& f)
{
    const bool mayVary = f.codecKind == CodecKind::Variable || f.codecKind == CodecKind::Unknown;
    const double pause = f.pauseBytes.value_or(0.0);
    const bool oneFilling = pause > kLargestSilence && f.pauseVariation < 0.02;
    const bool twoSizes = pause > kSilentPacket && f.largestShare > 0.3 && f.sizeEntropy < 1.0;
    return mayVary && f.pauses > 0 && f.suppressedPauses == 0 && (oneFilling || twoSizes);
}

void weighMedia(const StreamFeatures& f, Weighing& w)
{
    weighSizes(f, w);
    weighEdge(f, w);
    weighRate(f, w);
    weighVariation(f, w);
    weighFilling(f, w);
    weighContent(f, w);
    weighShell(f, w);
}

} // namespace timbre::audio
