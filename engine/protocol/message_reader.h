#pragma once

// Finds what one flow says in the clear that signals are made of: the first ClientHello, and HTTP messages. One per TCP
// or UDP flow while it has something to say; most flows are done after their first packets. It finds out by itself what
// is spoken, also behind STARTTLS, a proxy or an upgrade. Times are those of the packet that completed a thing.

#include "engine/flow/flow_record.h"
#include "engine/protocol/http1_reader.h"
#include "engine/protocol/http2_reader.h"
#include "engine/protocol/quic_initial.h"
#include "engine/protocol/tcp_order.h"

namespace timbre::protocol {

/// Told what a flow says. Views live for the call.
class MessageListener {
public:
    virtual ~MessageListener() = default;
    virtual void clientHello(const ClientHelloFacts& facts, HelloTransport transport, Timestamp time) = 0;
    /// The number that is returned comes back with the body and the exchange.
    virtual std::uint32_t httpRequest(const HttpHead& head, Timestamp time) = 0;
    /// Of a request or response, when it is over and was not empty. `coding`: its content-encoding, lower case as sent.
    virtual void httpBody(std::uint32_t request, Bytes body, std::string_view coding, Timestamp headTime) = 0;
    /// A response is over: bytes of the bodies on the wire.
    virtual void httpExchange(std::uint32_t request, std::uint64_t requestBytes, std::uint64_t responseBytes,
                              Timestamp time) = 0;
    /// A final response whose request was not seen, and each other one.
    virtual void httpResponse(int status, Timestamp time) = 0;
};

/// Number of a request that was not seen.
inline constexpr std::uint32_t kUnknownRequest = 0xffffffff;

class TcpMessages {
public:
    static constexpr std::size_t kMaxLookedAt = 64;           // stretches before an unknown flow is left alone
    static constexpr std::size_t kMaxEarlyBytes = 64U << 10U; // of a server, before the client's preface
    static constexpr std::size_t kMaxWaitingRequests = 1'024; // without a response; the oldest is forgotten

    explicit TcpMessages(MessageListener& listener);
    ~TcpMessages();

    void startSide(flow::Side side, std::uint32_t sequence);
    void segment(flow::Side side, const TcpOrder::Segment& segment);
    /// The flow is over: what waits behind gaps is read, messages without a length end.
    void finish(Timestamp time);

    /// Nothing more to learn.
    [[nodiscard]] bool done() const { return m_mode == Mode::Done; }
    [[nodiscard]] std::size_t bytesHeld() const;
    /// A head, or what a server sent before its client, was longer than what is kept of it.
    [[nodiscard]] bool gaveUp() const { return m_gaveUp; }

private:
    enum class Mode : std::uint8_t { Look, Tls, Http1, Http2, Done };
    class SideSink;
    struct Http;
    struct Early {
        std::vector<std::byte> bytes;
        Timestamp time;
    };

    void inOrder(flow::Side side, Bytes bytes, Timestamp time);
    void look(flow::Side side, Bytes bytes, Timestamp time);
    [[nodiscard]] bool begin(flow::Side side, Bytes bytes, Timestamp time);
    void beginHttp2(flow::Side client, Bytes bytes, Timestamp time);
    void keepEarly(flow::Side side, Bytes bytes, Timestamp time);
    void readTls(Bytes bytes, Timestamp time);
    void readHttp1(flow::Side side, Bytes bytes, Timestamp time);
    void readHttp2(flow::Side side, Bytes bytes, Timestamp time);
    void lookAgain();
    void gap(flow::Side side, std::uint64_t bytes, Timestamp time);

    MessageListener& m_listener;
    bool m_gaveUp = false;
    std::array<TcpOrder, 2> m_order;
    std::unique_ptr<TlsHelloReader> m_tls;
    std::unique_ptr<Http> m_http;
    std::array<std::string, 2> m_begun;        // per side: what may begin a message and is too short to tell
    std::array<std::vector<Early>, 2> m_early; // per side: what may be an HTTP/2 server before its client was seen
    flow::Side m_tlsSide = flow::Side::Initiator;
    Mode m_mode = Mode::Look;
    std::uint32_t m_looked = 0;
};

/// The same for UDP: QUIC and DTLS.
class UdpMessages {
public:
    static constexpr unsigned kMaxDatagrams = 24; // before an unknown flow is left alone

    explicit UdpMessages(MessageListener& listener);
    void datagram(flow::Side side, Bytes payload, Timestamp time);
    [[nodiscard]] bool done() const { return m_done; }

private:
    [[nodiscard]] bool readQuic(flow::Side side, Bytes payload, Timestamp time);

    MessageListener& m_listener;
    std::array<std::unique_ptr<QuicHelloReader>, 2> m_quic; // per side: a capture may begin with the server's packets
    std::unique_ptr<DtlsHelloReader> m_dtls;
    unsigned m_datagrams = 0;
    bool m_done = false;
};

} // namespace timbre::protocol
