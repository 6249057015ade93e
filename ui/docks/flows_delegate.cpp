#include "ui/docks/flows_delegate.h"

#include "ui/models/flows_model.h"

#include <QtGui/QPainter>

#include <algorithm>

namespace timbre::ui {

namespace {

constexpr int kPadding = 6;
constexpr int kShapeWidth = 16;
constexpr int kBarHeight = 6;
constexpr double kMinBarWidth = 2.0;

Role textRole(FlowColumn column)
{
    switch (column) {
    case FlowColumn::PacketsUp:
    case FlowColumn::BytesUp:
        return Role::Up;
    case FlowColumn::PacketsDown:
    case FlowColumn::BytesDown:
        return Role::Down;
    default:
        return Role::Text;
    }
}

} // namespace

FlowsDelegate::FlowsDelegate(const FlowsModel& model, const Theme& theme, QObject* parent)
    : QStyledItemDelegate(parent)
    , m_model(model)
    , m_theme(theme)
{
    refreshFonts();
}

void FlowsDelegate::refreshFonts()
{
    m_fixedFont = m_theme.fixedFont();
}

void FlowsDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    if (selected)
        painter->fillRect(
            option.rect,
            option.palette.color(option.state.testFlag(QStyle::State_Active) ? QPalette::Active : QPalette::Inactive,
                                 QPalette::Highlight));
    const auto column = static_cast<FlowColumn>(index.column());
    const FlowColumnInfo& info = columnInfo(column);
    QRect box = option.rect.adjusted(kPadding, 0, -kPadding, 0);
    if (column == FlowColumn::Timeline) {
        paintTimeline(*painter, box, index.row());
    } else {
        if (column == FlowColumn::Protocol) {
            paintState(*painter, QRectF(box.left(), box.top(), 10, box.height()),
                       static_cast<Role>(m_model.data(index, FlowsModel::StateRole).toInt()), m_theme);
            box.setLeft(box.left() + kShapeWidth);
        }
        const QString text = m_model.data(index, Qt::DisplayRole).toString();
        if (!text.isEmpty()) {
            const QFont& font = info.fixed ? m_fixedFont : option.font;
            painter->setFont(font);
            painter->setPen(m_theme.color(textRole(column)));
            const QFontMetrics metrics(font);
            const Qt::TextElideMode mode = info.elideMiddle ? Qt::ElideMiddle : Qt::ElideRight;
            painter->drawText(box,
                              static_cast<int>(info.right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter |
                                  Qt::TextSingleLine,
                              metrics.elidedText(text, mode, box.width()));
        }
    }
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        painter->setPen(m_theme.color(Role::Accent));
        painter->drawRect(option.rect.adjusted(0, 0, -1, -1));
    }
}

void FlowsDelegate::paintTimeline(QPainter& painter, const QRect& box, int row) const
{
    const std::optional<TimeRange> whole = m_model.captureTime();
    if (!whole || box.width() <= 0)
        return;
    const flow::FlowRecord& record = m_model.record(row);
    const auto span = static_cast<double>(std::max<std::int64_t>(1, elapsedNs(whole->begin, whole->end)));
    const auto place = [&](Timestamp time) {
        return std::clamp(static_cast<double>(elapsedNs(whole->begin, time)) / span, 0.0, 1.0) * box.width();
    };
    const int top = box.center().y() - kBarHeight / 2;
    painter.fillRect(QRectF(box.left(), top + kBarHeight / 2.0 - 0.5, box.width(), 1), m_theme.color(Role::Line));
    const double left = std::min(place(record.started), box.width() - kMinBarWidth);
    const double width = std::max(kMinBarWidth, place(record.lastSeen) - left);
    painter.fillRect(QRectF(box.left() + left, top, width, kBarHeight),
                     m_theme.mixed(Role::Accent, Role::Surface, 0.8));
}

} // namespace timbre::ui
