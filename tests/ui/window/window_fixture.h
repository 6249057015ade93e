#pragma once

// The whole window on the real engine, with settings and a workspace of its own that last from one makeWindow() to the
// next. For tests that use the program as a person does.

#include "ui/docks/flows_dock.h"
#include "ui/models/flows_model.h"
#include "ui/window/main_window.h"

#include <QtCore/QFile>
#include <QtCore/QSettings>
#include <QtCore/QStandardPaths>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

namespace timbre::testing {

class WindowFixture {
public:
    void prepare(const QString& name)
    {
        QStandardPaths::setTestModeEnabled(true);
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
        QCoreApplication::setOrganizationName(QStringLiteral("timbre"));
        QCoreApplication::setApplicationName(name);
        m_theme.install();
    }

    /// Settings and workspace as on the first day.
    void forgetAll()
    {
        close();
        QSettings().clear();
        for (const char* suffix : {"", "-wal", "-shm", ".lock"})
            QFile::remove(workspacePath() + QLatin1String(suffix));
    }

    /// Closes the window there is and makes another on the same settings and workspace.
    [[nodiscard]] bool makeWindow()
    {
        close();
        pipeline::EngineConfig config;
        config.workspace = workspacePath().toStdString();
        m_bridge = std::make_unique<ui::EngineBridge>(ui::makeEnginePort(std::move(config)));
        m_window = std::make_unique<ui::MainWindow>(*m_bridge, m_theme);
        m_window->show();
        m_window->activateWindow();
        return QTest::qWaitForWindowActive(m_window.get());
    }
    void close()
    {
        m_window.reset();
        m_bridge.reset();
    }

    [[nodiscard]] bool openSample()
    {
        m_window->openFiles({QStringLiteral(TIMBRE_SOURCE_DIR "/resources/samples/office.pcapng")});
        return QTest::qWaitFor(
            [this] { return current() && current()->phase == pipeline::Phase::Finished && rows() > 100; }, 20'000);
    }

    [[nodiscard]] ui::MainWindow& window() { return *m_window; }
    [[nodiscard]] ui::EngineBridge& bridge() { return *m_bridge; }
    [[nodiscard]] ui::Theme& theme() { return m_theme; }
    [[nodiscard]] QString folder() const { return m_folder.path(); }
    [[nodiscard]] ui::SnapshotPtr current() const { return m_bridge->snapshot(m_window->focus().state().capture); }
    /// In the table of flows.
    [[nodiscard]] int rows() const { return m_window->flowsDock().model().rowCount(); }

private:
    [[nodiscard]] QString workspacePath() const { return m_folder.filePath(QStringLiteral("workspace.timbre")); }

    QTemporaryDir m_folder;
    ui::Theme m_theme;
    std::unique_ptr<ui::EngineBridge> m_bridge;
    std::unique_ptr<ui::MainWindow> m_window;
};

} // namespace timbre::testing
