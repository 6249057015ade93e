#include "ui/filter/filter_chips.h"

#include "ui/models/format.h"

#include <QtCore/QMimeData>
#include <QtGui/QClipboard>
#include <QtGui/QContextMenuEvent>
#include <QtGui/QDrag>
#include <QtGui/QGuiApplication>
#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QApplication>
#include <QtWidgets/QMenu>
#include <QtWidgets/QToolButton>

#include <algorithm>

namespace timbre::ui {

namespace {

constexpr int kWidest = 320;
constexpr int kCloseSide = 16;
constexpr int kPadding = 6;
constexpr int kPinSide = 10;
constexpr int kRadius = 4;

QString menuText(QString text)
{
    return text.replace(QLatin1Char('&'), QLatin1String("&&"));
}

} // namespace

FilterChip::FilterChip(const Theme& theme, QWidget* parent)
    : QAbstractButton(parent)
    , m_theme(theme)
{
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    setAttribute(Qt::WA_Hover);
    connect(this, &QAbstractButton::clicked, this, &FilterChip::showMenu);
}

void FilterChip::setTerm(const query::Term& term, bool pinned)
{
    m_term = term;
    m_pinned = pinned;
    const QString text = toQString(term.text);
    QStringList state;
    if (term.off)
        state << tr("switched off");
    if (term.negated)
        state << tr("negated");
    if (pinned)
        state << tr("pinned");
    setAccessibleName(state.isEmpty() ? tr("Filter term %1").arg(text)
                                      : tr("Filter term %1, %2").arg(text, state.join(QStringLiteral(", "))));
    setToolTip(tr("%1\nClick for what can be done with it; drag it out as text.").arg(toQString(term.whole)));
    updateGeometry();
    update();
}

QString FilterChip::shownText() const
{
    const QString text = toQString(m_term.text);
    return m_term.negated ? tr("not %1").arg(text) : text;
}

QSize FilterChip::sizeHint() const
{
    const int text = fontMetrics().horizontalAdvance(shownText());
    return {std::min(kWidest, pinWidth() + text + 2 * kPadding + kCloseSide + 2), Theme::rowHeight(font())};
}

int FilterChip::pinWidth() const
{
    return m_pinned ? kPinSide + kPadding / 2 : 0;
}

QRect FilterChip::closeBox() const
{
    return {width() - kCloseSide - 2, (height() - kCloseSide) / 2, kCloseSide, kCloseSide};
}

void FilterChip::copy() const
{
    QGuiApplication::clipboard()->setText(toQString(m_term.whole));
}

void FilterChip::showMenu()
{
    QMenu menu(this);
    menu.addSection(menuText(fontMetrics().elidedText(toQString(m_term.whole), Qt::ElideMiddle, kWidest)));
    menu.addAction(m_term.negated ? tr("Do not &negate\t!") : tr("&Negate\t!"), this,
                   [this] { emit changeWanted(query::TermChange::Negate); });
    menu.addAction(m_term.off ? tr("&Switch on\t-") : tr("&Switch off\t-"), this,
                   [this] { emit changeWanted(query::TermChange::SwitchOff); });
    menu.addAction(m_pinned ? tr("Un&pin\tP") : tr("&Pin: keep it when another filter is chosen\tP"), this,
                   [this] { emit pinWanted(!m_pinned); });
    menu.addAction(tr("&Remove\tDel"), this, [this] { emit changeWanted(query::TermChange::Remove); });
    menu.addSeparator();
    menu.addAction(tr("&Copy as filter\tCtrl+C"), this, &FilterChip::copy);
    menu.exec(mapToGlobal(QPoint(0, height())));
}

void FilterChip::mousePressEvent(QMouseEvent* event)
{
    m_pressed = event->position().toPoint();
    QAbstractButton::mousePressEvent(event);
}

void FilterChip::mouseMoveEvent(QMouseEvent* event)
{
    const int distance = (event->position().toPoint() - m_pressed).manhattanLength();
    if (!event->buttons().testFlag(Qt::LeftButton) || distance < QApplication::startDragDistance())
        return;
    setDown(false);
    auto* words = new QMimeData; // owned by the drag
    words->setText(toQString(m_term.whole));
    auto* drag = new QDrag(this);
    drag->setMimeData(words);
    drag->setPixmap(grab());
    drag->exec(Qt::CopyAction);
}

void FilterChip::mouseReleaseEvent(QMouseEvent* event)
{
    const QPoint place = event->position().toPoint();
    const bool remove =
        (event->button() == Qt::LeftButton && closeBox().contains(place) && closeBox().contains(m_pressed)) ||
        (event->button() == Qt::MiddleButton && rect().contains(place));
    if (remove) {
        setDown(false);
        emit changeWanted(query::TermChange::Remove);
        return;
    }
    QAbstractButton::mouseReleaseEvent(event);
}

void FilterChip::contextMenuEvent(QContextMenuEvent*)
{
    showMenu();
}

void FilterChip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Role tone = m_term.off ? Role::Line : m_term.negated ? Role::Bad : Role::Accent;
    const QColor fill = m_term.off ? m_theme.color(Role::Raised) : m_theme.mixed(tone, Role::Surface, 0.12);
    QPen outline(hasFocus() ? m_theme.color(Role::Accent) : m_theme.mixed(tone, Role::Line, 0.5), hasFocus() ? 2 : 1);
    if (m_term.off)
        outline.setStyle(Qt::DashLine);
    painter.setPen(outline);
    painter.setBrush(underMouse() ? fill.darker(m_theme.dark() ? 85 : 104) : fill);
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), kRadius, kRadius);

    const QRect box = rect().adjusted(kPadding + pinWidth(), 0, -kCloseSide - 2, 0);
    if (m_pinned)
        painter.drawPixmap(
            kPadding, (height() - kPinSide) / 2,
            m_theme.icon(QStringLiteral("pin"), Role::Accent).pixmap(QSize(kPinSide, kPinSide), devicePixelRatio()));
    QFont written = font();
    written.setStrikeOut(m_term.off);
    painter.setFont(written);
    painter.setPen(m_theme.color(m_term.off ? Role::Muted : Role::Text));
    painter.drawText(box, Qt::AlignLeft | Qt::AlignVCenter,
                     fontMetrics().elidedText(shownText(), Qt::ElideRight, box.width()));
    const QRect cross = closeBox().adjusted(4, 4, -4, -4);
    painter.drawPixmap(cross,
                       m_theme.icon(QStringLiteral("close"), Role::Muted).pixmap(cross.size(), devicePixelRatio()));
}

