#include "ui/plots/stream_plots.h"

#include "ui/models/format.h"
#include "ui/plots/time_ticker.h"

#include <QtWidgets/QBoxLayout>

#include <algorithm>
#include <cmath>
#include <limits>

namespace timbre::ui {

namespace {

constexpr int kPlotHeight = 120;
constexpr int kLeftMargin = 58; // the same in both plots, so that their times line up
constexpr double kRoom = 1.1;
constexpr double kTalkShade = 0.16;

/// A level for each moment; where nothing came there is a gap.
class Levels {
public:
    void add(double from, double to, double value)
    {
        if (!m_x.isEmpty() && from - m_x.last() > (to - from) / 2.0) {
            m_x << m_x.last();
            m_y << std::numeric_limits<double>::quiet_NaN();
        }
        m_x << from << to;
        m_y << value << value;
    }
    void show(QCPGraph& graph) const { graph.setData(m_x, m_y, true); }

private:
    QVector<double> m_x;
    QVector<double> m_y;
};

QString secondsWords(double seconds)
{
    return QString::number(seconds, 'g', 4) + QStringLiteral(" s");
}

void layOut(PlotCanvas& plot)
{
    plot.axisRect()->setAutoMargins(QCP::msBottom);
    plot.axisRect()->setMargins(QMargins(kLeftMargin, 4, 8, 0));
    plot.xAxis->setTicker(QSharedPointer<QuantityTicker>::create(secondsWords, 4));
    plot.setMinimumHeight(kPlotHeight);
}

} // namespace

StreamPlots::StreamPlots(Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_timeline(std::make_shared<const audio::StreamTimeline>())
{
    m_sizes = new PlotFrame(tr("Payload sizes"), theme, this);
    m_gaps = new PlotFrame(tr("Longest gap"), theme, this);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Theme::kMargin);
    layout->addWidget(m_sizes);
    layout->addWidget(m_gaps);
    makeSizes();
    makeGaps();
    for (PlotFrame* frame : {m_sizes, m_gaps}) {
        frame->setTableMaker([this] { return makeTable(); });
        connectPointer(*frame);
        connect(frame, &PlotFrame::pictureFailed, this, &StreamPlots::pictureFailed);
        connect(&frame->canvas(), &PlotCanvas::restyle, this, &StreamPlots::restyle);
    }
    restyle();
}

void StreamPlots::makeSizes()
{
    PlotCanvas& plot = m_sizes->canvas();
    layOut(plot);
    plot.yAxis->setTicker(QSharedPointer<QuantityTicker>::create(
        [](double value) {
            return formatCount(static_cast<std::uint64_t>(std::abs(std::round(value)))) + QStringLiteral(" B");
        },
        4));
    m_talk = new QCPBars(plot.xAxis, plot.yAxis);
    m_talk->setLayer(plot.underLayer());
    m_talk->setAntialiased(false);
    m_smallest = plot.addGraph();
    m_largest = plot.addGraph(); // above the other where they are one
    for (QCPGraph* graph : {m_smallest, m_largest})
        graph->setAdaptiveSampling(false); // it would bridge the pauses
    m_sizes->setNote(tr("largest and smallest of each moment; shaded: talk"));
}

void StreamPlots::makeGaps()
{
    PlotCanvas& plot = m_gaps->canvas();
    layOut(plot);
    plot.yAxis->setTicker(QSharedPointer<DecadeTicker>::create([](double decade) {
        const double ms = std::pow(10.0, decade);
        return ms >= 1000.0 ? QStringLiteral("%1 s").arg(ms / 1000.0) : QStringLiteral("%1 ms").arg(ms);
    }));
    m_longest = plot.addGraph();
    m_longest->setLineStyle(QCPGraph::lsNone);
}

void StreamPlots::restyle()
{
    for (PlotFrame* frame : {m_sizes, m_gaps}) {
        frame->canvas().styleAxis(frame->canvas().xAxis, false);
        frame->canvas().styleAxis(frame->canvas().yAxis, true);
    }
    const QColor accent = m_theme.color(Role::Accent);
    m_talk->setPen(Qt::NoPen);
    m_talk->setBrush(m_theme.mixed(Role::Good, Role::Surface, kTalkShade));
    m_largest->setPen(QPen(accent, 1));
    m_smallest->setPen(QPen(m_theme.color(Role::Muted), 1));
    constexpr double kMark = 3.0;
    m_longest->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, QPen(accent), QBrush(accent), kMark));
}

void StreamPlots::setTimeline(std::shared_ptr<const audio::StreamTimeline> timeline)
{
    if (timeline == m_timeline)
        return;
    m_timeline = timeline ? std::move(timeline) : std::make_shared<const audio::StreamTimeline>();
    m_shown = 0;
    rebuild();
}

