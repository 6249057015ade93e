#pragma once
// One TCP session, told step by step: handshake, data, trouble, ending. Sequence and acknowledgment numbers, options,
// window and timing follow what each side has sent. The capture point sits next to the client, so the client's
// acknowledgments come at once and the server's answers one round trip later.

#include "tests/generator/ip_packet.h"
#include "tests/generator/random.h"
#include "tests/generator/traffic_recorder.h"

namespace timbre::generator {

struct TcpSettings {
    Endpoint client{};
    Endpoint server{};
    Path path{};
    std::string application = "tcp";
    std::uint64_t startNs = 0;
    std::uint64_t roundTripNs = 20'000'000;
    std::uint64_t segmentGapNs = 120'000; // between segments of one burst
    std::uint16_t mss = 1460;             // lowered to what the path's MTU allows
    bool timestamps = true;               // RFC 7323 option on every segment
    std::uint8_t clientTtl = 64;
    std::uint8_t serverTtl = 57;
};

/// What happens to one segment of a send().
enum class Trouble : std::uint8_t {
    None,
    Retransmitted, // seen twice: its acknowledgment got lost
    LostAndResent, // the first copy was lost before the capture point; up to three later segments and duplicate
                   // acknowledgments pass before it is resent
    OutOfOrder,    // comes after its successor, which must exist
    NotCaptured,   // arrived, but the capture missed it
    ZeroWindow,    // after it the receiver closes its window for 400 ms
};

enum class TcpEnding : std::uint8_t {
    FinByClient,
    FinByServer,
    HalfClose,    // client closes its half, the server still sends, then closes
    Simultaneous, // both FINs cross
    RstByClient,
    RstByServer,
    StillOpen,
};
[[nodiscard]] std::string_view endingName(TcpEnding ending);

class TcpSession {
public:
    /// Opens a flow in the recorder, which must outlive the session. No packet is made yet.
    TcpSession(TrafficRecorder& recorder, const TcpSettings& settings, Random random);

    void handshake();
    /// SYN, answered by RST.
    void refused();
    /// SYN and `retries` more after 1 s, 2 s, 4 s …; no answer.
    void unanswered(unsigned retries);
    /// The capture begins in the middle: nothing to send, the sides know each other's numbers.
    void midstream();

    /// `data` in segments of the MSS with the other side's acknowledgments. `trouble` hits segment `troubledSegment`.
    void send(Side sender, ByteView data, Trouble trouble = Trouble::None, std::size_t troubledSegment = 0);
    /// The same for segments whose borders the caller chose.
    void sendSegments(Side sender, const std::vector<Bytes>& segments);
    /// A keep-alive probe and its answer.
    void keepAlive(Side sender);
    void wait(std::uint64_t ns) { m_nowNs += ns; }
    void close(TcpEnding ending);

    [[nodiscard]] std::uint64_t nowNs() const { return m_nowNs; }
    [[nodiscard]] std::uint32_t flowIndex() const { return m_flow; }
    [[nodiscard]] FlowTruth& truth() { return m_recorder.flow(m_flow); }

private:
    struct Half {
        Endpoint endpoint;
        std::uint32_t next = 0;     // sequence number of the next byte to send
        std::uint32_t received = 0; // next byte expected from the other side
        std::uint16_t window = 64240;
        std::uint16_t identification = 0;
        std::uint8_t ttl = 64;
    };

    void put(Side sender, std::uint8_t flags, std::uint32_t sequence, ByteView payload = {});
    void synPacket(Side sender, std::uint8_t flags);
    void acknowledge(Side sender);
    void finFrom(Side sender);
    /// Requires: `segments` is not empty; the trouble hits the first. Returns how many later ones went out before it.
    std::size_t troubledSegmentOut(Side sender, Trouble trouble, std::span<const ByteView> segments);
    void closeWindow(Side receiver);
    void dataSegment(Side sender, std::uint32_t sequence, ByteView segment, bool last);
    [[nodiscard]] Bytes timestampOption(Side sender);
    [[nodiscard]] Half& half(Side side) { return m_halves[indexOf(side)]; }
    [[nodiscard]] std::uint64_t turnaroundNs(Side next) const;

    TrafficRecorder& m_recorder;
    TcpSettings m_settings;
    Random m_random;
    std::uint32_t m_flow;
    Half m_halves[2];
    std::uint64_t m_nowNs;
    std::uint32_t m_timestampBase[2];
    std::uint32_t m_lastTimestamp[2] = {0, 0};
};

} // namespace timbre::generator
