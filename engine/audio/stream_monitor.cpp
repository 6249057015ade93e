#include "engine/audio/stream_monitor.h"

#include "engine/audio/stream_monitor_private.h"
#include "engine/protocol/datagram_head.h"
#include "engine/protocol/wzp.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace timbre::audio {

namespace {

constexpr unsigned kMaxFruitless = 2000;       // datagrams of a flow without any progress, then it is left alone
constexpr unsigned kMaxDoubtfulFruitless = 64; // the same where other signs speak against media
constexpr std::size_t kMaxReportedSources = 8192;
constexpr std::size_t kMaxTrunkEntries = 32;
constexpr std::size_t kFirstWordChecked = 8; // bytes; mayHoldText() has seen that they are there
constexpr double kMaxRoundTripMs = 10'000.0;

bool mayHoldText(Bytes payload)
{
    return payload.size() >= 16 && loadU8(payload, 0) >= 'A' && loadU8(payload, 0) <= 'Z';
}

/// SIP and RTSP begin with a method, which is a token, or with their version (RFC 3261 25.1, RFC 2326 15.1). Looked at
/// before anything else: encrypted bytes that happen to begin with a letter would be searched for the end of a line.
bool mayBeginMessage(Bytes payload)
{
    const auto inFirstWord = [](std::uint8_t c) {
        const bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        return letter || (c >= '0' && c <= '9') || (c != 0 && std::strchr("-.!%*_+`'~/", c) != nullptr);
    };
    for (std::size_t i = 0; i < kFirstWordChecked; ++i) {
        const std::uint8_t c = loadU8(payload, i);
        if (c == ' ')
            return true;
        if (!inFirstWord(c))
            return false;
    }
    return true;
}

} // namespace

StreamMonitor::StreamMonitor(MonitorLimits limits)
    : m_limits(limits)
    , m_calls(limits.maxAnnouncements)
{
}

StreamMonitor::~StreamMonitor() = default;

StreamMonitor::FlowState* StreamMonitor::stateOf(std::uint32_t flow)
{
    if (FlowState* known = m_flows.find(flow))
        return known;
    if (m_flows.size() >= m_limits.maxFlows) {
        ++m_counters.flowsRefused;
        return nullptr;
    }
    return &m_flows.put(flow, std::make_unique<FlowState>());
}

bool StreamMonitor::datagram(const MediaDatagram& datagram)
{
    if (datagram.payload.empty())
        return true;
    FlowState* state = stateOf(datagram.flow);
    if (!state)
        return false;
    lookAt(*state, datagram);
    if (state->fruitless < (datagram.doubtful ? kMaxDoubtfulFruitless : kMaxFruitless))
        return true;
    if (state->streams[0].empty() && state->streams[1].empty())
        m_flows.take(datagram.flow);
    return false;
}

void StreamMonitor::segment(const MediaDatagram& segment)
{
    if (mayHoldText(segment.payload) && mayBeginMessage(segment.payload) &&
        protocol::looksLikeCallSetup(asText(segment.payload))) {
        m_signalling.insert(segment.flow);
        takeCallSetup(segment);
    }
    const bool known = !m_interleaved.empty() && m_interleaved.contains(segment.flow);
    if (known || protocol::beginsWithInterleavedFrame(segment.payload))
        lookAtInterleaved(segment);
}

void StreamMonitor::lookAtInterleaved(const MediaDatagram& segment)
{
    FlowState* state = stateOf(segment.flow);
    if (!state || state->fruitless >= kMaxFruitless)
        return;
    protocol::InterleavedReader& reader = m_interleaved[segment.flow][indexOf(segment.side)];
    for (const protocol::InterleavedFrame& frame :
         reader.take(segment.tcpSequence, segment.payload, segment.wireBytes)) {
        if (frame.bytes.empty())
            continue;
        ++state->fruitless;
        if (const auto report = protocol::parseRtcp(frame.bytes))
            takeReport(*state, segment, *report);
        else
            lookAtRtp(*state, segment, frame.bytes, frame.bytes.size(), protocol::Wrapping::Rtsp);
    }
}

void StreamMonitor::takeCallSetup(const MediaDatagram& datagram)
{
    if (m_calls.takeMessage(asText(datagram.payload), datagram.source(), datagram.destination()))
        announceToStreams();
    m_counters.announcementsDropped = m_calls.dropped();
}

