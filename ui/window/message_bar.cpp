#include "ui/window/message_bar.h"

#include "ui/models/health_model.h"

#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QToolButton>

#include <algorithm>

namespace timbre::ui {

namespace {

constexpr int kIconSide = 16;

QString iconName(Role state)
{
    return state == Role::Bad     ? QStringLiteral("error")
           : state == Role::Watch ? QStringLiteral("warning")
                                  : QStringLiteral("info");
}

} // namespace

MessageBar::MessageBar(Theme& theme, QWidget* parent)
    : QFrame(parent)
    , m_theme(theme)
    , m_icon(new QLabel(this))
    , m_text(new QLabel(this))
    , m_more(new QLabel(this))
    , m_detail(new QLabel(this))
    , m_expand(new QToolButton(this))
    , m_action(new QPushButton(this))
    , m_close(new QToolButton(this))
{
    setAutoFillBackground(true);
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_more->setForegroundRole(QPalette::PlaceholderText);
    m_detail->setTextFormat(Qt::PlainText);
    m_detail->setWordWrap(true);
    m_detail->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_detail->setForegroundRole(QPalette::PlaceholderText);
    m_detail->hide();
    m_expand->setText(tr("Details"));
    m_expand->setCheckable(true);
    m_expand->setAutoRaise(true);
    m_expand->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_close->setAutoRaise(true);
    m_close->setToolTip(tr("Close this message"));
    m_close->setAccessibleName(m_close->toolTip());

    auto* line = new QHBoxLayout;
    line->setSpacing(Theme::kMargin);
    line->addWidget(m_icon);
    line->addWidget(m_text, 1);
    line->addWidget(m_more);
    line->addWidget(m_expand);
    line->addWidget(m_action);
    line->addWidget(m_close);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(Theme::kMargin, Theme::kGrid, Theme::kMargin, Theme::kGrid);
    layout->setSpacing(Theme::kGrid);
    layout->addLayout(line);
    layout->addWidget(m_detail);

    connect(m_expand, &QToolButton::toggled, m_detail, &QWidget::setVisible);
    connect(m_close, &QToolButton::clicked, this, &MessageBar::dismiss);
    connect(m_action, &QPushButton::clicked, this, [this] {
        const auto action = m_messages.empty() ? std::function<void()>() : m_messages.back().action;
        dismiss();
        if (action)
            action();
    });
    connect(&theme, &Theme::changed, this, &MessageBar::refresh);
    refresh();
}

void MessageBar::show(WindowMessage message)
{
    std::erase_if(m_messages, [&](const WindowMessage& old) { return old.text == message.text; });
    m_messages.push_back(std::move(message));
    if (m_messages.size() > kMaxWaiting)
        m_messages.erase(m_messages.begin());
    m_expand->setChecked(false);
    refresh();
}

void MessageBar::dismiss()
{
    if (!m_messages.empty())
        m_messages.pop_back();
    m_expand->setChecked(false);
    refresh();
}

void MessageBar::refresh()
{
    setVisible(!m_messages.empty());
    if (m_messages.empty())
        return;
    const WindowMessage& message = m_messages.back();
    QPalette colors = m_theme.palette();
    colors.setColor(QPalette::Window, m_theme.mixed(message.state, Role::Surface, 0.12));
    setPalette(colors);
    m_icon->setPixmap(
        m_theme.icon(iconName(message.state), message.state).pixmap(QSize(kIconSide, kIconSide), devicePixelRatio()));
    m_text->setText(message.text);
    m_text->setAccessibleName(QStringLiteral("%1: %2").arg(severityWord(message.state), message.text));
    m_detail->setText(message.detail);
    m_expand->setIcon(m_theme.icon(QStringLiteral("expand"), Role::Muted));
    m_expand->setVisible(!message.detail.isEmpty());
    m_action->setText(message.actionText);
    m_action->setVisible(!message.actionText.isEmpty());
    m_close->setIcon(m_theme.icon(QStringLiteral("close"), Role::Muted));
    const std::size_t waiting = m_messages.size() - 1;
    m_more->setText(tr("%1 more").arg(waiting));
    m_more->setVisible(waiting > 0);
}

} // namespace timbre::ui
