#include "engine/store/flow_columns.h"

#include <fmt/format.h>

namespace timbre::store {

namespace {

using decode::L4;
using decode::Tunnel;
using flow::App;
using flow::EndReason;
using flow::FlowRecord;
using flow::SideStats;
using flow::TcpState;

// The file holds the numbers of these enumerators and the view `flows` names them: renumbering one needs a migration,
// and so does a new one, for the view.
static_assert(static_cast<int>(L4::Sctp) == 5 && static_cast<int>(L4::Tcp) == 1 && static_cast<int>(L4::Icmp6) == 4);
static_assert(static_cast<int>(TcpState::Reset) == 7 && static_cast<int>(TcpState::Established) == 3);
static_assert(static_cast<int>(EndReason::Evicted) == 3 && static_cast<int>(EndReason::Rst) == 1);
static_assert(static_cast<int>(App::Count) == 17 && static_cast<int>(App::Ssdp) == 16 &&
              static_cast<int>(App::Rtp) == 7);
static_assert(static_cast<int>(Tunnel::Pppoe) == 8 && static_cast<int>(Tunnel::GtpU) == 4);

enum Column : int {
    kId,
    kInitiatorAddress,
    kResponderAddress,
    kPorts,
    kKinds,
    kStarted,
    kDuration,
    kFirstPacket,
    kLastPacket,
    kHandshakeRtt,
    kHistory,
    kInitiatorName,
    kResponderName,
    kServerName,
    kHttpHost,
    kOuterFlow,
    kInterface,
    kInitiatorPackets,
    kResponderPackets,
    kInitiatorBytes,
    kResponderBytes,
    kInitiatorCut,
    kResponderCut,
    kInitiatorPayload,
    kResponderPayload,
    kInitiatorEntropy,
    kResponderEntropy,
    kEntropyCounts,
    kRetransmissions,
    kOutOfOrder,
    kZeroWindows,
    kTtls,
    kMask,
    kResonance,
    kColumnCount
};

constexpr std::string_view kColumns =
    "id, initiator_address, responder_address, ports, kinds, started_ns, duration_ns, first_packet, last_packet,"
    " handshake_rtt_ns, history, initiator_name, responder_name, server_name, http_host, outer_flow, interface,"
    " initiator_packets, responder_packets, initiator_bytes, responder_bytes, initiator_cut_bytes, responder_cut_bytes,"
    " initiator_payload_bytes, responder_payload_bytes, initiator_entropy_sum, responder_entropy_sum, entropy_counts,"
    " retransmissions, out_of_order, zero_windows, ttls, mask, resonance";

constexpr std::string_view kSave = "save the flows in the workspace";
constexpr std::string_view kLoad = "read the flows from the workspace";

std::uint64_t packKinds(const FlowRecord& flow)
{
    const auto number = [](auto value) { return static_cast<std::uint64_t>(value); };
    const std::uint64_t end = flow.ended ? number(flow.endReason) + 1 : 0;
    const std::uint64_t vlan = static_cast<std::uint16_t>(flow.vlan + 1); // no VLAN, 0xffff, becomes 0
    return number(flow.key.protocol) | number(flow.key.l4) << 8 | number(flow.state) << 12 | number(flow.tunnel) << 16 |
           number(flow.app) << 20 | end << 28 | number(flow.initiatorIsB) << 31 | vlan << 32;
}

bool unpackKinds(std::uint64_t kinds, FlowRecord& flow)
{
    const auto bits = [kinds](int shift, unsigned mask) { return static_cast<unsigned>(kinds >> shift) & mask; };
    const unsigned l4 = bits(8, 15), state = bits(12, 15), tunnel = bits(16, 15), app = bits(20, 255),
                   end = bits(28, 7);
    if (l4 > static_cast<unsigned>(L4::Sctp) || state > static_cast<unsigned>(TcpState::Reset) ||
        tunnel > static_cast<unsigned>(Tunnel::Pppoe) || app >= static_cast<unsigned>(App::Count) || end > 4 ||
        kinds >> 48 != 0)
        return false;
    flow.key.protocol = static_cast<std::uint8_t>(bits(0, 255));
    flow.key.l4 = static_cast<L4>(l4);
    flow.state = static_cast<TcpState>(state);
    flow.tunnel = static_cast<Tunnel>(tunnel);
    flow.app = static_cast<App>(app);
    flow.ended = end != 0;
    flow.endReason = end == 0 ? EndReason::Fin : static_cast<EndReason>(end - 1);
    flow.initiatorIsB = bits(31, 1) != 0;
    flow.vlan = static_cast<std::uint16_t>(bits(32, 0xffff) - 1);
    return true;
}

constexpr std::uint64_t pair(std::uint32_t initiator, std::uint32_t responder)
{
    return initiator | static_cast<std::uint64_t>(responder) << 32;
}

std::uint32_t packTtls(const std::array<SideStats, 2>& sides)
{
    const auto at = [](std::uint8_t ttl, int shift) { return static_cast<std::uint32_t>(ttl) << shift; };
    return at(sides[0].firstTtl, 0) | at(sides[0].lastTtl, 8) | at(sides[1].firstTtl, 16) | at(sides[1].lastTtl, 24);
}

/// The usual dotted quad, without a look into the system's parser: two per row make it worth while.
bool parseV4(std::string_view text, std::array<std::uint8_t, 16>& octets)
{
    std::size_t at = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        if (i > 0 && (at >= text.size() || text[at++] != '.'))
            return false;
        unsigned value = 0;
        const std::size_t start = at;
        for (; at < text.size() && at - start < 3 && text[at] >= '0' && text[at] <= '9'; ++at)
            value = value * 10 + static_cast<unsigned>(text[at] - '0');
        if (at == start || value > 255)
            return false;
        octets[i] = static_cast<std::uint8_t>(value);
    }
    return at == text.size();
}

/// False for text that is no address. No text is no address at all: family None.
bool parseAddress(std::string_view text, IpFamily& family, std::array<std::uint8_t, 16>& octets)
{
    if (parseV4(text, octets)) {
        family = IpFamily::V4;
        return true;
    }
    octets = {};
    if (text.empty()) {
        family = IpFamily::None;
        return true;
    }
    const auto address = IpAddress::parse(text);
    if (!address)
        return false;
    family = address->family;
    octets = address->octets;
    return true;
}

Error damagedRow(std::int64_t id)
{
    return {ErrorCode::Damaged,
            "Cannot read the flows from the workspace: a stored flow is damaged. Analyse the capture again.",
            fmt::format("flow_rows.id {}", id)};
}

} // namespace

