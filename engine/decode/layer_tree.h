#pragma once

// One packet spelled out for reading: a tree of named fields, each with the bytes it came from. Made on demand for the
// one packet that the analyst looks at, so clarity comes before speed here.

#include "engine/base/bytes.h"

#include <string>
#include <vector>

namespace timbre::decode {

struct LayerNode {
    std::string name;   // "Internet Protocol version 4", "Time to live"
    std::string value;  // "64", "10.0.0.1 → 10.0.0.2"; may be empty for a layer
    std::string filter; // filter expression that selects this value in flows ("port == 443"), empty if there is none
    std::size_t offset = 0; // into the frame
    std::size_t length = 0; // 0: made up from other fields, no bytes of its own
    std::vector<LayerNode> children;
};

struct LayerTree {
    std::vector<LayerNode> layers; // outermost first; tunnels simply go on
    std::string summary;           // one line for a packet list: "TCP 443 → 50112 [SYN, ACK] win 65160"
    std::string protocol;          // "TCP", "DNS", "TLS" …: the highest layer that was understood
    // Where the transport payload lies, for protocol readers to go on; length 0 when there is none.
    std::size_t payloadOffset = 0;
    std::size_t payloadLength = 0;
    bool tcp = false;
    bool udp = false;
    std::uint16_t sourcePort = 0;
    std::uint16_t destinationPort = 0;
};

[[nodiscard]] LayerTree describe(std::uint16_t linkType, Bytes frame, std::uint32_t originalLength);

/// The same in one line, for a list of packets. Does not build the tree where the frame holds an IP packet.
struct PacketSummary {
    std::string source; // of the innermost packet: IP address, else MAC address; may be empty
    std::string destination;
    std::string protocol; // "TCP"
    std::string info;     // "443 → 50112 [SYN, ACK] seq 0 ack 1 win 65160 len 0"
};

[[nodiscard]] PacketSummary summarize(std::uint16_t linkType, Bytes frame, std::uint32_t originalLength);

} // namespace timbre::decode
