#include "engine/decode/tree_private.h"

#include <fmt/format.h>

#include <algorithm>

namespace timbre::decode {

void TreeContext::limit(std::size_t end)
{
    wireEnd = std::min(wireEnd, end);
    bytes = bytes.first(std::min(bytes.size(), end));
}

Layer::Layer(TreeContext& context, std::string_view name, std::size_t at, std::size_t length, std::string_view protocol)
    : m_context(context)
    , m_index(context.tree.layers.size())
    , m_at(at)
    , m_length(length)
    , m_complete(context.available(at) >= length)
{
    LayerNode& layer = context.tree.layers.emplace_back();
    layer.name = name;
    layer.offset = std::min(at, context.bytes.size());
    layer.length = std::min(length, context.available(at));
    context.dataAt = layer.offset + layer.length;
    if (!protocol.empty())
        context.tree.protocol = protocol;
}

void Layer::setLength(std::size_t length)
{
    m_length = length;
    m_complete = m_context.available(m_at) >= length;
    node().length = std::min(length, m_context.available(m_at));
    m_context.dataAt = node().offset + node().length;
}

bool Layer::has(std::size_t offset, std::size_t length) const
{
    const std::size_t available = m_context.available(m_at);
    return offset <= available && length <= available - offset;
}

std::uint8_t Layer::u8(std::size_t offset) const
{
    return has(offset, 1) ? loadU8(m_context.bytes, m_at + offset) : std::uint8_t{0};
}

std::uint16_t Layer::be16(std::size_t offset) const
{
    return has(offset, 2) ? loadBe16(m_context.bytes, m_at + offset) : std::uint16_t{0};
}

std::uint16_t Layer::le16(std::size_t offset) const
{
    return has(offset, 2) ? loadLe16(m_context.bytes, m_at + offset) : std::uint16_t{0};
}

std::uint32_t Layer::be32(std::size_t offset) const
{
    return has(offset, 4) ? loadBe32(m_context.bytes, m_at + offset) : 0;
}

std::uint32_t Layer::le32(std::size_t offset) const
{
    return has(offset, 4) ? loadLe32(m_context.bytes, m_at + offset) : 0;
}

std::string Layer::mac(std::size_t offset) const
{
    if (!has(offset, 6))
        return {};
    return fmt::format("{:02x}:{:02x}:{:02x}:{:02x}:{:02x}:{:02x}", u8(offset), u8(offset + 1), u8(offset + 2),
                       u8(offset + 3), u8(offset + 4), u8(offset + 5));
}

IpAddress Layer::address(std::size_t offset, std::size_t length) const
{
    return has(offset, length) ? IpAddress::fromBytes(m_context.bytes.subspan(m_at + offset, length)) : IpAddress{};
}

std::string Layer::hex(std::size_t offset, std::size_t length) const
{
    constexpr std::size_t kMaxShown = 32;
    std::string out;
    for (std::size_t i = 0; i < std::min(length, kMaxShown) && has(offset + i, 1); ++i)
        fmt::format_to(std::back_inserter(out), "{:02x}", u8(offset + i));
    return length > kMaxShown ? out + "…" : out;
}

LayerNode* Layer::field(std::string_view name, std::size_t offset, std::size_t length, std::string value,
                        std::string filter)
{
    if (!has(offset, length))
        return nullptr;
    LayerNode& added = node().children.emplace_back();
    added.name = name;
    added.value = std::move(value);
    added.filter = std::move(filter);
    added.offset = m_at + offset;
    added.length = length;
    return &added;
}

void Layer::derived(std::string_view name, std::string value, std::string filter)
{
    LayerNode& added = node().children.emplace_back();
    added.name = name;
    added.value = std::move(value);
    added.filter = std::move(filter);
    added.offset = node().offset;
}

void Layer::child(LayerNode* parent, std::string_view name, std::size_t offset, std::size_t length,
                  std::string value) const
{
    if (parent == nullptr || !has(offset, length))
        return;
    LayerNode& added = parent->children.emplace_back();
    added.name = name;
    added.value = std::move(value);
    added.offset = m_at + offset;
    added.length = length;
}

void Layer::addressField(std::string_view name, std::size_t offset, std::size_t length)
{
    const std::string text = toString(address(offset, length));
    field(name, offset, length, text, "addr == " + text);
}

void Layer::finish()
{
    if (m_complete)
        return;
    const std::size_t captured = m_context.available(m_at);
    LayerNode& added = node().children.emplace_back();
    added.name = fmt::format("Cut here: {} bytes captured", captured);
    added.value = fmt::format("of a header of {}", m_length);
    added.offset = node().offset + node().length;
}

} // namespace timbre::decode
