// How much memory unpacking will take, read off the front of the compressed file. The .xz file format 1.2.0,
// sections 2.1 and 3.1, and RFC 8878, section 3.1.1.1.

#include "engine/capture/byte_source_private.h"

namespace timbre::capture {

namespace {

/// A number of seven bits per byte, low ones first; the reader fails when it does not end.
std::uint64_t xzNumber(ByteReader& reader)
{
    std::uint64_t number = 0;
    for (unsigned shift = 0; shift < 63 && reader.ok(); shift += 7) {
        const std::uint8_t byte = reader.u8();
        number |= static_cast<std::uint64_t>(byte & 0x7fU) << shift;
        if ((byte & 0x80U) == 0)
            return number;
    }
    return number;
}

std::uint64_t xzDictionary(Bytes front)
{
    constexpr std::uint64_t kLzma2 = 0x21;
    constexpr std::size_t kStreamHeader = 12;
    ByteReader reader(front);
    reader.skip(kStreamHeader + 1); // and the size of the block header
    const std::uint8_t flags = reader.u8();
    if ((flags & 0x40U) != 0)
        xzNumber(reader); // packed size
    if ((flags & 0x80U) != 0)
        xzNumber(reader); // unpacked size
    for (unsigned filter = 0; filter <= (flags & 3U) && reader.ok(); ++filter) {
        const std::uint64_t id = xzNumber(reader);
        const Bytes properties = reader.bytes(static_cast<std::size_t>(xzNumber(reader)));
        if (id != kLzma2 || properties.empty())
            continue;
        const unsigned bits = loadU8(properties, 0) & 0x3fU;
        return bits >= 40 ? ~std::uint32_t{0} : (2ULL | (bits & 1U)) << (bits / 2 + 11);
    }
    return 0;
}

std::uint64_t zstdWindow(Bytes front)
{
    ByteReader reader(front);
    reader.skip(4); // the magic
    const std::uint8_t descriptor = reader.u8();
    if ((descriptor & 0x20U) != 0)
        return 0; // one segment: no window beyond the content itself, which libzstd limits
    const std::uint8_t window = reader.u8();
    const std::uint64_t base = 1ULL << (10U + (window >> 3U));
    return reader.ok() ? base + base / 8 * (window & 7U) : 0;
}

} // namespace

std::uint64_t unpackWindowBytes(Bytes front, Compression compression)
{
    if (compression == Compression::Xz)
        return xzDictionary(front);
    return compression == Compression::Zstd ? zstdWindow(front) : 0;
}

} // namespace timbre::capture
