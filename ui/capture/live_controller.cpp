#include "ui/capture/live_controller.h"

#include "engine/base/thread_name.h"
#include "ui/capture/capture_dialog.h"
#include "ui/capture/left_spools_dialog.h"
#include "ui/capture/save_job.h"
#include "ui/models/captures_model.h"
#include "ui/models/format.h"

#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QSettings>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QMessageBox>
#include <QtWidgets/QProgressDialog>
#include <QtWidgets/QPushButton>

#include <unistd.h>

namespace timbre::ui {

namespace {

constexpr int kShowProgressAfterMs = 300;

bool live(const SnapshotPtr& snapshot)
{
    return snapshot && snapshot->live && snapshot->live->active && snapshot->phase != pipeline::Phase::Failed;
}

std::filesystem::path pathOf(const QString& text)
{
    return QFile::encodeName(text).toStdString();
}

} // namespace

bool LiveController::s_rootAllowed = false;

LiveController::LiveController(EngineBridge& bridge, Focus& focus, Theme& theme, QWidget& window)
    : QObject(&window)
    , m_bridge(bridge)
    , m_focus(focus)
    , m_theme(theme)
    , m_window(window)
{
    makeActions();
    connect(&bridge, &EngineBridge::captureChanged, this, &LiveController::captureChanged);
    connect(&focus, &Focus::changed, this, [this](FocusParts parts) {
        if (parts.testFlag(FocusPart::Capture))
            update();
    });
    update();
}

LiveController::~LiveController() = default;

void LiveController::makeActions()
{
    const auto add = [this](const QString& text, const QString& shortText, const QString& toolTip,
                            const QKeySequence& keys) {
        auto* action = new QAction(text, this);
        action->setIconText(shortText);
        action->setToolTip(QStringLiteral("%1 (%2)").arg(toolTip, keys.toString(QKeySequence::NativeText)));
        action->setShortcut(keys);
        m_window.addAction(action);
        return action;
    };
    m_start = add(tr("&Capture…"), tr("Capture"), tr("Capture from an interface, or replay a file"),
                  QKeySequence(Qt::CTRL | Qt::Key_R));
    m_stop = add(tr("S&top capture"), tr("Stop"), tr("Stop the capture and keep what was captured"),
                 QKeySequence(Qt::CTRL | Qt::Key_Period));
    m_restart = add(tr("&Restart capture"), tr("Restart"), tr("Capture again with the same settings"),
                    QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_R));
    m_pause =
        add(tr("&Pause views"), tr("Pause"), tr("Hold the views still; the capture goes on"), QKeySequence(Qt::Key_F8));
    m_save = add(tr("&Save capture as…"), tr("Save"), tr("Save the packets of a live capture"), QKeySequence::SaveAs);
    m_pause->setCheckable(true);
    connect(m_start, &QAction::triggered, this, &LiveController::askWhatToCapture);
    connect(m_stop, &QAction::triggered, this, &LiveController::stopCurrent);
    connect(m_restart, &QAction::triggered, this, &LiveController::restart);
    connect(m_pause, &QAction::triggered, this, &LiveController::setPaused);
    connect(m_save, &QAction::triggered, this, &LiveController::saveCurrent);
}

SnapshotPtr LiveController::current() const
{
    return m_bridge.snapshot(m_focus.state().capture);
}

void LiveController::update()
{
    const SnapshotPtr snapshot = current();
    const bool running = live(snapshot) && snapshot->live->status.state != capture::LiveState::Ended;
    m_stop->setEnabled(running);
    m_stop->setVisible(snapshot && snapshot->live);
    m_restart->setEnabled(snapshot && m_requests.contains(snapshot->id) && !running);
    m_restart->setVisible(snapshot && snapshot->live);
    m_pause->setEnabled(live(snapshot));
    m_pause->setVisible(snapshot && snapshot->live);
    m_pause->setChecked(snapshot && m_bridge.paused(snapshot->id));
    m_save->setEnabled(snapshot && snapshot->live && !snapshot->live->active && !snapshot->live->saved &&
                       snapshot->phase == pipeline::Phase::Finished);
}

void LiveController::showDialog(const std::function<void(CaptureDialog&)>& prepare)
{
    auto* dialog = new CaptureDialog(m_watch, m_theme, &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (prepare)
        prepare(*dialog);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { start(dialog->request()); });
    dialog->open();
}

