#include "engine/pipeline/trends_analyzer.h"

#include "engine/pipeline/body_decoding.h"
#include "engine/pipeline/capture_snapshot.h"
#include "engine/protocol/ja4h.h"
#include "engine/protocol/safe_text.h"
#include "engine/store/workspace.h"
#include "engine/trends/finding_anomaly.h"
#include "engine/trends/http_signals.h"
#include "engine/trends/sensitive_data.h"

#include <fmt/format.h>

namespace timbre::pipeline {

using trends::AnomalyType;
using trends::Signal;
using trends::SignalType;

namespace {

constexpr std::int64_t kNsPerMs = 1'000'000;
constexpr std::int64_t kHandOverMs = 600'000;   // the same payload finding again at the earliest
constexpr std::size_t kMaxRemembered = 200'000; // entities and pairs of entity and host
constexpr std::size_t kMaxAgentBytes = 512;

std::int64_t msOf(Timestamp time)
{
    return trends::floorDiv(time.ns, kNsPerMs);
}

/// Puts the value where `known` points; a newcomer only while there is room.
template<typename Map, typename Value>
void remember(Map& map, typename Map::iterator known, const typename Map::key_type& key, const Value& value)
{
    if (known != map.end())
        known->second = value;
    else if (map.size() < kMaxRemembered)
        map.emplace(key, value);
}

} // namespace

std::uint32_t TrendsAnalyzer::FlowRequests::add(const Request& request)
{
    if (m_list.size() >= 2 * kMost) {
        m_list.erase(m_list.begin(), m_list.begin() + kMost);
        m_first += kMost;
    }
    m_list.push_back(request);
    return m_first + static_cast<std::uint32_t>(m_list.size()) - 1;
}

const TrendsAnalyzer::Request* TrendsAnalyzer::FlowRequests::find(std::uint32_t number) const
{
    const std::uint32_t at = number - m_first;
    return at < m_list.size() && m_list.size() - at <= kMost ? &m_list[at] : nullptr;
}

struct TrendsAnalyzer::Client {
    StringId entity = 0;
    std::string_view known; // the address in the pool of texts
    std::string unknown;    // … when there was no room for it
    trends::Location place;

