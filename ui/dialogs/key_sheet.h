#pragma once

// The sheet of all keys, made from the window's own actions and from what its views really listen to, so that it cannot
// be out of date.

#include <QtWidgets/QDialog>

#include <vector>

class QAction;

namespace timbre::ui {

struct KeyEntry {
    QString group;
    QString keys;
    QString text;

    bool operator==(const KeyEntry&) const = default;
};

/// As a sentence shows it: without the marks of mnemonics and without keys.
[[nodiscard]] QString plainActionText(const QString& menuText);
/// "Ctrl+O, O"; empty when it has none.
[[nodiscard]] QString keysOfAction(const QAction& action);
/// One entry per action that has keys, group by menu, in the menus' order.
[[nodiscard]] std::vector<KeyEntry> keysOfMenus(const QList<QAction*>& menuBarActions);
/// Keys that views listen to while they have the keyboard: their ViewKeys, and actions of docks that no menu holds.
[[nodiscard]] std::vector<KeyEntry> keysOfViews(const QWidget& window);

class KeySheet : public QDialog {
    Q_OBJECT

public:
    KeySheet(const std::vector<KeyEntry>& entries, QWidget* parent);
};

} // namespace timbre::ui
