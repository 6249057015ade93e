#include "ui/plots/resonance_timeline.h"

#include "ui/models/flips_model.h"
#include "ui/plots/resonance_matrix.h"

#include <QtWidgets/QBoxLayout>

#include <algorithm>
#include <cmath>
#include <utility>

namespace timbre::ui {

namespace {

constexpr double kGrabPixels = 5.0;
constexpr double kHighestLimit = 1e6; // that a drag may reach
constexpr double kBandShare = 0.10;   // of a state's colour in its band
constexpr float kNudge = 0.02F;
constexpr double kWordsGap = 3.0; // pixels

double largestNumber(const std::vector<resonance::CheckRecord>& checks)
{
    double largest = 0.0;
    for (const resonance::CheckRecord& check : checks) {
        if (std::isfinite(check.exact))
            largest = std::max(largest, static_cast<double>(check.exact));
    }
    return largest;
}

} // namespace

ResonanceTimeline::ResonanceTimeline(Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_frame(new PlotFrame(tr("Scores over time"), theme, this))
    , m_ticker(QSharedPointer<TimeTicker>::create())
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_frame);
    PlotCanvas& canvas = m_frame->canvas();
    canvas.xAxis->setTicker(m_ticker);
    canvas.yAxis->setLabel(tr("exact"));
    canvas.yAxis2->setVisible(true);
    canvas.yAxis2->setRange(0, 105);
    canvas.yAxis2->setLabel(tr("resonance"));
    for (QCPItemRect*& band : m_bands) {
        band = new QCPItemRect(&canvas);
        band->setLayer(canvas.underLayer());
        band->topLeft->setTypeX(QCPItemPosition::ptAxisRectRatio);
        band->bottomRight->setTypeX(QCPItemPosition::ptAxisRectRatio);
        band->setPen(Qt::NoPen);
    }
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        m_lines[i] = new QCPItemStraightLine(&canvas);
        m_lines[i]->setLayer(canvas.cursorLayer());
        m_lineWords[i] = new QCPItemText(&canvas);
        m_lineWords[i]->setLayer(canvas.cursorLayer());
        m_lineWords[i]->position->setTypeX(QCPItemPosition::ptAxisRectRatio);
    }
    m_exact = canvas.addGraph(canvas.xAxis, canvas.yAxis);
    m_calibrated = canvas.addGraph(canvas.xAxis, canvas.yAxis2);
    m_odd = canvas.addGraph(canvas.xAxis, canvas.yAxis2);
    m_odd->setLineStyle(QCPGraph::lsNone);
    m_frame->setTableMaker([this] { return table(); });
    connect(m_frame, &PlotFrame::pictureFailed, this, &ResonanceTimeline::pictureFailed);
    connect(&canvas, &PlotCanvas::restyle, this, &ResonanceTimeline::restyle);
    connect(&canvas, &QCustomPlot::mousePress, this, &ResonanceTimeline::pressed);
    connect(&canvas, &PlotCanvas::pointerMoved, this, &ResonanceTimeline::moved);
    connect(&canvas, &PlotCanvas::pointerLeft, this, [this] { setChosen(m_chosen); });
    connect(&canvas, &PlotCanvas::stepped, this, &ResonanceTimeline::step);
    makeKeys(canvas);
    canvas.installEventFilter(this);
    connect(&canvas, &QCustomPlot::mouseRelease, this, &ResonanceTimeline::released);
    connect(&canvas, &QCustomPlot::afterLayout, this, &ResonanceTimeline::placeLineWords);
    restyle();
}

void ResonanceTimeline::setTimeFormatter(TimeTicker::Formatter formatter)
{
    m_ticker->setFormatter(std::move(formatter));
    m_frame->canvas().replotSoon();
}

