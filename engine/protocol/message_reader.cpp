#include "engine/protocol/message_reader.h"

#include "engine/protocol/datagram_head.h"

#include <algorithm>
#include <list>
#include <map>
#include <utility>

namespace timbre::protocol {

using flow::Side;

namespace {

std::size_t indexOf(Side side)
{
    return static_cast<std::size_t>(side);
}

/// True for a stretch that is too short to tell what it begins: a stack may send its message byte by byte.
bool tooShortToTell(Bytes bytes)
{
    constexpr std::string_view kResponse = "HTTP/1.1 ";
    const std::string_view text = asText(bytes);
    if (loadU8(bytes, 0) == kTlsHandshake)
        return bytes.size() == 1 || (bytes.size() == 2 && loadU8(bytes, 1) == 3);
    if (kResponse.starts_with(text) || (text.starts_with("HTTP/1.") && text.size() < kResponse.size()))
        return true;
    return mayBeginHttpMethod(text);
}

/// What the head of a response told.
struct Answer {
    int status = 0;
    std::string coding;
    Timestamp time;
};

} // namespace

/// The exchanges of one connection: requests wait for their responses, in order (HTTP/1) or by stream (HTTP/2).
struct TcpMessages::Http : Http1Exchange {
    struct Waiting {
        std::uint32_t stream = 0;
        std::uint32_t number = kUnknownRequest;
        std::string method;
        std::string coding;
        std::uint64_t bodyBytes = 0;
        Timestamp time;
        bool ended = false;
    };

    /// What one side tells.
    struct Side : HttpListener {
        Http* http = nullptr;
        void head(const HttpHead& head, std::uint32_t stream, Timestamp time) override
        {
            http->head(head, stream, time);
        }
        void end(std::uint32_t stream, Bytes body, std::uint64_t wireBytes, Timestamp time) override
        {
            http->end(*this, stream, body, wireBytes, time);
        }
    };

    explicit Http(MessageListener& to)
        : listener(to)
    {
        for (Side& side : sides)
            side.http = this;
    }

    [[nodiscard]] std::string_view methodAnswered() const override
    {
        return waiting.empty() ? std::string_view{} : std::string_view(waiting.front().method);
    }

    static std::string codingOf(const HttpHead& head)
    {
        const std::string_view* coding = head.field("content-encoding");
        return coding ? std::string(*coding) : std::string();
    }

    void head(const HttpHead& head, std::uint32_t stream, Timestamp time)
    {
        if (!head.request) {
            (stream == 0 ? answer.emplace() : answers[stream]) = {head.status, codingOf(head), time};
            if (head.status / 100 != 1 || head.status == 101)
                listener.httpResponse(head.status, time);
            return;
        }
        if (waiting.size() >= kMaxWaitingRequests)
            waiting.pop_front();
        waiting.push_back({.stream = stream,
                           .number = listener.httpRequest(head, time),
                           .method = std::string(head.method),
                           .coding = codingOf(head),
                           .bodyBytes = 0,
                           .time = time});
    }

    void end(const Side& side, std::uint32_t stream, Bytes body, std::uint64_t wireBytes, Timestamp time)
    {
        const bool answered = stream == 0 ? answer.has_value() : answers.contains(stream);
        if (answered && &side == &sides[indexOf(responder)])
            endResponse(stream, body, wireBytes, time);
        else
            endRequest(stream, body, wireBytes);
    }

    void endRequest(std::uint32_t stream, Bytes body, std::uint64_t wireBytes)
    {
        const auto open = [&](const Waiting& one) { return one.stream == stream && !one.ended; };
        const auto found = std::find_if(waiting.rbegin(), waiting.rend(), open);
        if (found == waiting.rend())
            return;
        found->ended = true;
        found->bodyBytes = wireBytes;
        if (!body.empty())
            listener.httpBody(found->number, body, found->coding, found->time);
    }

    /// Requires: there is one.
    Answer takeAnswer(std::uint32_t stream)
    {
        if (stream == 0)
            return *std::exchange(answer, std::nullopt);
        const auto found = answers.find(stream);
        Answer taken = std::move(found->second);
        answers.erase(found);
        return taken;
    }

    void endResponse(std::uint32_t stream, Bytes body, std::uint64_t wireBytes, Timestamp time)
    {
        const Answer ended = takeAnswer(stream);
        if (ended.status / 100 == 1 && ended.status != 101)
            return;
        const auto found =
            std::find_if(waiting.begin(), waiting.end(), [&](const Waiting& one) { return one.stream == stream; });
        const Waiting request = found == waiting.end() ? Waiting{} : std::move(*found);
        if (found != waiting.end())
            waiting.erase(found);
        if (!body.empty())
            listener.httpBody(request.number, body, ended.coding, ended.time);
        if (request.number != kUnknownRequest)
            listener.httpExchange(request.number, request.bodyBytes, wireBytes, time);
    }

    [[nodiscard]] std::size_t bytesHeld() const
    {
        std::size_t sum = waiting.size() * sizeof(Waiting);
        for (std::size_t i = 0; i < 2; ++i)
            sum += (http1[i] ? http1[i]->bytesHeld() : 0) + (http2[i] ? http2[i]->bytesHeld() : 0);
        return sum;
    }

