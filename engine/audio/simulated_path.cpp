#include "engine/audio/simulated_path_private.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numbers>

namespace timbre::audio {

namespace {

constexpr std::int64_t kBegin = 1'700'000'000 * kNsPerSecond;
constexpr double kUsualDelay = 0.04; // seconds from the sender to the capture point

} // namespace

std::uint64_t Dice::bits()
{
    m_state += 0x9e3779b97f4a7c15ULL;
    std::uint64_t z = m_state;
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31U);
}

std::int64_t Dice::whole(std::int64_t low, std::int64_t high)
{
    return low + static_cast<std::int64_t>(bits() % static_cast<std::uint64_t>(high - low + 1));
}

double Dice::normal(double mean, double deviation)
{
    const double radius = std::sqrt(-2.0 * std::log(1.0 - unit()));
    return mean + deviation * radius * std::cos(2.0 * std::numbers::pi * unit());
}

double Dice::exponential(double mean)
{
    return -mean * std::log(1.0 - unit());
}

void Dice::fill(std::vector<std::byte>& bytes, std::size_t count)
{
    bytes.reserve(bytes.size() + count);
    for (std::size_t i = 0; i < count; ++i)
        bytes.push_back(static_cast<std::byte>(bits() >> 56U));
}

SimulatedNetwork drawNetwork(Dice& dice)
{
    SimulatedNetwork network;
    network.jitterMs = std::exp(dice.between(std::log(0.05), std::log(12.0)));
    network.lossShare = dice.chance(0.5) ? 0.0 : dice.between(0.0, 0.04);
    network.burstShare = dice.chance(0.6) ? 0.0 : dice.between(0.0, 0.004);
    network.reorderShare = dice.chance(0.7) ? 0.0 : dice.between(0.0, 0.01);
    return network;
}

void SimulatedPath::send(double seconds, Octets bytes, std::uint8_t path)
{
    if (m_dice.chance(m_network.lossShare))
        return;
    double arrival = seconds + kUsualDelay + std::abs(m_dice.normal(0.0, m_network.jitterMs / 1000.0));
    if (m_dice.chance(m_network.burstShare))
        m_stalledUntil = std::max(m_stalledUntil, arrival + m_dice.exponential(0.12));
    arrival = std::max(arrival, m_stalledUntil + m_dice.between(0.0, 0.0005));
    if (m_dice.chance(m_network.reorderShare))
        arrival += 0.03;
    else // a queue keeps the order
        arrival = m_lastArrival = std::max(arrival, m_lastArrival + 2e-5);
    m_call.datagrams.push_back({.time = {kBegin + static_cast<std::int64_t>(arrival * 1e9)},
                                .side = m_side,
                                .path = path,
                                .bytes = std::move(bytes)});
}

void putBe(Octets& out, std::uint64_t value, std::size_t bytes)
{
    for (std::size_t i = bytes; i-- > 0;)
        out.push_back(static_cast<std::byte>(value >> (8 * i) & 0xffU));
}

RtpSource::RtpSource(Dice& dice, std::uint8_t payloadType)
    : m_dice(dice)
    , m_ssrc(static_cast<std::uint32_t>(dice.bits()))
    , m_firstTimestamp(static_cast<std::uint32_t>(dice.bits()))
    , m_timestamp(m_firstTimestamp)
    , m_sequence(static_cast<std::uint16_t>(dice.bits()))
    , m_payloadType(payloadType)
{
}

Octets RtpSource::packet(const Octets& payload, bool marker, std::optional<std::uint8_t> type)
{
    Octets bytes;
    putBe(bytes, m_extension ? 0x90 : 0x80, 1);
    putBe(bytes, type.value_or(m_payloadType) | (marker ? 0x80U : 0U), 1);
    putBe(bytes, m_sequence++, 2);
    putBe(bytes, m_timestamp, 4);
    putBe(bytes, m_ssrc, 4);
    if (m_extension) { // RFC 6464 audio level
        putBe(bytes, 0xbede0001, 4);
        putBe(bytes, 0x10000000U | (m_dice.bits() & 0x7fU) << 16U, 4);
    }
    bytes.insert(bytes.end(), payload.begin(), payload.end());
    ++m_packets;
    return bytes;
}

Octets rtcpReport(const RtpSource& source, std::uint32_t other, double seconds)
{
    Octets bytes;
    putBe(bytes, 0x81c8000c, 4); // sender report, one block, thirteen words
    putBe(bytes, source.ssrc(), 4);
    putBe(bytes, static_cast<std::uint64_t>((3'900'000'000.0 + seconds) * 4294967296.0), 8);
    putBe(bytes, source.timestamp(), 4);
    putBe(bytes, source.packets(), 4);
    putBe(bytes, std::uint64_t{source.packets()} * 160, 4);
    putBe(bytes, other, 4);
    bytes.resize(bytes.size() + 20); // the rest of the block
    putBe(bytes, 0x81ca0002, 4); // source description without a name
    putBe(bytes, source.ssrc(), 4);
    putBe(bytes, 0, 4);
    return bytes;
}

Octets sipMessage(flow::Side side, std::uint8_t payloadType, std::string_view format, bool secure)
{
    const bool request = side == flow::Side::Initiator;
    const int host = request ? 1 : 2;
    std::string body = fmt::format("v=0\r\no=- 1 1 IN IP4 192.0.2.{0}\r\ns=-\r\nc=IN IP4 192.0.2.{0}\r\nt=0 0\r\n"
                                   "m=audio {1} RTP/{2} {3}\r\n",
                                   host, kSimulatedPort + (request ? 0 : 2), secure ? "SAVP" : "AVP", payloadType);
    if (!format.empty())
        body += fmt::format("a=rtpmap:{} {}\r\n", payloadType, format);
    const std::string text =
        fmt::format("{}Via: SIP/2.0/UDP 192.0.2.1\r\nContent-Type: application/sdp\r\nContent-Length: {}\r\n\r\n{}",
                    request ? "INVITE sip:b@example.org SIP/2.0\r\n" : "SIP/2.0 200 OK\r\n", body.size(), body);
    Octets bytes;
    std::transform(text.begin(), text.end(), std::back_inserter(bytes),
                   [](char c) { return static_cast<std::byte>(c); });
    return bytes;
}

Octets stunBinding(Dice& dice, bool response)
{
    Octets bytes;
    putBe(bytes, response ? 0x01010000 : 0x00010000, 4);
    putBe(bytes, 0x2112a442, 4);
    dice.fill(bytes, 12);
    return bytes;
}

Octets dtlsRecord(Dice& dice)
{
    Octets bytes;
    putBe(bytes, 22, 1);
    putBe(bytes, 0xfefd, 2);
    putBe(bytes, 0, 8);
    putBe(bytes, 120, 2);
    dice.fill(bytes, 120);
    return bytes;
}

void sortByTime(SimulatedCall& call)
{
    std::stable_sort(call.datagrams.begin(), call.datagrams.end(),
                     [](const SimulatedDatagram& a, const SimulatedDatagram& b) { return a.time < b.time; });
}

void loseDatagrams(SimulatedCall& call, double percent, Dice& dice)
{
    std::erase_if(call.datagrams, [&](const SimulatedDatagram&) { return dice.chance(percent / 100.0); });
}

} // namespace timbre::audio
