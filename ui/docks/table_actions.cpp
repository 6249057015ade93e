#include "ui/docks/table_actions.h"

#include "engine/query/filter.h"
#include "ui/filter/filter_menu.h"
#include "ui/models/format.h"
#include "ui/models/table_setup.h"

#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QMenu>
#include <QtWidgets/QTableView>

#include <algorithm>

namespace timbre::ui {

namespace {

/// Tabs and line ends would break the table apart; names from a capture may hold anything.
QString cellText(QString text)
{
    for (const char16_t c : {u'\t', u'\n', u'\r'})
        text.replace(QChar(c), QLatin1Char(' '));
    return text;
}

} // namespace

QString rowsAsText(const QTableView& table)
{
    const QHeaderView* header = table.horizontalHeader();
    const QAbstractItemModel* model = table.model();
    std::vector<int> columns;
    for (int visual = 0; visual < header->count(); ++visual) {
        if (const int column = header->logicalIndex(visual); !header->isSectionHidden(column))
            columns.push_back(column);
    }
    QModelIndexList rows = table.selectionModel()->selectedRows();
    if (rows.isEmpty() && table.currentIndex().isValid())
        rows.append(table.currentIndex());
    std::sort(rows.begin(), rows.end(), [](const QModelIndex& a, const QModelIndex& b) { return a.row() < b.row(); });
    const auto line = [&](const auto& cell) {
        QStringList cells;
        for (const int column : columns)
            cells << cellText(cell(column).toString());
        return cells.join(QLatin1Char('\t')) + QLatin1Char('\n');
    };
    QString text = line([&](int column) { return model->headerData(column, Qt::Horizontal); });
    for (const QModelIndex& row : rows)
        text += line([&](int column) { return model->index(row.row(), column).data(); });
    return text;
}

TableActions::TableActions(QTableView& table, EngineBridge& bridge, Dock& dock, Focus& focus, Theme& theme,
                           Meaning meaning)
    : QObject(&table)
    , m_table(table)
    , m_bridge(bridge)
    , m_dock(dock)
    , m_focus(focus)
    , m_meaning(std::move(meaning))
    , m_peek(new RowPeek(table, focus, theme, [this](const QModelIndex& at) { return peekContent(at); }))
{
    table.setContextMenuPolicy(Qt::CustomContextMenu);
    table.installEventFilter(this);
    connect(&table, &QWidget::customContextMenuRequested, this, &TableActions::showMenu);
    makeKeys();
}

void TableActions::makeKeys()
{
    m_keys = new ViewKeys(tableKeyGroup(), m_table);
    addTableKeys(*m_keys, {.move = [this](int rows) { moveCurrent(rows); },
                           .peek = [this] { m_peek->toggle(); },
                           .closePeek = [this] { return m_peek->close(); },
                           .sort = [this] { sortByCurrent(); },
                           .copy = [this] { copyRows(); }});
}

void TableActions::setOpen(const QString& text, std::function<void(const QModelIndex&)> open)
{
    m_openText = text;
    m_open = std::move(open);
    connect(&m_table, &QAbstractItemView::doubleClicked, this, m_open);
    auto* keys = new ViewKeys(m_dock.facts().title, m_table);
    keys->add({Qt::Key_Return, Qt::Key_Enter}, text, [this](const QKeyEvent&) {
        const QModelIndex current = m_table.currentIndex();
        if (current.isValid())
            m_open(current);
        return current.isValid();
    });
    m_openKeys = keys;
}

PeekContent TableActions::peekContent(const QModelIndex& index) const
{
    if (m_content)
        return m_content(index);
    const RowMeaning meaning = m_meaning(index);
    const SnapshotPtr shown = m_bridge.snapshot(m_dock.focusState().capture);
    if (meaning.flows.empty() || !shown || !shown->flows)
        return spelledOut(index);
    return {shown->flows, meaning.flows.front(), {}, {}};
}

void TableActions::fillMenu(QMenu& menu, const QModelIndex& index)
{
    const RowMeaning meaning = m_meaning(index);
    for (const QString& term : meaning.terms) {
        if (query::Filter::compile(term.toStdString()).filter) // names from a capture may be no address at all
            addFilterActions(menu, m_focus, term);
    }
    const bool few = !meaning.flows.empty() && meaning.flows.size() <= kMostFlowsInTerm;
    if (const QString own = few ? flowsTerm(meaning.flows) : QString(); few && !meaning.terms.contains(own))
        addFilterActions(menu, m_focus, own);
    menu.addSeparator();
    if (m_open)
        menu.setDefaultAction(menu.addAction(m_openText + tr("\tEnter"), this, [this, index] { m_open(index); }));
    menu.addAction(tr("&Copy rows\tCtrl+C"), this, &TableActions::copyRows);
    if (m_more)
        m_more(menu, index);
    if (!meaning.flows.empty()) {
        menu.addSeparator();
        menu.addAction(tr("Show f&lows (%1)").arg(formatCount(meaning.flows.size())), this, [this, meaning] {
            select(meaning.flows);
            emit m_dock.flowsWanted();
        });
        menu.addAction(tr("Show pac&kets"), this, [this, meaning] {
            select(meaning.flows);
            emit m_dock.packetsWanted();
        });
    }
    menu.addAction(tr("P&eek\tSpace"), m_peek, &RowPeek::toggle);
    menu.addSeparator();
    fillColumnMenu(*menu.addMenu(tr("Colu&mns")), m_table);
    if (m_table.isSortingEnabled() || m_table.horizontalHeader()->isSortIndicatorShown())
        menu.addAction(tr("&Sort by this column\tS"), this, &TableActions::sortByCurrent);
}

void TableActions::select(const std::vector<std::uint32_t>& flows)
{
    m_focus.setSelection(flows, flows.front());
}

void TableActions::showMenu(const QPoint& position)
{
    // From the menu key the position is somewhere in the table: the current cell is what is meant.
    const QModelIndex under = m_table.indexAt(position);
    const QModelIndex index = under.isValid() ? under : m_table.currentIndex();
    if (!index.isValid())
        return;
    if (under.isValid() && under != m_table.currentIndex()) { // the menu is about what is lit: that row, or several
        const bool lit = m_table.selectionModel()->isRowSelected(under.row());
        const auto how =
            lit ? QItemSelectionModel::NoUpdate : QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows;
        m_table.selectionModel()->setCurrentIndex(under, how);
    }
    QMenu menu(&m_table);
    fillMenu(menu, index);
    const QPoint place = under.isValid() ? position : m_table.visualRect(index).bottomLeft();
    menu.exec(m_table.viewport()->mapToGlobal(place));
}

void TableActions::copyRows() const
{
    if (m_copy)
        m_copy();
    else
        QGuiApplication::clipboard()->setText(rowsAsText(m_table));
}

void TableActions::moveCurrent(int rows)
{
    const int last = m_table.model()->rowCount() - 1;
    if (last < 0)
        return;
    const QModelIndex now = m_table.currentIndex();
    const int row = now.isValid() ? std::clamp(now.row() + rows, 0, last) : 0;
    m_table.setCurrentIndex(m_table.model()->index(row, std::max(0, now.column())));
}

void TableActions::sortByCurrent()
{
    QHeaderView* header = m_table.horizontalHeader();
    const int column = m_table.currentIndex().column();
    if (column < 0 || !header->isSortIndicatorShown())
        return;
    const bool again = header->sortIndicatorSection() == column && header->sortIndicatorOrder() == Qt::AscendingOrder;
    header->setSortIndicator(column, again ? Qt::DescendingOrder : Qt::AscendingOrder);
}

bool TableActions::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto& pressed = *static_cast<QKeyEvent*>(event);
        if (m_keys->press(pressed) || (m_openKeys && m_openKeys->press(pressed)))
            return true;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace timbre::ui
