#include "ui/plots/trends_plot.h"

#include "ui/models/anomalies_model.h"
#include "ui/models/format.h"
#include "ui/models/trend_texts.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace timbre::ui {

namespace {

constexpr std::int64_t kNsPerMs = 1'000'000;
constexpr double kMsPerSecond = 1000.0;
// One hue in steps: the largest stack is the strongest.
constexpr std::array<double, TrendsPlot::kMaxStacks + 1> kShares{1.0, 0.7, 0.45, 0.28, 0.15};

std::int64_t lengthOf(trends::Resolution resolution, std::int64_t bucketMs)
{
    const std::int64_t length = trends::groupMs(resolution);
    return length == 0 ? bucketMs : length;
}

} // namespace

TrendsPlot::TrendsPlot(Theme& theme, QWidget* parent)
    : PlotFrame(tr("Signals over time"), theme, parent, false)
    , m_theme(theme)
{
    PlotCanvas& plot = canvas();
    m_brush = new TimeBrush(plot);
    m_ticker = QSharedPointer<TimeTicker>::create();
    plot.xAxis->setTicker(m_ticker);
    auto counts = QSharedPointer<QuantityTicker>::create(
        [](double value) { return formatCount(static_cast<std::uint64_t>(std::max(0.0, std::round(value)))); });
    counts->setWholeNumbers(true);
    plot.yAxis->setTicker(counts);
    setTableMaker([this] { return makeTable(); });
    connect(&plot, &PlotCanvas::restyle, this, &TrendsPlot::restyle);
    connect(&plot, &PlotCanvas::pointerMoved, this, [this](QPointF position) {
        const bool inside = canvas().axisRect()->rect().contains(position.toPoint());
        readAt(inside ? std::optional(m_brush->toTime(canvas().xAxis->pixelToCoord(position.x()))) : std::nullopt);
    });
    connect(&plot, &PlotCanvas::pointerLeft, this, [this] { readAt(std::nullopt); });
    connect(m_brush, &TimeBrush::rangeChosen, this, &TrendsPlot::rangeChosen);
    connect(m_brush, &TimeBrush::zoomChosen, this, [this](const TimeRange& range) { emit rangeChosen(range); });
    connect(m_brush, &TimeBrush::cursorMoved, this, [this](Timestamp time) { readAt(time); });
    connect(m_brush, &TimeBrush::clicked, this, [this](Timestamp time, bool) { chooseBarAt(time); });
    connect(m_brush, &TimeBrush::opened, this, [this](Timestamp time) {
        if (const auto bar = stretchOf(time))
            emit rangeChosen(*bar);
    });
    restyle();
}

void TrendsPlot::setResult(std::shared_ptr<const trends::TrendsResult> result, trends::Resolution resolution,
                           bool byType, std::optional<trends::SignalType> only)
{
    m_result = std::move(result);
    m_resolution = resolution;
    collect(byType, only);
    rebuild();
    tableChanged();
}

void TrendsPlot::setZone(TimeTicker::Formatter formatter, int offsetSeconds)
{
    m_formatTime = formatter;
    m_ticker->setFormatter(std::move(formatter));
    m_ticker->setZoneOffsetSeconds(offsetSeconds);
    canvas().replotSoon();
}

void TrendsPlot::collect(bool byType, std::optional<trends::SignalType> only)
{
    m_stacks.clear();
    std::set<std::int64_t> starts;
    if (!m_result)
        return;
    const std::int64_t length = lengthOf(m_resolution, m_result->bucketSizeMs);
    std::map<std::size_t, Stack> stacks;
    for (const auto& bucket : m_result->buckets)
        for (const trends::SignalType type : trends::allSignalTypes()) {
            const std::uint64_t count = bucket->of(type).count;
            if (count == 0 || (only && *only != type))
                continue;
            Stack& stack =
                stacks[static_cast<std::size_t>(byType ? static_cast<int>(type) : static_cast<int>(categoryOf(type)))];
            stack.title = byType ? titleText(type) : titleText(categoryOf(type));
            const std::int64_t start = trends::floorDiv(bucket->startMs, length) * length;
            stack.counts[start] += count;
            stack.total += count;
            starts.insert(start);
        }
    for (auto& [key, stack] : stacks)
        m_stacks.push_back(std::move(stack));
    std::stable_sort(m_stacks.begin(), m_stacks.end(),
                     [](const Stack& a, const Stack& b) { return a.total > b.total; });
    if (m_stacks.size() > kMaxStacks + 1) {
        Stack& others = m_stacks[kMaxStacks];
        for (std::size_t i = kMaxStacks + 1; i < m_stacks.size(); ++i)
            for (const auto& [start, count] : m_stacks[i].counts) {
                others.counts[start] += count;
                others.total += count;
            }
        others.title = tr("Others");
        m_stacks.resize(kMaxStacks + 1);
    }
    m_starts.assign(starts.begin(), starts.end());
}

