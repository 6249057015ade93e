#include "ui/plots/time_brush.h"

#include <cmath>

namespace timbre::ui {

namespace {

constexpr double kHandlePixels = 5.0;
constexpr double kDragPixels = 3.0;
constexpr int kLargeStep = 10; // with Ctrl

} // namespace

TimeBrush::TimeBrush(PlotCanvas& canvas)
    : QObject(&canvas)
    , m_canvas(canvas)
    , m_rect(new QCPItemRect(&canvas))
    , m_beginLine(new QCPItemLine(&canvas))
    , m_endLine(new QCPItemLine(&canvas))
{
    m_rect->setLayer(canvas.underLayer());
    m_rect->topLeft->setTypeY(QCPItemPosition::ptAxisRectRatio);
    m_rect->bottomRight->setTypeY(QCPItemPosition::ptAxisRectRatio);
    for (QCPItemLine* line : {m_beginLine, m_endLine}) {
        line->setLayer(canvas.cursorLayer());
        line->start->setTypeY(QCPItemPosition::ptAxisRectRatio);
        line->end->setTypeY(QCPItemPosition::ptAxisRectRatio);
    }
    makeKeys();
    canvas.installEventFilter(this);
    connect(&canvas, &PlotCanvas::restyle, this, &TimeBrush::restyle);
    restyle();
    draw();
}

void TimeBrush::restyle()
{
    const Theme& theme = m_canvas.theme();
    m_rect->setBrush(QBrush(theme.color(Role::Selection)));
    m_rect->setPen(Qt::NoPen);
    for (QCPItemLine* line : {m_beginLine, m_endLine})
        line->setPen(QPen(theme.color(Role::Accent)));
}

void TimeBrush::setScale(Timestamp base, TimeRange whole, std::int64_t keyStepNs)
{
    m_base = base;
    m_whole = whole;
    m_keyStepNs = std::max<std::int64_t>(1, keyStepNs);
    draw();
}

void TimeBrush::setRange(std::optional<TimeRange> range)
{
    m_range = range;
    m_pending.reset();
    m_drag = Drag::None;
    draw();
}

double TimeBrush::toAxis(Timestamp time) const
{
    return static_cast<double>(elapsedNs(m_base, time)) / 1e9;
}

Timestamp TimeBrush::toTime(double axisSeconds) const
{
    const double ns = std::clamp(axisSeconds * 1e9, -9.2e18, 9.2e18);
    std::int64_t sum = 0;
    if (__builtin_add_overflow(m_base.ns, std::llround(ns), &sum))
        return ns < 0 ? m_whole.begin : m_whole.end;
    return std::clamp(Timestamp{sum}, m_whole.begin, m_whole.end);
}

Timestamp TimeBrush::timeAt(const QPointF& position) const
{
    return toTime(m_canvas.xAxis->pixelToCoord(position.x()));
}

void TimeBrush::draw()
{
    const auto range = shown();
    for (QCPAbstractItem* item : {static_cast<QCPAbstractItem*>(m_rect), static_cast<QCPAbstractItem*>(m_beginLine),
                                  static_cast<QCPAbstractItem*>(m_endLine)})
        item->setVisible(range.has_value());
    if (range) {
        const double begin = toAxis(std::max(range->begin, m_whole.begin));
        const double end = toAxis(std::min(range->end, m_whole.end));
        m_rect->topLeft->setCoords(begin, 0);
        m_rect->bottomRight->setCoords(end, 1);
        m_beginLine->start->setCoords(begin, 0);
        m_beginLine->end->setCoords(begin, 1);
        m_endLine->start->setCoords(end, 0);
        m_endLine->end->setCoords(end, 1);
    }
    m_canvas.underLayer()->replot();
    m_canvas.cursorLayer()->replot();
}

bool TimeBrush::near(const QPointF& position, Timestamp end) const
{
    return std::abs(m_canvas.xAxis->coordToPixel(toAxis(end)) - position.x()) <= kHandlePixels;
}

std::optional<Timestamp> TimeBrush::oppositeHandle(const QPointF& position) const
{
    const auto range = shown();
    if (!range)
        return std::nullopt;
    if (near(position, range->begin))
        return range->end;
    if (near(position, range->end))
        return range->begin;
    return std::nullopt;
}

bool TimeBrush::eventFilter(QObject* watched, QEvent* event)
{
    switch (event->type()) {
    case QEvent::MouseButtonPress:
        return press(*static_cast<QMouseEvent*>(event));
    case QEvent::MouseMove:
        return move(*static_cast<QMouseEvent*>(event));
    case QEvent::MouseButtonRelease:
        return release(*static_cast<QMouseEvent*>(event));
    case QEvent::MouseButtonDblClick: {
        const auto& mouse = *static_cast<QMouseEvent*>(event);
        if (mouse.button() == Qt::LeftButton && !(shown() && shown()->contains(timeAt(mouse.position()))))
            emit opened(timeAt(mouse.position()));
        return true;
    }
    case QEvent::ShortcutOverride:
        // Esc and Space are also shortcuts of the window; with a brush or a cursor they belong here.
        if (const int pressed = static_cast<QKeyEvent*>(event)->key();
            (pressed == Qt::Key_Escape && (m_pending || m_range)) || (pressed == Qt::Key_Space && m_cursor)) {
            event->accept();
            return true;
        }
        break;
    case QEvent::KeyPress:
        if (m_keys->press(*static_cast<QKeyEvent*>(event)))
            return true;
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

bool TimeBrush::press(const QMouseEvent& event)
{
    if (event.button() != Qt::LeftButton)
        return false;
    m_canvas.setFocus(Qt::MouseFocusReason);
    m_pressPosition = event.position();
    m_pressTime = timeAt(event.position());
    if (const auto opposite = oppositeHandle(event.position())) {
        m_anchor = *opposite;
        m_drag = Drag::Brush;
        setPending(m_anchor, m_pressTime);
        return true;
    }
    m_anchor = m_pressTime;
    m_drag = Drag::Pressed;
    return true;
}

bool TimeBrush::move(const QMouseEvent& event)
{
    updatePointer(event.position());
    if (!event.buttons().testFlag(Qt::LeftButton) || m_drag == Drag::None)
        return false; // the crosshair follows
    const Timestamp time = timeAt(event.position());
    if (m_drag == Drag::Pressed) {
        if (std::abs(event.position().x() - m_pressPosition.x()) < kDragPixels)
            return true;
        const bool inside = m_range && m_range->contains(m_pressTime);
        m_drag = event.modifiers().testFlag(Qt::AltModifier) ? Drag::Zoom : inside ? Drag::Move : Drag::Brush;
    }
    if (m_drag == Drag::Move)
        moveRange(time);
    else
        setPending(m_anchor, time);
    return false;
}

bool TimeBrush::release(const QMouseEvent& event)
{
    if (event.button() != Qt::LeftButton || m_drag == Drag::None)
        return false;
    const Drag drag = std::exchange(m_drag, Drag::None);
    if (drag == Drag::Pressed) {
        if (m_range && m_range->contains(m_pressTime)) {
            emit zoomChosen(*m_range);
        } else {
            m_cursor = m_pressTime;
            emit cursorMoved(m_pressTime);
            emit clicked(m_pressTime, event.modifiers().testFlag(Qt::ShiftModifier));
        }
        return true;
    }
    const auto chosen = m_pending;
    if (!chosen)
        return true;
    if (drag == Drag::Zoom) {
        dropPending();
        emit zoomChosen(*chosen);
    } else {
        m_range = std::exchange(m_pending, std::nullopt);
        draw();
        emit rangeChosen(m_range);
    }
    return true;
}

void TimeBrush::setPending(Timestamp a, Timestamp b)
{
    m_pending = TimeRange{std::min(a, b), std::max(a, b)};
    draw();
    emit pendingChanged();
}

void TimeBrush::moveRange(Timestamp to)
{
    const std::int64_t length = elapsedNs(m_range->begin, m_range->end);
    std::int64_t shift = elapsedNs(m_pressTime, to);
    shift = std::max(shift, elapsedNs(m_range->begin, m_whole.begin));
    shift = std::min(shift, elapsedNs(m_range->end, m_whole.end));
    const Timestamp begin{m_range->begin.ns + shift};
    setPending(begin, {begin.ns + length});
}

void TimeBrush::dropPending()
{
    m_pending.reset();
    m_drag = Drag::None;
    draw();
    emit pendingChanged();
}

void TimeBrush::updatePointer(const QPointF& position)
{
    const auto range = shown();
    if (oppositeHandle(position))
        m_canvas.setCursor(Qt::SizeHorCursor);
    else if (range && range->contains(timeAt(position)))
        m_canvas.setCursor(Qt::OpenHandCursor);
    else
        m_canvas.unsetCursor();
}

void TimeBrush::moveCursor(Timestamp to, bool extend)
{
    const Timestamp from = m_cursor.value_or(m_range ? m_range->begin : m_whole.begin);
    to = std::clamp(to, m_whole.begin, m_whole.end);
    if (extend) {
        if (!m_pending)
            m_anchor = from;
        m_cursor = to;
        setPending(m_anchor, to);
    } else {
        m_cursor = to;
    }
    emit cursorMoved(to);
}

void TimeBrush::makeKeys()
{
    const auto walk = [this](const QKeyEvent& event) { return walked(event); };
    m_keys = new ViewKeys(tr("On a plot over time"), m_canvas);
    m_keys->add({Qt::Key_Left, Qt::Key_Right}, tr("Walk"), walk);
    m_keys->add({QKeySequence(Qt::CTRL | Qt::Key_Left), QKeySequence(Qt::CTRL | Qt::Key_Right)},
                tr("Walk ten steps at once"), walk);
    m_keys->add({QKeySequence(Qt::SHIFT | Qt::Key_Left), QKeySequence(Qt::SHIFT | Qt::Key_Right)}, tr("Choose a range"),
                walk);
    m_keys->add({QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Left), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Right)},
                tr("Choose a range, ten steps at once"), walk);
    m_keys->add({Qt::Key_Home, Qt::Key_End}, tr("To the beginning, to the end"), walk);
    m_keys->add({QKeySequence(Qt::SHIFT | Qt::Key_Home), QKeySequence(Qt::SHIFT | Qt::Key_End)},
                tr("Choose up to the beginning, up to the end"), walk);
    m_keys->addAct({Qt::Key_Return, Qt::Key_Enter}, tr("Set the range, or look closer at it"), [this] { enter(); });
    m_keys->add({Qt::Key_Space}, tr("Select what was there then"), [this](const QKeyEvent&) { return click(false); });
    m_keys->add({QKeySequence(Qt::SHIFT | Qt::Key_Space)}, tr("Select up to there"),
                [this](const QKeyEvent&) { return click(true); });
    m_keys->add({Qt::Key_Escape}, tr("Drop the range"), [this](const QKeyEvent&) { return drop(); });
}

bool TimeBrush::walked(const QKeyEvent& event)
{
    const bool extend = event.modifiers().testFlag(Qt::ShiftModifier);
    const std::int64_t step = m_keyStepNs * (event.modifiers().testFlag(Qt::ControlModifier) ? kLargeStep : 1);
    const Timestamp at = m_cursor.value_or(m_range ? m_range->begin : m_whole.begin);
    switch (event.key()) {
    case Qt::Key_Left:
        moveCursor({at.ns - std::min(step, elapsedNs(m_whole.begin, at))}, extend);
        return true;
    case Qt::Key_Right:
        moveCursor({at.ns + std::min(step, elapsedNs(at, m_whole.end))}, extend);
        return true;
    default:
        moveCursor(event.key() == Qt::Key_Home ? m_whole.begin : m_whole.end, extend);
        return true;
    }
}

void TimeBrush::enter()
{
    if (m_pending) {
        m_range = std::exchange(m_pending, std::nullopt);
        draw();
        emit rangeChosen(m_range);
    } else if (m_range && (!m_cursor || m_range->contains(*m_cursor))) {
        emit zoomChosen(*m_range);
    } else if (m_cursor) {
        emit opened(*m_cursor);
    }
}

bool TimeBrush::click(bool extend)
{
    if (m_cursor)
        emit clicked(*m_cursor, extend);
    return m_cursor.has_value();
}

bool TimeBrush::drop()
{
    if (m_pending) {
        dropPending();
        return true;
    }
    if (!m_range)
        return false;
    m_range.reset();
    draw();
    emit rangeChosen(std::nullopt);
    return true;
}

} // namespace timbre::ui
