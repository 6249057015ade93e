#include "engine/pipeline/message_feed.h"

namespace timbre::pipeline {

using flow::Side;

namespace {

/// Applications that never turn into TLS or HTTP.
bool neverSpeaks(flow::App app)
{
    switch (app) {
    case flow::App::Dns:
    case flow::App::Mdns:
    case flow::App::Dhcp:
    case flow::App::Ntp:
    case flow::App::Ssdp:
    case flow::App::Ssh:
    case flow::App::Sip:
    case flow::App::Rtp:
    case flow::App::Rtcp:
        return true;
    default:
        return false;
    }
}

} // namespace

struct MessageFeed::Reader : protocol::MessageListener {
    Reader(MessageSink& to, const flow::FlowRecord& record)
        : sink(to)
        , flow{.index = record.index, .initiator = record.address(Side::Initiator)}
    {
    }

    void clientHello(const protocol::ClientHelloFacts& facts, protocol::HelloTransport transport,
                     Timestamp time) override
    {
        sink.clientHello(flow, facts, transport, time);
    }
    std::uint32_t httpRequest(const protocol::HttpHead& head, Timestamp time) override
    {
        flow.http = true;
        return sink.httpRequest(flow, head, time);
    }
    void httpBody(std::uint32_t request, Bytes body, std::string_view coding, Timestamp headTime) override
    {
        sink.httpBody(flow, request, body, coding, headTime);
    }
    void httpExchange(std::uint32_t request, std::uint64_t requestBytes, std::uint64_t responseBytes,
                      Timestamp time) override
    {
        sink.httpExchange(flow, request, requestBytes, responseBytes, time);
    }
    void httpResponse(int status, Timestamp time) override
    {
        flow.http = true;
        sink.httpResponse(flow, status, time);
    }

    MessageSink& sink;
    MessageSink::FlowFacts flow;
    std::optional<protocol::TcpMessages> tcp; // either this …
    std::optional<protocol::UdpMessages> udp; // … or that; inside, so that a packet finds all in one place
    std::size_t charged = 0;
    bool outOfMemory = false;
};

MessageFeed::MessageFeed(MessageSink& sink)
    : m_sink(sink)
{
}

MessageFeed::~MessageFeed() = default;

Attention MessageFeed::packet(const flow::Flow& flow, Side side, const decode::Packet& packet, const flow::Frame& frame)
{
    if (packet.payload.empty())
        return Attention::More;
    Reader* reader = readerOf(flow, packet);
    if (!reader)
        return Attention::Enough;
    if (reader->tcp)
        return feedTcp(*reader, flow, side, packet, frame);
    reader->udp->datagram(side, packet.payload, frame.time);
    if (!reader->udp->done())
        return Attention::More;
    drop(flow.record.index);
    return Attention::Enough;
}

/// Null for flows that never say anything.
MessageFeed::Reader* MessageFeed::readerOf(const flow::Flow& flow, const decode::Packet& packet)
{
    const std::uint32_t index = flow.record.index;
    if (Reader* known = m_readers.find(index))
        return known;
    const bool tcp = packet.key.l4 == decode::L4::Tcp;
    if ((!tcp && packet.key.l4 != decode::L4::Udp) || neverSpeaks(flow.record.app))
        return nullptr;
    auto reader = std::make_unique<Reader>(m_sink, flow.record);
    if (tcp)
        reader->tcp.emplace(*reader);
    else
        reader->udp.emplace(*reader);
    return &m_readers.put(index, std::move(reader));
}

Attention MessageFeed::feedTcp(Reader& reader, const flow::Flow& flow, Side side, const decode::Packet& packet,
                               const flow::Frame& frame)
{
    const auto own = static_cast<std::size_t>(side);
    if (flow.synSeen[own])
        reader.tcp->startSide(side, flow.firstSequence[own]);
    const bool syn = (packet.tcpFlags & decode::kTcpSyn) != 0;
    const auto captured = static_cast<std::uint32_t>(packet.payload.size());
    reader.tcp->segment(side, {.sequence = packet.tcpSequence + (syn ? 1U : 0U),
                               .payload = packet.payload,
                               .missing = packet.payloadLength > captured ? packet.payloadLength - captured : 0,
                               .time = frame.time});
    return settle(reader);
}

Attention MessageFeed::settle(Reader& reader)
{
    if (reader.tcp->done()) {
        drop(reader.flow.index);
        return Attention::Enough;
    }
    const std::size_t held = reader.tcp->bytesHeld();
    m_counters.bytesHeld = m_counters.bytesHeld - reader.charged + held;
    reader.charged = held;
    if (m_counters.bytesHeld <= kMaxBytes)
        return Attention::More;
    reader.outOfMemory = true;
    drop(reader.flow.index);
    return Attention::Enough;
}

void MessageFeed::drop(std::uint32_t index)
{
    const std::unique_ptr<Reader> reader = m_readers.take(index);
    if (reader->flow.http)
        m_spokeHttp.insert(index);
    m_counters.bytesHeld -= reader->charged;
    m_counters.givenUp += reader->outOfMemory || (reader->tcp && reader->tcp->gaveUp()) ? 1 : 0;
    m_sink.flowDone(reader->flow);
}

bool MessageFeed::flowEnded(const flow::FlowRecord& record)
{
    Reader* reader = m_readers.find(record.index);
    if (!reader)
        return m_spokeHttp.erase(record.index) > 0;
    if (reader->tcp)
        reader->tcp->finish(record.lastSeen);
    const bool http = reader->flow.http;
    drop(record.index);
    m_spokeHttp.erase(record.index);
    return http;
}

} // namespace timbre::pipeline
