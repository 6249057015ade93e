#include "ui/models/entities_model.h"

#include "ui/models/anomalies_model.h"
#include "ui/models/format.h"

namespace timbre::ui {

EntitiesModel::EntitiesModel(const Focus& focus, QObject* parent)
    : QAbstractTableModel(parent)
    , m_focus(focus)
{
}

void EntitiesModel::setResult(std::shared_ptr<const trends::TrendsResult> result,
                              std::vector<trends::EntitySummary> rows)
{
    beginResetModel();
    m_result = std::move(result);
    m_rows = std::move(rows);
    endResetModel();
}

int EntitiesModel::rowOf(const QString& entity) const
{
    for (int i = 0; i < rowCount(); ++i)
        if (toQString(m_result->text(row(i).entity)) == entity)
            return i;
    return -1;
}

int EntitiesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int EntitiesModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(Column::NumColumns);
}

QVariant EntitiesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    const auto column = static_cast<Column>(section);
    if (role == Qt::ToolTipRole && column == Column::Now)
        return tr("What is left of the risk at the last signal: half of it goes in an hour");
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case Column::Entity:
        return tr("Address");
    case Column::Risk:
        return tr("Risk");
    case Column::Now:
        return tr("Now");
    case Column::Anomalies:
        return tr("Anomalies");
    case Column::Signals:
        return tr("Signals");
    case Column::Last:
        return tr("Last");
    case Column::NumColumns:
        break;
    }
    return {};
}

QVariant EntitiesModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const trends::EntitySummary& shown = row(index.row());
    const auto column = static_cast<Column>(index.column());
    if (role == Qt::TextAlignmentRole)
        return column == Column::Entity || column == Column::Last
                   ? QVariant()
                   : QVariant(static_cast<int>(Qt::AlignRight | Qt::AlignVCenter));
    const double now = trends::riskAt(shown.risk, m_result->lastMs);
    if (role == Qt::UserRole)
        switch (column) {
        case Column::Risk:
            return QVariant::fromValue<qlonglong>(shown.risk.points);
        case Column::Now:
            return now;
        case Column::Anomalies:
            return shown.risk.anomalies;
        case Column::Signals:
            return QVariant::fromValue<qulonglong>(shown.signalCount);
        case Column::Last:
            return QVariant::fromValue<qlonglong>(shown.lastMs);
        default:
            return toQString(m_result->text(shown.entity));
        }
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case Column::Entity:
        return toQString(m_result->text(shown.entity));
    case Column::Risk:
        return formatCount(static_cast<std::uint64_t>(std::max<std::int64_t>(0, shown.risk.points)));
    case Column::Now:
        return QString::number(now, 'f', now > 0 && now < 10 ? 1 : 0);
    case Column::Anomalies:
        return formatCount(shown.risk.anomalies);
    case Column::Signals:
        return formatCount(shown.signalCount);
    case Column::Last:
        return m_focus.formatTime(timeOfMs(shown.lastMs), 0);
    case Column::NumColumns:
        break;
    }
    return {};
}

} // namespace timbre::ui
