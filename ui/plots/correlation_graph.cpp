#include "ui/plots/correlation_graph.h"

#include <QtGui/QHelpEvent>
#include <QtGui/QMouseEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QToolTip>

#include <cmath>
#include <numbers>

namespace timbre::ui {

namespace {

constexpr double kNode = 5.0; // radius
constexpr double kCentreNode = 7.0;
constexpr double kTextRoom = 64.0; // beside the outermost nodes
constexpr double kThickest = 4.0;

} // namespace

CorrelationGraph::CorrelationGraph(Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setMinimumHeight(140);
    setAccessibleName(tr("Addresses that share something"));
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void CorrelationGraph::setGraph(const QString& centre, std::vector<Neighbour> neighbours)
{
    m_centre = centre;
    m_leftOut = std::max(0, static_cast<int>(neighbours.size()) - kMaxNeighbours);
    neighbours.resize(std::min<std::size_t>(neighbours.size(), kMaxNeighbours));
    m_neighbours = std::move(neighbours);
    update();
}

QPointF CorrelationGraph::placeOf(int neighbour) const
{
    const double angle =
        2 * std::numbers::pi * neighbour / std::max<double>(1, static_cast<double>(m_neighbours.size())) -
        std::numbers::pi / 2;
    const QPointF centre = QRectF(rect()).center();
    const double across = std::max(20.0, width() / 2.0 - kTextRoom);
    const double down = std::max(20.0, height() / 2.0 - 26.0);
    return centre + QPointF(std::cos(angle) * across, std::sin(angle) * down);
}

int CorrelationGraph::neighbourAt(QPointF position) const
{
    for (int i = 0; i < static_cast<int>(m_neighbours.size()); ++i)
        if (QLineF(position, placeOf(i)).length() < 3 * kNode)
            return i;
    return -1;
}

void CorrelationGraph::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), m_theme.color(Role::Surface));
    if (m_neighbours.empty()) {
        painter.setPen(m_theme.color(Role::Muted));
        painter.drawText(rect(), Qt::AlignCenter | Qt::TextWordWrap,
                         m_centre.isEmpty() ? tr("Choose an address.") : tr("Shares nothing with other addresses."));
        return;
    }
    const QPointF centre = QRectF(rect()).center();
    for (int i = 0; i < static_cast<int>(m_neighbours.size()); ++i) {
        const double strength = m_neighbours[static_cast<std::size_t>(i)].strength;
        painter.setPen(
            QPen(m_theme.mixed(Role::Accent, Role::Surface, 0.3 + 0.5 * strength), 1.0 + (kThickest - 1.0) * strength));
        painter.drawLine(centre, placeOf(i));
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.color(Role::Accent));
    painter.drawEllipse(centre, kCentreNode, kCentreNode);
    for (int i = 0; i < static_cast<int>(m_neighbours.size()); ++i) {
        const QPointF place = placeOf(i);
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.color(Role::Muted));
        painter.drawEllipse(place, kNode, kNode);
        painter.setPen(m_theme.color(Role::Text));
        const bool above = place.y() < centre.y();
        const QRectF words(place.x() - kTextRoom, above ? place.y() - 22 : place.y() + 6, 2 * kTextRoom, 16);
        painter.drawText(words, Qt::AlignCenter,
                         fontMetrics().elidedText(m_neighbours[static_cast<std::size_t>(i)].name, Qt::ElideMiddle,
                                                  static_cast<int>(2 * kTextRoom)));
    }
    if (m_leftOut > 0) {
        painter.setPen(m_theme.color(Role::Muted));
        painter.drawText(rect().adjusted(0, 0, -4, -2), Qt::AlignRight | Qt::AlignBottom,
                         tr("and %1 more").arg(m_leftOut));
    }
}

void CorrelationGraph::mouseReleaseEvent(QMouseEvent* event)
{
    if (const int chosen = neighbourAt(event->position()); chosen >= 0)
        emit neighbourChosen(m_neighbours[static_cast<std::size_t>(chosen)].name);
}

bool CorrelationGraph::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int under = neighbourAt(help->pos());
        QToolTip::showText(help->globalPos(),
                           under < 0 ? QString()
                                     : m_neighbours[static_cast<std::size_t>(under)].name + QStringLiteral("\n") +
                                           m_neighbours[static_cast<std::size_t>(under)].why,
                           this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace timbre::ui
