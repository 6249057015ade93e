#include "ui/docks/audio_dock.h"

#include "engine/pipeline/flow_fields.h"
#include "ui/docks/evidence_drawer.h"
#include "ui/docks/table_actions.h"
#include "ui/docks/time_marks.h"
#include "ui/docks/verdict_pair.h"
#include "ui/models/format.h"
#include "ui/models/reason_texts.h"
#include "ui/models/table_setup.h"
#include "ui/plots/stream_plots.h"

#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMenu>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QTableView>

namespace timbre::ui {

namespace {

constexpr int kWidths[] = {130, 84, 136, 160, 160, 90, 76, 60, 72, 84, 72};
constexpr std::int64_t kMomentNs = 2 * kNsPerSecond; // of the range that a click on the timeline makes

} // namespace

AudioDock::AudioDock(EngineBridge& bridge, Focus& focus, Theme& theme, QWidget* parent)
    : Dock({QStringLiteral("audio"), tr("Audio"), QStringLiteral("audio"), 8, true}, focus, theme, parent)
    , m_bridge(bridge)
    , m_model(new StreamsModel(theme, this))
    , m_pages(new QStackedWidget(this))
    , m_empty(new EmptyState({}, m_pages))
{
    makeTable();
    m_drawer = makeDrawer();
    m_pages->addWidget(m_empty);
    m_pages->addWidget(new EvidenceSplit(*m_table, *m_drawer));
    setWidget(m_pages);
    connect(&bridge, &EngineBridge::captureChanged, this, [this](CaptureId id) {
        if (id == focusState().capture)
            refresh();
    });
    refresh();
}

void AudioDock::makeTable()
{
    m_table = new QTableView(m_pages);
    setUpTable(*m_table);
    m_table->setModel(m_model);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setAccessibleName(tr("Voice streams"));
    m_table->setSortingEnabled(false);
    QHeaderView* header = m_table->horizontalHeader();
    header->setSectionsClickable(true);
    header->setSortIndicatorShown(true);
    header->setSortIndicator(-1, Qt::AscendingOrder);
    for (int column = 0; column < m_model->columnCount(); ++column)
        header->resizeSection(column, kWidths[column]);
    keepColumns(*m_table, QStringLiteral("audio"));
    connect(header, &QHeaderView::sortIndicatorChanged, this,
            [this](int column, Qt::SortOrder order) { m_model->sort(column, order); });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &AudioDock::streamChosen);
    connect(m_model, &QAbstractItemModel::dataChanged, this, &AudioDock::showStream);
    auto* actions = new TableActions(*m_table, m_bridge, *this, focus(), theme(),
                                     [this](const QModelIndex& at) { return meaningOf(at); });
    actions->setOpen(tr("Go to the first packet"), [this](const QModelIndex&) { showPackets(); });
    actions->setMore([this](QMenu& menu, const QModelIndex&) { menu.addAction(&m_drawer->toggleAction()); });
}

EvidenceDrawer* AudioDock::makeDrawer()
{
    auto* area = new QScrollArea(m_pages);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setAccessibleName(tr("The chosen stream"));
    area->setWidget(makeDetail());
    auto* drawer = new EvidenceDrawer(*this, theme(), *m_table, *area);
    connect(drawer, &EvidenceDrawer::flowsWanted, this, &AudioDock::showFlows);
    connect(drawer, &EvidenceDrawer::packetsWanted, this, &AudioDock::showPackets);
    return drawer;
}

QWidget* AudioDock::makeDetail()
{
    auto* page = new QWidget(m_pages);
    page->setBackgroundRole(QPalette::Base);
    page->setAutoFillBackground(true);
    m_facts = new QLabel(page);
    m_facts->setWordWrap(true);
    m_facts->setTextFormat(Qt::PlainText);
    m_facts->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_plots = new StreamPlots(theme(), page);
    m_verdicts = new VerdictPair(theme(), page);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Theme::kMargin);
    layout->addWidget(m_facts);
    layout->addWidget(m_verdicts);
    layout->addWidget(m_plots);
    layout->addStretch(1);
    for (PlotFrame* frame : {&m_plots->sizes(), &m_plots->gaps()}) {
        m_marks.push_back(new TimeMarks(frame->canvas(), m_bridge, *this, focus()));
        frame->setTerms(focus(), [this](QPointF) { return termsOf(current()); });
    }
    connect(m_plots, &StreamPlots::momentChosen, this, &AudioDock::rangeToMoment);
    connect(m_plots, &StreamPlots::pictureFailed, this, &AudioDock::problemArose);
    return page;
}

