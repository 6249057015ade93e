#pragma once

// What a plot or a drawing shows, as rows: for those who want numbers or cannot see it.

#include <QtCore/QAbstractTableModel>

#include <functional>

namespace timbre::ui {

/// Data of a plot as text: column titles with units, and the cells on demand.
struct PlotTable {
    QStringList titles;
    int rows = 0;
    std::function<QString(int row, int column)> cell;
    QList<int> wordColumns = {}; // besides the first; the others are numbers

    [[nodiscard]] QString asTsv() const;
};

class PlotTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    using QAbstractTableModel::QAbstractTableModel;
    void setTable(PlotTable table);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    PlotTable m_table;
};

} // namespace timbre::ui
