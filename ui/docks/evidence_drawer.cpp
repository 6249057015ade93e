#include "ui/docks/evidence_drawer.h"

#include "ui/keys/view_keys.h"
#include "ui/models/format.h"

#include <QtCore/QSettings>
#include <QtGui/QAction>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QApplication>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QToolButton>

#include <algorithm>

namespace timbre::ui {

namespace {

constexpr int kShapeSide = 14;
constexpr int kCloseSide = 12;
constexpr int kBesideFrom = 640; // pixels of width; narrower, list and reasons would both be cut

QString keyOf(const Dock& dock)
{
    return dock.facts().id + QStringLiteral("/evidence");
}

QLabel* makeLabel(QWidget* parent, bool wraps)
{
    auto* label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setWordWrap(wraps);
    return label;
}

} // namespace

EvidenceDrawer::EvidenceDrawer(Dock& dock, Theme& theme, QWidget& list, QWidget& content)
    : m_dock(dock)
    , m_theme(theme)
    , m_list(list)
    , m_toggle(new QAction(tr("&Evidence"), this))
{
    setAccessibleName(tr("Evidence"));
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(Theme::kMargin, Theme::kGrid, Theme::kMargin, Theme::kMargin);
    layout->setSpacing(Theme::kGrid);
    layout->addWidget(makeHead());
    layout->addWidget(&content, 1);
    layout->addWidget(makeFoot());
    m_toggle->setCheckable(true);
    m_toggle->setShortcut(Qt::Key_E);
    m_toggle->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    m_toggle->setChecked(QSettings().value(keyOf(dock), true).toBool());
    dock.addAction(m_toggle);
    m_keys = new ViewKeys(tr("In the evidence"), *this);
    m_keys->addAct({Qt::Key_Escape}, tr("Back to the list"), [this] { m_list.setFocus(Qt::OtherFocusReason); });
    connect(m_toggle, &QAction::toggled, this, &EvidenceDrawer::setOpen);
    connect(&theme, &Theme::changed, this, &EvidenceDrawer::restyle);
    setVisible(m_toggle->isChecked());
    setHead({});
    setWays(false, false);
    restyle();
}

QWidget* EvidenceDrawer::makeHead()
{
    auto* head = new QWidget(this);
    m_shape = new QLabel(head);
    m_subject = makeLabel(head, true);
    QFont bold = m_subject->font();
    bold.setBold(true);
    m_subject->setFont(bold);
    m_close = new QToolButton(head);
    m_close->setAutoRaise(true);
    m_close->setIconSize({kCloseSide, kCloseSide});
    m_close->setFocusPolicy(Qt::TabFocus);
    m_close->setAccessibleName(tr("Close the evidence"));
    m_close->setToolTip(tr("Close the evidence (E)"));
    m_verdict = makeLabel(head, false);
    m_verdict->setFont(bold);
    m_sureness = makeLabel(head, true);
    m_sureness->setForegroundRole(QPalette::PlaceholderText);
    auto* above = new QHBoxLayout;
    above->addWidget(m_subject, 1);
    above->addStretch(0); // takes the room only where no words do
    above->addWidget(m_close, 0, Qt::AlignTop);
    auto* badge = new QHBoxLayout;
    badge->setSpacing(Theme::kGrid);
    badge->addWidget(m_shape);
    badge->addWidget(m_verdict);
    badge->addSpacing(Theme::kGrid);
    badge->addWidget(m_sureness, 1);
    badge->addStretch(0);
    auto* layout = new QVBoxLayout(head);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Theme::kGrid);
    layout->addLayout(above);
    layout->addLayout(badge);
    connect(m_close, &QToolButton::clicked, m_toggle, &QAction::toggle);
    return head;
}

QWidget* EvidenceDrawer::makeFoot()
{
    auto* foot = new QWidget(this);
    m_buttons = new QHBoxLayout(foot);
    m_buttons->setContentsMargins(0, 0, 0, 0);
    m_buttons->setSpacing(Theme::kGrid);
    m_buttons->addStretch(1);
    m_flows = &addButton(tr("Show flows"), tr("Select the flows behind it and go to them"));
    m_packets = &addButton(tr("Show packets"), tr("Select the flows behind it and go to their packets"));
    connect(m_flows, &QPushButton::clicked, this, &EvidenceDrawer::flowsWanted);
    connect(m_packets, &QPushButton::clicked, this, &EvidenceDrawer::packetsWanted);
    return foot;
}

