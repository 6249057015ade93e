#include "ui/docks/resonance_dock.h"

#include "engine/query/expression.h"
#include "engine/resonance/what_if.h"
#include "ui/docks/time_marks.h"
#include "ui/models/evidence_model.h"
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
#include <QtWidgets/QSplitter>
#include <QtWidgets/QStackedWidget>
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
    , m_pages(new QStackedWidget(this))
    , m_empty(new EmptyState(QString(), m_pages))
{
    m_pages->addWidget(m_empty);
    m_pages->addWidget(makeResults());
    setWidget(m_pages);
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
    split->addWidget(makeDetail());
    split->setSizes({220, 460});
    split->setContentsMargins(Theme::kMargin, Theme::kMargin, Theme::kMargin, Theme::kMargin);
    m_matrix->frame().setTerms(focus(), [this](QPointF place) {
        const auto cell = m_matrix->at(place);
        return cell ? QStringList{QStringLiteral("flow.index == %1").arg(cell->first), maskTerm(cell->second)}
                    : QStringList();
    });
    connect(m_matrix, &ResonanceMatrix::pictureFailed, this, &ResonanceDock::problemArose);
    connect(m_matrix, &ResonanceMatrix::chosen, this, [this](quint32 flow, quint16 mask) {
        m_shownMask = mask;
        if (flow == m_flow)
            showFlow();
        else
            this->focus().setSelection({flow}, flow);
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
    m_watch = new QCheckBox(tr("Watch"), page);
    m_watch->setToolTip(tr("Report when this flow turns warning or compromised"));
    m_timeline = new ResonanceTimeline(theme(), page);
    m_timeline->setMinimumHeight(130);
    m_timeline->setTimeFormatter(
        [this](Timestamp time, int decimals, bool withDate) { return focus().formatTime(time, decimals, !withDate); });
    m_marks = new TimeMarks(m_timeline->frame().canvas(), m_bridge, *this, focus());
    m_timeline->frame().setTerms(focus(), [this](QPointF) {
        return m_flow == flow::kNoFlow
                   ? QStringList()
                   : QStringList{QStringLiteral("flow.index == %1").arg(m_flow), maskTerm(m_shownMask)};
    });
    m_whatIf = makeLine(page, true);
    m_reset = new QPushButton(tr("Put limits back"), page);
    m_evidenceNote = makeLine(page, true);
    m_packets = new QPushButton(tr("Show packets"), page);
    m_evidence = new EvidenceModel(theme(), this);
    m_evidenceView = new QTableView(page);
    setUpTable(*m_evidenceView);
    m_evidenceView->setAccessibleName(tr("Evidence"));
    m_evidenceView->setModel(m_evidence);
    m_evidenceView->setItemDelegateForColumn(EvidenceModel::Picture, new EvidencePicture(theme(), m_evidenceView));
    m_evidenceView->horizontalHeader()->setStretchLastSection(true);
    const QFontMetrics metrics(m_evidenceView->font());
    const std::array widths = {tr("disagrees      "), QStringLiteral("↑↓   "), tr("upper quartile of entropy  "),
                               QStringLiteral("−0.000  "), QStringLiteral("−0.000 … −0.000  ")};
    for (std::size_t i = 0; i < widths.size(); ++i)
        m_evidenceView->setColumnWidth(static_cast<int>(i), metrics.horizontalAdvance(widths[i]));

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
    layout->addWidget(m_evidenceView, 3);
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

QWidget* ResonanceDock::focusTarget()
{
    return m_pages->currentIndex() == ResultsPage ? static_cast<QWidget*>(&m_matrix->frame().canvas()) : m_empty;
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
    const SnapshotPtr capture = m_bridge.snapshot(id);
    const auto results = capture ? capture->resonance : nullptr;
    const bool grown =
        id == m_capture && results && m_index.results() && results->checks.size() >= m_index.results()->checks.size();
    if (!grown) {
        m_index.clear();
        m_shownMask = resonance::kNoMask;
    }
    m_capture = id;
    m_index.update(results);
    if (!results || m_index.rows().empty()) {
        sayEmpty(capture.get());
        m_pages->setCurrentIndex(EmptyPage);
        return;
    }
    m_pages->setCurrentIndex(ResultsPage);
    m_matrix->show(m_index);
    showFlow();
    alertOfWatched();
}

void ResonanceDock::sayEmpty(const pipeline::CaptureSnapshot* capture)
{
    if (!capture)
        m_empty->setText(tr("Open a capture to check its flows against masks."));
    else if (!capture->resonance)
        m_empty->setText(
            tr("No mask was active when this capture was analysed. Add masks, then choose Analyse again."));
    else
        m_empty->setText(
            tr("No flow of this capture has the %1 packets a check needs.").arg(resonance::kFewestPackets));
}

void ResonanceDock::showFlow()
{
    if (m_pages->currentIndex() != ResultsPage)
        return;
    const FlowSelection& selection = focusState().selection;
    const std::uint32_t flow = selection.flows.size() == 1 ? selection.flows.front() : selection.current;
    if (flow != m_flow)
        m_shownMask = m_flow == flow::kNoFlow ? m_shownMask : resonance::kNoMask;
    m_flow = flow;
    const ResonanceIndex::Row* row = m_index.find(flow);
    const bool known = row != nullptr;
    for (QWidget* widget : std::initializer_list<QWidget*>{m_mask, m_watch, m_packets, m_reset})
        widget->setEnabled(known);
    if (!known) {
        m_headline->setText(flow == flow::kNoFlow ? tr("Select a flow, here or in the list.")
                                                  : tr("Flow %1 was not checked: it has fewer than %2 packets.")
                                                        .arg(flow)
                                                        .arg(resonance::kFewestPackets));
        m_both->clear();
        m_mask->clear();
        m_timeline->show({}, m_index.results()->limits);
        m_evidence->setEvidence({});
        m_evidenceNote->clear();
        m_matrix->setCurrent(flow::kNoFlow, resonance::kNoMask);
        return;
    }
    if (m_shownMask >= m_index.results()->maskIds.size())
        m_shownMask = row->bestMask;
    m_mask->clear();
    for (const std::string& id : m_index.results()->maskIds)
        m_mask->addItem(toQString(id));
    m_mask->setCurrentIndex(m_shownMask);
    m_watch->setChecked(m_watched[m_capture].contains(flow));
    const resonance::CheckRecord& best = m_index.check(row->latest[row->bestMask]);
    m_headline->setText(tr("Flow %1 resembles %2 most: %3")
                            .arg(flow)
                            .arg(toQString(m_index.results()->maskIds[row->bestMask]), resonanceText(best)));
    m_matrix->setCurrent(flow, m_shownMask);
    const auto checks = checksShown();
    m_timeline->show(checks, m_index.results()->limits);
    m_marks->setBase(checks.empty() ? Timestamp{} : checks.front().time);
    if (!checks.empty())
        showCheck(checks.size() - 1);
    showWhatIf();
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
        evidence.empty() ? tr("The signature of this mask cannot be compared; sizes and gaps alone were weighed.")
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
    if (same) {
        m_whatIf->setText(tr("Limits of the exact score: %1 and %2.")
                              .arg(QString::number(static_cast<double>(made.warning), 'g', 3),
                                   QString::number(static_cast<double>(made.compromised), 'g', 3)));
        return;
    }
    const resonance::Flips flips = flipsOf(*m_index.results(), m_shownMask, asked);
    m_whatIf->setText(
        tr("With %1 and %2, %3 of %4 checks against this mask would flip in %5 flows: %6 worse, %7 better.")
            .arg(QString::number(static_cast<double>(asked.warning), 'g', 3),
                 QString::number(static_cast<double>(asked.compromised), 'g', 3),
                 formatCount(flips.worse + flips.better), formatCount(flips.checks), formatCount(flips.flows.size()),
                 formatCount(flips.worse), formatCount(flips.better)));
}

void ResonanceDock::showPackets()
{
    if (!m_shownCheck || m_shownCheck->window == resonance::kNoWindow)
        return;
    const resonance::WindowRecord& window = m_index.results()->windows[m_shownCheck->window];
    focus().setSelection({m_flow}, m_flow);
    focus().setRange(TimeRange{std::min(window.from, window.time), std::max(window.from, window.time)});
    emit packetsRequested();
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
                         .arg(QString::fromLatin1(toString(check.status)),
                              toQString(m_index.results()->maskIds[check.mask]), exactScoreText(check),
                              resonanceText(check)));
    }
}

} // namespace timbre::ui
