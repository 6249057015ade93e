#pragma once
// Whole conversations, as they happen on an office network: name look-ups, web visits, calls, transfers, pings, scans.
// Each puts its packets into the world's recorder and returns when it was over.

#include "tests/generator/host_table.h"
#include "tests/generator/tcp_session.h"

#include <string>

namespace timbre::generator {

inline constexpr std::uint64_t kMicrosecondNs = 1'000;
inline constexpr std::uint64_t kMillisecondNs = 1'000'000;
inline constexpr std::uint64_t kSecondNs = 1'000'000'000;

/// What all conversations of a scenario share.
struct World {
    TrafficRecorder& recorder;
    Random random;
    Path path{}; // link addresses are set per client
    IpAddress resolver = IpAddress::v4(10, 0, 0, 2);
    std::uint16_t lastPort = 49'151;

    /// The next ephemeral port; each conversation has its own.
    [[nodiscard]] std::uint16_t nextPort() { return lastPort == 65'535 ? lastPort = 49'152 : ++lastPort; }
    /// The path with MAC addresses of this client and of the gateway.
    [[nodiscard]] Path pathOf(const IpAddress& client) const;
};

/// Sends single UDP datagrams of one flow.
class UdpFlow {
public:
    UdpFlow(World& world, const Endpoint& client, const Endpoint& server, std::string application);
    void send(Side sender, std::uint64_t timeNs, ByteView payload, std::string comment = {});
    [[nodiscard]] FlowTruth& truth() { return m_world.recorder.flow(m_flow); }

private:
    World& m_world;
    Endpoint m_ends[2];
    std::uint32_t m_flow;
    std::uint16_t m_identification;
};

struct DnsLookup {
    bool v6 = false; // AAAA
    bool overTcp = false;
    bool noSuchName = false;
};
std::uint64_t dnsLookup(World& world, const IpAddress& client, const Host& host, std::uint64_t startNs,
                        const DnsLookup& lookup = {});

struct WebVisit {
    bool v6 = false; // then `client` must be an IPv6 address
    unsigned requests = 2;
    std::size_t answerBytes = 6'000;
    bool pipelined = false;            // HTTP: all requests at once
    std::size_t helloPaddingBytes = 0; // TLS: above 1,000 the ClientHello spans two segments
    TcpEnding ending = TcpEnding::FinByServer;
    Trouble trouble = Trouble::None; // hits the first answer
    std::uint64_t roundTripNs = 25 * kMillisecondNs;
    std::uint16_t clientPort = 0; // 0: the next free one
    std::uint16_t mss = 1460;
};
std::uint64_t httpVisit(World& world, const IpAddress& client, const Host& host, std::uint64_t startNs,
                        const WebVisit& visit = {});
std::uint64_t tlsVisit(World& world, const IpAddress& client, const Host& host, std::uint64_t startNs,
                       const WebVisit& visit = {});
/// QUIC version 1; the payload does not decrypt.
std::uint64_t quicVisit(World& world, const IpAddress& client, const Host& host, std::uint64_t startNs,
                        const WebVisit& visit = {});

struct VoiceCall {
    IpAddress caller{};
    IpAddress callee{};
    unsigned seconds = 10;
    bool discontinuous = false; // DTX: nothing is sent while a side is silent
};
std::uint64_t voiceCall(World& world, const VoiceCall& call, std::uint64_t startNs);

/// A transfer of random bytes on port 5201; to the server when `upload`.
std::uint64_t bulkTransfer(World& world, const IpAddress& client, const IpAddress& server, std::uint64_t startNs,
                           std::size_t bytes, bool upload, Trouble trouble = Trouble::None);
/// Small datagrams both ways, 30 a second each.
std::uint64_t gameSession(World& world, const IpAddress& client, const IpAddress& server, std::uint64_t startNs,
                          unsigned seconds);
std::uint64_t ping(World& world, const IpAddress& client, const IpAddress& server, std::uint64_t startNs,
                   unsigned count);
/// SYN to each port; every fourth does not answer, the others refuse.
std::uint64_t portScan(World& world, const IpAddress& client, const IpAddress& server, std::uint64_t startNs,
                       unsigned ports);
/// Who has `server`? `client` asks, `server` tells. IPv4 on Ethernet only.
std::uint64_t arpExchange(World& world, const IpAddress& client, const IpAddress& server, std::uint64_t startNs);
/// One datagram of `bytes` each way; above the path's MTU they go out as fragments.
std::uint64_t largeDatagrams(World& world, const IpAddress& client, const IpAddress& server, std::uint64_t startNs,
                             std::size_t bytes);

} // namespace timbre::generator
