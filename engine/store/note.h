#pragma once

// What an analyst wrote down: a note or a bookmark about a flow, a stretch of time, a whole capture, or a thing of
// another room that has a key of its own (a recording, a mask, an anomaly). Notes belong to the content of a capture
// file, not to one analysis of it: they are found again after the file was analysed anew, moved or copied.

#include "engine/base/result.h"
#include "engine/base/timestamp.h"
#include "engine/decode/packet.h"

#include <optional>
#include <string>
#include <vector>

namespace timbre::store {

enum class NoteKey : std::uint32_t { None = 0 };

enum class NoteSubject : std::uint8_t { Capture, Flow, Range, Recording, Mask, Anomaly };
/// "capture", "flow" …, as the workspace has it.
[[nodiscard]] const char* toString(NoteSubject subject);

/// By what a flow is known again in another analysis of the same packets: its ends, and a moment of its life.
struct FlowAnchor {
    decode::FlowKey key;
    bool inTunnel = false;
    std::uint64_t firstPacket = 0; // number in the file; options of the analysis may change it
    Timestamp started;

    bool operator==(const FlowAnchor&) const = default;
};

struct Note {
    NoteKey key = NoteKey::None;
    NoteSubject subject = NoteSubject::Capture;
    std::optional<FlowAnchor> flow; // of subject Flow
    std::string object;             // of Recording, Mask and Anomaly: its key in its own room
    std::optional<TimeRange> range; // when it was: of subject Flow the flow's life, of Range the stretch
    bool bookmark = false;          // a mark to come back to; its text may be empty
    std::string text;
    std::vector<std::string> tags; // each once, in alphabetical order
    Timestamp created;             // by the clock, for people
    Timestamp changed;

    bool operator==(const Note&) const = default;
};

inline constexpr std::size_t kMaxNoteBytes = 64U << 10U;
inline constexpr std::size_t kMaxTags = 32;
inline constexpr std::size_t kMaxTagBytes = 100;
inline constexpr std::size_t kMaxNotesPerFile = 10'000;

/// The note as it is kept: text without control characters but line ends and tabs, tags trimmed and sorted. Fails for
/// what is longer than the limits above, for a note that says nothing, and for one without what its subject needs.
[[nodiscard]] Result<Note> tidied(Note note);

} // namespace timbre::store
