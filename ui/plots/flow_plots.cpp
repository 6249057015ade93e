#include "ui/plots/flow_plots.h"

#include "ui/models/format.h"
#include "ui/plots/quantity.h"
#include "ui/plots/time_ticker.h"

#include <QtWidgets/QBoxLayout>

#include <algorithm>
#include <array>
#include <cmath>

namespace timbre::ui {

namespace {

constexpr int kPlotHeight = 132;
constexpr int kLeftMargin = 58; // the same in both plots, so that their times line up

/// For ticks, which are round: "5 ms", "200 µs", "12 s".
QString tickDuration(double seconds)
{
    constexpr double kLongestInSeconds = 600.0;
    struct Unit {
        double seconds;
        const char16_t* name;
    };
    constexpr std::array<Unit, 4> kUnits = {{{1.0, u"s"}, {1e-3, u"ms"}, {1e-6, u"µs"}, {1e-9, u"ns"}}};
    const double size = std::abs(seconds);
    if (size < 1e-10)
        return QStringLiteral("0");
    if (size > kLongestInSeconds)
        return formatDuration(std::llround(seconds * 1e9));
    const auto unit =
        std::find_if(kUnits.begin(), kUnits.end(), [size](const Unit& u) { return size >= u.seconds * 0.999; });
    const Unit& chosen = unit == kUnits.end() ? kUnits.back() : *unit;
    return QString::number(seconds / chosen.seconds, 'g', 4) + QChar(0x00a0) + QString::fromUtf16(chosen.name);
}

double secondsBetween(Timestamp from, Timestamp to)
{
    return static_cast<double>(elapsedNs(from, to)) / 1e9;
}

void layOut(PlotCanvas& plot)
{
    plot.axisRect()->setAutoMargins(QCP::msBottom);
    plot.axisRect()->setMargins(QMargins(kLeftMargin, 4, 8, 0));
    plot.xAxis->setTicker(QSharedPointer<QuantityTicker>::create(tickDuration, 4));
    plot.setMinimumHeight(kPlotHeight);
}

} // namespace

FlowPlots::FlowPlots(Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_samples(std::make_shared<const std::vector<FlowSample>>())
{
    m_sizes = new PlotFrame(tr("Packet sizes"), theme, this);
    m_gaps = new PlotFrame(tr("Gaps between packets"), theme, this);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Theme::kMargin);
    layout->addWidget(m_sizes);
    layout->addWidget(m_gaps);
    makeSizes();
    makeGaps();
    for (PlotFrame* frame : {m_sizes, m_gaps}) {
        connectPointer(*frame);
        connect(frame, &PlotFrame::pictureFailed, this, &FlowPlots::pictureFailed);
        connect(&frame->canvas(), &PlotCanvas::restyle, this, &FlowPlots::restyle);
    }
    restyle();
}

void FlowPlots::makeSizes()
{
    PlotCanvas& plot = m_sizes->canvas();
    layOut(plot);
    plot.yAxis->setTicker(QSharedPointer<QuantityTicker>::create(
        [](double value) {
            return formatCount(static_cast<std::uint64_t>(std::abs(std::round(value)))) + QStringLiteral(" B");
        },
        4));
    for (QCPGraph** graph : {&m_up, &m_down}) {
        *graph = plot.addGraph();
        (*graph)->setLineStyle(QCPGraph::lsImpulse);
        (*graph)->setAdaptiveSampling(false); // the data are at pixel width already
    }
    m_sizes->setTableMaker([this] { return makeTable(false); });
}

void FlowPlots::makeGaps()
{
    PlotCanvas& plot = m_gaps->canvas();
    layOut(plot);
    plot.yAxis->setTicker(
        QSharedPointer<DecadeTicker>::create([](double decade) { return tickDuration(std::pow(10.0, decade)); }));
    for (QCPGraph** graph : {&m_gapUp, &m_gapDown}) {
        *graph = plot.addGraph();
        (*graph)->setLineStyle(QCPGraph::lsNone);
        (*graph)->setAdaptiveSampling(false);
    }
    m_gaps->setTableMaker([this] { return makeTable(true); });
}

void FlowPlots::restyle()
{
    for (PlotFrame* frame : {m_sizes, m_gaps}) {
        frame->canvas().styleAxis(frame->canvas().xAxis, false);
        frame->canvas().styleAxis(frame->canvas().yAxis, true);
    }
    const QColor up = m_theme.color(Role::Up);
    const QColor down = m_theme.color(Role::Down);
    // Few packets get thick lines; many are a pixel each.
    const auto count = std::max<std::size_t>(1, m_samples->size());
    const double width =
        std::clamp(static_cast<double>(m_sizes->canvas().dataWidth()) / static_cast<double>(count) / 6.0, 1.0, 3.0);
    m_up->setPen(QPen(up, width));
    m_down->setPen(QPen(down, width));
    constexpr double kMark = 5.0;
    // Direction has a shape, too.
    m_gapUp->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssTriangle, QPen(up), QBrush(up), kMark));
    m_gapDown->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssTriangleInverted, QPen(down), QBrush(down), kMark));
}

