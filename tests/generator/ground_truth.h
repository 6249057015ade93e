#pragma once
// What a generated capture really holds: totals, flows, names and damage. A test compares the engine's answer with it;
// the program prints it as JSON.
//
// A flow here is a conversation: both directions, from the first frame of a session to its last one. The engine's flow
// tracker may cut the same frames differently (an acknowledgment after the end starts a new flow, spec of the tracker);
// `ending` tells the test what to expect.

#include "tests/generator/address.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace timbre::generator {

struct SideTruth {
    std::uint64_t packets = 0;
    std::uint64_t originalBytes = 0; // whole frames, as they were on the wire
    std::uint64_t capturedBytes = 0;
    std::uint64_t payloadBytes = 0; // above TCP, UDP or the ICMP echo header
};

inline constexpr std::uint32_t kNoFlow = 0xffffffff;

struct FlowTruth {
    std::uint8_t protocol = 0; // IP protocol number
    Endpoint client;
    Endpoint server;
    Side initiator = Side::Client; // who sent the first frame the capture shows
    std::uint64_t firstNs = 0;
    std::uint64_t lastNs = 0;
    SideTruth sides[2]; // client, server
    std::string application;
    std::string ending;   // "fin", "rst", "refused", "unanswered", "open", …; empty where nothing ends (UDP)
    std::string hostName; // found in a DNS answer of the same capture
    std::string sni;
    std::string httpHost;
    std::uint32_t handshakeRoundTripUs = 0; // SYN to SYN-ACK as the capture shows it; 0: not seen
    std::uint32_t retransmissions = 0;      // the capture shows both copies
    std::uint32_t outOfOrder = 0;
    /// Segments whose first copy was lost before the capture point: they come after later ones and duplicate
    /// acknowledgments. A reader may call them retransmitted or out of order.
    std::uint32_t gapsFilled = 0;
    std::uint32_t zeroWindows = 0;     // segments that announce window 0, RST not counted
    std::uint32_t missingSegments = 0; // never captured
    std::uint32_t fragments = 0;       // frames that are IP fragments; each is also a packet above
    std::string tunnel;                // kinds around this flow, outermost first, e.g. "vxlan"
    std::uint32_t outerFlow = kNoFlow; // index of the innermost tunnel's flow (of its first packet)

    [[nodiscard]] std::uint64_t packets() const { return sides[0].packets + sides[1].packets; }
    [[nodiscard]] std::uint64_t originalBytes() const { return sides[0].originalBytes + sides[1].originalBytes; }
};

struct DamageTruth {
    std::string kind;
    std::uint64_t fileOffset = 0;    // first damaged byte; 0 when the damage is one of content (time, lengths)
    std::uint64_t packetIndex = 0;   // counted from 0: the record that is damaged, or that follows the garbage
    std::uint64_t packetsBefore = 0; // complete packets a reader can show before the damage
    std::string note;
};

struct DnsNameTruth {
    std::string name;
    IpAddress address;
};

struct GroundTruth {
    std::string scenario;
    std::uint64_t seed = 0;
    std::uint64_t packets = 0;
    std::uint64_t capturedBytes = 0;
    std::uint64_t originalBytes = 0;
    std::uint64_t firstNs = 0;
    std::uint64_t lastNs = 0;
    std::uint64_t flowsTotal = 0; // also those not listed
    std::uint64_t fileBytes = 0;
    /// Packets by innermost transport ("tcp", "udp", "icmp", "icmp6", "arp", …).
    std::map<std::string, std::uint64_t, std::less<>> packetsByProtocol;
    /// Flows by application ("dns", "tls", …); tunnels count by their kind.
    std::map<std::string, std::uint64_t, std::less<>> flowsByApplication;
    std::map<std::string, std::uint64_t, std::less<>> flowsByEnding;
    std::vector<FlowTruth> flows; // the large scenarios list only the first kMaxListedFlows
    std::vector<DnsNameTruth> dnsNames;
    std::vector<DamageTruth> damage;

    /// First flow with this SNI, HTTP host or DNS name; nullptr when there is none.
    [[nodiscard]] const FlowTruth* flowOfHost(std::string_view host) const;
    [[nodiscard]] std::string toJson() const;
};

inline constexpr std::size_t kMaxListedFlows = 1000;

/// "tcp", "udp", "icmp", "icmp6", "sctp" or "other:N".
[[nodiscard]] std::string protocolName(std::uint8_t protocol);

} // namespace timbre::generator
