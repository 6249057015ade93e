#pragma once

// Live captures in the window: the actions that start, stop, restart, pause and save them, the dialog behind the first,
// the questions before something captured would be lost, and what an earlier run left behind. GUI thread only.

#include "engine/capture/spool.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/capture/interface_watch.h"
#include "ui/focus/focus.h"
#include "ui/theme/theme.h"
#include "ui/window/message_bar.h"

#include <QtGui/QAction>

#include <unordered_set>

class QWidget;

namespace timbre::ui {

class LiveController : public QObject {
    Q_OBJECT

public:
    LiveController(EngineBridge& bridge, Focus& focus, Theme& theme, QWidget& window);
    ~LiveController() override;

    /// Start, Stop, Restart, Pause: for the toolbar; Save is for menus only.
    [[nodiscard]] std::vector<QAction*> toolbarActions() const { return {m_start, m_stop, m_restart, m_pause}; }
    [[nodiscard]] std::vector<QAction*> menuActions() const { return {m_start, m_stop, m_restart, m_pause, m_save}; }
    [[nodiscard]] InterfaceWatch& interfaces() { return m_watch; }

    void askWhatToCapture();
    void askForInterface(const QString& name);
    void askForReplay(const QString& file);
    void start(const pipeline::LiveRequest& request);

    /// Asks, once, when captures would be lost. False: the window stays.
    [[nodiscard]] bool mayClose();
    /// Looks for what a crash left behind, away from this thread, and tells of it.
    void lookForLeftSpools();

    /// Capturing from a window that runs as root is refused unless this was said.
    static void allowRoot() { s_rootAllowed = true; }

signals:
    void messageArose(const timbre::ui::WindowMessage& message);
    void said(const QString& text);
    void openRequested(const QString& path);

private:
    void makeActions();
    void showDialog(const std::function<void(class CaptureDialog&)>& prepare);
    void stopCurrent();
    void restart();
    void setPaused(bool paused);
    void saveCurrent();
    void save(CaptureId id, const QString& target);
    void captureChanged(CaptureId id);
    void update();
    void tellEnd(const pipeline::CaptureSnapshot& snapshot);
    void tellNotices(const pipeline::CaptureSnapshot& snapshot);
    void tellLeft(const std::vector<capture::LeftSpool>& left);
    [[nodiscard]] SnapshotPtr current() const;
    [[nodiscard]] std::vector<CaptureId> unsaved() const;

    static bool s_rootAllowed;

    EngineBridge& m_bridge;
    Focus& m_focus;
    Theme& m_theme;
    QWidget& m_window;
    InterfaceWatch m_watch;
    QAction* m_start = nullptr;
    QAction* m_stop = nullptr;
    QAction* m_restart = nullptr;
    QAction* m_pause = nullptr;
    QAction* m_save = nullptr;
    std::unordered_map<CaptureId, pipeline::LiveRequest> m_requests; // of this run of the program
    std::unordered_set<CaptureId> m_told;                            // ends that were told of
    std::unordered_map<CaptureId, std::size_t> m_noticesTold;
    std::jthread m_search; // for left spools
};

} // namespace timbre::ui
