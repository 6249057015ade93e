#include "tests/store/store_fixtures.h"

#include <bit>
#include <cstring>

namespace timbre::test {

using flow::FlowRecord;
using flow::SideStats;

std::array<std::uint8_t, 16> RandomFlows::address(IpFamily family)
{
    std::array<std::uint8_t, 16> octets{};
    if (family == IpFamily::None)
        return octets;
    const std::size_t length = family == IpFamily::V4 ? 4 : 16;
    for (std::size_t i = 0; i < length; ++i)
        octets[i] = static_cast<std::uint8_t>(below(3) == 0 ? 0 : m_random());
    if (family == IpFamily::V6 && below(4) == 0) { // ::ffff:a.b.c.d
        std::fill(octets.begin(), octets.begin() + 10, std::uint8_t{0});
        octets[10] = octets[11] = 0xff;
    }
    return octets;
}

StringId RandomFlows::name(StringPool& names)
{
    if (below(3) == 0)
        return 0;
    std::string text(1 + below(40), 'x');
    for (char& c : text)
        c = static_cast<char>(m_random()); // also bytes that are no UTF-8, and zeros
    return names.intern(below(2) == 0 ? std::string_view(text) : "www.example.org");
}

SideStats RandomFlows::side()
{
    SideStats stats;
    stats.packets = any();
    stats.bytes = any();
    stats.originalBytes = any();
    stats.payloadBytes = any();
    // Any sum from denormal to huge, with all bits of the mantissa in use; or exactly zero, or a whole number.
    stats.entropySum = below(4) == 0 ? static_cast<double>(below(9)) : std::bit_cast<double>(m_random() >> 2);
    stats.entropyCount = static_cast<std::uint32_t>(any());
    stats.retransmissions = static_cast<std::uint32_t>(any());
    stats.outOfOrder = static_cast<std::uint32_t>(any());
    stats.zeroWindows = static_cast<std::uint32_t>(any());
    stats.firstTtl = static_cast<std::uint8_t>(m_random());
    stats.lastTtl = static_cast<std::uint8_t>(m_random());
    return stats;
}

FlowRecord RandomFlows::next(std::uint32_t index, StringPool& names)
{
    constexpr std::array kFamilies{IpFamily::V4, IpFamily::V4, IpFamily::V6, IpFamily::None};
    FlowRecord flow;
    flow.index = index;
    flow.key.family = kFamilies[below(kFamilies.size())];
    flow.key.addressA = address(flow.key.family);
    flow.key.addressB = address(flow.key.family);
    flow.key.portA = static_cast<std::uint16_t>(m_random());
    flow.key.portB = static_cast<std::uint16_t>(m_random());
    flow.key.l4 = static_cast<decode::L4>(below(6));
    flow.key.protocol = static_cast<std::uint8_t>(m_random());
    flow.started.ns = static_cast<std::int64_t>(m_random());
    flow.lastSeen.ns = static_cast<std::int64_t>(m_random()); // also so far away that the difference overflows
    flow.sides = {side(), side()};
    flow.firstPacket = any();
    flow.lastPacket = any();
    flow.handshakeRttNs = below(2) == 0 ? flow::kUnknownNs : static_cast<std::int64_t>(any() >> 1);
    flow.hostNames = {name(names), name(names)};
    flow.serverName = name(names);
    flow.httpHost = name(names);
    flow.mask = name(names);
    if (flow.mask != 0)
        flow.resonance = static_cast<float>(below(1001)) / 10.0F;
    flow.outerFlow = below(2) == 0 ? flow::kNoFlow : static_cast<std::uint32_t>(below(flow::kNoFlow));
    flow.interfaceIndex = static_cast<std::uint32_t>(any());
    flow.vlan = below(2) == 0 ? decode::kNoVlan : static_cast<std::uint16_t>(below(0xffff));
    flow.historyLength = static_cast<std::uint8_t>(below(flow::kHistoryLength + 1));
    for (std::size_t i = 0; i < flow.historyLength; ++i)
        flow.history[i] = "ShAaDdFfRrTt^"[below(13)];
    flow.state = static_cast<flow::TcpState>(below(8));
    flow.ended = below(2) == 0;
    if (flow.ended)
        flow.endReason = static_cast<flow::EndReason>(below(4));
    flow.app = static_cast<flow::App>(below(static_cast<std::uint64_t>(flow::App::Count)));
    flow.tunnel = static_cast<decode::Tunnel>(below(9));
    flow.initiatorIsB = below(2) == 0;
    return flow;
}

FlowRecord RandomFlows::nextUsual(std::uint32_t index, StringPool& names)
{
    FlowRecord flow;
    flow.index = index;
    flow.key.family = IpFamily::V4;
    flow.key.addressA = {10, 0, static_cast<std::uint8_t>(below(4)), static_cast<std::uint8_t>(below(256))};
    flow.key.addressB = {198, 51, 100, static_cast<std::uint8_t>(below(256))};
    flow.key.portA = static_cast<std::uint16_t>(32768 + below(28000));
    flow.key.portB = below(2) == 0 ? 443 : 53;
    flow.key.l4 = flow.key.portB == 443 ? decode::L4::Tcp : decode::L4::Udp;
    flow.key.protocol = flow.key.portB == 443 ? 6 : 17;
    flow.started.ns = 1'700'000'000 * kNsPerSecond + index * 1'000'003LL;
    flow.lastSeen.ns = flow.started.ns + static_cast<std::int64_t>(below(30'000'000'000));
    for (SideStats& side : flow.sides) {
        side.packets = 1 + below(60);
        side.bytes = side.packets * (60 + below(1400));
        side.originalBytes = side.bytes;
        side.payloadBytes = side.bytes - side.packets * 54;
        side.entropyCount = static_cast<std::uint32_t>(side.packets);
        side.entropySum = static_cast<double>(side.packets) * (static_cast<double>(below(8000)) / 1000.0 + 0.000123);
        side.firstTtl = side.lastTtl = 64;
    }
    flow.firstPacket = index * 40ULL;
    flow.lastPacket = flow.firstPacket + flow.packets();
    if (flow.key.l4 == decode::L4::Tcp) {
        flow.handshakeRttNs = 10'000'000 + static_cast<std::int64_t>(below(50'000'000));
        flow.serverName = names.intern("host" + std::to_string(below(2000)) + ".example.org");
        flow.hostNames[1] = flow.serverName;
        constexpr std::string_view kHistory = "ShADadFf";
        std::copy(kHistory.begin(), kHistory.end(), flow.history.begin());
        flow.historyLength = kHistory.size();
        flow.state = flow::TcpState::Closed;
        flow.app = flow::App::Tls;
    } else {
        flow.app = flow::App::Dns;
        flow.endReason = flow::EndReason::IdleTimeout;
    }
    flow.ended = true;
    return flow;
}

namespace {

std::string sideDifference(const SideStats& a, const SideStats& b)
{
    if (std::memcmp(&a.entropySum, &b.entropySum, sizeof a.entropySum) != 0)
        return "entropySum";
#define TIMBRE_COMPARE(field)                                                                                          \
    if (a.field != b.field)                                                                                            \
    return #field
    TIMBRE_COMPARE(packets);
    TIMBRE_COMPARE(bytes);
    TIMBRE_COMPARE(originalBytes);
    TIMBRE_COMPARE(payloadBytes);
    TIMBRE_COMPARE(entropyCount);
    TIMBRE_COMPARE(retransmissions);
    TIMBRE_COMPARE(outOfOrder);
    TIMBRE_COMPARE(zeroWindows);
    TIMBRE_COMPARE(firstTtl);
    TIMBRE_COMPARE(lastTtl);
    return {};
}

} // namespace

std::string firstDifference(const FlowRecord& a, const StringPool& namesOfA, const FlowRecord& b,
                            const StringPool& namesOfB)
{
    TIMBRE_COMPARE(index);
    TIMBRE_COMPARE(key);
    TIMBRE_COMPARE(started);
    TIMBRE_COMPARE(lastSeen);
    for (std::size_t i = 0; i < 2; ++i) {
        if (const std::string inside = sideDifference(a.sides[i], b.sides[i]); !inside.empty())
            return "sides[" + std::to_string(i) + "]." + inside;
        if (namesOfA.text(a.hostNames[i]) != namesOfB.text(b.hostNames[i]))
            return "hostNames";
    }
    TIMBRE_COMPARE(firstPacket);
    TIMBRE_COMPARE(lastPacket);
    TIMBRE_COMPARE(handshakeRttNs);
    if (namesOfA.text(a.serverName) != namesOfB.text(b.serverName))
        return "serverName";
    if (namesOfA.text(a.httpHost) != namesOfB.text(b.httpHost))
        return "httpHost";
    if (namesOfA.text(a.mask) != namesOfB.text(b.mask))
        return "mask";
    TIMBRE_COMPARE(resonance);
    TIMBRE_COMPARE(outerFlow);
    TIMBRE_COMPARE(interfaceIndex);
    TIMBRE_COMPARE(vlan);
    TIMBRE_COMPARE(history);
    TIMBRE_COMPARE(historyLength);
    TIMBRE_COMPARE(state);
    TIMBRE_COMPARE(endReason);
    TIMBRE_COMPARE(app);
    TIMBRE_COMPARE(tunnel);
    TIMBRE_COMPARE(initiatorIsB);
    TIMBRE_COMPARE(ended);
#undef TIMBRE_COMPARE
    return {};
}

store::CaptureOutcome sampleOutcome(std::uint64_t flowCount)
{
    store::CaptureOutcome outcome;
    outcome.flowCount = flowCount;
    outcome.timeRange = TimeRange{{1'700'000'000'000'000'001}, {1'700'000'360'000'000'002}};
    capture::CaptureFacts& facts = outcome.facts;
    facts.format = "pcapng";
    facts.compression = "zstd";
    facts.fileBytes = 123'456'789'012;
    facts.sections = 3;
    facts.hardware = "probe 7";
    facts.operatingSystem = "Linux";
    facts.application = "dumpcap";
    facts.packets = 2'000'000;
    facts.packetComments = 4;
    facts.decryptionSecrets = 5;
    facts.unknownBlocks = 6;
    facts.interfaces = {{"eth0", "uplink", 1, 262144, "1 ns", 1'999'000, 2'000'100, std::nullopt},
                        {"wlan0", "", 127, 0, "1 µs", 1'000, std::nullopt, 12, 34}};
    facts.losses = {{{{1'700'000'010'000'000'000}, {1'700'000'010'050'000'000}}, 0, 31, 0},
                    {{{1'700'000'020'000'000'000}, {1'700'000'021'000'000'000}}, 12, 3, 0xffff'ffff}};
    facts.ringRemoved = TimeRange{{1'700'000'000'000'000'001}, {1'700'000'005'000'000'000}};
    facts.comments = {"first", "", "第三"};
    facts.resolvedNames = {{"192.0.2.1", "a.example", 0}, {"2001:db8::1", "b.example", 1'999}};
    outcome.messages = {{capture::Severity::Note, "A note.", 1, 2},
                        {capture::Severity::Error, "Cut.", 0xffff'ffff'ffff, 1'999'999},
                        {capture::Severity::Warning, "", 0, 0}};
    outcome.counters = {{"unmatched", 17}, {"evicted", 0}, {"largest", 0xffff'ffff'ffff'ffff}};
    for (int i = 0; i < 500; ++i)
        outcome.overview.add({1'700'000'000 * kNsPerSecond + i * i * 1'000'000LL}, 60U + static_cast<unsigned>(i));
    return outcome;
}

store::CaptureOrigin sampleOrigin(std::string path)
{
    return {{std::move(path), 4711, {1'690'000'000'123'456'789}, "00112233445566778899aabbccddeeff"},
            "engine 1; entropy",
            "tcp port 443",
            {1'800'000'000'000'000'000}};
}

void RecordingObserver::writerStatusChanged(const store::WriterStatus& status)
{
    {
        const std::lock_guard lock(m_mutex);
        m_statuses.push_back(status);
    }
    m_changed.notify_all();
}

void RecordingObserver::capturesChanged()
{
    const std::lock_guard lock(m_mutex);
    ++m_listChanges;
}

std::vector<store::WriterStatus> RecordingObserver::statuses() const
{
    const std::lock_guard lock(m_mutex);
    return m_statuses;
}

int RecordingObserver::listChanges() const
{
    const std::lock_guard lock(m_mutex);
    return m_listChanges;
}

bool RecordingObserver::waitForStatus(const std::function<bool(const store::WriterStatus&)>& condition)
{
    std::unique_lock lock(m_mutex);
    return m_changed.wait_for(lock, std::chrono::seconds(10),
                              [&] { return std::any_of(m_statuses.begin(), m_statuses.end(), condition); });
}

} // namespace timbre::test
