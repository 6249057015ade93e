#pragma once

// The look every table of the window shares, and the settings that keep tables of a million rows quick: fixed row
// heights, no wrapping, no grid, and Tab leaves the table instead of walking through its cells.

class QAbstractItemModel;
class QMenu;
class QSortFilterProxyModel;
class QString;
class QTableView;

namespace timbre::ui {

void setUpTable(QTableView& table);

/// Shows the model in the table, ordered by a click on a heading or by S; in the model's own order at first and after a
/// third click. Rows keep their places while their values change; a new one finds its own. Owned by the table.
[[nodiscard]] QSortFilterProxyModel& showSortable(QTableView& table, QAbstractItemModel& model, int sortRole);

/// Widths, order and choice of the columns are kept in the settings under `key` from now on, and taken from there now;
/// the header's menu chooses. Call it when the columns have their first widths.
void keepColumns(QTableView& table, const QString& key);
/// An entry for each column that shows or hides it; the last one on screen stays.
void fillColumnMenu(QMenu& menu, QTableView& table);

} // namespace timbre::ui
