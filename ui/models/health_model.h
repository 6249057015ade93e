#pragma once

// Everything about a capture that an analyst should not have to guess: damage that was met and where, caps that bit,
// packets that belong to no flow. Worst first. An empty model means there is nothing to report.

#include "ui/bridge/engine_bridge.h"
#include "ui/theme/theme.h"

#include <QtCore/QAbstractTableModel>

namespace timbre::ui {

struct HealthItem {
    Role state = Role::Unknown; // Bad, Watch, or Unknown for a plain note
    QString text;               // a sentence
    QString count;              // how many, or empty
    QString where;              // "byte 1 024, after packet 12", or empty
    QString filter = {};        // that finds the flows it is about, or empty
    bool operator==(const HealthItem&) const = default;
};

/// Worst first, otherwise in the order of the file.
[[nodiscard]] std::vector<HealthItem> healthOf(const pipeline::CaptureSnapshot& snapshot,
                                               const pipeline::WorkspaceStatus& workspace);

class HealthModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum class Column : int { What, Count, Where, NumColumns };

    HealthModel(const Theme& theme, QObject* parent);

    void setItems(std::vector<HealthItem> items);
    [[nodiscard]] const std::vector<HealthItem>& items() const { return m_items; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    const Theme& m_theme;
    std::vector<HealthItem> m_items;
};

/// "error", "warning", "note": the word that goes with the shape.
[[nodiscard]] QString severityWord(Role state);

} // namespace timbre::ui
