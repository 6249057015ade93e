#pragma once

// What every table of the window can do with a row, in the same words, order and keys: make a filter out of a cell,
// copy, show the flows behind the row and their packets, peek at them, sort, walk with J and K. A dock says what a row
// means; everything else is here. Requires: dock and focus outlive the table. GUI thread only.

#include "ui/bridge/engine_bridge.h"
#include "ui/docks/dock.h"
#include "ui/docks/row_peek.h"
#include "ui/keys/view_keys.h"

#include <functional>

class QMenu;
class QModelIndex;
class QTableView;

namespace timbre::ui {

struct RowMeaning {
    QStringList terms;                // filters that find what stands there, the most telling first
    std::vector<std::uint32_t> flows; // behind the row; Peek tells of the first, or spells out the row
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
    /// In place of the facts of the row's first flow.
    void setPeek(RowPeek::Content content) { m_content = std::move(content); }
    /// What Enter and a double click do with a row, in the words of a menu.
    void setOpen(const QString& text, std::function<void(const QModelIndex&)> open);
    /// As the menu key and the right button do, without showing it.
    void fillMenu(QMenu& menu, const QModelIndex& index);
    [[nodiscard]] RowPeek& peek() { return *m_peek; }
    void copyRows() const;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void makeKeys();
    void moveCurrent(int rows);
    void showMenu(const QPoint& position);
    void sortByCurrent();
    [[nodiscard]] PeekContent peekContent(const QModelIndex& index) const;
    void select(const std::vector<std::uint32_t>& flows);

    QTableView& m_table;
    EngineBridge& m_bridge;
    Dock& m_dock;
    Focus& m_focus;
    Meaning m_meaning;
    More m_more;
    std::function<void()> m_copy;
    RowPeek::Content m_content;
    QString m_openText;
    std::function<void(const QModelIndex&)> m_open;
    RowPeek* m_peek = nullptr;
    ViewKeys* m_keys = nullptr;
    ViewKeys* m_openKeys = nullptr; // with m_open
};

/// The chosen rows (all columns on screen, in their order) as lines of text with tabs, below the titles.
[[nodiscard]] QString rowsAsText(const QTableView& table);

} // namespace timbre::ui
