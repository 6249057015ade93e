#include "ui/packets/packet_row_delegate.h"

#include "ui/packets/packet_list_model.h"
#include "ui/theme/theme.h"

#include <QtGui/QPainter>

namespace timbre::ui {

namespace {

bool inFixedFont(int column)
{
    return column == PacketListModel::TimeColumn || column == PacketListModel::SourceColumn ||
           column == PacketListModel::DestinationColumn;
}

} // namespace

PacketRowDelegate::PacketRowDelegate(const Theme& theme, QObject* parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{
}

void PacketRowDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    if (selected)
        painter->fillRect(option.rect, m_theme.color(Role::Selection));
    Role role = Role::Text;
    if (index.column() == PacketListModel::DirectionColumn) {
        const auto direction = static_cast<pipeline::Direction>(index.data(PacketListModel::DirectionRole).toInt());
        role = direction == pipeline::Direction::Initiator ? Role::Up : Role::Down;
    } else if (index.column() == PacketListModel::NumberColumn) {
        role = Role::Muted;
    }
    painter->setPen(m_theme.color(role));
    painter->setFont(inFixedFont(index.column()) ? m_theme.fixedFont() : option.font);
    const QRect box = option.rect.adjusted(Theme::kGrid, 0, -Theme::kGrid, 0);
    const bool address =
        index.column() == PacketListModel::SourceColumn || index.column() == PacketListModel::DestinationColumn;
    const QString text = painter->fontMetrics().elidedText(index.data().toString(),
                                                           address ? Qt::ElideMiddle : Qt::ElideRight, box.width());
    painter->drawText(box, index.data(Qt::TextAlignmentRole).toInt(), text);
    if (option.state.testFlag(QStyle::State_HasFocus) && index.column() == PacketListModel::NumberColumn)
        painter->fillRect(QRect(option.rect.topLeft(), QSize(2, option.rect.height())), m_theme.color(Role::Accent));
}

} // namespace timbre::ui
