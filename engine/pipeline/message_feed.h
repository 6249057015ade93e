#pragma once

// Gives each flow of an analysis a reader of its messages for as long as it has something to say: ClientHellos and
// HTTP. Bounded in memory over all flows; what is given up is counted.

#include "engine/base/index_map.h"
#include "engine/pipeline/analyzer.h"
#include "engine/protocol/message_reader.h"

#include <memory>
#include <unordered_set>

namespace timbre::pipeline {

/// Told of messages together with the flow they were in.
class MessageSink {
public:
    struct FlowFacts {
        std::uint32_t index = 0;
        IpAddress initiator;
        bool http = false; // a request or response was seen
    };

    virtual ~MessageSink() = default;
    virtual void clientHello(FlowFacts& flow, const protocol::ClientHelloFacts& facts,
                             protocol::HelloTransport transport, Timestamp time) = 0;
    virtual std::uint32_t httpRequest(FlowFacts& flow, const protocol::HttpHead& head, Timestamp time) = 0;
    virtual void httpBody(FlowFacts& flow, std::uint32_t request, Bytes body, std::string_view coding,
                          Timestamp headTime) = 0;
    virtual void httpExchange(FlowFacts& flow, std::uint32_t request, std::uint64_t requestBytes,
                              std::uint64_t responseBytes, Timestamp time) = 0;
    virtual void httpResponse(FlowFacts& flow, int status, Timestamp time) = 0;
    /// Nothing more comes of this flow.
    virtual void flowDone(FlowFacts& flow) = 0;
};

class MessageFeed {
public:
    struct Counters {
        std::uint64_t bytesHeld = 0;
        std::uint64_t givenUp =
            0; // flows of which a part was not read: kMaxBytes, or what is kept of one message, was too little
    };
    static constexpr std::size_t kMaxBytes = 64U << 20U; // over all flows

    /// Requires: the sink outlives the feed.
    explicit MessageFeed(MessageSink& sink);
    ~MessageFeed();

    /// Not to be called again for a flow of which it has had enough.
    Attention packet(const flow::Flow& flow, flow::Side side, const decode::Packet& packet, const flow::Frame& frame);
    /// Tells what was still waiting. True when the flow spoke HTTP.
    bool flowEnded(const flow::FlowRecord& record);
    [[nodiscard]] const Counters& counters() const { return m_counters; }

private:
    struct Reader;

    Reader* readerOf(const flow::Flow& flow, const decode::Packet& packet);
    Attention feedTcp(Reader& reader, const flow::Flow& flow, flow::Side side, const decode::Packet& packet,
                      const flow::Frame& frame);
    Attention settle(Reader& reader);
    void drop(std::uint32_t index);

    MessageSink& m_sink;
    IndexMap<Reader> m_readers;
    std::unordered_set<std::uint32_t> m_spokeHttp; // ended readers of flows that live
    Counters m_counters;
};

} // namespace timbre::pipeline
