#pragma once

// What signals are made of beyond the packets: location files, and which optional readings are made. Kept in the
// settings of the program; holds for analyses that begin afterwards.

#include "engine/pipeline/trends_settings.h"

#include <QtWidgets/QDialog>

class QCheckBox;
class QLabel;
class QListWidget;
class QPushButton;

namespace timbre::ui {

/// What is kept between runs.
struct SignalSettings {
    QStringList locationFiles; // MMDB
    bool sensitiveData = true;
    bool ja4h = false;

    [[nodiscard]] static SignalSettings load();
    void save() const;
    /// Opens the files; says which one cannot be read.
    [[nodiscard]] Result<pipeline::TrendsSettings::Values> values() const;
};

class SignalSettingsDialog : public QDialog {
    Q_OBJECT

public:
    explicit SignalSettingsDialog(QWidget* parent = nullptr);
    [[nodiscard]] SignalSettings chosen() const;
    [[nodiscard]] const pipeline::TrendsSettings::Values& values() const { return m_values; }
    void addFile(const QString& path);

    /// Closes only when every file can be read.
    void accept() override;

private:
    void askForFiles();
    void removeCurrent();
    void updateButtons();

    QListWidget* m_files = nullptr;
    QPushButton* m_remove = nullptr;
    QCheckBox* m_sensitiveData = nullptr;
    QCheckBox* m_ja4h = nullptr;
    QLabel* m_problem = nullptr;
    pipeline::TrendsSettings::Values m_values;
};

} // namespace timbre::ui
