#include "engine/base/string_pool.h"

namespace timbre {

StringPool::StringPool()
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
    if (const auto known = m_ids.find(text); known != m_ids.end())
        return known->second;

    const std::size_t id = m_size.load(std::memory_order_relaxed);
    if (id >= kChunkSize * kMaxChunks) {
        m_refused.fetch_add(1, std::memory_order_relaxed);
        return 0;
    }
    auto& chunk = m_chunks[id / kChunkSize];
    if (!chunk)
        chunk = std::make_unique<Chunk>();
    std::string& slot = (*chunk)[id % kChunkSize];
    slot = text;
    m_ids.emplace(slot, static_cast<StringId>(id));
    m_size.store(id + 1, std::memory_order_release);
    return static_cast<StringId>(id);
}

std::string_view StringPool::text(StringId id) const
{
    if (id >= m_size.load(std::memory_order_acquire))
        return {};
    return (*m_chunks[id / kChunkSize])[id % kChunkSize];
}

} // namespace timbre
