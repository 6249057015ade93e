#include "ui/docks/resonance_dock.h"

#include "engine/pipeline/recording_desk.h"
#include "engine/query/expression.h"
#include "engine/resonance/what_if.h"
#include "ui/docks/scroll_manners.h"
#include "ui/docks/time_marks.h"
#include "ui/models/evidence_model.h"
#include "ui/models/flips_model.h"
#include "ui/models/format.h"
#include "ui/models/table_setup.h"
#include "ui/plots/resonance_matrix.h"
#include "ui/plots/resonance_timeline.h"

#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QTableView>

#include <algorithm>

namespace timbre::ui {

namespace {

constexpr int kRefreshMs = 500;

QLabel* makeLine(QWidget* parent, bool muted)
{
    auto* label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    if (muted)
        label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

} // namespace

ResonanceDock::ResonanceDock(EngineBridge& bridge, Focus& focus, Theme& theme, QWidget* parent)
    : Dock({QStringLiteral("resonance"), tr("Resonance"), QStringLiteral("resonance"), 7, true}, focus, theme, parent)
    , m_bridge(bridge)
    , m_source(new ResonanceSource(bridge, this))
    , m_pages(new QStackedWidget(this))
    , m_empty(new EmptyState(QString(), m_pages))
{
    m_pages->addWidget(m_empty);
    m_pages->addWidget(makeResults());
    auto* page = new QWidget(this);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_source);
    layout->addWidget(m_pages, 1);
    setWidget(page);
    connect(m_source, &ResonanceSource::changed, this, &ResonanceDock::refresh);
    m_timer.setSingleShot(true);
    m_timer.setInterval(kRefreshMs);
    connect(&m_timer, &QTimer::timeout, this, &ResonanceDock::refresh);
    connect(&bridge, &EngineBridge::captureChanged, this, [this](CaptureId id) {
        if (id == focusState().capture)
            refreshSoon();
    });
    refresh();
}

ResonanceDock::~ResonanceDock() = default;

QWidget* ResonanceDock::makeResults()
{
    auto* split = new QSplitter(Qt::Vertical, m_pages);
    split->setChildrenCollapsible(false);
    m_matrix = new ResonanceMatrix(theme(), split);
    split->addWidget(m_matrix);
    auto* area = new QScrollArea(split); // only where the dock is too low for all of it
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setAccessibleName(tr("The chosen subject"));
    area->setWidget(makeDetail());
    split->addWidget(area);
    split->setSizes({220, 460});
    split->setContentsMargins(Theme::kMargin, Theme::kMargin, Theme::kMargin, Theme::kMargin);
    m_matrix->frame().setTerms(focus(), [this](QPointF place) {
        const auto cell = m_matrix->at(place);
        return cell ? termsOf(cell->first, cell->second) : QStringList();
    });
    connect(m_matrix, &ResonanceMatrix::pictureFailed, this, &ResonanceDock::problemArose);
    connect(m_matrix, &ResonanceMatrix::chosen, this, [this](quint32 flow, quint16 mask) {
        m_shownMask = mask;
        showSubject(flow);
    });
    return split;
}

QWidget* ResonanceDock::makeDetail()
{
    auto* page = new QWidget(this);
    m_headline = makeLine(page, false);
    m_both = makeLine(page, true);
    m_mask = new QComboBox(page);
    m_mask->setAccessibleName(tr("Mask"));
    m_mask->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    leaveWheelToArea(*m_mask);
    m_watch = new QCheckBox(tr("Watch"), page);
    m_watch->setToolTip(tr("Report when this flow turns warning or compromised"));
    m_timeline = new ResonanceTimeline(theme(), page);
    m_timeline->setMinimumHeight(130);
    m_timeline->setTimeFormatter(
        [this](Timestamp time, int decimals, bool withDate) { return focus().formatTime(time, decimals, !withDate); });
    m_marks = new TimeMarks(m_timeline->frame().canvas(), m_bridge, *this, focus());
    m_timeline->frame().setTerms(focus(), [this](QPointF) { return termsOf(m_flow, m_shownMask); });
    m_whatIf = makeLine(page, true);
    m_reset = new QPushButton(tr("Put limits back"), page);
    m_evidenceNote = makeLine(page, true);
    m_packets = new QPushButton(tr("Show packets"), page);
    QWidget* tables = makeTables(page);

    auto* choice = new QHBoxLayout;
    choice->addWidget(m_mask, 1);
    choice->addWidget(m_watch);
    auto* asked = new QHBoxLayout;
    asked->addWidget(m_whatIf, 1);
    asked->addWidget(m_reset);
    auto* behind = new QHBoxLayout;
    behind->addWidget(m_evidenceNote, 1);
    behind->addWidget(m_packets);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, Theme::kGrid, 0, 0);
    layout->setSpacing(Theme::kGrid);
    layout->addWidget(m_headline);
    layout->addLayout(choice);
    layout->addWidget(m_both);
    layout->addWidget(m_timeline, 2);
    layout->addLayout(asked);
    layout->addWidget(tables, 3);
    layout->addLayout(behind);
    connect(m_mask, &QComboBox::activated, this, &ResonanceDock::showMask);
    connect(m_watch, &QCheckBox::clicked, this, [this](bool on) { setWatched(m_flow, on); });
    connect(m_timeline, &ResonanceTimeline::limitsChanged, this, &ResonanceDock::showWhatIf);
    connect(m_timeline, &ResonanceTimeline::pictureFailed, this, &ResonanceDock::problemArose);
    connect(m_timeline, &ResonanceTimeline::checkChosen, this,
            [this](int position) { showCheck(static_cast<std::size_t>(position)); });
    connect(m_reset, &QPushButton::clicked, m_timeline, &ResonanceTimeline::resetLimits);
    connect(m_packets, &QPushButton::clicked, this, &ResonanceDock::showPackets);
    return page;
}

