#pragma once

// What stands in the place of the flows while nothing is open: the first steps and the captures opened lately.

#include "ui/theme/theme.h"

#include <QtWidgets/QWidget>

class QPushButton;
class QVBoxLayout;

namespace timbre::ui {

class InterfaceWatch;

class StartPage : public QWidget {
    Q_OBJECT

public:
    StartPage(Theme& theme, QWidget* parent);

    void setRecent(const QStringList& paths);
    /// Requires: once. Their traffic is watched while this page is shown.
    void setInterfaces(InterfaceWatch& watch);

signals:
    void openRequested();
    void sampleRequested();
    void captureRequested();
    void interfaceRequested(const QString& name);
    void fileRequested(const QString& path);

private:
    void themeChanged();

    Theme& m_theme;
    QPushButton* m_open = nullptr;
    QPushButton* m_capture = nullptr;
    QPushButton* m_sample = nullptr;
    QVBoxLayout* m_column = nullptr;
    QVBoxLayout* m_recent = nullptr;
    QWidget* m_recentBox = nullptr;
};

/// A real file with the bundled sample capture: a copy in the user's cache, made when it is not there yet. Empty when
/// it cannot be written.
[[nodiscard]] QString sampleCapturePath();

} // namespace timbre::ui
