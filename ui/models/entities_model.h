#pragma once

// Addresses with their risk and what they showed. GUI thread only.

#include "engine/trends/entity_view.h"
#include "ui/focus/focus.h"

#include <QtCore/QAbstractTableModel>

namespace timbre::ui {

class EntitiesModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum class Column : int { Entity, Risk, Now, Anomalies, Signals, Last, NumColumns };

    EntitiesModel(const Focus& focus, QObject* parent);

    /// `rows`: what entitiesOf() says of the result. Null and none for an empty list.
    void setResult(std::shared_ptr<const trends::TrendsResult> result, std::vector<trends::EntitySummary> rows);
    [[nodiscard]] const trends::TrendsResult* result() const { return m_result.get(); }
    [[nodiscard]] const trends::EntitySummary& row(int row) const { return m_rows[static_cast<std::size_t>(row)]; }
    /// −1 when it is not in the list.
    [[nodiscard]] int rowOf(const QString& entity) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    const Focus& m_focus;
    std::shared_ptr<const trends::TrendsResult> m_result;
    std::vector<trends::EntitySummary> m_rows;
};

} // namespace timbre::ui