void StreamMonitor::announceToStreams()
{
    for (std::uint32_t index = 0; index < m_streams.size(); ++index) {
        VoiceStream* stream = m_streams[index].live.get();
        if (!stream)
            continue;
        const StreamIdentity& identity = stream->identity();
        if (const Announcement* announced = m_calls.find(identity.source, identity.destination))
            stream->announce(announced->formats, announced->secure);
    }
}

namespace {

constexpr std::size_t kPayloadFetched = 192; // most of it is not looked at

/// The next packet of this stream is being taken apart.
void fetchFor(const VoiceStream& stream, Bytes bytes)
{
    for (std::size_t at = kCacheLine; at < std::min(bytes.size(), kPayloadFetched); at += kCacheLine)
        __builtin_prefetch(bytes.subspan(at).data());
    stream.fetchNext();
}

} // namespace

void StreamMonitor::lookAt(FlowState& state, const MediaDatagram& datagram)
{
    const Bytes bytes = datagram.payload;
    if (const VoiceStream* expected = state.latest[indexOf(datagram.side)].stream)
        fetchFor(*expected, bytes);
    ++state.fruitless;
    if (loadU8(bytes, 0) >> 6U == 2) {
        if (const auto report = protocol::parseRtcp(bytes))
            takeReport(state, datagram, *report);
        else
            lookAtRtp(state, datagram, bytes, datagram.wireBytes, protocol::Wrapping::None);
        return;
    }
    if (const auto wrapped = protocol::unwrapMedia(bytes, datagram.wireBytes)) {
        const Bytes media = bytes.subspan(wrapped->offset);
        const Bytes inner = media.first(std::min(media.size(), wrapped->length));
        if (const auto report = protocol::parseRtcp(inner))
            takeReport(state, datagram, *report);
        else if (!wrapped->control)
            lookAtRtp(state, datagram, inner, wrapped->length, wrapped->wrapping);
    }
    if (protocol::looksLikeStun(bytes) || protocol::looksLikeDtls(bytes))
        state.callSetup = true;
    else if (mayHoldText(bytes)) {
        if (mayBeginMessage(bytes))
            takeCallSetup(datagram);
    } else if (!lookAtWzp(state, datagram))
        lookAtTrunk(state, datagram);
}

void StreamMonitor::lookAtRtp(FlowState& state, const MediaDatagram& datagram, Bytes bytes, std::size_t wireBytes,
                              protocol::Wrapping wrapping)
{
    const auto rtp = protocol::parseRtp(bytes, wireBytes);
    if (!rtp)
        return;
    Found found;
    found.wrapping = wrapping;
    found.source = rtp->ssrc;
    found.packet.arrival = datagram.time;
    found.packet.frameNumber = datagram.frameNumber;
    found.packet.sequence = rtp->sequence;
    found.packet.timestamp = rtp->timestamp;
    found.packet.payloadBytes = rtp->payloadBytes;
    found.packet.payload = rtp->payload;
    found.packet.payloadType = rtp->payloadType;
    found.packet.marker = rtp->marker;
    take(state, datagram, found);
}

namespace {

/// A WZP media packet of audio or video; nothing for data and control.
bool fillFromWzp(const protocol::WzpHeader& header, Bytes payload, std::size_t wirePayload, MediaPacket& packet)
{
    const bool media = header.type == protocol::WzpMediaType::Audio || header.type == protocol::WzpMediaType::Video;
    const std::size_t trailer = header.hasQuality ? protocol::kWzpQualityBytes : 0;
    if (!media || wirePayload < trailer)
        return false;
    packet.sequence = header.sequence;
    packet.timestamp = header.timestampMs;
    packet.payloadBytes = static_cast<std::uint32_t>(wirePayload - trailer);
    packet.payload = payload.first(std::min(payload.size(), wirePayload - trailer));
    packet.payloadType = header.codec;
    packet.quality = header.hasQuality;
    packet.wzpType = header.type;
    return true;
}

} // namespace

