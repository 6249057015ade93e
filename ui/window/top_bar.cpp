#include "ui/window/top_bar.h"

#include "ui/filter/filter_bar.h"
#include "ui/filter/filter_chips.h"
#include "ui/models/format.h"
#include "ui/window/message_bar.h"
#include "ui/window/window_layout.h"

#include <QtGui/QAction>
#include <QtGui/QPainter>
#include <QtGui/QWheelEvent>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QToolButton>

#include <algorithm>

namespace timbre::ui {

namespace {

constexpr int kProgressHeight = 2;

/// The wheel scrolls; it does not rearrange the window.
class ArrangementTabs : public QTabBar {
public:
    using QTabBar::QTabBar;

protected:
    void wheelEvent(QWheelEvent* event) override { event->ignore(); }
};

} // namespace

ProgressLine::ProgressLine(const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setFixedHeight(kProgressHeight);
    setAccessibleName(tr("Progress of reading"));
}

void ProgressLine::setShare(double share)
{
    if (share == m_share)
        return;
    m_share = share;
    setAccessibleDescription(share < 0 ? QString() : tr("%1 %").arg(static_cast<int>(share * 100)));
    update();
}

void ProgressLine::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(QRect(0, height() - 1, width(), 1), m_theme.color(Role::Line));
    if (m_share >= 0)
        painter.fillRect(QRect(0, 0, static_cast<int>(width() * std::min(1.0, m_share)), height()),
                         m_theme.color(Role::Accent));
}

TopBar::TopBar(EngineBridge& bridge, Focus& focus, Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_bridge(bridge)
    , m_focus(focus)
    , m_theme(theme)
    , m_open(new QToolButton(this))
    , m_filter(new FilterBar(bridge, focus, theme, this))
    , m_chips(new FilterChips(focus, theme, this))
    , m_range(new QToolButton(this))
    , m_progress(new ProgressLine(theme, this))
    , m_messages(new MessageBar(theme, this))
{
    m_open->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_range->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_range->setToolTip(tr("The time range all views follow. Click to show the whole capture."));
    m_range->setObjectName(QStringLiteral("range"));
    m_line = new QHBoxLayout;
    QHBoxLayout* line = m_line;
    line->setContentsMargins(Theme::kMargin, Theme::kGrid, Theme::kMargin, Theme::kGrid);
    line->setSpacing(Theme::kMargin);
    line->addWidget(m_open);
    line->addWidget(m_filter, 1);
    line->addWidget(m_range);
    line->addWidget(makeArrangements());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(line);
    layout->addWidget(m_chips);
    layout->addWidget(m_progress);
    layout->addWidget(m_messages);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);

    connect(m_chips, &FilterChips::left, m_filter, &FilterBar::activate);
    connect(m_range, &QToolButton::clicked, &focus, [&focus] { focus.setRange({}); });
    connect(&focus, &Focus::changed, this, &TopBar::refresh);
    connect(&theme, &Theme::changed, this, &TopBar::refresh);
    connect(&bridge, &EngineBridge::captureChanged, this, [this](CaptureId id) {
        if (id == m_focus.state().capture)
            refresh();
    });
    refresh();
}

QTabBar* TopBar::makeArrangements()
{
    m_arrangements = new ArrangementTabs(this);
    m_arrangements->setObjectName(QStringLiteral("arrangements"));
    m_arrangements->setAccessibleName(tr("Arrangement of the docks"));
    m_arrangements->setDrawBase(false);
    m_arrangements->setExpanding(false);
    for (std::size_t i = 0; i < kArrangements; ++i) {
        const int tab = m_arrangements->addTab(arrangementTitle(static_cast<Arrangement>(i)));
        m_arrangements->setTabToolTip(
            tab, tr("%1 (Ctrl+%2)").arg(arrangementPurpose(static_cast<Arrangement>(i))).arg(tab + 1));
    }
    connect(m_arrangements, &QTabBar::currentChanged, this,
            [this](int tab) { m_focus.setArrangement(static_cast<Arrangement>(tab)); });
    return m_arrangements;
}

void TopBar::showArrangement(Arrangement arrangement)
{
    const QSignalBlocker quiet(m_arrangements);
    m_arrangements->setCurrentIndex(static_cast<int>(arrangement));
}

void TopBar::setOpenAction(QAction* open)
{
    m_open->setDefaultAction(open);
}

void TopBar::addActionsBehindOpen(const std::vector<QAction*>& actions)
{
    int place = m_line->indexOf(m_open) + 1;
    for (QAction* action : actions) {
        auto* button = new QToolButton(this);
        button->setDefaultAction(action);
        button->setToolButtonStyle(place == 1 ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonIconOnly);
        button->setVisible(action->isVisible());
        connect(action, &QAction::changed, button, [button, action] { button->setVisible(action->isVisible()); });
        m_line->insertWidget(place++, button);
    }
}

void TopBar::refresh()
{
    const auto& range = m_focus.state().range;
    const SnapshotPtr snapshot = m_bridge.snapshot(m_focus.state().capture);
    m_range->setEnabled(range.has_value());
    m_range->setVisible(snapshot != nullptr);
    m_range->setIcon(m_theme.icon(QStringLiteral("range"), range ? Role::Accent : Role::Muted));
    m_range->setText(!range
                         ? tr("whole capture")
                         : tr("%1 – %2 (%3)")
                               .arg(m_focus.formatTime(range->begin, 1, true), m_focus.formatTime(range->end, 1, true),
                                    formatDuration(elapsedNs(range->begin, range->end))));
    const bool reading =
        snapshot && snapshot->phase == pipeline::Phase::Reading && !snapshot->live && snapshot->progress.bytesTotal > 0;
    m_progress->setShare(!reading ? -1.0
                                  : static_cast<double>(snapshot->progress.bytesRead) /
                                        static_cast<double>(snapshot->progress.bytesTotal));
}

} // namespace timbre::ui
