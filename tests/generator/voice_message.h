#pragma once
// What a voice call puts on the wire: SIP with SDP (RFC 3261, 4566), RTP (RFC 3550) and G.711 µ-law sound. The sound is
// made of integers only, so it is the same everywhere.

#include "tests/generator/address.h"
#include "tests/generator/random.h"

#include <string>

namespace timbre::generator {

struct SipDialog {
    Endpoint caller{}; // SIP endpoints
    Endpoint callee{};
    Endpoint callerMedia{}; // where each side wants its RTP
    Endpoint calleeMedia{};
    std::string callerName = "anna";
    std::string calleeName = "ben";
    std::string domain = "voice.example";
    std::string callId{};
    std::string callerTag{};
    std::string calleeTag{};
    std::string branch{};
};

enum class SipMethod : std::uint8_t { Invite, Ack, Bye };
/// A request of the caller; INVITE carries the caller's SDP.
[[nodiscard]] Bytes sipRequest(const SipDialog& dialog, SipMethod method);
/// The callee's answer; 200 to INVITE carries the callee's SDP.
[[nodiscard]] Bytes sipResponse(const SipDialog& dialog, SipMethod method, int status, std::string_view reason);

struct RtpHeader {
    std::uint8_t payloadType = 0; // G.711 µ-law
    bool marker = false;
    std::uint16_t sequence = 0;
    std::uint32_t timestamp = 0;
    std::uint32_t source = 0;
};
[[nodiscard]] Bytes rtpPacket(const RtpHeader& header, ByteView payload);

/// One side's microphone: 20 ms of sound at a time.
class VoiceSource {
public:
    static constexpr std::size_t kFrameBytes = 160;

    explicit VoiceSource(Random random);
    /// Speech-like while talking, else faint room noise.
    [[nodiscard]] Bytes frame(bool talking);

private:
    Random m_random;
    std::uint32_t m_pitch; // samples per period
    std::uint32_t m_phase = 0;
    std::int32_t m_loudness = 0;
};

} // namespace timbre::generator
