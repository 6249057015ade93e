#include "app/cli/analysed_capture.h"
#include "app/cli/flow_listing.h"

namespace timbre::cli {

ExitCode runFlows(const FlowsOptions& options)
{
    const auto selection = parseSelection(options.selection);
    auto sort = selection ? parseSort(options.sort) : std::nullopt;
    if (!sort || !checkCaptureFilter(options.analysis.captureFilter))
        return ExitCode::WrongUsage;
    const LoadedCapture loaded = openCapture(options.file, options.capture, options.analysis);
    if (loaded.code != ExitCode::Done)
        return loaded.code;
    const auto rows = selectFlows(loaded.capture, *selection, std::move(*sort));
    if (!rows)
        return ExitCode::WrongUsage;

    const flow::FlowSnapshot& flows = *loaded.capture.flows;
    Output output = Output::standard();
    complainOf(loaded.capture);
    if (options.format == ListFormat::Text) {
        writeFlowTable(output, flows, *rows, options.limit);
    } else {
        const pipeline::FlowExport format(exportFormat(options.format), flows);
        format.begin(output.text());
        writeFlows(output, format, flows, *rows, options.limit, {});
        format.end(output.text());
    }
    return finished(output, outcomeOf(loaded.capture));
}

} // namespace timbre::cli
