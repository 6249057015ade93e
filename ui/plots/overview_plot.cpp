#include "ui/plots/overview_plot.h"

#include "ui/models/format.h"

#include <QtGui/QAction>
#include <QtWidgets/QToolButton>

#include <cmath>

using namespace Qt::Literals::StringLiterals;

namespace timbre::ui {

namespace {

constexpr int kLeft = 56;           // room for "12 345"
constexpr int kRight = 108;         // room for "12.3 MB" and the corner's buttons
constexpr int kTop = 17;            // one line of text
constexpr int kBottom = 18;         // time labels
constexpr double kLogFloor = -0.35; // where the axis of logarithms begins, so that a single packet is still seen
constexpr int kMinGapPixels = 8;
constexpr double kLeastLossPixels = 4.0; // a loss is seen however short it was

double logOf(std::uint64_t value)
{
    return value == 0 ? kLogFloor : std::log10(static_cast<double>(value));
}

/// Of spans that touch the time: which packets of a span were lost cannot be known.
std::uint64_t lostAround(const TimeRange& time, const std::vector<capture::LossSpan>& losses)
{
    std::uint64_t lost = 0;
    for (const capture::LossSpan& loss : losses) {
        if (time.overlaps(loss.range.begin, loss.range.end))
            lost += loss.interfaceDrops + loss.kernelDrops + loss.ringLosses;
    }
    return lost;
}

QSharedPointer<QCPAxisTicker> valueTicker(bool logScale, bool bytes)
{
    const auto words = [bytes](double value) {
        const auto whole = static_cast<std::uint64_t>(std::max(0.0, std::round(value)));
        return bytes ? formatBytes(whole) : formatCount(whole);
    };
    constexpr int kValueTicks = 2; // the strip is low
    if (logScale)
        return QSharedPointer<DecadeTicker>::create(
            [words](double decade) { return decade < 0 ? QString() : words(std::pow(10.0, decade)); }, kValueTicks);
    auto ticker = QSharedPointer<QuantityTicker>::create(words, kValueTicks);
    ticker->setWholeNumbers(true);
    return ticker;
}

} // namespace

OverviewPlot::OverviewPlot(Theme& theme, QWidget* parent)
    : PlotFrame(tr("Packets and bytes over time"), theme, parent, false)
    , m_theme(theme)
{
    makeAxes();
    m_brush = new TimeBrush(canvas());
    m_flags = new TimeFlags(canvas());
    m_readout = new QCPItemText(&canvas());
    m_packetKey = new QCPItemText(&canvas());
    m_bytesKey = new QCPItemText(&canvas());
    m_lossKey = new QCPItemText(&canvas());
    for (QCPItemText* item : {m_readout, m_packetKey, m_bytesKey, m_lossKey}) {
        item->setLayer(canvas().cursorLayer());
        item->setClipToAxisRect(false);
        item->position->setType(QCPItemPosition::ptAbsolute);
        item->setPositionAlignment(Qt::AlignLeft | Qt::AlignTop);
    }
    makeCorner();
    setTableMaker([this] { return makeTable(); });
    connect(&canvas(), &PlotCanvas::restyle, this, &OverviewPlot::restyle);
    connect(&canvas(), &PlotCanvas::pointerMoved, this, [this](QPointF position) {
        const bool inside = canvas().axisRect()->rect().contains(position.toPoint());
        showAt(inside ? std::optional(m_brush->toTime(canvas().xAxis->pixelToCoord(position.x()))) : std::nullopt);
    });
    connect(&canvas(), &PlotCanvas::pointerLeft, this, [this] { showAt(std::nullopt); });
    connect(m_brush, &TimeBrush::cursorMoved, this, [this](Timestamp time) { showAt(time); });
    connect(m_brush, &TimeBrush::pendingChanged, this, [this] { showAt(std::nullopt); });
    connect(m_brush, &TimeBrush::rangeChosen, this, &OverviewPlot::rangeChosen);
    connect(m_brush, &TimeBrush::zoomChosen, this, [this](const TimeRange& range) { setView(range); });
    connect(m_brush, &TimeBrush::clicked, this, &OverviewPlot::chooseBars);
    connect(m_brush, &TimeBrush::opened, this, [this](Timestamp time) {
        if (const auto bar = barAt(time)) {
            m_brush->setRange(bar);
            emit rangeChosen(bar);
        }
    });
    restyle();
}

void OverviewPlot::makeAxes()
{
    PlotCanvas& plot = canvas();
    plot.axisRect()->setAutoMargins(QCP::msNone);
    plot.axisRect()->setMargins(QMargins(kLeft, kTop, kRight, kBottom));
    plot.yAxis2->setVisible(true);
    m_timeTicker = QSharedPointer<TimeTicker>::create();
    plot.xAxis->setTicker(m_timeTicker);
    m_packets = new QCPBars(plot.xAxis, plot.yAxis);
    m_packets->setAntialiased(false);
    m_packets->setAntialiasedFill(false);
    m_bytes = new QCPGraph(plot.xAxis, plot.yAxis2);
    m_bytes->setLineStyle(QCPGraph::lsStepLeft);
    m_bytes->setAntialiased(false);
    setLogScale(false);
}

void OverviewPlot::makeCorner()
{
    auto* log = new QAction(tr("Logarithmic scale"), this);
    log->setCheckable(true);
    log->setShortcut(Qt::Key_L);
    log->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    log->setToolTip(tr("Logarithmic scale, so that quiet traffic is seen (L)"));
    log->setIconText(tr("log"));
    addAction(log);
    connect(log, &QAction::toggled, this, &OverviewPlot::setLogScale);
    auto* whole = new QAction(tr("Show the whole capture"), this);
    whole->setShortcut(Qt::Key_0);
    whole->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    addAction(whole);
    connect(whole, &QAction::triggered, this, [this] { setView(std::nullopt); });
    auto* clear = new QAction(tr("Clear the time range"), this);
    connect(clear, &QAction::triggered, this, [this] {
        m_brush->setRange(std::nullopt);
        emit rangeChosen(std::nullopt);
    });
    auto* note = new QAction(tr("Note here…"), this);
    connect(note, &QAction::triggered, this, &OverviewPlot::noteWanted);
    for (QAction* action : {log, whole, clear, note})
        addMenuAction(action);
    m_logButton = new QToolButton(this);
    m_logButton->setDefaultAction(log);
    m_logButton->setAutoRaise(true);
    m_logButton->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_logButton->setAccessibleName(log->text());
    addCornerButton(m_logButton);
}

void OverviewPlot::restyle()
{
    PlotCanvas& plot = canvas();
    plot.styleAxis(plot.xAxis, false);
    plot.styleAxis(plot.yAxis, true);
    plot.styleAxis(plot.yAxis2, false);
    m_packets->setPen(Qt::NoPen);
    m_packets->setBrush(QBrush(m_theme.mixed(Role::Muted, Role::Surface, 0.6)));
    m_bytes->setPen(QPen(m_theme.color(Role::Accent)));
    m_readout->setColor(m_theme.color(Role::Muted));
    m_packetKey->setColor(m_theme.color(Role::Muted)); // the bars are too pale for words
    m_bytesKey->setColor(m_theme.color(Role::Accent));
    m_lossKey->setColor(m_theme.color(Role::Bad));
    for (QCPItemText* item : {m_readout, m_packetKey, m_bytesKey, m_lossKey})
        item->setFont(font());
    for (QCPItemRect* item : m_gapItems)
        item->setBrush(QBrush(m_theme.color(Role::Line), Qt::BDiagPattern));
    for (QCPItemRect* item : m_lossItems)
        item->setBrush(QBrush(m_theme.color(Role::Bad), Qt::FDiagPattern));
    for (QCPItemRect* item : m_lifeItems)
        item->setBrush(QBrush(m_theme.color(Role::Text)));
    showAt(std::nullopt);
}

void OverviewPlot::setHistogram(std::shared_ptr<const TimeHistogram> histogram, std::optional<TimeRange> captureRange)
{
    m_histogram = std::move(histogram);
    m_captureRange = captureRange;
    rebuild();
}

void OverviewPlot::setRange(std::optional<TimeRange> range)
{
    m_brush->setRange(range);
    showAt(std::nullopt);
}

void OverviewPlot::setView(std::optional<TimeRange> view)
{
    m_view = view;
    rebuild();
}

std::optional<TimeRange> OverviewPlot::barAt(Timestamp time) const
{
    const auto column = m_series.columnAt(time);
    if (!column)
        return std::nullopt;
    const Timestamp begin = m_series.columns[*column].begin;
    return TimeRange{begin, {begin.ns + m_series.columnNs - 1}};
}

std::optional<TimeRange> OverviewPlot::stretchAt(QPointF place) const
{
    if (m_series.columns.empty() || !canvas().axisRect()->rect().contains(place.toPoint()))
        return std::nullopt;
    const Timestamp time = m_brush->toTime(canvas().xAxis->pixelToCoord(place.x()));
    return m_brush->range() && m_brush->range()->contains(time) ? m_brush->range() : barAt(time);
}

void OverviewPlot::chooseBars(Timestamp time, bool extend)
{
    const auto bar = barAt(time);
    if (!bar)
        return;
    if (!extend || !m_barChosen)
        m_barChosen = bar;
    emit barsChosen({std::min(bar->begin, m_barChosen->begin), std::max(bar->end, m_barChosen->end)});
}

void OverviewPlot::setZone(TimeFormatter formatter, int offsetSeconds, const QString& zoneName)
{
    m_formatTime = formatter;
    m_zoneName = zoneName;
    m_timeTicker->setFormatter(std::move(formatter));
    m_timeTicker->setZoneOffsetSeconds(offsetSeconds);
    rebuild();
}

void OverviewPlot::setLogScale(bool on)
{
    m_logScale = on;
    canvas().yAxis->setTicker(valueTicker(on, false));
    canvas().yAxis2->setTicker(valueTicker(on, true));
    m_packets->setBaseValue(on ? kLogFloor : 0.0);
    if (m_brush != nullptr)
        rebuild();
}

void OverviewPlot::setFlags(std::vector<TimeFlag> flags)
{
    if (flags == m_flags->flags())
        return;
    m_flags->setFlags(std::move(flags));
    showAt(std::nullopt);
}

/// What is noted at that moment, the first few.
QString OverviewPlot::notesText(Timestamp time)
{
    constexpr std::size_t kShown = 3;
    QString text;
    for (const TimeFlag* flag : m_flags->near(canvas().xAxis->coordToPixel(m_brush->toAxis(time)), kShown))
        text += QStringLiteral(" · ") + flag->text;
    return text;
}

void OverviewPlot::setFlowLives(const std::vector<TimeRange>& lives)
{
    m_lives = lives;
    drawLives();
    canvas().replotSoon();
}

void OverviewPlot::rebuild()
{
    m_series = {};
    if (m_histogram)
        m_series = overviewSeries(*m_histogram, m_view, static_cast<std::size_t>(canvas().dataWidth()));
    const Timestamp base = m_series.begin();
    m_timeTicker->setBase(base);
    const TimeRange whole = m_captureRange.value_or(TimeRange{base, m_series.end()});
    m_flags->setBase(base);
    m_brush->setScale(base, m_view.value_or(whole), m_series.columnNs);
    canvas().xAxis->setRange(0.0, std::max(1e-9, m_brush->toAxis(m_series.end())));
    setValues();
    drawGaps();
    drawLosses();
    drawLives();
    drawMarks();
    showAt(std::nullopt);
    tableChanged();
    canvas().replotSoon();
}

void OverviewPlot::setValues()
{
    const double width = static_cast<double>(m_series.columnNs) / 1e9;
    QVector<double> middles;
    QVector<double> begins;
    QVector<double> packets;
    QVector<double> bytes;
    for (const OverviewColumn& column : m_series.columns) {
        const double begin = static_cast<double>(elapsedNs(m_series.begin(), column.begin)) / 1e9;
        begins.append(begin);
        middles.append(begin + width / 2);
        packets.append(m_logScale ? logOf(column.packets) : static_cast<double>(column.packets));
        bytes.append(m_logScale ? logOf(column.bytes) : static_cast<double>(column.bytes));
    }
    if (!begins.isEmpty()) { // the last step has a width, too
        begins.append(begins.back() + width);
        bytes.append(bytes.back());
    }
    m_packets->setWidthType(QCPBars::wtPlotCoords);
    m_packets->setWidth(width);
    m_packets->setData(middles, packets, true);
    m_bytes->setData(begins, bytes, true);
    const double floor = m_logScale ? kLogFloor : 0.0;
    const auto top = [this](std::uint64_t value) { return m_logScale ? logOf(value) : static_cast<double>(value); };
    constexpr double kHeadroom = 1.08; // below it the flows' band
    canvas().yAxis->setRange(floor, std::max(1.0, top(m_series.maxPackets) * kHeadroom));
    canvas().yAxis2->setRange(floor, std::max(1.0, top(m_series.maxBytes) * kHeadroom));
}

QCPItemRect* OverviewPlot::itemRect(std::vector<QCPItemRect*>& pool, std::size_t index)
{
    while (pool.size() <= index) {
        auto* item = new QCPItemRect(&canvas());
        item->topLeft->setTypeY(QCPItemPosition::ptAxisRectRatio);
        item->bottomRight->setTypeY(QCPItemPosition::ptAxisRectRatio);
        item->setPen(Qt::NoPen);
        item->setAntialiased(false);
        pool.push_back(item);
        const bool life = &pool == &m_lifeItems;
        item->setLayer(life ? canvas().layer(u"overlay"_s) : canvas().layer(u"grid"_s));
        if (&pool == &m_lossItems) {
            item->setLayer(canvas().layer(u"main"_s));
            item->setBrush(QBrush(m_theme.color(Role::Bad), Qt::FDiagPattern));
        } else {
            item->setBrush(life ? QBrush(m_theme.color(Role::Text))
                                : QBrush(m_theme.color(Role::Line), Qt::BDiagPattern));
        }
    }
    return pool[index];
}

void OverviewPlot::drawGaps()
{
    const double pixelsPerColumn = static_cast<double>(canvas().dataWidth()) /
                                   static_cast<double>(std::max<std::size_t>(1, m_series.columns.size()));
    const auto least = static_cast<std::size_t>(std::ceil(kMinGapPixels / pixelsPerColumn));
    const auto gaps = quietStretches(m_series, least, kMaxGaps);
    for (std::size_t i = 0; i < gaps.size(); ++i) {
        QCPItemRect* item = itemRect(m_gapItems, i);
        item->topLeft->setCoords(static_cast<double>(elapsedNs(m_series.begin(), gaps[i].begin)) / 1e9, 0.15);
        item->bottomRight->setCoords(static_cast<double>(elapsedNs(m_series.begin(), gaps[i].end)) / 1e9, 1.0);
    }
    for (std::size_t i = 0; i < m_gapItems.size(); ++i)
        m_gapItems[i]->setVisible(i < gaps.size());
}

void OverviewPlot::setLosses(const std::vector<capture::LossSpan>& losses, std::optional<TimeRange> removed)
{
    if (losses == m_losses && removed == m_removed)
        return;
    m_losses = losses;
    m_removed = removed;
    drawLosses();
    showAt(std::nullopt);
    tableChanged();
    canvas().replotSoon();
}

void OverviewPlot::drawLosses()
{
    const double axisPerPixel = canvas().xAxis->range().size() / std::max(1, canvas().dataWidth());
    std::size_t used = 0;
    double end = 0;
    for (const capture::LossSpan& loss : m_losses) {
        const double from = static_cast<double>(elapsedNs(m_series.begin(), loss.range.begin)) / 1e9;
        const double to = std::max(static_cast<double>(elapsedNs(m_series.begin(), loss.range.end)) / 1e9,
                                   from + kLeastLossPixels * axisPerPixel);
        const bool joins = used > 0 && (from <= end + 2 * axisPerPixel || used == kMaxLossesDrawn);
        QCPItemRect* item = itemRect(m_lossItems, joins ? used - 1 : used);
        if (!joins) {
            item->topLeft->setCoords(from, 0.0);
            ++used;
        }
        end = joins ? std::max(end, to) : to;
        item->bottomRight->setCoords(end, 1.0);
    }
    for (std::size_t i = 0; i < m_lossItems.size(); ++i)
        m_lossItems[i]->setVisible(i < used);
    drawRemoved();
}

void OverviewPlot::drawRemoved()
{
    constexpr double kBandPixels = 6.0;
    if (m_removedItem == nullptr) {
        m_removedItem = new QCPItemRect(&canvas());
        m_removedItem->topLeft->setTypeY(QCPItemPosition::ptAxisRectRatio);
        m_removedItem->bottomRight->setTypeY(QCPItemPosition::ptAxisRectRatio);
        m_removedItem->setPen(Qt::NoPen);
        m_removedItem->setAntialiased(false);
        m_removedItem->setLayer(canvas().layer(u"main"_s));
    }
    m_removedItem->setVisible(m_removed.has_value());
    if (!m_removed)
        return;
    m_removedItem->setBrush(QBrush(m_theme.color(Role::Muted), Qt::FDiagPattern));
    m_removedItem->topLeft->setCoords(static_cast<double>(elapsedNs(m_series.begin(), m_removed->begin)) / 1e9, 0.0);
    m_removedItem->bottomRight->setCoords(static_cast<double>(elapsedNs(m_series.begin(), m_removed->end)) / 1e9,
                                          kBandPixels / std::max(1, canvas().axisRect()->height()));
}

/// What was lost in the column's time, by its four names.
QString OverviewPlot::lossText(const OverviewColumn& column)
{
    // As drawn: a short span reaches some pixels to the right, and the pointer hits a pixel more or less.
    const double nsPerPixel = 1e9 * canvas().xAxis->range().size() / std::max(1, canvas().dataWidth());
    const auto reach = static_cast<std::int64_t>(kLeastLossPixels * nsPerPixel);
    const TimeRange time{{column.begin.ns - reach}, {column.begin.ns + m_series.columnNs + reach}};
    capture::LossSpan sum;
    for (const capture::LossSpan& loss : m_losses) {
        if (!time.overlaps(loss.range.begin, loss.range.end))
            continue;
        sum.interfaceDrops += loss.interfaceDrops;
        sum.kernelDrops += loss.kernelDrops;
        sum.ringLosses += loss.ringLosses;
    }
    QStringList parts;
    const auto add = [&](std::uint64_t count, const QString& name) {
        if (count > 0)
            parts << name.arg(formatCount(count));
    };
    add(sum.interfaceDrops, tr("interface drops %1"));
    add(sum.kernelDrops, tr("kernel drops %1"));
    add(sum.ringLosses, tr("spool ring losses %1"));
    QString text = parts.isEmpty() ? QString() : tr("   around here lost: %1").arg(parts.join(QStringLiteral(", ")));
    if (m_removed && m_removed->overlaps(time.begin, time.end))
        text += tr("   packets no longer kept");
    return text;
}

void OverviewPlot::setMarks(std::vector<Timestamp> moments)
{
    std::sort(moments.begin(), moments.end());
    if (moments == m_marks)
        return;
    m_marks = std::move(moments);
    drawMarks();
    canvas().replotSoon();
}

void OverviewPlot::drawMarks()
{
    constexpr double kPixels = 3.0;
    const double axisPerPixel = canvas().xAxis->range().size() / std::max(1, canvas().dataWidth());
    const double height = 2 * kPixels / std::max(1, canvas().axisRect()->height());
    std::size_t used = 0;
    double last = 0;
    for (const Timestamp moment : m_marks) {
        const double at = static_cast<double>(elapsedNs(m_series.begin(), moment)) / 1e9;
        if (used > 0 && at - last < 2 * kPixels * axisPerPixel)
            continue;
        QCPItemRect* item = itemRect(m_markItems, used++);
        item->setPen(Qt::NoPen);
        item->setBrush(m_theme.color(Role::Bad));
        item->setLayer(canvas().layer(u"overlay"_s));
        item->topLeft->setCoords(at - kPixels / 2 * axisPerPixel, 1.0 - height);
        item->bottomRight->setCoords(at + kPixels / 2 * axisPerPixel, 1.0);
        last = at;
    }
    for (std::size_t i = 0; i < m_markItems.size(); ++i)
        m_markItems[i]->setVisible(i < used);
}

void OverviewPlot::drawLives()
{
    const std::size_t count = std::min(m_lives.size(), kMaxLives);
    const double axisPerPixel = canvas().xAxis->range().size() / canvas().dataWidth();
    constexpr double kShortestPixels = 3.0; // a flow of one packet is still seen
    constexpr double kBandPixels = 4.0;
    const double band = kBandPixels / std::max(1, canvas().axisRect()->height());
    for (std::size_t i = 0; i < count; ++i) {
        QCPItemRect* item = itemRect(m_lifeItems, i);
        const double begin = static_cast<double>(elapsedNs(m_series.begin(), m_lives[i].begin)) / 1e9;
        const double end = static_cast<double>(elapsedNs(m_series.begin(), m_lives[i].end)) / 1e9;
        item->topLeft->setCoords(begin, 0.0);
        item->bottomRight->setCoords(std::max(end, begin + kShortestPixels * axisPerPixel), band);
    }
    for (std::size_t i = 0; i < m_lifeItems.size(); ++i)
        m_lifeItems[i]->setVisible(i < count);
}

QString OverviewPlot::valuesText(const OverviewColumn& column) const
{
    const double seconds = static_cast<double>(m_series.columnNs) / 1e9;
    const auto time = [this](Timestamp at) { return m_formatTime ? m_formatTime(at, 3, false) : QString(); };
    return tr("%1 – %2 %3   %4 packets   %5   %6")
        .arg(time(column.begin), time({column.begin.ns + m_series.columnNs}), m_zoneName, formatCount(column.packets),
             formatBytes(column.bytes), formatRate(static_cast<double>(column.bytes) / seconds));
}

QString OverviewPlot::legendText() const
{
    if (const auto range = m_brush->shown(); range && m_formatTime)
        return tr("%1 – %2 %3, %4")
            .arg(m_formatTime(range->begin, 3, false), m_formatTime(range->end, 3, false), m_zoneName,
                 formatDuration(elapsedNs(range->begin, range->end)));
    return m_series.columns.empty() ? QString() : tr("per %1, %2").arg(formatDuration(m_series.columnNs), m_zoneName);
}

void OverviewPlot::showAt(std::optional<Timestamp> time)
{
    const OverviewColumn* column = nullptr;
    if (time) {
        if (const auto at = m_series.columnAt(*time))
            column = &m_series.columns[*at];
    }
    m_packetKey->setText(tr("▮ packets"));
    m_bytesKey->setText(tr("━ bytes"));
    m_lossKey->setText(tr("▨ packets lost"));
    const QFontMetrics metrics(font());
    constexpr int kGap = 12;
    int x = kLeft;
    for (QCPItemText* item : {m_packetKey, m_bytesKey, m_lossKey}) {
        const bool shown = !m_series.columns.empty() && (item != m_lossKey || !m_losses.empty());
        item->setVisible(shown);
        if (!shown)
            continue;
        item->position->setCoords(x, 0);
        x += metrics.horizontalAdvance(item->text()) + kGap;
    }
    m_readout->position->setCoords(x, 0);
    m_readout->setText(column != nullptr ? valuesText(*column) + lossText(*column) + notesText(*time) : legendText());
    m_readout->setColor(m_theme.color(column != nullptr || m_brush->shown() ? Role::Text : Role::Muted));
    canvas().setAccessibleDescription(m_readout->text());
    canvas().showCrosshair(column != nullptr ? std::optional(m_brush->toAxis(*time)) : std::nullopt);
}

PlotTable OverviewPlot::makeTable() const
{
    PlotTable table;
    table.titles = {tr("From (%1)").arg(m_zoneName), tr("Packets"), tr("Bytes (B)"), tr("Rate (B/s)"),
                    tr("Losses around it")};
    table.rows = static_cast<int>(m_series.columns.size());
    const OverviewSeries series = m_series;
    const TimeFormatter format = m_formatTime;
    const std::vector<capture::LossSpan> losses = m_losses;
    table.cell = [series, format, losses](int row, int column) {
        const OverviewColumn& values = series.columns[static_cast<std::size_t>(row)];
        const double seconds = static_cast<double>(series.columnNs) / 1e9;
        switch (column) {
        case 0:
            return format ? format(values.begin, 3, true) : QString();
        case 1:
            return QString::number(values.packets);
        case 2:
            return QString::number(values.bytes);
        case 3:
            return QString::number(static_cast<double>(values.bytes) / seconds, 'f', 0);
        default: {
            const std::uint64_t lost = lostAround({values.begin, {values.begin.ns + series.columnNs}}, losses);
            return lost == 0 ? QString() : QString::number(lost);
        }
        }
    };
    return table;
}

void OverviewPlot::resizeEvent(QResizeEvent* event)
{
    PlotFrame::resizeEvent(event);
    // The plot lays itself out on its own resize, which comes after this one.
    QMetaObject::invokeMethod(this, &OverviewPlot::rebuild, Qt::QueuedConnection);
}

} // namespace timbre::ui
