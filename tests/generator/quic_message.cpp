#include "tests/generator/quic_message.h"

namespace timbre::generator {

namespace {

constexpr std::size_t kMinInitialBytes = 1200; // RFC 9000, 14.1
constexpr std::uint32_t kVersion1 = 1;

void putLongHeader(ByteWriter& out, std::uint8_t type, const QuicIds& ids, Random& random)
{
    // Form and fixed bit, type, then four bits under header protection.
    out.u8(0xc0U | (unsigned{type} << 4) | random.below(16)).u32(kVersion1);
    out.u8(ids.destination.size()).bytes(ids.destination).u8(ids.source.size()).bytes(ids.source);
}

} // namespace

Bytes quicInitial(const QuicIds& ids, Random& random)
{
    Bytes datagram;
    ByteWriter out(datagram);
    putLongHeader(out, 0, ids, random);
    out.u8(0); // no token
    const std::size_t rest = kMinInitialBytes - datagram.size() - 2;
    out.u16(0x4000U | rest).bytes(random.bytes(rest));
    return datagram;
}

Bytes quicHandshake(const QuicIds& ids, std::size_t payloadBytes, Random& random)
{
    Bytes datagram;
    ByteWriter out(datagram);
    putLongHeader(out, 2, ids, random);
    out.u16(0x4000U | payloadBytes).bytes(random.bytes(payloadBytes));
    return datagram;
}

Bytes quicShort(ByteView destination, std::size_t bytes, Random& random)
{
    Bytes datagram;
    ByteWriter out(datagram);
    out.u8(0x40U | random.below(64)).bytes(destination);
    out.bytes(random.bytes(bytes - datagram.size()));
    return datagram;
}

} // namespace timbre::generator
