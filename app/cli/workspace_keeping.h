#pragma once

// `analyze --store`: writes analyses into a workspace and takes the former ones of the same file out.

#include "engine/pipeline/analysis_run.h"
#include "engine/pipeline/store_sink.h"

#include <memory>

namespace timbre::cli {

/// One per run of the program, for all files.
class WorkspaceKeeping final : public store::WorkspaceObserver {
public:
    static Result<std::unique_ptr<WorkspaceKeeping>> open(const std::string& path);

    /// The sink for one file's analysis. Valid until the next call of begin().
    Result<pipeline::StoreSink*> begin(const std::string& file, const pipeline::RunOptions& options);
    /// The analysis is whole (or was stopped): its rest is written and former ones go.
    void finish(const pipeline::Analysis& analysis, bool complete);
    /// The analysis could not begin: nothing of it stays.
    void abandon();

    /// Waits until everything is on the disk, or failed.
    Result<void> settle();

private:
    WorkspaceKeeping() = default;
    void writerStatusChanged(const store::WriterStatus&) override {} // asked for at the end
    void capturesChanged() override {}
    void findFormer(const store::FileIdentity& identity, const std::string& analysisKey);

    std::unique_ptr<store::Workspace> m_workspace;
    std::unique_ptr<store::WorkspaceReader> m_reader;
    std::unique_ptr<pipeline::StoreSink> m_sink;
    std::vector<store::CaptureKey> m_former;
};

} // namespace timbre::cli
