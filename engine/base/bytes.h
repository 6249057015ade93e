#pragma once

// The only way Timbre reads packet and file bytes: a cursor over a span that checks every access. A read past the end
// leaves the reader failed and returns 0; callers look at ok() once per header instead of once per field.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

namespace timbre {

using Bytes = std::span<const std::byte>;

[[nodiscard]] inline std::string_view asText(Bytes bytes)
{
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

[[nodiscard]] inline Bytes asBytes(std::string_view text)
{
    return std::as_bytes(std::span(text.data(), text.size()));
}

/// Unchecked fixed-width loads. Requires: the bytes exist; callers compare with size() first.
[[nodiscard]] inline std::uint8_t loadU8(Bytes bytes, std::size_t at)
{
    return std::to_integer<std::uint8_t>(bytes[at]);
}
[[nodiscard]] inline std::uint16_t loadBe16(Bytes bytes, std::size_t at)
{
    std::uint16_t value = 0;
    std::memcpy(&value, bytes.data() + at, sizeof value);
    return __builtin_bswap16(value);
}
[[nodiscard]] inline std::uint32_t loadBe32(Bytes bytes, std::size_t at)
{
    std::uint32_t value = 0;
    std::memcpy(&value, bytes.data() + at, sizeof value);
    return __builtin_bswap32(value);
}
[[nodiscard]] inline std::uint16_t loadLe16(Bytes bytes, std::size_t at)
{
    std::uint16_t value = 0;
    std::memcpy(&value, bytes.data() + at, sizeof value);
    return value;
}
[[nodiscard]] inline std::uint32_t loadLe32(Bytes bytes, std::size_t at)
{
    std::uint32_t value = 0;
    std::memcpy(&value, bytes.data() + at, sizeof value);
    return value;
}
static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "the loads above assume a little-endian machine");

class ByteReader {
public:
    explicit ByteReader(Bytes bytes) : m_bytes(bytes) {}

    [[nodiscard]] bool ok() const { return m_ok; }
    [[nodiscard]] std::size_t position() const { return m_position; }
    [[nodiscard]] std::size_t remaining() const { return m_bytes.size() - m_position; }
    [[nodiscard]] bool atEnd() const { return remaining() == 0; }
    /// What has not been read yet.
    [[nodiscard]] Bytes rest() const { return m_bytes.subspan(m_position); }

    std::uint8_t u8() { return take(1) ? loadU8(m_bytes, m_position - 1) : std::uint8_t{0}; }
    std::uint16_t be16() { return take(2) ? loadBe16(m_bytes, m_position - 2) : std::uint16_t{0}; }
    std::uint32_t be24()
    {
        const std::uint32_t high = u8();
        return high << 16 | be16();
    }
    std::uint32_t be32() { return take(4) ? loadBe32(m_bytes, m_position - 4) : 0; }
    std::uint64_t be64()
    {
        const std::uint64_t high = be32();
        return high << 32 | be32();
    }
    std::uint16_t le16() { return take(2) ? loadLe16(m_bytes, m_position - 2) : std::uint16_t{0}; }
    std::uint32_t le32() { return take(4) ? loadLe32(m_bytes, m_position - 4) : 0; }

    /// The next `count` bytes, or an empty span (and a failed reader) when fewer are left.
    Bytes bytes(std::size_t count) { return take(count) ? m_bytes.subspan(m_position - count, count) : Bytes{}; }
    bool skip(std::size_t count) { return take(count); }

private:
    bool take(std::size_t count)
    {
        if (!m_ok || count > remaining()) {
            m_ok = false;
            return false;
        }
        m_position += count;
        return true;
    }

    Bytes m_bytes;
    std::size_t m_position = 0;
    bool m_ok = true;
};

} // namespace timbre
