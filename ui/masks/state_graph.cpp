#include "ui/masks/state_graph.h"

#include <QtGui/QPainter>
#include <QtGui/QPainterPath>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace timbre::ui {

namespace {

constexpr double kRadius = 15.0;      // of a state
constexpr std::size_t kMostDrawn{16}; // more states than that are only told of

QString conditionText(const mask::Condition& condition)
{
    if (const auto* packets = std::get_if<mask::AfterPackets>(&condition))
        return StateGraph::tr("after %1 packets").arg(packets->packets);
    if (const auto* duration = std::get_if<mask::AfterDuration>(&condition))
        return StateGraph::tr("after %1 ms").arg(duration->ms);
    if (const auto* type = std::get_if<mask::OnPayloadType>(&condition))
        return StateGraph::tr("payload type %1").arg(type->type);
    const auto& chance = std::get<mask::WithChance>(condition);
    return QString::number(static_cast<double>(chance.probability) * 100.0, 'g', 3) + QStringLiteral(" %");
}

} // namespace

StateGraph::StateGraph(Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setMinimumHeight(150);
    connect(&theme, &Theme::changed, this, QOverload<>::of(&QWidget::update));
}

void StateGraph::show(std::shared_ptr<const mask::MaskProfile> mask)
{
    m_mask = std::move(mask);
    setAccessibleDescription(inWords());
    setToolTip(inWords());
    update();
}

QString StateGraph::inWords() const
{
    if (!m_mask)
        return {};
    if (m_mask->states.size() == 1 && m_mask->states.front().transitions.empty())
        return tr("One state: every packet is drawn from the same laws.");
    QStringList lines{tr("Begins in state %1.").arg(m_mask->initialState)};
    for (const mask::State& state : m_mask->states) {
        for (const mask::Transition& transition : state.transitions)
            lines << tr("%1 → %2: %3%4")
                         .arg(state.id)
                         .arg(transition.nextState)
                         .arg(conditionText(transition.condition),
                              transition.sizes || transition.gaps ? tr(", with laws of its own") : QString());
    }
    return lines.join(QLatin1Char('\n'));
}

PlotTable StateGraph::table() const
{
    struct Row {
        std::uint16_t from = 0;
        std::uint16_t to = 0;
        QString condition;
        bool ownLaws = false;
    };
    std::vector<Row> rows;
    for (const mask::State& state : m_mask ? m_mask->states : std::vector<mask::State>()) {
        for (const mask::Transition& transition : state.transitions)
            rows.push_back({state.id, transition.nextState, conditionText(transition.condition),
                            transition.sizes || transition.gaps});
    }
    const int count = static_cast<int>(rows.size());
    return {{tr("From state"), tr("To state"), tr("What takes it"), tr("Laws of its own")},
            count,
            [rows = std::move(rows)](int row, int column) {
                const Row& shown = rows[static_cast<std::size_t>(row)];
                if (column < 2)
                    return QString::number(column == 0 ? shown.from : shown.to);
                return column == 2 ? shown.condition : shown.ownLaws ? tr("yes") : tr("no");
            },
            {2, 3}};
}

QPointF StateGraph::placeOf(std::size_t state) const
{
    const std::size_t count = std::min(m_mask->states.size(), kMostDrawn);
    const QPointF centre(width() / 2.0, height() / 2.0);
    if (count == 1)
        return centre;
    const double angle =
        2.0 * std::numbers::pi * static_cast<double>(state) / static_cast<double>(count) - std::numbers::pi;
    return centre + QPointF(std::cos(angle) * (width() / 2.0 - 60.0), std::sin(angle) * (height() / 2.0 - 28.0));
}

void StateGraph::paintArrow(QPainter& painter, std::size_t from, std::size_t to, const QString& words) const
{
    const QPointF a = placeOf(from);
    const QPointF b = placeOf(to);
    const QPointF way = b - a;
    const double length = std::max(1.0, std::hypot(way.x(), way.y()));
    const QPointF along = way / length;
    const QPointF aside(-along.y(), along.x());
    const QPointF begin = a + along * kRadius + aside * 4.0;
    const QPointF end = b - along * kRadius + aside * 4.0;
    const QPointF bend = (begin + end) / 2.0 + aside * 14.0; // both directions stay apart
    QPainterPath path(begin);
    path.quadTo(bend, end);
    painter.setPen(QPen(m_theme.color(Role::Muted), 1.0));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(path);
    const QPointF back = (bend - end) / std::max(1.0, std::hypot((bend - end).x(), (bend - end).y()));
    const QPointF wing(-back.y(), back.x());
    painter.setBrush(m_theme.color(Role::Muted));
    painter.drawPolygon(QPolygonF{end, end + back * 7.0 + wing * 3.0, end + back * 7.0 - wing * 3.0});
    painter.setPen(m_theme.color(Role::Text));
    const QRectF box(bend.x() - 60.0, bend.y() - 9.0, 120.0, 18.0);
    painter.drawText(box, Qt::AlignCenter, words);
}

void StateGraph::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (!m_mask)
        return;
    const auto& states = m_mask->states;
    const std::size_t count = std::min(states.size(), kMostDrawn);
    for (std::size_t i = 0; i < count; ++i) {
        for (const mask::Transition& transition : states[i].transitions) {
            const auto to = std::find_if(states.begin(), states.end(),
                                         [&](const auto& each) { return each.id == transition.nextState; });
            const auto at = static_cast<std::size_t>(to - states.begin());
            if (at != i && at < count)
                paintArrow(painter, i, at, conditionText(transition.condition));
        }
    }
    for (std::size_t i = 0; i < count; ++i) {
        const bool initial = states[i].id == m_mask->initialState;
        painter.setPen(QPen(m_theme.color(initial ? Role::Accent : Role::Line), initial ? 2.0 : 1.0));
        painter.setBrush(m_theme.color(Role::Raised));
        painter.drawEllipse(placeOf(i), kRadius, kRadius);
        painter.setPen(m_theme.color(Role::Text));
        painter.drawText(QRectF(placeOf(i) - QPointF(kRadius, kRadius), QSizeF(2 * kRadius, 2 * kRadius)),
                         Qt::AlignCenter, QString::number(states[i].id));
    }
    if (count == 1 || states.size() > count) {
        painter.setPen(m_theme.color(Role::Muted));
        const QString words = count == 1 ? tr("one state: no order in the packets")
                                         : tr("%1 more states are not drawn").arg(states.size() - count);
        painter.drawText(rect().adjusted(4, 4, -4, -4), Qt::AlignBottom | Qt::AlignHCenter, words);
    }
}

} // namespace timbre::ui
