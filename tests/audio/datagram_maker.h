#pragma once

// RTP and WZP datagrams for tests of the finders: what the wire has, byte by byte.

#include "engine/audio/stream_monitor.h"

namespace timbre::test {

using Buffer = std::vector<std::byte>;

inline void put(Buffer& out, std::uint64_t value, std::size_t bytes)
{
    for (std::size_t i = bytes; i-- > 0;)
        out.push_back(i < sizeof value ? static_cast<std::byte>(value >> (8 * i) & 0xffU) : std::byte{});
}

struct RtpFields {
    std::uint8_t type = 0;
    std::uint16_t sequence = 0;
    std::uint32_t timestamp = 0;
    std::uint32_t ssrc = 0x11223344;
    std::size_t payload = 160;
    bool marker = false;
};

inline Buffer rtp(const RtpFields& fields)
{
    Buffer out;
    put(out, 0x80, 1);
    put(out, fields.type | (fields.marker ? 0x80U : 0U), 1);
    put(out, fields.sequence, 2);
    put(out, fields.timestamp, 4);
    put(out, fields.ssrc, 4);
    out.resize(out.size() + fields.payload, std::byte{0x7f});
    return out;
}

inline Buffer wzp(std::uint8_t codec, std::uint32_t sequence, std::uint32_t ms, std::size_t payload,
                  bool quality = false)
{
    Buffer out;
    put(out, 0x0200U | (quality ? 0x40U : 0U), 2);
    put(out, codec, 2);
    put(out, 0, 2);
    put(out, sequence, 4);
    put(out, ms, 4);
    put(out, 0, 2);
    out.resize(out.size() + payload + (quality ? 4 : 0), std::byte{0x55});
    return out;
}

inline Buffer textBytes(std::string_view text)
{
    const auto bytes = asBytes(text);
    return {bytes.begin(), bytes.end()};
}

/// Hands datagrams of one flow to a monitor, with rising frame numbers.
class Wire {
public:
    explicit Wire(audio::StreamMonitor& monitor)
        : m_monitor(monitor)
    {
    }

    std::uint16_t initiatorPort = 30000;
    std::uint16_t responderPort = 30002;

    void send(double ms, const Buffer& bytes, flow::Side side = flow::Side::Initiator, std::uint32_t flow = 0)
    {
        audio::MediaDatagram datagram;
        datagram.flow = flow;
        datagram.side = side;
        datagram.key.addressA = {192, 0, 2, 1};
        datagram.key.addressB = {192, 0, 2, 2};
        datagram.key.family = IpFamily::V4;
        datagram.key.l4 = decode::L4::Udp;
        datagram.key.portA = initiatorPort;
        datagram.key.portB = responderPort;
        datagram.reverse = side == flow::Side::Responder;
        datagram.time = {1'700'000'000 * kNsPerSecond + static_cast<std::int64_t>(ms * 1e6)};
        datagram.frameNumber = ++m_number;
        datagram.payload = bytes;
        datagram.wireBytes = static_cast<std::uint32_t>(bytes.size());
        m_monitor.datagram(datagram);
    }

    /// `count` packets of G.711, 20 ms apart.
    void sendRtp(std::size_t count, RtpFields fields = {}, double beginMs = 0.0)
    {
        for (std::size_t i = 0; i < count; ++i) {
            send(beginMs + 20.0 * static_cast<double>(i), rtp(fields));
            ++fields.sequence;
            fields.timestamp += 160;
        }
    }

private:
    audio::StreamMonitor& m_monitor;
    std::uint64_t m_number = 0;
};

} // namespace timbre::test
