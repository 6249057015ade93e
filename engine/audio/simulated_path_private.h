#pragma once

// What the simulated calls and tunnels share: packet headers and the way through the network.

#include "engine/audio/simulated_call.h"

#include <optional>
#include <string>

namespace timbre::audio {

using Octets = std::vector<std::byte>;

inline constexpr std::uint16_t kSimulatedPort = 30'000; // the initiator's; the responder's is two above

/// The network between sender and capture point.
struct SimulatedNetwork {
    double jitterMs = 1.0;   // deviation of the delay
    double lossShare = 0.0;  // at random
    double burstShare = 0.0; // chance that the path stalls for a moment and then delivers all at once
    double reorderShare = 0.0;
};
[[nodiscard]] SimulatedNetwork drawNetwork(Dice& dice);

/// Sends datagrams of one direction through a network.
class SimulatedPath {
public:
    SimulatedPath(SimulatedCall& call, flow::Side side, SimulatedNetwork network, Dice& dice)
        : m_call(call)
        , m_side(side)
        , m_network(network)
        , m_dice(dice)
    {
    }
    /// Requires: times do not fall.
    void send(double seconds, Octets bytes, std::uint8_t path = 0);

private:
    SimulatedCall& m_call;
    flow::Side m_side;
    SimulatedNetwork m_network;
    Dice& m_dice;
    double m_stalledUntil = 0.0;
    double m_lastArrival = 0.0;
};

/// Numbers and writes the packets of one RTP source.
class RtpSource {
public:
    RtpSource(Dice& dice, std::uint8_t payloadType);

    void setPayloadType(std::uint8_t type) { m_payloadType = type; }
    void advance(std::uint32_t ticks) { m_timestamp += ticks; }
    void setTimestamp(std::uint32_t ticks) { m_timestamp = m_firstTimestamp + ticks; }
    void useExtension(bool use) { m_extension = use; }
    /// The packet with the current timestamp.
    [[nodiscard]] Octets packet(const Octets& payload, bool marker, std::optional<std::uint8_t> type = {});
    [[nodiscard]] std::uint32_t ssrc() const { return m_ssrc; }
    [[nodiscard]] std::uint32_t timestamp() const { return m_timestamp; }
    [[nodiscard]] std::uint32_t packets() const { return m_packets; }

private:
    Dice& m_dice;
    std::uint32_t m_ssrc;
    std::uint32_t m_firstTimestamp;
    std::uint32_t m_timestamp;
    std::uint16_t m_sequence;
    std::uint8_t m_payloadType;
    bool m_extension = false;
    std::uint32_t m_packets = 0;
};

void putBe(Octets& out, std::uint64_t value, std::size_t bytes);

/// A sender report about `source` with a report block about `other`.
[[nodiscard]] Octets rtcpReport(const RtpSource& source, std::uint32_t other, double seconds);
/// An INVITE (or, from the responder, an answer) with a session description of one audio stream.
[[nodiscard]] Octets sipMessage(flow::Side side, std::uint8_t payloadType, std::string_view format, bool secure);
[[nodiscard]] Octets stunBinding(Dice& dice, bool response);
/// A DTLS record that only looks like one.
[[nodiscard]] Octets dtlsRecord(Dice& dice);

void sortByTime(SimulatedCall& call);

} // namespace timbre::audio
