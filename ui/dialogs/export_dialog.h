#pragma once

// Asks what to export, in which form and where to. Says before the button is pressed what will be in the file, and
// never replaces a file that is there without being told to.

#include "ui/bridge/export_job.h"

#include <QtWidgets/QDialog>

class QCheckBox;
class QComboBox;
class QDialogButtonBox;
class QLabel;
class QLineEdit;
class QRadioButton;

namespace timbre::ui {

/// What there is to export.
struct ExportSource {
    std::shared_ptr<const pipeline::CaptureSnapshot> capture; // never null
    std::shared_ptr<const flow::FlowSnapshot> flows;          // never null
    std::shared_ptr<const std::vector<std::uint32_t>> shown;  // in the order of the table; null: all flows
    std::vector<std::uint32_t> selected;                      // in the order of the table
    std::optional<TimeRange> range;
};

enum class ExportForm { Csv, JsonLines, ZeekConnLog, Packets };

class ExportDialog : public QDialog {
    Q_OBJECT

public:
    ExportDialog(ExportSource source, ExportForm form, QWidget* parent);

    [[nodiscard]] ExportRequest request() const;
    [[nodiscard]] QString target() const;

private:
    void formChanged();
    void update();
    void chooseTarget();
    [[nodiscard]] ExportForm form() const;
    [[nodiscard]] std::vector<std::uint32_t> chosenFlows() const;
    QWidget* makeScope();
    QWidget* makeTarget();

    ExportSource m_source;
    QRadioButton* m_shown = nullptr;
    QRadioButton* m_selected = nullptr;
    QComboBox* m_form = nullptr;
    QLabel* m_formNote = nullptr;
    QLineEdit* m_target = nullptr;
    QCheckBox* m_headersOnly = nullptr;
    QCheckBox* m_replace = nullptr;
    QDialogButtonBox* m_buttons = nullptr;
};

} // namespace timbre::ui
