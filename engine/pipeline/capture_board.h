#pragma once

// The captures of a workspace as the outside sees them: the newest snapshot of each, and the wish to stop its analysis.
// Safe from any thread; nothing is ever done under its lock but copying pointers.

#include "engine/pipeline/engine.h"

#include <map>
#include <mutex>
#include <stop_token>

namespace timbre::pipeline {

class CaptureBoard {
public:
    /// `snapshot.id` is set. Captures are listed in the order they were added.
    CaptureId add(CaptureSnapshot snapshot);
    void remove(CaptureId id);
    /// Replaces what is shown of snapshot.id; nothing happens when it was removed meanwhile.
    void publish(CaptureSnapshot snapshot);

    [[nodiscard]] std::vector<CaptureId> ids() const;
    [[nodiscard]] std::shared_ptr<const CaptureSnapshot> snapshot(CaptureId id) const;
    /// 0 when there is none.
    [[nodiscard]] CaptureId withPath(const std::string& path) const;

    /// For each new piece of work on a capture: its own token, which earlier wishes to stop don't touch.
    [[nodiscard]] std::stop_token renewStop(CaptureId id);
    void requestStop(CaptureId id);
    void requestStopOfAll();

private:
    struct Slot {
        std::shared_ptr<const CaptureSnapshot> snapshot;
        std::stop_source stop;
    };

    mutable std::mutex m_mutex; // guards everything below
    std::map<CaptureId, Slot> m_slots;
    CaptureId m_lastId = 0;
};

} // namespace timbre::pipeline