Result<FlowRowWriter> FlowRowWriter::prepare(Connection& connection)
{
    std::string sql = fmt::format("INSERT OR REPLACE INTO flow_rows ({}) VALUES (?1", kColumns);
    for (int i = 2; i <= kColumnCount; ++i)
        sql += fmt::format(", ?{}", i);
    auto statement = connection.prepare(sql + ")", kSave);
    if (!statement)
        return statement.error();
    FlowRowWriter writer;
    writer.m_insert = std::move(*statement);
    return writer;
}

Result<void> FlowRowWriter::write(CaptureKey capture, const FlowRecord& flow, const StringPool& names)
{
    const auto put = [this](Column column, auto value) { m_insert.bind(column + 1, value); };
    const auto putName = [&](Column column, StringId id) {
        if (id == 0)
            m_insert.bindNull(column + 1);
        else
            put(column, names.text(id));
    };
    m_initiatorText.clear();
    appendTo(m_initiatorText, flow.address(flow::Side::Initiator));
    m_responderText.clear();
    appendTo(m_responderText, flow.address(flow::Side::Responder));
    const auto& [initiator, responder] = flow.sides;

    put(kId, firstRowId(capture) | flow.index);
    put(kInitiatorAddress, std::string_view(m_initiatorText));
    put(kResponderAddress, std::string_view(m_responderText));
    put(kPorts, static_cast<std::uint32_t>(flow.port(flow::Side::Initiator)) << 16 | flow.port(flow::Side::Responder));
    put(kKinds, packKinds(flow));
    put(kStarted, flow.started.ns);
    // Wraps instead of overflowing, and so comes back exactly.
    put(kDuration, static_cast<std::uint64_t>(flow.lastSeen.ns) - static_cast<std::uint64_t>(flow.started.ns));
    put(kFirstPacket, flow.firstPacket);
    put(kLastPacket, flow.lastPacket);
    if (flow.handshakeRttNs == flow::kUnknownNs)
        m_insert.bindNull(kHandshakeRtt + 1);
    else
        put(kHandshakeRtt, flow.handshakeRttNs);
    put(kHistory, flow.historyText());
    putName(kInitiatorName, flow.hostNames[0]);
    putName(kResponderName, flow.hostNames[1]);
    putName(kServerName, flow.serverName);
    putName(kHttpHost, flow.httpHost);
    if (flow.outerFlow == flow::kNoFlow)
        m_insert.bindNull(kOuterFlow + 1);
    else
        put(kOuterFlow, flow.outerFlow);
    put(kInterface, flow.interfaceIndex);
    put(kInitiatorPackets, initiator.packets);
    put(kResponderPackets, responder.packets);
    put(kInitiatorBytes, initiator.bytes);
    put(kResponderBytes, responder.bytes);
    put(kInitiatorCut, initiator.originalBytes - initiator.bytes);
    put(kResponderCut, responder.originalBytes - responder.bytes);
    put(kInitiatorPayload, initiator.payloadBytes);
    put(kResponderPayload, responder.payloadBytes);
    put(kInitiatorEntropy, initiator.entropySum);
    put(kResponderEntropy, responder.entropySum);
    put(kEntropyCounts, pair(initiator.entropyCount, responder.entropyCount));
    put(kRetransmissions, pair(initiator.retransmissions, responder.retransmissions));
    put(kOutOfOrder, pair(initiator.outOfOrder, responder.outOfOrder));
    put(kZeroWindows, pair(initiator.zeroWindows, responder.zeroWindows));
    put(kTtls, packTtls(flow.sides));
    putName(kMask, flow.mask);
    if (flow.mask == 0)
        m_insert.bindNull(kResonance + 1);
    else
        put(kResonance, static_cast<double>(flow.resonance));
    return m_insert.run(kSave);
}

