#pragma once

// How the docks are arranged: the arrangement that ships, and keeping the analyst's own between runs.

#include <QtWidgets/QMainWindow>

#include <vector>

namespace timbre::ui {

class Dock;

/// Bump when docks are added or removed: older saved arrangements are then left aside.
inline constexpr int kLayoutVersion = 1;

struct WindowDocks {
    Dock* captures = nullptr;
    Dock* flows = nullptr;
    Dock* flow = nullptr;
    Dock* packets = nullptr;
    Dock* health = nullptr;
    Dock* overview = nullptr;

    /// In the order of their number keys.
    [[nodiscard]] std::vector<Dock*> all() const { return {flows, flow, packets, overview, captures, health}; }
};

/// Captures left, Flows in the centre above Packets and Health, Flow right, Overview across the bottom.
void arrangeDocks(QMainWindow& window, const WindowDocks& docks);
/// From the settings; the arrangement that ships when there is none that fits.
void restoreLayout(QMainWindow& window, const WindowDocks& docks);
void saveLayout(const QMainWindow& window);

} // namespace timbre::ui
