#pragma once

// A filter in other programs' words, where it can be said at all.
//
// Timbre's filter is about flows, the others' are about packets. Both translations find the packets of the flows meant,
// in both directions: neither program knows who began a flow, so src and dst become "host". A packet filter made this
// way may let more through than the flow filter; where that would turn into less (under `not`), there is no
// translation.

#include "engine/query/expression.h"

#include <optional>
#include <string>

namespace timbre::query {

/// For libpcap: capture filters, `timbre-cli --bpf`. Only addresses, ports, protocol and VLAN have words there.
[[nodiscard]] std::optional<std::string> toBpf(const Expression& expression);
/// For Wireshark's display filter.
[[nodiscard]] std::optional<std::string> toWireshark(const Expression& expression);

} // namespace timbre::query
