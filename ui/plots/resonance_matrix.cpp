#include "ui/plots/resonance_matrix.h"

#include "ui/models/flips_model.h"
#include "ui/models/format.h"

#include <QtCore/QRegularExpression>
#include <QtWidgets/QBoxLayout>

#include <algorithm>
#include <cmath>

namespace timbre::ui {

namespace {

constexpr float kLittleConfidence = 0.25F;
constexpr double kNoValue = std::numeric_limits<double>::quiet_NaN();

/// From the centre of the first cell to that of the last; of a single one the whole width, else it would not be drawn.
QCPRange centres(std::size_t cells)
{
    return cells > 1 ? QCPRange(0, static_cast<double>(cells) - 1) : QCPRange(-0.5, 0.5);
}

/// Names that differ in the middle must stay apart: what is too long for a line goes on in a second one.
QString inTwoLines(const QString& name, const QFontMetrics& metrics, int room)
{
    static const QRegularExpression end(QStringLiteral("(?<=[_.\\-/ ])"));
    if (metrics.horizontalAdvance(name) <= room)
        return name;
    QStringList best{name};
    int least = metrics.horizontalAdvance(name);
    for (auto found = end.globalMatch(name); found.hasNext();) {
        const auto at = found.next().capturedStart();
        const int width = std::max(metrics.horizontalAdvance(name.left(at)), metrics.horizontalAdvance(name.mid(at)));
        if (width < least) {
            least = width;
            best = {name.left(at), name.mid(at)};
        }
    }
    for (QString& line : best)
        line = metrics.elidedText(line, Qt::ElideMiddle, room);
    return best.join(QLatin1Char('\n'));
}

} // namespace

QString resonanceText(const resonance::CheckRecord& check)
{
    const QString packets = ResonanceMatrix::tr("%1 of %2 packets").arg(check.packets).arg(resonance::kWindowPackets);
    if (check.confidence <= 0.0F)
        return ResonanceMatrix::tr("not enough packets yet (%1)").arg(packets);
    const QString score = QString::number(static_cast<double>(check.score), 'f', 0);
    return check.confidence < kLittleConfidence
               ? ResonanceMatrix::tr("%1 of 100, on little evidence (%2)").arg(score, packets)
               : ResonanceMatrix::tr("%1 of 100 (%2)").arg(score, packets);
}

QString shortResonanceText(const resonance::CheckRecord& check)
{
    if (check.confidence <= 0.0F)
        return ResonanceMatrix::tr("not enough packets");
    const QString score = QString::number(static_cast<double>(check.score), 'f', 0);
    return check.confidence < kLittleConfidence ? ResonanceMatrix::tr("%1 of 100\non little evidence").arg(score)
                                                : ResonanceMatrix::tr("%1 of 100").arg(score);
}

QString exactScoreText(const resonance::CheckRecord& check)
{
    if (!check.exactIsNumber())
        return ResonanceMatrix::tr("NaN: no number, read as healthy");
    return QStringLiteral("%1 %2").arg(QString::number(static_cast<double>(check.exact), 'g', 3),
                                       statusText(check.status));
}

ResonanceMatrix::ResonanceMatrix(Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_frame(new PlotFrame(tr("Resonance with each mask"), theme, this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_frame);
    PlotCanvas& canvas = m_frame->canvas();
    m_map = new QCPColorMap(canvas.xAxis, canvas.yAxis);
    m_map->setInterpolate(false);
    m_map->setTightBoundary(false);
    m_current = new QCPItemRect(&canvas);
    m_current->setLayer(canvas.cursorLayer());
    m_current->setVisible(false);
    canvas.yAxis->setRangeReversed(true);
    canvas.yAxis->setTicks(false);
    m_keys = new ViewKeys(tr("On the matrix of masks"), canvas);
    m_keys->addAct({Qt::Key_Down}, tr("Next row"), [this] { stepRow(1); });
    m_keys->addAct({Qt::Key_Up}, tr("Previous row"), [this] { stepRow(-1); });
    canvas.installEventFilter(this);
    m_frame->setTableMaker([this] { return table(); });
    connect(m_frame, &PlotFrame::pictureFailed, this, &ResonanceMatrix::pictureFailed);
    connect(&canvas, &PlotCanvas::restyle, this, &ResonanceMatrix::restyle);
    connect(&canvas, &PlotCanvas::pointerMoved, this, [this](QPointF position) {
        const auto cell = cellAt(position);
        m_frame->canvas().setToolTip(cell ? words(*cell) : QString());
    });
    connect(&canvas, &QCustomPlot::mousePress, this, [this](QMouseEvent* event) {
        if (const auto cell = cellAt(event->position()); cell && event->button() == Qt::LeftButton)
            choose(*cell);
    });
    connect(&canvas, &PlotCanvas::stepped, this,
            [this](int by) { std::abs(by) > 1 ? stepRow(by > 0 ? 1 : -1) : stepMask(by); });
    restyle();
}

void ResonanceMatrix::restyle()
{
    PlotCanvas& canvas = m_frame->canvas();
    canvas.styleAxis(canvas.xAxis, false);
    canvas.styleAxis(canvas.yAxis, false);
    const Theme& theme = canvas.theme();
    QCPColorGradient gradient; // from nothing to the accent, through even steps of lightness
    gradient.clearColorStops();
    for (const double at : {0.0, 0.25, 0.5, 0.75, 1.0})
        gradient.setColorStopAt(at, theme.mixed(Role::Accent, Role::Surface, at));
    gradient.setNanHandling(QCPColorGradient::nhNanColor);
    gradient.setNanColor(theme.mixed(Role::Unknown, Role::Surface, 0.35));
    m_map->setGradient(gradient);
    m_map->setDataRange({0, 100});
    m_current->setPen(QPen(theme.color(Role::Text), 1));
    m_current->setBrush(Qt::NoBrush);
}

void ResonanceMatrix::show(const ResonanceIndex& index, Names names)
{
    m_index = &index;
    m_names = std::move(names);
    m_rows.clear();
    for (const ResonanceIndex::Row* row : index.best(kMaxRows))
        m_rows.push_back(row->flow);
    const std::size_t masks = index.results() ? index.results()->maskIds.size() : 0;
    QCPColorMapData* cells = m_map->data();
    cells->setSize(static_cast<int>(std::max<std::size_t>(masks, 1)),
                   static_cast<int>(std::max<std::size_t>(m_rows.size(), 1)));
    cells->setRange(centres(masks), centres(m_rows.size()));
    cells->fill(kNoValue);
    for (std::size_t y = 0; y < m_rows.size(); ++y) {
        const ResonanceIndex::Row& row = *index.find(m_rows[y]);
        for (std::size_t x = 0; x < masks; ++x) {
            const bool known =
                row.latest[x] != ResonanceIndex::kNoCheck && index.check(row.latest[x]).confidence > 0.0F;
            if (known)
                cells->setCell(static_cast<int>(x), static_cast<int>(y),
                               static_cast<double>(index.check(row.latest[x]).score));
        }
    }
    PlotCanvas& canvas = m_frame->canvas();
    canvas.yAxis->setLabel(m_names.kind);
    nameMasks();
    canvas.xAxis->setRange(-0.5, static_cast<double>(masks) - 0.5);
    canvas.yAxis->setRange(-0.5, static_cast<double>(std::max<std::size_t>(m_rows.size(), 1)) - 0.5);
    m_frame->setNote(m_rows.size() < index.rows().size()
                         ? tr("%1 of %2, those that resemble a mask most")
                               .arg(formatCount(m_rows.size()), m_names.count(index.rows().size()))
                         : m_names.count(m_rows.size()));
    m_frame->tableChanged();
    placeFrame();
    canvas.replotSoon();
}

/// Few names stand below their columns, as much of them as fits; more of them stand on end.
void ResonanceMatrix::nameMasks()
{
    if (!m_index || !m_index->results() || m_index->results()->maskIds.empty())
        return;
    constexpr std::size_t kStraight = 3;
    const auto& ids = m_index->results()->maskIds;
    QCPAxis& axis = *m_frame->canvas().xAxis;
    const bool straight = ids.size() <= kStraight;
    const int room = straight ? std::max(24, m_frame->canvas().dataWidth() / static_cast<int>(ids.size()) - 8) : 140;
    const QFontMetrics metrics(axis.tickLabelFont());
    auto ticker = QSharedPointer<QCPAxisTickerText>::create();
    for (std::size_t x = 0; x < ids.size(); ++x)
        ticker->addTick(static_cast<double>(x), straight
                                                    ? inTwoLines(toQString(ids[x]), metrics, room)
                                                    : metrics.elidedText(toQString(ids[x]), Qt::ElideMiddle, room));
    axis.setTicker(ticker);
    axis.setTickLabelRotation(straight ? 0 : -60);
}

void ResonanceMatrix::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    nameMasks();
    m_frame->canvas().replotSoon();
}

void ResonanceMatrix::setCurrent(std::uint32_t flow, std::uint16_t mask)
{
    m_flow = flow;
    m_mask = mask;
    placeFrame();
    m_frame->canvas().cursorLayer()->replot();
}

void ResonanceMatrix::placeFrame()
{
    const auto found = std::find(m_rows.begin(), m_rows.end(), m_flow);
    m_current->setVisible(found != m_rows.end() && m_mask != resonance::kNoMask);
    const auto y = static_cast<double>(found - m_rows.begin());
    m_current->topLeft->setCoords(m_mask - 0.5, y - 0.5);
    m_current->bottomRight->setCoords(m_mask + 0.5, y + 0.5);
}

std::optional<ResonanceMatrix::Cell> ResonanceMatrix::cellAt(QPointF position) const
{
    if (!m_index || !m_index->results())
        return std::nullopt;
    const PlotCanvas& canvas = m_frame->canvas();
    const double x = std::round(canvas.xAxis->pixelToCoord(position.x()));
    const double y = std::round(canvas.yAxis->pixelToCoord(position.y()));
    const bool inside = x >= 0 && y >= 0 && x < static_cast<double>(m_index->results()->maskIds.size()) &&
                        y < static_cast<double>(m_rows.size()) &&
                        canvas.axisRect()->rect().contains(position.toPoint());
    return inside ? std::optional(Cell{static_cast<std::size_t>(y), static_cast<std::size_t>(x)}) : std::nullopt;
}

std::optional<std::pair<std::uint32_t, std::size_t>> ResonanceMatrix::at(QPointF place) const
{
    const auto cell = cellAt(place);
    return cell ? std::optional(std::pair(m_rows[cell->row], cell->mask)) : std::nullopt;
}

QString ResonanceMatrix::words(const Cell& cell) const
{
    const ResonanceIndex::Row* row = m_index->find(m_rows[cell.row]);
    const QString head = QStringLiteral("%1 · %2").arg(m_names.nameOf(m_rows[cell.row]),
                                                       toQString(m_index->results()->maskIds[cell.mask]));
    if (!row || row->latest[cell.mask] == ResonanceIndex::kNoCheck)
        return head;
    const resonance::CheckRecord& check = m_index->check(row->latest[cell.mask]);
    return head + QLatin1Char('\n') + tr("resonance %1").arg(resonanceText(check)) + QLatin1Char('\n') +
           tr("exact score %1").arg(exactScoreText(check));
}

void ResonanceMatrix::choose(const Cell& cell)
{
    emit chosen(m_rows[cell.row], static_cast<quint16>(cell.mask));
}

void ResonanceMatrix::stepMask(int by)
{
    if (m_rows.empty() || !m_index->results() || m_index->results()->maskIds.empty())
        return;
    const auto found = std::find(m_rows.begin(), m_rows.end(), m_flow);
    const int last = static_cast<int>(m_index->results()->maskIds.size()) - 1;
    const int mask = m_mask == resonance::kNoMask ? 0 : std::clamp(static_cast<int>(m_mask) + by, 0, last);
    choose(
        {found == m_rows.end() ? 0 : static_cast<std::size_t>(found - m_rows.begin()), static_cast<std::size_t>(mask)});
}

void ResonanceMatrix::stepRow(int by)
{
    if (m_rows.empty() || !m_index->results() || m_index->results()->maskIds.empty())
        return;
    const auto found = std::find(m_rows.begin(), m_rows.end(), m_flow);
    const auto last = static_cast<std::ptrdiff_t>(m_rows.size()) - 1;
    const auto row = found == m_rows.end() ? 0 : std::clamp<std::ptrdiff_t>(found - m_rows.begin() + by, 0, last);
    choose({static_cast<std::size_t>(row), m_mask == resonance::kNoMask ? 0 : std::size_t{m_mask}});
}

bool ResonanceMatrix::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress) {
        if (m_keys->press(*static_cast<QKeyEvent*>(event)))
            return true;
    }
    return QWidget::eventFilter(watched, event);
}

PlotTable ResonanceMatrix::table() const
{
    PlotTable table;
    if (!m_index || !m_index->results())
        return table;
    table.titles << m_names.kind;
    for (const std::string& id : m_index->results()->maskIds)
        table.titles << toQString(id);
    table.rows = static_cast<int>(m_rows.size());
    table.cell = [this](int row, int column) -> QString {
        const std::uint32_t flow = m_rows[static_cast<std::size_t>(row)];
        if (column == 0)
            return m_names.nameOf(flow);
        const ResonanceIndex::Row* known = m_index->find(flow);
        const std::uint32_t position =
            known ? known->latest[static_cast<std::size_t>(column) - 1] : ResonanceIndex::kNoCheck;
        return position == ResonanceIndex::kNoCheck
                   ? QString()
                   : QString::number(static_cast<double>(m_index->check(position).score), 'f', 1);
    };
    return table;
}

} // namespace timbre::ui
