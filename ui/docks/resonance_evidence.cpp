// The evidence of the check that is chosen, what other limits would flip, and the ways to the flows and packets.

#include "engine/resonance/what_if.h"
#include "ui/docks/evidence_drawer.h"
#include "ui/docks/resonance_dock.h"
#include "ui/docks/scroll_manners.h"
#include "ui/docks/table_actions.h"
#include "ui/models/evidence_model.h"
#include "ui/models/flips_model.h"
#include "ui/models/format.h"
#include "ui/models/table_setup.h"
#include "ui/plots/resonance_matrix.h"
#include "ui/plots/resonance_timeline.h"

#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QTableView>

#include <algorithm>

namespace timbre::ui {

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
    m_evidenceView->setItemDelegateForColumn(EvidenceModel::Agrees, new WordThatFits(m_evidenceView));
    m_evidenceView->setItemDelegateForColumn(EvidenceModel::Picture, new EvidencePicture(theme(), m_evidenceView));
    m_evidenceView->horizontalHeader()->setSectionResizeMode(EvidenceModel::Picture, QHeaderView::Stretch);
    m_evidenceView->horizontalHeader()->setMinimumSectionSize(20);
    constexpr std::array kEvidenceWidths = {26, 22, 98, 38, 76}; // the picture gets the rest
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
    connect(m_flipsView, &QTableView::clicked, this, &ResonanceDock::showFlip);
    makeTableActions();
    m_tabs->addTab(m_evidenceView, tr("Evidence"));
    m_tabs->addTab(m_flipsView, tr("Flips"));
    m_tabs->setTabToolTip(1, tr("Past checks that the dragged limits would have judged differently"));
    return m_tabs;
}

void ResonanceDock::makeTableActions()
{
    keepColumns(*m_evidenceView, QStringLiteral("evidence"));
    keepColumns(*m_flipsView, QStringLiteral("flips"));
    const auto meaning = [this](std::uint32_t subject) {
        return RowMeaning{termsOf(subject, m_shownMask), flowsBehind(subject)};
    };
    auto* evidence = new TableActions(*m_evidenceView, m_bridge, *this, focus(), theme(),
                                      [this, meaning](const QModelIndex&) { return meaning(m_flow); });
    evidence->setPeek(&spelledOut); // the feature is what the row is about
    evidence->setOpen(tr("Packets of the window"), [this](const QModelIndex&) { showPackets(); });
    auto* flips =
        new TableActions(*m_flipsView, m_bridge, *this, focus(), theme(),
                         [this, meaning](const QModelIndex& at) { return meaning(m_flips->at(at.row()).flow); });
    for (TableActions* actions : {evidence, flips})
        actions->setMore([this](QMenu& menu, const QModelIndex&) { menu.addAction(&m_drawer->toggleAction()); });
    flips->setOpen(tr("Show this check"), [this](const QModelIndex& at) { showFlip(at); });
}

void ResonanceDock::showHead(const resonance::CheckRecord& check)
{
    const std::string& most = m_index.results()->maskIds[m_index.find(m_flow)->bestMask];
    m_drawer->setHead({.subject = tr("%1 resembles %2 most").arg(m_source->nameOf(m_flow), toQString(most)),
                       .state = roleOf(check.status),
                       .verdict = statusText(check.status),
                       .sureness = tr("resonance %1").arg(resonanceText(check))});
    m_drawer->setToolTip(m_source->leftOut());
}

/// Why there is no evidence; nothing where there is.
void ResonanceDock::sayNote(const QString& note)
{
    m_evidenceNote->setText(note);
    m_evidenceNote->setVisible(!note.isEmpty());
}

void ResonanceDock::showEvidence(const resonance::CheckRecord& check)
{
    const resonance::MonitorResults& results = *m_index.results();
    const auto& model = results.masks[check.mask];
    const bool kept = check.window != resonance::kNoWindow;
    const bool ofRecording = m_kind == resonance::SubjectKind::Recording; // of which no packets are kept
    m_drawer->setWays(!ofRecording, kept && !ofRecording);
    if (!model || !kept) {
        m_evidence->setEvidence({});
        sayNote(!kept ? tr("What the window looked like was not kept: the limit of kept windows was reached.")
                      : tr("The mask is not at hand, so that only its scores can be shown."));
        return;
    }
    const resonance::WindowRecord& window = results.windows[check.window];
    auto evidence = evidenceOf(featuresOf(window), {window.packets[0], window.packets[1]}, *model);
    EvidenceHead head = m_drawer->head();
    for (const resonance::FeatureEvidence& item : evidence)
        ++(item.weight > 0 ? head.speakFor : head.speakAgainst);
    m_drawer->setHead(head);
    if (evidence.empty())
        sayNote(model->up.known.any()
                    ? tr("Too few packets each way for features; sizes and gaps alone were weighed.")
                    : tr("The signature of this mask cannot be compared; sizes and gaps alone were weighed."));
    else
        sayNote({});
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

/// A recording stands for no flow of this capture.
std::vector<std::uint32_t> ResonanceDock::flowsBehind(std::uint32_t subject) const
{
    if (subject == flow::kNoFlow || m_kind == resonance::SubjectKind::Recording)
        return {};
    const resonance::Subject* pair = m_source->subject(subject);
    return pair ? flowsOf(*pair) : std::vector{subject};
}

void ResonanceDock::showFlows()
{
    std::vector<std::uint32_t> flows = flowsBehind(m_flow);
    if (flows.empty())
        return;
    const std::uint32_t first = flows.front();
    focus().setSelection(std::move(flows), first);
    emit flowsWanted();
}

void ResonanceDock::showPackets()
{
    if (!m_shownCheck || m_shownCheck->window == resonance::kNoWindow)
        return;
    const resonance::WindowRecord& window = m_index.results()->windows[m_shownCheck->window];
    std::vector<std::uint32_t> flows = flowsBehind(m_flow);
    if (flows.empty())
        return;
    const std::uint32_t first = flows.front();
    focus().setSelection(std::move(flows), first);
    focus().setRange(TimeRange{std::min(window.from, window.time), std::max(window.from, window.time)});
    emit packetsRequested();
}

} // namespace timbre::ui