void LiveController::askWhatToCapture()
{
    showDialog({});
}

void LiveController::askForInterface(const QString& name)
{
    showDialog([name](CaptureDialog& dialog) { dialog.chooseInterface(name); });
}

void LiveController::askForReplay(const QString& file)
{
    showDialog([file](CaptureDialog& dialog) { dialog.chooseReplay(file); });
}

void LiveController::start(const pipeline::LiveRequest& request)
{
    if (geteuid() == 0 && !s_rootAllowed && request.options.replay.empty()) {
        emit messageArose(
            {Role::Bad,
             tr("Timbre runs as root and does not capture like that: start it as a normal user, the capture "
                "helper has the rights it needs."),
             tr("timbre --allow-root captures all the same."),
             {},
             {}});
        return;
    }
    const CaptureId id = m_bridge.startLive(request);
    if (id == 0)
        return;
    m_requests[id] = request;
    m_focus.setCapture(id);
    update();
}

void LiveController::stopCurrent()
{
    if (const SnapshotPtr snapshot = current(); live(snapshot)) {
        m_bridge.setPaused(snapshot->id, false);
        m_bridge.cancel(snapshot->id);
    }
}

void LiveController::restart()
{
    const auto known = m_requests.find(m_focus.state().capture);
    if (known != m_requests.end())
        start(pipeline::LiveRequest(known->second)); // a copy: starting adds to the map
}

void LiveController::setPaused(bool paused)
{
    const SnapshotPtr snapshot = current();
    if (!snapshot)
        return;
    m_bridge.setPaused(snapshot->id, paused);
    if (paused)
        emit said(tr("Views are paused; the capture goes on."));
}

void LiveController::captureChanged(CaptureId id)
{
    const SnapshotPtr snapshot = m_bridge.snapshot(id);
    if (!snapshot || !snapshot->live)
        return;
    if (id == m_focus.state().capture)
        update();
    tellNotices(*snapshot);
    const bool ended = snapshot->live->status.state == capture::LiveState::Ended;
    if (ended && snapshot->live->status.failure && m_told.insert(id).second)
        tellEnd(*snapshot);
}

/// What happened and did not end the capture: a link that went down, a clock that was set.
void LiveController::tellNotices(const pipeline::CaptureSnapshot& snapshot)
{
    const std::vector<std::string>& notices = snapshot.live->status.notices;
    std::size_t& told = m_noticesTold[snapshot.id];
    for (; told < notices.size(); ++told)
        emit messageArose({Role::Watch,
                           QStringLiteral("%1: %2").arg(toQString(snapshot.live->title), toQString(notices[told])),
                           {},
                           {},
                           {}});
}

/// A capture that ended by itself: why, what is kept, and the one key that goes on.
void LiveController::tellEnd(const pipeline::CaptureSnapshot& snapshot)
{
    const capture::LiveStatus& status = snapshot.live->status;
    WindowMessage message;
    message.text = QStringLiteral("%1: %2").arg(toQString(snapshot.live->title), toQString(status.failure->message));
    if (status.rightsMissing) {
        const QString command = toQString(status.failure->detail);
        message.detail = tr("This grants the rights, once: %1").arg(command);
        message.actionText = tr("Copy the command");
        message.action = [command] { QGuiApplication::clipboard()->setText(command); };
    } else {
        message.detail = tr("%1 packets were captured.").arg(formatCount(status.written()));
        message.actionText =
            m_requests.contains(snapshot.id) && snapshot.id == m_focus.state().capture
                ? tr("Capture again (%1)").arg(m_restart->shortcut().toString(QKeySequence::NativeText))
                : tr("Capture again");
        message.action = [this, id = snapshot.id] {
            const auto known = m_requests.find(id);
            if (known != m_requests.end())
                start(pipeline::LiveRequest(known->second));
        };
    }
    emit messageArose(message);
}

void LiveController::saveCurrent()
{
    const SnapshotPtr snapshot = current();
    if (!snapshot || !m_save->isEnabled())
        return;
    const QString folder = QSettings().value(QStringLiteral("openFolder")).toString();
    const QString target = QFileDialog::getSaveFileName(
        &m_window, tr("Save capture as"), folder + QLatin1String("/capture.pcapng"), tr("Captures (*.pcapng)"));
    if (!target.isEmpty())
        save(snapshot->id, target);
}

