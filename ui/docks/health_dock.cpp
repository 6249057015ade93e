#include "ui/docks/health_dock.h"

#include "ui/docks/table_actions.h"
#include "ui/models/health_model.h"
#include "ui/models/table_setup.h"

#include <QtWidgets/QHeaderView>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QTableView>

namespace timbre::ui {

HealthDock::HealthDock(EngineBridge& bridge, Focus& focus, Theme& theme, QWidget* parent)
    : Dock({QStringLiteral("health"), tr("Health"), QStringLiteral("health"), 6, false}, focus, theme, parent)
    , m_bridge(bridge)
    , m_model(new HealthModel(theme, this))
    , m_pages(new QStackedWidget(this))
    , m_empty(new EmptyState({}, m_pages))
    , m_table(new QTableView(m_pages))
{
    setUpTable(*m_table);
    m_table->setModel(m_model);
    m_table->setAccessibleName(tr("What was met while reading"));
    QHeaderView* header = m_table->horizontalHeader();
    header->setSectionResizeMode(static_cast<int>(HealthModel::Column::What), QHeaderView::Stretch);
    header->resizeSection(static_cast<int>(HealthModel::Column::Count), 100);
    header->resizeSection(static_cast<int>(HealthModel::Column::Where), 220);
    keepColumns(*m_table, QStringLiteral("health"));
    new TableActions(*m_table, m_bridge, *this, focus, theme, [this](const QModelIndex& at) {
        const HealthItem& item = m_model->items()[static_cast<std::size_t>(at.row())];
        return RowMeaning{item.filter.isEmpty() ? QStringList() : QStringList(item.filter), {}};
    });
    m_pages->addWidget(m_empty);
    m_pages->addWidget(m_table);
    setWidget(m_pages);
    connect(&bridge, &EngineBridge::captureChanged, this, [this](CaptureId id) {
        if (id == focusState().capture)
            refresh();
    });
    connect(&bridge, &EngineBridge::workspaceChanged, this, &HealthDock::refresh);
    refresh();
}

QWidget* HealthDock::focusTarget()
{
    return m_pages->currentWidget();
}

void HealthDock::focusChanged(FocusParts parts)
{
    if (parts.testFlag(FocusPart::Capture))
        refresh();
}

void HealthDock::themeChanged()
{
    Dock::themeChanged();
    m_table->viewport()->update();
}

void HealthDock::refresh()
{
    const SnapshotPtr snapshot = m_bridge.snapshot(focusState().capture);
    m_model->setItems(snapshot ? healthOf(*snapshot, m_bridge.workspace()) : std::vector<HealthItem>{});
    m_empty->setText(!snapshot ? tr("Damage in a capture and every cap that bites are listed here.")
                     : snapshot->phase == pipeline::Phase::Reading
                         ? tr("Nothing to report so far.")
                         : tr("Nothing to report. Every packet was read and counted."));
    m_pages->setCurrentIndex(m_model->rowCount() == 0 ? 0 : 1);
}

} // namespace timbre::ui
