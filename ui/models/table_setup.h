#pragma once

// The look every table of the window shares, and the settings that keep tables of a million rows quick: fixed row
// heights, no wrapping, no grid, and Tab leaves the table instead of walking through its cells.

class QMenu;
class QString;
class QTableView;

namespace timbre::ui {

void setUpTable(QTableView& table);

/// Widths, order and choice of the columns are kept in the settings under `key` from now on, and taken from there now;
/// the header's menu chooses. Call it when the columns have their first widths.
void keepColumns(QTableView& table, const QString& key);
/// An entry for each column that shows or hides it; the last one on screen stays.
void fillColumnMenu(QMenu& menu, QTableView& table);

} // namespace timbre::ui