void FlowPlots::clear()
{
    setSamples({}, {}, 0, {});
}

void FlowPlots::setSamples(std::vector<FlowSample> samples, Timestamp start, std::int64_t spanNs, const QString& remark)
{
    m_samples = std::make_shared<const std::vector<FlowSample>>(std::move(samples));
    m_start = start;
    m_spanNs = std::max<std::int64_t>(0, spanNs);
    m_remark = remark;
    m_shown = 0;
    rebuild();
}

int FlowPlots::pointsDrawn() const
{
    return m_up->dataCount() + m_down->dataCount() + m_gapUp->dataCount() + m_gapDown->dataCount();
}

void FlowPlots::rebuild()
{
    restyle();
    rebuildSizes();
    rebuildGaps();
    // A flow of one moment still gets an axis.
    const double span = std::max(1e-6, static_cast<double>(m_spanNs) / 1e9);
    for (PlotFrame* frame : {m_sizes, m_gaps}) {
        frame->canvas().xAxis->setRange(-0.02 * span, 1.02 * span);
        frame->canvas().showCrosshair(std::nullopt);
        frame->tableChanged();
        frame->canvas().replotSoon();
    }
}

void FlowPlots::rebuildSizes()
{
    const auto width = static_cast<std::size_t>(m_sizes->canvas().dataWidth());
    const auto columns = sizeColumns(*m_samples, m_start, m_spanNs, width);
    QVector<double> upTimes, upSizes, downTimes, downSizes;
    double largestUp = 0.0;
    double largestDown = 0.0;
    for (const SizeColumn& column : columns) {
        if (column.largestUp > 0) {
            upTimes.append(column.seconds);
            upSizes.append(column.largestUp);
            largestUp = std::max<double>(largestUp, column.largestUp);
        }
        if (column.largestDown > 0) {
            downTimes.append(column.seconds);
            downSizes.append(-static_cast<double>(column.largestDown));
            largestDown = std::max<double>(largestDown, column.largestDown);
        }
    }
    m_up->setData(upTimes, upSizes, true);
    m_down->setData(downTimes, downSizes, true);
    constexpr double kRoom = 1.1;
    constexpr double kLeast = 0.15; // a silent direction keeps a strip
    const double largest = std::max({1.0, largestUp, largestDown});
    m_sizes->canvas().yAxis->setRange(-std::max(largestDown * kRoom, largest * kLeast),
                                      std::max(largestUp * kRoom, largest * kLeast));
    QString note = tr("↑ above, ↓ below");
    if (m_samples->size() > width)
        note += tr("; largest per %1").arg(formatDuration(m_spanNs / static_cast<std::int64_t>(width)));
    m_sizes->setNote(m_remark.isEmpty() ? note : note + QStringLiteral("; ") + m_remark);
}

void FlowPlots::rebuildGaps()
{
    const auto width = static_cast<std::size_t>(m_gaps->canvas().dataWidth());
    constexpr std::size_t kPixelsPerMark = 2;
    const auto points = gapPoints(*m_samples, m_start, m_spanNs, std::max<std::size_t>(1, width / kPixelsPerMark));
    QVector<double> upTimes, upGaps, downTimes, downGaps;
    double shortest = 0.0;
    double longest = -7.0;
    for (const GapPoint& point : points) {
        const double decade = std::log10(point.gapSeconds);
        (point.up ? upTimes : downTimes).append(point.seconds);
        (point.up ? upGaps : downGaps).append(decade);
        shortest = std::min(shortest, decade);
        longest = std::max(longest, decade);
    }
    // Capture order is not always time order.
    m_gapUp->setData(upTimes, upGaps, false);
    m_gapDown->setData(downTimes, downGaps, false);
    m_gaps->canvas().yAxis->setRange(std::floor(shortest) - 0.2, std::max(shortest + 1.0, std::ceil(longest) + 0.2));
    m_gaps->setNote(m_remark.isEmpty() ? tr("▲ before ↑, ▼ before ↓") : m_remark);
}

