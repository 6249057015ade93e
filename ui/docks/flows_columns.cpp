#include "ui/docks/flows_columns.h"

#include "ui/models/flow_columns.h"
#include "ui/theme/theme.h"

#include <QtCore/QScopedValueRollback>
#include <QtCore/QSettings>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QMenu>
#include <QtWidgets/QTableView>

#include <algorithm>

namespace timbre::ui {

namespace {

constexpr int kCellPadding = 12;
constexpr int kSortArrow = 14;
constexpr int kMaxWidth = 2000;
constexpr int kLiveOnly = static_cast<int>(FlowColumn::RateNow);

QString settingsKey()
{
    return QStringLiteral("flows/columns");
}

const FlowColumnInfo* findColumn(const QString& id)
{
    const auto columns = flowColumns();
    const auto found = std::find_if(columns.begin(), columns.end(),
                                    [&](const FlowColumnInfo& info) { return id == QLatin1String(info.id); });
    return found == columns.end() ? nullptr : &*found;
}

} // namespace

FlowsColumns::FlowsColumns(QTableView& view, QObject* parent)
    : QObject(parent)
    , m_view(view)
{
    const QHeaderView* header = view.horizontalHeader();
    connect(header, &QHeaderView::sectionMoved, this, &FlowsColumns::tellChange);
    connect(header, &QHeaderView::sectionResized, this, &FlowsColumns::tellChange);
}

void FlowsColumns::applyDefaults()
{
    QHeaderView* header = m_view.horizontalHeader();
    for (const FlowColumnInfo& info : flowColumns()) {
        const int section = static_cast<int>(info.column);
        QFont font = m_view.font();
        if (info.fixed)
            font = QFont(QStringLiteral("monospace"), font.pointSize());
        const int text = QFontMetrics(font).horizontalAdvance(QString::fromUtf8(info.sample));
        const int title = m_view.fontMetrics().horizontalAdvance(columnTitle(info.column)) + kSortArrow;
        header->resizeSection(section, std::max(text, title) + kCellPadding);
        want(section, info.shown);
        header->moveSection(header->visualIndex(section), section);
    }
}

QStringList FlowsColumns::entries() const
{
    const QHeaderView* header = m_view.horizontalHeader();
    QStringList entries;
    for (int visual = 0; visual < header->count(); ++visual) {
        const int section = header->logicalIndex(visual);
        QString entry = QLatin1String(columnInfo(static_cast<FlowColumn>(section)).id);
        // A hidden section has no size; 0 leaves the width it starts with.
        const int width = header->isSectionHidden(section) ? 0 : header->sectionSize(section);
        entry += QStringLiteral(":%1:%2").arg(width).arg(wanted(section) ? 1 : 0);
        entries << entry;
    }
    return entries;
}

void FlowsColumns::save() const
{
    QSettings().setValue(settingsKey(), entries());
}

void FlowsColumns::restore()
{
    apply(QSettings().value(settingsKey()).toStringList());
}

void FlowsColumns::apply(const QStringList& entries)
{
    m_applying = true;
    applyDefaults();
    applyEntries(entries);
    m_applying = false;
}

void FlowsColumns::applyEntries(const QStringList& entries)
{
    QHeaderView* header = m_view.horizontalHeader();
    int visual = 0;
    for (const QString& entry : entries) {
        const QStringList parts = entry.split(QLatin1Char(':'));
        const FlowColumnInfo* info = parts.size() == 3 ? findColumn(parts[0]) : nullptr;
        if (info == nullptr)
            continue;
        const int section = static_cast<int>(info->column);
        const int width = parts[1].toInt();
        if (width > 0 && width <= kMaxWidth)
            header->resizeSection(section, width);
        want(section, parts[2] == QLatin1String("1"));
        header->moveSection(header->visualIndex(section), visual++);
    }
}

bool FlowsColumns::wanted(int section) const
{
    return section == kLiveOnly ? m_rateWanted : !m_view.horizontalHeader()->isSectionHidden(section);
}

void FlowsColumns::want(int section, bool shown)
{
    if (section == kLiveOnly)
        m_rateWanted = shown;
    m_view.horizontalHeader()->setSectionHidden(section, !shown || (section == kLiveOnly && !m_live));
}

void FlowsColumns::setLive(bool live)
{
    if (std::exchange(m_live, live) == live)
        return;
    const QScopedValueRollback quiet(m_applying, true); // nobody changed the arrangement
    want(kLiveOnly, m_rateWanted);
}

void FlowsColumns::tellChange()
{
    if (!m_applying)
        emit changed();
}

void FlowsColumns::reset()
{
    QSettings().remove(settingsKey());
    apply({});
    tellChange();
}

void FlowsColumns::fillMenu(QMenu& menu)
{
    menu.setToolTipsVisible(true);
    for (const FlowColumnInfo& info : flowColumns()) {
        const int section = static_cast<int>(info.column);
        QAction* action = menu.addAction(columnTitle(info.column));
        action->setToolTip(columnHelp(info.column));
        action->setCheckable(true);
        action->setChecked(wanted(section));
        connect(action, &QAction::toggled, this, [this, section](bool shown) {
            want(section, shown);
            save();
            tellChange();
        });
    }
    menu.addSeparator();
    menu.addAction(tr("Reset columns"), this, &FlowsColumns::reset);
}

} // namespace timbre::ui
