#include "engine/protocol/sdp.h"

#include "engine/protocol/safe_text.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace timbre::protocol {

namespace {

constexpr std::size_t kMaxCodecName = 32;

/// Takes the next line off `text`.
std::string_view takeLine(std::string_view& text)
{
    const auto end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    return line;
}

/// Takes the next word, up to one of `ends`, off `text`.
std::string_view takeWord(std::string_view& text, std::string_view ends = " ")
{
    const auto begin = text.find_first_not_of(' ');
    text.remove_prefix(begin == std::string_view::npos ? text.size() : begin);
    const auto end = text.find_first_of(ends);
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return word;
}

template<typename Number>
std::optional<Number> numberIn(std::string_view text)
{
    Number value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end != text.data() ? std::optional(value) : std::nullopt;
}

IpAddress connectionAddress(std::string_view value)
{
    takeWord(value); // IN
    takeWord(value); // IP4, IP6
    const auto address = IpAddress::parse(takeWord(value, " /"));
    return address ? *address : IpAddress{};
}

SdpMedia mediaOf(std::string_view value)
{
    SdpMedia media;
    const std::string_view kind = takeWord(value);
    if (kind == "audio")
        media.kind = SdpKind::Audio;
    else if (kind == "video")
        media.kind = SdpKind::Video;
    media.port = numberIn<std::uint16_t>(takeWord(value)).value_or(0);
    media.secure = takeWord(value).find("SAVP") != std::string_view::npos;
    while (!value.empty() && media.payloadTypes.size() < kMaxSdpFormats) {
        const auto type = numberIn<std::uint8_t>(takeWord(value));
        if (type && *type < 128)
            media.payloadTypes.push_back(*type);
    }
    return media;
}

void takeFormat(std::string_view value, SdpMedia& media)
{
    const auto type = numberIn<std::uint8_t>(takeWord(value));
    SdpFormat format;
    const std::string_view codec = takeWord(value, "/");
    const auto clock = numberIn<std::uint32_t>(takeWord(value, "/"));
    if (!type || *type >= 128 || !clock || codec.size() > kMaxCodecName || media.formats.size() >= kMaxSdpFormats)
        return;
    format.payloadType = *type;
    appendLowerEscaped(format.codec, asBytes(codec));
    format.clockHz = *clock;
    format.channels = numberIn<std::uint32_t>(takeWord(value)).value_or(1);
    media.formats.push_back(std::move(format));
}

void takeAttribute(std::string_view value, SdpMedia& media)
{
    if (value.starts_with("rtpmap:"))
        takeFormat(value.substr(7), media);
    else if (value.starts_with("ptime:"))
        media.packetMs = numberIn<std::uint32_t>(value.substr(6)).value_or(0);
    else if (value.starts_with("rtcp:"))
        media.rtcpPort = numberIn<std::uint16_t>(value.substr(5)).value_or(0);
    else if (value.starts_with("crypto:") || value.starts_with("fingerprint:"))
        media.secure = true;
}

} // namespace

std::vector<SdpMedia> parseSdp(std::string_view text)
{
    std::vector<SdpMedia> result;
    IpAddress sessionAddress;
    bool sessionSecure = false;
    for (std::size_t lines = 0; lines < kMaxSdpLines && !text.empty(); ++lines) {
        const std::string_view line = takeLine(text);
        if (line.size() < 2 || line[1] != '=')
            continue;
        const std::string_view value = line.substr(2);
        if (line[0] == 'm') {
            if (result.size() >= kMaxSdpMedia)
                break;
            result.push_back(mediaOf(value));
            result.back().address = sessionAddress;
            result.back().secure |= sessionSecure;
        } else if (line[0] == 'c') {
            (result.empty() ? sessionAddress : result.back().address) = connectionAddress(value);
        } else if (line[0] == 'a' && !result.empty()) {
            takeAttribute(value, result.back());
        } else if (line[0] == 'a') {
            sessionSecure |= value.starts_with("fingerprint:");
        }
    }
    return result;
}

bool looksLikeCallSetup(std::string_view message)
{
    if (message.size() < 16 || message[0] < 'A' || message[0] > 'Z')
        return false;
    if (message.starts_with("SIP/2.0 ") || message.starts_with("RTSP/1.0 "))
        return true;
    std::string_view head = message.substr(0, 2048);
    const std::string_view line = takeLine(head);
    return line.ends_with(" SIP/2.0") || line.ends_with(" RTSP/1.0");
}

std::string_view sdpBody(std::string_view message)
{
    for (const std::string_view gap : {"\r\n\r\n", "\n\n"}) {
        const auto at = message.find(gap);
        if (at == std::string_view::npos)
            continue;
        // A multipart body has the description somewhere inside.
        const std::string_view body = message.substr(at + gap.size());
        const auto begin = body.find("v=0");
        return begin == std::string_view::npos ? std::string_view{} : body.substr(begin);
    }
    return {};
}

std::optional<RtspPorts> rtspPorts(std::string_view message)
{
    for (std::size_t lines = 0; lines < kMaxSdpLines && !message.empty(); ++lines) {
        const std::string_view line = takeLine(message);
        if (line.empty())
            break;
        constexpr std::string_view kName = "transport:";
        if (line.size() < kName.size() || !equalsIgnoringCase(line.substr(0, kName.size()), kName))
            continue;
        RtspPorts ports;
        const auto portBehind = [line](std::string_view name) {
            const auto at = line.find(name);
            return at == std::string_view::npos ? std::uint16_t{0}
                                                : numberIn<std::uint16_t>(line.substr(at + name.size())).value_or(0);
        };
        ports.client = portBehind("client_port=");
        ports.server = portBehind("server_port=");
        ports.interleaved = line.find("interleaved=") != std::string_view::npos;
        return ports.client == 0 && !ports.interleaved ? std::nullopt : std::optional(ports);
    }
    return std::nullopt;
}

} // namespace timbre::protocol