void FlowPlots::connectPointer(PlotFrame& frame)
{
    connect(&frame.canvas(), &PlotCanvas::pointerMoved, this, [this, &frame](QPointF position) {
        const auto sample = nearestSample(frame.canvas().xAxis->pixelToCoord(position.x()));
        if (sample && frame.canvas().axisRect()->rect().contains(position.toPoint()))
            showSample(frame, *sample);
        else
            frame.canvas().showCrosshair(std::nullopt);
    });
    connect(&frame.canvas(), &PlotCanvas::stepped, this, [this, &frame](int by) {
        if (m_samples->empty())
            return;
        const auto last = static_cast<std::ptrdiff_t>(m_samples->size()) - 1;
        const auto to = std::clamp<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(m_shown) + by, 0, last);
        showSample(frame, static_cast<std::size_t>(to));
    });
    connect(&frame.canvas(), &PlotCanvas::enterPressed, this, [this] {
        if (m_shown < m_samples->size())
            emit packetChosen((*m_samples)[m_shown].number);
    });
    connect(&frame.canvas(), &PlotCanvas::pointerLeft, this, [this] {
        m_sizes->canvas().showCrosshair(std::nullopt);
        m_gaps->canvas().showCrosshair(std::nullopt);
    });
    connect(&frame.canvas(), &QCustomPlot::mousePress, this, [this, &frame](const QMouseEvent* event) {
        if (event->button() != Qt::LeftButton)
            return;
        if (const auto sample = nearestSample(frame.canvas().xAxis->pixelToCoord(event->position().x())))
            emit packetChosen((*m_samples)[*sample].number);
    });
}

std::optional<std::size_t> FlowPlots::nearestSample(double seconds) const
{
    if (m_samples->empty())
        return std::nullopt;
    const Timestamp time{m_start.ns + std::llround(seconds * 1e9)};
    const auto after = std::partition_point(m_samples->begin(), m_samples->end(),
                                            [time](const FlowSample& s) { return s.time < time; });
    if (after == m_samples->end())
        return m_samples->size() - 1;
    if (after == m_samples->begin())
        return 0;
    const auto before = std::prev(after);
    const bool earlier = elapsedNs(before->time, time) <= elapsedNs(time, after->time);
    return static_cast<std::size_t>((earlier ? before : after) - m_samples->begin());
}

QString FlowPlots::wordsAt(const PlotFrame& frame, std::size_t sample) const
{
    const FlowSample& packet = (*m_samples)[sample];
    const QString arrow = packet.up ? QStringLiteral("↑") : QStringLiteral("↓");
    const QString since = formatDuration(std::max<std::int64_t>(0, elapsedNs(m_start, packet.time)));
    if (&frame == m_gaps) {
        if (sample == 0)
            return tr("packet %1 %2 is the first").arg(formatCount(packet.number), arrow);
        const std::int64_t gap = std::max<std::int64_t>(0, elapsedNs((*m_samples)[sample - 1].time, packet.time));
        return tr("%1: %2 before packet %3 %4").arg(since, formatDuration(gap), formatCount(packet.number), arrow);
    }
    return tr("%1: %2 %3 B, packet %4").arg(since, arrow, formatCount(packet.length), formatCount(packet.number));
}

void FlowPlots::showSample(PlotFrame& frame, std::size_t sample)
{
    m_shown = sample;
    // The line stands in both plots; the words only in the one that is looked at.
    const double at = secondsBetween(m_start, (*m_samples)[sample].time);
    const QString words = wordsAt(frame, sample);
    for (PlotFrame* each : {m_sizes, m_gaps})
        each->canvas().showCrosshair(at, each == &frame ? words : QString());
    frame.canvas().setAccessibleDescription(words);
}

PlotTable FlowPlots::makeTable(bool withGaps) const
{
    PlotTable table;
    table.titles = {tr("Since start (s)"), tr("Packet"), tr("Direction"), withGaps ? tr("Gap (s)") : tr("Size (B)")};
    table.rows = static_cast<int>(m_samples->size());
    table.cell = [samples = m_samples, start = m_start, withGaps](int row, int column) {
        const auto at = static_cast<std::size_t>(row);
        const FlowSample& packet = (*samples)[at];
        switch (column) {
        case 0:
            return secondsText(elapsedNs(start, packet.time));
        case 1:
            return QString::number(packet.number);
        case 2:
            return packet.up ? QStringLiteral("↑") : QStringLiteral("↓");
        default:
            if (!withGaps)
                return QString::number(packet.length);
            return at == 0 ? QString() : secondsText(elapsedNs((*samples)[at - 1].time, packet.time));
        }
    };
    return table;
}

void FlowPlots::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    QMetaObject::invokeMethod(this, &FlowPlots::rebuild, Qt::QueuedConnection); // when the plots know their new width
}

} // namespace timbre::ui
