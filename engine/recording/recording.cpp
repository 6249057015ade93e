#include "engine/recording/recording.h"

#include <algorithm>

namespace timbre::recording {

const char* toString(EndReason reason)
{
    switch (reason) {
    case EndReason::Running:
        return "running";
    case EndReason::Stopped:
        return "stopped";
    case EndReason::Idle:
        return "idle";
    case EndReason::CaptureEnded:
        return "capture_ended";
    case EndReason::Interrupted:
        break;
    }
    return "interrupted";
}

bool Recording::hasEnough() const
{
    return totalPackets >= kEnoughPackets && elapsedNs(started, ended) >= std::int64_t{kEnoughSeconds} * kNsPerSecond;
}

double Recording::seconds() const
{
    return static_cast<double>(std::max<std::int64_t>(0, elapsedNs(started, ended))) /
           static_cast<double>(kNsPerSecond);
}

void swapDirections(Recording& recording)
{
    for (PacketRecord& packet : recording.packets)
        packet.direction = packet.direction == Direction::Uplink ? Direction::Downlink : Direction::Uplink;
    std::swap(recording.figures.sides[0], recording.figures.sides[1]);
    recording.swapped = !recording.swapped;
}

Recording finishedRecording(RecordingSession session, Timestamp ended, EndReason end)
{
    Recording recording;
    recording.facts = session.facts();
    recording.started = session.started();
    recording.last = session.last();
    recording.ended = ended;
    recording.end = end;
    recording.totalPackets = session.totalPackets();
    recording.figures = session.figures();
    recording.packets = session.packets();
    return recording;
}

} // namespace timbre::recording
