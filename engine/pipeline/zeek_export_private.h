#pragma once

// Zeek's conn.log (ASCII writer, tab separated), as far as a flow of ours can fill it; what it cannot is "-".

#include "engine/flow/flow_record.h"

#include <string>

namespace timbre::pipeline::zeek {

void appendHeader(std::string& out);
void appendFlow(std::string& out, const flow::FlowRecord& record);

} // namespace timbre::pipeline::zeek