void StreamPlots::rebuild()
{
    const double width = binSeconds();
    QVector<double> talkTimes, talk, gapTimes, gaps;
    Levels largest;
    Levels smallest;
    double most = 1.0;
    double longest = 1.0;
    for (const audio::TimelineBin& bin : m_timeline->bins)
        most = std::max<double>(most, bin.largest);
    for (std::size_t i = 0; i < m_timeline->bins.size(); ++i) {
        const audio::TimelineBin& bin = m_timeline->bins[i];
        const double at = (static_cast<double>(i) + 0.5) * width;
        if (bin.packets == 0)
            continue;
        largest.add(at - width / 2.0, at + width / 2.0, bin.largest);
        smallest.add(at - width / 2.0, at + width / 2.0, bin.smallest);
        if (2 * bin.talkPackets > bin.packets) {
            talkTimes.append(at);
            talk.append(most * kRoom);
        }
        if (bin.longestGapMs > 0.0F) {
            gapTimes.append(at);
            gaps.append(std::log10(static_cast<double>(bin.longestGapMs)));
            longest = std::max(longest, gaps.last());
        }
    }
    m_talk->setWidth(width);
    m_talk->setData(talkTimes, talk, true);
    largest.show(*m_largest);
    smallest.show(*m_smallest);
    m_longest->setData(gapTimes, gaps, true);
    m_sizes->canvas().yAxis->setRange(0.0, most * kRoom);
    m_gaps->canvas().yAxis->setRange(-0.2, std::ceil(longest) + 0.2);
    const double span = std::max(width, width * static_cast<double>(m_timeline->bins.size()));
    m_gaps->setNote(tr("per %1").arg(formatDuration(m_timeline->binNs)));
    for (PlotFrame* frame : {m_sizes, m_gaps}) {
        frame->canvas().xAxis->setRange(-0.01 * span, 1.01 * span);
        frame->canvas().showCrosshair(std::nullopt);
        frame->tableChanged();
        frame->canvas().replotSoon();
    }
}

std::optional<std::size_t> StreamPlots::binAt(double seconds) const
{
    const double bin = std::floor(seconds / binSeconds());
    if (bin < 0.0 || bin >= static_cast<double>(m_timeline->bins.size()))
        return std::nullopt;
    return static_cast<std::size_t>(bin);
}

QString StreamPlots::wordsAt(std::size_t at) const
{
    const audio::TimelineBin& bin = m_timeline->bins[at];
    const QString since = formatDuration(static_cast<std::int64_t>(at) * m_timeline->binNs);
    if (bin.packets == 0)
        return tr("%1: nothing").arg(since);
    const QString talk = 2 * bin.talkPackets > bin.packets ? tr("talk") : tr("silence");
    const QString gap = formatDuration(static_cast<std::int64_t>(static_cast<double>(bin.longestGapMs) * 1e6));
    return tr("%1: %2 packets of %3 to %4 B, gaps up to %5, %6")
        .arg(since, formatCount(bin.packets), formatCount(bin.smallest), formatCount(bin.largest), gap, talk);
}

void StreamPlots::showBin(PlotFrame& frame, std::size_t bin)
{
    m_shown = bin;
    const QString words = wordsAt(bin);
    for (PlotFrame* each : {m_sizes, m_gaps})
        each->canvas().showCrosshair((static_cast<double>(bin) + 0.5) * binSeconds(),
                                     each == &frame ? words : QString());
    frame.canvas().setAccessibleDescription(words);
}

void StreamPlots::connectPointer(PlotFrame& frame)
{
    connect(&frame.canvas(), &PlotCanvas::pointerMoved, this, [this, &frame](QPointF position) {
        const auto bin = binAt(frame.canvas().xAxis->pixelToCoord(position.x()));
        if (bin && frame.canvas().axisRect()->rect().contains(position.toPoint()))
            showBin(frame, *bin);
        else
            frame.canvas().showCrosshair(std::nullopt);
    });
    connect(&frame.canvas(), &PlotCanvas::stepped, this, [this, &frame](int by) {
        const auto last = static_cast<std::ptrdiff_t>(m_timeline->bins.size()) - 1;
        if (last >= 0)
            showBin(frame, static_cast<std::size_t>(
                               std::clamp<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(m_shown) + by, 0, last)));
    });
    const auto choose = [this](std::size_t bin) {
        emit momentChosen({m_timeline->begin.ns + static_cast<std::int64_t>(bin) * m_timeline->binNs});
    };
    connect(&frame.canvas(), &PlotCanvas::enterPressed, this, [this, choose] {
        if (m_shown < m_timeline->bins.size())
            choose(m_shown);
    });
    connect(&frame.canvas(), &PlotCanvas::pointerLeft, this, [this] {
        m_sizes->canvas().showCrosshair(std::nullopt);
        m_gaps->canvas().showCrosshair(std::nullopt);
    });
    connect(&frame.canvas(), &QCustomPlot::mousePress, this, [this, &frame, choose](const QMouseEvent* event) {
        const auto bin = binAt(frame.canvas().xAxis->pixelToCoord(event->position().x()));
        if (event->button() == Qt::LeftButton && bin)
            choose(*bin);
    });
}

PlotTable StreamPlots::makeTable() const
{
    PlotTable table;
    table.titles = {tr("Since start (s)"), tr("Packets"),  tr("Smallest (B)"),
                    tr("Largest (B)"),     tr("Gap (ms)"), tr("Talk packets")};
    table.rows = static_cast<int>(m_timeline->bins.size());
    table.cell = [timeline = m_timeline](int row, int column) {
        const audio::TimelineBin& bin = timeline->bins[static_cast<std::size_t>(row)];
        switch (column) {
        case 0:
            return QString::number(static_cast<double>(row) * static_cast<double>(timeline->binNs) / 1e9, 'f', 1);
        case 1:
            return QString::number(bin.packets);
        case 2:
            return QString::number(bin.smallest);
        case 3:
            return QString::number(bin.largest);
        case 4:
            return QString::number(static_cast<double>(bin.longestGapMs), 'f', 3);
        default:
            return QString::number(bin.talkPackets);
        }
    };
    return table;
}

} // namespace timbre::ui