bool StreamMonitor::lookAtWzp(FlowState& state, const MediaDatagram& datagram)
{
    const Bytes bytes = datagram.payload;
    const unsigned first = loadU8(bytes, 0);
    Found found;
    found.packet.arrival = datagram.time;
    found.packet.frameNumber = datagram.frameNumber;
    std::optional<protocol::WzpHeader> header;
    if (first == 2 && (header = protocol::parseWzpHeader(bytes))) {
        found.kind = StreamKind::Wzp;
    } else if (first <= 1 && datagram.wireBytes == bytes.size()) {
        const auto packet = state.compact[indexOf(datagram.side)].read(bytes);
        if (packet) {
            found.kind = StreamKind::CompactWzp;
            found.source = packet->header.streamId;
            const std::size_t trailer = packet->header.hasQuality ? protocol::kWzpQualityBytes : 0;
            if (fillFromWzp(packet->header, packet->payload, packet->payload.size() + trailer, found.packet))
                take(state, datagram, found);
            // The older header may begin with the same byte; it is proposed beside, and its sequence decides.
        }
    }
    if (!header && (header = protocol::parseOldWzpHeader(bytes)))
        found.kind = StreamKind::OldWzp;
    if (!header)
        return false;
    found.source = header->streamId;
    const Bytes payload = bytes.subspan(header->bytes());
    if (fillFromWzp(*header, payload, datagram.wireBytes - header->bytes(), found.packet))
        take(state, datagram, found);
    return header->version == 2;
}

bool StreamMonitor::lookAtTrunk(FlowState& state, const MediaDatagram& datagram)
{
    const Bytes bytes = datagram.payload;
    if (bytes.size() < 6 || loadBe16(bytes, 0) > kMaxTrunkEntries || datagram.wireBytes != bytes.size() ||
        !protocol::parseWzpTrunk(bytes, m_trunk))
        return false;
    for (const protocol::WzpTrunkEntry& entry : m_trunk) {
        const auto header = protocol::parseWzpHeader(entry.bytes);
        if (!header)
            continue;
        Found found;
        found.kind = StreamKind::Wzp;
        found.source = static_cast<std::uint32_t>(entry.session) << 8U | header->streamId;
        found.packet.arrival = datagram.time;
        found.packet.frameNumber = datagram.frameNumber;
        const Bytes payload = entry.bytes.subspan(header->bytes());
        if (fillFromWzp(*header, payload, payload.size(), found.packet))
            take(state, datagram, found);
    }
    return true;
}

void StreamMonitor::take(FlowState& state, const MediaDatagram& datagram, const Found& found)
{
    FlowState::Latest& latest = state.latest[indexOf(datagram.side)];
    const auto continues = [&found](const auto& stream) {
        return stream.source == found.source && stream.kind == found.kind && stream.wrapping == found.wrapping;
    };
    if (!latest.stream || !continues(latest)) {
        latest = {};
        for (const std::uint32_t index : state.streams[indexOf(datagram.side)]) {
            VoiceStream& live = *m_streams[index].live;
            const FlowState::Latest other{&live, index, live.identity().ssrc, live.identity().kind,
                                          live.identity().wrapping};
            if (continues(other))
                latest = other;
        }
    }
    if (!latest.stream) {
        propose(state, datagram, found);
        return;
    }
    latest.stream->add(found.packet);
    state.fruitless = 0;
    if (latest.stream->noteChange())
        m_changed.push_back(latest.index);
}

void StreamMonitor::reportFor(std::uint32_t ssrc, const MediaDatagram& datagram)
{
    const auto [begin, end] = m_bySsrc.equal_range(ssrc);
    for (auto each = begin; each != end; ++each) {
        VoiceStream& stream = *m_streams[each->second].live;
        const StreamIdentity& identity = stream.identity();
        const IpAddress from = datagram.source().address;
        const IpAddress to = datagram.destination().address;
        const bool samePath = (identity.source.address == from && identity.destination.address == to) ||
                              (identity.source.address == to && identity.destination.address == from);
        if (samePath)
            stream.addReport();
    }
    if (begin == end && m_reportedSources.size() < kMaxReportedSources)
        m_reportedSources.emplace(ssrc, datagram.time);
}

void StreamMonitor::takeReport(FlowState& state, const MediaDatagram& datagram, const protocol::RtcpReport& report)
{
    state.fruitless = 0;
    reportFor(report.sender, datagram);
    if (report.senderReport && report.wholly) {
        const auto [begin, end] = m_bySsrc.equal_range(report.sender);
        for (auto each = begin; each != end; ++each) {
            m_streams[each->second].lastSenderReport = report.ntpMiddle;
            m_streams[each->second].senderReportTime = datagram.time;
        }
    }
    if (!report.wholly) { // whom it is about is encrypted: on the same path, the streams that go the other way
        for (const std::uint32_t index : state.streams[indexOf(other(datagram.side))])
            m_streams[index].live->addReport();
    }
    for (std::size_t i = 0; i < report.blockCount; ++i) {
        reportFor(report.blocks[i].ssrc, datagram);
        measureRoundTrip(report.blocks[i], datagram);
    }
}