QWidget* ResonanceDock::makeTables(QWidget* parent)
{
    m_tabs = new QTabWidget(parent);
    m_tabs->setDocumentMode(true);
    leaveWheelToArea(*m_tabs->tabBar()); // else it turns to tabs that are hidden, too
    m_evidence = new EvidenceModel(theme(), this);
    m_evidenceView = new QTableView(m_tabs);
    setUpTable(*m_evidenceView);
    m_evidenceView->setAccessibleName(tr("Evidence"));
    m_evidenceView->setModel(m_evidence);
    m_evidenceView->setItemDelegateForColumn(EvidenceModel::Picture, new EvidencePicture(theme(), m_evidenceView));
    m_evidenceView->horizontalHeader()->setStretchLastSection(true);
    m_evidenceView->horizontalHeader()->setMinimumSectionSize(20);
    constexpr std::array kEvidenceWidths = {84, 22, 104, 44, 74}; // the picture gets the rest
    for (std::size_t i = 0; i < kEvidenceWidths.size(); ++i)
        m_evidenceView->setColumnWidth(static_cast<int>(i), kEvidenceWidths[i]);
    m_flips = new FlipsModel(
        theme(), [this](Timestamp time) { return focus().formatTime(time, 3, true); },
        [this](std::uint32_t subject) { return m_source->nameOf(subject); }, this);
    m_flipsView = new QTableView(m_tabs);
    setUpTable(*m_flipsView);
    m_flipsView->setAccessibleName(tr("Checks that flip"));
    m_flipsView->setModel(m_flips);
    m_flipsView->horizontalHeader()->setStretchLastSection(true);
    constexpr std::array kFlipWidths = {86, 80, 54, 84};
    for (std::size_t i = 0; i < kFlipWidths.size(); ++i)
        m_flipsView->setColumnWidth(static_cast<int>(i), kFlipWidths[i]);
    connect(m_flipsView, &QTableView::activated, this, &ResonanceDock::showFlip);
    connect(m_flipsView, &QTableView::clicked, this, &ResonanceDock::showFlip);
    m_tabs->addTab(m_evidenceView, tr("Evidence"));
    m_tabs->addTab(m_flipsView, tr("Flips"));
    m_tabs->setTabToolTip(1, tr("Past checks that the dragged limits would have judged differently"));
    return m_tabs;
}

QWidget* ResonanceDock::focusTarget()
{
    return m_pages->currentIndex() == ResultsPage ? static_cast<QWidget*>(&m_matrix->frame().canvas())
                                                  : static_cast<QWidget*>(m_empty);
}

QString ResonanceDock::whatIfText() const
{
    return m_whatIf->text();
}

QString ResonanceDock::headline() const
{
    return m_headline->text();
}

void ResonanceDock::focusChanged(FocusParts parts)
{
    if (parts & FocusPart::Capture)
        refresh();
    else if (parts & (FocusParts(FocusPart::Selection) | FocusPart::Zone))
        showFlow();
}

