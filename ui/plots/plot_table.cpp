#include "ui/plots/plot_table.h"

namespace timbre::ui {

QString PlotTable::asTsv() const
{
    QString text = titles.join(QLatin1Char('\t')) + QLatin1Char('\n');
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < titles.size(); ++column)
            text += cell(row, column) + (column + 1 < titles.size() ? QLatin1Char('\t') : QLatin1Char('\n'));
    }
    return text;
}

void PlotTableModel::setTable(PlotTable table)
{
    beginResetModel();
    m_table = std::move(table);
    endResetModel();
}

int PlotTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_table.rows;
}

int PlotTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_table.titles.size());
}

QVariant PlotTableModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    if (role == Qt::DisplayRole)
        return m_table.cell(index.row(), index.column());
    const bool words = index.column() == 0 || m_table.wordColumns.contains(index.column());
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue((words ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    return {};
}

QVariant PlotTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole) // above the figures
        return QVariant::fromValue((section == 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    return role == Qt::DisplayRole ? m_table.titles.value(section) : QVariant();
}

} // namespace timbre::ui
