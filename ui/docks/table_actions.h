#pragma once

// What every table of the window can do with a row, in the same words, order and keys: make a filter out of a cell,
// copy, show the flows behind the row and their packets, peek at them, sort, walk with J and K. A dock says what a row
// means; everything else is here. Requires: dock and focus outlive the table. GUI thread only.

#include "ui/bridge/engine_bridge.h"
#include "ui/docks/dock.h"

#include <functional>

class QMenu;
class QModelIndex;
class QTableView;

namespace timbre::ui {

class FlowsPeek;

struct RowMeaning {
    QStringList terms;                // filters that find what stands there, the most telling first
    std::vector<std::uint32_t> flows; // behind the row; Peek tells of the first
};

class TableActions : public QObject {
    Q_OBJECT

public:
    /// Asked with a valid index of the table's model, for the menu and for Peek.
    using Meaning = std::function<RowMeaning(const QModelIndex&)>;
    /// What only this table offers; comes between copying and the flows.
    using More = std::function<void(QMenu&, const QModelIndex&)>;

    TableActions(QTableView& table, EngineBridge& bridge, Dock& dock, Focus& focus, Theme& theme, Meaning meaning);

    void setMore(More more) { m_more = std::move(more); }
    /// In place of rowsAsText(): for tables whose rows are not all at hand.
    void setCopy(std::function<void()> copy) { m_copy = std::move(copy); }
    /// As the menu key and the right button do, without showing it.
    void fillMenu(QMenu& menu, const QModelIndex& index);
    void togglePeek();
    [[nodiscard]] bool peekVisible() const;
    void copyRows() const;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    bool keyPressed(int key);
    void moveCurrent(int rows);
    void showMenu(const QPoint& position);
    void sortByCurrent();
    void updatePeek();
    void select(const std::vector<std::uint32_t>& flows);
    [[nodiscard]] SnapshotPtr capture() const;

    QTableView& m_table;
    EngineBridge& m_bridge;
    Dock& m_dock;
    Focus& m_focus;
    Meaning m_meaning;
    More m_more;
    std::function<void()> m_copy;
    FlowsPeek* m_peek = nullptr;
};

/// The chosen rows (all columns on screen, in their order) as lines of text with tabs, below the titles.
[[nodiscard]] QString rowsAsText(const QTableView& table);

} // namespace timbre::ui
