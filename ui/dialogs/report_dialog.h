#pragma once

// Asks what a report shall hold and where it goes. The ending of the name decides between HTML and PDF; a file that is
// there is replaced only when that is ticked.

#include <QtWidgets/QDialog>

class QCheckBox;
class QDialogButtonBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QSpinBox;

namespace timbre::ui {

struct ReportView {
    QString id; // of the dock
    QString title;
    bool chosen = false;
};

class ReportDialog : public QDialog {
    Q_OBJECT

public:
    ReportDialog(const QString& title, const QString& target, const std::vector<ReportView>& views, int notes,
                 QWidget* parent);

    [[nodiscard]] QString title() const;
    [[nodiscard]] QString target() const;
    [[nodiscard]] bool overwrite() const;
    [[nodiscard]] bool withNotes() const;
    [[nodiscard]] std::size_t flowRows() const;
    /// Ids of the chosen views.
    [[nodiscard]] QStringList views() const;

private:
    void check();
    void chooseTarget();

    QLineEdit* m_title = nullptr;
    QListWidget* m_views = nullptr;
    QCheckBox* m_notes = nullptr;
    QSpinBox* m_rows = nullptr;
    QLineEdit* m_target = nullptr;
    QCheckBox* m_replace = nullptr;
    QLabel* m_problem = nullptr;
    QDialogButtonBox* m_buttons = nullptr;
};

} // namespace timbre::ui
