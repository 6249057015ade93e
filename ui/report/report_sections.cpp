#include "ui/report/report_sections.h"

#include "engine/audio/stream_report.h"
#include "engine/pipeline/flow_fields.h"
#include "engine/query/parser.h"
#include "engine/trends/trends_result.h"
#include "ui/models/format.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDateTime>
#include <QtCore/QRegularExpression>
#include <QtCore/QTimeZone>

#include <algorithm>

namespace timbre::ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("timbre::ui", text);
}

/// Thin spaces of the screen are plain digits' neighbours on paper, too: they stay.
QString times(const TimeRange& range, const Focus& focus)
{
    return QCoreApplication::translate("Report", "%1 to %2 %3, %4")
        .arg(focus.formatTime(range.begin), focus.formatTime(range.end), focus.zoneName(range.begin),
             formatDuration(elapsedNs(range.begin, range.end)));
}

bool speaksOfNotes(const query::Expression& expression)
{
    if (expression.field.field == query::Field::NoteText || expression.field.field == query::Field::Tag)
        return true;
    return std::ranges::any_of(expression.children, [](const auto& child) { return speaksOfNotes(*child); });
}

QString display(const pipeline::FlowRow& row, query::Field field, const Focus& focus)
{
    return toQString(pipeline::displayText(row, field, focus.zone()));
}

QString serverName(const flow::FlowSnapshot& flows, const flow::FlowRecord& record)
{
    for (const StringId name : {record.serverName, record.httpHost, record.hostNames[1]}) {
        if (name != 0)
            return toQString(flows.name(name));
    }
    return {};
}

QString reasonsText(const audio::StreamReport& stream)
{
    const audio::CalibratedVerdict& verdict = stream.calibrated;
    constexpr std::size_t kReasons = 3;
    QStringList words;
    for (std::size_t i = 0; i < std::min(kReasons, verdict.reasons.size()); ++i)
        words << toQString(verdict.reasons[i].text);
    if (verdict.missing != audio::Missing::Nothing)
        words.prepend(toQString(stream.missing()));
    return words.join(QStringLiteral("; "));
}

} // namespace

std::vector<ReportFact> captureFacts(const pipeline::CaptureSnapshot& capture, const Focus& focus)
{
    const auto& facts = capture.facts;
    std::vector<ReportFact> out;
    const auto add = [&out](const QString& name, const QString& value) {
        if (!value.isEmpty())
            out.push_back({name, value});
    };
    add(tr("File"), toQString(capture.path));
    add(tr("Size"), QStringLiteral("%1 (%2 B)").arg(formatBytes(facts.fileBytes), formatCount(facts.fileBytes)));
    add(tr("Format"), toQString(facts.format));
    add(tr("Compression"), toQString(facts.compression));
    add(tr("Captured by"), toQString(facts.application));
    add(tr("Captured on"), QStringList{toQString(facts.hardware), toQString(facts.operatingSystem)}
                               .filter(QRegularExpression(QStringLiteral(".")))
                               .join(QStringLiteral(", ")));
    for (const capture::InterfaceFacts& one : facts.interfaces) {
        QString text = QCoreApplication::translate("Report", "%1: %2 packets")
                           .arg(toQString(one.name.empty() ? one.description : one.name), formatCount(one.packets));
        if (one.dropped)
            text += QCoreApplication::translate("Report", ", %1 dropped").arg(formatCount(*one.dropped));
        add(tr("Interface"), text);
    }
    if (capture.timeRange)
        add(tr("Time"), times(*capture.timeRange, focus));
    add(tr("Packets"), formatCount(capture.counters.packets));
    add(tr("Bytes captured"), formatBytes(capture.counters.capturedBytes));
    add(tr("Flows"), formatCount(capture.flows->size()));
    return out;
}