void LiveController::save(CaptureId id, const QString& target)
{
    const SnapshotPtr snapshot = m_bridge.snapshot(id);
    auto* job = new SaveJob(snapshot->path, pathOf(target), this);
    auto* progress =
        new QProgressDialog(tr("Saving to “%1”").arg(QFileInfo(target).fileName()), tr("Stop"), 0, 1000, &m_window);
    progress->setWindowTitle(tr("Save capture"));
    progress->setMinimumDuration(kShowProgressAfterMs);
    progress->setValue(0);
    connect(job, &SaveJob::progressed, progress, &QProgressDialog::setValue);
    connect(progress, &QProgressDialog::canceled, job, &SaveJob::stop);
    connect(job, &SaveJob::finished, this, [this, job, progress, id, target](const std::optional<Error>& failure) {
        progress->deleteLater();
        job->deleteLater();
        if (failure) {
            emit messageArose({Role::Bad, toQString(failure->message), toQString(failure->detail), {}, {}});
            return;
        }
        m_bridge.spoolSaved(id, target);
        QSettings().setValue(QStringLiteral("openFolder"), QFileInfo(target).absolutePath());
        emit said(tr("Saved as “%1”.").arg(QFileInfo(target).fileName()));
    });
}

std::vector<CaptureId> LiveController::unsaved() const
{
    std::vector<CaptureId> ids;
    for (const CaptureId id : m_bridge.captures()) {
        const SnapshotPtr snapshot = m_bridge.snapshot(id);
        if (snapshot && snapshot->live && !snapshot->live->saved && snapshot->phase != pipeline::Phase::Failed)
            ids.push_back(id);
    }
    return ids;
}

bool LiveController::mayClose()
{
    const std::vector<CaptureId> ids = unsaved();
    if (ids.empty())
        return true;
    QStringList names;
    for (const CaptureId id : ids)
        names << captureName(*m_bridge.snapshot(id));
    QMessageBox question(QMessageBox::Question, tr("Captures that are not saved"),
                         tr("%Ln capture(s) are not saved: %1.", nullptr, static_cast<int>(ids.size()))
                             .arg(names.join(QStringLiteral(", "))),
                         QMessageBox::NoButton, &m_window);
    question.setInformativeText(tr("Removed packets cannot be brought back. Kept ones are offered at the next start."));
    QPushButton* remove = question.addButton(tr("Remove them"), QMessageBox::DestructiveRole);
    QPushButton* keep = question.addButton(tr("Keep them"), QMessageBox::AcceptRole);
    QPushButton* cancel = question.addButton(QMessageBox::Cancel);
    question.setDefaultButton(keep);
    question.exec();
    if (question.clickedButton() == cancel || question.clickedButton() == nullptr)
        return false;
    if (question.clickedButton() == remove) {
        for (const CaptureId id : ids)
            m_bridge.discardLive(id, capture::Removal::Plain);
    }
    return true;
}

void LiveController::lookForLeftSpools()
{
    m_search = std::jthread([this] {
        setThreadName("timbre-spools");
        auto left = capture::findLeftSpools(capture::defaultSpoolRoot());
        QMetaObject::invokeMethod(
            this, [this, left = std::move(left)] { tellLeft(left); }, Qt::QueuedConnection);
    });
}

void LiveController::tellLeft(const std::vector<capture::LeftSpool>& left)
{
    if (left.empty())
        return;
    WindowMessage message;
    message.state = Role::Watch;
    message.text = tr("%Ln live capture(s) of an earlier run were kept.", nullptr, static_cast<int>(left.size()));
    message.actionText = tr("Show them…");
    message.action = [this, left] {
        auto* dialog = new LeftSpoolsDialog(left, m_theme, &m_window);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &LeftSpoolsDialog::openRequested, this, &LiveController::openRequested);
        connect(dialog, &LeftSpoolsDialog::problemArose, this, [this](const QString& text) {
            emit messageArose({Role::Bad, text, {}, {}, {}});
        });
        dialog->open();
    };
    emit messageArose(message);
}

} // namespace timbre::ui
