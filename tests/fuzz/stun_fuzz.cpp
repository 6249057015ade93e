// STUN and TURN: any bytes as datagrams of one flow, each behind a byte that says how much of its end the capture left
// out, and a length of two bytes. What a wrapper is said to hold must lie inside it, and spelling a message out must
// end.

#include "engine/protocol/application_layers.h"
#include "engine/protocol/datagram_head.h"
#include "engine/protocol/media_wrapping.h"

#include <algorithm>
#include <cstdlib>

using namespace timbre;
using namespace timbre::protocol;

namespace {

constexpr std::size_t kMaxDatagrams = 64;

void require(bool truth)
{
    if (!truth)
        std::abort();
}

void checkNodes(const std::vector<decode::LayerNode>& nodes, std::size_t end)
{
    for (const decode::LayerNode& node : nodes) {
        require(node.offset <= end && node.length <= end - node.offset);
        checkNodes(node.children, end);
    }
}

void describe(Bytes datagram)
{
    decode::LayerTree tree;
    tree.udp = true;
    tree.sourcePort = 40000;
    tree.destinationPort = 3478;
    tree.payloadLength = datagram.size();
    describeApplication(tree, datagram, flow::App::Stun);
    checkNodes(tree.layers, datagram.size());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    Bytes rest = std::as_bytes(std::span(data, size));
    DatagramScratch scratch{};
    HeadFacts facts;
    for (std::size_t i = 0; i < kMaxDatagrams && rest.size() >= 3; ++i) {
        const std::size_t missing = loadU8(rest, 0);
        const std::size_t length = std::min<std::size_t>(loadBe16(rest, 1), rest.size() - 3);
        // A copy of its own: the address sanitizer then sees a read one byte behind what was captured.
        const Bytes part = rest.subspan(3, length - std::min(length, missing));
        const std::vector<std::byte> datagram(part.begin(), part.end());
        rest = rest.subspan(3 + length);
        const auto side = i % 2 == 0 ? flow::Side::Initiator : flow::Side::Responder;
        (void)readDatagramHead({side, 40000, 3478, datagram}, scratch, nullptr, facts);
        const std::size_t wireBytes = datagram.size() + std::min(length, missing);
        if (const auto wrapped = unwrapMedia(datagram, wireBytes)) {
            require(wrapped->wrapping != Wrapping::None && wrapped->offset <= datagram.size());
            require(wrapped->offset + wrapped->length <= wireBytes);
        }
        describe(datagram);
    }
    return 0;
}
