#include "ui/recordings/distribution_plots.h"

#include "engine/mask/self_test.h"
#include "ui/models/format.h"
#include "ui/plots/time_ticker.h"

#include <QtWidgets/QBoxLayout>

#include <cmath>

namespace timbre::ui {

namespace {

using recording::Histograms;

constexpr int kPlotHeight = 120;
constexpr int kLeftMargin = 44;

template<std::size_t N>
std::vector<double> sharesOf(const std::array<std::uint32_t, N>& counts)
{
    double all = 0.0;
    for (const std::uint32_t count : counts)
        all += count;
    std::vector<double> shares;
    for (const std::uint32_t count : counts)
        shares.push_back(all > 0.0 ? 100.0 * count / all : 0.0);
    return shares;
}

QString gapText(double ms)
{
    if (ms >= 1000.0)
        return QString::number(ms / 1000.0, 'g', 3) + QStringLiteral(" s");
    return QString::number(ms, 'g', 3) + QStringLiteral(" ms");
}

QString distanceNote(const std::array<double, 2>& distances)
{
    const auto text = [](double distance) {
        return distance < 0.0 ? QStringLiteral("–") : QString::number(distance, 'f', 3);
    };
    return DistributionPlots::tr("KS distance ↑ %1 ↓ %2").arg(text(distances[0]), text(distances[1]));
}

template<typename Value>
double distanceIn(const std::vector<recording::PacketRecord>& a, const std::vector<recording::PacketRecord>& b,
                  recording::Direction direction, Value value)
{
    std::vector<double> left;
    std::vector<double> right;
    for (const auto& [from, to] : {std::pair(&a, &left), std::pair(&b, &right)}) {
        for (const auto& packet : *from) {
            if (packet.direction == direction)
                to->push_back(value(packet));
        }
    }
    return left.empty() || right.empty() ? -1.0 : mask::distributionDistance(left, right);
}

} // namespace

Histograms histogramsOf(const std::vector<recording::PacketRecord>& packets)
{
    Histograms histograms;
    for (const auto& packet : packets)
        histograms.add(packet);
    return histograms;
}

DistributionDistances distancesOf(const std::vector<recording::PacketRecord>& a,
                                  const std::vector<recording::PacketRecord>& b)
{
    DistributionDistances distances;
    for (const auto direction : {recording::Direction::Uplink, recording::Direction::Downlink}) {
        const auto i = static_cast<std::size_t>(direction);
        distances.sizes[i] = distanceIn(a, b, direction, [](const auto& p) { return static_cast<double>(p.size); });
        distances.gaps[i] = distanceIn(a, b, direction, [](const auto& p) { return p.gapMs; });
        distances.entropies[i] =
            distanceIn(a, b, direction, [](const auto& p) { return static_cast<double>(p.entropy); });
    }
    return distances;
}

DistributionPlots::DistributionPlots(Theme& theme, Qt::Orientation orientation, bool withEntropy, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
{
    auto* layout =
        new QBoxLayout(orientation == Qt::Horizontal ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom, this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Theme::kMargin);
    m_sizes = makePlot(tr("Packet sizes"));
    m_gaps = makePlot(tr("Gaps"));
    layout->addWidget(m_sizes.frame);
    layout->addWidget(m_gaps.frame);
    if (withEntropy) {
        m_entropies = makePlot(tr("Entropy"));
        layout->addWidget(m_entropies.frame);
        m_entropies.frame->canvas().xAxis->setRange(0.0, 8.0);
    }
    m_sizes.frame->canvas().xAxis->setRange(0.0, static_cast<double>(Histograms::kSizeBins * Histograms::kSizeStep));
    m_sizes.frame->canvas().xAxis->setTicker(QSharedPointer<QuantityTicker>::create(
        [](double bytes) { return QString::number(std::lround(bytes)) + QStringLiteral(" B"); }, 4));
    QCPAxis& gaps = *m_gaps.frame->canvas().xAxis;
    gaps.setRange(std::log10(Histograms::kLowestGapMs) - 0.2,
                  std::log10(Histograms::gapBinStart(Histograms::kGapBins - 1)));
    gaps.setTicker(QSharedPointer<DecadeTicker>::create([](double decade) { return gapText(std::pow(10.0, decade)); }));
    restyle();
    clear();
}

DistributionPlots::Plot DistributionPlots::makePlot(const QString& title)
{
    Plot plot;
    plot.frame = new PlotFrame(title, m_theme, this);
    PlotCanvas& canvas = plot.frame->canvas();
    canvas.axisRect()->setAutoMargins(QCP::msBottom);
    canvas.axisRect()->setMargins(QMargins(kLeftMargin, 4, 8, 0));
    canvas.setMinimumHeight(kPlotHeight);
    canvas.yAxis->setTicker(QSharedPointer<QuantityTicker>::create(
        [](double share) { return QString::number(share, 'g', 3) + QStringLiteral(" %"); }, 3));
    for (QCPGraph*& graph : plot.graphs) {
        graph = canvas.addGraph();
        graph->setLineStyle(QCPGraph::lsStepLeft);
        graph->setAdaptiveSampling(false);
    }
    connect(&canvas, &PlotCanvas::restyle, this, &DistributionPlots::restyle);
    connect(plot.frame, &PlotFrame::pictureFailed, this, &DistributionPlots::pictureFailed);
    return plot;
}

void DistributionPlots::restyle()
{
    for (const Plot* plot : {&m_sizes, &m_gaps, &m_entropies}) {
        if (!plot->frame || !plot->graphs[3])
            continue;
        PlotCanvas& canvas = plot->frame->canvas();
        canvas.styleAxis(canvas.xAxis, false);
        canvas.styleAxis(canvas.yAxis, true);
        plot->graphs[0]->setPen(QPen(m_theme.color(Role::Up), 1.0));
        plot->graphs[1]->setPen(QPen(m_theme.color(Role::Down), 1.0));
        plot->graphs[2]->setPen(QPen(m_theme.color(Role::Up), 1.0, Qt::DotLine));
        plot->graphs[3]->setPen(QPen(m_theme.color(Role::Down), 1.0, Qt::DotLine));
    }
}

void DistributionPlots::show(const Distributions& one)
{
    m_one = one;
    m_other.reset();
    fill();
}

void DistributionPlots::compare(const Distributions& one, const Distributions& other,
                                const DistributionDistances& distances)
{
    m_one = one;
    m_other = other;
    m_distances = distances;
    fill();
}

void DistributionPlots::clear()
{
    show({});
}

void DistributionPlots::fill()
{
    const auto shares = [this](auto member) {
        std::vector<std::vector<double>> all{sharesOf((m_one.counts.*member)[0]), sharesOf((m_one.counts.*member)[1])};
        if (m_other) {
            all.push_back(sharesOf((m_other->counts.*member)[0]));
            all.push_back(sharesOf((m_other->counts.*member)[1]));
        }
        return all;
    };
    std::vector<double> sizes;
    for (std::size_t i = 0; i < Histograms::kSizeBins; ++i)
        sizes.push_back(static_cast<double>(i * Histograms::kSizeStep));
    std::vector<double> gaps{std::log10(Histograms::kLowestGapMs) - 0.2};
    for (std::size_t i = 1; i < Histograms::kGapBins; ++i)
        gaps.push_back(std::log10(Histograms::gapBinStart(i)));
    std::vector<double> entropies;
    for (std::size_t i = 0; i < Histograms::kEntropyBins; ++i)
        entropies.push_back(static_cast<double>(i) / 4.0);
    const bool two = m_other.has_value();
    fillPlot(m_sizes, sizes, shares(&Histograms::sizes), two ? distanceNote(m_distances.sizes) : tr("↑ and ↓, %"));
    fillPlot(m_gaps, gaps, shares(&Histograms::gaps), two ? distanceNote(m_distances.gaps) : tr("per direction"));
    if (m_entropies.frame)
        fillPlot(m_entropies, entropies, shares(&Histograms::entropies),
                 two ? distanceNote(m_distances.entropies) : tr("bits per byte"));
}

void DistributionPlots::fillPlot(Plot& plot, const std::vector<double>& starts,
                                 const std::vector<std::vector<double>>& shares, const QString& note)
{
    double most = 1.0;
    for (std::size_t g = 0; g < plot.graphs.size(); ++g) {
        QVector<double> keys;
        QVector<double> values;
        for (std::size_t i = 0; g < shares.size() && i < starts.size(); ++i) {
            keys << starts[i];
            values << shares[g][i];
            most = std::max(most, shares[g][i]);
        }
        plot.graphs[g]->setData(keys, values, true);
    }
    plot.frame->canvas().yAxis->setRange(0.0, most * 1.08);
    plot.frame->setNote(note);
    const bool isGap = &plot == &m_gaps;
    plot.frame->setTableMaker([starts, shares, isGap] {
        PlotTable table;
        table.titles = {isGap ? tr("From (ms)") : tr("From"), tr("↑ %"), tr("↓ %")};
        if (shares.size() > 2)
            table.titles << tr("other ↑ %") << tr("other ↓ %");
        table.rows = static_cast<int>(starts.size());
        table.cell = [starts, shares, isGap](int row, int column) {
            const auto i = static_cast<std::size_t>(row);
            if (column == 0)
                return QString::number(isGap ? std::pow(10.0, starts[i]) : starts[i], 'g', 4);
            return QString::number(shares[static_cast<std::size_t>(column - 1)][i], 'f', 2);
        };
        return table;
    });
    plot.frame->tableChanged();
    plot.frame->canvas().replotSoon();
}

} // namespace timbre::ui
