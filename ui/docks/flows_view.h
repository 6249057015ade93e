#pragma once

// The table of flows on screen. It keeps the window's selection and its own in step by flow, not by row, and finds its
// place again when rows change places.

#include "ui/docks/row_peek.h"
#include "ui/keys/view_keys.h"
#include "ui/models/flows_model.h"

#include <QtWidgets/QTableView>

namespace timbre::ui {

class FlowsDelegate;

class FlowsView : public QTableView {
    Q_OBJECT

public:
    /// Scattered selections of more pieces than this are kept by the window but shown by the current row alone: each
    /// piece costs time in every cell that is painted.
    static constexpr std::size_t kMaxSelectedPieces = 1000;

    FlowsView(FlowsModel& model, Focus& focus, Theme& theme, QWidget* parent);

    /// After the next change of places, show the top instead of the flow that was there.
    void showTopNext() { m_showTop = true; }
    /// Shows what the focus has selected, if another view selected it.
    void followFocus();
    void themeChanged();
    /// Opens or closes the popover with the facts of the current flow.
    void togglePeek();
    [[nodiscard]] bool peekVisible() const;
    /// By the current order of the focus.
    void showSortIndicator();

signals:
    void sortRequested(timbre::ui::FlowColumn column);
    void copyRequested();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

private:
    void rememberPlace();
    void restorePlace();
    void tellFocus();
    void selectFlows(const FlowSelection& selection, bool scroll);
    void moveCurrent(int rows);
    void makeKeys();

    FlowsModel& m_model;
    Focus& m_focus;
    Theme& m_theme;
    FlowsDelegate* m_delegate = nullptr;
    RowPeek* m_peek = nullptr;
    ViewKeys* m_keys = nullptr;
    ViewKeys* m_openKeys = nullptr;
    std::uint32_t m_topFlow = flow::kNoFlow;
    int m_currentColumn = 0;
    bool m_showTop = false;
    bool m_following = false; // the selection is being set from the focus
    bool m_tellPending = false;
};

} // namespace timbre::ui
