#pragma once

// Between packets as an analysis sees them and a recording session: works out direction, gap and header prefix, and
// keeps out what would spoil the sums. One recorder per session; a plain object of one thread.

#include "engine/base/bytes.h"
#include "engine/recording/recording.h"

namespace timbre::recording {

/// A packet that was chosen for the recording.
struct SeenPacket {
    Timestamp time;
    std::uint32_t size = 0; // of the IP packet or frame, whichever the caller records; above 65535 counts as 65535
    bool fromInitiator = true;
    float entropy = 0.0F; // 0 without payload
    Bytes payload;        // of which the first bytes are kept
};

/// 20 for what starts a STUN header, else 16; never more than there are, and none of the text that may stand there: from
/// the first of kReadableRun printable characters in a row on nothing is kept, because it may be part of a password.
[[nodiscard]] std::size_t prefixLengthOf(Bytes payload);
inline constexpr std::size_t kReadableRun = 8;

struct Histograms {
    static constexpr std::size_t kSizeBins = 48; // of 32 bytes; the last is open
    static constexpr std::size_t kSizeStep = 32;
    static constexpr std::size_t kGapBins = 48; // six per factor of ten, from 0.01 ms; the first and last are open
    static constexpr double kLowestGapMs = 0.01;
    static constexpr std::size_t kEntropyBins = 32; // of a quarter bit
    template<std::size_t N>
    using Counts = std::array<std::uint32_t, N>;

    std::array<Counts<kSizeBins>, 2> sizes{}; // by Direction
    std::array<Counts<kGapBins>, 2> gaps{};
    std::array<Counts<kEntropyBins>, 2> entropies{};

    void add(const PacketRecord& packet);
    [[nodiscard]] static std::size_t gapBin(double gapMs);
    /// Lower end of a bin in milliseconds; 0 for the first.
    [[nodiscard]] static double gapBinStart(std::size_t bin);
};

class Recorder {
public:
    Recorder(SessionFacts facts, Timestamp now, bool swapDirections);

    void add(const SeenPacket& packet);

    [[nodiscard]] const RecordingSession& session() const { return m_session; }
    [[nodiscard]] const Histograms& histograms() const { return m_histograms; }
    [[nodiscard]] std::uint64_t refused() const { return m_refused; }
    /// Nothing may be added afterwards.
    [[nodiscard]] Recording finish(Timestamp ended, EndReason end);

private:
    RecordingSession m_session;
    Histograms m_histograms;
    std::array<Timestamp, 2> m_lastOf{}; // by Direction
    std::array<bool, 2> m_seen{};
    std::uint64_t m_refused = 0;
    bool m_swapped;
};

} // namespace timbre::recording
