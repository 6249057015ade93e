#include "tests/generator/bytes.h"

namespace timbre::generator {

ByteWriter& ByteWriter::u8(std::uint64_t value)
{
    m_out.push_back(low8(value));
    return *this;
}

ByteWriter& ByteWriter::u16(std::uint64_t value)
{
    return u8(value >> 8).u8(value);
}

ByteWriter& ByteWriter::u24(std::uint64_t value)
{
    return u8(value >> 16).u16(value);
}

ByteWriter& ByteWriter::u32(std::uint64_t value)
{
    return u16(value >> 16).u16(value);
}

ByteWriter& ByteWriter::u64(std::uint64_t value)
{
    return u32(value >> 32).u32(value);
}

ByteWriter& ByteWriter::u16Le(std::uint64_t value)
{
    return u8(value).u8(value >> 8);
}

ByteWriter& ByteWriter::u32Le(std::uint64_t value)
{
    return u16Le(value).u16Le(value >> 16);
}

ByteWriter& ByteWriter::u64Le(std::uint64_t value)
{
    return u32Le(value).u32Le(value >> 32);
}

ByteWriter& ByteWriter::bytes(ByteView data)
{
    m_out.insert(m_out.end(), data.begin(), data.end());
    return *this;
}

ByteWriter& ByteWriter::text(std::string_view data)
{
    m_out.insert(m_out.end(), data.begin(), data.end());
    return *this;
}

ByteWriter& ByteWriter::zeros(std::size_t count)
{
    m_out.resize(m_out.size() + count, std::uint8_t{0});
    return *this;
}

void ByteWriter::patch16(std::size_t offset, std::uint64_t value)
{
    m_out[offset] = low8(value >> 8);
    m_out[offset + 1] = low8(value);
}

void ByteWriter::patch24(std::size_t offset, std::uint64_t value)
{
    m_out[offset] = low8(value >> 16);
    patch16(offset + 1, value);
}

Bytes toBytes(std::string_view text)
{
    return Bytes(text.begin(), text.end());
}

Bytes joined(ByteView first, ByteView second)
{
    Bytes result(first.begin(), first.end());
    result.insert(result.end(), second.begin(), second.end());
    return result;
}

} // namespace timbre::generator