/// The flow of a stream and its verdict.
QStringList AudioDock::termsOf(const StreamPtr& stream)
{
    if (!stream || stream->flow == flow::kNoFlow)
        return {};
    const audio::Verdict verdict = stream->calibrated.verdict;
    const QString word =
        verdict == audio::Verdict::NotEnough ? QStringLiteral("undecided") : toQString(audio::toString(verdict));
    return {QStringLiteral("flow.index == %1").arg(stream->flow), QStringLiteral("verdict == %1").arg(word)};
}

RowMeaning AudioDock::meaningOf(const QModelIndex& index) const
{
    const StreamPtr stream = m_model->stream(index.row());
    if (!stream)
        return {};
    RowMeaning meaning;
    if (stream->flow == flow::kNoFlow)
        return meaning;
    meaning.terms = termsFor(*stream, static_cast<StreamsModel::Column>(index.column()));
    meaning.flows.push_back(stream->flow);
    return meaning;
}

QWidget* AudioDock::focusTarget()
{
    return m_pages->currentIndex() == 0 ? m_pages->currentWidget() : m_table;
}

void AudioDock::focusChanged(FocusParts parts)
{
    if (parts.testFlag(FocusPart::Capture))
        refresh();
    if (parts.testFlag(FocusPart::Capture) || parts.testFlag(FocusPart::Selection))
        followSelection();
    if (parts.testFlag(FocusPart::Zone))
        showStream();
}

void AudioDock::themeChanged()
{
    Dock::themeChanged();
    m_table->viewport()->update();
}

void AudioDock::refresh()
{
    const SnapshotPtr snapshot = m_bridge.snapshot(focusState().capture);
    const auto list = snapshot ? snapshot->audio : nullptr;
    const bool same = m_shownCapture == focusState().capture;
    m_shownCapture = focusState().capture;
    m_model->setStreams(list, same);
    const bool reading = snapshot && snapshot->phase == pipeline::Phase::Reading;
    m_empty->setText(!snapshot ? tr("Voice streams of a capture and what is to be thought of them are shown here.")
                     : reading ? tr("No voice stream so far.")
                               : tr("There is no voice stream in this capture: no RTP and no WZP in the clear."));
    m_pages->setCurrentIndex(m_model->rowCount() == 0 ? 0 : 1);
    if (m_model->rowCount() > 0 && !m_table->currentIndex().isValid()) {
        m_following = true; // showing the first stream does not select a flow
        m_table->setCurrentIndex(m_model->index(0, 0));
        m_following = false;
    }
    showStream();
}

StreamPtr AudioDock::current() const
{
    return m_model->stream(m_table->currentIndex().row());
}

void AudioDock::streamChosen()
{
    showStream();
    const StreamPtr stream = current();
    if (!m_following && stream && stream->flow != flow::kNoFlow)
        focus().setSelection({stream->flow}, stream->flow);
}

void AudioDock::followSelection()
{
    const std::uint32_t flow = focusState().selection.current;
    const StreamPtr shown = current();
    if (flow == flow::kNoFlow || (shown && shown->flow == flow))
        return;
    const int row = m_model->rowOfFlow(flow);
    if (row < 0)
        return;
    m_following = true;
    m_table->setCurrentIndex(m_model->index(row, 0));
    m_following = false;
}

/// The filters that find what stands in the cell: flows are filtered, so it is the flow that has the value.
QStringList AudioDock::termsFor(const audio::StreamReport& stream, StreamsModel::Column column) const
{
    using Column = StreamsModel::Column;
    using query::Field;
    const auto term = [](Field field, const query::Value& value) {
        return QString::fromStdString(pipeline::filterFor(field, value));
    };
    const auto end = [&](const audio::StreamEnd& e) {
        return QStringList{term(Field::Addr, e.address), term(Field::Port, std::int64_t{e.port})};
    };
    if (column == Column::From)
        return end(stream.source);
    if (column == Column::To)
        return end(stream.destination);
    const SnapshotPtr capture = m_bridge.snapshot(focusState().capture);
    const bool known = capture && capture->flows && stream.flow < capture->flows->size();
    if (known && (column == Column::Verdict || column == Column::Confidence)) {
        const Field field = column == Column::Verdict ? Field::Verdict : Field::VerdictConfidence;
        return {QString::fromStdString(pipeline::filterFor({*capture->flows, (*capture->flows)[stream.flow]}, field))};
    }
    return {term(Field::Index, std::int64_t{stream.flow})};
}

