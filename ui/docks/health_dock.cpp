#include "ui/docks/health_dock.h"

#include "ui/filter/filter_menu.h"
#include "ui/models/health_model.h"
#include "ui/models/table_setup.h"

#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QMenu>
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
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_table, &QWidget::customContextMenuRequested, this, &HealthDock::showMenu);
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

void HealthDock::showMenu(const QPoint& position)
{
    const QModelIndex under = m_table->indexAt(position);
    const QModelIndex index = under.isValid() ? under : m_table->currentIndex();
    if (!index.isValid())
        return;
    const HealthItem& item = m_model->items()[static_cast<std::size_t>(index.row())];
    QMenu menu(this);
    if (!item.filter.isEmpty())
        addFilterActions(menu, focus(), item.filter);
    menu.addSeparator();
    const QString words = QStringList{item.text, item.count, item.where}.join(QLatin1Char('\t'));
    menu.addAction(theme().icon(QStringLiteral("copy")), tr("&Copy"), this,
                   [words] { QGuiApplication::clipboard()->setText(words); });
    menu.exec(m_table->viewport()->mapToGlobal(under.isValid() ? position : m_table->visualRect(index).center()));
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
