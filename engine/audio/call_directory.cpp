#include "engine/audio/call_directory.h"

#include <algorithm>

namespace timbre::audio {

namespace {

constexpr std::uint16_t kFirstDynamicPort = 1024;

Announcement announcementOf(const protocol::SdpMedia& media)
{
    Announcement result;
    result.audio = media.kind == protocol::SdpKind::Audio;
    result.secure = media.secure;
    for (const protocol::SdpFormat& format : media.formats) {
        const MediaCodec* codec = &codecByName(format.codec);
        if (codec->kind == CodecKind::Unknown && !result.audio)
            codec = &unknownVideo();
        result.formats.push_back({format.payloadType, codec, format.clockHz});
    }
    for (const std::uint8_t type : media.payloadTypes) {
        const bool explained = std::any_of(result.formats.begin(), result.formats.end(),
                                           [type](const AnnouncedFormat& f) { return f.payloadType == type; });
        if (!explained)
            result.formats.push_back({type, result.audio ? &staticCodec(type) : &unknownVideo(), 0});
    }
    return result;
}

} // namespace

std::size_t CallDirectory::EndHash::operator()(const StreamEnd& end) const
{
    std::uint64_t hash = 1469598103934665603ULL ^ end.port;
    for (const std::uint8_t octet : end.address.octets)
        hash = (hash ^ octet) * 1099511628211ULL;
    return hash;
}

void CallDirectory::announce(const StreamEnd& end, const Announcement& announcement)
{
    if (m_ends.size() >= m_maxEnds && !m_ends.contains(end)) {
        ++m_dropped;
        return;
    }
    m_ends[end] = announcement;
}

bool CallDirectory::takeMessage(std::string_view message, const StreamEnd& source, const StreamEnd& destination)
{
    if (!protocol::looksLikeCallSetup(message))
        return false;
    bool learned = takeRtspPorts(message, source, destination);
    Announcement all; // of RTSP: one table for whatever SETUP opens later
    for (const protocol::SdpMedia& media : protocol::parseSdp(protocol::sdpBody(message))) {
        const Announcement announcement = announcementOf(media);
        if (media.port == 0) {
            all.formats.insert(all.formats.end(), announcement.formats.begin(), announcement.formats.end());
            all.secure |= announcement.secure;
            continue;
        }
        learned = true;
        if (media.address.valid())
            announce({media.address, media.port}, announcement);
        if (source.address != media.address) // behind a translator the sender's own address is the one to be seen
            announce({source.address, media.port}, announcement);
    }
    if (!all.formats.empty() && m_rtsp.size() < m_maxEnds)
        m_rtsp[destination] = std::move(all);
    return learned;
}

bool CallDirectory::takeRtspPorts(std::string_view message, const StreamEnd& source, const StreamEnd& destination)
{
    if (!message.starts_with("RTSP/1.0 "))
        return false;
    const auto ports = protocol::rtspPorts(message);
    const auto described = m_rtsp.find(destination);
    if (!ports || described == m_rtsp.end())
        return false;
    if (ports->interleaved) {
        announce(destination, described->second);
        return true;
    }
    if (ports->client < kFirstDynamicPort)
        return false;
    announce({destination.address, ports->client}, described->second);
    if (ports->server != 0)
        announce({source.address, ports->server}, described->second);
    return true;
}

const Announcement* CallDirectory::find(const StreamEnd& source, const StreamEnd& destination) const
{
    auto found = m_ends.find(destination);
    if (found == m_ends.end())
        found = m_ends.find(source);
    return found == m_ends.end() ? nullptr : &found->second;
}

} // namespace timbre::audio
