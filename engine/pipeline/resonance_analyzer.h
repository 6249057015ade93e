#pragma once

// Lets the monitor of engine/resonance listen to an analysis, and tells each flow's record which mask it resembles
// most.

#include "engine/pipeline/analyzer.h"
#include "engine/resonance/monitor.h"

namespace timbre::pipeline {

class ResonanceAnalyzer final : public Analyzer {
public:
    ResonanceAnalyzer(resonance::MaskModels masks, const resonance::MonitorSettings& settings)
        : m_monitor(std::move(masks), settings)
    {
    }

    Attention packet(const flow::Flow& flow, flow::Side side, const decode::Packet& packet,
                     const flow::Frame& frame) override;
    void aboutToEnd(std::span<flow::Flow* const> flows) override;
    void flowEnded(const flow::FlowRecord& record) override { m_monitor.forget(record); }
    void annotate(flow::FlowRecord& record, StringPool& names) override;
    void describe(CaptureSnapshot& snapshot) override;

private:
    resonance::Monitor m_monitor;
    std::vector<StringId> m_names; // by mask; 0 until first used
};

} // namespace timbre::pipeline