void ResonanceDock::refreshSoon()
{
    if (!m_timer.isActive())
        m_timer.start();
}

void ResonanceDock::refresh()
{
    const CaptureId id = focusState().capture;
    {
        const QSignalBlocker once(m_source); // what it has now is shown below
        m_source->setCapture(id, m_bridge.snapshot(id));
    }
    const auto results = m_source->results();
    const bool sameKind = id == m_capture && m_kind == m_source->kind();
    const bool grown =
        sameKind && results && m_index.results() &&
        (m_kind == resonance::SubjectKind::Flow ? results->checks.size() >= m_index.results()->checks.size()
                                                : results == m_index.results());
    if (!grown) {
        m_index.clear();
        m_shownMask = resonance::kNoMask;
    }
    if (!sameKind)
        m_flow = flow::kNoFlow;
    m_capture = id;
    m_kind = m_source->kind();
    m_index.update(results);
    if (!results || m_index.rows().empty()) {
        m_empty->setText(m_source->emptyText());
        m_pages->setCurrentIndex(EmptyPage);
        return;
    }
    m_pages->setCurrentIndex(ResultsPage);
    m_matrix->show(m_index, {m_source->kindTitle(), [this](std::uint32_t number) { return m_source->nameOf(number); },
                             [this](std::size_t number) { return m_source->count(number); }});
    if (m_kind != resonance::SubjectKind::Flow && !m_index.find(m_flow))
        m_flow = m_index.best(1).front()->flow;
    showFlow();
    if (m_kind == resonance::SubjectKind::Flow)
        alertOfWatched();
}

void ResonanceDock::showSubject(std::uint32_t subject)
{
    if (m_kind == resonance::SubjectKind::Flow && subject != m_flow)
        return focus().setSelection({subject}, subject);
    m_flow = subject;
    showFlow();
}

void ResonanceDock::showNothing()
{
    m_headline->setText(
        m_flow == flow::kNoFlow
            ? tr("Select a flow, here or in the list.")
            : tr("Flow %1 was not checked: it has fewer than %2 packets.").arg(m_flow).arg(resonance::kFewestPackets));
    m_both->clear();
    m_mask->clear();
    m_timeline->show({}, m_index.results()->limits);
    m_evidence->setEvidence({});
    m_evidenceNote->clear();
    m_matrix->setCurrent(flow::kNoFlow, resonance::kNoMask);
}

void ResonanceDock::showFlow()
{
    if (m_pages->currentIndex() != ResultsPage)
        return;
    const bool ofFlows = m_kind == resonance::SubjectKind::Flow;
    if (ofFlows) {
        const FlowSelection& selection = focusState().selection;
        const std::uint32_t flow = selection.flows.size() == 1 ? selection.flows.front() : selection.current;
        if (flow != m_flow)
            m_shownMask = m_flow == flow::kNoFlow ? m_shownMask : resonance::kNoMask;
        m_flow = flow;
    }
    const ResonanceIndex::Row* row = m_index.find(m_flow);
    const bool known = row != nullptr;
    for (QWidget* widget : std::initializer_list<QWidget*>{m_mask, m_watch, m_packets, m_reset})
        widget->setEnabled(known);
    m_watch->setVisible(ofFlows);
    m_packets->setVisible(m_kind != resonance::SubjectKind::Recording); // of which no packets are kept
    if (!known)
        return showNothing();
    if (m_shownMask >= m_index.results()->maskIds.size())
        m_shownMask = row->bestMask;
    m_mask->clear();
    for (const std::string& id : m_index.results()->maskIds)
        m_mask->addItem(toQString(id));
    m_mask->setCurrentIndex(m_shownMask);
    m_watch->setChecked(m_watched[m_capture].contains(m_flow));
    const resonance::CheckRecord& best = m_index.check(row->latest[row->bestMask]);
    m_headline->setText(
        tr("%1 resembles %2 most: %3")
            .arg(m_source->nameOf(m_flow), toQString(m_index.results()->maskIds[row->bestMask]), resonanceText(best)));
    m_headline->setToolTip(m_source->leftOut());
    m_matrix->setCurrent(m_flow, m_shownMask);
    const auto checks = checksShown();
    m_timeline->show(checks, m_index.results()->limits);
    m_marks->setBase(checks.empty() ? Timestamp{} : checks.front().time);
    if (!checks.empty()) {
        m_timeline->setChosen(static_cast<int>(checks.size()) - 1);
        showCheck(checks.size() - 1);
    }
    showWhatIf();
}

