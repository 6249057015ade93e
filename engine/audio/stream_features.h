#pragma once

// Everything the calibrated verdict looks at, as plain numbers: what a stream's meters have found so far.

#include "engine/audio/media_codec.h"

#include <optional>

namespace timbre::audio {

struct StreamFeatures {
    CodecKind codecKind = CodecKind::Unknown;
    bool codecKnown = false; // by static payload type, session description or media header
    bool wzp = false;
    std::uint32_t codecMaxBps = 0;

    std::uint64_t packets = 0;
    double seconds = 0.0;

    // Sizes and rate
    double payloadBps = 0.0;              // over the stream's life
    double talkBps = 0.0;                 // by media time: bytes of all packets by the time they stand for
    double sizeFitShare = 1.0;            // packets whose size the codec can produce
    std::uint32_t tagBytes = 0;           // behind the codec's bytes, as SRTP adds them; 0: none
    double sizeEntropy = 0.0;             // bits, of those below the largest
    double largestShare = 0.0;            // packets as large as the largest
    double hugeShare = 0.0;               // packets larger than any voice codec makes them
    double sizeVariation = 0.0;           // standard deviation by mean
    std::optional<double> sizeSmoothness; // how much neighbours are alike beyond the level of talk or pause
    std::uint64_t sizePairs = 0;          // on which it rests

    std::optional<double> pauseBytes; // mean size of packets in pauses
    double pauseVariation = 0.0;      // of these sizes

    // Timestamps
    std::uint32_t clockHz = 0; // 0: none fits
    double frameMs = 0.0;
    double stepRegularity = 0.0; // consecutive packets that step by whole frames
    double sameTimestampShare = 0.0;
    std::optional<double> clockDrift;     // from the clock rate, 0.01 for one of a hundred
    std::optional<double> roughDrift;     // the same of short streams
    std::optional<double> clockAgreement; // spans in which timestamps keep pace with arrivals
    std::uint32_t clockSpans = 0;
    std::optional<double> jitterMs;
    double gapVariation = 0.0; // of gaps between arrivals
    double markerShare = 0.0;

    // Sequence and sources
    double lossShare = 0.0;
    double duplicateShare = 0.0;
    double lateShare = 0.0;
    std::uint64_t restarts = 0;
    double sourcesPerMinute = 0.0; // other sources that began on the same path

    // Talk
    std::uint64_t talkSpurts = 0;
    std::uint64_t pauses = 0;
    double meanTalkSeconds = 0.0;
    double meanPauseSeconds = 0.0;
    double talkShare = 1.0;
    double shortSpurtShare = 0.0; // spurts that are shorter than a syllable
    std::uint64_t suppressedPauses = 0;
    std::uint64_t noisePackets = 0;
    std::uint64_t markedSpurts = 0; // pauses after which the marker was set
    std::optional<double> dialogue; // correlation of talk with the other direction
    bool otherDirection = false;
    std::optional<double> otherOdds; // log odds of the other direction, judged alone

    // Content
    std::optional<double> unevenness; // of payload bytes; 1 for random ones
    std::optional<double> firstByteEntropy;
    std::optional<double> firstByteUnevenness;
    double repeatedShare = 0.0;

    // Around the stream
    bool announced = false;    // by a session description
    bool secure = false;       // … which asks for encryption
    bool callSetup = false;    // STUN or DTLS on the same path
    std::uint64_t reports = 0; // RTCP about the stream, or quality reports
};

} // namespace timbre::audio
