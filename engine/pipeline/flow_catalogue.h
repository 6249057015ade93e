#pragma once

// The list of a capture's flows that the window sees. The analysis hands in records as they change; publish() makes an
// immutable snapshot that shares all unchanged chunks with the one before. Engine thread only; snapshots go anywhere.

#include "engine/flow/flow_snapshot.h"

namespace timbre::pipeline {

class FlowCatalogue {
public:
    FlowCatalogue(std::size_t maxRows, std::shared_ptr<const StringPool> names);

    /// Shown from the next publication on. Rows past the cap are counted, not kept.
    void update(const flow::FlowRecord& record);
    /// Flows past the cap.
    [[nodiscard]] std::uint64_t rowsDropped() const { return m_rowsDropped; }

    [[nodiscard]] std::shared_ptr<const flow::FlowSnapshot> publish();

private:
    using Chunk = flow::FlowSnapshot::Chunk;

    const std::size_t m_maxRows;
    std::shared_ptr<const StringPool> m_names;
    std::vector<flow::FlowRecord> m_pending; // since the last publication, in order of change
    std::vector<std::shared_ptr<const Chunk>> m_published;
    std::size_t m_size = 0;
    std::uint64_t m_rowsDropped = 0;
    std::uint32_t m_firstUncounted; // flows from here on have not been counted as dropped
};

} // namespace timbre::pipeline