    [[nodiscard]] std::string_view address() const { return entity == 0 ? std::string_view(unknown) : known; }
};

TrendsAnalyzer::TrendsAnalyzer(TrendsOptions options)
    : m_options(std::move(options))
    , m_names(std::make_shared<StringPool>())
    , m_manager(
          [this] {
              trends::SignalManagerConfig config = m_options.manager;
              config.limits.ja4hChanges = m_options.ja4h;
              config.maxAnomaliesBetween = std::min(config.maxAnomaliesBetween, 4 * config.maxAnomalies);
              return config;
          }(),
          *m_names, this)
    , m_payload(m_options.payload)
    , m_reuse(*m_names)
    , m_feed(*this)
{
}

TrendsAnalyzer::~TrendsAnalyzer() = default;

Attention TrendsAnalyzer::packet(const flow::Flow& flow, flow::Side side, const decode::Packet& packet,
                                 const flow::Frame& frame)
{
    return m_feed.packet(flow, side, packet, frame);
}

void TrendsAnalyzer::flowEnded(const flow::FlowRecord& record)
{
    if (m_feed.flowEnded(record))
        return; // each of its exchanges has been recorded
    const auto up = record.of(flow::Side::Initiator).originalBytes;
    const auto down = record.of(flow::Side::Responder).originalBytes;
    const StringId entity = entityOf(record.address(flow::Side::Initiator));
    const StringId name = serviceOf(record);
    if (entity != 0 && name != 0)
        m_payload.record(msOf(record.lastSeen), name, entity, up, down);
}

/// "TCP/443", "ICMP/0".
StringId TrendsAnalyzer::serviceOf(const flow::FlowRecord& record)
{
    const decode::L4 l4 = record.key.l4;
    if (l4 != decode::L4::Tcp && l4 != decode::L4::Udp)
        return intern(fmt::format("{}/0", decode::l4Name(l4, record.key.protocol)));
    const std::uint32_t port = record.port(flow::Side::Responder);
    return m_serviceIds.of(static_cast<std::uint32_t>(l4) << 16U | port,
                           [&] { return intern(fmt::format("{}/{}", l4 == decode::L4::Tcp ? "TCP" : "UDP", port)); });
}

StringId TrendsAnalyzer::entityOf(const IpAddress& address)
{
    return m_addressIds.of(address, [&] { return intern(toString(address)); });
}

StringId TrendsAnalyzer::intern(std::string_view text)
{
    const StringId id = m_names->intern(text);
    m_counters.textsRefused += id == 0 && !text.empty() ? 1 : 0;
    return id;
}

TrendsAnalyzer::Client TrendsAnalyzer::clientOf(const FlowFacts& flow)
{
    Client client;
    client.entity = entityOf(flow.initiator);
    if (client.entity == 0)
        client.unknown = toString(flow.initiator);
    else
        client.known = m_names->text(client.entity);
    if (m_options.locations)
        client.place = m_options.locations->lookup(flow.initiator);
    return client;
}

/// Nothing when there is no room for the text: a signal without its value would match others without theirs.
std::optional<Signal> TrendsAnalyzer::record(SignalType type, std::string_view value, std::int64_t timeMs,
                                             StringId entity, StringId session, std::uint32_t flow)
{
    return record(type, intern(value), timeMs, entity, session, flow);
}

std::optional<Signal> TrendsAnalyzer::record(SignalType type, StringId value, std::int64_t timeMs, StringId entity,
                                             StringId session, std::uint32_t flow)
{
    if (value == 0 || entity == 0 || m_lastId == std::numeric_limits<trends::SignalId>::max())
        return std::nullopt;
    turnTo(timeMs);
    const Signal signal{.timeMs = timeMs,
                        .id = ++m_lastId,
                        .value = value,
                        .entity = entity,
                        .session = session,
                        .flow = flow,
                        .type = type};
    m_manager.record(signal);
    ++m_counters.signalCount;
    return signal;
}

void TrendsAnalyzer::recordPlace(const Client& client, std::int64_t timeMs, std::uint32_t flow)
{
    if (client.entity != 0) // its text is the address
        record(SignalType::Ip, client.entity, timeMs, client.entity, 0, flow);
    else
        record(SignalType::Ip, client.address(), timeMs, client.entity, 0, flow);
    if (client.place.asn != 0)
        record(SignalType::Asn, fmt::format("AS{}", client.place.asn), timeMs, client.entity, 0, flow);
    if (!client.place.country.empty())
        record(SignalType::Geo, client.place.country, timeMs, client.entity, 0, flow);
}

void TrendsAnalyzer::clientHello(FlowFacts& flow, const protocol::ClientHelloFacts& facts,
                                 protocol::HelloTransport transport, Timestamp time)
{
    ++m_counters.clientHellos;
    if (m_flowNames) {
        flow::FlowTraits& traits = traitsOf(flow.index);
        traits.ja4 = m_flowNames->intern(facts.ja4);
        traits.ja3 = m_flowNames->intern(facts.ja3);
    }
    if (transport == protocol::HelloTransport::Dtls)
        return; // DTLS has fingerprints, but is no source of signals
    const Client client = clientOf(flow);
    const std::int64_t timeMs = msOf(time);
    recordPlace(client, timeMs, flow.index);
    record(SignalType::TlsFingerprint, facts.ja3, timeMs, client.entity, 0, flow.index);
    record(SignalType::Ja4, facts.ja4, timeMs, client.entity, 0, flow.index);
}

std::uint32_t TrendsAnalyzer::httpRequest(FlowFacts& flow, const protocol::HttpHead& head, Timestamp time)
{
    ++m_counters.httpRequests;
    const Client client = clientOf(flow);
    const std::int64_t timeMs = msOf(time);
    const std::uint64_t place = std::uint64_t{client.entity} << 32U | intern(head.host);
    const auto lastRequest = m_lastRequestMs.find(client.entity);
    const auto lastPattern = m_lastPattern.find(place);
    std::vector<trends::HttpHeader> headers;
    headers.reserve(head.fields.size());
    for (const protocol::HttpField& field : head.fields)
        headers.push_back({field.name, field.value});
    const std::string ja4h = m_options.ja4h ? protocol::ja4hOf(head) : std::string();
    const trends::HttpSignals derived = trends::deriveHttpSignals(
        {.timeMs = timeMs,
         .clientAddress = client.address(),
         .method = head.method,
         .target = head.target,
         .headers = headers,
         .body = {},
         .asn = client.place.asn,
         .country = client.place.country,
         .ja4h = ja4h,
         .previousRequestMs = lastRequest == m_lastRequestMs.end() ? std::nullopt : std::optional(lastRequest->second),
         .previousPattern =
             lastPattern == m_lastPattern.end() ? std::string_view{} : m_names->text(lastPattern->second)},
        m_options.secrets);
    const StringId session = derived.session.empty() ? 0 : intern(derived.session);
    std::vector<Signal> recorded;
    recorded.reserve(derived.list.size());
    for (const trends::DerivedSignal& signal : derived.list) {
        const bool ownAddress = signal.type == SignalType::Ip && client.entity != 0;
        const StringId value = ownAddress ? client.entity : intern(signal.value);
        if (const auto one = record(signal.type, value, timeMs, client.entity, session, flow.index))
            recorded.push_back(*one);
    }
    const StringId pattern = intern(derived.pattern);
    remember(m_lastRequestMs, lastRequest, client.entity, timeMs);
    remember(m_lastPattern, lastPattern, place, pattern);
    afterRequest(recorded, client);
    noteRequestTraits(flow, head, recorded);
    return m_requests[flow.index].add({pattern, session});
}

/// Token reuse and travel look at the tokens of a request together with its user agent.
void TrendsAnalyzer::afterRequest(const std::vector<Signal>& recorded, const Client& client)
{
    const auto agent = std::find_if(recorded.begin(), recorded.end(),
                                    [](const Signal& s) { return s.type == SignalType::HttpFingerprint; });
    for (const Signal& signal : recorded) {
        if (categoryOf(signal.type) != trends::Category::AuthToken)
            continue;
        if (agent != recorded.end())
            if (auto found = m_reuse.use(signal, agent->value))
                m_manager.raise(std::move(*found));
        if (!client.place.latitude || !client.place.longitude || signal.type == SignalType::CustomAuth)
            continue;
        const auto alert = m_travel.login(
            {.user = std::string(m_names->text(signal.value)),
             .timeMs = signal.timeMs,
             .address = std::string(client.address()),
             .latitude = *client.place.latitude,
             .longitude = *client.place.longitude,
             .country = client.place.country,
             .accuracyKm = client.place.accuracyKm,
             .device = agent == recorded.end() ? std::string() : std::string(m_names->text(agent->value)),
             .flow = signal.flow});
        if (alert)
            m_manager.raise(trends::travelAnomaly(*alert, signal.timeMs, *m_names));
    }
}

void TrendsAnalyzer::noteRequestTraits(const FlowFacts& flow, const protocol::HttpHead& head,
                                       const std::vector<Signal>& recorded)
{
    if (!m_flowNames)
        return;
    flow::FlowTraits& traits = traitsOf(flow.index);
    if (const auto* agent = head.field("user-agent"); agent && traits.userAgent == 0 && !agent->empty())
        traits.userAgent = m_flowNames->intern(protocol::displayText(asBytes(*agent), kMaxAgentBytes));
    const auto token = std::find_if(recorded.begin(), recorded.end(), [](const Signal& signal) {
        return categoryOf(signal.type) == trends::Category::AuthToken;
    });
    if (traits.tokenHash == 0 && token != recorded.end())
        traits.tokenHash = m_flowNames->intern(m_names->text(token->value));
}

void TrendsAnalyzer::httpBody(FlowFacts& flow, std::uint32_t request, Bytes body, std::string_view coding,
                              Timestamp headTime)
{
    if (!m_options.sensitiveData)
        return;
    std::vector<trends::DerivedSignal> findings;
    const std::vector<std::byte> decoded = decodeBody(body, coding, trends::kMaxScannedBody);
    trends::deriveBodySignals(asText(decoded.empty() ? body : Bytes(decoded)), m_options.secrets, findings);
    if (findings.empty())
        return;
    const Client client = clientOf(flow);
    const Request* known = requestOf(flow, request);
    const StringId session = known ? known->session : 0;
    for (const trends::DerivedSignal& finding : findings)
        record(finding.type, finding.value, msOf(headTime), client.entity, session, flow.index);
}

void TrendsAnalyzer::httpExchange(FlowFacts& flow, std::uint32_t request, std::uint64_t requestBytes,
                                  std::uint64_t responseBytes, Timestamp time)
{
    const Request* known = requestOf(flow, request);
    const StringId entity = known ? entityOf(flow.initiator) : 0;
    if (entity != 0 && known->pattern != 0)
        m_payload.record(msOf(time), known->pattern, entity, requestBytes, responseBytes);
}

const TrendsAnalyzer::Request* TrendsAnalyzer::requestOf(const FlowFacts& flow, std::uint32_t number) const
{
    const auto found = m_requests.find(flow.index);
    return found == m_requests.end() ? nullptr : found->second.find(number);
}

void TrendsAnalyzer::httpResponse(FlowFacts&, int, Timestamp)
{
    ++m_counters.httpResponses;
}

void TrendsAnalyzer::flowDone(FlowFacts& flow)
{
    if (flow.http)
        m_requests.erase(flow.index);
}

/// The first signal of a later bucket closes those before it.
void TrendsAnalyzer::turnTo(std::int64_t timeMs)
{
    m_lastMs = std::max(m_lastMs, timeMs);
    const std::int64_t size = m_options.manager.store.bucketSizeMs;
    const std::int64_t start = trends::floorDiv(timeMs, size) * size;
    while (!m_openBuckets.empty() && *m_openBuckets.begin() < start) {
        const std::int64_t closing = *m_openBuckets.begin();
        m_openBuckets.erase(m_openBuckets.begin());
        closeBucket(closing);
        if (m_openBuckets.empty())
            m_manager.cleanUp(timeMs);
    }
    if (!m_closedUpToMs || start > *m_closedUpToMs)
        m_openBuckets.insert(start);
}

void TrendsAnalyzer::closeBucket(std::int64_t startMs)
{
    for (const auto& bucket : m_manager.store().buckets())
        if (bucket->startMs == startMs) {
            m_manager.checkBatch(*bucket);
            break;
        }
    checkPayloads(startMs + m_options.manager.store.bucketSizeMs);
    m_closedUpToMs = std::max(m_closedUpToMs.value_or(startMs), startMs);
    std::erase_if(m_rowOf, [&](const auto& entry) { return std::get<1>(entry.first) < startMs; });
}

void TrendsAnalyzer::checkPayloads(std::int64_t nowMs)
{
    for (const trends::PayloadFinding& finding : m_payload.check(nowMs)) {
        const auto [last, isNew] =
            m_handedOver.try_emplace({finding.type, finding.pathTemplate, finding.entity}, nowMs);
        if (!isNew && nowMs - last->second < kHandOverMs)
            continue;
        last->second = nowMs;
        m_manager.raise(trends::payloadAnomaly(finding, *m_names));
    }
}

void TrendsAnalyzer::raised(const trends::Anomaly& anomaly)
{
    ++m_counters.anomalies;
    m_rowsChanged = true;
    for (const std::uint32_t flow : anomaly.flows)
        traitsOf(flow).anomalies |= static_cast<std::uint16_t>(1U << static_cast<unsigned>(anomaly.type));
    const std::int64_t size = m_options.manager.store.bucketSizeMs;
    const std::int64_t minute = trends::floorDiv(anomaly.detectedMs, size) * size;
    const auto [found, isNew] = m_rowOf.try_emplace({anomaly.type, minute, anomaly.entities}, m_rows.size());
    if (isNew) {
        if (m_rows.size() >= trends::kMaxAnomalyRows) {
            ++m_counters.anomalyRowsRefused;
            m_rowOf.erase(found);
            return;
        }
        m_rows.push_back(std::make_shared<trends::AnomalyRow>(
            trends::AnomalyRow{anomaly, 1, anomaly.detectedMs, anomaly.risk.value_or(0)}));
        m_rowPublished.push_back(false);
        return;
    }
    auto& row = m_rows[found->second];
    if (m_rowPublished[found->second]) {
        row = std::make_shared<trends::AnomalyRow>(*row);
        m_rowPublished[found->second] = false;
    }
    ++row->count;
    row->lastMs = std::max(row->lastMs, anomaly.detectedMs);
    row->riskPoints += anomaly.risk.value_or(0);
    auto& flows = row->anomaly.flows;
    for (const std::uint32_t flow : anomaly.flows)
        if (flows.size() < trends::kMaxAnomalyFlows && std::find(flows.begin(), flows.end(), flow) == flows.end())
            flows.push_back(flow);
}

void TrendsAnalyzer::finish()
{
    while (!m_openBuckets.empty()) {
        const std::int64_t closing = *m_openBuckets.begin();
        m_openBuckets.erase(m_openBuckets.begin());
        closeBucket(closing);
    }
    m_manager.store().finish();
}

flow::FlowTraits& TrendsAnalyzer::traitsOf(std::uint32_t flow)
{
    const std::size_t chunk = flow / flow::FlowTraitList::kChunkFlows;
    if (chunk >= m_traits.size()) {
        m_traits.resize(chunk + 1);
        m_traitsPublished.resize(chunk + 1);
    }
    auto& own = m_traits[chunk];
    if (!own)
        own = std::make_shared<flow::FlowTraitList::Chunk>();
    else if (m_traitsPublished[chunk])
        own = std::make_shared<flow::FlowTraitList::Chunk>(*own);
    m_traitsPublished[chunk] = false;
    return (*own)[flow % flow::FlowTraitList::kChunkFlows];
}

std::shared_ptr<const flow::FlowTraitList> TrendsAnalyzer::publishTraits()
{
    std::fill(m_traitsPublished.begin(), m_traitsPublished.end(), true);
    return std::make_shared<flow::FlowTraitList>(flow::FlowTraitList::Chunks(m_traits.begin(), m_traits.end()),
                                                 m_publishedRisks);
}

std::shared_ptr<const trends::TrendsResult> TrendsAnalyzer::result()
{
    if (m_rowsChanged || !m_publishedRows) {
        m_publishedRows = std::make_shared<trends::AnomalyRows>(m_rows.begin(), m_rows.end());
        std::fill(m_rowPublished.begin(), m_rowPublished.end(), true);
        auto entities = std::make_shared<std::vector<trends::EntityRow>>();
        auto risks = std::make_shared<flow::FlowTraitList::Risks>();
        for (const auto& [entity, risk] : m_manager.risks()) {
            entities->push_back({entity, risk});
            if (const auto address = IpAddress::parse(m_names->text(entity)))
                (*risks)[*address] = static_cast<std::uint32_t>(std::min<std::int64_t>(risk.points, UINT32_MAX));
        }
        std::sort(entities->begin(), entities->end(), [](const auto& a, const auto& b) {
            return a.risk.points != b.risk.points ? a.risk.points > b.risk.points : a.entity < b.entity;
        });
        m_publishedEntities = std::move(entities);
        m_publishedRisks = std::move(risks);
        m_rowsChanged = false;
    }
    auto result = std::make_shared<trends::TrendsResult>();
    result->names = m_names;
    result->buckets = m_manager.store().publish();
    result->hours = m_manager.store().rollUps();
    result->bucketSizeMs = m_options.manager.store.bucketSizeMs;
    result->anomalies = m_publishedRows;
    result->entities = m_publishedEntities;
    result->lastMs = m_counters.signalCount == 0 ? 0 : m_lastMs;
    result->counters = m_counters;
    result->counters.signalsNotStored = m_manager.store().notStored();
    result->counters.minutesEvicted = m_manager.store().bucketsEvicted();
    result->counters.entitiesForgotten = m_manager.entitiesDropped();
    result->counters.flowsGivenUp = m_feed.counters().givenUp;
    return result;
}

void TrendsAnalyzer::describe(CaptureSnapshot& snapshot)
{
    snapshot.trends = result();
    if (snapshot.flows)
        snapshot.flows = std::make_shared<flow::FlowSnapshot>(snapshot.flows->withTraits(publishTraits()));
}

void TrendsAnalyzer::keep(store::Workspace& workspace, store::CaptureKey key)
{
    const auto kept = result(); // first: the traits refer to its risks
    workspace.addTrends(key, {kept, publishTraits(), m_flowNames});
}

} // namespace timbre::pipeline