FilterChips::FilterChips(Focus& focus, Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_focus(focus)
    , m_theme(theme)
    , m_rest(new QToolButton(this))
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Terms of the filter"));
    m_rest->setAutoRaise(true);
    m_rest->setToolTip(tr("Terms that do not fit the line"));
    connect(m_rest, &QToolButton::clicked, this, &FilterChips::showRest);
    connect(&focus, &Focus::changed, this, [this](FocusParts parts) {
        if (parts & (FocusParts(FocusPart::Filter) | FocusPart::Capture))
            rebuild();
    });
    connect(&theme, &Theme::changed, this, [this] { update(); });
    makeKeys();
    rebuild();
}

std::vector<FilterChip*> FilterChips::chips() const
{
    return {m_chips.begin(), m_chips.begin() + static_cast<std::ptrdiff_t>(m_count)};
}

QSize FilterChips::sizeHint() const
{
    return {0, Theme::rowHeight(font()) + Theme::kGrid};
}

QSize FilterChips::minimumSizeHint() const
{
    return sizeHint();
}

FilterChip* FilterChips::makeChip(std::size_t index)
{
    auto* chip = new FilterChip(m_theme, this);
    // Where the chips stand is where Tab finds them, not at the end of the window: before the button for the rest.
    setTabOrder(m_rest, chip);
    setTabOrder(chip, m_rest);
    connect(chip, &FilterChip::changeWanted, this, [this, index](query::TermChange wanted) { change(index, wanted); });
    connect(chip, &FilterChip::pinWanted, this, [this, index](bool pinned) { pin(index, pinned); });
    chip->installEventFilter(this);
    return chip;
}

void FilterChips::makeKeys()
{
    const auto onChip = [this](auto act) {
        return [this, act](const QKeyEvent&) {
            const auto chip = std::ranges::find(m_chips, m_pressedIn);
            if (chip != m_chips.end())
                act(static_cast<std::size_t>(chip - m_chips.begin()));
            return chip != m_chips.end();
        };
    };
    using query::TermChange;
    m_keys = new ViewKeys(tr("On a term of the filter"), *this);
    m_keys->add({Qt::Key_Exclam}, tr("Negate"), onChip([this](std::size_t i) { change(i, TermChange::Negate); }));
    m_keys->add({Qt::Key_Minus}, tr("Switch off and on"),
                onChip([this](std::size_t i) { change(i, TermChange::SwitchOff); }));
    m_keys->add({Qt::Key_P}, tr("Pin: it stays when another filter is chosen"),
                onChip([this](std::size_t i) { pin(i, !m_chips[i]->pinned()); }));
    m_keys->add({Qt::Key_Delete, Qt::Key_Backspace}, tr("Remove"),
                onChip([this](std::size_t i) { change(i, TermChange::Remove); }));
    m_keys->add(QKeySequence::keyBindings(QKeySequence::Copy), tr("Copy as filter"),
                onChip([this](std::size_t i) { m_chips[i]->copy(); }));
    m_keys->add({Qt::Key_Left}, tr("To the term before"), onChip([this](std::size_t i) { goTo(i, -1); }));
    m_keys->add({Qt::Key_Right}, tr("To the next term"), onChip([this](std::size_t i) { goTo(i, 1); }));
    m_keys->add({Qt::Key_Return, Qt::Key_Enter}, tr("Its menu"),
                onChip([this](std::size_t i) { m_chips[i]->showMenu(); }));
    m_keys->add({Qt::Key_Escape}, tr("Back to the filter bar"), onChip([this](std::size_t) { emit left(); }));
}

