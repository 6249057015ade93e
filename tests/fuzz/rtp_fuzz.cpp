// RTP, RTCP, and what may lie around them: STUN and TURN, Zoom's headers.

#include "engine/protocol/media_wrapping.h"
#include "engine/protocol/rtp.h"

#include <cstdlib>

using namespace timbre;
using namespace timbre::protocol;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

void readMedia(Bytes bytes, std::size_t wireBytes)
{
    if (const auto packet = parseRtp(bytes, wireBytes)) {
        require(packet->headerBytes <= wireBytes && packet->payloadBytes <= wireBytes - packet->headerBytes);
        require(packet->payload.size() <= bytes.size());
    }
    if (const auto report = parseRtcp(bytes))
        require(report->blockCount <= RtcpReport::kMaxBlocks);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0)
        return 0;
    const std::size_t cut = data[0] & 0x0fU; // how much of the datagram the capture left out
    const Bytes bytes = std::as_bytes(std::span(data + 1, size - 1));
    readMedia(bytes, bytes.size() + cut);
    if (const auto wrapped = unwrapMedia(bytes, bytes.size() + cut)) {
        require(wrapped->offset <= bytes.size() && wrapped->offset + wrapped->length <= bytes.size() + cut);
        const Bytes inner = bytes.subspan(wrapped->offset);
        readMedia(inner.first(std::min(inner.size(), wrapped->length)), wrapped->length);
    }
    return 0;
}
