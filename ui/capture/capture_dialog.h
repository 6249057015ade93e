#pragma once

// Asks what to capture: interfaces with their traffic, or a file to play back; which packets to keep; when to stop; how
// much the spool may hold. Remembers what was chosen. When the rights are missing it says how to grant them, with the
// command to copy; a replay needs none.

#include "engine/pipeline/live_run.h"
#include "ui/capture/interface_watch.h"
#include "ui/theme/theme.h"

#include <QtWidgets/QDialog>

class QCheckBox;
class QDialogButtonBox;
class QDoubleSpinBox;
class QFrame;
class QLabel;
class QLineEdit;
class QSpinBox;
class QTabWidget;

namespace timbre::ui {

class BpfEdit;
class InterfaceList;

class CaptureDialog : public QDialog {
    Q_OBJECT

public:
    CaptureDialog(InterfaceWatch& watch, Theme& theme, QWidget* parent);

    [[nodiscard]] pipeline::LiveRequest request() const;
    /// Shows the page for replays, with this file.
    void chooseReplay(const QString& file);
    void chooseInterface(const QString& name);

    void accept() override;

private:
    QWidget* makeInterfacesPage(InterfaceWatch& watch);
    QWidget* makeReplayPage();
    QWidget* makeLimits();
    QFrame* makeRightsNote();
    void chooseFile();
    void update();
    void restore();
    void keep() const;

    Theme& m_theme;
    QTabWidget* m_pages = nullptr;
    InterfaceList* m_interfaces = nullptr;
    BpfEdit* m_filter = nullptr;
    QCheckBox* m_promiscuous = nullptr;
    QCheckBox* m_monitor = nullptr;
    QSpinBox* m_snapLength = nullptr;
    QSpinBox* m_bufferMiB = nullptr;
    QLineEdit* m_file = nullptr;
    QDoubleSpinBox* m_speed = nullptr;
    QSpinBox* m_minutes = nullptr;
    QSpinBox* m_megabytes = nullptr;
    QSpinBox* m_packets = nullptr;
    QSpinBox* m_ringFiles = nullptr;
    QSpinBox* m_ringMiB = nullptr;
    QLabel* m_ringText = nullptr;
    QLabel* m_missing = nullptr; // why Start is not there yet
    QDialogButtonBox* m_buttons = nullptr;
};

} // namespace timbre::ui
