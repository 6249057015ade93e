#pragma once
// Ethernet frames written straight into an output buffer: what ip_packet.h does, for millions of packets. The payload
// is a prefix (a header or a whole message) followed by a slice of the payload pool.

#include "tests/generator/address.h"
#include "tests/generator/payload_pool.h"

namespace timbre::generator {

/// The unchanging part of a flow's headers.
struct FastFlow {
    Endpoint ends[2];          // client, server
    std::uint8_t protocol = 0; // TCP or UDP
    std::uint8_t ttl[2] = {64, 57};
    std::uint16_t identification[2] = {0, 0}; // IPv4, counts up by itself
    std::uint64_t addressSum = 0;             // see prepare()

    /// Of TCP; announced in SYN.
    [[nodiscard]] std::uint16_t mss() const { return ends[0].address.isV6 ? 1440 : 1460; }
    /// Call once the ends are set.
    void prepare();
};

struct FastPacket {
    Side sender = Side::Client;
    std::uint8_t tcpFlags = 0;
    std::uint32_t sequence = 0;
    std::uint32_t acknowledgment = 0;
    ByteView prefix;
    std::size_t poolOffset = 0;
    std::size_t poolLength = 0;

    [[nodiscard]] std::size_t payloadLength() const { return prefix.size() + poolLength; }
};

[[nodiscard]] std::size_t fastFrameLength(const FastFlow& flow, const FastPacket& packet);
/// Writes fastFrameLength() bytes.
void writeFastFrame(std::uint8_t* out, FastFlow& flow, const FastPacket& packet, const PayloadPool& pool);

} // namespace timbre::generator
