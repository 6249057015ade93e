#pragma once

// Takes the flows of one analysis into a workspace: batches rows for the store's writer and turns results into the values
// that the store keeps, and back.

#include "engine/pipeline/analysis.h"
#include "engine/pipeline/analyzers.h"
#include "engine/store/workspace.h"

namespace timbre::pipeline {

/// Everything that shapes an analysis' result, as text: an analysis stored under another key is not used again.
[[nodiscard]] std::string analysisKey(const AnalysisConfig& config, std::string_view captureFilter);

/// For AnalysisConfig::beside. Masks are left out: a new mask does not make what is stored useless.
[[nodiscard]] std::string whatListens(const AnalyzerOptions& options);

class StoreSink : public FlowSink {
public:
    static constexpr std::size_t kRowsPerBatch = 2000;

    /// Requires: `workspace` outlives the sink.
    StoreSink(store::Workspace& workspace, store::CaptureOrigin origin);

    /// Before the first flow: where the flows' names are.
    void setNames(std::shared_ptr<const StringPool> names) { m_names = std::move(names); }
    void flowEnded(const flow::FlowRecord& record) override;
    /// Writes what is left. Call after Analysis::finish().
    void finish(const Analysis& analysis, store::CaptureState state);

    [[nodiscard]] store::CaptureKey key() const { return m_key; }

private:
    void flushRows();

    store::Workspace& m_workspace;
    store::CaptureKey m_key;
    std::shared_ptr<const StringPool> m_names;
    std::vector<flow::FlowRecord> m_rows;
    std::uint64_t m_flowCount = 0;
};

/// A snapshot without flows of a stored capture.
[[nodiscard]] CaptureSnapshot snapshotOf(const store::StoredCapture& stored);
[[nodiscard]] CaptureSnapshot snapshotOf(const store::CaptureEntry& entry);

} // namespace timbre::pipeline