void ResonanceTimeline::restyle()
{
    PlotCanvas& canvas = m_frame->canvas();
    const Theme& theme = canvas.theme();
    canvas.styleAxis(canvas.xAxis, false);
    canvas.styleAxis(canvas.yAxis, false);
    canvas.styleAxis(canvas.yAxis2, false);
    m_exact->setPen(QPen(theme.color(Role::Text)));
    m_exact->setScatterStyle(
        QCPScatterStyle(QCPScatterStyle::ssSquare, theme.color(Role::Text), theme.color(Role::Surface), 6));
    m_calibrated->setPen(QPen(theme.color(Role::Accent)));
    m_calibrated->setScatterStyle(
        QCPScatterStyle(QCPScatterStyle::ssDisc, theme.color(Role::Accent), theme.color(Role::Accent), 6));
    m_odd->setScatterStyle(
        QCPScatterStyle(QCPScatterStyle::ssCrossCircle, theme.color(Role::Bad), theme.color(Role::Surface), 10));
    constexpr std::array kStates = {Role::Good, Role::Watch, Role::Bad};
    for (std::size_t i = 0; i < m_bands.size(); ++i)
        m_bands[i]->setBrush(QBrush(theme.mixed(kStates[i], Role::Surface, kBandShare)));
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        m_lines[i]->setPen(QPen(theme.color(kStates[i + 1]), 1, Qt::DashLine));
        m_lineWords[i]->setColor(theme.color(Role::Muted));
        m_lineWords[i]->setFont(canvas.font());
    }
}

void ResonanceTimeline::show(std::vector<resonance::CheckRecord> checks, const resonance::Limits& limits)
{
    m_checks = std::move(checks);
    m_chosen = -1;
    const bool untouched = m_limits.warning == m_made.warning && m_limits.compromised == m_made.compromised;
    m_made = limits;
    if (untouched)
        m_limits = limits;
    m_ticker->setBase(m_checks.empty() ? Timestamp{} : m_checks.front().time);
    plot();
}

double ResonanceTimeline::seconds(std::size_t i) const
{
    return static_cast<double>(elapsedNs(m_checks.front().time, m_checks[i].time)) / static_cast<double>(kNsPerSecond);
}

void ResonanceTimeline::plot()
{
    QVector<double> x, exact, calibratedX, calibrated, oddX, odd;
    for (std::size_t i = 0; i < m_checks.size(); ++i) {
        if (std::isfinite(m_checks[i].exact)) {
            x.append(seconds(i));
            exact.append(static_cast<double>(m_checks[i].exact));
        } else {
            oddX.append(seconds(i));
            odd.append(100.0);
        }
        if (m_checks[i].confidence > 0.0F) {
            calibratedX.append(seconds(i));
            calibrated.append(static_cast<double>(m_checks[i].score));
        }
    }
    m_exact->setData(x, exact, true);
    m_calibrated->setData(calibratedX, calibrated, true);
    m_odd->setData(oddX, odd, true);
    const double span = m_checks.empty() ? 1.0 : std::max(1.0, seconds(m_checks.size() - 1));
    PlotCanvas& canvas = m_frame->canvas();
    canvas.xAxis->setRange(-0.04 * span, 1.04 * span);
    const double top = std::max(
        {largestNumber(m_checks), static_cast<double>(m_made.compromised), static_cast<double>(m_limits.compromised)});
    canvas.yAxis->setRange(0, 1.15 * top);
    m_frame->setNote(odd.isEmpty() ? tr("■ exact ● resonance; drag a limit")
                                   : tr("■ exact ● resonance ⊗ %1 no number").arg(odd.size()));
    placeBands();
    m_frame->tableChanged();
    canvas.replotSoon();
}

void ResonanceTimeline::placeBands()
{
    const double top = m_frame->canvas().yAxis->range().upper;
    const std::array<double, 4> edges = {0.0, static_cast<double>(m_limits.warning),
                                         static_cast<double>(m_limits.compromised), top};
    for (std::size_t i = 0; i < m_bands.size(); ++i) {
        m_bands[i]->topLeft->setCoords(0, std::min(edges[i + 1], top));
        m_bands[i]->bottomRight->setCoords(1, std::min(edges[i], top));
    }
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        m_lines[i]->point1->setCoords(0, edges[i + 1]);
        m_lines[i]->point2->setCoords(1, edges[i + 1]);
    }
    placeLineWords();
}

