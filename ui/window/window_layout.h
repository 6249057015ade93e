#pragma once

// How the docks are arranged: four arrangements ship, one per job; each is kept as the analyst leaves it, also between
// runs. A dock is placed by its id, so that a new one only needs a line in the tables of window_layout.cpp.

#include "ui/focus/focus.h"

#include <QtWidgets/QMainWindow>

#include <vector>

namespace timbre::ui {

class Dock;

/// Bump when docks are added, removed or renamed: older kept arrangements are then left aside.
inline constexpr int kLayoutVersion = 3;

class WindowDocks {
public:
    void add(Dock* dock);
    /// In the order of their number keys; those without one behind, as they were added.
    [[nodiscard]] const std::vector<Dock*>& all() const { return m_docks; }
    /// Null when there is none.
    [[nodiscard]] Dock* find(QLatin1StringView id) const;

private:
    std::vector<Dock*> m_docks;
};

/// "Inspect" …
[[nodiscard]] QString arrangementTitle(Arrangement arrangement);
/// What it is for, as a tooltip says it.
[[nodiscard]] QString arrangementPurpose(Arrangement arrangement);

/// As it ships.
void arrangeDocks(QMainWindow& window, const WindowDocks& docks, Arrangement arrangement);
/// As the analyst left it; as it ships when that is not known.
void showArrangement(QMainWindow& window, const WindowDocks& docks, Arrangement arrangement);
void keepArrangement(const QMainWindow& window, Arrangement arrangement);

/// The place and size of the window, and which arrangement was shown last.
[[nodiscard]] Arrangement restoreWindow(QMainWindow& window);
void keepWindow(const QMainWindow& window, Arrangement arrangement);

} // namespace timbre::ui
