#pragma once

// What is known of a codec before a packet is seen: clock, nominal rate, which payload sizes it can produce at all.
// Sources: RFC 3551 (static payload types), and the RTP payload formats of each codec.

#include <array>
#include <cstdint>
#include <string_view>

namespace timbre::audio {

enum class CodecKind : std::uint8_t {
    Unknown,  // a dynamic payload type that nobody explained
    Samples,  // so many bytes per millisecond, whatever is said: G.711 and kin
    Frames,   // frames of a few fixed sizes
    Variable, // any size up to a limit
    Noise,    // comfort noise
    Events,   // telephone keys
    Video,
};

struct MediaCodec {
    std::string_view name; // as shown
    CodecKind kind = CodecKind::Unknown;
    std::uint32_t clockHz = 0; // of RTP timestamps; 0: not known
    std::uint32_t nominalBps = 0;
    std::uint32_t maxBps = 0; // payload bits per second that the codec never exceeds; 0: not known
    std::uint32_t frameMs = 0;
    std::array<std::uint16_t, 16> frameBytes{}; // of Frames, zeros at the end
    std::uint32_t headerBytes = 0;              // in front of the frames in each packet
    std::uint32_t silentBytes = 0;              // payloads up to this are a description of silence
    double impairment = 0.0;                    // Ie of ITU-T G.113 appendix I
    double lossRobustness = 4.3;                // Bpl of the same
};

/// Of a static payload type; the unknown codec for dynamic and unassigned ones.
[[nodiscard]] const MediaCodec& staticCodec(std::uint8_t payloadType);
/// By the name in a session description, lower case; the unknown codec for names that are not in the table.
[[nodiscard]] const MediaCodec& codecByName(std::string_view name);
/// Of a WZP codec id. Requires: below protocol::kWzpCodecs.size().
[[nodiscard]] const MediaCodec& wzpCodec(std::uint8_t id);
[[nodiscard]] const MediaCodec& unknownCodec();
[[nodiscard]] const MediaCodec& unknownVideo();

/// The id of the exact scorer whose nominal rate is nearest. Comfort noise stays comfort noise, video video; a codec
/// that is not known counts as Opus24k.
[[nodiscard]] std::uint8_t scorerCodec(const MediaCodec& codec);

/// True when the codec can produce a packet with so many bytes of payload. Codecs of unknown size: always.
[[nodiscard]] bool sizeFits(const MediaCodec& codec, std::uint32_t payloadBytes);

} // namespace timbre::audio
