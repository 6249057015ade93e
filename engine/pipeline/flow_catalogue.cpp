#include "engine/pipeline/flow_catalogue.h"

namespace timbre::pipeline {

using flow::FlowSnapshot;

FlowCatalogue::FlowCatalogue(std::size_t maxRows, std::shared_ptr<const StringPool> names)
    : m_maxRows(maxRows), m_names(std::move(names)), m_firstUncounted(static_cast<std::uint32_t>(maxRows))
{
}

void FlowCatalogue::update(const flow::FlowRecord& record)
{
    if (record.index < m_maxRows) {
        m_pending.push_back(record);
    } else if (record.index >= m_firstUncounted) {
        m_firstUncounted = record.index + 1;
        m_rowsDropped = m_firstUncounted - m_maxRows;
    }
}

std::shared_ptr<const FlowSnapshot> FlowCatalogue::publish()
{
    for (const flow::FlowRecord& record : m_pending)
        m_size = std::max<std::size_t>(m_size, record.index + std::size_t{1});
    const std::size_t chunkCount = (m_size + FlowSnapshot::kChunkRows - 1) / FlowSnapshot::kChunkRows;
    m_published.resize(chunkCount);

    // Published chunks are never written to again: those that change are replaced by a copy.
    std::vector<std::shared_ptr<Chunk>> fresh(chunkCount);
    for (const flow::FlowRecord& record : m_pending) {
        const std::size_t number = record.index / FlowSnapshot::kChunkRows;
        std::shared_ptr<Chunk>& chunk = fresh[number];
        if (!chunk) {
            chunk = std::make_shared<Chunk>();
            const bool isLast = number + 1 == chunkCount;
            const std::size_t rows = isLast ? m_size - number * FlowSnapshot::kChunkRows : FlowSnapshot::kChunkRows;
            chunk->reserve(rows);
            if (m_published[number])
                *chunk = *m_published[number];
            chunk->resize(rows);
        }
        (*chunk)[record.index % FlowSnapshot::kChunkRows] = record;
    }
    m_pending.clear();
    for (std::size_t i = 0; i < chunkCount; ++i) {
        if (fresh[i])
            m_published[i] = std::move(fresh[i]);
    }
    return std::make_shared<FlowSnapshot>(m_published, m_size, m_names);
}

} // namespace timbre::pipeline