EvidenceHead AudioDock::headOf(const audio::StreamReport& stream)
{
    EvidenceHead head{.subject = QStringLiteral("%1 → %2").arg(endText(stream.source), endText(stream.destination))};
    if (stream.media == audio::Media::Video) {
        head.verdict = tr("not judged");
        head.sureness = tr("video");
        return head;
    }
    const audio::CalibratedVerdict& judged = stream.calibrated;
    head.state = stateOf(judged.verdict);
    head.verdict = verdictWord(judged.verdict);
    head.sureness = judged.verdict == audio::Verdict::NotEnough
                        ? missingText(stream)
                        : tr("confidence %1 %").arg(qRound(judged.confidence * 100.0));
    for (const audio::Reason& reason : judged.reasons) {
        head.speakFor += reason.weight > 0.0 ? 1 : 0;
        head.speakAgainst += reason.weight < 0.0 ? 1 : 0;
    }
    return head;
}

void AudioDock::showFlows()
{
    const StreamPtr stream = current();
    if (!stream || stream->flow == flow::kNoFlow)
        return;
    focus().setSelection({stream->flow}, stream->flow);
    emit flowsWanted();
}

void AudioDock::showPackets()
{
    const StreamPtr stream = current();
    if (!stream)
        return;
    focus().setSelection({stream->flow}, stream->flow);
    emit packetRequested(stream->firstPacket);
}

/// Everything else looks at the moment of the stream that was clicked.
void AudioDock::rangeToMoment(Timestamp time)
{
    const StreamPtr stream = current();
    if (!stream)
        return;
    focus().setSelection({stream->flow}, stream->flow);
    focus().setRange(TimeRange{{time.ns - kMomentNs / 2}, {time.ns + kMomentNs / 2}});
}

QString AudioDock::factsOf(const audio::StreamReport& stream) const
{
    QStringList facts;
    facts.append(tr("%1 %2, source 0x%3")
                     .arg(toQString(audio::toString(stream.kind)), QString::fromStdString(stream.codec),
                          QString::number(stream.ssrc, 16)));
    if (stream.wrapping != protocol::Wrapping::None)
        facts.append(tr("inside %1").arg(toQString(protocol::toString(stream.wrapping))));
    facts.append(tr("%1 packets, %2 lost, %3 late, %4 twice")
                     .arg(formatCount(stream.packets), formatCount(stream.lost), formatCount(stream.late),
                          formatCount(stream.duplicates)));
    facts.append(tr("from %1 for %2")
                     .arg(focus().formatTime(stream.first, 3),
                          formatDuration(std::max<std::int64_t>(0, elapsedNs(stream.first, stream.last)))));
    if (stream.quality)
        facts.append(tr("estimate by the E-model: MOS %1, R %2, with %3 delay of %4 ms%5")
                         .arg(QString::number(stream.quality->mos, 'f', 2),
                              QString::number(stream.quality->rating, 'f', 0),
                              stream.quality->delayMeasured ? tr("a measured") : tr("an assumed"),
                              QString::number(stream.quality->delayMs, 'f', 0),
                              stream.quality->codecKnown ? QString() : tr(", codec unknown")));
    return facts.join(QStringLiteral("; "));
}

void AudioDock::showStream()
{
    const StreamPtr stream = current();
    if (!stream)
        return;
    m_drawer->setHead(headOf(*stream));
    m_drawer->setWays(stream->flow != flow::kNoFlow, stream->flow != flow::kNoFlow);
    m_facts->setText(factsOf(*stream));
    m_plots->setTimeline(stream->timeline);
    for (TimeMarks* marks : m_marks)
        marks->setBase(stream->timeline ? stream->timeline->begin : stream->first);
    m_verdicts->setStream(*stream);
}

} // namespace timbre::ui
