#include "engine/base/string_pool.h"

#include <algorithm>
#include <functional>

namespace timbre {

namespace {

constexpr std::size_t kBlockBytes = 64U << 10U;
constexpr std::size_t kFirstSlots = 64;

} // namespace

StringPool::StringPool()
    : m_table(kFirstSlots)
    , m_blockUsed(kBlockBytes)
{
    m_chunks[0] = std::make_unique<Chunk>();
    m_size.store(1, std::memory_order_release); // id 0: the empty string
}

StringId StringPool::intern(std::string_view text)
{
    if (text.size() > kMaxNameBytes) {
        text = text.substr(0, kMaxNameBytes);
        m_cut.fetch_add(1, std::memory_order_relaxed);
    }
    if (text.empty())
        return 0;
    const auto hash = static_cast<std::uint32_t>(std::hash<std::string_view>{}(text));
    Slot* slot = &slotFor(hash, text);
    if (slot->id != 0)
        return slot->id;

    const std::size_t id = m_size.load(std::memory_order_relaxed);
    if (id >= kChunkSize * kMaxChunks) {
        m_refused.fetch_add(1, std::memory_order_relaxed);
        return 0;
    }
    auto& chunk = m_chunks[id / kChunkSize];
    if (!chunk)
        chunk = std::make_unique<Chunk>();
    if (id * 3 >= m_table.size() * 2) {
        grow();
        slot = &slotFor(hash, text);
    }
    (*chunk)[id % kChunkSize] = copyOf(text);
    *slot = {hash, static_cast<StringId>(id)};
    m_size.store(id + 1, std::memory_order_release);
    return static_cast<StringId>(id);
}

/// Where `text` is, or the free slot where it belongs.
StringPool::Slot& StringPool::slotFor(std::uint32_t hash, std::string_view text)
{
    const std::size_t last = m_table.size() - 1;
    std::size_t at = hash & last;
    while (m_table[at].id != 0 && (m_table[at].hash != hash || entry(m_table[at].id) != text))
        at = (at + 1) & last;
    return m_table[at];
}

void StringPool::grow()
{
    std::vector<Slot> larger(m_table.size() * 2);
    const std::size_t last = larger.size() - 1;
    for (const Slot& slot : m_table) {
        if (slot.id == 0)
            continue;
        std::size_t at = slot.hash & last;
        while (larger[at].id != 0)
            at = (at + 1) & last;
        larger[at] = slot;
    }
    m_table = std::move(larger);
}

std::string_view StringPool::copyOf(std::string_view text)
{
    if (kBlockBytes - m_blockUsed < text.size()) {
        m_blocks.push_back(std::make_unique_for_overwrite<char[]>(kBlockBytes));
        m_blockUsed = 0;
    }
    char* place = m_blocks.back().get() + m_blockUsed;
    std::copy(text.begin(), text.end(), place);
    m_blockUsed += text.size();
    return {place, text.size()};
}

std::string_view StringPool::text(StringId id) const
{
    if (id >= m_size.load(std::memory_order_acquire))
        return {};
    return entry(id);
}

} // namespace timbre
