#include "ui/docks/resonance_dock.h"

#include "engine/pipeline/recording_desk.h"
#include "engine/query/expression.h"
#include "ui/docks/evidence_drawer.h"
#include "ui/docks/scroll_manners.h"
#include "ui/docks/time_marks.h"
#include "ui/models/evidence_model.h"
#include "ui/models/flips_model.h"
#include "ui/models/format.h"
#include "ui/plots/resonance_matrix.h"
#include "ui/plots/resonance_timeline.h"

#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QTabWidget>

#include <algorithm>

namespace timbre::ui {

namespace {

constexpr int kRefreshMs = 500;

QLabel* makeLine(QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
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
    m_matrix = new ResonanceMatrix(theme(), m_pages);
    auto* area = new QScrollArea(m_pages); // only where the dock is too low for all of it
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setAccessibleName(tr("The chosen subject"));
    area->setWidget(makeDetail());
    m_drawer = new EvidenceDrawer(*this, theme(), m_matrix->frame().canvas(), *area);
    auto* list = new QWidget(m_pages);
    auto* around = new QVBoxLayout(list);
    around->setContentsMargins(Theme::kMargin, 0, Theme::kMargin, 0);
    around->addWidget(m_matrix);
    auto* split = new EvidenceSplit(*list, *m_drawer);
    connect(m_drawer, &EvidenceDrawer::flowsWanted, this, &ResonanceDock::showFlows);
    connect(m_drawer, &EvidenceDrawer::packetsWanted, this, &ResonanceDock::showPackets);
    m_matrix->frame().addMenuAction(&m_drawer->toggleAction());
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
    m_both = makeLine(page);
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
    m_whatIf = makeLine(page);
    m_reset = new QPushButton(tr("Put limits back"), page);
    m_evidenceNote = makeLine(page);
    QWidget* tables = makeTables(page);

    auto* choice = new QHBoxLayout;
    choice->addWidget(m_mask, 1);
    choice->addWidget(m_watch);
    auto* asked = new QHBoxLayout;
    asked->addWidget(m_whatIf, 1);
    asked->addWidget(m_reset);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Theme::kGrid);
    layout->addLayout(choice);
    layout->addWidget(m_both);
    layout->addWidget(m_evidenceNote);
    layout->addWidget(tables, 3);
    layout->addWidget(m_timeline, 2);
    layout->addLayout(asked);
    connect(m_mask, &QComboBox::activated, this, &ResonanceDock::showMask);
    connect(m_watch, &QCheckBox::clicked, this, [this](bool on) { setWatched(m_flow, on); });
    connect(m_timeline, &ResonanceTimeline::limitsChanged, this, &ResonanceDock::showWhatIf);
    connect(m_timeline, &ResonanceTimeline::pictureFailed, this, &ResonanceDock::problemArose);
    connect(m_timeline, &ResonanceTimeline::checkChosen, this,
            [this](int position) { showCheck(static_cast<std::size_t>(position)); });
    connect(m_reset, &QPushButton::clicked, m_timeline, &ResonanceTimeline::resetLimits);
    return page;
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
    return m_drawer->accessibleDescription();
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
    m_drawer->setHead({.subject = m_flow == flow::kNoFlow ? tr("Select a flow, here or in the list.")
                                                          : tr("Flow %1 was not checked: it has fewer than %2 packets.")
                                                                .arg(m_flow)
                                                                .arg(resonance::kFewestPackets)});
    m_drawer->setWays(m_flow != flow::kNoFlow, false);
    m_both->clear();
    m_mask->clear();
    m_timeline->show({}, m_index.results()->limits);
    m_evidence->setEvidence({});
    sayNote({});
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
    for (QWidget* widget : std::initializer_list<QWidget*>{m_mask, m_watch, m_reset})
        widget->setEnabled(known);
    m_watch->setVisible(ofFlows);
    if (!known)
        return showNothing();
    if (m_shownMask >= m_index.results()->maskIds.size())
        m_shownMask = row->bestMask;
    m_mask->clear();
    for (const std::string& id : m_index.results()->maskIds)
        m_mask->addItem(toQString(id));
    m_mask->setCurrentIndex(m_shownMask);
    m_watch->setChecked(m_watched[m_capture].contains(m_flow));
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

/// Finds the flows that resemble this mask most.
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
    showHead(check);
    m_both->setText(
        tr("%1: exact score %2%3")
            .arg(focus().formatTime(check.time, 3, true), exactScoreText(check),
                 check.anomalous ? tr("; loss or round trips of this mask are beyond their limits") : QString()));
    showEvidence(check);
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
        emit alerted(m_capture, flow,
                     tr("Flow %1 turned %2 against %3: exact score %4, resonance %5.")
                         .arg(flow)
                         .arg(statusText(check.status), toQString(m_index.results()->maskIds[check.mask]),
                              exactScoreText(check), resonanceText(check)));
    }
}

} // namespace timbre::ui
