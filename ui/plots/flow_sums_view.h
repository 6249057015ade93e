#pragma once

// Several selected flows: how many, their sums in both directions, and the flows themselves to pick one from.

#include "engine/flow/flow_snapshot.h"
#include "ui/theme/theme.h"

#include <QtCore/QAbstractTableModel>
#include <QtWidgets/QWidget>

class QLabel;
class QTableView;

namespace timbre::ui {

class SelectedFlowsModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { FlowColumn, UpColumn, DownColumn, ColumnCount };
    using QAbstractTableModel::QAbstractTableModel;

    void setFlows(std::shared_ptr<const flow::FlowSnapshot> snapshot, std::vector<std::uint32_t> flows);
    [[nodiscard]] std::uint32_t flowAt(int row) const { return m_flows[static_cast<std::size_t>(row)]; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::shared_ptr<const flow::FlowSnapshot> m_snapshot;
    std::vector<std::uint32_t> m_flows;
};

class FlowSumsView : public QWidget {
    Q_OBJECT

public:
    explicit FlowSumsView(QWidget* parent = nullptr);

    void showFlows(std::shared_ptr<const flow::FlowSnapshot> snapshot, std::vector<std::uint32_t> flows);
    [[nodiscard]] QString words() const;
    [[nodiscard]] QTableView& table() { return *m_table; }
    [[nodiscard]] SelectedFlowsModel& model() { return *m_model; }

private:
    QLabel* m_words = nullptr;
    QTableView* m_table = nullptr;
    SelectedFlowsModel* m_model = nullptr;
};

} // namespace timbre::ui
