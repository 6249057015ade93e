#pragma once

// How fast the flows of a live capture are right now, beside the flows themselves: of many flows few send at any
// moment.

#include <algorithm>
#include <cstdint>
#include <vector>

namespace timbre::flow {

struct FlowRate {
    std::uint32_t flow = 0; // FlowRecord::index
    float bytesPerSecond = 0.0F;
};

class FlowRates {
public:
    FlowRates() = default;
    /// Requires: rising by flow, each at most once.
    explicit FlowRates(std::vector<FlowRate> rates)
        : m_rates(std::move(rates))
    {
    }

    /// 0 for a flow that is silent.
    [[nodiscard]] double of(std::uint32_t flow) const
    {
        const auto found = std::lower_bound(m_rates.begin(), m_rates.end(), flow,
                                            [](const FlowRate& rate, std::uint32_t f) { return rate.flow < f; });
        return found != m_rates.end() && found->flow == flow ? static_cast<double>(found->bytesPerSecond) : 0.0;
    }
    [[nodiscard]] std::size_t size() const { return m_rates.size(); }

private:
    std::vector<FlowRate> m_rates;
};

} // namespace timbre::flow
