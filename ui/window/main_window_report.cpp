// The report of the case: the dialog, what is gathered from the views and from the engine, and what is said of it.

#include "engine/pipeline/flow_query.h"
#include "ui/bridge/flow_query_bridge.h"
#include "ui/dialogs/proposed_folder.h"
#include "ui/dialogs/report_dialog.h"
#include "ui/docks/dock.h"
#include "ui/models/captures_model.h"
#include "ui/models/format.h"
#include "ui/report/report_file.h"
#include "ui/report/report_masks.h"
#include "ui/report/report_sections.h"
#include "ui/window/main_window.h"

#include <QtCore/QDateTime>
#include <QtCore/QFileInfo>

namespace timbre::ui {

namespace {

/// Flows and Overview tell most of a case; the others are a tick away.
bool usuallyShown(const Dock& dock)
{
    return dock.objectName() == QStringLiteral("flows") || dock.objectName() == QStringLiteral("overview");
}

} // namespace

void MainWindow::askForReport()
{
    const SnapshotPtr capture = m_bridge.snapshot(m_focus.state().capture);
    if (!capture || capture->flows->size() == 0) {
        say(tr("Open a capture to make a report of it."));
        return;
    }
    std::vector<ReportView> views;
    for (const Dock* dock : m_docks.all()) {
        if (dock->isVisible())
            views.push_back({dock->objectName(), dock->facts().title, usuallyShown(*dock)});
    }
    const QFileInfo file(toQString(capture->path));
    auto* dialog =
        new ReportDialog(tr("Report on %1").arg(captureName(*capture)),
                         proposedFolder(file).filePath(file.completeBaseName() + QStringLiteral("-report.html")), views,
                         static_cast<int>(allNotes(*capture).size()), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, capture] { makeReport(*dialog, capture); });
    dialog->open();
}

/// Of the capture, and of the recordings and masks in its workspace.
pipeline::NoteList MainWindow::allNotes(const pipeline::CaptureSnapshot& capture) const
{
    pipeline::NoteList notes = capture.notes ? *capture.notes : pipeline::NoteList{};
    if (const auto ofWorkspace = m_bridge.workspaceNotes())
        notes.insert(notes.end(), ofWorkspace->begin(), ofWorkspace->end());
    return notes;
}

ReportPicture MainWindow::pictureOf(Dock& dock, const pipeline::CaptureSnapshot& capture) const
{
    const FocusState& state = dock.focusState();
    QStringList conditions = conditionsOf(state, m_focus);
    if (state.selection.current < capture.flows->size())
        conditions << tr("Selected: flow %1").arg(state.selection.current);
    return {dock.facts().title, dock.widget()->grab().toImage(), conditions,
            flowsCommand(capture, state, toQString(m_bridge.workspace().path.string()))};
}

void MainWindow::makeReport(const ReportDialog& dialog, const SnapshotPtr& capture)
{
    auto content = std::make_shared<ReportContent>();
    content->title = dialog.title();
    content->made = tr("Made with Timbre %1 on %2.")
                        .arg(QLatin1String(TIMBRE_VERSION),
                             QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyy-MM-dd hh:mm 'UTC'")));
    content->facts = captureFacts(*capture, m_focus);
    content->remarks = captureRemarks(*capture);
    content->withNotes = dialog.withNotes();
    if (content->withNotes)
        content->notes = notesOf(allNotes(*capture), notedThings(m_bridge, capture->id), m_focus);
    for (const QString& id : dialog.views()) {
        if (Dock* dock = findChild<Dock*>(id))
            content->pictures.push_back(pictureOf(*dock, *capture));
    }
    for (ReportTable& table :
         std::vector{maskTable(*capture, m_focus), voiceTable(*capture, m_focus), anomalyTable(*capture, m_focus)}) {
        if (!table.rows.empty())
            content->tables.push_back(table);
    }

    pipeline::FlowQueryRequest request;
    request.snapshot = capture->flows;
    request.filter = query::Filter::compile(m_focus.state().filter.toStdString()).filter;
    request.range = m_focus.state().range;
    request.captureTime = capture->timeRange;
    request.sort = {{query::Field::Bytes, true}};
    auto* query = new FlowQueryBridge(this); // sorting a million flows takes longer than a frame
    const std::size_t limit = dialog.flowRows();
    const FocusState state = m_focus.state();
    connect(query, &FlowQueryBridge::answered, this,
            [this, query, content, capture, limit, state, target = dialog.target(),
             overwrite = dialog.overwrite()](const pipeline::FlowQueryResult& found) {
                if (found.partial)
                    return;
                query->deleteLater();
                addFlowTable(*content, *capture, *found.rows, limit, state);
                if (const auto done = writeReport(*content, target, overwrite); done)
                    say(tr("Report written to “%1”.").arg(QFileInfo(target).fileName()));
                else
                    warn(toQString(done.error().message));
            });
    query->ask(std::move(request));
}

void MainWindow::addFlowTable(ReportContent& content, const pipeline::CaptureSnapshot& capture,
                              const std::vector<std::uint32_t>& rows, std::size_t limit, const FocusState& state) const
{
    if (limit == 0)
        return;
    ReportTable table = flowTable(capture, rows, limit, m_focus);
    table.remark += QLatin1Char(' ') + conditionsOf(state, m_focus).join(QStringLiteral(". ")) + QLatin1Char('.');
    table.command = flowsCommand(capture, state, toQString(m_bridge.workspace().path.string()),
                                 QStringLiteral("--sort=-flow.bytes --limit %1").arg(limit));
    content.tables.push_back(std::move(table));
}

} // namespace timbre::ui
