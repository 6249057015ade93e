#include "engine/audio/voice_stream.h"

#include "engine/audio/g711_level.h"
#include "engine/audio/quality_estimate.h"

#include <algorithm>
#include <cmath>

namespace timbre::audio {

namespace {

constexpr double kPauseFrames = 2.5; // a longer step of the timestamp, nothing lost, is a pause
constexpr std::int64_t kMaxPauseNs = 600 * kNsPerSecond;
constexpr std::int64_t kUsualFrameNs = kNsPerSecond / 50;
// RFC 3711 and RFC 7714.
constexpr std::array<std::uint32_t, 4> kTags = {0, 10, 4, 16};
constexpr double kTagIsClear = 0.9;
constexpr double kRegularSteps = 0.9;
// Descriptions of silence, against the mean size of all packets.
constexpr double kTinyPart = 3.0;
constexpr double kShortPart = 0.8;
constexpr std::uint32_t kSilenceBytes = 18; // of any codec, with a tag of SRTP
constexpr std::uint64_t kMinSizes = 10;
constexpr std::uint8_t kFirstDynamicType = 96;
constexpr std::uint32_t kKeyBytes = 4;
// Video: frames of several packets, the last of which is marked.
constexpr double kVideoSameTimestamp = 0.15;
constexpr double kVideoMarkedBreaks = 0.7;
constexpr double kVideoMarkers = 0.03;
constexpr double kVideoAllMarked = 0.9;
constexpr std::uint32_t kVideoClock = 90'000;
constexpr std::uint64_t kMinVideoSteps = 8;

unsigned sequenceBits(StreamKind kind)
{
    return kind == StreamKind::Wzp || kind == StreamKind::CompactWzp ? 32 : 16;
}

double share(std::uint64_t part, std::uint64_t whole)
{
    return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
}

} // namespace

const char* toString(StreamKind kind)
{
    switch (kind) {
    case StreamKind::Rtp:
        return "RTP";
    case StreamKind::Wzp:
        return "WZP 2";
    case StreamKind::OldWzp:
        return "WZP 1";
    case StreamKind::CompactWzp:
        return "WZP compact";
    }
    return "";
}

const char* toString(FoundBy by)
{
    switch (by) {
    case FoundBy::Heuristic:
        return "sequence";
    case FoundBy::SessionDescription:
        return "sdp";
    case FoundBy::Rtcp:
        return "rtcp";
    }
    return "";
}

const char* toString(Media media)
{
    return media == Media::Audio ? "audio" : "video";
}

VoiceStream::VoiceStream(StreamIdentity identity, Timestamp firstArrival)
    : m_identity(std::move(identity))
    , m_first(firstArrival)
    , m_last(firstArrival)
    , m_sequence(sequenceBits(m_identity.kind))
    , m_clock(m_identity.announcedClockHz != 0 ? m_identity.announcedClockHz : m_identity.codec->clockHz)
    , m_scorer(firstArrival)
{
}

const MediaCodec& VoiceStream::codecOf(const MediaPacket& packet) const
{
    if (m_identity.kind != StreamKind::Rtp)
        return wzpCodec(packet.payloadType);
    for (const AnnouncedFormat& format : m_identity.formats) {
        if (format.payloadType == packet.payloadType)
            return *format.codec;
    }
    if (packet.payloadType == m_identity.payloadType)
        return *m_identity.codec;
    // Keys that were pressed come in packets of four bytes (RFC 4733) of a type of their own.
    const bool keys = packet.payloadType >= kFirstDynamicType && packet.payloadBytes == kKeyBytes;
    return keys ? codecByName("telephone-event") : staticCodec(packet.payloadType);
}

void VoiceStream::announce(const FormatTable& formats, bool secure)
{
    m_identity.announced = true;
    m_identity.secure |= secure;
    m_identity.formats = formats;
    for (const AnnouncedFormat& format : formats) {
        if (format.payloadType != m_identity.payloadType)
            continue;
        m_identity.codec = format.codec;
        m_clock.setClock(format.clockHz != 0 ? format.clockHz : format.codec->clockHz);
    }
}

void VoiceStream::add(const MediaPacket& packet)
{
    if (m_packets == 0)
        m_firstPacket = packet.frameNumber;
    notePayloadType(packet.payloadType);
    const MediaCodec& codec = codecOf(packet);
    score(packet, codec);

    const std::int64_t gapNs = m_packets == 0 ? 0 : std::max<std::int64_t>(0, elapsedNs(m_last, packet.arrival));
    if (m_packets > 0) {
        const double gap = static_cast<double>(gapNs) / 1e9;
        m_gapSum += gap;
        m_gapSquares += gap * gap;
        ++m_gaps;
    }
    ++m_packets;
    m_payloadBytes += packet.payloadBytes;
    m_markers += packet.marker ? 1 : 0;
    m_lastPacket = packet.frameNumber;
    const SequenceMeter::Arrival arrival = m_sequence.add(packet.sequence);
    m_lastSequence = packet.sequence;
    measure(packet, codec, arrival);
    m_last = std::max(m_last, packet.arrival);
    addToTimeline(m_timeline, packet.arrival, packet.payloadBytes, gapNs, m_activity.talking());
}

void VoiceStream::notePayloadType(std::uint8_t type)
{
    const auto end = m_payloadTypes.begin() + m_payloadTypeCount;
    if (m_payloadTypeCount < kMaxPayloadTypes && std::find(m_payloadTypes.begin(), end, type) == end)
        m_payloadTypes[m_payloadTypeCount++] = type;
}

void VoiceStream::score(const MediaPacket& packet, const MediaCodec& codec)
{
    const bool wzp = m_identity.kind != StreamKind::Rtp;
    protocol::WzpMediaType type = packet.wzpType;
    if (!wzp)
        type = codec.kind == CodecKind::Video ? protocol::WzpMediaType::Video : protocol::WzpMediaType::Audio;
    const std::uint8_t id = wzp ? packet.payloadType : scorerCodecOf(codec);
    if (!m_scorerCodec)
        m_scorerCodec = id;
    m_scorer.add({.arrival = packet.arrival,
                  .type = type,
                  .codec = id,
                  .hasQuality = packet.quality || m_reportSincePacket,
                  .payloadBytes = packet.payloadBytes});
    m_reports += packet.quality ? 1 : 0;
    m_reportSincePacket = false;
}

std::uint8_t VoiceStream::scorerCodecOf(const MediaCodec& codec)
{
    if (m_alike.scoredCodec != &codec) {
        m_alike.scoredCodec = &codec;
        m_alike.scorerCodec = scorerCodec(codec);
    }
    return m_alike.scorerCodec;
}

void VoiceStream::countFittingSizes(const MediaCodec& codec, std::uint32_t payloadBytes)
{
    static_assert(kTags.size() == kTagKinds);
    if (m_alike.sizedCodec != &codec || m_alike.payloadBytes != payloadBytes) {
        m_alike.sizedCodec = &codec;
        m_alike.payloadBytes = payloadBytes;
        for (std::size_t i = 0; i < kTags.size(); ++i)
            m_alike.fits[i] = payloadBytes >= kTags[i] && sizeFits(codec, payloadBytes - kTags[i]);
    }
    for (std::size_t i = 0; i < kTags.size(); ++i)
        m_sizesFitting[i] += m_alike.fits[i] ? 1 : 0;
}

void VoiceStream::measure(const MediaPacket& packet, const MediaCodec& codec, SequenceMeter::Arrival arrival)
{
    using Arrival = SequenceMeter::Arrival;
    if (arrival == Arrival::Restart)
        m_clock.restart();
    if (arrival != Arrival::Duplicate)
        m_clock.arrive(packet.arrival, packet.timestamp);
    if (arrival == Arrival::Late || arrival == Arrival::Duplicate)
        return;
    const bool consecutive = arrival == Arrival::Next;
    const ClockMeter::Step step = m_clock.add(packet.arrival, packet.timestamp, consecutive);
    if (codec.kind == CodecKind::Events)
        return;
    if (codec.kind != CodecKind::Noise) {
        ++m_soundPackets;
        countFittingSizes(codec, packet.payloadBytes);
        m_content.add(packet.payload.first(std::min<std::size_t>(packet.payload.size(), packet.payloadBytes)));
    }
    if (consecutive && step.ticks != 0) {
        ++m_frameBreaks;
        m_frameEnds += m_lastMarker ? 1 : 0;
    }
    m_lastMarker = packet.marker;
    follow(packet, codec, step);
    if (codec.kind != CodecKind::Noise)
        m_sizes.add(packet.payloadBytes, consecutive, m_activity.talking());
}

namespace {

std::int64_t ticksToNs(std::int64_t ticks, std::uint32_t clock)
{
    return clock == 0 ? 0 : static_cast<std::int64_t>(static_cast<double>(ticks) * 1e9 / clock);
}

} // namespace

std::int64_t VoiceStream::stepNs(std::int64_t ticks, std::uint32_t clock)
{
    if (ticks != m_alike.ticks || clock != m_alike.clock) {
        m_alike.ticks = ticks;
        m_alike.clock = clock;
        m_alike.stepNs = ticksToNs(ticks, clock);
    }
    return m_alike.stepNs;
}

/// Talk and silence.
void VoiceStream::follow(const MediaPacket& packet, const MediaCodec& codec, const ClockMeter::Step& step)
{
    const std::int64_t frameTicks = m_clock.frameTicks();
    const std::uint32_t clock = m_clock.clockHz();
    const std::int64_t stepNs = this->stepNs(step.ticks, clock);
    std::int64_t frameNs = step.ticks == frameTicks ? stepNs : ticksToNs(frameTicks, clock); // mostly
    if (frameNs <= 0)
        frameNs = kUsualFrameNs;
    std::int64_t pauseNs = 0;
    if (step.consecutive && frameTicks > 0 &&
        static_cast<double>(step.ticks) > kPauseFrames * static_cast<double>(frameTicks))
        pauseNs = std::clamp<std::int64_t>(stepNs - frameNs, 0, kMaxPauseNs);
    if (pauseNs > 0 && packet.marker)
        ++m_markedSpurts;
    const bool stepKnown = step.consecutive && step.ticks > 0 && pauseNs == 0;
    m_mediaSeconds += static_cast<double>(stepKnown ? std::min(stepNs, kNsPerSecond) : frameNs) / 1e9;

    const bool mu = codec.name == "PCMU";
    const bool plain = !m_identity.secure && (mu || codec.name == "PCMA");
    std::uint32_t level = packet.payloadBytes;
    ActivityMeter::Kind kind = plain ? ActivityMeter::Kind::Measured : kindBySize(packet.payloadBytes, pauseNs);
    if (codec.kind == CodecKind::Noise || (codec.silentBytes > 0 && packet.payloadBytes <= codec.silentBytes)) {
        kind = ActivityMeter::Kind::Silent;
        ++m_noisePackets;
    } else if (plain && packet.payload.empty() && packet.payloadBytes > 0) {
        kind = ActivityMeter::Kind::Talk; // the capture has not got the samples
    } else if (plain) {
        level = g711Level(packet.payload, mu ? G711Law::Mu : G711Law::A);
    }
    m_activity.add(packet.arrival, level, kind, frameNs, pauseNs);
}

/// Whoever sends nothing in pauses has told when he talks; what comes in between describes silence, and is short.
ActivityMeter::Kind VoiceStream::kindBySize(std::uint32_t bytes, std::int64_t pauseNs) const
{
    const double mean = m_sizes.mean();
    const bool tiny = bytes * kTinyPart < mean;
    if (m_activity.sentNothing() > 0) {
        const bool alone = pauseNs > 0 && (bytes < kShortPart * mean || bytes <= kSilenceBytes);
        return tiny || alone ? ActivityMeter::Kind::Silent : ActivityMeter::Kind::Talk;
    }
    const bool noise = tiny && !m_activity.threshold() && m_sizes.count() > kMinSizes;
    return noise ? ActivityMeter::Kind::Silent : ActivityMeter::Kind::Measured;
}

Media VoiceStream::media() const
{
    if (m_identity.codec->kind == CodecKind::Video)
        return Media::Video;
    if (m_identity.kind != StreamKind::Rtp || m_identity.codec->kind != CodecKind::Unknown ||
        m_clock.steps() < kMinVideoSteps)
        return Media::Audio;
    const double same = m_clock.sameTimestampShare();
    const double marked = share(m_markers, m_packets);
    const bool frames =
        same > kVideoSameTimestamp && marked > kVideoMarkers && share(m_frameEnds, m_frameBreaks) > kVideoMarkedBreaks;
    const bool singlePackets = marked > kVideoAllMarked && m_clock.clockHz() == kVideoClock;
    return frames || singlePackets ? Media::Video : Media::Audio;
}

void VoiceStream::end()
{
    m_ended = true;
    m_finalFeatures = std::make_unique<StreamFeatures>(ownFeatures());
}

StreamFeatures VoiceStream::features(const StreamSurroundings& surroundings) const
{
    StreamFeatures f = m_finalFeatures ? *m_finalFeatures : ownFeatures();
    addContext(f, surroundings);
    return f;
}

StreamFeatures VoiceStream::ownFeatures() const
{
    StreamFeatures f;
    const MediaCodec& codec = *m_identity.codec;
    f.codecKind = codec.kind;
    f.codecKnown = codec.kind != CodecKind::Unknown;
    f.wzp = m_identity.kind != StreamKind::Rtp;
    f.codecMaxBps = codec.maxBps;
    f.packets = m_packets;
    f.seconds = static_cast<double>(std::max<std::int64_t>(0, elapsedNs(m_first, m_last))) / 1e9;
    f.payloadBps = f.seconds > 0.0 ? static_cast<double>(m_payloadBytes) * 8.0 / f.seconds : 0.0;
    f.talkBps = m_mediaSeconds > 0.0 ? static_cast<double>(m_payloadBytes) * 8.0 / m_mediaSeconds : 0.0;
    const auto tag = std::max_element(m_sizesFitting.begin(), m_sizesFitting.end()) - m_sizesFitting.begin();
    f.sizeFitShare = m_soundPackets == 0 ? 1.0 : share(m_sizesFitting[static_cast<std::size_t>(tag)], m_soundPackets);
    const bool fixed = codec.kind == CodecKind::Samples || codec.kind == CodecKind::Frames;
    if (fixed && f.sizeFitShare > kTagIsClear)
        f.tagBytes = kTags[static_cast<std::size_t>(tag)];
    f.sizeEntropy = m_sizes.entropyBelowLargest();
    f.largestShare = m_sizes.largestShare();
    f.hugeShare = m_sizes.hugeShare();
    f.sizeVariation = m_sizes.variation();
    f.sizeSmoothness = m_sizes.smoothness();
    f.sizePairs = m_sizes.pairs();
    if (const auto pause = m_sizes.pauseSizes()) {
        f.pauseBytes = pause->mean;
        f.pauseVariation = pause->variation;
    }
    f.clockHz = m_clock.clockHz();
    f.frameMs = f.clockHz == 0 ? 0.0 : m_clock.frameTicks() * 1000.0 / f.clockHz;
    f.stepRegularity = m_clock.stepRegularity();
    f.clockDrift = m_clock.drift();
    f.roughDrift = m_clock.roughDrift();
    f.sameTimestampShare = m_clock.sameTimestampShare();
    f.clockAgreement = m_clock.agreement();
    f.clockSpans = m_clock.spans();
    f.jitterMs = m_clock.jitterMs();
    if (m_gaps > 0 && m_gapSum > 0.0) {
        const double mean = m_gapSum / static_cast<double>(m_gaps);
        f.gapVariation = std::sqrt(std::max(0.0, m_gapSquares / static_cast<double>(m_gaps) - mean * mean)) / mean;
    }
    f.markerShare = share(m_markers, m_packets);
    f.lossShare = share(m_sequence.lost(), m_sequence.expected());
    f.duplicateShare = share(m_sequence.duplicates(), m_packets);
    f.lateShare = share(m_sequence.late(), m_packets);
    f.restarts = m_sequence.restarts();
    f.talkSpurts = m_activity.talkSpurts();
    f.pauses = m_activity.pauses();
    f.meanTalkSeconds = m_activity.meanTalkSeconds();
    f.meanPauseSeconds = m_activity.meanPauseSeconds();
    f.talkShare = m_activity.talkShare();
    f.shortSpurtShare = m_activity.shortSpurtShare();
    f.suppressedPauses = m_activity.sentNothing();
    f.noisePackets = m_noisePackets;
    f.markedSpurts = m_markedSpurts;
    f.unevenness = m_content.unevenness();
    f.firstByteEntropy = m_content.firstByteEntropy();
    f.firstByteUnevenness = m_content.firstByteUnevenness();
    f.repeatedShare = m_content.repeatedShare();
    f.announced = m_identity.announced;
    f.secure = m_identity.secure;
    f.reports = m_reports;
    return f;
}

void VoiceStream::addContext(StreamFeatures& f, const StreamSurroundings& surroundings) const
{
    f.callSetup = surroundings.callSetup;
    f.sourcesPerMinute = surroundings.otherSources / std::max(1.0, f.seconds / 60.0);
    if (surroundings.opposite) {
        f.otherDirection = true;
        f.dialogue = m_activity.correlation(surroundings.opposite->m_activity);
        StreamSurroundings alone;
        alone.callSetup = surroundings.callSetup;
        const double other = judge(surroundings.opposite->features(alone)).probability;
        f.otherOdds = std::log(other / (1.0 - other));
    }
}

StreamReport VoiceStream::report(const StreamSurroundings& surroundings) const
{
    StreamReport report;
    report.index = m_identity.index;
    report.flow = m_identity.flow;
    report.side = m_identity.side;
    report.source = m_identity.source;
    report.destination = m_identity.destination;
    report.kind = m_identity.kind;
    report.foundBy = m_identity.foundBy;
    report.wrapping = m_identity.wrapping;
    report.media = media();
    // Retransmissions and error correction of video travel as sources of their own, with irregular timestamps.
    const bool unnamed = m_identity.kind == StreamKind::Rtp && m_identity.codec->kind == CodecKind::Unknown;
    if (unnamed && surroundings.besideVideo && m_clock.stepRegularity() < kRegularSteps)
        report.media = Media::Video;
    report.ssrc = m_identity.ssrc;
    const bool unnamedVideo = report.media == Media::Video && m_identity.codec->kind == CodecKind::Unknown;
    report.codec = unnamedVideo ? unknownVideo().name : m_identity.codec->name;
    report.payloadTypes.assign(m_payloadTypes.begin(), m_payloadTypes.begin() + m_payloadTypeCount);
    report.first = m_first;
    report.last = m_last;
    report.firstPacket = m_firstPacket;
    report.lastPacket = m_lastPacket;
    report.packets = m_packets;
    report.payloadBytes = m_payloadBytes;
    report.expected = m_sequence.expected();
    report.lost = m_sequence.lost();
    report.duplicates = m_sequence.duplicates();
    report.late = m_sequence.late();
    report.reports = m_reports;
    report.ended = m_ended;
    report.features = features(surroundings);
    report.clockHz = report.features.clockHz;
    report.jitterMs = report.features.jitterMs;
    report.exactCodec = m_scorerCodec.value_or(0);
    report.timeline = std::make_shared<StreamTimeline>(m_timeline);
    if (report.media == Media::Video) {
        report.calibrated.missing = Missing::Judge;
        return report;
    }
    report.exact = m_scorer.result();
    report.calibrated = judge(report.features);
    if (report.jitterMs)
        report.quality = estimateQuality(*m_identity.codec, {.lossShare = report.lossShare(),
                                                             .jitterMs = *report.jitterMs,
                                                             .frameMs = report.features.frameMs,
                                                             .oneWayMs = surroundings.oneWayMs});
    return report;
}

} // namespace timbre::audio
