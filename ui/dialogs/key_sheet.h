#pragma once

// The sheet of all keys, made from the window's own actions so that it cannot be out of date, and from a short list of
// the keys that live inside views.

#include <QtWidgets/QDialog>

#include <vector>

class QAction;

namespace timbre::ui {

struct KeyEntry {
    QString group;
    QString keys;
    QString text;
};

/// As a sentence shows it: without the marks of mnemonics and without keys.
[[nodiscard]] QString plainActionText(const QString& menuText);
/// "Ctrl+O, O"; empty when it has none.
[[nodiscard]] QString keysOfAction(const QAction& action);
/// One entry per action that has keys, group by menu, in the menus' order.
[[nodiscard]] std::vector<KeyEntry> keysOfMenus(const QList<QAction*>& menuBarActions);
/// Keys of the flow table and the filter bar, which are no actions.
[[nodiscard]] std::vector<KeyEntry> keysOfViews();

class KeySheet : public QDialog {
    Q_OBJECT

public:
    KeySheet(const std::vector<KeyEntry>& entries, QWidget* parent);
};

} // namespace timbre::ui
