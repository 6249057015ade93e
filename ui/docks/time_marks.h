#pragma once

// What every plot over capture time shows besides its own data: the life of the selected flow as a thin band along the
// top edge, and the notes as flags there. Give it the time at which the plot's axis has its zero; it follows
// focus, capture and theme by itself. The axis counts seconds. Requires: bridge, dock and focus outlive the plot.

#include "ui/bridge/engine_bridge.h"
#include "ui/docks/dock.h"
#include "ui/plots/time_flags.h"

namespace timbre::ui {

class TimeMarks : public QObject {
    Q_OBJECT

public:
    TimeMarks(PlotCanvas& canvas, EngineBridge& bridge, const Dock& dock, Focus& focus);

    void setBase(Timestamp base);
    /// Looks again at the dock's focus: when a pinned dock is released.
    void refresh();
    [[nodiscard]] const TimeFlags& flags() const { return *m_flags; }
    [[nodiscard]] bool lifeShown() const { return m_life->visible(); }
    [[nodiscard]] std::optional<TimeRange> life() const { return m_lived; }

private:
    void draw();

    PlotCanvas& m_canvas;
    EngineBridge& m_bridge;
    const Dock& m_dock;
    TimeFlags* m_flags = nullptr;
    QCPItemRect* m_life = nullptr;
    Timestamp m_base;
    std::optional<TimeRange> m_lived;
};

/// The notes of a capture that are about a moment or a stretch, in the order of their begin.
[[nodiscard]] std::vector<TimeFlag> flagsOf(const pipeline::CaptureSnapshot* capture);

} // namespace timbre::ui
