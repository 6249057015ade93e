#pragma once

// The saved filters as a table: names and texts are edited in place, one can be deleted or applied.

#include "ui/focus/focus.h"

#include <QtWidgets/QDialog>

class QLabel;
class QTableWidget;
class QTableWidgetItem;

namespace timbre::ui {

class SavedFiltersDialog : public QDialog {
    Q_OBJECT

public:
    SavedFiltersDialog(Focus& focus, QWidget* parent);

private:
    void fill();
    void edited(QTableWidgetItem* item);
    void applyCurrent();
    void deleteCurrent();
    [[nodiscard]] QString nameAt(int row) const;

    Focus& m_focus;
    QTableWidget* m_table = nullptr;
    QLabel* m_problem = nullptr;
    bool m_filling = false;
};

/// Asks for a name and saves `text` under it.
void askToSaveFilter(const QString& text, QWidget& parent);

} // namespace timbre::ui
