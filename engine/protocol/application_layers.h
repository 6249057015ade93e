#pragma once

// Spells out what TCP and UDP carry in one packet, as further layers of the tree that engine/decode begins: DNS,
// HTTP/1, TLS and DTLS, QUIC, STUN, RTP and RTCP, DHCP, NTP, SSH, SIP, SSDP, SMTP and FTP. Made for the one packet an
// analyst looks at; what a packet holds only a part of is shown as far as it goes.

#include "engine/decode/layer_tree.h"
#include "engine/flow/flow_record.h"

namespace timbre::protocol {

/// Appends layers, and sets `tree.protocol` and `tree.summary` when something was understood. `frame` is what the tree
/// was made from. `app` is what the flow is known to speak, if it is: RTP has no mark and is only shown when it is
/// said.
void describeApplication(decode::LayerTree& tree, Bytes frame, flow::App app = flow::App::Unknown);

/// Fields shown per message or list; a further one then says how many more there are.
inline constexpr std::size_t kMaxShownFields = 200;

} // namespace timbre::protocol
