#include "engine/pipeline/flow_file.h"

#include "engine/base/new_file.h"

namespace timbre::pipeline {

namespace {

constexpr std::size_t kFlowsPerWrite = 1024;

} // namespace

Result<std::uint64_t> exportFlows(const FlowFileRequest& request, const std::stop_token& stop,
                                  const ExportProgress& progress)
{
    auto file = NewFile::create(request.target, request.overwrite);
    if (!file)
        return file.error();
    const FlowExport form(request.format, *request.flows);
    const std::size_t count = request.rows ? request.rows->size() : request.flows->size();
    std::string text;
    form.begin(text);
    for (std::size_t i = 0; i < count; ++i) {
        form.add(text, (*request.flows)[request.rows ? (*request.rows)[i] : i]);
        if ((i + 1) % kFlowsPerWrite != 0)
            continue;
        if (stop.stop_requested())
            return Error{ErrorCode::Cancelled, "The export was stopped; no file was written.", {}};
        if (auto written = file->write(asBytes(text)); !written)
            return written.error();
        text.clear();
        if (progress)
            progress(static_cast<double>(i + 1) / static_cast<double>(count));
    }
    form.end(text);
    if (auto written = file->write(asBytes(text)); !written)
        return written.error();
    if (auto finished = file->finish(); !finished)
        return finished.error();
    return std::uint64_t{count};
}

} // namespace timbre::pipeline
