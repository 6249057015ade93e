#pragma once

// Two analyses must agree in every field of every flow, to the last digit that an export would write.

#include "engine/pipeline/flow_fields.h"

#include <fmt/format.h>

namespace timbre::testing {

/// Empty when there is none.
inline std::string firstDifference(const flow::FlowSnapshot& a, const flow::FlowSnapshot& b)
{
    if (a.size() != b.size())
        return fmt::format("{} flows and {}", a.size(), b.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
        const pipeline::FlowRow left(a, a[i]);
        const pipeline::FlowRow right(b, b[i]);
        for (const query::FieldInfo& field : query::allFields()) {
            if (pipeline::exactText(left, field.id) != pipeline::exactText(right, field.id))
                return fmt::format("flow {}, {}: {} and {}", i, field.name, pipeline::exactText(left, field.id),
                                   pipeline::exactText(right, field.id));
        }
    }
    return {};
}

} // namespace timbre::testing
