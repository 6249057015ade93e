// Decoder and layer tree on any bytes. Input: link type (two bytes, big-endian), then frames, each with its length in
// two bytes before it. Several frames in one input reach the table of fragments.

#include "engine/decode/decoder.h"
#include "engine/decode/layer_tree.h"

#include <algorithm>
#include <cstdlib>

using namespace timbre;

namespace {

void require(bool condition)
{
    if (!condition)
        std::abort();
}

bool inside(Bytes part, Bytes whole)
{
    return part.empty() || (part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size());
}

void checkNode(const decode::LayerNode& node, std::size_t frameSize)
{
    require(node.offset <= frameSize && node.length <= frameSize - node.offset);
    for (const decode::LayerNode& child : node.children)
        checkNode(child, frameSize);
}

void checkPacket(const decode::Packet& packet)
{
    if (!packet.matched)
        return;
    require(packet.payload.size() <= packet.payloadLength);
    require(!decode::toString(packet.key).empty());
}

void decodeFrame(decode::Decoder& decoder, std::uint16_t linkType, std::int64_t second, Bytes frame)
{
    decode::DecodedBatch batch;
    decoder.decode(Timestamp{second * kNsPerSecond}, linkType, frame, batch);
    require(batch.outer.size() == 1);
    checkPacket(batch.outer.front());
    require(inside(batch.outer.front().payload, frame));
    require(batch.outer.front().key == decode::decodeOuter(linkType, frame).key);
    for (const decode::InnerPacket& inner : batch.inner) {
        checkPacket(inner.packet);
        bool found = inside(inner.packet.payload, frame);
        for (const auto& datagram : batch.reassembled)
            found = found || inside(inner.packet.payload, datagram);
        require(found);
    }
    const decode::LayerTree tree = decode::describe(linkType, frame, static_cast<std::uint32_t>(frame.size()));
    for (const decode::LayerNode& layer : tree.layers)
        checkNode(layer, frame.size());
    require(tree.payloadOffset <= frame.size() && tree.payloadLength <= frame.size() - tree.payloadOffset);
    (void)decode::summarize(linkType, frame, static_cast<std::uint32_t>(frame.size()) + 7);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    ByteReader reader(std::as_bytes(std::span(data, size)));
    const std::uint16_t linkType = reader.be16();
    decode::DecoderOptions options;
    options.maxFragmentBytes = 4096; // small, so that the cap is reached
    options.maxFragmentDatagrams = 4;
    decode::Decoder decoder(options);
    for (std::int64_t second = 0; reader.ok() && reader.remaining() > 2; second += 3) {
        const std::size_t length = std::min<std::size_t>(reader.be16(), reader.remaining());
        const Bytes bytes = reader.bytes(length);
        // A copy of its own: the address sanitizer then sees a read one byte behind the frame.
        const std::vector<std::byte> frame(bytes.begin(), bytes.end());
        decodeFrame(decoder, linkType, second, frame);
    }
    decoder.finish();
    return 0;
}
