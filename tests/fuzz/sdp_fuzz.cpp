// Session descriptions in SIP and RTSP messages, and what the directory of calls makes of them.

#include "engine/audio/call_directory.h"

#include <cstdlib>

using namespace timbre;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text = asText(std::as_bytes(std::span(data, size)));
    const auto media = protocol::parseSdp(text);
    if (media.size() > protocol::kMaxSdpMedia)
        std::abort();
    for (const protocol::SdpMedia& each : media) {
        if (each.formats.size() > protocol::kMaxSdpFormats || each.payloadTypes.size() > protocol::kMaxSdpFormats)
            std::abort();
    }
    const audio::StreamEnd a{IpAddress::parse("192.0.2.1").value_or(IpAddress{}), 5060};
    const audio::StreamEnd b{IpAddress::parse("192.0.2.2").value_or(IpAddress{}), 5060};
    audio::CallDirectory directory(4);
    (void)directory.takeMessage(text, a, b);
    (void)directory.takeMessage(text, b, a);
    (void)directory.find(a, b);
    return 0;
}
