#include "ui/report/report_masks.h"

#include "engine/resonance/calibration.h"
#include "ui/models/feature_texts.h"
#include "ui/models/format.h"
#include "ui/models/resonance_index.h"
#include "ui/plots/resonance_matrix.h"
#include "ui/report/report_sections.h"

#include <QtCore/QCoreApplication>

namespace timbre::ui {

namespace {

constexpr std::size_t kMostFlows = 100;  // with their evidence
constexpr std::size_t kMostFeatures = 3; // for, and against
constexpr double kWorthTelling = 50.0;   // of 100; below it a flow does not resemble the mask

QString tr(const char* text)
{
    return QCoreApplication::translate("timbre::ui", text);
}

/// "↑ mean size 0.412, expected 0.398" of the features on one side of the scales, heaviest first.
QString featuresText(const std::vector<resonance::FeatureEvidence>& evidence, bool speaksFor)
{
    QStringList words;
    for (const resonance::FeatureEvidence& one : evidence) {
        if ((one.weight > 0.0F) != speaksFor || one.weight == 0.0F)
            continue;
        words << tr("%1 %2 %3, expected %4")
                     .arg(one.side == flow::Side::Initiator ? QStringLiteral("↑") : QStringLiteral("↓"),
                          featureText(one.feature),
                          QString::number(static_cast<double>(one.value), 'f', 3),
                          QString::number(static_cast<double>(one.expected), 'f', 3));
        if (words.size() == static_cast<qsizetype>(kMostFeatures))
            break;
    }
    return words.join(QStringLiteral("; "));
}

std::vector<resonance::FeatureEvidence> evidenceFor(const resonance::MonitorResults& results,
                                                    const resonance::CheckRecord& check)
{
    const auto& model = results.masks[check.mask];
    if (!model || check.window == resonance::kNoWindow)
        return {};
    const resonance::WindowRecord& window = results.windows[check.window];
    return resonance::evidenceOf(resonance::featuresOf(window), {window.packets[0], window.packets[1]}, *model);
}

QStringList rowOf(const pipeline::CaptureSnapshot& capture, const ResonanceIndex& index, const ResonanceIndex::Row& row,
                  const Focus& focus)
{
    const resonance::MonitorResults& results = *index.results();
    const resonance::CheckRecord& check = index.check(row.latest[row.bestMask]);
    const flow::FlowRecord& record = (*capture.flows)[row.flow];
    const auto evidence = evidenceFor(results, check);
    return {QString::number(row.flow),
            formatEndpoint(record, flow::Side::Initiator),
            formatEndpoint(record, flow::Side::Responder),
            toQString(results.maskIds[check.mask]),
            resonanceText(check),
            exactScoreText(check),
            focus.formatTime(check.time, 3),
            featuresText(evidence, true),
            featuresText(evidence, false)};
}

} // namespace

ReportTable maskTable(const pipeline::CaptureSnapshot& capture, const Focus& focus)
{
    ReportTable table;
    table.title = tr("Flows that resemble masks");
    table.columns = {tr("No."),         tr("Client"),     tr("Server"),     tr("Mask"),          tr("Resonance"),
                     tr("Exact score"), tr("Checked at"), tr("Speaks for"), tr("Speaks against")};
    table.numbers = {true};
    if (!capture.resonance)
        return table;
    ResonanceIndex index;
    index.update(capture.resonance);
    std::size_t alike = 0;
    for (const ResonanceIndex::Row* row : index.best(index.rows().size())) {
        if (static_cast<double>(row->bestScore) < kWorthTelling || row->flow >= capture.flows->size() ||
            row->bestMask == resonance::kNoMask)
            continue;
        if (++alike <= kMostFlows)
            table.rows.push_back(rowOf(capture, index, *row, focus));
    }
    table.remark =
        tr("%1 of %2 checked flows with a resonance of %3 or more; %4 are shown, the most alike first. Limits of the "
           "exact score: warning from %5, compromised from %6. A resemblance is no proof: see the manual on what the "
           "scores mean. MASKS in the command is a folder with these masks, as the Masks dock exports them.")
            .arg(formatCount(alike), formatCount(index.rows().size()), QString::number(kWorthTelling),
                 formatCount(table.rows.size()),
                 QString::number(static_cast<double>(capture.resonance->limits.warning), 'g', 3),
                 QString::number(static_cast<double>(capture.resonance->limits.compromised), 'g', 3));
    table.command = QStringLiteral("timbre-cli resonance ") + shellWord(toQString(capture.path)) +
                    QStringLiteral(" --masks MASKS --final --evidence 6 --text");
    return table;
}

} // namespace timbre::ui
