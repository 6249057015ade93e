// What makes a stream of packets that look like media: they continue each other for long enough.

#include "engine/audio/stream_monitor_private.h"
#include "engine/protocol/wzp.h"

#include <algorithm>
#include <array>

namespace timbre::audio {

namespace {

constexpr std::size_t kKnownPackets = 4;     // where SDP or RTCP spoke of the stream
constexpr std::size_t kStubbornPackets = 40; // in sequence by number alone: the timestamps are nonsense
constexpr std::int32_t kMaxSequenceStep = 5;
constexpr std::int32_t kMaxLateStep = 5;
constexpr std::int64_t kMaxTimestampStep = 10 * 90'000; // ten seconds of the fastest clock
constexpr std::int64_t kWzpMaxStepMs = 10'000;

/// How a packet stands to the last one of a candidate.
struct Continuity {
    bool inSequence = false;
    bool again = false; // a late one or a duplicate: no progress, no contradiction
    bool inTime = false;
};

Continuity continuityOf(const MediaPacket& last, const MediaPacket& next, StreamKind kind)
{
    Continuity result;
    const bool wide = kind == StreamKind::Wzp || kind == StreamKind::CompactWzp;
    const std::int32_t step = wide ? static_cast<std::int32_t>(next.sequence - last.sequence)
                                   : static_cast<std::int16_t>(next.sequence - last.sequence);
    const std::int64_t ticks = static_cast<std::int32_t>(next.timestamp - last.timestamp);
    result.inSequence = step >= 1 && step <= kMaxSequenceStep;
    result.again = step <= 0 && step >= -kMaxLateStep;
    if (kind == StreamKind::Rtp) {
        result.inTime = ticks >= 0 && ticks <= kMaxTimestampStep;
    } else if (kind == StreamKind::OldWzp) {
        // Two bytes of header hardly exclude anything: the timestamp must rise by the frame duration exactly.
        const std::int64_t frame = protocol::kWzpCodecs[next.payloadType].frameMs;
        result.inTime = ticks == step * frame;
        result.inSequence = result.inSequence && result.inTime;
    } else {
        result.inTime = ticks >= 1 && ticks <= kWzpMaxStepMs;
        result.inSequence = result.inSequence && result.inTime;
    }
    return result;
}

} // namespace

void StreamMonitor::propose(FlowState& state, const MediaDatagram& datagram, const Found& found)
{
    std::vector<Candidate>& candidates = state.candidates[indexOf(datagram.side)];
    auto candidate = std::find_if(candidates.begin(), candidates.end(), [&](const Candidate& each) {
        return each.source == found.source && each.kind == found.kind && each.wrapping == found.wrapping;
    });
    MediaPacket packet = found.packet;
    packet.payload = {};
    if (candidate == candidates.end()) {
        if (candidates.size() >= m_limits.maxCandidatesPerSide) {
            m_counters.candidatesDropped += candidates.front().packets.size() > 2 ? 1 : 0;
            candidates.erase(candidates.begin());
        }
        candidates.push_back(
            {.kind = found.kind, .wrapping = found.wrapping, .source = found.source, .last = packet, .packets = {}});
        return;
    }
    const Continuity next = continuityOf(candidate->last, packet, found.kind);
    if (next.again)
        return;
    if (!next.inSequence) {
        candidate->restart(packet);
        return;
    }
    candidate->timestampMoved |= packet.timestamp != candidate->last.timestamp;
    candidate->inTime = next.inTime ? candidate->inTime + 1 : 1;
    candidate->append(packet);
    const bool announced = found.kind == StreamKind::Rtp && m_calls.find(datagram.source(), datagram.destination());
    const bool known = announced || (found.kind == StreamKind::Rtp && m_reportedSources.contains(found.source));
    const std::size_t wanted = known ? kKnownPackets : kProofPackets;
    if ((candidate->inTime >= wanted && candidate->timestampMoved) || candidate->packets.size() >= kStubbornPackets)
        recognise(state, datagram, *candidate);
}

namespace {

/// The payload type that carries the sound: the most frequent one that is neither noise nor a pressed key.
std::uint8_t mainType(const std::vector<MediaPacket>& packets)
{
    std::array<std::size_t, 256> counts{};
    for (const MediaPacket& packet : packets) {
        const bool sound = staticCodec(packet.payloadType).kind != CodecKind::Noise;
        counts[packet.payloadType] += sound ? 1 : 0;
    }
    const auto most = std::max_element(counts.begin(), counts.end());
    return *most == 0 ? packets.front().payloadType : static_cast<std::uint8_t>(most - counts.begin());
}

} // namespace

void StreamMonitor::recognise(FlowState& state, const MediaDatagram& datagram, Candidate& candidate)
{
    std::vector<Candidate>& candidates = state.candidates[indexOf(datagram.side)];
    const Candidate taken = std::move(candidate);
    candidates.erase(candidates.begin() + (&candidate - candidates.data()));
    if (m_streams.size() >= m_limits.maxStreams) {
        ++m_counters.streamsRefused;
        return;
    }
    StreamIdentity identity;
    identity.index = static_cast<std::uint32_t>(m_streams.size());
    identity.flow = datagram.flow;
    identity.side = datagram.side;
    identity.source = datagram.source();
    identity.destination = datagram.destination();
    identity.kind = taken.kind;
    identity.wrapping = taken.wrapping;
    identity.ssrc = taken.source;
    const bool rtp = taken.kind == StreamKind::Rtp;
    identity.payloadType = rtp ? mainType(taken.packets) : taken.packets.front().payloadType;
    identity.codec = rtp ? &staticCodec(identity.payloadType) : &wzpCodec(identity.payloadType);
    const Announcement* announced = rtp ? m_calls.find(identity.source, identity.destination) : nullptr;
    if (announced)
        identity.foundBy = FoundBy::SessionDescription;
    else if (rtp && m_reportedSources.contains(taken.source))
        identity.foundBy = FoundBy::Rtcp;

    Stream stream;
    stream.live = std::make_unique<VoiceStream>(identity, taken.packets.front().arrival);
    if (announced)
        stream.live->announce(announced->formats, announced->secure);
    for (const MediaPacket& packet : taken.packets)
        stream.live->add(packet);
    stream.path = &state;
    stream.live->noteChange();
    state.fruitless = 0;
    state.streams[indexOf(datagram.side)].push_back(identity.index);
    if (rtp)
        m_bySsrc.emplace(identity.ssrc, identity.index);
    m_changed.push_back(identity.index);
    m_streams.push_back(std::move(stream));
    ++m_counters.streams;
}

} // namespace timbre::audio
