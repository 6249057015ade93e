#include "tests/generator/voice_message.h"

#include <fmt/format.h>

#include <algorithm>

namespace timbre::generator {

namespace {

std::string_view methodName(SipMethod method)
{
    switch (method) {
    case SipMethod::Invite:
        return "INVITE";
    case SipMethod::Ack:
        return "ACK";
    case SipMethod::Bye:
        return "BYE";
    }
    return "";
}

unsigned commandSequence(SipMethod method)
{
    return method == SipMethod::Bye ? 2 : 1;
}

std::string sessionDescription(const Endpoint& media, std::string_view user)
{
    const std::string_view family = media.address.isV6 ? "IP6" : "IP4";
    return fmt::format("v=0\r\no={} 1 1 IN {} {}\r\ns=call\r\nc=IN {} {}\r\nt=0 0\r\nm=audio {} RTP/AVP 0\r\n"
                       "a=rtpmap:0 PCMU/8000\r\na=ptime:20\r\na=sendrecv\r\n",
                       user, family, media.address.text(), family, media.address.text(), media.port);
}

/// The header lines that requests and answers of a dialog share.
std::string commonLines(const SipDialog& d, SipMethod method, bool toTag)
{
    return fmt::format("Via: SIP/2.0/UDP {};branch=z9hG4bK{}{}\r\nFrom: <sip:{}@{}>;tag={}\r\nTo: <sip:{}@{}>{}\r\n"
                       "Call-ID: {}\r\nCSeq: {} {}\r\n",
                       d.caller.text(), d.branch, methodName(method), d.callerName, d.domain, d.callerTag, d.calleeName,
                       d.domain, toTag ? ";tag=" + d.calleeTag : "", d.callId, commandSequence(method),
                       methodName(method));
}

std::string bodyLines(const std::string& body)
{
    const std::string_view type = body.empty() ? "" : "Content-Type: application/sdp\r\n";
    return fmt::format("{}Content-Length: {}\r\n\r\n{}", type, body.size(), body);
}

/// G.711 µ-law of a 14-bit sample.
std::uint8_t muLaw(std::int32_t sample)
{
    constexpr std::int32_t kBias = 33;
    constexpr std::int32_t kClip = 8158;
    const std::uint32_t sign = sample < 0 ? 0x80 : 0;
    const std::int32_t magnitude = std::min(sample < 0 ? -sample : sample, kClip) + kBias;
    std::uint32_t segment = 0;
    while (segment < 7 && (magnitude >> (segment + 6)) != 0) {
        ++segment;
    }
    const auto step = static_cast<std::uint32_t>(magnitude >> (segment + 1)) & 0x0fU;
    return low8(~(sign | (segment << 4) | step));
}

} // namespace

Bytes sipRequest(const SipDialog& dialog, SipMethod method)
{
    const bool invite = method == SipMethod::Invite;
    std::string text = fmt::format("{} sip:{}@{} SIP/2.0\r\n", methodName(method), dialog.calleeName, dialog.domain);
    text += commonLines(dialog, method, !invite);
    text += fmt::format("Contact: <sip:{}@{}>\r\nMax-Forwards: 70\r\n", dialog.callerName, dialog.caller.text());
    return toBytes(text + bodyLines(invite ? sessionDescription(dialog.callerMedia, dialog.callerName) : ""));
}

Bytes sipResponse(const SipDialog& dialog, SipMethod method, int status, std::string_view reason)
{
    const bool answer = method == SipMethod::Invite && status == 200;
    std::string text = fmt::format("SIP/2.0 {} {}\r\n", status, reason) + commonLines(dialog, method, status > 100);
    if (status > 100) {
        text += fmt::format("Contact: <sip:{}@{}>\r\n", dialog.calleeName, dialog.callee.text());
    }
    return toBytes(text + bodyLines(answer ? sessionDescription(dialog.calleeMedia, dialog.calleeName) : ""));
}

Bytes rtpPacket(const RtpHeader& header, ByteView payload)
{
    Bytes packet;
    ByteWriter(packet)
        .u8(0x80)
        .u8((header.marker ? 0x80U : 0U) | header.payloadType)
        .u16(header.sequence)
        .u32(header.timestamp)
        .u32(header.source)
        .bytes(payload);
    return packet;
}

VoiceSource::VoiceSource(Random random)
    : m_random(random)
    , m_pitch(low32(m_random.between(36, 80))) // 100 to 220 Hz
{
}

Bytes VoiceSource::frame(bool talking)
{
    // Syllables: loudness wanders; the wave is a falling saw tooth with some breath on it.
    const std::int32_t target = talking ? static_cast<std::int32_t>(m_random.between(400, 5'000)) : 6;
    m_loudness = talking ? (m_loudness * 2 + target) / 3 : target;
    Bytes sound;
    sound.reserve(kFrameBytes);
    for (std::size_t i = 0; i < kFrameBytes; ++i) {
        m_phase = (m_phase + 1) % m_pitch;
        const auto wave = static_cast<std::int32_t>(m_pitch) - 2 * static_cast<std::int32_t>(m_phase);
        const auto breath = static_cast<std::int32_t>(m_random.below(64)) - 32;
        sound.push_back(muLaw((wave * m_loudness) / static_cast<std::int32_t>(m_pitch) + breath * m_loudness / 128));
    }
    return sound;
}

} // namespace timbre::generator
