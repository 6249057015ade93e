#pragma once

// What a live capture tells while it runs: flows that begin and end, figures once a second. Fed on the thread of the
// analysis, in capture order.

#include "app/cli/console.h"
#include "engine/base/json_writer.h"
#include "engine/pipeline/analysis.h"
#include "engine/query/filter.h"

namespace timbre::cli {

class LiveEvents final : public pipeline::FlowSink {
public:
    LiveEvents(Output& output, bool json, std::shared_ptr<const query::Filter> filter)
        : m_output(output)
        , m_json(json)
        , m_filter(std::move(filter))
    {
    }
    /// Before the first flow: where the flows' names are.
    void setNames(std::shared_ptr<const StringPool> names);

    void flowStarted(const flow::FlowRecord& record);
    void flowEnded(const flow::FlowRecord& record) override;

    void started(const pipeline::LiveFacts& facts);
    /// Something that did not end the capture: a link that went down, a clock that was set.
    void notice(const std::string& sentence);
    void figures(const pipeline::LiveFacts& facts, const pipeline::Counters& counters);
    void stopped(const pipeline::LiveFacts& facts, pipeline::Analysis& analysis);

private:
    void putFlow(const char* event, const flow::FlowRecord& record);
    void putFigures(JsonWriter& json, const char* event, const pipeline::LiveFacts& facts,
                    const pipeline::Counters& counters);
    [[nodiscard]] bool fits(const flow::FlowRecord& record) const;

    Output& m_output;
    bool m_json;
    std::shared_ptr<const query::Filter> m_filter; // null: all flows
    flow::FlowSnapshot m_names;                    // without rows
};

/// Hears of beginnings, which a sink is not told of.
class FlowStarts final : public pipeline::Analyzer {
public:
    explicit FlowStarts(LiveEvents& events)
        : m_events(events)
    {
    }
    void flowStarted(const flow::Flow& flow, const flow::Frame&) override { m_events.flowStarted(flow.record); }
    pipeline::Attention packet(const flow::Flow&, flow::Side, const decode::Packet&, const flow::Frame&) override
    {
        return pipeline::Attention::Enough;
    }

private:
    LiveEvents& m_events;
};

} // namespace timbre::cli
