#pragma once

// The flow table: a snapshot of all flows and the list of those that are shown, in their order. Both are immutable and
// come from other threads; nothing is sorted or filtered here. Texts are made for the cells on screen only. A new list
// is announced by the smallest change that explains it, so that selection and scroll stay on their flows.

#include "engine/flow/flow_snapshot.h"
#include "ui/focus/focus.h"
#include "ui/models/flow_columns.h"
#include "ui/theme/theme.h"

#include <QtCore/QAbstractTableModel>

#include <memory>
#include <vector>

namespace timbre::ui {

/// Flow indices in the order they are shown; null: all flows by index.
using RowList = std::shared_ptr<const std::vector<std::uint32_t>>;
using FlowSnapshotPtr = std::shared_ptr<const flow::FlowSnapshot>;

class FlowsModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum DataRole : int {
        FlowIndexRole = Qt::UserRole, // quint32
        ExactRole,                    // plain text for programs and the clipboard
        StateRole,                    // of timbre::ui::Role as int; Protocol column
    };

    FlowsModel(const Focus& focus, const Theme& theme, QObject* parent);

    /// `captureTime` is what the time bars are drawn over. Requires: every index in `rows` is < flows->size().
    void setFlows(FlowSnapshotPtr flows, RowList rows, std::optional<TimeRange> captureTime);
    /// For another capture: everything is forgotten.
    void clear();
    /// Times are written anew.
    void zoneChanged();

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// Requires: 0 <= row < rowCount().
    [[nodiscard]] std::uint32_t flowAt(int row) const;
    /// Where a flow is shown now; -1 when it is not. Looks at every row unless all are shown by index.
    [[nodiscard]] int rowOf(std::uint32_t flow) const;
    /// As above for many flows at once, one pass over the rows: {flow, row}, by row. `flows` is ascending.
    [[nodiscard]] std::vector<std::pair<std::uint32_t, int>> rowsOf(const std::vector<std::uint32_t>& flows) const;

    /// Stretches of rows, first and last, that show any of `flows`; nothing when there are more than `limit` of them.
    /// One pass over the rows at most. `flows` is ascending.
    [[nodiscard]] std::vector<std::pair<int, int>> stretchesOf(const std::vector<std::uint32_t>& flows,
                                                               std::size_t limit) const;

    [[nodiscard]] const flow::FlowSnapshot& flows() const { return *m_flows; }
    [[nodiscard]] FlowSnapshotPtr sharedFlows() const { return m_flows; }
    [[nodiscard]] const RowList& rows() const { return m_rows; }
    [[nodiscard]] std::optional<TimeRange> captureTime() const { return m_captureTime; }
    [[nodiscard]] const flow::FlowRecord& record(int row) const { return (*m_flows)[flowAt(row)]; }

signals:
    /// Rows are about to move to other places: the view notes which flows it looks at …
    void orderAboutToChange();
    /// … and finds them again.
    void orderChanged();

private:
    [[nodiscard]] QString text(const flow::FlowRecord& record, FlowColumn column) const;
    [[nodiscard]] QString toolTip(const flow::FlowRecord& record, FlowColumn column) const;
    void changePlaces(FlowSnapshotPtr flows, RowList rows);

    const Focus& m_focus;
    const Theme& m_theme;
    FlowSnapshotPtr m_flows;
    RowList m_rows;
    int m_count = 0;
    std::optional<TimeRange> m_captureTime;
};

/// The state of a flow as one of the four states: Good ended in order or established, Watch is half open or timed out,
/// Bad was reset, Unknown for protocols without states.
[[nodiscard]] Role flowState(const flow::FlowRecord& record);
/// "established", "reset", … in words.
[[nodiscard]] QString flowStateText(const flow::FlowRecord& record);

} // namespace timbre::ui
