#pragma once

// Which media a call announces: the session description (RFC 8866) in SIP and RTSP messages, and the ports in RTSP's
// Transport header (RFC 2326 12.39).

#include "engine/base/ip_address.h"

#include <optional>
#include <string>
#include <vector>

namespace timbre::protocol {

/// a=rtpmap: what a payload type stands for.
struct SdpFormat {
    std::uint8_t payloadType = 0;
    std::string codec; // lower case: "opus"
    std::uint32_t clockHz = 0;
    std::uint32_t channels = 1;
};

enum class SdpKind : std::uint8_t { Audio, Video, Other };

/// One m= line with its attributes.
struct SdpMedia {
    SdpKind kind = SdpKind::Other;
    IpAddress address; // c=, of the media or the session; may be missing
    std::uint16_t port = 0;
    std::uint16_t rtcpPort = 0; // a=rtcp; 0: the next one
    bool secure = false;        // SAVP, or a fingerprint
    std::vector<std::uint8_t> payloadTypes;
    std::vector<SdpFormat> formats;
    std::uint32_t packetMs = 0; // a=ptime
};

inline constexpr std::size_t kMaxSdpMedia = 16;
inline constexpr std::size_t kMaxSdpFormats = 64; // per media
inline constexpr std::size_t kMaxSdpLines = 1024;

/// The media of a session description. Lines that are not understood are passed over.
[[nodiscard]] std::vector<SdpMedia> parseSdp(std::string_view text);

/// The body of a SIP or RTSP message, if it is a session description; empty otherwise.
[[nodiscard]] std::string_view sdpBody(std::string_view message);

/// True for the first line of a SIP or RTSP message.
[[nodiscard]] bool looksLikeCallSetup(std::string_view message);

struct RtspPorts {
    std::uint16_t client = 0;
    std::uint16_t server = 0; // 0: not said yet
    bool interleaved = false; // no ports: media travel in the connection itself
};

/// Of a SETUP or its answer.
[[nodiscard]] std::optional<RtspPorts> rtspPorts(std::string_view message);

} // namespace timbre::protocol
