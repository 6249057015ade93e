#include "app/cli/analysed_capture.h"
#include "app/cli/capture_text.h"
#include "app/cli/flow_listing.h"
#include "app/cli/flow_summary.h"
#include "app/cli/workspace_keeping.h"
#include "engine/pipeline/counter_names.h"

#include <fmt/format.h>

namespace timbre::cli {

namespace {

class Tee final : public pipeline::FlowSink {
public:
    Tee(pipeline::FlowSink& first, pipeline::FlowSink* second)
        : m_first(first)
        , m_second(second)
    {
    }
    void flowEnded(const flow::FlowRecord& record) override
    {
        m_first.flowEnded(record);
        if (m_second)
            m_second->flowEnded(record);
    }

private:
    pipeline::FlowSink& m_first;
    pipeline::FlowSink* m_second; // may be null
};

class AnalyzeCommand {
public:
    AnalyzeCommand(const AnalyzeOptions& options, std::shared_ptr<const query::Filter> filter)
        : m_options(options)
        , m_filter(std::move(filter))
        // A filter may ask for names, or for the last minutes, which are only known at the end.
        , m_listFlows(m_filter || options.format != ListFormat::Text)
    {
    }

    ExitCode run()
    {
        if (!m_options.workspace.empty()) {
            auto keeping = WorkspaceKeeping::open(m_options.workspace);
            if (!keeping) {
                complain(keeping.error());
                return ExitCode::Failed;
            }
            m_keeping = std::move(*keeping);
        }
        ExitCode code = ExitCode::Done;
        for (std::size_t i = 0; i < m_options.files.size() && !interrupted(); ++i) {
            if (i > 0 && m_options.format == ListFormat::Text)
                m_output.put("\n");
            code = worse(code, analyse(m_options.files[i]));
        }
        if (m_keeping) {
            if (const auto settled = m_keeping->settle(); !settled) {
                complain(settled.error());
                code = worse(code, ExitCode::Failed);
            }
        }
        return finished(m_output, code);
    }

private:
    ExitCode analyse(const std::string& file)
    {
        const pipeline::RunOptions run = runOptions(m_options.analysis, m_listFlows);
        pipeline::StoreSink* kept = nullptr;
        if (m_keeping) {
            auto begun = m_keeping->begin(file, run);
            if (!begun)
                return failed(begun.error());
            kept = *begun;
        }
        FlowSummary summary;
        NoFlows nowhere;
        Tee sink(m_listFlows ? static_cast<pipeline::FlowSink&>(nowhere) : summary, kept);
        const auto before = [&](pipeline::Analysis& analysis) {
            if (kept)
                kept->setNames(analysis.names());
        };
        const auto after = [&](pipeline::Analysis& analysis, bool complete) {
            if (kept)
                m_keeping->finish(analysis, complete);
        };
        const auto capture = analyseFile(file, run, sink, before, after);
        if (!capture) {
            if (kept)
                m_keeping->abandon();
            return failed(capture.error());
        }
        write(*capture, summary);
        if (m_options.format == ListFormat::Text && capture->phase == pipeline::Phase::Cancelled)
            complain(fmt::format("{}: stopped; what follows was not read.", file));
        return outcomeOf(*capture);
    }

    static ExitCode failed(const Error& error)
    {
        complain(error);
        return ExitCode::Failed;
    }

    void write(const pipeline::CaptureSnapshot& capture, FlowSummary& summary)
    {
        const flow::FlowSnapshot& flows = *capture.flows;
        std::vector<std::uint32_t> rows;
        if (m_listFlows)
            rows = *chooseFlows(capture, m_filter, std::nullopt).rows;
        if (m_options.format == ListFormat::Text) {
            for (const std::uint32_t row : rows)
                summary.flowEnded(flows[row]);
            writeSummary(m_output.text(), {capture, summary, m_options.filter});
            m_output.flushIfFull();
            return;
        }
        const bool isJson = m_options.format == ListFormat::Json;
        const pipeline::FlowExport format(exportFormat(m_options.format), flows);
        if (isJson)
            writeCaptureObject(capture);
        else
            complainOf(capture);
        format.begin(m_output.text());
        writeFlows(m_output, format, flows, rows, ~std::uint64_t{0}, isJson ? capture.path : std::string_view{});
        format.end(m_output.text());
        if (isJson) {
            for (const capture::ReaderMessage& message : capture.messages)
                putMessage(m_output.text(), capture.path, message);
        }
        m_output.flushIfFull();
    }

    void writeCaptureObject(const pipeline::CaptureSnapshot& capture)
    {
        JsonWriter json(m_output.text());
        json.beginObject().member("type", "capture");
        putFacts(json, capture);
        json.key("counters").beginObject();
        pipeline::Counters counters = capture.counters;
        for (const pipeline::CounterName& counter : pipeline::counterNames())
            json.member(counter.name, counter.of(counters));
        json.endObject().endObject();
        m_output.put("\n");
    }

    const AnalyzeOptions& m_options;
    std::shared_ptr<const query::Filter> m_filter;
    bool m_listFlows;
    std::unique_ptr<WorkspaceKeeping> m_keeping;
    Output m_output = Output::standard();
};

} // namespace

ExitCode runAnalyze(const AnalyzeOptions& options)
{
    if (options.files.size() > 1 && (options.format == ListFormat::Csv || options.format == ListFormat::Zeek)) {
        complain("--csv and --zeek take one file at a time, because their rows do not say which file they are from. "
                 "Use --json for several.");
        return ExitCode::WrongUsage;
    }
    auto filter = compileFilter(options.filter);
    if (!filter || !checkCaptureFilter(options.analysis.captureFilter))
        return ExitCode::WrongUsage;
    return AnalyzeCommand(options, std::move(*filter)).run();
}

} // namespace timbre::cli
