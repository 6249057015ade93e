#pragma once

// The look every table of the window shares, and the settings that keep tables of a million rows quick: fixed row
// heights, no wrapping, no grid, and Tab leaves the table instead of walking through its cells.

class QString;
class QTableView;

namespace timbre::ui {

void setUpTable(QTableView& table);

/// Widths and order of the columns are kept in the settings under `key` from now on, and taken from there now. Call it
/// when the columns have their first widths.
void keepColumns(QTableView& table, const QString& key);

} // namespace timbre::ui
