#include "ui/models/table_setup.h"

#include "ui/theme/theme.h"

#include <QtCore/QSettings>
#include <QtWidgets/QHeaderView>
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

void keepColumns(QTableView& table, const QString& key)
{
    QHeaderView* header = table.horizontalHeader();
    // What was kept for another number of columns is about another table.
    const QString full = QStringLiteral("%1/columns%2").arg(key).arg(header->count());
    header->restoreState(QSettings().value(full).toByteArray());
    const auto keep = [header, full] { QSettings().setValue(full, header->saveState()); };
    QObject::connect(header, &QHeaderView::sectionResized, header, keep);
    QObject::connect(header, &QHeaderView::sectionMoved, header, keep);
}

} // namespace timbre::ui
