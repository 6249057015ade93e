#pragma once

// Live captures that an earlier run of the program left behind, after a crash or because they were kept: analyse, save,
// remove or shred each.

#include "engine/capture/spool.h"
#include "ui/theme/theme.h"

#include <QtWidgets/QDialog>

class QTreeWidget;
class QTreeWidgetItem;

namespace timbre::ui {

class LeftSpoolsDialog : public QDialog {
    Q_OBJECT

public:
    LeftSpoolsDialog(std::vector<capture::LeftSpool> spools, Theme& theme, QWidget* parent);

signals:
    void openRequested(const QString& path);
    void problemArose(const QString& text);

private:
    void analyse();
    void save();
    void remove(capture::Removal how);
    void taken();
    [[nodiscard]] const capture::LeftSpool* chosen() const;

    std::vector<capture::LeftSpool> m_spools;
    QTreeWidget* m_list = nullptr;
};

} // namespace timbre::ui
