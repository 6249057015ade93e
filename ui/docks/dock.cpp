#include "ui/docks/dock.h"

#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QToolButton>

namespace timbre::ui {

namespace {

constexpr int kIconSide = 16;
constexpr int kEmptyTextMin = 120;

QToolButton* makeTitleButton(QWidget* parent, const QString& name)
{
    auto* button = new QToolButton(parent);
    button->setAutoRaise(true);
    button->setIconSize({12, 12});
    button->setFocusPolicy(Qt::NoFocus); // the Dock menu has the same by keyboard
    button->setObjectName(name);
    return button;
}

} // namespace

Dock::Dock(DockFacts facts, Focus& focus, Theme& theme, QWidget* parent)
    : QDockWidget(parent)
    , m_facts(std::move(facts))
    , m_focus(focus)
    , m_theme(theme)
{
    setObjectName(m_facts.id);
    setWindowTitle(m_facts.title);
    setAccessibleName(m_facts.title);
    setTitleBarWidget(makeTitleBar());
    connect(&m_focus, &Focus::changed, this, [this](FocusParts parts) {
        if (!m_pinned)
            focusChanged(parts);
        else if (parts.testFlag(FocusPart::Zone))
            focusChanged(FocusPart::Zone); // how times are written is no part of what is looked at
    });
    connect(&m_theme, &Theme::changed, this, [this] { themeChanged(); });
    connect(this, &QDockWidget::topLevelChanged, this, [this] { updateTitleBar(); });
    connect(this, &QDockWidget::windowTitleChanged, this, [this] { updateTitleBar(); });
    updateTitleBar();
}

QWidget* Dock::makeTitleBar()
{
    auto* bar = new QWidget(this);
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins(Theme::kMargin, 2, Theme::kGrid, 2);
    layout->setSpacing(Theme::kGrid);
    m_iconLabel = new QLabel(bar);
    m_titleLabel = new QLabel(bar);
    m_titleLabel->setTextFormat(Qt::PlainText);
    m_titleLabel->setForegroundRole(QPalette::PlaceholderText);
    m_pinButton = makeTitleButton(bar, QStringLiteral("pin"));
    m_pinButton->setCheckable(true);
    m_pinButton->setVisible(m_facts.canPin);
    m_pinButton->setToolTip(tr("Pin: keep this filter, range and selection here"));
    m_floatButton = makeTitleButton(bar, QStringLiteral("float"));
    m_closeButton = makeTitleButton(bar, QStringLiteral("close"));
    m_closeButton->setToolTip(tr("Close; the View menu brings it back"));
    layout->addWidget(m_iconLabel);
    layout->addWidget(m_titleLabel);
    layout->addStretch(1);
    for (QToolButton* button : {m_pinButton, m_floatButton, m_closeButton})
        layout->addWidget(button);
    connect(m_pinButton, &QToolButton::clicked, this, &Dock::setPinned);
    connect(m_floatButton, &QToolButton::clicked, this, [this] { setFloating(!isFloating()); });
    connect(m_closeButton, &QToolButton::clicked, this, &QWidget::close);
    return bar;
}

void Dock::updateTitleBar()
{
    m_iconLabel->setPixmap(
        m_theme.icon(m_facts.icon, Role::Muted).pixmap(QSize(kIconSide, kIconSide), devicePixelRatio()));
    m_titleLabel->setText(pinned() ? tr("%1 (pinned)").arg(windowTitle()) : windowTitle());
    m_pinButton->setIcon(m_theme.icon(QStringLiteral("pin"), pinned() ? Role::Accent : Role::Muted));
    m_pinButton->setChecked(pinned());
    m_floatButton->setIcon(m_theme.icon(QStringLiteral("float"), Role::Muted));
    m_floatButton->setToolTip(isFloating() ? tr("Put back into the window") : tr("Float as a window of its own"));
    m_closeButton->setIcon(m_theme.icon(QStringLiteral("close"), Role::Muted));
}

void Dock::setPinned(bool pinned)
{
    if (pinned == this->pinned())
        return;
    if (pinned)
        m_pinned = m_focus.state();
    else
        m_pinned.reset();
    updateTitleBar();
    if (!pinned)
        focusChanged(kAllFocusParts);
    emit pinnedChanged(pinned);
}

void Dock::bringToFront()
{
    show();
    raise();
    window()->activateWindow(); // its own, or the main window when it was just put back there
    if (QWidget* target = focusTarget())
        target->setFocus(Qt::ShortcutFocusReason);
}

void Dock::addNoteActions(QMenu& menu)
{
    const std::optional<NoteChoice> choice = noteChoice();
    if (!choice)
        return;
    menu.addAction(m_theme.icon(QStringLiteral("note")), tr("&Note…\tN"), this,
                   [this, choice] { emit noteAboutWanted(*choice); });
    menu.addAction(m_theme.icon(QStringLiteral("bookmark")), tr("&Bookmark\tB"), this,
                   [this, choice] { emit bookmarkOnWanted(*choice); });
}

void Dock::focusChanged(FocusParts) {}

void Dock::themeChanged()
{
    updateTitleBar();
}

EmptyState::EmptyState(const QString& text, QWidget* parent)
    : QWidget(parent)
    , m_text(new QLabel(text, this))
    , m_button(new QPushButton(this))
{
    m_text->setAlignment(Qt::AlignCenter);
    m_text->setWordWrap(true);
    m_text->setForegroundRole(QPalette::PlaceholderText);
    m_text->setMinimumWidth(kEmptyTextMin);
    m_button->hide();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(Theme::kMargin, Theme::kMargin, Theme::kMargin, Theme::kMargin);
    layout->setSpacing(Theme::kMargin);
    layout->addStretch(2);
    // Not aligned: a wrapped label knows its height only for the width that a layout gives it in full.
    layout->addWidget(m_text);
    layout->addWidget(m_button, 0, Qt::AlignHCenter);
    layout->addStretch(3);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    connect(m_button, &QPushButton::clicked, this, &EmptyState::actionTriggered);
}

void EmptyState::setText(const QString& text)
{
    m_text->setText(text);
}

void EmptyState::setAction(const QString& text)
{
    m_button->setText(text);
    m_button->setVisible(!text.isEmpty());
}

} // namespace timbre::ui
