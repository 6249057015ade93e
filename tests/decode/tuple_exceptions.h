#pragma once

// Captures of the corpus whose TCP or UDP tuples are counted otherwise than tshark counts them, each with the reason.
// The numbers are ours, so that a change in either direction fails the test.

#include <array>
#include <cstddef>
#include <string_view>

namespace timbre::tests {

struct TupleException {
    std::string_view file;
    std::size_t tcp;
    std::size_t udp;
    std::string_view reason;
};

inline constexpr auto kTupleExceptions = std::to_array<TupleException>({
    {"flows/bigtcp-ipv6-vxlan-ipv4.pcap", 1, 1,
     "IPv6 payload length 0 (segmentation left to the card): tshark reports a malformed packet, we read to the end of "
     "the "
     "frame and find VXLAN with a TCP packet in it"},
    {"flows/brcm-tag.pcap", 0, 3,
     "tshark 4.0 does not know the link type of Broadcom switch tags; tcpdump shows the same three DHCP conversations"},
});

} // namespace timbre::tests