void TrendsPlot::rebuild()
{
    PlotCanvas& plot = canvas();
    for (QCPBars* bars : m_bars)
        plot.removePlottable(bars);
    m_bars.clear();
    if (m_stacks.empty()) {
        plot.replotSoon();
        return;
    }
    const std::int64_t length = lengthOf(m_resolution, m_result->bucketSizeMs);
    const Timestamp base = timeOfMs(m_starts.front());
    const double width = static_cast<double>(length) / kMsPerSecond;
    m_ticker->setBase(base);
    m_brush->setScale(base, {base, timeOfMs(m_starts.back() + length)}, length * kNsPerMs);
    emit baseChanged(base);
    std::map<std::int64_t, std::uint64_t> sums;
    for (const Stack& stack : m_stacks) {
        auto* bars = new QCPBars(plot.xAxis, plot.yAxis);
        bars->setAntialiased(false);
        bars->setAntialiasedFill(false);
        bars->setWidth(width * 0.9);
        QVector<double> keys;
        QVector<double> values;
        for (const auto& [start, count] : stack.counts) {
            keys.append(static_cast<double>(start - m_starts.front()) / kMsPerSecond + width / 2);
            values.append(static_cast<double>(count));
            sums[start] += count;
        }
        bars->setData(keys, values, true);
        if (!m_bars.empty())
            bars->moveAbove(m_bars.back());
        m_bars.push_back(bars);
    }
    std::uint64_t highest = 1;
    for (const auto& [start, sum] : sums)
        highest = std::max(highest, sum);
    const double span = static_cast<double>(m_starts.back() - m_starts.front()) / kMsPerSecond + width;
    plot.xAxis->setRange(-span * 0.01, span * 1.01);
    plot.yAxis->setRange(0, static_cast<double>(highest) * 1.08);
    restyle();
    readAt(std::nullopt);
}

void TrendsPlot::restyle()
{
    canvas().styleAxis(canvas().xAxis, false);
    canvas().styleAxis(canvas().yAxis, true);
    for (std::size_t i = 0; i < m_bars.size(); ++i) {
        m_bars[i]->setPen(Qt::NoPen);
        m_bars[i]->setBrush(m_theme.mixed(Role::Accent, Role::Surface, kShares[i]));
    }
    canvas().replotSoon();
}

std::optional<std::int64_t> TrendsPlot::barAt(Timestamp time) const
{
    if (!m_result)
        return std::nullopt;
    const std::int64_t length = lengthOf(m_resolution, m_result->bucketSizeMs);
    const std::int64_t start = trends::floorDiv(trends::floorDiv(time.ns, kNsPerMs), length) * length;
    return std::binary_search(m_starts.begin(), m_starts.end(), start) ? std::optional(start) : std::nullopt;
}

std::optional<TimeRange> TrendsPlot::stretchOf(Timestamp time) const
{
    const auto start = barAt(time);
    if (!start)
        return std::nullopt;
    return TimeRange{timeOfMs(*start), timeOfMs(*start + lengthOf(m_resolution, m_result->bucketSizeMs) - 1)};
}

std::optional<TimeRange> TrendsPlot::stretchAt(QPointF place) const
{
    return m_starts.empty() ? std::nullopt : stretchOf(m_brush->toTime(canvas().xAxis->pixelToCoord(place.x())));
}

void TrendsPlot::chooseBarAt(Timestamp time)
{
    if (const auto bar = stretchOf(time))
        emit barChosen(*bar);
}

QStringList TrendsPlot::stackTitles() const
{
    QStringList titles;
    for (const Stack& stack : m_stacks)
        titles.append(stack.title);
    return titles;
}

/// The counts of the bar; the names of the stacks, from the bottom up, when there is none.
void TrendsPlot::readAt(std::optional<Timestamp> time)
{
    const auto bar = time ? barAt(*time) : std::nullopt;
    const bool some = bar.has_value();
    const std::int64_t start = bar.value_or(0);
    QStringList words;
    for (const Stack& stack : m_stacks) {
        const auto found = some ? stack.counts.find(start) : stack.counts.end();
        const std::uint64_t count = !some ? stack.total : found == stack.counts.end() ? 0 : found->second;
        if (count > 0)
            words.append(QStringLiteral("%1 %2").arg(stack.title, formatCount(count)));
    }
    if (some && m_formatTime)
        words.prepend(m_formatTime(timeOfMs(start), 0, true));
    emit readoutChanged(words.join(QStringLiteral("  ·  ")));
    std::optional<double> middle;
    if (some)
        middle = m_brush->toAxis(timeOfMs(start)) +
                 static_cast<double>(lengthOf(m_resolution, m_result->bucketSizeMs)) / kMsPerSecond / 2;
    canvas().showCrosshair(middle);
}

PlotTable TrendsPlot::makeTable() const
{
    PlotTable table;
    table.titles.append(tr("Start"));
    for (const Stack& stack : m_stacks)
        table.titles.append(stack.title);
    table.rows = static_cast<int>(m_starts.size());
    table.cell = [this](int row, int column) {
        const std::int64_t start = m_starts[static_cast<std::size_t>(row)];
        if (column == 0)
            return m_formatTime ? m_formatTime(timeOfMs(start), 0, true) : QString();
        const auto& counts = m_stacks[static_cast<std::size_t>(column - 1)].counts;
        const auto found = counts.find(start);
        return found == counts.end() ? QString() : formatCount(found->second);
    };
    return table;
}

} // namespace timbre::ui
