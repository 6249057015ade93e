#pragma once

// Paints the cells of the flow table: plain text, the shape of a state and the bar over capture time. It does less than
// the toolkit's delegate and is so several times quicker, which is what keeps scrolling smooth on large screens.

#include "ui/theme/theme.h"

#include <QtWidgets/QStyledItemDelegate>

namespace timbre::ui {

class FlowsModel;

class FlowsDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    FlowsDelegate(const FlowsModel& model, const Theme& theme, QObject* parent);

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    /// Fonts are made once, not per cell.
    void refreshFonts();

private:
    void paintTimeline(QPainter& painter, const QRect& box, int row) const;

    const FlowsModel& m_model;
    const Theme& m_theme;
    QFont m_fixedFont;
};

} // namespace timbre::ui
