#pragma once

// Notes as a snapshot carries them: each with the flow it is about, as far as that was found in this analysis.

#include "engine/flow/flow_record.h"
#include "engine/store/note.h"

#include <memory>
#include <vector>

namespace timbre::pipeline {

struct ShownNote {
    store::Note note;
    std::uint32_t flow = flow::kNoFlow; // index in the snapshot; none for other subjects, or when it was not found

    bool operator==(const ShownNote&) const = default;
};

using NoteList = std::vector<ShownNote>;

/// By what the flow is known again after another analysis of the same packets.
[[nodiscard]] store::FlowAnchor anchorOf(const flow::FlowRecord& record);
/// A new note about it, without words yet.
[[nodiscard]] store::Note noteAbout(const flow::FlowRecord& record);
/// A new note about a thing with a key of its own in its room: a recording, a mask, an anomaly.
[[nodiscard]] store::Note noteAbout(store::NoteSubject subject, std::string object);
/// Recordings and masks outlive the captures they come from; notes about them are kept beside the captures.
[[nodiscard]] bool belongsToWorkspace(store::NoteSubject subject);

} // namespace timbre::pipeline