Result<FlowRowReader> FlowRowReader::prepare(Connection& connection)
{
    auto statement = connection.prepare(
        fmt::format("SELECT {} FROM flow_rows WHERE id BETWEEN ?1 AND ?2 ORDER BY id LIMIT ?3", kColumns), kLoad);
    if (!statement)
        return statement.error();
    FlowRowReader reader;
    reader.m_select = std::move(*statement);
    return reader;
}

Result<void> FlowRowReader::read(CaptureKey capture, std::uint32_t from, std::size_t limit, StringPool& names,
                                 std::vector<FlowRecord>& rows)
{
    const ScopedReset reset(m_select);
    m_select.bind(1, firstRowId(capture) | from);
    m_select.bind(2, lastRowId(capture));
    m_select.bind(3, static_cast<std::uint64_t>(limit));
    while (true) {
        auto row = m_select.step(kLoad);
        if (!row)
            return row.error();
        if (!*row)
            return {};
        if (auto decoded = decode(names, rows.emplace_back()); !decoded)
            return decoded;
    }
}

StringId FlowRowReader::internColumn(int column, StringPool& names)
{
    const std::string_view text = m_select.text(column);
    if (text.empty())
        return 0;
    constexpr std::size_t kOfMask = 4; // behind the four columns of names that lie side by side
    KnownName& last = m_lastNames[column == kMask ? kOfMask : static_cast<std::size_t>(column - kInitiatorName)];
    if (last.text != text || names.text(last.id) != text) {
        last.text = text;
        last.id = names.intern(text);
    }
    return last.id;
}

