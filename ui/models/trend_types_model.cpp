#include "ui/models/trend_types_model.h"

#include "ui/models/format.h"
#include "ui/models/trend_texts.h"

#include <cmath>

namespace timbre::ui {

namespace {

QString changeText(const std::optional<double>& change)
{
    if (!change)
        return {};
    if (*change == 0.0)
        return QStringLiteral("→ 0 %");
    return QStringLiteral("%1 %2 %").arg(*change > 0 ? QStringLiteral("▲") : QStringLiteral("▼"),
                                         QString::number(std::abs(*change), 'f', 0));
}

} // namespace

void TrendTypesModel::setRows(const std::vector<Row>& rows)
{
    if (rows == m_rows)
        return;
    if (rows.size() == m_rows.size()) {
        m_rows = rows;
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        return;
    }
    beginResetModel();
    m_rows = rows;
    endResetModel();
}

int TrendTypesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int TrendTypesModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(Column::NumColumns);
}

QVariant TrendTypesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    const auto column = static_cast<Column>(section);
    if (role == Qt::ToolTipRole && column == Column::Change)
        return tr("Against the stretch of the same length before the chosen time range");
    if (role == Qt::ToolTipRole && (column == Column::Values || column == Column::Entities))
        return tr("Different ones of this type, each counted once");
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case Column::Type:
        return tr("Type");
    case Column::Count:
        return tr("Signals");
    case Column::Change:
        return tr("Change");
    case Column::Values:
        return tr("Values");
    case Column::Entities:
        return tr("Addresses");
    case Column::NumColumns:
        break;
    }
    return {};
}

QVariant TrendTypesModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const auto column = static_cast<Column>(index.column());
    if (role == Qt::TextAlignmentRole && column != Column::Type)
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    const Row& shown = row(index.row());
    if (role == Qt::UserRole) // for sorting
        switch (column) {
        case Column::Count:
            return QVariant::fromValue<qulonglong>(shown.count);
        case Column::Change:
            return shown.change.value_or(0.0);
        case Column::Values:
            return QVariant::fromValue<qulonglong>(shown.distinct.values);
        case Column::Entities:
            return QVariant::fromValue<qulonglong>(shown.distinct.entities);
        default:
            return static_cast<int>(shown.type);
        }
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case Column::Type:
        return titleText(shown.type);
    case Column::Count:
        return formatCount(shown.count);
    case Column::Change:
        return changeText(shown.change);
    case Column::Values:
        return formatCount(shown.distinct.values);
    case Column::Entities:
        return formatCount(shown.distinct.entities);
    case Column::NumColumns:
        break;
    }
    return {};
}

} // namespace timbre::ui
