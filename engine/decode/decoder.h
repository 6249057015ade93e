#pragma once

// From captured bytes to packets: link layer, IPv4/IPv6, transport, tunnels, fragments. A decoder belongs to one
// thread; its only state is the table of unfinished fragments, so packets must come in capture order.

#include "engine/decode/packet.h"

#include <deque>
#include <memory>
#include <vector>

namespace timbre::decode {

struct DecoderOptions {
    bool tunnels = true;                       // look inside tunnels
    std::uint8_t maxDepth = 8;                 // tunnels in tunnels
    bool reassemble = true;                    // put IP fragments together for the protocol readers
    std::size_t maxFragmentBytes = 16U << 20U; // of unfinished datagrams
    std::size_t maxFragmentDatagrams = 4096;
    std::int64_t fragmentTimeoutNs = 30 * kNsPerSecond; // capture time
};

/// A packet found inside the outer one: in a tunnel, or a datagram that this frame completed.
struct InnerPacket {
    Packet packet;
    std::uint32_t frameIndex = 0; // which frame of the batch it belongs to
    std::uint8_t depth = 0;       // 0: the outer datagram put together again; 1…: inside that many tunnels
    Tunnel tunnel = Tunnel::None; // the innermost one around it
    bool reassembled = false;     // put together from fragments, each of which was a packet of its own before
};

/// Results for one block of frames; reused, so nothing is allocated in the steady state.
struct DecodedBatch {
    std::vector<Packet> outer;      // one per frame
    std::vector<InnerPacket> inner; // in frame order
    std::deque<std::vector<std::byte>>
        reassembled; // bytes that inner packets of depth 0 (and what is in them) point to

    void clear();
};

struct DecoderCounters {
    std::uint64_t fragments = 0;
    std::uint64_t datagramsReassembled = 0;
    std::uint64_t datagramsAbandoned = 0;   // timed out or pushed out by a cap
    std::uint64_t datagramsOverlapping = 0; // dropped whole, RFC 5722 (also applied to IPv4)
    std::uint64_t fragmentCapHits = 0;
    std::uint64_t tunnelDepthHits = 0;
    std::uint64_t unknownLinkType = 0;
    std::uint64_t undecodedTunnels = 0;  // a tunnel header that could not be followed
    std::uint64_t fragmentsUnusable = 0; // cut by the capture, of impossible length, or beyond 65,535 bytes
    std::uint64_t aggregatesCut = 0;     // 802.11 frames with several packets, of which the first was taken
};

class Decoder {
public:
    explicit Decoder(DecoderOptions options = {});
    ~Decoder();
    Decoder(const Decoder&) = delete;
    Decoder& operator=(const Decoder&) = delete;

    /// Appends to `batch` one outer packet, and what was found inside it. `frame` is the captured part.
    void decode(Timestamp time, std::uint16_t linkType, Bytes frame, DecodedBatch& batch);

    /// At the end of the capture: datagrams that are still unfinished are counted as abandoned and forgotten.
    void finish();

    [[nodiscard]] const DecoderCounters& counters() const { return m_counters; }

private:
    struct Implementation;
    DecoderOptions m_options;
    DecoderCounters m_counters;
    std::unique_ptr<Implementation> m_implementation;
};

/// The stateless heart, for tests and vectors: the outer packet of an Ethernet (or other) frame exactly as the flow
/// page says.
[[nodiscard]] Packet decodeOuter(std::uint16_t linkType, Bytes frame);

} // namespace timbre::decode
