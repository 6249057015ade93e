#pragma once

#include "engine/flow/flow_record.h"

namespace timbre::pipeline {

/// Takes finished flows, in the order they end, on the thread of the analysis.
class FlowSink {
public:
    virtual ~FlowSink() = default;
    virtual void flowEnded(const flow::FlowRecord& record) = 0;
};

} // namespace timbre::pipeline
