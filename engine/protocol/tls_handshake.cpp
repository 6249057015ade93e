#include "engine/protocol/tls_handshake.h"

#include "engine/protocol/tls_hello.h"

namespace timbre::protocol {

bool isTlsRecordHeader(Bytes header)
{
    const std::uint8_t type = loadU8(header, 0);
    const std::size_t length = loadBe16(header, 3);
    if (type < kTlsChangeCipherSpec || type > kTlsApplicationData || !isTlsVersion(loadBe16(header, 1)))
        return false;
    if (type == kTlsChangeCipherSpec)
        return length == 1;
    return length > 0 && length <= kMaxTlsRecord;
}

HandshakeJoin joinHandshake(Bytes stream, std::size_t total)
{
    HandshakeJoin join;
    ByteReader reader(stream);
    while (true) {
        if (reader.remaining() < kTlsRecordHeader) {
            join.wanted = reader.position() + kTlsRecordHeader + (total - join.joined.size());
            return join;
        }
        const Bytes header = reader.rest();
        if (!isTlsRecordHeader(header) || loadU8(header, 0) != kTlsHandshake) {
            join.broken = true;
            return join;
        }
        const std::size_t length = loadBe16(header, 3);
        reader.skip(kTlsRecordHeader);
        const std::size_t missing = total - join.joined.size();
        const std::size_t take = std::min(length, missing);
        if (reader.remaining() < take) {
            const std::size_t more = missing > length ? kTlsRecordHeader : 0;
            join.wanted = reader.position() + missing + more;
            return join;
        }
        const Bytes part = reader.bytes(take);
        if (take == total) {
            join.message = part;
            return join;
        }
        join.joined.insert(join.joined.end(), part.begin(), part.end());
        if (join.joined.size() == total) {
            join.message = join.joined;
            return join;
        }
    }
}

} // namespace timbre::protocol
