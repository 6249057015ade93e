#pragma once

// Judgements on single flows that other rooms made, beside the flows themselves: few of many flows have one. A value of
// plain numbers and words, so that filters, tables and exports need not know who judged.

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

namespace timbre::flow {

struct VerdictMark {
    std::uint32_t flow = 0;     // FlowRecord::index
    std::string_view verdict;   // static text
    double confidence = 0.0;    // 0 … 1
};

class FlowMarks {
public:
    FlowMarks() = default;
    /// Requires: rising by flow, each at most once.
    explicit FlowMarks(std::vector<VerdictMark> verdicts) : m_verdicts(std::move(verdicts)) {}

    /// Null when nobody judged the flow.
    [[nodiscard]] const VerdictMark* verdictOf(std::uint32_t flow) const
    {
        const auto found = std::lower_bound(m_verdicts.begin(), m_verdicts.end(), flow,
                                            [](const VerdictMark& mark, std::uint32_t f) { return mark.flow < f; });
        return found != m_verdicts.end() && found->flow == flow ? &*found : nullptr;
    }

private:
    std::vector<VerdictMark> m_verdicts;
};

} // namespace timbre::flow