Result<void> FlowRowReader::decode(StringPool& names, FlowRecord& flow)
{
    const auto natural = [this](Column column) { return m_select.natural(column); };
    const auto low = [](std::uint64_t value) { return static_cast<std::uint32_t>(value); };
    const auto high = [](std::uint64_t value) { return static_cast<std::uint32_t>(value >> 32); };
    const std::int64_t id = m_select.integer(kId);
    flow.index = low(static_cast<std::uint64_t>(id));
    if (!unpackKinds(natural(kKinds), flow))
        return damagedRow(id);

    auto& initiatorOctets = flow.initiatorIsB ? flow.key.addressB : flow.key.addressA;
    auto& responderOctets = flow.initiatorIsB ? flow.key.addressA : flow.key.addressB;
    IpFamily responderFamily = IpFamily::None;
    if (!parseAddress(m_select.text(kInitiatorAddress), flow.key.family, initiatorOctets) ||
        !parseAddress(m_select.text(kResponderAddress), responderFamily, responderOctets) ||
        responderFamily != flow.key.family)
        return damagedRow(id);
    const std::uint64_t ports = natural(kPorts);
    (flow.initiatorIsB ? flow.key.portB : flow.key.portA) = static_cast<std::uint16_t>(ports >> 16);
    (flow.initiatorIsB ? flow.key.portA : flow.key.portB) = static_cast<std::uint16_t>(ports);

    flow.started.ns = m_select.integer(kStarted);
    flow.lastSeen.ns = static_cast<std::int64_t>(static_cast<std::uint64_t>(flow.started.ns) + natural(kDuration));
    flow.firstPacket = natural(kFirstPacket);
    flow.lastPacket = natural(kLastPacket);
    flow.handshakeRttNs = m_select.isNull(kHandshakeRtt) ? flow::kUnknownNs : m_select.integer(kHandshakeRtt);
    const std::string_view history = m_select.text(kHistory);
    if (history.size() > flow::kHistoryLength)
        return damagedRow(id);
    std::copy(history.begin(), history.end(), flow.history.begin());
    flow.historyLength = static_cast<std::uint8_t>(history.size());
    flow.hostNames = {internColumn(kInitiatorName, names), internColumn(kResponderName, names)};
    flow.serverName = internColumn(kServerName, names);
    flow.httpHost = internColumn(kHttpHost, names);
    flow.outerFlow = m_select.isNull(kOuterFlow) ? flow::kNoFlow : low(natural(kOuterFlow));
    flow.interfaceIndex = low(natural(kInterface));

    auto& [initiator, responder] = flow.sides;
    initiator.packets = natural(kInitiatorPackets);
    responder.packets = natural(kResponderPackets);
    initiator.bytes = natural(kInitiatorBytes);
    responder.bytes = natural(kResponderBytes);
    initiator.originalBytes = initiator.bytes + natural(kInitiatorCut);
    responder.originalBytes = responder.bytes + natural(kResponderCut);
    initiator.payloadBytes = natural(kInitiatorPayload);
    responder.payloadBytes = natural(kResponderPayload);
    initiator.entropySum = m_select.real(kInitiatorEntropy);
    responder.entropySum = m_select.real(kResponderEntropy);
    const std::uint64_t counts = natural(kEntropyCounts), again = natural(kRetransmissions),
                        late = natural(kOutOfOrder), shut = natural(kZeroWindows), ttls = natural(kTtls);
    initiator.entropyCount = low(counts);
    responder.entropyCount = high(counts);
    initiator.retransmissions = low(again);
    responder.retransmissions = high(again);
    initiator.outOfOrder = low(late);
    responder.outOfOrder = high(late);
    initiator.zeroWindows = low(shut);
    responder.zeroWindows = high(shut);
    initiator.firstTtl = static_cast<std::uint8_t>(ttls);
    initiator.lastTtl = static_cast<std::uint8_t>(ttls >> 8);
    responder.firstTtl = static_cast<std::uint8_t>(ttls >> 16);
    responder.lastTtl = static_cast<std::uint8_t>(ttls >> 24);
    flow.mask = internColumn(kMask, names);
    if (flow.mask != 0)
        flow.resonance = static_cast<float>(m_select.real(kResonance));
    return {};
}

} // namespace timbre::store