/// At the left end of their lines, else at the right, else without their figures: where the words of the crosshair
/// leave room.
void ResonanceTimeline::placeLineWords()
{
    const QRectF covered = m_frame->canvas().crosshairBox();
    const auto free = [&](const QCPItemText* words) {
        return !QRectF(words->topLeft->pixelPosition(), words->bottomRight->pixelPosition()).intersects(covered);
    };
    for (const bool figures : {true, false}) {
        for (const bool right : {false, true}) {
            putLineWords(right, figures);
            const bool apart = std::ranges::all_of(m_lineWords, free);
            for (QCPItemText* words : m_lineWords) // at last those that are covered give way
                words->setVisible(free(words));
            if (apart)
                return;
        }
    }
}

/// The words of lines that are too close for two rows stand side by side, on the upper one.
void ResonanceTimeline::putLineWords(bool right, bool figures)
{
    const PlotCanvas& canvas = m_frame->canvas();
    const QFontMetricsF metrics(canvas.font());
    const std::array limits = {static_cast<double>(m_limits.warning), static_cast<double>(m_limits.compromised)};
    const std::array names = {tr("warning"), tr("compromised")};
    for (std::size_t i = 0; i < m_lineWords.size(); ++i)
        m_lineWords[i]->setText(figures ? QStringLiteral("%1 %2").arg(names[i], QString::number(limits[i], 'g', 3))
                                        : names[i]);
    const double apart = canvas.yAxis->coordToPixel(limits[0]) - canvas.yAxis->coordToPixel(limits[1]);
    const bool close = apart < metrics.height();
    const double beside = metrics.horizontalAdvance(m_lineWords[1]->text()) + kWordsGap;
    const std::array from = {kWordsGap + (close ? beside : 0.0), kWordsGap}; // end of the line
    for (std::size_t i = 0; i < m_lineWords.size(); ++i) {
        const double share = from[i] / canvas.dataWidth();
        m_lineWords[i]->setPositionAlignment((right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignBottom);
        m_lineWords[i]->position->setCoords(right ? 1.0 - share : share, limits[close ? 1 : i]);
    }
}

ResonanceTimeline::Line ResonanceTimeline::lineAt(QPointF position) const
{
    const QCPAxis* axis = m_frame->canvas().yAxis;
    if (std::abs(axis->coordToPixel(static_cast<double>(m_limits.compromised)) - position.y()) <= kGrabPixels)
        return Line::Compromised;
    if (std::abs(axis->coordToPixel(static_cast<double>(m_limits.warning)) - position.y()) <= kGrabPixels)
        return Line::Warning;
    return Line::None;
}

std::optional<int> ResonanceTimeline::nearest(double x) const
{
    std::optional<int> best;
    for (std::size_t i = 0; i < m_checks.size(); ++i) {
        if (!best || std::abs(seconds(i) - x) < std::abs(seconds(static_cast<std::size_t>(*best)) - x))
            best = static_cast<int>(i);
    }
    return best;
}

void ResonanceTimeline::pressed(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_dragged = lineAt(event->position());
    if (m_dragged != Line::None)
        return;
    if (const auto check = nearest(m_frame->canvas().xAxis->pixelToCoord(event->position().x()))) {
        m_chosen = *check;
        emit checkChosen(*check);
    }
}

/// A limit that was dragged out of the picture is in it again.
void ResonanceTimeline::released()
{
    if (std::exchange(m_dragged, Line::None) != Line::None)
        plot();
}

void ResonanceTimeline::moved(QPointF position)
{
    PlotCanvas& canvas = m_frame->canvas();
    if (m_dragged != Line::None) {
        const auto value = static_cast<float>(std::clamp(canvas.yAxis->pixelToCoord(position.y()), 0.0, kHighestLimit));
        if (m_dragged == Line::Warning)
            m_limits.warning = std::min(value, m_limits.compromised);
        else
            m_limits.compromised = std::max(value, m_limits.warning);
        placeBands();
        canvas.replotSoon();
        emit limitsChanged();
        return;
    }
    canvas.setCursor(lineAt(position) != Line::None ? Qt::SizeVerCursor : Qt::ArrowCursor);
    const auto check = nearest(canvas.xAxis->pixelToCoord(position.x()));
    if (!check)
        return;
    showWords(static_cast<std::size_t>(*check));
}

void ResonanceTimeline::makeKeys(PlotCanvas& canvas)
{
    const auto move = [this](bool compromised) {
        return [this, compromised](const QKeyEvent& event) {
            nudge(compromised, event.key() == Qt::Key_Up ? 1 : -1);
            return true;
        };
    };
    m_keys = new ViewKeys(tr("On the scores over time"), canvas);
    m_keys->add({Qt::Key_Up, Qt::Key_Down}, tr("Move the limit of a warning"), move(false));
    m_keys->add({QKeySequence(Qt::SHIFT | Qt::Key_Up), QKeySequence(Qt::SHIFT | Qt::Key_Down)},
                tr("Move the limit of compromised"), move(true));
}

void ResonanceTimeline::nudge(bool compromised, int by)
{
    float& limit = compromised ? m_limits.compromised : m_limits.warning;
    limit = std::max(0.0F, limit + static_cast<float>(by) * kNudge * std::max(limit, kNudge));
    m_limits.compromised = std::max(m_limits.compromised, m_limits.warning);
    plot();
    emit limitsChanged();
}

bool ResonanceTimeline::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress) {
        if (m_keys->press(*static_cast<QKeyEvent*>(event)))
            return true;
    }
    return QWidget::eventFilter(watched, event);
}

