#pragma once

// Words that people attached to flows, beside the records: few flows have any, so they stand apart from the rows.

#include <cstdint>
#include <string>
#include <unordered_map>

namespace timbre::flow {

/// Several notes or tags of one flow stand in one text, with query::kListSeparator between them.
struct FlowRemark {
    std::string notes;
    std::string tags;
};

/// By index of the flow.
using FlowRemarks = std::unordered_map<std::uint32_t, FlowRemark>;

} // namespace timbre::flow
