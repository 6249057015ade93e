#pragma once

// Asks for the capture filter with which saved captures are to be opened: only packets that fit are analysed.

#include "ui/theme/theme.h"

#include <QtWidgets/QDialog>

namespace timbre::ui {

class BpfEdit;

class FilteredOpenDialog : public QDialog {
    Q_OBJECT

public:
    FilteredOpenDialog(const QStringList& files, Theme& theme, QWidget* parent);
    [[nodiscard]] QString filter() const;

private:
    BpfEdit* m_filter = nullptr;
};

} // namespace timbre::ui
