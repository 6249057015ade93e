#pragma once

// Names of services by their usual port, for the eye only: what is really spoken is FlowRecord::app.

#include "engine/flow/flow_record.h"

#include <string_view>

namespace timbre::pipeline {

/// "https" for port 443 of TCP or UDP; empty for a port without a usual service.
[[nodiscard]] std::string_view serviceOfPort(decode::L4 l4, std::uint16_t port);
/// By the responder's port, or by the initiator's when that one has no name. Empty for other protocols.
[[nodiscard]] std::string_view serviceOf(const flow::FlowRecord& record);

} // namespace timbre::pipeline
