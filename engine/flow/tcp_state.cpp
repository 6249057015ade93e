#include "engine/flow/tcp_state.h"

namespace timbre::flow {

TcpState nextTcpState(TcpState state, Side side, std::uint8_t flags)
{
    if (flags & decode::kTcpRst)
        return TcpState::Reset;
    const bool syn = flags & decode::kTcpSyn;
    const bool ack = flags & decode::kTcpAck;
    const bool fin = flags & decode::kTcpFin;
    switch (state) {
    case TcpState::Active: return side == Side::Initiator && syn ? TcpState::SynSent : state;
    case TcpState::SynSent: return side == Side::Responder && syn && ack ? TcpState::SynReceived : state;
    case TcpState::SynReceived: return side == Side::Initiator && ack ? TcpState::Established : state;
    case TcpState::Established: return fin ? TcpState::FinWait : state;
    case TcpState::FinWait: return fin ? TcpState::ClosingTcp : state;
    case TcpState::ClosingTcp: return ack ? TcpState::Closed : state;
    case TcpState::Closed:
    case TcpState::Reset: return state;
    }
    return state;
}

void extendHistory(FlowRecord& record, Side side, std::uint8_t flags, bool hasPayload)
{
    const auto append = [&](bool present, char letter) {
        if (!present || record.historyLength >= kHistoryLength)
            return;
        const bool initiator = side == Side::Initiator;
        record.history[record.historyLength++] = initiator ? letter : static_cast<char>(letter - 'A' + 'a');
    };
    append(flags & decode::kTcpSyn, 'S');
    append(flags & decode::kTcpFin, 'F');
    append(flags & decode::kTcpRst, 'R');
    append(hasPayload, 'D');
}

} // namespace timbre::flow
