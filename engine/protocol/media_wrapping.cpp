#include "engine/protocol/media_wrapping.h"

#include "engine/protocol/datagram_head.h"

#include <algorithm>

namespace timbre::protocol {

namespace {

constexpr std::size_t kChannelHeader = 4;
constexpr std::size_t kStunHeader = 20;
constexpr std::uint16_t kSendIndication = 0x0016;
constexpr std::uint16_t kDataIndication = 0x0017;
constexpr std::uint16_t kDataAttribute = 0x0013;
constexpr std::size_t kMaxAttributes = 16;

// Zoom: O. Michel et al., "Enabling Passive Measurement of Zoom Performance in Production Networks", 2022.
constexpr std::size_t kZoomServerHeader = 8;
constexpr unsigned kZoomServerMedia = 5;
constexpr unsigned kZoomAudio = 15;
constexpr unsigned kZoomVideo = 16;
constexpr unsigned kZoomScreen = 13;
constexpr unsigned kZoomFirstRtcp = 33;
constexpr unsigned kZoomLastRtcp = 35;

std::optional<WrappedMedia> turnChannel(Bytes datagram, std::size_t wireBytes)
{
    if (datagram.size() < kChannelHeader + 8)
        return std::nullopt;
    const std::uint16_t channel = loadBe16(datagram, 0);
    const std::size_t length = loadBe16(datagram, 2);
    // Over UDP the padding to four bytes may be left out.
    const bool fits = length + kChannelHeader <= wireBytes && wireBytes - kChannelHeader - length < 4;
    if (channel < 0x4000 || channel > 0x4fff || !fits)
        return std::nullopt;
    return WrappedMedia{.wrapping = Wrapping::TurnChannel,
                        .channel = channel,
                        .offset = kChannelHeader,
                        .length = length,
                        .control = false};
}

std::optional<WrappedMedia> turnIndication(Bytes datagram)
{
    if (!looksLikeStun(datagram))
        return std::nullopt;
    const std::uint16_t type = loadBe16(datagram, 0);
    if (type != kSendIndication && type != kDataIndication)
        return std::nullopt;
    ByteReader reader(datagram);
    reader.skip(kStunHeader);
    for (std::size_t i = 0; i < kMaxAttributes && reader.remaining() >= 4; ++i) {
        const std::uint16_t attribute = reader.be16();
        const std::size_t length = reader.be16();
        if (length > reader.remaining())
            return std::nullopt;
        if (attribute == kDataAttribute)
            return WrappedMedia{.wrapping = Wrapping::TurnIndication,
                                .channel = 0,
                                .offset = reader.position(),
                                .length = length,
                                .control = false};
        reader.skip(std::min((length + 3) / 4 * 4, reader.remaining()));
    }
    return std::nullopt;
}

/// Length of Zoom's media header by its first byte; 0: none that is known.
std::size_t zoomHeader(unsigned type)
{
    switch (type) {
    case kZoomAudio:
        return 19;
    case kZoomVideo:
        return 24;
    case kZoomScreen:
        return 27;
    default:
        return type >= kZoomFirstRtcp && type <= kZoomLastRtcp ? 16 : 0;
    }
}

std::optional<WrappedMedia> zoomMedia(Bytes datagram, std::size_t wireBytes, std::size_t at, Wrapping wrapping)
{
    if (datagram.size() <= at)
        return std::nullopt;
    const unsigned type = loadU8(datagram, at);
    const std::size_t offset = at + zoomHeader(type);
    if (offset == at || datagram.size() < offset + 8 || loadU8(datagram, offset) >> 6U != 2)
        return std::nullopt;
    return WrappedMedia{.wrapping = wrapping,
                        .channel = 0,
                        .offset = offset,
                        .length = wireBytes - offset,
                        .control = type >= kZoomFirstRtcp && type <= kZoomLastRtcp};
}

} // namespace

const char* toString(Wrapping wrapping)
{
    switch (wrapping) {
    case Wrapping::TurnChannel:
        return "TURN channel";
    case Wrapping::TurnIndication:
        return "TURN indication";
    case Wrapping::ZoomServer:
        return "Zoom";
    case Wrapping::ZoomPeer:
        return "Zoom peer to peer";
    case Wrapping::Rtsp:
        return "RTSP over TCP";
    case Wrapping::None:
        break;
    }
    return "";
}

std::optional<WrappedMedia> unwrapMedia(Bytes datagram, std::size_t wireBytes)
{
    if (datagram.empty() || wireBytes < datagram.size())
        return std::nullopt;
    const unsigned first = loadU8(datagram, 0);
    if (first >= 0x40 && first <= 0x4f)
        return turnChannel(datagram, wireBytes);
    if (first == 0)
        return turnIndication(datagram);
    if (first == kZoomServerMedia)
        return zoomMedia(datagram, wireBytes, kZoomServerHeader, Wrapping::ZoomServer);
    if (zoomHeader(first) != 0)
        return zoomMedia(datagram, wireBytes, 0, Wrapping::ZoomPeer);
    return std::nullopt;
}

} // namespace timbre::protocol
