#include "ui/plots/time_flags.h"

#include <cmath>

namespace timbre::ui {

namespace {

constexpr double kFlagWidth = 7;
constexpr double kFlagHeight = 7;
constexpr double kBandHeight = 3;
constexpr double kNear = 6;

} // namespace

TimeFlags::TimeFlags(PlotCanvas& canvas)
    : QCPAbstractItem(&canvas)
    , m_canvas(canvas)
{
    setLayer(canvas.layer(QStringLiteral("overlay")));
    setClipToAxisRect(false);
    setSelectable(false);
}

void TimeFlags::setFlags(std::vector<TimeFlag> flags)
{
    m_flags = std::move(flags);
    m_canvas.replotSoon();
}

void TimeFlags::setBase(Timestamp base)
{
    m_base = base;
}

double TimeFlags::pixelOf(Timestamp time) const
{
    return m_canvas.xAxis->coordToPixel(static_cast<double>(elapsedNs(m_base, time)) / 1e9);
}

std::vector<const TimeFlag*> TimeFlags::near(double pixel, std::size_t limit) const
{
    std::vector<const TimeFlag*> found;
    for (const TimeFlag& flag : m_flags) {
        const double begin = pixelOf(flag.when.begin);
        const double end = flag.band ? pixelOf(flag.when.end) : begin;
        if (begin - kNear <= pixel && pixel <= end + kNear && found.size() < limit)
            found.push_back(&flag);
    }
    return found;
}

void TimeFlags::draw(QCPPainter* painter)
{
    const QRect area = m_canvas.axisRect()->rect();
    double lastPixel = -1e9;
    for (const TimeFlag& flag : m_flags) {
        const double begin = std::round(pixelOf(flag.when.begin));
        const double end = flag.band ? std::round(pixelOf(flag.when.end)) : begin;
        if (end < area.left() || begin > area.right())
            continue;
        const double left = std::max(begin, static_cast<double>(area.left()));
        if (flag.band) {
            const double right = std::min(end, static_cast<double>(area.right()));
            painter->fillRect(QRectF(left, area.top(), std::max(1.0, right - left), kBandHeight),
                              m_canvas.theme().mixed(Role::Accent, Role::Surface, 0.7));
        }
        if (begin >= area.left() && left - lastPixel >= 1) {
            drawFlag(*painter, left, area.top(), flag.bookmark);
            lastPixel = left;
        }
    }
}

void TimeFlags::drawFlag(QCPPainter& painter, double x, double top, bool bookmark) const
{
    const QColor color = m_canvas.theme().color(Role::Accent);
    painter.setAntialiasing(false);
    painter.setPen(QPen(color, 1));
    painter.drawLine(QPointF(x, top), QPointF(x, m_canvas.axisRect()->bottom()));
    painter.setAntialiasing(true);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    QPolygonF shape;
    if (bookmark) // a ribbon with a notch
        shape << QPointF(x, top) << QPointF(x + kFlagWidth, top) << QPointF(x + kFlagWidth, top + kFlagHeight + 2)
              << QPointF(x + kFlagWidth / 2, top + kFlagHeight - 1) << QPointF(x, top + kFlagHeight + 2);
    else // a pennant
        shape << QPointF(x, top) << QPointF(x + kFlagWidth + 2, top + kFlagHeight / 2) << QPointF(x, top + kFlagHeight);
    painter.drawPolygon(shape);
}

} // namespace timbre::ui
