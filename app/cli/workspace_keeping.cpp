#include "app/cli/workspace_keeping.h"

#include <chrono>
#include <filesystem>

namespace timbre::cli {

Result<std::unique_ptr<WorkspaceKeeping>> WorkspaceKeeping::open(const std::string& path)
{
    std::unique_ptr<WorkspaceKeeping> keeping(new WorkspaceKeeping); // private constructor
    auto workspace = store::Workspace::open(path, *keeping);
    if (!workspace)
        return workspace.error();
    keeping->m_workspace = std::move(*workspace);
    auto reader = store::WorkspaceReader::open(path);
    if (!reader)
        return reader.error();
    keeping->m_reader = std::move(*reader);
    return keeping;
}

Result<pipeline::StoreSink*> WorkspaceKeeping::begin(const std::string& file, const pipeline::RunOptions& options)
{
    auto identity = store::identifyFile(file);
    if (!identity)
        return identity.error();
    std::string key = pipeline::analysisKey(options.analysis, options.captureFilter);
    findFormer(*identity, key);
    // For the list of captures only; results never depend on the clock.
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    m_sink = std::make_unique<pipeline::StoreSink>(
        *m_workspace,
        store::CaptureOrigin{.file = std::move(*identity),
                             .analysisKey = std::move(key),
                             .captureFilter = options.captureFilter,
                             .openedAt = {std::chrono::duration_cast<std::chrono::nanoseconds>(now).count()}});
    return m_sink.get();
}

void WorkspaceKeeping::findFormer(const store::FileIdentity& identity, const std::string& analysisKey)
{
    m_former.clear();
    const auto known = m_reader->recognise(identity, analysisKey);
    if (!known)
        return; // then they stay beside the new one
    m_former = known->outdated;
    std::error_code ignored;
    const bool isCopy =
        known->recognition == store::Recognition::Moved && std::filesystem::exists(known->previousPath, ignored);
    if (known->usable != store::CaptureKey::None && !isCopy)
        m_former.push_back(known->usable);
}

void WorkspaceKeeping::finish(const pipeline::Analysis& analysis, bool complete)
{
    m_sink->finish(analysis, complete ? store::CaptureState::Complete : store::CaptureState::Cancelled);
    if (!complete)
        return; // a former analysis may be whole
    for (const store::CaptureKey former : m_former)
        m_workspace->removeCapture(former);
}

void WorkspaceKeeping::abandon()
{
    m_workspace->removeCapture(m_sink->key());
}

Result<void> WorkspaceKeeping::settle()
{
    m_workspace->flush();
    const store::WriterStatus status = m_workspace->status();
    if (status.problem)
        return *status.problem;
    if (status.flowsDropped > 0 || status.capturesDropped > 0)
        return Error{ErrorCode::Unwritable,
                     std::to_string(status.flowsDropped) +
                         " flows could not be written to the workspace; analyse the files again when there is room.",
                     {}};
    return {};
}

} // namespace timbre::cli
