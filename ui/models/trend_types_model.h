#pragma once

// The types of signals in the chosen range with their counts, how these changed, and how many different values and
// addresses they have. GUI thread only.

#include "engine/trends/trends_result.h"
#include "ui/theme/theme.h"

#include <QtCore/QAbstractTableModel>

namespace timbre::ui {

class TrendTypesModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum class Column : int { Type, Count, Change, Values, Entities, NumColumns };
    struct Row {
        trends::SignalType type = trends::SignalType::Jwt;
        std::uint64_t count = 0;
        std::optional<double> change; // percent; nothing without a range
        trends::DistinctCounts distinct;
        bool operator==(const Row& other) const
        {
            return type == other.type && count == other.count && change == other.change &&
                   distinct.values == other.distinct.values && distinct.entities == other.distinct.entities;
        }
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// Every type has a row of its own for good, so that a selection stays where it is; those that do not occur say 0.
    void setRows(const std::vector<Row>& rows);
    [[nodiscard]] const Row& row(int row) const { return m_rows[static_cast<std::size_t>(row)]; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<Row> m_rows;
};

} // namespace timbre::ui
