#pragma once
// One live flow of a large scenario: a few dozen bytes of state and a rule that gives its next packet and the pause
// after it. A flow knows how many packets it will send and ends properly with the last one.

#include "tests/generator/fast_frame.h"
#include "tests/generator/ground_truth.h"
#include "tests/generator/host_table.h"
#include "tests/generator/random.h"

namespace timbre::generator {

enum class FlowKind : std::uint8_t { Dns, Tls, Http, Quic, Bulk, Voice, Game, Chat, Refused, Unanswered, Probe };
inline constexpr std::size_t kFlowKinds = 11;
[[nodiscard]] std::string_view flowKindName(FlowKind kind);

enum class TcpPhase : std::uint8_t { Syn, SynAck, Ack, Request, Data, DataAck, Fin, FinAck, LastAck };

struct LiveFlow {
    FastFlow fast;
    FlowKind kind = FlowKind::Probe;
    TcpPhase phase = TcpPhase::Syn;
    bool endsByReset = false;
    bool answered = false; // the server has sent data
    std::uint8_t unacknowledged = 0;
    std::uint8_t lossPerMille = 0;  // data segments seen twice
    std::uint16_t lastLength = 0;   // payload of the last data segment; 0: nothing to repeat
    std::uint32_t burst = 0;        // data segments left in this answer
    std::uint32_t next[2] = {0, 0}; // TCP: next sequence number; RTP: next packet number
    std::uint32_t salt = 0;         // constant of the flow: payload, RTP source, DNS id
    std::uint32_t host = 0;
    std::uint32_t roundTripUs = 20'000;
    std::uint32_t step = 0; // packets sent so far
    std::uint64_t remaining = 0;
    std::uint64_t startNs = 0;
    std::uint32_t truthIndex = kNoFlow; // in the ground truth's list
};

/// Makes packets for all flows of a stream. The packet's prefix stays valid until the next call.
class FlowScript {
public:
    explicit FlowScript(std::uint64_t seed);

    struct Step {
        FastPacket packet;
        std::uint64_t pauseNs = 0; // until the flow's next packet
        bool retransmission = false;
    };
    /// Requires: `flow.remaining` > 0; takes one off.
    [[nodiscard]] Step next(LiveFlow& flow, std::uint64_t nowNs);
    [[nodiscard]] const Host& host(std::uint32_t number) const { return m_hosts[number].host; }

private:
    struct HostTexts {
        Host host;
        Bytes clientHello;
        Bytes httpRequest;
    };

    void tcpStep(LiveFlow& flow, Step& step);
    void handshakeStep(LiveFlow& flow, Step& step);
    void requestStep(LiveFlow& flow, Step& step);
    void dataStep(LiveFlow& flow, Step& step);
    void closingStep(LiveFlow& flow, Step& step);
    void dnsStep(LiveFlow& flow, Step& step);
    void quicStep(LiveFlow& flow, Step& step);
    void voiceStep(LiveFlow& flow, Step& step, std::uint64_t nowNs);
    void gameStep(LiveFlow& flow, Step& step);
    void probeStep(LiveFlow& flow, Step& step);
    void beginBurst(LiveFlow& flow);
    [[nodiscard]] std::size_t segmentLength(const LiveFlow& flow);
    [[nodiscard]] ByteView dataPrefix(LiveFlow& flow, std::size_t length);

    Random m_random;
    std::vector<HostTexts> m_hosts;
    Bytes m_serverFlight; // ServerHello and change cipher spec
    Bytes m_scratch;
};

} // namespace timbre::generator
