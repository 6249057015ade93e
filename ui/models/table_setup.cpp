#include "ui/models/table_setup.h"

#include "ui/theme/theme.h"

#include <QtCore/QAbstractItemModel>
#include <QtCore/QCoreApplication>
#include <QtCore/QSettings>
#include <QtCore/QSortFilterProxyModel>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QMenu>
#include <QtWidgets/QTableView>

namespace timbre::ui {

void setUpTable(QTableView& table)
{
    // ResizeToContents on rows costs a second per 20,000 rows; fixed sections cost nothing.
    QHeaderView* rows = table.verticalHeader();
    rows->setMinimumSectionSize(1);
    rows->setSectionResizeMode(QHeaderView::Fixed);
    rows->setDefaultSectionSize(Theme::rowHeight(table.font()));
    rows->hide();
    QHeaderView* columns = table.horizontalHeader();
    columns->setHighlightSections(false);
    columns->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    columns->setMinimumSectionSize(28);
    table.setWordWrap(false);
    table.setShowGrid(false);
    table.setFrameShape(QFrame::NoFrame);
    table.setSelectionBehavior(QAbstractItemView::SelectRows);
    table.setVerticalScrollMode(QAbstractItemView::ScrollPerItem);
    table.setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table.setTabKeyNavigation(false);
    table.setEditTriggers(QAbstractItemView::NoEditTriggers);
}

QSortFilterProxyModel& showSortable(QTableView& table, QAbstractItemModel& model, int sortRole)
{
    auto* sorted = new QSortFilterProxyModel(&table);
    sorted->setDynamicSortFilter(false);
    sorted->setSortRole(sortRole);
    sorted->setSourceModel(&model);
    QObject::connect(&model, &QAbstractItemModel::rowsInserted, sorted, [sorted] {
        if (sorted->sortColumn() >= 0)
            sorted->sort(sorted->sortColumn(), sorted->sortOrder());
    });
    table.setModel(sorted);
    table.horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    table.horizontalHeader()->setSortIndicatorClearable(true);
    table.setSortingEnabled(true);
    return *sorted;
}

/// Where the columns of a header are kept.
static constexpr const char* kKeptAs = "timbreColumnsKept";

static void keepNow(const QHeaderView& header)
{
    if (const QString key = header.property(kKeptAs).toString(); !key.isEmpty())
        QSettings().setValue(key, header.saveState());
}

void keepColumns(QTableView& table, const QString& key)
{
    QHeaderView* header = table.horizontalHeader();
    // What was kept for another number of columns is about another table.
    const QString full = QStringLiteral("%1/columns%2").arg(key).arg(header->count());
    header->restoreState(QSettings().value(full).toByteArray());
    header->setProperty(kKeptAs, full);
    QObject::connect(header, &QHeaderView::sectionResized, header, [header] { keepNow(*header); });
    QObject::connect(header, &QHeaderView::sectionMoved, header, [header] { keepNow(*header); });
    header->setSectionsMovable(true);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    QObject::connect(header, &QWidget::customContextMenuRequested, header, [header, &table](const QPoint& position) {
        QMenu menu(header);
        fillColumnMenu(menu, table);
        menu.exec(header->mapToGlobal(position));
    });
}

void fillColumnMenu(QMenu& menu, QTableView& table)
{
    QHeaderView* header = table.horizontalHeader();
    const auto shown = [header] { return header->count() - header->hiddenSectionCount(); };
    for (int visual = 0; visual < header->count(); ++visual) {
        const int column = header->logicalIndex(visual);
        const bool hidden = header->isSectionHidden(column);
        const QString title = table.model()->headerData(column, Qt::Horizontal).toString();
        QAction* action = menu.addAction(
            title.isEmpty() ? QCoreApplication::translate("timbre::ui", "Column %1").arg(column + 1) : title);
        action->setCheckable(true);
        action->setChecked(!hidden);
        action->setEnabled(hidden || shown() > 1);
        QObject::connect(action, &QAction::toggled, header, [header, column, shown](bool on) {
            if (on || shown() > 1)
                header->setSectionHidden(column, !on);
            keepNow(*header); // what is said of it while it goes does not tell yet that it is hidden
        });
    }
}

} // namespace timbre::ui
