#include "engine/mask/header_match.h"

#include <algorithm>
#include <charconv>

namespace timbre::mask {

namespace {

constexpr std::size_t kLongest = 65536; // headerLength() goes no further

std::uint8_t hexByte(const std::string& hex, std::size_t at)
{
    std::uint8_t byte = 0;
    std::from_chars(hex.data() + at, hex.data() + at + 2, byte, 16);
    return byte;
}

} // namespace

HeaderMatcher::HeaderMatcher(const MaskProfile& mask)
{
    if (!mask.headerSpec) {
        for (const std::uint8_t byte : mask.headerTemplate)
            m_positions.push_back({byte, true});
        return;
    }
    m_wholeLength = true;
    if (const auto* raw = std::get_if<RawHeader>(&*mask.headerSpec)) {
        for (std::size_t at = 0; at + 1 < raw->hex.size(); at += 2)
            m_positions.push_back({hexByte(raw->hex, at), true});
        for (const std::uint64_t index : raw->randomIndices) {
            if (index < m_positions.size())
                m_positions[index].fixed = false;
        }
        return;
    }
    const auto free = [this](std::uint64_t count) {
        m_positions.resize(
            std::min<std::uint64_t>(m_positions.size() + std::min<std::uint64_t>(count, kLongest), kLongest));
    };
    for (const HeaderField& field : std::get<StructuredHeader>(*mask.headerSpec).fields) {
        if (const auto* fixed = std::get_if<FixedField>(&field)) {
            for (const std::uint8_t byte : fixed->bytes)
                m_positions.push_back({byte, true});
        } else if (const auto* id = std::get_if<IdField>(&field); id && id->mode == IdMode::Zero) {
            m_positions.resize(
                std::min<std::uint64_t>(m_positions.size() + std::min<std::uint64_t>(id->length, kLongest), kLongest),
                {0, true});
        } else if (id) {
            free(id->length);
        } else if (const auto* random = std::get_if<RandomField>(&field)) {
            free(random->length);
        } else if (const auto* length = std::get_if<LengthField>(&field)) {
            free(length->length);
        } else {
            free(std::get<CounterField>(field).length);
        }
    }
}

bool HeaderMatcher::matches(std::span<const std::uint8_t> prefix) const
{
    if (m_wholeLength && prefix.size() < m_positions.size())
        return false;
    const std::size_t common = std::min(prefix.size(), m_positions.size());
    for (std::size_t i = 0; i < common; ++i) {
        if (m_positions[i].fixed && m_positions[i].byte != prefix[i])
            return false;
    }
    return true;
}

double HeaderMatcher::share(std::span<const recording::PacketRecord> packets) const
{
    const auto good =
        std::count_if(packets.begin(), packets.end(), [this](const auto& each) { return matches(each.prefix()); });
    return packets.empty() ? 0.0 : static_cast<double>(good) / static_cast<double>(packets.size());
}

double HeaderMatcher::share(std::span<const recording::PacketRecord> packets, recording::Direction direction) const
{
    std::size_t all = 0;
    std::size_t good = 0;
    for (const auto& packet : packets) {
        if (packet.direction != direction)
            continue;
        ++all;
        good += matches(packet.prefix()) ? 1 : 0;
    }
    return all == 0 ? 0.0 : static_cast<double>(good) / static_cast<double>(all);
}

double HeaderMatcher::fixedShare() const
{
    const auto fixed =
        std::count_if(m_positions.begin(), m_positions.end(), [](const Position& each) { return each.fixed; });
    return m_positions.empty() ? 0.0 : static_cast<double>(fixed) / static_cast<double>(m_positions.size());
}

} // namespace timbre::mask
