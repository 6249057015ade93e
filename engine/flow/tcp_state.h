#pragma once

// The TCP state machine of a flow, driven by flags alone: sequence numbers are not looked at.

#include "engine/flow/flow_record.h"

namespace timbre::flow {

[[nodiscard]] TcpState nextTcpState(TcpState state, Side side, std::uint8_t flags);
[[nodiscard]] inline bool isFinal(TcpState state)
{
    return state == TcpState::Closed || state == TcpState::Reset;
}

/// Appends S, F, R, D for this packet, lower case for the responder; what does not fit any more is dropped.
void extendHistory(FlowRecord& record, Side side, std::uint8_t flags, bool hasPayload);

} // namespace timbre::flow