QStringList captureRemarks(const pipeline::CaptureSnapshot& capture)
{
    QStringList remarks;
    if (capture.phase != pipeline::Phase::Finished)
        remarks << tr("The capture had not been analysed to its end when this report was made.");
    for (const capture::ReaderMessage& message : capture.messages) {
        if (message.severity != capture::Severity::Note)
            remarks << toQString(message.text);
    }
    const auto& counters = capture.counters;
    if (counters.rowsDropped > 0)
        remarks << tr("%1 flows are not listed, because the list of flows was full.")
                       .arg(formatCount(counters.rowsDropped));
    if (counters.flowsEvicted > 0)
        remarks << tr("%1 flows were put out of the full flow table before they ended.")
                       .arg(formatCount(counters.flowsEvicted));
    if (!capture.facts.losses.empty())
        remarks << tr("Packets were lost while capturing; figures about those stretches are too low.");
    return remarks;
}

std::vector<ReportNote> notesOf(const pipeline::NoteList& notes, const NotedThings& things, const Focus& focus)
{
    std::vector<ReportNote> out;
    for (const pipeline::ShownNote& shown : notes) {
        QStringList tags;
        for (const std::string& tag : shown.note.tags)
            tags << toQString(tag);
        const auto written = QDateTime::fromMSecsSinceEpoch(shown.note.changed.ns / 1'000'000, QTimeZone::utc());
        out.push_back({aboutText(shown, things, focus), toQString(shown.note.text), tags.join(QStringLiteral(", ")),
                       tr("Written %1").arg(written.toString(QStringLiteral("yyyy-MM-dd hh:mm 'UTC'"))),
                       shown.note.bookmark});
    }
    return out;
}

QStringList conditionsOf(const FocusState& state, const Focus& focus)
{
    return {state.filter.isEmpty() ? tr("Filter: none, every flow") : tr("Filter: %1").arg(state.filter),
            state.range ? tr("Time range: %1").arg(times(*state.range, focus)) : tr("Time range: the whole capture")};
}

QString shellWord(const QString& text)
{
    QString quoted = text;
    return QLatin1Char('\'') + quoted.replace(QLatin1Char('\''), QStringLiteral("'\\''")) + QLatin1Char('\'');
}

QString flowsCommand(const pipeline::CaptureSnapshot& capture, const FocusState& state, const QString& workspace,
                     const QString& more)
{
    const auto parsed = query::parse(state.filter.toStdString());
    const bool fromWorkspace = parsed.ok() && speaksOfNotes(*parsed.expression) && !workspace.isEmpty();
    QString command =
        QStringLiteral("timbre-cli flows ") + shellWord(fromWorkspace ? workspace : toQString(capture.path));
    if (!state.filter.isEmpty())
        command += QStringLiteral(" --filter ") + shellWord(state.filter);
    if (state.range)
        command += QStringLiteral(" --from %1 --to %2")
                       .arg(toQString(formatUtc(state.range->begin)), toQString(formatUtc(state.range->end)));
    return more.isEmpty() ? command : command + QLatin1Char(' ') + more;
}

ReportTable flowTable(const pipeline::CaptureSnapshot& capture, const std::vector<std::uint32_t>& rows,
                      std::size_t limit, const Focus& focus)
{
    using query::Field;
    ReportTable table;
    table.title = tr("Largest flows");
    table.columns = {tr("No."),  tr("Protocol"),  tr("Client"),   tr("Server"), tr("Application"),
                     tr("Name"), tr("Start"),     tr("Duration"), tr("Bytes"),  tr("Packets"),
                     tr("Mask"), tr("Resonance"), tr("Notes")};
    table.numbers = {true, false, false, false, false, false, false, true, true, true, false, true, false};
    for (std::size_t i = 0; i < std::min(limit, rows.size()); ++i) {
        const flow::FlowRecord& record = (*capture.flows)[rows[i]];
        const pipeline::FlowRow row(*capture.flows, record);
        table.rows.push_back({QString::number(record.index), display(row, Field::Proto, focus),
                              formatEndpoint(record, flow::Side::Initiator),
                              formatEndpoint(record, flow::Side::Responder), display(row, Field::App, focus),
                              serverName(*capture.flows, record), focus.formatTime(record.started, 3),
                              formatDuration(record.durationNs()), formatBytes(record.bytes()),
                              formatCount(record.packets()), display(row, Field::Mask, focus),
                              display(row, Field::Resonance, focus), display(row, Field::NoteText, focus)});
    }
    table.remark = QCoreApplication::translate("Report", "%1 of %2 flows, by captured bytes.")
                       .arg(formatCount(table.rows.size()), formatCount(rows.size()));
    return table;
}

