#pragma once

// The anomalies of a capture as rows, in order of detection; hidden ones are left out by the proxy. New anomalies come
// at the end, a repeated one changes its row. GUI thread only.

#include "engine/trends/suppression.h"
#include "ui/focus/focus.h"
#include "ui/theme/theme.h"

#include <QtCore/QAbstractTableModel>
#include <QtCore/QSortFilterProxyModel>

namespace timbre::ui {

class AnomaliesModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum class Column : int { Severity, Detected, Kind, What, Count, Entities, NumColumns };
    static constexpr int kSortRole = Qt::UserRole;

    AnomaliesModel(const Theme& theme, const Focus& focus, QObject* parent);

    /// Null for none. Rows of the same capture that did not change stay.
    void setResult(std::shared_ptr<const trends::TrendsResult> result, bool sameCapture);
    [[nodiscard]] const trends::TrendsResult* result() const { return m_result.get(); }
    /// Requires: row < rowCount().
    [[nodiscard]] const trends::AnomalyRow& row(int row) const { return *(*m_result->anomalies)[std::size_t(row)]; }
    void zoneChanged();

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString text(const trends::AnomalyRow& row, Column column) const;
    [[nodiscard]] QVariant sortValue(const trends::AnomalyRow& row, Column column) const;

    const Theme& m_theme;
    const Focus& m_focus;
    std::shared_ptr<const trends::TrendsResult> m_result;
    int m_rows = 0;
};

/// Leaves out what the analyst suppressed and what lies outside the time range, and counts both.
class ShownAnomalies : public QSortFilterProxyModel {
    Q_OBJECT

public:
    explicit ShownAnomalies(AnomaliesModel& model, QObject* parent);
    void setSuppressions(std::vector<trends::Suppression> suppressions);
    void setRange(std::optional<TimeRange> range);
    /// Lists what the suppressions hide as well.
    void setHiddenShown(bool shown);
    [[nodiscard]] const std::vector<trends::Suppression>& suppressions() const { return m_suppressions; }
    /// How many rows of the time range each suppression hides, in their order; a row may be hidden by several.
    [[nodiscard]] std::vector<int> hiddenCounts() const;
    /// Rows of the time range that some suppression hides, listed or not.
    [[nodiscard]] int hiddenRows() const;

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    [[nodiscard]] bool inRange(const trends::AnomalyRow& row) const;
    [[nodiscard]] bool suppressed(const trends::AnomalyRow& row) const;

    AnomaliesModel& m_model;
    std::vector<trends::Suppression> m_suppressions; // those that have not expired
    std::optional<TimeRange> m_range;
    bool m_hiddenShown = false;
};

[[nodiscard]] Role roleOf(trends::Severity severity);
/// "low" … "critical"
[[nodiscard]] QString severityTitle(trends::Severity severity);
/// Milliseconds since 1970 as a moment, clamped at the ends of time.
[[nodiscard]] Timestamp timeOfMs(std::int64_t ms);

} // namespace timbre::ui
