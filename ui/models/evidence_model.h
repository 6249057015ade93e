#pragma once

// Why a window resembles a mask or does not: the features that moved the calibrated score most, each with its value and
// the range that the mask's own traffic has.

#include "engine/resonance/calibration.h"

#include <QtCore/QAbstractTableModel>
#include <QtWidgets/QStyledItemDelegate>

namespace timbre::ui {

class Theme;

class EvidenceModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Agrees, Side, Feature, Value, Expected, Picture, NumColumns };
    enum Roles { EvidenceRole = Qt::UserRole, SortRole };

    explicit EvidenceModel(Theme& theme, QObject* parent = nullptr);
    void setEvidence(std::vector<resonance::FeatureEvidence> evidence);
    [[nodiscard]] const resonance::FeatureEvidence& at(int row) const
    {
        return m_evidence[static_cast<std::size_t>(row)];
    }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    Theme& m_theme;
    std::vector<resonance::FeatureEvidence> m_evidence;
};

/// Leaves a word out where it would be cut: its icon says the same, and the tooltip spells it out.
class WordThatFits : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override;
};

/// Draws the expected range as a bar on the feature's scale and the value as a mark on it.
class EvidencePicture : public QStyledItemDelegate {
    Q_OBJECT

public:
    EvidencePicture(const Theme& theme, QObject* parent);
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    const Theme& m_theme;
};

} // namespace timbre::ui
