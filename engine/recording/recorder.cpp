#include "engine/recording/recorder.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

namespace timbre::recording {

namespace {

constexpr std::array<std::uint8_t, 4> kStunCookie{0x21, 0x12, 0xa4, 0x42};
constexpr double kBinsPerDecade = 6.0;

/// Bins of gaps without a logarithm or a search per packet, either of which costs more than all sums together: a table
/// by exponent and the first three bits of the fraction says the bin, or the one before it, of any positive number. A
/// bin is more than half an octave wide, so that an eighth of an octave reaches into two at most.
class GapBins {
public:
    GapBins()
    {
        for (std::size_t bin = 0; bin < Histograms::kGapBins; ++bin)
            m_starts[bin] = Histograms::gapBinStart(bin);
        m_starts[Histograms::kGapBins] = std::numeric_limits<double>::infinity();
        std::size_t bin = 0;
        for (std::size_t i = 0; i < m_bins.size(); ++i) {
            const double from = std::bit_cast<double>(static_cast<std::uint64_t>(i + kFirst) << kShift);
            while (from >= m_starts[bin + 1])
                ++bin;
            m_bins[i] = static_cast<std::uint8_t>(bin);
        }
    }
    [[nodiscard]] std::size_t of(double gapMs) const
    {
        if (!(gapMs >= Histograms::kLowestGapMs))
            return 0;
        const std::uint64_t place = (std::bit_cast<std::uint64_t>(gapMs) >> kShift) - kFirst;
        const std::size_t bin = m_bins[std::min<std::uint64_t>(place, m_bins.size() - 1)];
        return bin + (gapMs >= m_starts[bin + 1] ? 1 : 0);
    }

private:
    static constexpr unsigned kShift = 52 - 3;
    static constexpr std::uint64_t kFirst = std::uint64_t{1023 - 7} << 3U; // 2^-7 ms lies below the second bin
    static constexpr std::size_t kOctaves = 27;                            // 2^20 ms lies in the last one

    std::array<double, Histograms::kGapBins + 1> m_starts{};
    std::array<std::uint8_t, kOctaves * 8> m_bins{};
};

const GapBins kGaps;

/// Where a run of printable characters begins that goes on for long enough; the size without one. The run may end
/// behind `part`.
std::size_t readableTextIn(Bytes part, Bytes whole)
{
    const auto printable = [](std::byte byte) {
        const auto c = std::to_integer<unsigned>(byte);
        return c >= 0x20 && c < 0x7f;
    };
    // From behind: one byte that is not printable rules out every run that would begin before it.
    std::size_t begin = 0;
    while (begin < part.size() && begin + kReadableRun <= whole.size()) {
        std::size_t at = begin + kReadableRun;
        while (at > begin && printable(whole[at - 1]))
            --at;
        if (at == begin)
            return begin;
        begin = at;
    }
    return part.size();
}

} // namespace

std::size_t prefixLengthOf(Bytes payload)
{
    const bool stun = payload.size() >= kMaxPrefixBytes && (static_cast<std::uint8_t>(payload[0]) & 0xc0U) == 0 &&
                      std::equal(kStunCookie.begin(), kStunCookie.end(), payload.begin() + 4,
                                 [](std::uint8_t a, std::byte b) { return a == static_cast<std::uint8_t>(b); });
    if (stun)
        return kMaxPrefixBytes;
    return readableTextIn(payload.first(std::min(kUsualPrefixBytes, payload.size())), payload);
}

std::size_t Histograms::gapBin(double gapMs)
{
    return kGaps.of(gapMs);
}

double Histograms::gapBinStart(std::size_t bin)
{
    return bin == 0 ? 0.0 : kLowestGapMs * std::pow(10.0, static_cast<double>(bin - 1) / kBinsPerDecade);
}

void Histograms::add(const PacketRecord& packet)
{
    const auto side = static_cast<std::size_t>(packet.direction);
    ++sizes[side][std::min<std::size_t>(packet.size / kSizeStep, kSizeBins - 1)];
    ++gaps[side][kGaps.of(packet.gapMs)];
    const float place = std::clamp(packet.entropy * 4.0F, 0.0F, static_cast<float>(kEntropyBins - 1));
    ++entropies[side][static_cast<std::size_t>(place)];
}

Recorder::Recorder(SessionFacts facts, Timestamp now, bool swapDirections)
    : m_session(std::move(facts), now)
    , m_swapped(swapDirections)
{
}

void Recorder::add(const SeenPacket& packet)
{
    PacketRecord record;
    record.direction = packet.fromInitiator != m_swapped ? Direction::Uplink : Direction::Downlink;
    const auto side = static_cast<std::size_t>(record.direction);
    if (m_seen[side])
        record.gapMs = static_cast<double>(elapsedNs(m_lastOf[side], packet.time)) / 1e6;
    record.entropy = packet.entropy;
    if (!std::isfinite(record.entropy)) { // a gap, made of whole nanoseconds, always is
        ++m_refused;
        return;
    }
    m_seen[side] = true;
    m_lastOf[side] = packet.time;
    record.size = static_cast<std::uint16_t>(std::min<std::uint32_t>(packet.size, 65535));
    record.timestampNs = packet.time.ns < 0 ? 0 : static_cast<std::uint64_t>(packet.time.ns);
    if (m_session.packets().size() < kMaxPackets) { // later ones only count
        record.prefixLength = static_cast<std::uint8_t>(prefixLengthOf(packet.payload));
        if (record.prefixLength > 0)
            std::memcpy(record.prefixBytes.data(), packet.payload.data(), record.prefixLength);
    }
    m_session.add(record, packet.time);
    m_histograms.add(record);
}

Recording Recorder::finish(Timestamp ended, EndReason end)
{
    Recording recording = finishedRecording(std::move(m_session), ended, end);
    recording.refusedPackets = m_refused;
    recording.swapped = m_swapped;
    return recording;
}

} // namespace timbre::recording
