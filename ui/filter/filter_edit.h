#pragma once

// The line a filter is typed into: it underlines the token an error is about, and leaves the keys that move through the
// list of completions to whoever shows that list.

#include "ui/keys/view_keys.h"
#include "ui/theme/theme.h"

#include <QtWidgets/QLineEdit>

namespace timbre::ui {

class FilterEdit : public QLineEdit {
    Q_OBJECT

public:
    FilterEdit(const Theme& theme, QWidget* parent);

    /// In characters of the text; a length of 0 marks the place behind its end. A negative start takes the mark away.
    void markError(qsizetype start, qsizetype length);
    /// While set, Up, Down, Tab, Enter and Escape are for the list of completions.
    void setListOpen(bool open) { m_listOpen = open; }

signals:
    void listMoved(int rows);
    void listAccepted();
    void listClosed();
    void listWanted();
    void escaped();

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void makeKeys();

    const Theme& m_theme;
    ViewKeys* m_keys = nullptr;
    ViewKeys* m_listKeys = nullptr; // while the list is open, before m_keys
    qsizetype m_errorStart = -1;
    qsizetype m_errorLength = 0;
    bool m_listOpen = false;
};

} // namespace timbre::ui
