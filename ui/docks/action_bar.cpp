#include "ui/docks/action_bar.h"

#include <QtCore/QEvent>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QStyleOptionToolButton>

namespace timbre::ui {

ActionBar::ActionBar(Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(Theme::kGrid, Theme::kGrid, Theme::kGrid, Theme::kGrid);
    layout->setSpacing(0);
    layout->setSizeConstraint(QLayout::SetNoConstraint); // the bar itself says how narrow it can be
    layout->addStretch(1);
    connect(&theme, &Theme::changed, this, &ActionBar::updateIcons);
}

QToolButton* ActionBar::add(const QString& icon, const QString& text)
{
    auto* button = new QToolButton(this);
    button->setAutoRaise(true);
    button->setText(text);
    button->setToolTip(text);
    button->setAccessibleName(text);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    button->setFocusPolicy(Qt::TabFocus);
    auto* row = static_cast<QHBoxLayout*>(layout());
    row->insertWidget(row->count() - 1, button);
    m_buttons.emplace_back(button, icon);
    updateIcons();
    chooseStyle();
    return button;
}

void ActionBar::updateIcons()
{
    for (const auto& [button, icon] : m_buttons)
        button->setIcon(m_theme.icon(icon));
}

/// Of all buttons in that style, whatever style they have now.
int ActionBar::widthIn(Qt::ToolButtonStyle style) const
{
    int width = 2 * Theme::kGrid;
    for (const auto& [button, icon] : m_buttons) {
        QStyleOptionToolButton option;
        option.initFrom(button);
        option.text = button->text();
        option.icon = button->icon();
        option.iconSize = button->iconSize();
        option.toolButtonStyle = style;
        QSize content = option.iconSize;
        if (style == Qt::ToolButtonTextOnly) {
            content = option.fontMetrics.size(Qt::TextShowMnemonic, option.text);
            content.rwidth() += option.fontMetrics.horizontalAdvance(QLatin1Char(' ')) * 2; // as QToolButton has it
        }
        width += button->style()->sizeFromContents(QStyle::CT_ToolButton, &option, content, button).width();
    }
    return width;
}

QSize ActionBar::sizeHint() const
{
    return {widthIn(Qt::ToolButtonTextOnly), layout()->sizeHint().height()};
}

QSize ActionBar::minimumSizeHint() const
{
    return {std::min(widthIn(Qt::ToolButtonIconOnly), widthIn(Qt::ToolButtonTextOnly)), layout()->sizeHint().height()};
}

void ActionBar::chooseStyle()
{
    const bool words = width() >= widthIn(Qt::ToolButtonTextOnly);
    for (const auto& [button, icon] : m_buttons)
        button->setToolButtonStyle(words ? Qt::ToolButtonTextOnly : Qt::ToolButtonIconOnly);
}

void ActionBar::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    chooseStyle();
}

void ActionBar::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() != QEvent::FontChange && event->type() != QEvent::StyleChange)
        return;
    updateGeometry();
    chooseStyle();
}

} // namespace timbre::ui
