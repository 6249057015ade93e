#pragma once

// The media packets of WZP: headers of version 2 (16 bytes) and version 1 (12 bytes), the quality report behind the
// payload, compact framing with mini headers, and trunk datagrams that carry several sessions. Nothing here decides
// whether a datagram is WZP at all; one packet proves nothing, see the stream finders of engine/audio.

#include "engine/base/bytes.h"

#include <array>
#include <optional>
#include <vector>

namespace timbre::protocol {

enum class WzpMediaType : std::uint8_t { Audio, Video, Data, Control };

struct WzpCodec {
    const char* name;
    std::uint32_t nominalBps;
    std::uint32_t frameMs; // duration of one packet
};

inline constexpr std::uint8_t kWzpComfortNoise = 5;
inline constexpr std::uint8_t kWzpVideo = 9;
/// By codec id.
inline constexpr std::array<WzpCodec, 10> kWzpCodecs = {{
    {"Opus24k", 24'000, 20},
    {"Opus16k", 16'000, 20},
    {"Opus6k", 6'000, 40},
    {"Codec2_3200", 3'200, 20},
    {"Codec2_1200", 1'200, 40},
    {"ComfortNoise", 0, 20},
    {"Opus32k", 32'000, 20},
    {"Opus48k", 48'000, 20},
    {"Opus64k", 64'000, 20},
    {"H264Baseline", 2'000'000, 33},
}};

inline constexpr std::size_t kWzpHeaderBytes = 16;
inline constexpr std::size_t kWzpOldHeaderBytes = 12;
inline constexpr std::size_t kWzpQualityBytes = 4;
inline constexpr std::size_t kWzpMiniHeaderBytes = 4;

struct WzpHeader {
    std::uint8_t version = 2; // 1 for the older form
    bool repair = false;
    bool hasQuality = false;
    bool keyframe = false;
    bool frameEnd = false;
    WzpMediaType type = WzpMediaType::Audio;
    std::uint8_t codec = 0; // below kWzpCodecs.size()
    std::uint8_t streamId = 0;
    std::uint8_t fecRatio = 0;
    std::uint32_t sequence = 0; // 16 bits in version 1
    std::uint32_t timestampMs = 0;
    std::uint16_t fecBlock = 0; // 8 bits in version 1
    std::uint8_t fecSymbol = 0; // version 1 only
    std::uint8_t contributors = 0;

    [[nodiscard]] std::size_t bytes() const { return version == 2 ? kWzpHeaderBytes : kWzpOldHeaderBytes; }
};

/// Loss 0 … 1, round trip and jitter in ms, bitrate cap in kbit/s.
struct WzpQuality {
    double loss = 0.0;
    std::uint32_t roundTripMs = 0;
    std::uint32_t jitterMs = 0;
    std::uint32_t capKbps = 0;
};

/// Nothing for an unknown version, media type or codec id, or when bytes are missing: those are no media.
[[nodiscard]] std::optional<WzpHeader> parseWzpHeader(Bytes datagram);
[[nodiscard]] std::optional<WzpHeader> parseOldWzpHeader(Bytes datagram);

/// A media packet taken apart. `payload` is without the quality report.
struct WzpPacket {
    WzpHeader header;
    Bytes payload;
    std::optional<WzpQuality> quality;
};

/// Cuts the trailer off. Nothing when the header announces one and fewer than four bytes are there.
[[nodiscard]] std::optional<WzpPacket> splitWzpPacket(const WzpHeader& header, Bytes afterHeader);

/// Reads compact framing of one stream: keeps the last full header for the mini headers behind it.
class WzpCompactReader {
public:
    /// A full header comes at least so often; a run of more mini headers is no compact framing.
    static constexpr unsigned kMaxMiniFrames = 50;

    /// Nothing for a mini frame before any full header, and for what is no frame.
    [[nodiscard]] std::optional<WzpPacket> read(Bytes datagram);

private:
    std::optional<WzpHeader> m_last;
    unsigned m_miniFrames = 0;
};

struct WzpTrunkEntry {
    std::uint16_t session = 0;
    Bytes bytes;
};

/// The entries of a trunk datagram, or nothing unless they fill it exactly. `entries` is cleared first.
[[nodiscard]] bool parseWzpTrunk(Bytes datagram, std::vector<WzpTrunkEntry>& entries);

} // namespace timbre::protocol
