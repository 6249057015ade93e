#include "engine/decode/decoder.h"

#include "engine/decode/fragment_table_private.h"
#include "engine/decode/tunnel_private.h"

namespace timbre::decode {

struct Decoder::Implementation {
    Implementation(const DecoderOptions& chosen, DecoderCounters& counts)
        : options(chosen)
        , counters(counts)
        , fragments(chosen, counts)
    {
    }

    void follow(Timestamp time, const Network& start, DecodedBatch& batch);
    bool join(Timestamp time, DecodedBatch& batch);
    bool enter();

    const DecoderOptions& options;
    DecoderCounters& counters;
    FragmentTable fragments;
    InnerPacket current; // where follow() is
    Network network;     // its IP header
};

void DecodedBatch::clear()
{
    outer.clear();
    inner.clear();
    reassembled.clear();
}

namespace {

/// Most frames by far are Ethernet with IP at once; they need not go through the general walk.
inline Network startOfNetwork(std::uint16_t linkType, Bytes frame)
{
    if (linkType == linktype::kEthernet && frame.size() >= kEthernetHeader) {
        const std::uint16_t etherType = loadBe16(frame, 12);
        if (etherType == ethertype::kIpv4 || etherType == ethertype::kIpv6) {
            Network network;
            network.bytes = frame.subspan(kEthernetHeader);
            network.etherType = etherType;
            return network;
        }
    }
    return findNetwork(linkType, frame);
}

} // namespace

Packet decodeOuter(std::uint16_t linkType, Bytes frame)
{
    Packet packet;
    (void)decodeIp(startOfNetwork(linkType, frame), packet); // says in the packet itself whether it matched
    return packet;
}

Decoder::Decoder(DecoderOptions options)
    : m_options(options)
    , m_implementation(std::make_unique<Implementation>(m_options, m_counters))
{
}

Decoder::~Decoder() = default;

void Decoder::finish()
{
    m_implementation->fragments.abandonAll();
}

/// Takes the fragment at `current`; true when it completes its datagram, which then is the current packet.
bool Decoder::Implementation::join(Timestamp time, DecodedBatch& batch)
{
    auto whole = fragments.add(time, current.depth, readFragment(network));
    if (!whole)
        return false;
    network.bytes = batch.reassembled.emplace_back(std::move(*whole));
    current.packet = {};
    current.reassembled = true;
    return decodeIp(network, current.packet);
}

/// Goes into the tunnel that `current` is; false where there is nothing to be found.
bool Decoder::Implementation::enter()
{
    const Tunnel tunnel = tunnelCandidate(current.packet);
    if (tunnel == Tunnel::None)
        return false;
    const TunnelContent content = enterTunnel(tunnel, current.packet);
    counters.undecodedTunnels += content.damaged ? 1 : 0;
    counters.aggregatesCut += content.network.moreSubframes ? 1 : 0;
    if (!content.network.found())
        return false;
    if (current.depth == options.maxDepth) {
        ++counters.tunnelDepthHits;
        return false;
    }
    network = content.network;
    current.packet = {};
    current.reassembled = false;
    current.tunnel = network.carrier == Tunnel::None ? tunnel : network.carrier;
    ++current.depth;
    return decodeIp(network, current.packet);
}

void Decoder::Implementation::follow(Timestamp time, const Network& start, DecodedBatch& batch)
{
    network = start;
    current = {};
    current.packet = batch.outer.back();
    current.frameIndex = static_cast<std::uint32_t>(batch.outer.size() - 1);
    // A tunnel takes one level. A datagram put together may turn out to be a fragment again, which is bounded likewise.
    for (unsigned joined = 0;;) {
        if (current.packet.fragment) {
            if (!options.reassemble)
                return;
            if (joined > options.maxDepth) {
                ++counters.tunnelDepthHits;
                return;
            }
            ++joined;
            if (!join(time, batch))
                return;
        } else if (!options.tunnels || !enter()) {
            return;
        }
        batch.inner.push_back(current);
    }
}

void Decoder::decode(Timestamp time, std::uint16_t linkType, Bytes frame, DecodedBatch& batch)
{
    const Network network = startOfNetwork(linkType, frame);
    m_counters.unknownLinkType += network.unknownLinkType ? 1 : 0;
    m_counters.aggregatesCut += network.moreSubframes ? 1 : 0;
    Packet& outer = batch.outer.emplace_back();
    if (!decodeIp(network, outer))
        return;
    if (outer.fragment || tunnelCandidate(outer) != Tunnel::None)
        m_implementation->follow(time, network, batch);
}

} // namespace timbre::decode
