#pragma once

// Lets engine/trends listen to an analysis: messages become signals, signals are counted and checked, findings are tied
// to their flows. Time is that of packets throughout.

#include "engine/pipeline/message_feed.h"
#include "engine/pipeline/recent_ids.h"
#include "engine/protocol/digest.h"
#include "engine/trends/location_database.h"
#include "engine/trends/payload_profiler.h"
#include "engine/trends/token_reuse.h"
#include "engine/trends/travel.h"
#include "engine/trends/trends_result.h"

#include <set>

namespace timbre::pipeline {

struct TrendsOptions {
    trends::SignalManagerConfig manager;
    trends::PayloadLimits payload;
    protocol::SecretHasher secrets; // without a key short secrets can be found from their hashes
    std::shared_ptr<const trends::LocationDatabase> locations; // null: no asn, geo, impossible travel
    bool sensitiveData = true;                                 // look for card numbers and the like in bodies
    bool ja4h = false;                                         // JA4H has a licence of its own, see the manual
};

class TrendsAnalyzer final : public Analyzer, private MessageSink, private trends::AnomalyListener {
public:
    explicit TrendsAnalyzer(TrendsOptions options = {});
    ~TrendsAnalyzer() override;

    void begin(const std::shared_ptr<StringPool>& flowNames) override { m_flowNames = flowNames; }
    Attention packet(const flow::Flow& flow, flow::Side side, const decode::Packet& packet,
                     const flow::Frame& frame) override;
    void flowEnded(const flow::FlowRecord& record) override;
    void finish() override;
    void describe(CaptureSnapshot& snapshot) override;
    void keep(store::Workspace& workspace, store::CaptureKey key) override;

    [[nodiscard]] std::shared_ptr<const trends::TrendsResult> result();

private:
    /// What is remembered of a request until its exchange is over.
    struct Request {
        StringId pattern = 0;
        StringId session = 0;
    };
    /// The latest kMost requests of a flow; their numbers count from 0.
    class FlowRequests {
    public:
        static constexpr std::size_t kMost = 1'024;

        /// Returns its number.
        std::uint32_t add(const Request& request);
        /// Null when it is not known (any more).
        [[nodiscard]] const Request* find(std::uint32_t number) const;

    private:
        std::vector<Request> m_list; // those before the latest wait to be moved away
        std::uint32_t m_first = 0;   // number of the first one in the list
    };

    void clientHello(FlowFacts& flow, const protocol::ClientHelloFacts& facts, protocol::HelloTransport transport,
                     Timestamp time) override;
    std::uint32_t httpRequest(FlowFacts& flow, const protocol::HttpHead& head, Timestamp time) override;
    void httpBody(FlowFacts& flow, std::uint32_t request, Bytes body, std::string_view coding,
                  Timestamp headTime) override;
    void httpExchange(FlowFacts& flow, std::uint32_t request, std::uint64_t requestBytes, std::uint64_t responseBytes,
                      Timestamp time) override;
    void httpResponse(FlowFacts& flow, int status, Timestamp time) override;
    void flowDone(FlowFacts& flow) override;
    void raised(const trends::Anomaly& anomaly) override;

    struct Client; // an entity and where it is
    [[nodiscard]] Client clientOf(const FlowFacts& flow);
    [[nodiscard]] StringId entityOf(const IpAddress& address);
    [[nodiscard]] StringId serviceOf(const flow::FlowRecord& record);
    [[nodiscard]] const Request* requestOf(const FlowFacts& flow, std::uint32_t number) const;
    std::optional<trends::Signal> record(trends::SignalType type, StringId value, std::int64_t timeMs, StringId entity,
                                         StringId session, std::uint32_t flow);
    std::optional<trends::Signal> record(trends::SignalType type, std::string_view value, std::int64_t timeMs,
                                         StringId entity, StringId session, std::uint32_t flow);
    void recordPlace(const Client& client, std::int64_t timeMs, std::uint32_t flow);
    void afterRequest(const std::vector<trends::Signal>& recorded, const Client& client);
    void noteRequestTraits(const FlowFacts& flow, const protocol::HttpHead& head,
                           const std::vector<trends::Signal>& recorded);
    void turnTo(std::int64_t timeMs);
    void closeBucket(std::int64_t startMs);
    void checkPayloads(std::int64_t nowMs);
    flow::FlowTraits& traitsOf(std::uint32_t flow);
    [[nodiscard]] std::shared_ptr<const flow::FlowTraitList> publishTraits();
    [[nodiscard]] StringId intern(std::string_view text);

    TrendsOptions m_options;
    std::shared_ptr<StringPool> m_names;
    std::shared_ptr<StringPool> m_flowNames; // of the flow list; null until begin()
    trends::SignalManager m_manager;
    trends::PayloadProfiler m_payload;
    trends::TravelDetector m_travel;
    trends::TokenReuse m_reuse;
    MessageFeed m_feed;

    RecentIds<IpAddress> m_addressIds;
    RecentIds<std::uint32_t> m_serviceIds;                      // by protocol and port
    std::unordered_map<std::uint32_t, FlowRequests> m_requests; // by flow
    std::unordered_map<StringId, std::int64_t> m_lastRequestMs; // by entity
    std::unordered_map<std::uint64_t, StringId> m_lastPattern;  // by entity and host
    std::set<std::int64_t> m_openBuckets;                       // starts, not yet checked
    std::optional<std::int64_t> m_closedUpToMs;                 // start of the latest bucket that was checked
    std::map<std::tuple<trends::AnomalyType, StringId, StringId>, std::int64_t> m_handedOver; // payload findings

    using RowKey = std::tuple<trends::AnomalyType, std::int64_t, std::vector<StringId>>;
    std::map<RowKey, std::size_t> m_rowOf; // of the minutes that are not closed
    std::vector<std::shared_ptr<trends::AnomalyRow>> m_rows;
    std::vector<bool> m_rowPublished;
    std::shared_ptr<const trends::AnomalyRows> m_publishedRows;
    std::shared_ptr<const std::vector<trends::EntityRow>> m_publishedEntities;
    std::shared_ptr<const flow::FlowTraitList::Risks> m_publishedRisks;
    std::vector<std::shared_ptr<flow::FlowTraitList::Chunk>> m_traits;
    std::vector<bool> m_traitsPublished;
    bool m_rowsChanged = true;

    trends::TrendsCounters m_counters;
    trends::SignalId m_lastId = 0;
    std::int64_t m_lastMs = std::numeric_limits<std::int64_t>::min();
};

} // namespace timbre::pipeline