ReportTable anomalyTable(const pipeline::CaptureSnapshot& capture, const Focus& focus)
{
    ReportTable table;
    table.title = tr("Anomalies");
    table.columns = {tr("First seen"), tr("Severity"), tr("Kind"), tr("What"), tr("Times"), tr("Who")};
    table.numbers = {false, false, false, false, true, false};
    if (!capture.trends || !capture.trends->anomalies)
        return table;
    constexpr std::int64_t kNsPerMs = 1'000'000;
    for (const auto& row : *capture.trends->anomalies) {
        if (table.rows.size() == kMaxReportRows)
            break;
        const trends::Anomaly& anomaly = row->anomaly;
        QStringList who;
        for (const StringId entity : anomaly.entities)
            who << toQString(capture.trends->text(entity));
        table.rows.push_back({focus.formatTime({anomaly.detectedMs * kNsPerMs}, 3),
                              QString::fromLatin1(trends::toString(anomaly.severity)),
                              QString::fromLatin1(trends::titleOf(anomaly.type)),
                              toQString(trends::describe(anomaly, *capture.trends->names)), formatCount(row->count),
                              who.join(QStringLiteral(", "))});
    }
    table.remark = QCoreApplication::translate("Report", "%1 of %2 rows. An anomaly is a departure from what was usual "
                                                         "in this capture, not a proof of an attack.")
                       .arg(formatCount(table.rows.size()), formatCount(capture.trends->anomalies->size()));
    table.command = QStringLiteral("timbre-cli anomalies ") + shellWord(toQString(capture.path));
    return table;
}

ReportTable voiceTable(const pipeline::CaptureSnapshot& capture, const Focus& focus)
{
    ReportTable table;
    table.title = tr("Voice streams and their verdicts");
    table.columns = {tr("From"),    tr("To"),   tr("Kind"),    tr("Codec"),      tr("Start"),
                     tr("Packets"), tr("Lost"), tr("Verdict"), tr("Confidence"), tr("Reasons")};
    table.numbers = {false, false, false, false, false, true, true, false, true, false};
    if (!capture.audio)
        return table;
    const auto end = [](const audio::StreamEnd& one) {
        return QStringLiteral("%1 %2").arg(toQString(toString(one.address))).arg(one.port);
    };
    for (const auto& stream : capture.audio->streams) {
        if (table.rows.size() == kMaxReportRows)
            break;
        table.rows.push_back(
            {end(stream->source), end(stream->destination), QString::fromLatin1(audio::toString(stream->kind)),
             toQString(stream->codec), focus.formatTime(stream->first, 3), formatCount(stream->packets),
             formatCount(stream->lost), QString::fromLatin1(audio::toString(stream->calibrated.verdict)),
             QString::number(stream->calibrated.confidence, 'f', 2), reasonsText(*stream)});
    }
    table.remark = QCoreApplication::translate("Report", "%1 of %2 streams. A verdict is a judgement from timing and "
                                                         "sizes with the confidence shown, not a proof.")
                       .arg(formatCount(table.rows.size()), formatCount(capture.audio->streams.size()));
    table.command =
        QStringLiteral("timbre-cli audio ") + shellWord(toQString(capture.path)) + QStringLiteral(" --text");
    return table;
}

} // namespace timbre::ui
