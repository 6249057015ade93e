#include "engine/pipeline/rate_analyzer.h"

#include "engine/pipeline/capture_snapshot.h"

#include <algorithm>
#include <limits>

namespace timbre::pipeline {

namespace {

void add(std::uint32_t& sum, std::uint32_t bytes)
{
    constexpr std::uint32_t kMost = std::numeric_limits<std::uint32_t>::max(); // over 11 Gbit/s in one flow
    sum = bytes > kMost - sum ? kMost : sum + bytes;
}

} // namespace

Attention RateAnalyzer::packet(const flow::Flow& flow, flow::Side, const decode::Packet&, const flow::Frame& frame)
{
    const std::uint32_t index = flow.record.index;
    if (index >= m_maxFlows)
        return Attention::Enough;
    moveTo(frame.time);
    if (index >= m_flows.size())
        m_flows.resize(index + 1);
    Counted& counted = m_flows[index];
    if (counted.span != m_span) {
        const bool awake = counted.span == m_span - 1;
        if (!awake)
            m_awake.push_back(index);
        counted = {m_span, 0, awake ? counted.bytes : 0};
    }
    add(counted.bytes, frame.originalLength);
    return Attention::More;
}

/// Packets may be a little out of order. A time further back than a span means that the clock was set.
void RateAnalyzer::moveTo(Timestamp time)
{
    if (!m_begin || elapsedNs(time, *m_begin) > kSpanNs) {
        restart(time);
        return;
    }
    m_newest = std::max(m_newest, time);
    const std::int64_t passed = elapsedNs(*m_begin, m_newest);
    if (passed < kSpanNs)
        return;
    if (passed >= 2 * kSpanNs) {
        restart(time);
        return;
    }
    ++m_span;
    m_begin->ns += kSpanNs;
    std::erase_if(m_awake, [this](std::uint32_t index) { return m_flows[index].span + 1 < m_span; });
}

void RateAnalyzer::restart(Timestamp time)
{
    m_span += 2;
    m_begin = time;
    m_newest = time;
    m_shown.reset();
    m_awake.clear();
}

std::shared_ptr<const flow::FlowRates> RateAnalyzer::rates() const
{
    std::vector<flow::FlowRate> rates;
    if (!m_begin)
        return std::make_shared<const flow::FlowRates>();
    constexpr double kSeconds = static_cast<double>(kSpanNs) / static_cast<double>(kNsPerSecond);
    const double faded = static_cast<double>(elapsedNs(*m_begin, m_newest)) / static_cast<double>(kSpanNs);
    rates.reserve(m_awake.size());
    for (const std::uint32_t index : m_awake) {
        const Counted& counted = m_flows[index];
        const bool now = counted.span == m_span;
        const double bytes =
            (now ? static_cast<double>(counted.bytes) : 0.0) + (now ? counted.before : counted.bytes) * (1.0 - faded);
        rates.push_back({index, static_cast<float>(bytes / kSeconds)});
    }
    std::ranges::sort(rates, {}, &flow::FlowRate::flow);
    return std::make_shared<const flow::FlowRates>(std::move(rates));
}

void RateAnalyzer::describe(CaptureSnapshot& snapshot)
{
    if (m_finished || !m_begin)
        return;
    if (!m_shown || elapsedNs(m_shownAt, m_newest) >= kBetweenPicturesNs) {
        m_shown = rates();
        m_shownAt = m_newest;
    }
    auto flows = std::make_shared<flow::FlowSnapshot>(*snapshot.flows);
    flows->setRates(m_shown);
    snapshot.flows = std::move(flows);
}

} // namespace timbre::pipeline