    MessageListener& listener;
    std::list<Waiting> waiting;
    std::optional<Answer> answer;            // of HTTP/1, which has one stream, number 0
    std::map<std::uint32_t, Answer> answers; // of HTTP/2, by stream
    std::array<Side, 2> sides;
    flow::Side responder = flow::Side::Responder; // the side that answers
    std::array<std::optional<Http1Reader>, 2> http1;
    std::array<std::unique_ptr<Http2Reader>, 2> http2;
};

class TcpMessages::SideSink : public TcpOrder::Sink {
public:
    SideSink(TcpMessages& messages, Side side)
        : m_messages(messages)
        , m_side(side)
    {
    }
    void inOrder(Bytes bytes, Timestamp time) override { m_messages.inOrder(m_side, bytes, time); }
    void gap(std::uint64_t bytes, Timestamp time) override { m_messages.gap(m_side, bytes, time); }

private:
    TcpMessages& m_messages;
    Side m_side;
};

TcpMessages::TcpMessages(MessageListener& listener)
    : m_listener(listener)
{
}

TcpMessages::~TcpMessages() = default;

void TcpMessages::startSide(Side side, std::uint32_t sequence)
{
    if (!m_order[indexOf(side)].started())
        m_order[indexOf(side)].start(sequence);
}

void TcpMessages::segment(Side side, const TcpOrder::Segment& segment)
{
    SideSink sink(*this, side);
    m_order[indexOf(side)].segment(segment, sink);
}

void TcpMessages::finish(Timestamp time)
{
    for (const Side side : {Side::Initiator, Side::Responder}) {
        SideSink sink(*this, side);
        m_order[indexOf(side)].flush(sink);
    }
    if (m_mode == Mode::Http1 && m_http)
        for (auto& reader : m_http->http1)
            if (reader)
                reader->close(time);
    m_mode = Mode::Done;
}

void TcpMessages::inOrder(Side side, Bytes bytes, Timestamp time)
{
    switch (m_mode) {
    case Mode::Look:
        look(side, bytes, time);
        break;
    case Mode::Tls:
        if (side == m_tlsSide)
            readTls(bytes, time);
        break;
    case Mode::Http1:
        readHttp1(side, bytes, time);
        break;
    case Mode::Http2:
        readHttp2(side, bytes, time);
        break;
    case Mode::Done:
        break;
    }
}

void TcpMessages::look(Side side, Bytes bytes, Timestamp time)
{
    std::string& begun = m_begun[indexOf(side)];
    if (!begun.empty()) {
        const std::string joined = std::exchange(begun, {}) + std::string(asText(bytes));
        look(side, asBytes(joined), time);
    } else if (tooShortToTell(bytes)) {
        begun = asText(bytes);
    } else if (begin(side, bytes, time)) {
        m_early = {};
    } else {
        keepEarly(side, bytes, time);
        if (++m_looked >= kMaxLookedAt) {
            m_mode = Mode::Done;
            m_early = {};
        }
    }
}

/// A server speaks at once, and behind an upgrade it answers at once: its packets may be seen before the client's
/// preface. They count from the first byte on, for the compression of headers depends on every one.
void TcpMessages::keepEarly(Side side, Bytes bytes, Timestamp time)
{
    std::vector<Early>& early = m_early[indexOf(side)];
    if (early.empty() && !mayBeHttp2Settings(bytes))
        return;
    std::vector<std::byte> start; // as much as tells whether these are settings
    std::size_t held = bytes.size();
    const auto add = [&](Bytes part) {
        const Bytes more = part.first(std::min(part.size(), kHttp2FrameHeader - start.size()));
        start.insert(start.end(), more.begin(), more.end());
    };
    for (const Early& each : early) {
        add(each.bytes);
        held += each.bytes.size();
    }
    add(bytes);
    m_gaveUp = m_gaveUp || held > kMaxEarlyBytes;
    if (held > kMaxEarlyBytes || !mayBeHttp2Settings(start))
        early.clear();
    else
        early.push_back({{bytes.begin(), bytes.end()}, time});
}

void TcpMessages::beginHttp2(Side client, Bytes bytes, Timestamp time)
{
    const Side server = client == Side::Initiator ? Side::Responder : Side::Initiator;
    std::vector<Early> early = std::move(m_early[indexOf(server)]);
    if (const std::string& begun = m_begun[indexOf(server)]; !begun.empty())
        early.push_back({{asBytes(begun).begin(), asBytes(begun).end()}, time});
    m_begun[indexOf(server)].clear();
    m_http = std::make_unique<Http>(m_listener);
    for (const Side each : {Side::Initiator, Side::Responder})
        m_http->http2[indexOf(each)] = std::make_unique<Http2Reader>(m_http->sides[indexOf(each)], each == client);
    m_http->responder = server;
    m_mode = Mode::Http2;
    readHttp2(client, bytes, time);
    for (const Early& each : early)
        if (m_mode == Mode::Http2)
            readHttp2(server, each.bytes, each.time);
}

/// True when the bytes begin something that is read here.
bool TcpMessages::begin(Side side, Bytes bytes, Timestamp time)
{
    if (mayBeginHello(bytes)) {
        m_mode = Mode::Tls;
        m_tlsSide = side;
        readTls(bytes, time);
        return true;
    }
    if (mayBeHttp2Preface(bytes)) {
        beginHttp2(side, bytes, time);
        return true;
    }
    const bool request = mayBeHttpRequest(bytes);
    if (!request && !mayBeHttpResponse(bytes))
        return false;
    m_http = std::make_unique<Http>(m_listener);
    const Side client = request == (side == Side::Initiator) ? Side::Initiator : Side::Responder;
    m_http->responder = client == Side::Initiator ? Side::Responder : Side::Initiator;
    for (const Side each : {Side::Initiator, Side::Responder})
        m_http->http1[indexOf(each)].emplace(m_http->sides[indexOf(each)], each == client ? nullptr : m_http.get());
    m_mode = Mode::Http1;
    readHttp1(side, bytes, time);
    return true;
}

/// A reader is kept only for a hello that goes on in the next segment.
void TcpMessages::readTls(Bytes bytes, Timestamp time)
{
    TlsHelloReader reader = m_tls ? std::move(*m_tls) : TlsHelloReader();
    const TlsHelloReader::Status status = reader.feed(bytes);
    if (status == TlsHelloReader::Status::NeedMore) {
        if (!m_tls)
            m_tls = std::make_unique<TlsHelloReader>();
        *m_tls = std::move(reader);
        return;
    }
    if (status == TlsHelloReader::Status::NotHello) {
        lookAgain();
        return;
    }
    m_listener.clientHello(reader.facts(), HelloTransport::Tcp, time);
    m_tls.reset();
    m_mode = Mode::Done;
}

void TcpMessages::readHttp1(Side side, Bytes bytes, Timestamp time)
{
    Http1Reader& reader = *m_http->http1[indexOf(side)];
    reader.feed(bytes, time);
    m_gaveUp = m_gaveUp || reader.headsGivenUp() > 0;
    if (!reader.switched())
        return;
    const Bytes rest = bytes.subspan(reader.bytesOfLastFeedRead());
    lookAgain();
    if (!rest.empty() && m_mode == Mode::Look)
        look(side, rest, time);
}

void TcpMessages::readHttp2(Side side, Bytes bytes, Timestamp time)
{
    if (!m_http->http2[indexOf(side)]->feed(bytes, time))
        m_mode = Mode::Done;
}

/// What was read so far turned out to be something else, or is over.
void TcpMessages::lookAgain()
{
    m_tls.reset();
    m_http.reset();
    m_mode = ++m_looked >= kMaxLookedAt ? Mode::Done : Mode::Look;
}

void TcpMessages::gap(Side side, std::uint64_t bytes, Timestamp time)
{
    m_begun[indexOf(side)].clear();
    m_early[indexOf(side)].clear();
    if (m_mode == Mode::Tls && side == m_tlsSide)
        lookAgain();
    else if (m_mode == Mode::Http1)
        m_http->http1[indexOf(side)]->gap(bytes, time);
    else if (m_mode == Mode::Http2)
        m_mode = Mode::Done; // header compression depends on every byte before
}

std::size_t TcpMessages::bytesHeld() const
{
    std::size_t early = 0;
    for (const std::vector<Early>& side : m_early)
        for (const Early& each : side)
            early += each.bytes.size();
    return m_order[0].bytesHeld() + m_order[1].bytesHeld() + early + (m_tls ? m_tls->bytesHeld() : 0) +
           (m_http ? m_http->bytesHeld() : 0);
}

UdpMessages::UdpMessages(MessageListener& listener)
    : m_listener(listener)
{
}

void UdpMessages::datagram(Side side, Bytes payload, Timestamp time)
{
    m_done = ++m_datagrams >= kMaxDatagrams;
    if (mayCarryQuicInitial(payload)) {
        m_done = readQuic(side, payload, time) || m_done;
    } else if (looksLikeDtls(payload)) { // of both sides: only a client sends the message that is read
        if (!m_dtls)
            m_dtls = std::make_unique<DtlsHelloReader>();
        if (const auto facts = m_dtls->datagram(payload)) {
            m_listener.clientHello(*facts, HelloTransport::Dtls, time);
            m_done = true;
        }
    }
}

/// The server's Initial packets have keys that the client's connection id does not give: they are refused, and not even
/// looked at once the other side has shown to be the client.
bool UdpMessages::readQuic(Side side, Bytes payload, Timestamp time)
{
    const auto& other = m_quic[1 - indexOf(side)];
    if (other && other->opened())
        return false;
    auto& reader = m_quic[indexOf(side)];
    if (!reader)
        reader = std::make_unique<QuicHelloReader>();
    const auto facts = reader->datagram(payload);
    if (facts)
        m_listener.clientHello(*facts, HelloTransport::Quic, time);
    return facts.has_value();
}

} // namespace timbre::protocol