/// Finds the flows that resemble this mask most.
/// The flows of what was checked, and of its mask. A recording stands for no flow of this capture.
QStringList ResonanceDock::termsOf(std::uint32_t subject, std::size_t mask) const
{
    if (subject == flow::kNoFlow || m_kind == resonance::SubjectKind::Recording)
        return {};
    const resonance::Subject* pair = m_source->subject(subject);
    const auto address = [](const IpAddress& host) { return QString::fromStdString(toString(host)); };
    const QString own =
        pair ? QStringLiteral("addr == %1 and addr == %2").arg(address(pair->initiator), address(pair->responder))
             : QStringLiteral("flow.index == %1").arg(subject);
    return {own, maskTerm(mask)};
}

QString ResonanceDock::maskTerm(std::size_t mask) const
{
    if (!m_index.results() || mask >= m_index.results()->maskIds.size())
        return QStringLiteral("mask");
    return QStringLiteral("mask == ") + toQString(query::quoteIfNeeded(m_index.results()->maskIds[mask]));
}

void ResonanceDock::showMask(int position)
{
    m_shownMask = static_cast<std::uint16_t>(position);
    showFlow();
}

std::vector<resonance::CheckRecord> ResonanceDock::checksShown() const
{
    std::vector<resonance::CheckRecord> checks;
    if (const ResonanceIndex::Row* row = m_index.find(m_flow)) {
        for (const std::uint32_t position : row->checks) {
            if (m_index.check(position).mask == m_shownMask)
                checks.push_back(m_index.check(position));
        }
    }
    return checks;
}

void ResonanceDock::showCheck(std::size_t position)
{
    const auto checks = checksShown();
    if (position >= checks.size())
        return;
    const resonance::CheckRecord& check = checks[position];
    m_shownCheck = check;
    m_both->setText(
        tr("%1: resonance %2; exact score %3%4")
            .arg(focus().formatTime(check.time, 3, true), resonanceText(check), exactScoreText(check),
                 check.anomalous ? tr("; loss or round trips of this mask are beyond their limits") : QString()));
    showEvidence(check);
}

void ResonanceDock::showEvidence(const resonance::CheckRecord& check)
{
    const resonance::MonitorResults& results = *m_index.results();
    const auto& model = results.masks[check.mask];
    const bool kept = check.window != resonance::kNoWindow;
    m_packets->setEnabled(kept);
    if (!model || !kept) {
        m_evidence->setEvidence({});
        m_evidenceNote->setText(
            !kept ? tr("What the window looked like was not kept: the limit of kept windows was reached.")
                  : tr("The mask is not at hand, so that only its scores can be shown."));
        return;
    }
    const resonance::WindowRecord& window = results.windows[check.window];
    auto evidence = evidenceOf(featuresOf(window), {window.packets[0], window.packets[1]}, *model);
    const auto speaksFor =
        std::count_if(evidence.begin(), evidence.end(), [](const auto& item) { return item.weight > 0; });
    m_evidenceNote->setText(
        evidence.empty()
            ? (model->up.known.any()
                   ? tr("Too few packets each way for features; sizes and gaps alone were weighed.")
                   : tr("The signature of this mask cannot be compared; sizes and gaps alone were weighed."))
            : tr("%1 features speak for the mask, %2 against it.")
                  .arg(speaksFor)
                  .arg(static_cast<std::ptrdiff_t>(evidence.size()) - speaksFor));
    m_evidence->setEvidence(std::move(evidence));
}

void ResonanceDock::showWhatIf()
{
    if (!m_index.results() || m_shownMask >= m_index.results()->maskIds.size())
        return;
    const resonance::Limits& asked = m_timeline->limits();
    const resonance::Limits& made = m_index.results()->limits;
    const bool same = asked.warning == made.warning && asked.compromised == made.compromised;
    m_reset->setVisible(!same);
    m_tabs->setTabVisible(1, !same);
    if (same) {
        m_flips->setFlips(nullptr, {}, made);
        m_tabs->setTabText(1, tr("Flips"));
        m_whatIf->setText(tr("Limits of the exact score: %1 and %2.")
                              .arg(QString::number(static_cast<double>(made.warning), 'g', 3),
                                   QString::number(static_cast<double>(made.compromised), 'g', 3)));
        return;
    }
    resonance::Flips flips = flipsOf(*m_index.results(), m_shownMask, asked);
    m_whatIf->setText(tr("With %1 and %2, %3 of %4 checks against this mask would flip in %5: %6 worse, %7 better.")
                          .arg(QString::number(static_cast<double>(asked.warning), 'g', 3),
                               QString::number(static_cast<double>(asked.compromised), 'g', 3),
                               formatCount(flips.worse + flips.better), formatCount(flips.checks),
                               m_source->count(flips.flows.size()), formatCount(flips.worse),
                               formatCount(flips.better)));
    const std::size_t all = flips.worse + flips.better;
    m_tabs->setTabText(1, all > flips.positions.size()
                              ? tr("Flips (first %1 of %2)").arg(formatCount(flips.positions.size()), formatCount(all))
                              : tr("Flips (%1)").arg(formatCount(all)));
    m_flips->setFlips(m_index.results(), std::move(flips), asked);
}

