#include "ui/plots/correlation_graph.h"

#include <QtGui/QHelpEvent>
#include <QtGui/QKeyEvent>
#include <QtGui/QMouseEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QToolTip>

#include <algorithm>
#include <array>
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
    setFocusPolicy(Qt::StrongFocus);
    m_keys = new ViewKeys(tr("On the graph of addresses"), *this);
    m_keys->addAct({Qt::Key_Left}, tr("Previous address"), [this] { step(-1); });
    m_keys->addAct({Qt::Key_Right}, tr("Next address"), [this] { step(1); });
    m_keys->add({Qt::Key_Return, Qt::Key_Enter}, tr("Go to the address"),
                [this](const QKeyEvent&) { return choose(m_current); });
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void CorrelationGraph::setGraph(const QString& centre, std::vector<Neighbour> neighbours)
{
    m_centre = centre;
    m_neighbours = std::move(neighbours);
    m_current = -1;
    setAccessibleDescription(inWords());
    update();
}

int CorrelationGraph::drawn() const
{
    return std::min(static_cast<int>(m_neighbours.size()), kMaxNeighbours);
}

QString CorrelationGraph::inWords() const
{
    if (m_neighbours.empty())
        return m_centre.isEmpty() ? tr("Choose an address.") : tr("Shares nothing with other addresses.");
    QStringList names;
    for (const Neighbour& neighbour : m_neighbours)
        names << neighbour.name;
    return tr("%1 shares something with %2.").arg(m_centre, names.join(QStringLiteral(", ")));
}

PlotTable CorrelationGraph::table() const
{
    return {{tr("Address"), tr("Strength (%)"), tr("Shares")},
            static_cast<int>(m_neighbours.size()),
            [neighbours = m_neighbours](int row, int column) {
                const Neighbour& one = neighbours[static_cast<std::size_t>(row)];
                if (column == 0)
                    return one.name;
                return column == 1 ? QString::number(qRound(one.strength * 100))
                                   : QString(one.why).replace(QLatin1Char('\n'), QLatin1String("; "));
            },
            {2}};
}

void CorrelationGraph::step(int by)
{
    if (drawn() == 0)
        return;
    m_current = m_current < 0 ? 0 : (m_current + by + drawn()) % drawn(); // they stand in a circle
    update();
}

bool CorrelationGraph::choose(int neighbour)
{
    if (neighbour < 0 || neighbour >= static_cast<int>(m_neighbours.size()))
        return false;
    emit neighbourChosen(QString(m_neighbours[static_cast<std::size_t>(neighbour)].name)); // which may replace them
    return true;
}

void CorrelationGraph::keyPressEvent(QKeyEvent* event)
{
    if (!m_keys->press(*event))
        QWidget::keyPressEvent(event);
}

QPointF CorrelationGraph::placeOf(int neighbour) const
{
    const double angle = 2 * std::numbers::pi * neighbour / std::max(1, drawn()) - std::numbers::pi / 2;
    const QPointF centre = QRectF(rect()).center();
    const double across = std::max(20.0, width() / 2.0 - kTextRoom);
    const double down = std::max(20.0, height() / 2.0 - 26.0);
    return centre + QPointF(std::cos(angle) * across, std::sin(angle) * down);
}

int CorrelationGraph::neighbourAt(QPointF position) const
{
    for (int i = 0; i < drawn(); ++i)
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
        painter.drawText(rect(), Qt::AlignCenter | Qt::TextWordWrap, inWords());
        return;
    }
    if (hasFocus()) {
        painter.setPen(m_theme.color(Role::Accent));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
    const QPointF centre = QRectF(rect()).center();
    for (int i = 0; i < drawn(); ++i) {
        const double strength = m_neighbours[static_cast<std::size_t>(i)].strength;
        painter.setPen(
            QPen(m_theme.mixed(Role::Accent, Role::Surface, 0.3 + 0.5 * strength), 1.0 + (kThickest - 1.0) * strength));
        painter.drawLine(centre, placeOf(i));
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.color(Role::Accent));
    painter.drawEllipse(centre, kCentreNode, kCentreNode);
    for (int i = 0; i < drawn(); ++i) {
        const QPointF place = placeOf(i);
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.color(Role::Muted));
        painter.drawEllipse(place, kNode, kNode);
        if (i == m_current && hasFocus()) {
            painter.setPen(QPen(m_theme.color(Role::Accent), 2.0));
            painter.setBrush(Qt::NoBrush);
            painter.drawEllipse(place, 2 * kNode, 2 * kNode);
        }
    }
    drawNames(painter);
    painter.setPen(m_theme.color(Role::Muted));
    painter.drawText(restPlace(), Qt::AlignCenter, restInWords());
}

QString CorrelationGraph::restInWords() const
{
    const int leftOut = static_cast<int>(m_neighbours.size()) - drawn();
    return leftOut > 0 ? tr("and %1 more").arg(leftOut) : QString();
}

/// In the lower right corner.
QRect CorrelationGraph::restPlace() const
{
    const QSize size(fontMetrics().horizontalAdvance(restInWords()), fontMetrics().height());
    return {rect().bottomRight() - QPoint(size.width() + 4, size.height() + 2), size};
}

/// Each beside its node, above or below it, where nothing else is written; none where there is no such place: pointing
/// at the node and the table tell it.
void CorrelationGraph::drawNames(QPainter& painter) const
{
    painter.setPen(m_theme.color(Role::Text));
    const QPointF centre = QRectF(rect()).center();
    std::vector<QRectF> taken{QRectF(restInWords().isEmpty() ? QRect() : restPlace())};
    for (int i = 0; i < drawn(); ++i)
        taken.push_back(QRectF(placeOf(i), QSizeF()).adjusted(-kNode, -kNode, kNode, kNode));
    for (int i = 0; i < drawn(); ++i) {
        const QString name = fontMetrics().elidedText(m_neighbours[static_cast<std::size_t>(i)].name, Qt::ElideMiddle,
                                                      static_cast<int>(2 * kTextRoom));
        const QSizeF size(fontMetrics().horizontalAdvance(name), fontMetrics().height());
        const QPointF place = placeOf(i);
        const double beside = place.x() < centre.x() ? -2 * kNode - size.width() : 2 * kNode;
        const double above = -2 * kNode - size.height();
        const double below = 2 * kNode;
        const double outwards = place.y() < centre.y() ? above : below;
        const std::array<QPointF, 4> offsets{QPointF(-size.width() / 2, outwards), QPointF(beside, -size.height() / 2),
                                             QPointF(beside, outwards),
                                             QPointF(-size.width() / 2, above + below - outwards)};
        for (const QPointF& offset : offsets) {
            const QRectF words(place + offset, size);
            const bool free = QRectF(rect()).contains(words) && std::ranges::none_of(taken, [&](const QRectF& other) {
                return other.intersects(words);
            });
            if (!free)
                continue;
            painter.drawText(words, Qt::AlignCenter, name);
            taken.push_back(words);
            break;
        }
    }
}

void CorrelationGraph::mouseReleaseEvent(QMouseEvent* event)
{
    choose(neighbourAt(event->position()));
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
