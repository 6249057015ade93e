#pragma once

// A recording that is over (or a picture of one that runs): what the store keeps, files hold, masks are made from.

#include "engine/recording/recording_session.h"

#include <memory>

namespace timbre::recording {

enum class EndReason : std::uint8_t {
    Running,
    Stopped,      // by the analyst
    Idle,         // 15 s of capture time without a packet
    CaptureEnded, // the capture was read to its end
    Interrupted,  // the program ended before the recording did; complete up to `ended`
};
/// "running", "stopped", "idle", "capture_ended", "interrupted"
[[nodiscard]] const char* toString(EndReason reason);

struct Recording {
    SessionFacts facts;
    std::string selection;             // what was recorded, in words: a filter expression, flows, host and port
    std::vector<std::string> captures; // hashes of the captures it was made from
    bool swapped = false;              // uplink is what the responder sends
    Timestamp started;
    Timestamp last; // of the last packet
    Timestamp ended;
    EndReason end = EndReason::Running;
    std::uint64_t totalPackets = 0;   // may be more than are kept
    std::uint64_t refusedPackets = 0; // with figures that are not finite
    RunningFigures figures;
    std::vector<PacketRecord> packets; // at most kMaxPackets
    std::string notes;

    [[nodiscard]] bool hasEnough() const;
    /// Seconds from the start to the end.
    [[nodiscard]] double seconds() const;
};

/// The other way round: uplink becomes downlink. Gaps belong to their direction and stay as they are.
void swapDirections(Recording& recording);

/// The recording of a session that is over.
[[nodiscard]] Recording finishedRecording(RecordingSession session, Timestamp ended, EndReason end);

} // namespace timbre::recording
