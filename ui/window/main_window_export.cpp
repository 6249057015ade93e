// Exporting from the window: the dialog, the work on its own thread, what is said of it.

#include "ui/dialogs/export_dialog.h"
#include "ui/docks/flows_dock.h"
#include "ui/window/main_window.h"

#include <QtCore/QFileInfo>
#include <QtWidgets/QProgressDialog>

namespace timbre::ui {

namespace {

constexpr int kShowProgressAfterMs = 300;

} // namespace

void MainWindow::exportWhatIsShown()
{
    const auto capture = m_bridge.snapshot(m_focus.state().capture);
    const auto flows = m_flows->model().sharedFlows();
    if (!capture || !flows || flows->size() == 0) {
        say(tr("There are no flows to export."));
        return;
    }
    auto* dialog = new ExportDialog({.capture = capture,
                                     .flows = flows,
                                     .shown = m_flows->model().rows(),
                                     .selected = m_focus.state().selection.flows,
                                     .range = m_focus.state().range},
                                    ExportForm::Csv, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { startExport(dialog->request(), dialog->target()); });
    dialog->open();
}

void MainWindow::startExport(ExportRequest request, const QString& target)
{
    const bool packets = std::holds_alternative<pipeline::PacketExportRequest>(request);
    const QString name = QFileInfo(target).fileName();
    auto* job = new ExportJob(std::move(request), this);
    auto* progress = new QProgressDialog(tr("Exporting to “%1”").arg(name), tr("Stop"), 0, 1000, this);
    progress->setWindowTitle(tr("Export"));
    progress->setWindowModality(Qt::NonModal);
    progress->setMinimumDuration(kShowProgressAfterMs);
    progress->setValue(0);
    connect(job, &ExportJob::progressed, progress, &QProgressDialog::setValue);
    connect(progress, &QProgressDialog::canceled, job, &ExportJob::stop);
    connect(job, &ExportJob::finished, this,
            [this, job, progress, packets, name](quint64 written, const std::optional<Error>& failure) {
                progress->deleteLater();
                job->deleteLater();
                if (!failure)
                    say(packets ? tr("%Ln packet(s) written to “%1”.", nullptr, static_cast<int>(written)).arg(name)
                                : tr("%Ln flow(s) written to “%1”.", nullptr, static_cast<int>(written)).arg(name));
                else if (failure->code == ErrorCode::Cancelled)
                    say(QString::fromStdString(failure->message));
                else
                    warn(QString::fromStdString(failure->message));
            });
}

} // namespace timbre::ui
