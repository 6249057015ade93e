// Any bytes as the payload of a packet that is spelled out; the first three choose transport, port and protocol. No
// field may lie outside the frame, and the tree must stay of a size that can be shown.

#include "engine/protocol/application_layers.h"

#include <algorithm>
#include <array>
#include <cstdlib>

using namespace timbre;
using namespace timbre::protocol;

namespace {

constexpr std::array<std::uint16_t, 12> kPorts = {53, 443, 80, 5353, 123, 67, 5060, 1900, 21, 25, 5004, 5355};

void require(bool truth)
{
    if (!truth)
        std::abort();
}

std::size_t countNodes(const std::vector<decode::LayerNode>& nodes, std::size_t end)
{
    std::size_t count = nodes.size();
    for (const decode::LayerNode& node : nodes) {
        require(node.offset <= end && node.length <= end - node.offset);
        count += countNodes(node.children, end);
    }
    return count;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size < 3)
        return 0;
    const Bytes frame = std::as_bytes(std::span(data, size));
    decode::LayerTree tree;
    tree.tcp = data[0] % 2 == 0;
    tree.udp = !tree.tcp;
    tree.sourcePort = 40000;
    tree.destinationPort = kPorts[data[1] % kPorts.size()];
    tree.payloadOffset = 3;
    tree.payloadLength = size - 3;
    describeApplication(tree, frame, static_cast<flow::App>(data[2] % static_cast<unsigned>(flow::App::Count)));
    // Each byte can be in a few nested fields at most.
    require(countNodes(tree.layers, size) <= 16 * size + 64);
    return 0;
}
