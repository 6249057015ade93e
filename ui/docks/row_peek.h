#pragma once

// Peek for a table or list: a popover beside the current row with the facts of the row's flow, or with the row spelled
// out in full where no single flow stands behind it. It follows the arrows, and lies above the whole window, so that a
// low dock does not cut it. Requires: focus and theme outlive the view. GUI thread only.

#include "ui/docks/flows_peek.h"

#include <QtCore/QPointer>

#include <functional>

class QAbstractItemView;
class QModelIndex;

namespace timbre::ui {

struct PeekContent {
    std::shared_ptr<const flow::FlowSnapshot> flows; // with the flow, or null
    std::uint32_t flow = flow::kNoFlow;
    QString title; // without a flow
    std::vector<PeekFact> facts;
};

class RowPeek : public QObject {
    Q_OBJECT

public:
    /// Asked with a valid index of the view's model.
    using Content = std::function<PeekContent(const QModelIndex&)>;

    RowPeek(QAbstractItemView& view, const Focus& focus, const Theme& theme, Content content);
    ~RowPeek() override;

    /// The current row's, or the first one's when there is none.
    void toggle();
    /// False: it was not open.
    bool close();
    [[nodiscard]] bool visible() const;
    [[nodiscard]] const FlowsPeek& popover() const { return *m_peek; }

    /// To be called when what the current row shows has changed; the rest RowPeek sees by itself.
    void update();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void place(const QModelIndex& row);

    QAbstractItemView& m_view;
    Content m_content;
    QPointer<FlowsPeek> m_peek; // a child of the view's window, which may go first
};

/// Every cell of the row under its column's title; what column 0 says is the title.
[[nodiscard]] PeekContent spelledOut(const QModelIndex& row);

} // namespace timbre::ui
