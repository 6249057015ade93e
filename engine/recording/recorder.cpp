#include "engine/recording/recorder.h"

#include <algorithm>
#include <cmath>

namespace timbre::recording {

namespace {

constexpr std::array<std::uint8_t, 4> kStunCookie{0x21, 0x12, 0xa4, 0x42};
constexpr double kBinsPerDecade = 6.0;

} // namespace

std::size_t prefixLengthOf(Bytes payload)
{
    const bool stun = payload.size() >= kMaxPrefixBytes && (static_cast<std::uint8_t>(payload[0]) & 0xc0U) == 0 &&
                      std::equal(kStunCookie.begin(), kStunCookie.end(), payload.begin() + 4,
                                 [](std::uint8_t a, std::byte b) { return a == static_cast<std::uint8_t>(b); });
    return stun ? kMaxPrefixBytes : std::min(kUsualPrefixBytes, payload.size());
}

std::size_t Histograms::gapBin(double gapMs)
{
    if (!(gapMs >= kLowestGapMs))
        return 0;
    const double place = 1.0 + std::floor(std::log10(gapMs / kLowestGapMs) * kBinsPerDecade);
    return static_cast<std::size_t>(std::min(place, static_cast<double>(kGapBins - 1)));
}

double Histograms::gapBinStart(std::size_t bin)
{
    return bin == 0 ? 0.0 : kLowestGapMs * std::pow(10.0, static_cast<double>(bin - 1) / kBinsPerDecade);
}

void Histograms::add(const PacketRecord& packet)
{
    const auto side = static_cast<std::size_t>(packet.direction);
    ++sizes[side][std::min<std::size_t>(packet.size / kSizeStep, kSizeBins - 1)];
    ++gaps[side][gapBin(packet.gapMs)];
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
    if (!std::isfinite(record.gapMs) || !std::isfinite(record.entropy)) {
        ++m_refused;
        return;
    }
    m_seen[side] = true;
    m_lastOf[side] = packet.time;
    record.size = static_cast<std::uint16_t>(std::min<std::uint32_t>(packet.size, 65535));
    record.timestampNs = packet.time.ns < 0 ? 0 : static_cast<std::uint64_t>(packet.time.ns);
    record.prefixLength = static_cast<std::uint8_t>(prefixLengthOf(packet.payload));
    std::transform(packet.payload.begin(), packet.payload.begin() + record.prefixLength, record.prefixBytes.begin(),
                   [](std::byte byte) { return static_cast<std::uint8_t>(byte); });
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
