// Any bytes as both sides of a flow that may speak TLS, HTTP/1, HTTP/2, QUIC or DTLS, cut into segments with gaps, out
// of order, and captured shorter than they were. What comes out of HTTP/1 must not depend on how a stream without gaps
// was cut.

#include "engine/protocol/message_reader.h"

#include <cstdlib>

using namespace timbre;
using namespace timbre::protocol;

namespace {

void require(bool truth)
{
    if (!truth)
        std::abort();
}

class Counter : public MessageListener {
public:
    void clientHello(const ClientHelloFacts& facts, HelloTransport, Timestamp) override
    {
        ++hellos;
        require(facts.ja3.size() == 32 && facts.ja4.size() >= 36);
    }
    std::uint32_t httpRequest(const HttpHead& head, Timestamp) override
    {
        require(!head.method.empty() && head.fields.size() <= kMaxHttpFields);
        return ++requests;
    }
    void httpBody(std::uint32_t, Bytes body, std::string_view, Timestamp) override
    {
        require(!body.empty() && body.size() <= kMaxKeptBody);
    }
    void httpExchange(std::uint32_t, std::uint64_t, std::uint64_t, Timestamp) override { ++exchanges; }
    void httpResponse(int, Timestamp) override { ++responses; }

    std::uint32_t hellos = 0;
    std::uint32_t requests = 0;
    std::uint32_t responses = 0;
    std::uint32_t exchanges = 0;
};

/// The first byte of each piece says how it is cut: two for its length and one for its place and what is missing.
void damaged(Bytes data)
{
    Counter counter;
    TcpMessages messages(counter);
    std::array<std::uint32_t, 2> next{1000, 5000};
    std::int64_t time = 0;
    while (data.size() >= 3 && !messages.done()) {
        const std::uint8_t control = loadU8(data, 0);
        const std::size_t length = std::min<std::size_t>(loadBe16(data, 1), data.size() - 3);
        const auto side = static_cast<flow::Side>(control & 1U);
        std::uint32_t& sequence = next[control & 1U];
        const std::uint32_t shift = control >> 2U & 7U;
        messages.segment(side, {.sequence = sequence + ((control & 2U) != 0 ? shift * 100 : 0) - shift,
                                .payload = data.subspan(3, length),
                                .missing = static_cast<std::uint32_t>(control >> 5U),
                                .time = {++time}});
        require(messages.bytesHeld() < (4U << 20U));
        sequence += static_cast<std::uint32_t>(length);
        data = data.subspan(3 + length);
    }
    messages.finish({time});
}

Counter whole(Bytes data, std::size_t step)
{
    Counter counter;
    TcpMessages messages(counter);
    for (std::size_t at = 0; at < data.size(); at += step)
        messages.segment(flow::Side::Initiator, {.sequence = static_cast<std::uint32_t>(at),
                                                 .payload = data.subspan(at, std::min(step, data.size() - at)),
                                                 .missing = 0,
                                                 .time = {1}});
    messages.finish({1});
    return counter;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const Bytes bytes = std::as_bytes(std::span(data, size));
    damaged(bytes);
    if (mayBeHttp2Preface(bytes) && bytes.size() > 24) { // by then it is certain that it is one
        const Counter once = whole(bytes, bytes.size());
        const Counter twice = whole(bytes, std::max<std::size_t>(24, bytes.size() / 2));
        require(once.requests == twice.requests && once.hellos == twice.hellos);
    } else if (!bytes.empty()) {
        (void)whole(bytes, bytes.size());
    }
    Counter counter;
    UdpMessages datagrams(counter);
    for (Bytes rest = bytes; rest.size() >= 2 && !datagrams.done();) {
        const std::size_t length = std::min<std::size_t>(loadBe16(rest, 0), rest.size() - 2);
        datagrams.datagram(flow::Side::Initiator, rest.subspan(2, length), {1});
        rest = rest.subspan(2 + length);
    }
    (void)QuicHelloReader().datagram(bytes);
    (void)DtlsHelloReader().datagram(bytes);
    return 0;
}
