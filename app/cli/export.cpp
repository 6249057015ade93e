#include "app/cli/analysed_capture.h"
#include "app/cli/flow_listing.h"
#include "engine/pipeline/flow_file.h"

#include <fmt/format.h>

#include <map>

namespace timbre::cli {

namespace {

/// Nothing stands for pcapng, which holds packets instead of flows.
using FileFormat = std::optional<pipeline::FlowFormat>;

std::optional<FileFormat> chooseFormat(const ExportOptions& options)
{
    static const std::map<std::string, FileFormat, std::less<>> kFormats = {{"csv", pipeline::FlowFormat::Csv},
                                                                            {"json", pipeline::FlowFormat::JsonLines},
                                                                            {"jsonl", pipeline::FlowFormat::JsonLines},
                                                                            {"ndjson", pipeline::FlowFormat::JsonLines},
                                                                            {"zeek", pipeline::FlowFormat::ZeekConnLog},
                                                                            {"log", pipeline::FlowFormat::ZeekConnLog},
                                                                            {"pcapng", std::nullopt}};
    std::string name = options.format;
    if (name.empty())
        name = std::filesystem::path(options.target).extension().string();
    const auto found = kFormats.find(name.starts_with('.') ? name.substr(1) : name);
    if (found != kFormats.end())
        return found->second;
    complain(fmt::format("“{}” does not tell the format. Name the file .csv, .jsonl, .log (Zeek) or .pcapng, or give "
                         "--format.",
                         options.target));
    return std::nullopt;
}

/// Said before a long analysis, not after it.
ExitCode checkTarget(const ExportOptions& options, const std::string& source)
{
    std::error_code ignored;
    if (std::filesystem::equivalent(options.target, source, ignored)) {
        complain(fmt::format("{} is what is being exported; choose another name for the output.", options.target));
        return ExitCode::WrongUsage;
    }
    if (!std::filesystem::exists(options.target, ignored) || options.overwrite)
        return ExitCode::Done;
    complain(fmt::format("{} exists already and was left as it is; --force replaces it.", options.target));
    return ExitCode::Failed;
}

class ExportCommand {
public:
    ExportCommand(const ExportOptions& options, ParsedSelection selection, FileFormat format)
        : m_options(options)
        , m_selection(std::move(selection))
        , m_format(format)
        , m_line("Exporting")
    {
    }

    ExitCode run()
    {
        LoadedCapture loaded = openCapture(m_options.file, m_options.capture, m_options.analysis, m_format.has_value());
        if (loaded.code != ExitCode::Done)
            return loaded.code;
        m_capture = std::move(loaded.capture);
        complainOf(m_capture);
        const ExitCode code = outcomeOf(m_capture);
        if (code == ExitCode::Interrupted)
            return code; // nothing half-done is written
        auto rows = selectFlows(m_capture, m_selection);
        if (!rows)
            return ExitCode::WrongUsage;
        m_rows = std::move(*rows);
        if (const ExitCode checked = checkTarget(m_options, m_capture.path); checked != ExitCode::Done)
            return checked;
        return worse(code, m_format ? writeFlowFile() : writePackets());
    }

private:
    ExitCode writeFlowFile()
    {
        const pipeline::FlowFileRequest request{.format = *m_format,
                                                .flows = m_capture.flows,
                                                .rows = std::make_shared<const std::vector<std::uint32_t>>(m_rows),
                                                .target = m_options.target,
                                                .overwrite = m_options.overwrite};
        return report(pipeline::exportFlows(request, m_stop.get_token(), progress()), "flows");
    }

    ExitCode writePackets()
    {
        const bool all = !m_options.selection.choosesFlows();
        pipeline::PacketExportRequest request;
        request.source = m_capture.path;
        request.sourceBytes = m_capture.facts.fileBytes;
        request.checkpoints = m_capture.checkpoints;
        request.flows = m_capture.flows;
        request.wanted = m_rows;
        request.allPackets = all;
        request.range = m_selection.range;
        request.captureFilter = m_options.analysis.captureFilter;
        request.target = m_options.target;
        request.overwrite = m_options.overwrite;
        return report(pipeline::exportPackets(request, m_stop.get_token(), progress()), "packets");
    }

    pipeline::ExportProgress progress()
    {
        return [this](double fraction) {
            m_line.show(fraction);
            if (interrupted())
                m_stop.request_stop();
        };
    }

    ExitCode report(const Result<std::uint64_t>& written, std::string_view what)
    {
        m_line.clear();
        if (!written) {
            complain(written.error());
            return written.error().code == ErrorCode::Cancelled ? ExitCode::Interrupted : ExitCode::Failed;
        }
        Output output = Output::standard();
        output.put(fmt::format("{} {} written to {}\n", *written, what, printable(m_options.target)));
        return finished(output, ExitCode::Done);
    }

    const ExportOptions& m_options;
    ParsedSelection m_selection;
    FileFormat m_format;
    pipeline::CaptureSnapshot m_capture;
    std::vector<std::uint32_t> m_rows;
    std::stop_source m_stop;
    ProgressLine m_line;
};

} // namespace

ExitCode runExport(const ExportOptions& options)
{
    auto selection = parseSelection(options.selection);
    const auto format = selection ? chooseFormat(options) : std::nullopt;
    if (!format || !checkCaptureFilter(options.analysis.captureFilter))
        return ExitCode::WrongUsage;
    if (const ExitCode checked = checkTarget(options, options.file); checked != ExitCode::Done)
        return checked;
    return ExportCommand(options, std::move(*selection), *format).run();
}

} // namespace timbre::cli
