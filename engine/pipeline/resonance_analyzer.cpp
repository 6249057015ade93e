#include "engine/pipeline/resonance_analyzer.h"

#include "engine/pipeline/capture_snapshot.h"

namespace timbre::pipeline {

Attention ResonanceAnalyzer::packet(const flow::Flow& flow, flow::Side side, const decode::Packet& packet,
                                    const flow::Frame& frame)
{
    m_monitor.packet(flow, side, packet, frame);
    return Attention::More;
}

void ResonanceAnalyzer::aboutToEnd(std::span<flow::Flow* const> flows)
{
    std::vector<std::uint32_t> numbers;
    numbers.reserve(flows.size());
    for (const flow::Flow* flow : flows)
        numbers.push_back(flow->record.index);
    m_monitor.prepareLastChecks(numbers);
}

void ResonanceAnalyzer::annotate(flow::FlowRecord& record, StringPool& names)
{
    if (record.ended)
        m_monitor.flowEnded(record);
    const resonance::BestMask best = m_monitor.bestOf(record.index);
    if (best.mask == resonance::kNoMask)
        return;
    m_names.resize(m_monitor.masks().size());
    StringId& name = m_names[best.mask];
    if (name == 0)
        name = names.intern(m_monitor.masks()[best.mask]->id);
    record.mask = name;
    record.resonance = best.score;
}

void ResonanceAnalyzer::describe(CaptureSnapshot& snapshot)
{
    snapshot.resonance = m_monitor.results();
}

} // namespace timbre::pipeline
