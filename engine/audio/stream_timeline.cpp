#include "engine/audio/stream_timeline.h"

#include <algorithm>

namespace timbre::audio {

namespace {

constexpr std::size_t kFirstBins = 32; // room for, so that short streams allocate once

void merge(TimelineBin& into, const TimelineBin& bin)
{
    if (bin.packets == 0)
        return;
    into.smallest = into.packets == 0 ? bin.smallest : std::min(into.smallest, bin.smallest);
    into.largest = std::max(into.largest, bin.largest);
    into.packets += bin.packets;
    into.talkPackets += bin.talkPackets;
    into.bytes += bin.bytes;
    into.longestGapMs = std::max(into.longestGapMs, bin.longestGapMs);
}

void halve(StreamTimeline& timeline)
{
    std::vector<TimelineBin>& bins = timeline.bins;
    for (std::size_t i = 0; 2 * i < bins.size(); ++i) {
        TimelineBin bin = bins[2 * i];
        if (2 * i + 1 < bins.size())
            merge(bin, bins[2 * i + 1]);
        bins[i] = bin;
    }
    bins.resize((bins.size() + 1) / 2);
    timeline.binNs *= 2;
}

} // namespace

void addToTimeline(StreamTimeline& timeline, Timestamp arrival, std::uint32_t payloadBytes, std::int64_t gapNs,
                   bool talk)
{
    if (timeline.bins.empty()) {
        timeline.begin = arrival;
        timeline.bins.reserve(kFirstBins);
    }
    const auto elapsed = static_cast<std::uint64_t>(std::max<std::int64_t>(0, elapsedNs(timeline.begin, arrival)));
    std::uint64_t index = elapsed / static_cast<std::uint64_t>(timeline.binNs);
    for (; index >= kMaxTimelineBins; index = elapsed / static_cast<std::uint64_t>(timeline.binNs))
        halve(timeline);
    if (index >= timeline.bins.size())
        timeline.bins.resize(index + 1);
    const auto size = static_cast<std::uint16_t>(std::min<std::uint32_t>(payloadBytes, 0xffff));
    merge(timeline.bins[index], {.packets = 1,
                                 .talkPackets = talk ? 1U : 0U,
                                 .bytes = payloadBytes,
                                 .smallest = size,
                                 .largest = size,
                                 .longestGapMs = static_cast<float>(static_cast<double>(gapNs) / 1e6)});
}

} // namespace timbre::audio
