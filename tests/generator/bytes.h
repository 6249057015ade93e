#pragma once
// Growing byte strings and the one class that appends numbers to them. Everything the generator makes, from a DNS name
// to a whole capture file, is first a `Bytes`. Numbers go out in network order unless the name says `Le`.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace timbre::generator {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

[[nodiscard]] constexpr std::uint8_t low8(std::uint64_t value)
{
    return static_cast<std::uint8_t>(value & 0xff);
}
[[nodiscard]] constexpr std::uint16_t low16(std::uint64_t value)
{
    return static_cast<std::uint16_t>(value & 0xffff);
}
[[nodiscard]] constexpr std::uint32_t low32(std::uint64_t value)
{
    return static_cast<std::uint32_t>(value & 0xffffffff);
}

/// Appends to a `Bytes` it does not own.
class ByteWriter {
public:
    explicit ByteWriter(Bytes& out)
        : m_out(out)
    {
    }

    ByteWriter& u8(std::uint64_t value);
    ByteWriter& u16(std::uint64_t value);
    ByteWriter& u24(std::uint64_t value);
    ByteWriter& u32(std::uint64_t value);
    ByteWriter& u64(std::uint64_t value);
    ByteWriter& u16Le(std::uint64_t value);
    ByteWriter& u32Le(std::uint64_t value);
    ByteWriter& u64Le(std::uint64_t value);
    ByteWriter& bytes(ByteView data);
    ByteWriter& text(std::string_view data);
    ByteWriter& zeros(std::size_t count);

    [[nodiscard]] std::size_t position() const { return m_out.size(); }
    /// Requires: `offset + 2` (or 3) bytes were written before.
    void patch16(std::size_t offset, std::uint64_t value);
    void patch24(std::size_t offset, std::uint64_t value);

private:
    Bytes& m_out;
};

/// Text as bytes.
[[nodiscard]] Bytes toBytes(std::string_view text);
/// One after the other.
[[nodiscard]] Bytes joined(ByteView first, ByteView second);

} // namespace timbre::generator
