// WZP media packets of both versions, compact framing and trunks.

#include "engine/protocol/wzp.h"

#include <cstdlib>

using namespace timbre;
using namespace timbre::protocol;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

void readPacket(const std::optional<WzpHeader>& header, Bytes bytes)
{
    if (!header)
        return;
    require(header->codec < kWzpCodecs.size() && header->bytes() <= bytes.size());
    if (const auto packet = splitWzpPacket(*header, bytes.subspan(header->bytes())))
        require(packet->payload.size() + header->bytes() + (packet->quality ? kWzpQualityBytes : 0) == bytes.size());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const Bytes bytes = std::as_bytes(std::span(data, size));
    readPacket(parseWzpHeader(bytes), bytes);
    readPacket(parseOldWzpHeader(bytes), bytes);
    std::vector<WzpTrunkEntry> entries;
    if (parseWzpTrunk(bytes, entries)) {
        for (const WzpTrunkEntry& entry : entries)
            readPacket(parseWzpHeader(entry.bytes), entry.bytes);
    }
    // A run of frames, each behind a byte that says how long it is.
    WzpCompactReader reader;
    for (std::size_t at = 0; at < size;) {
        const std::size_t length = std::min<std::size_t>(data[at], size - at - 1);
        (void)reader.read(bytes.subspan(at + 1, length));
        at += 1 + length;
    }
    return 0;
}