void ResonanceTimeline::step(int by)
{
    if (m_checks.empty())
        return;
    const int last = static_cast<int>(m_checks.size()) - 1;
    const int position = m_chosen < 0 ? last : std::clamp(m_chosen + by, 0, last);
    setChosen(position);
    emit checkChosen(position);
}

void ResonanceTimeline::setChosen(int position)
{
    m_chosen = position;
    const bool known = position >= 0 && position < static_cast<int>(m_checks.size());
    if (!known)
        return m_frame->canvas().showCrosshair(std::nullopt);
    showWords(static_cast<std::size_t>(position));
}

void ResonanceTimeline::showWords(std::size_t position)
{
    const resonance::CheckRecord& record = m_checks[position];
    PlotCanvas& canvas = m_frame->canvas();
    canvas.showCrosshair(seconds(position),
                         tr("resonance %1\nexact %2").arg(shortResonanceText(record), exactScoreText(record)));
    placeLineWords();
    canvas.cursorLayer()->replot();
}

void ResonanceTimeline::resetLimits()
{
    m_limits = m_made;
    plot();
    emit limitsChanged();
}

PlotTable ResonanceTimeline::table() const
{
    PlotTable table;
    table.titles << tr("Time") << tr("Resonance") << tr("Packets") << tr("Exact") << tr("Status");
    table.rows = static_cast<int>(m_checks.size());
    table.cell = [this](int row, int column) -> QString {
        const resonance::CheckRecord& check = m_checks[static_cast<std::size_t>(row)];
        switch (column) {
        case 0:
            return QString::fromStdString(formatUtc(check.time));
        case 1:
            return check.confidence > 0.0F ? QString::number(static_cast<double>(check.score), 'f', 1) : QString();
        case 2:
            return QString::number(check.packets);
        case 3:
            return check.exactIsNumber() ? QString::number(static_cast<double>(check.exact), 'g', 6)
                                         : QStringLiteral("NaN");
        default:
            return statusText(check.status);
        }
    };
    return table;
}

} // namespace timbre::ui