void FilterChips::goTo(std::size_t from, int direction)
{
    const auto next = static_cast<std::ptrdiff_t>(from) + direction;
    if (next >= 0 && next < static_cast<std::ptrdiff_t>(m_placed))
        m_chips[static_cast<std::size_t>(next)]->setFocus(Qt::TabFocusReason);
}

bool FilterChips::eventFilter(QObject* watched, QEvent* event)
{
    // The window's single-key shortcuts must not take the keys a chip has a use for.
    if (event->type() == QEvent::ShortcutOverride && m_keys->knows(*static_cast<QKeyEvent*>(event))) {
        event->accept();
        return true;
    }
    m_pressedIn = qobject_cast<FilterChip*>(watched);
    if (event->type() == QEvent::KeyPress && m_keys->press(*static_cast<QKeyEvent*>(event)))
        return true;
    return QWidget::eventFilter(watched, event);
}

void FilterChips::rebuild()
{
    const std::vector<query::Term> terms = query::termsOf(m_focus.state().filter.toStdString());
    while (m_chips.size() < terms.size())
        m_chips.push_back(makeChip(m_chips.size()));
    m_count = terms.size();
    for (std::size_t i = 0; i < m_count; ++i)
        m_chips[i]->setTerm(terms[i], m_focus.isPinned(terms[i]));
    setVisible(m_count > 0);
    place();
}

void FilterChips::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    place();
}

/// In one line, each as wide as it wants; those that do not fit stand in the menu behind "+ n".
void FilterChips::place()
{
    const int restWidth = m_rest->sizeHint().width() + Theme::kGrid;
    const int end = width() - Theme::kMargin;
    int left = Theme::kMargin;
    m_placed = 0;
    for (; m_placed < m_count; ++m_placed) {
        FilterChip* chip = m_chips[m_placed];
        const QSize size = chip->sizeHint();
        const bool last = m_placed + 1 == m_count;
        if (m_placed > 0 && left + size.width() > end - (last ? 0 : restWidth))
            break;
        chip->setGeometry(left, 0, std::min(size.width(), std::max(kCloseSide * 2, end - left)), size.height());
        left += size.width() + Theme::kGrid;
    }
    for (std::size_t i = 0; i < m_chips.size(); ++i)
        m_chips[i]->setVisible(i < m_placed);
    m_rest->setVisible(m_placed < m_count);
    m_rest->setText(QStringLiteral("+ %1").arg(m_count - m_placed));
    m_rest->setAccessibleName(tr("%n more filter term(s)", nullptr, static_cast<int>(m_count - m_placed)));
    m_rest->setGeometry(left, 0, m_rest->sizeHint().width(), Theme::rowHeight(font()));
}

void FilterChips::change(std::size_t term, query::TermChange wanted)
{
    const bool had = term < m_chips.size() && m_chips[term]->hasFocus();
    const bool pinned = term < m_count && m_chips[term]->pinned();
    std::vector<query::Term> kept = m_focus.state().pinnedTerms;
    m_focus.setFilter(QString::fromStdString(query::changeTerm(m_focus.state().filter.toStdString(), term, wanted)));
    if (pinned && wanted != query::TermChange::Remove && term < m_count) {
        kept.push_back(m_chips[term]->term()); // as it reads now
        m_focus.setPinnedTerms(kept);
    }
    if (!had || term < m_placed)
        return;
    // The chip with the keyboard is gone: its neighbour has it now, or else the line.
    if (m_placed > 0)
        m_chips[m_placed - 1]->setFocus(Qt::OtherFocusReason);
    else
        emit left();
}

void FilterChips::pin(std::size_t term, bool pinned)
{
    if (term >= m_count)
        return;
    std::vector<query::Term> terms;
    for (std::size_t i = 0; i < m_count; ++i) {
        if (i == term ? pinned : m_chips[i]->pinned())
            terms.push_back(m_chips[i]->term());
    }
    m_focus.setPinnedTerms(terms);
}

void FilterChips::showRest()
{
    QMenu menu(this);
    for (std::size_t i = m_placed; i < m_count; ++i) {
        const query::Term& term = m_chips[i]->term();
        QMenu* one = menu.addMenu(menuText(toQString(term.whole)));
        one->addAction(term.negated ? tr("Do not &negate") : tr("&Negate"), this,
                       [this, i] { change(i, query::TermChange::Negate); });
        one->addAction(term.off ? tr("&Switch on") : tr("&Switch off"), this,
                       [this, i] { change(i, query::TermChange::SwitchOff); });
        const bool pinned = m_chips[i]->pinned();
        one->addAction(pinned ? tr("Un&pin") : tr("&Pin"), this, [this, i, pinned] { pin(i, !pinned); });
        one->addAction(tr("&Remove"), this, [this, i] { change(i, query::TermChange::Remove); });
    }
    menu.exec(m_rest->mapToGlobal(QPoint(0, m_rest->height())));
}

} // namespace timbre::ui
