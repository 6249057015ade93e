#include "ui/docks/flows_view.h"

#include "ui/docks/flows_delegate.h"
#include "ui/models/table_setup.h"

#include <QtCore/QScopedValueRollback>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QHeaderView>

namespace timbre::ui {

FlowsView::FlowsView(FlowsModel& model, Focus& focus, Theme& theme, QWidget* parent)
    : QTableView(parent)
    , m_model(model)
    , m_focus(focus)
    , m_theme(theme)
    , m_delegate(new FlowsDelegate(model, theme, this))
{
    setUpTable(*this);
    setModel(&model);
    setItemDelegate(m_delegate);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setContextMenuPolicy(Qt::CustomContextMenu);
    setAccessibleName(tr("Flows"));
    QHeaderView* header = horizontalHeader();
    // The header asks for each column whether it is selected as a whole, which looks at every row. Its own, empty
    // selection answers at once.
    header->setSelectionModel(new QItemSelectionModel(&model, header));
    header->setSectionsMovable(true);
    header->setSectionsClickable(true);
    header->setSortIndicatorShown(true);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QHeaderView::sectionClicked, this,
            [this](int section) { emit sortRequested(static_cast<FlowColumn>(section)); });
    connect(&model, &FlowsModel::orderAboutToChange, this, &FlowsView::rememberPlace);
    connect(&model, &FlowsModel::orderChanged, this, &FlowsView::restorePlace);
    m_peek = new RowPeek(*this, focus, theme, [this](const QModelIndex& at) {
        return PeekContent{m_model.sharedFlows(), m_model.flowAt(at.row()), {}, {}};
    });
    makeKeys();
}

void FlowsView::themeChanged()
{
    m_delegate->refreshFonts();
    viewport()->update();
}

// Keeps the toolkit from following each selected row through the change: only the place is noted, the focus knows the
// rest.
void FlowsView::rememberPlace()
{
    const int top = rowAt(0);
    m_topFlow = top >= 0 ? m_model.flowAt(top) : flow::kNoFlow;
    m_currentColumn = std::max(0, currentIndex().column());
    m_following = true;
    selectionModel()->reset();
}

void FlowsView::restorePlace()
{
    m_following = false;
    const bool toTop = std::exchange(m_showTop, false);
    selectFlows(m_focus.state().selection, false);
    if (toTop) {
        scrollToTop();
    } else if (m_topFlow != flow::kNoFlow) {
        if (const int row = m_model.rowOf(m_topFlow); row >= 0)
            scrollTo(m_model.index(row, m_currentColumn), QAbstractItemView::PositionAtTop);
    }
    m_peek->update();
}

void FlowsView::followFocus()
{
    if (!m_tellPending)
        selectFlows(m_focus.state().selection, true);
}

void FlowsView::selectFlows(const FlowSelection& selection, bool scroll)
{
    const QScopedValueRollback following(m_following, true);
    const int currentRow = selection.current == flow::kNoFlow ? -1 : m_model.rowOf(selection.current);
    QItemSelection pieces;
    for (const auto& [first, last] : m_model.stretchesOf(selection.flows, kMaxSelectedPieces))
        pieces.append(QItemSelectionRange(m_model.index(first, 0), m_model.index(last, kFlowColumns - 1)));
    if (pieces.isEmpty() && currentRow >= 0 && !selection.flows.empty())
        pieces.append(QItemSelectionRange(m_model.index(currentRow, 0), m_model.index(currentRow, kFlowColumns - 1)));
    if (currentRow >= 0) {
        const QModelIndex current = m_model.index(currentRow, m_currentColumn);
        selectionModel()->setCurrentIndex(current, QItemSelectionModel::NoUpdate);
        if (scroll)
            scrollTo(current);
    }
    selectionModel()->select(pieces, QItemSelectionModel::ClearAndSelect);
}

void FlowsView::selectionChanged(const QItemSelection& selected, const QItemSelection& deselected)
{
    QTableView::selectionChanged(selected, deselected);
    tellFocus();
}

void FlowsView::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QTableView::currentChanged(current, previous);
    tellFocus();
}

// A click changes the current row and the selection one after the other: the focus hears of both at once, a moment
// later.
void FlowsView::tellFocus()
{
    if (m_following || m_tellPending)
        return;
    m_tellPending = true;
    QMetaObject::invokeMethod(
        this,
        [this] {
            std::vector<std::uint32_t> flows;
            for (const QItemSelectionRange& range : selectionModel()->selection()) {
                const int last = std::min(range.bottom(), m_model.rowCount() - 1);
                for (int row = range.top(); row <= last; ++row)
                    flows.push_back(m_model.flowAt(row));
            }
            const QModelIndex current = currentIndex();
            m_focus.setSelection(std::move(flows), current.isValid() ? m_model.flowAt(current.row()) : flow::kNoFlow);
            m_tellPending = false;
        },
        Qt::QueuedConnection);
}

void FlowsView::moveCurrent(int rows)
{
    const int last = m_model.rowCount() - 1;
    if (last < 0)
        return;
    const int row = currentIndex().isValid() ? std::clamp(currentIndex().row() + rows, 0, last) : 0;
    const int column = currentIndex().isValid() ? currentIndex().column() : 0;
    setCurrentIndex(m_model.index(row, column));
}

void FlowsView::makeKeys()
{
    m_keys = new ViewKeys(tableKeyGroup(), *this);
    addTableKeys(*m_keys, {.move = [this](int rows) { moveCurrent(rows); },
                           .peek = [this] { togglePeek(); },
                           .closePeek = [this] { return m_peek->close(); },
                           .sort =
                               [this] {
                                   if (currentIndex().isValid())
                                       emit sortRequested(static_cast<FlowColumn>(currentIndex().column()));
                               },
                           .copy = [this] { emit copyRequested(); }});
    m_openKeys = new ViewKeys(accessibleName(), *this);
    m_openKeys->add({Qt::Key_Return, Qt::Key_Enter}, tr("Packets of the selected flows"), [this](const QKeyEvent&) {
        if (currentIndex().isValid())
            emit activated(currentIndex());
        return currentIndex().isValid();
    });
}

void FlowsView::keyPressEvent(QKeyEvent* event)
{
    if (m_keys->press(*event) || m_openKeys->press(*event))
        return;
    if (event->modifiers() == Qt::NoModifier && !event->text().isEmpty() && event->text().at(0).isLetterOrNumber()) {
        event->ignore(); // no search as you type: it would walk through every row
        return;
    }
    QTableView::keyPressEvent(event);
}

bool FlowsView::peekVisible() const
{
    return m_peek->visible();
}

void FlowsView::togglePeek()
{
    if (!currentIndex().isValid() && !peekVisible())
        moveCurrent(0);
    m_peek->toggle();
}

void FlowsView::showSortIndicator()
{
    const RowOrder& order = m_focus.state().order;
    int section = -1;
    for (const FlowColumnInfo& info : flowColumns()) {
        if (info.field == order.field && order.field != query::Field::Index && section < 0)
            section = static_cast<int>(info.column);
    }
    horizontalHeader()->setSortIndicator(section, order.descending ? Qt::DescendingOrder : Qt::AscendingOrder);
}

} // namespace timbre::ui
