#pragma once

// The look every table of the window shares, and the settings that keep tables of a million rows quick: fixed row
// heights, no wrapping, no grid, and Tab leaves the table instead of walking through its cells.

class QTableView;

namespace timbre::ui {

void setUpTable(QTableView& table);

} // namespace timbre::ui
