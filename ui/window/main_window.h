#pragma once

// The window: it puts docks, bars and menus together and connects them. What a dock does is in the dock; what all share
// is in Focus. GUI thread only.

#include "engine/pipeline/flow_query.h"
#include "engine/pipeline/trends_settings.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/bridge/export_job.h"
#include "ui/focus/focus.h"
#include "ui/theme/theme.h"
#include "ui/window/window_layout.h"

#include <QtWidgets/QMainWindow>

#include <unordered_set>

namespace timbre::ui {

class AnomaliesDock;
class CapturesDock;
class CommandPalette;
class EntitiesDock;
class FlowDock;
class FlowQueryBridge;
class FlowsDock;
class Footer;
class HealthDock;
class LiveController;
class MasksDock;
class ResonanceDock;
class OverviewDock;
class NotesDock;
class PacketsDock;
class RecentFiles;
class RecorderDock;
class ReportDialog;
class StartPage;
class TopBar;
struct ReportContent;
struct ReportPicture;
class TrendsDock;

class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    /// `bridge` and `theme` outlive the window. The theme is installed already.
    MainWindow(EngineBridge& bridge, Theme& theme, QWidget* parent = nullptr);
    ~MainWindow() override;

    /// Opens the files and looks at the last one.
    void openFiles(const QStringList& paths, const pipeline::OpenOptions& options = {});
    [[nodiscard]] LiveController& live() { return *m_live; }
    /// Where the engine reads what the analyst chose about signals: filled from the kept settings, and by the dialog.
    void useSignalSettings(std::shared_ptr<pipeline::TrendsSettings> settings);
    /// Asks what a report of the current capture shall hold, and makes it.
    void askForReport();
    [[nodiscard]] Focus& focus() { return m_focus; }
    [[nodiscard]] FlowsDock& flowsDock() { return *m_flows; }
    [[nodiscard]] TopBar& topBar() { return *m_top; }
    [[nodiscard]] const WindowDocks& docks() const { return m_docks; }

protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    // One function per dock or bar: make it and connect it.
    void makeTopBar();
    void makeFlows();
    void makeFlow();
    void makePackets();
    void makeOverview();
    void makeCaptures();
    void makeHealth();
    void makeRecorder();
    void makeAudio();
    void makeResonance();
    void makeTrends();
    void makeFooter();
    void makeLive();
    void makeNotes(); // in main_window_notes.cpp
    void showNoted(store::NoteSubject subject, const QString& object);

    // In main_window_menus.cpp.
    void makeMenus();
    void makeFileMenu();
    void makeCaptureMenu();
    void makeEditMenu();
    void makeViewMenu();
    void makeThemeMenu(QMenu& view);
    void makeDockMenu(QMenu& view);
    void makeGoMenu();
    void addNoteActions(QMenu& edit);
    void makeHelpMenu();
    void fillRecentMenu(QMenu& menu);
    void fillStepsMenu(QMenu& menu);
    void updateActions();
    void updateIcons();

    void chooseFiles();
    void chooseFilesAndFilter();
    [[nodiscard]] QStringList askForFiles();
    void openSample();
    void closeCapture();
    void cancelReading();
    // In main_window_export.cpp.
    void exportWhatIsShown();
    // In main_window_report.cpp.
    void makeReport(const ReportDialog& dialog, const SnapshotPtr& capture);
    [[nodiscard]] pipeline::NoteList allNotes(const pipeline::CaptureSnapshot& capture) const;
    [[nodiscard]] ReportPicture pictureOf(Dock& dock, const pipeline::CaptureSnapshot& capture) const;
    void addFlowTable(ReportContent& content, const pipeline::CaptureSnapshot& capture,
                      const std::vector<std::uint32_t>& rows, std::size_t limit, const FocusState& state) const;
    void startExport(ExportRequest request, const QString& target);
    void captureChanged(CaptureId id);
    void workspaceChanged();
    void currentCaptureChanged();
    void reportFailure(const pipeline::CaptureSnapshot& snapshot);
    void reportDamage(const pipeline::CaptureSnapshot& snapshot);
    void reportAlert(CaptureId capture, std::uint32_t flow, const QString& sentence);
    void askForSignalSettings();
    void say(const QString& text);
    void warn(const QString& text);

    [[nodiscard]] Dock* dockWithKeyboard() const;
    void goToNextDock(int direction);
    void toggleZone();
    void showKeys();
    void showManual(const QString& page);
    // In main_window_palette.cpp.
    void showPalette();
    void searchFlows(CommandPalette& palette, FlowQueryBridge& query, const QString& text);
    void offerFlows(CommandPalette& palette, const pipeline::FlowQueryResult& result);
    void arrangementChanged();
    void resetArrangement();
    void sendCopy();

    EngineBridge& m_bridge;
    Theme& m_theme;
    Focus m_focus;
    WindowDocks m_docks;
    Arrangement m_shownArrangement = Arrangement::Inspect;
    RecentFiles* m_recent = nullptr;
    StartPage* m_start = nullptr;
    TopBar* m_top = nullptr;
    FlowsDock* m_flows = nullptr;
    FlowDock* m_flow = nullptr;
    PacketsDock* m_packets = nullptr;
    OverviewDock* m_overview = nullptr;
    CapturesDock* m_captures = nullptr;
    HealthDock* m_health = nullptr;
    MasksDock* m_masks = nullptr;
    RecorderDock* m_recorder = nullptr;
    NotesDock* m_notes = nullptr;
    ResonanceDock* m_resonance = nullptr;
    TrendsDock* m_trends = nullptr;
    std::shared_ptr<pipeline::TrendsSettings> m_signalSettings; // null in tests
    AnomaliesDock* m_anomalies = nullptr;
    EntitiesDock* m_entities = nullptr;
    Footer* m_footer = nullptr;
    LiveController* m_live = nullptr;

    QAction* m_open = nullptr;
    QAction* m_close = nullptr;
    QAction* m_stop = nullptr;
    QAction* m_undo = nullptr;
    QAction* m_redo = nullptr;
    QAction* m_zone = nullptr;
    std::vector<std::pair<QAction*, QString>> m_icons; // actions and the icons they have in every theme

    std::unordered_set<CaptureId> m_reported; // captures whose failure or damage was told
};

} // namespace timbre::ui
