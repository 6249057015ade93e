#include "ui/docks/time_marks.h"

#include "ui/models/notes_model.h"

namespace timbre::ui {

namespace {

constexpr double kBandPixels = 4.0;
constexpr double kShortestPixels = 3.0; // a flow of one packet is still seen

} // namespace

std::vector<TimeFlag> flagsOf(const pipeline::CaptureSnapshot* capture)
{
    std::vector<TimeFlag> flags;
    if (capture == nullptr || !capture->notes)
        return flags;
    for (const pipeline::ShownNote& shown : *capture->notes) {
        if (!shown.note.range)
            continue;
        const bool band = shown.note.subject == store::NoteSubject::Range;
        flags.push_back({*shown.note.range, band, shown.note.bookmark, titleOf(shown.note)});
    }
    return flags;
}

TimeMarks::TimeMarks(PlotCanvas& canvas, EngineBridge& bridge, const Dock& dock, Focus& focus)
    : QObject(&canvas)
    , m_canvas(canvas)
    , m_bridge(bridge)
    , m_dock(dock)
    , m_flags(new TimeFlags(canvas))
    , m_life(new QCPItemRect(&canvas))
{
    m_life->setLayer(canvas.layer(QStringLiteral("overlay")));
    m_life->topLeft->setTypeY(QCPItemPosition::ptAxisRectRatio);
    m_life->bottomRight->setTypeY(QCPItemPosition::ptAxisRectRatio);
    m_life->setPen(Qt::NoPen);
    m_life->setAntialiased(false);
    m_life->setVisible(false);
    connect(&focus, &Focus::changed, this, [this](FocusParts parts) {
        if (parts & (FocusParts(FocusPart::Capture) | FocusPart::Selection))
            refresh();
    });
    connect(&dock, &Dock::pinnedChanged, this, &TimeMarks::refresh);
    connect(&bridge, &EngineBridge::captureChanged, this, [this](CaptureId id) {
        if (id == m_dock.focusState().capture)
            refresh();
    });
    connect(&canvas, &PlotCanvas::restyle, this, &TimeMarks::draw);
    // The band is as high and at least as wide as some pixels: both depend on the plot's size and on its axis.
    connect(canvas.xAxis, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this, &TimeMarks::draw);
    connect(&canvas, &QCustomPlot::afterLayout, this, &TimeMarks::draw);
    refresh();
}

void TimeMarks::setBase(Timestamp base)
{
    m_base = base;
    m_flags->setBase(base);
    draw();
}

void TimeMarks::refresh()
{
    const SnapshotPtr capture = m_bridge.snapshot(m_dock.focusState().capture);
    const std::uint32_t flow = m_dock.focusState().selection.current;
    std::optional<TimeRange> lived;
    if (capture && capture->flows && flow < capture->flows->size()) {
        const flow::FlowRecord& record = (*capture->flows)[flow];
        lived = TimeRange{std::min(record.started, record.lastSeen), std::max(record.started, record.lastSeen)};
    }
    std::vector<TimeFlag> flags = flagsOf(capture.get());
    if (lived == m_lived && flags == m_flags->flags())
        return;
    m_lived = lived;
    m_flags->setFlags(std::move(flags));
    draw();
    m_canvas.replotSoon();
}

void TimeMarks::draw()
{
    m_life->setBrush(QBrush(m_canvas.theme().color(Role::Text)));
    m_life->setVisible(m_lived.has_value());
    if (!m_lived)
        return;
    const double pixel = m_canvas.xAxis->range().size() / m_canvas.dataWidth();
    const double height = kBandPixels / std::max(1, m_canvas.axisRect()->height());
    const double begin = static_cast<double>(elapsedNs(m_base, m_lived->begin)) / 1e9;
    const double end = static_cast<double>(elapsedNs(m_base, m_lived->end)) / 1e9;
    m_life->topLeft->setCoords(begin, 0.0);
    m_life->bottomRight->setCoords(std::max(end, begin + kShortestPixels * pixel), height);
}

} // namespace timbre::ui