void ResonanceDock::showFlip(const QModelIndex& index)
{
    if (!index.isValid())
        return;
    const resonance::CheckRecord check = m_flips->at(index.row()); // a copy: showing it makes the list anew
    showSubject(check.flow);
    const auto checks = checksShown();
    const auto same = std::find_if(checks.begin(), checks.end(),
                                   [&](const resonance::CheckRecord& each) { return each.time == check.time; });
    if (same == checks.end())
        return;
    m_timeline->setChosen(static_cast<int>(same - checks.begin()));
    showCheck(static_cast<std::size_t>(same - checks.begin()));
}

std::vector<std::uint32_t> ResonanceDock::flowsOf(const resonance::Subject& pair) const
{
    std::vector<std::uint32_t> flows;
    const SnapshotPtr capture = m_bridge.snapshot(m_capture);
    for (std::uint32_t i = 0; capture && i < capture->flows->size(); ++i) {
        const flow::FlowRecord& record = (*capture->flows)[i];
        const IpAddress from = record.address(flow::Side::Initiator);
        const IpAddress to = record.address(flow::Side::Responder);
        if ((from == pair.initiator && to == pair.responder) || (from == pair.responder && to == pair.initiator))
            flows.push_back(i);
    }
    return flows;
}

void ResonanceDock::showPackets()
{
    if (!m_shownCheck || m_shownCheck->window == resonance::kNoWindow)
        return;
    const resonance::WindowRecord& window = m_index.results()->windows[m_shownCheck->window];
    if (const resonance::Subject* pair = m_source->subject(m_flow)) {
        std::vector<std::uint32_t> flows = flowsOf(*pair);
        if (flows.empty())
            return;
        const std::uint32_t first = flows.front();
        focus().setSelection(std::move(flows), first);
    } else {
        focus().setSelection({m_flow}, m_flow);
    }
    focus().setRange(TimeRange{std::min(window.from, window.time), std::max(window.from, window.time)});
    emit packetsRequested();
}

void ResonanceDock::checkRecording(const recording::SessionId& id)
{
    if (!m_bridge.recordings())
        return;
    m_bridge.recordings()->loadRecording(
        id, m_bridge.onWindow<recording::Recording>(this, [this](Result<recording::Recording> loaded) {
            if (!loaded)
                return problemArose(toQString(loaded.error().message));
            m_source->show(std::make_shared<const recording::Recording>(*std::move(loaded)));
            bringToFront();
        }));
}

void ResonanceDock::setWatched(std::uint32_t flow, bool watched)
{
    if (flow == flow::kNoFlow)
        return;
    if (watched)
        m_watched[m_capture].insert(flow);
    else
        m_watched[m_capture].erase(flow);
    m_worst.erase({m_capture, flow});
    alertOfWatched();
}

/// By its best mask; once for each step downwards.
void ResonanceDock::alertOfWatched()
{
    for (const std::uint32_t flow : m_watched[m_capture]) {
        const ResonanceIndex::Row* row = m_index.find(flow);
        if (!row)
            continue;
        const resonance::CheckRecord& check = m_index.check(row->latest[row->bestMask]);
        resonance::Status& worst = m_worst.try_emplace({m_capture, flow}, resonance::Status::Healthy).first->second;
        if (check.status <= worst)
            continue;
        worst = check.status;
        emit alerted(tr("Flow %1 turned %2 against %3: exact score %4, resonance %5.")
                         .arg(flow)
                         .arg(statusText(check.status), toQString(m_index.results()->maskIds[check.mask]),
                              exactScoreText(check), resonanceText(check)));
    }
}

} // namespace timbre::ui
