#pragma once

#include "engine/pipeline/flow_sink.h"

namespace timbre::pipeline {

/// For an analysis that nobody keeps.
class NoSink : public FlowSink {
public:
    void flowEnded(const flow::FlowRecord&) override {}
};

} // namespace timbre::pipeline