/// RFC 3550 6.4.1, seen from the capture point: from the sender report passing to the answer, without the time that the
/// receiver kept it.
void StreamMonitor::measureRoundTrip(const protocol::RtcpBlock& block, const MediaDatagram& datagram)
{
    if (block.lastSenderReport == 0)
        return;
    const auto [begin, end] = m_bySsrc.equal_range(block.ssrc);
    for (auto each = begin; each != end; ++each) {
        Stream& stream = m_streams[each->second];
        if (stream.lastSenderReport != block.lastSenderReport)
            continue;
        const double elapsedMs = static_cast<double>(elapsedNs(stream.senderReportTime, datagram.time)) / 1e6;
        const double roundTripMs = elapsedMs - block.delaySinceLast * 1000.0 / 65536.0;
        if (roundTripMs >= 0.0 && roundTripMs <= kMaxRoundTripMs)
            stream.oneWayMs = roundTripMs / 2.0;
    }
}

const VoiceStream* StreamMonitor::oppositeOf(const VoiceStream& stream) const
{
    const StreamIdentity& identity = stream.identity();
    const FlowState& state = *m_streams[identity.index].path;
    const VoiceStream* best = nullptr;
    for (const std::uint32_t index : state.streams[indexOf(other(identity.side))]) {
        const VoiceStream* candidate = m_streams[index].live.get();
        if (candidate->media() == Media::Audio && (!best || candidate->packets() > best->packets()))
            best = candidate;
    }
    return best;
}

std::shared_ptr<const StreamReport> StreamMonitor::reportOf(const Stream& stream) const
{
    const StreamIdentity& identity = stream.live->identity();
    StreamSurroundings surroundings;
    surroundings.callSetup = stream.path->callSetup;
    for (const std::uint32_t index : stream.path->streams[indexOf(identity.side)]) {
        const bool video = m_streams[index].live->media() == Media::Video;
        surroundings.besideVideo |= video && index != identity.index;
        surroundings.otherSources += !video && index != identity.index ? 1U : 0U;
    }
    surroundings.oneWayMs = stream.oneWayMs;
    surroundings.opposite = oppositeOf(*stream.live);
    return std::make_shared<StreamReport>(stream.live->report(surroundings));
}

void StreamMonitor::flowEnded(std::uint32_t flow)
{
    m_signalling.erase(flow);
    const std::unique_ptr<FlowState> ended = m_flows.take(flow);
    if (!ended)
        return;
    const FlowState& state = *ended;
    for (const auto& side : state.streams) {
        for (const std::uint32_t index : side)
            m_streams[index].live->end();
    }
    for (const auto& side : state.streams) {
        for (const std::uint32_t index : side) // all of them before any goes: each is compared with the others
            m_streams[index].report = reportOf(m_streams[index]);
    }
    for (const auto& side : state.streams) {
        for (const std::uint32_t index : side) {
            Stream& stream = m_streams[index];
            const auto [begin, end] = m_bySsrc.equal_range(stream.live->identity().ssrc);
            const auto entry = std::find_if(begin, end, [index](const auto& each) { return each.second == index; });
            if (entry != end)
                m_bySsrc.erase(entry);
            stream.live.reset();
            stream.path = nullptr;
        }
    }
    m_interleaved.erase(flow);
}

void StreamMonitor::finish()
{
    for (const std::uint32_t flow : m_flows.indexes())
        flowEnded(flow);
}

std::shared_ptr<const StreamList> StreamMonitor::list()
{
    const std::size_t count = std::min(m_changed.size(), m_limits.maxReportsAtOnce);
    for (std::size_t i = 0; i < count; ++i) {
        Stream& stream = m_streams[m_changed[i]];
        if (!stream.live)
            continue; // its last report is there already
        stream.live->noteReported();
        stream.report = reportOf(stream);
    }
    m_changed.erase(m_changed.begin(), m_changed.begin() + static_cast<std::ptrdiff_t>(count));
    auto list = std::make_shared<StreamList>();
    list->counters = m_counters;
    list->streams.reserve(m_streams.size());
    for (const Stream& stream : m_streams) {
        if (stream.report)
            list->streams.push_back(stream.report);
    }
    return list;
}

} // namespace timbre::audio
