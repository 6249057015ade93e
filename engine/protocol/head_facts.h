#pragma once

// What the first bytes of a flow say about it: which protocol is spoken and the names the client asked for. Readers of
// heads (TLS, HTTP, DNS …) fill this; the flow table keeps the names.

#include "engine/flow/flow_record.h"

#include <string>

namespace timbre::protocol {

/// Longest name that is taken over, in bytes on the wire (RFC 1035 2.3.4); longer ones are refused and counted.
inline constexpr std::size_t kMaxNameBytes = 255;

/// Reused from packet to packet; clear() keeps the strings' memory. Names are lower-case; bytes outside printable ASCII
/// come as \DDD, as in DNS master files.
struct HeadFacts {
    flow::App app = flow::App::Unknown;
    std::string serverName;   // TLS server name indication
    std::string httpHost;     // HTTP Host header, or the host of an absolute or CONNECT target; without the port
    bool nameRefused = false; // there was a name, but too long to be one

    void clear()
    {
        app = flow::App::Unknown;
        serverName.clear();
        httpHost.clear();
        nameRefused = false;
    }
    [[nodiscard]] bool empty() const
    {
        return app == flow::App::Unknown && serverName.empty() && httpHost.empty() && !nameRefused;
    }
};

} // namespace timbre::protocol
