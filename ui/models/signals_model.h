#pragma once

// Signals one by one, as they stand behind a bar of the trends plot. A value is replaced as a whole: the list belongs
// to one choice. GUI thread only.

#include "engine/trends/trends_result.h"
#include "ui/focus/focus.h"

#include <QtCore/QAbstractTableModel>

namespace timbre::ui {

class SignalsModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum class Column : int { Time, Type, Address, Value, Flow, NumColumns };
    static constexpr int kSortRole = Qt::UserRole;

    SignalsModel(const Focus& focus, QObject* parent);

    /// Requires: the signals belong to `result`, which may be null when there are none.
    void setSignals(std::shared_ptr<const trends::TrendsResult> result, std::vector<trends::Signal> list);
    void zoneChanged();
    /// Requires: row < rowCount().
    [[nodiscard]] const trends::Signal& row(int row) const { return m_rows[static_cast<std::size_t>(row)]; }
    /// What finds flows of the same value, or of the same address where values are no field of the filter.
    [[nodiscard]] QString filterOf(int row, Column column) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString text(const trends::Signal& signal, Column column) const;

    const Focus& m_focus;
    std::shared_ptr<const trends::TrendsResult> m_result;
    std::vector<trends::Signal> m_rows;
};

/// A value as it is shown: hashes by their first digits, everything else whole.
[[nodiscard]] QString signalValueText(trends::SignalType type, std::string_view value);
/// The term that finds flows with this value; empty when no field of the filter has it.
[[nodiscard]] QString signalFilter(trends::SignalType type, std::string_view value);

} // namespace timbre::ui
