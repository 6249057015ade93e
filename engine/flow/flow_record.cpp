#include "engine/flow/flow_record.h"

namespace timbre::flow {

const char* toString(TcpState state)
{
    switch (state) {
    case TcpState::Active: return "active";
    case TcpState::SynSent: return "syn_sent";
    case TcpState::SynReceived: return "syn_received";
    case TcpState::Established: return "established";
    case TcpState::FinWait: return "fin_wait";
    case TcpState::ClosingTcp: return "closing_tcp";
    case TcpState::Closed: return "closed";
    case TcpState::Reset: return "reset";
    }
    return "";
}

const char* toString(EndReason reason)
{
    switch (reason) {
    case EndReason::Fin: return "fin";
    case EndReason::Rst: return "rst";
    case EndReason::IdleTimeout: return "idle_timeout";
    case EndReason::Evicted: return "evicted";
    }
    return "";
}

const char* toString(Side side)
{
    return side == Side::Initiator ? "initiator" : "responder";
}

const char* toString(App app)
{
    static constexpr std::array<const char*, static_cast<std::size_t>(App::Count)> kNames = {
        "",     "dns",  "http", "tls",  "quic", "ssh", "sip",  "rtp", "rtcp",
        "stun", "dtls", "smtp", "ftp",  "dhcp", "ntp", "mdns", "ssdp"};
    const auto index = static_cast<std::size_t>(app);
    return index < kNames.size() ? kNames[index] : "";
}

} // namespace timbre::flow
