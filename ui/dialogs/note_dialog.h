#pragma once

// Writes or edits one note: what it is about, its words, its tags, and whether it is a bookmark.

#include "ui/models/note_choice.h"

#include <QtWidgets/QDialog>

class QCheckBox;
class QComboBox;
class QDialogButtonBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;

namespace timbre::ui {

class NoteDialog : public QDialog {
    Q_OBJECT

public:
    /// Requires: at least one choice. The first one is taken unless the analyst takes another.
    NoteDialog(std::vector<NoteChoice> choices, const QString& title, QWidget* parent);

    /// As written, with the time of the clock.
    [[nodiscard]] store::Note note() const;

private:
    void check();

    std::vector<NoteChoice> m_choices;
    QComboBox* m_about = nullptr;
    QPlainTextEdit* m_text = nullptr;
    QLineEdit* m_tags = nullptr;
    QCheckBox* m_bookmark = nullptr;
    QLabel* m_problem = nullptr;
    QDialogButtonBox* m_buttons = nullptr;
};

} // namespace timbre::ui
