#include "engine/decode/decoder.h"

#include "engine/decode/fragment_table_private.h"

namespace timbre::decode {

struct Decoder::Implementation {
    Implementation(const DecoderOptions& options, DecoderCounters& counters)
        : fragments(options, counters)
    {
    }

    FragmentTable fragments;
};

void DecodedBatch::clear()
{
    outer.clear();
    inner.clear();
    reassembled.clear();
}

Packet decodeOuter(std::uint16_t linkType, Bytes frame)
{
    Packet packet;
    (void)decodeIp(findNetwork(linkType, frame), packet); // says in the packet itself whether it matched
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

void Decoder::decode(Timestamp time, std::uint16_t linkType, Bytes frame, DecodedBatch& batch)
{
    const Network network = findNetwork(linkType, frame);
    m_counters.unknownLinkType += network.unknownLinkType ? 1 : 0;
    m_counters.aggregatesCut += network.moreSubframes ? 1 : 0;
    Packet& outer = batch.outer.emplace_back();
    if (!decodeIp(network, outer) || !outer.fragment || !m_options.reassemble)
        return;
    auto whole = m_implementation->fragments.add(time, 0, readFragment(network));
    if (!whole)
        return;
    Network inside = network;
    inside.bytes = batch.reassembled.emplace_back(std::move(*whole));
    InnerPacket inner;
    inner.frameIndex = static_cast<std::uint32_t>(batch.outer.size() - 1);
    inner.reassembled = true;
    if (decodeIp(inside, inner.packet))
        batch.inner.push_back(inner);
}

} // namespace timbre::decode