QPushButton& EvidenceDrawer::addButton(const QString& text, const QString& toolTip)
{
    auto* button = new QPushButton(text, this);
    button->setToolTip(toolTip);
    m_buttons->insertWidget(m_buttons->count() - 1, button); // before the stretch
    return *button;
}

void EvidenceDrawer::setHead(const EvidenceHead& head)
{
    m_head = head;
    QStringList words;
    if (!head.sureness.isEmpty())
        words << head.sureness;
    if (head.speakFor + head.speakAgainst > 0)
        words << tr("%1 reasons for, %2 against").arg(formatCount(head.speakFor), formatCount(head.speakAgainst));
    m_subject->setText(head.subject);
    m_verdict->setText(head.verdict);
    m_sureness->setText(words.join(QStringLiteral(" · ")));
    m_subject->setVisible(!head.subject.isEmpty());
    m_shape->setVisible(!head.verdict.isEmpty());
    m_verdict->setVisible(!head.verdict.isEmpty());
    m_sureness->setVisible(!words.isEmpty());
    setAccessibleDescription(QStringList{head.subject, head.verdict, m_sureness->text()}.join(QStringLiteral("; ")));
    restyle();
}

void EvidenceDrawer::setWays(bool flows, bool packets)
{
    m_flows->setEnabled(flows);
    m_packets->setEnabled(packets);
}

bool EvidenceDrawer::open() const
{
    return m_toggle->isChecked();
}

void EvidenceDrawer::setOpen(bool open)
{
    const QWidget* focused = QApplication::focusWidget();
    const bool hadKeyboard = focused != nullptr && isAncestorOf(focused);
    m_toggle->setChecked(open);
    if (!open && hadKeyboard)
        m_list.setFocus(Qt::OtherFocusReason);
    setVisible(open);
    QSettings().setValue(keyOf(m_dock), open);
}

void EvidenceDrawer::keyPressEvent(QKeyEvent* event)
{
    if (!m_keys->press(*event))
        QWidget::keyPressEvent(event);
}

void EvidenceDrawer::restyle()
{
    m_shape->setPixmap(m_theme.stateIcon(m_head.state).pixmap(QSize(kShapeSide, kShapeSide), devicePixelRatio()));
    m_close->setIcon(m_theme.icon(QStringLiteral("close"), Role::Muted));
}

EvidenceSplit::EvidenceSplit(QWidget& list, EvidenceDrawer& drawer)
    : QSplitter(Qt::Horizontal)
{
    setChildrenCollapsible(false);
    addWidget(&list);
    addWidget(&drawer);
    share(Qt::Horizontal);
}

QSize EvidenceSplit::minimumSizeHint() const
{
    const QSize list = widget(0)->minimumSizeHint();
    const QSize drawer = widget(1)->isVisibleTo(this) ? widget(1)->minimumSizeHint() : QSize(0, 0);
    return list.expandedTo(drawer);
}

/// Beside each other in what is wide, and in what is too low for one below the other.
Qt::Orientation EvidenceSplit::wayFor(QSize size) const
{
    const QSize list = widget(0)->minimumSizeHint();
    const QSize drawer = widget(1)->minimumSizeHint();
    const bool wide = size.width() >= kBesideFrom && size.width() > size.height();
    const bool low = size.height() < list.height() + handleWidth() + drawer.height() &&
                     size.width() >= list.width() + handleWidth() + drawer.width();
    return wide || low ? Qt::Horizontal : Qt::Vertical;
}

/// The list is what is wide, the evidence is what is long.
void EvidenceSplit::share(Qt::Orientation way)
{
    constexpr int kParts = 1000; // far more than pixels: only the shares count
    const bool beside = way == Qt::Horizontal;
    const std::array shares{beside ? 3 : 1, 2};
    for (int i = 0; i < 2; ++i)
        setStretchFactor(i, shares[static_cast<std::size_t>(i)]);
    setSizes({kParts * shares[0], kParts * shares[1]});
}

void EvidenceSplit::turn(Qt::Orientation way)
{
    const QList<int> now = sizes();
    if (!now.contains(0)) // a closed drawer has none
        m_sizes[orientation() == Qt::Horizontal ? 0 : 1] = now;
    setOrientation(way);
    share(way);
    if (const QList<int>& before = m_sizes[way == Qt::Horizontal ? 0 : 1]; !before.isEmpty())
        setSizes(before);
}

void EvidenceSplit::resizeEvent(QResizeEvent* event)
{
    if (const Qt::Orientation way = wayFor(size()); way != orientation())
        turn(way);
    QSplitter::resizeEvent(event);
}

} // namespace timbre::ui
