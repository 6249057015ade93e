// DTLS handshakes over several datagrams: each comes behind a byte that says how much of its end the capture left out,
// and a length of two bytes. What is read from a hello must not depend on whether it was doubled on the way.

#include "engine/protocol/application_layers.h"
#include "engine/protocol/datagram_head.h"
#include "engine/protocol/message_reader.h"

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

class Listener : public MessageListener {
public:
    void clientHello(const ClientHelloFacts& facts, HelloTransport, Timestamp) override
    {
        require(facts.ja3.size() == 32 && facts.ja4.size() >= 36);
        ++hellos;
    }
    std::uint32_t httpRequest(const HttpHead&, Timestamp) override { return 0; }
    void httpBody(std::uint32_t, Bytes, std::string_view, Timestamp) override {}
    void httpExchange(std::uint32_t, std::uint64_t, std::uint64_t, Timestamp) override {}
    void httpResponse(int, Timestamp) override {}

    unsigned hellos = 0;
};

void describe(Bytes datagram)
{
    decode::LayerTree tree;
    tree.udp = true;
    tree.sourcePort = 40000;
    tree.destinationPort = 4433;
    tree.payloadLength = datagram.size();
    describeApplication(tree, datagram, flow::App::Dtls);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    Bytes rest = std::as_bytes(std::span(data, size));
    Listener listener;
    UdpMessages messages(listener);
    DtlsHelloReader once;
    DtlsHelloReader twice;
    DatagramScratch scratch{};
    HeadFacts facts;
    for (std::size_t i = 0; i < kMaxDatagrams && rest.size() >= 3; ++i) {
        const std::size_t missing = loadU8(rest, 0);
        const std::size_t length = std::min<std::size_t>(loadBe16(rest, 1), rest.size() - 3);
        const Bytes datagram = rest.subspan(3, length - std::min(length, missing));
        rest = rest.subspan(3 + length);
        (void)readDatagramHead({flow::Side::Initiator, 40000, 4433, datagram}, scratch, nullptr, facts);
        require(facts.serverName.size() <= 4 * kMaxNameBytes);
        if (!messages.done())
            messages.datagram(flow::Side::Initiator, datagram, {1});
        const auto first = once.datagram(datagram);
        auto second = twice.datagram(datagram);
        if (!second)
            second = twice.datagram(datagram);
        require(first.has_value() == second.has_value() && (!first || first->ja4 == second->ja4));
        describe(datagram);
    }
    require(listener.hellos <= 1);
    return 0;
}
