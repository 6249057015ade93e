#pragma once

// Everything the window can do, found by typing a few letters: actions, docks, filters, files, flows. A line and a list
// in a small window over the main one; Enter does the chosen thing, Esc leaves. Entries that must be looked for (flows)
// are added while it is open.

#include <QtWidgets/QDialog>

#include <functional>
#include <vector>

class QAction;
class QLineEdit;
class QListWidget;

namespace timbre::ui {

struct PaletteEntry {
    QString text;   // "Reset arrangement"
    QString detail; // where it is from, or its keys
    std::function<void()> run;
};

/// One entry per action of the menus that can be used now, with its menu and keys.
[[nodiscard]] std::vector<PaletteEntry> paletteEntriesOfMenus(const QList<QAction*>& menuBarActions);

/// Higher is better, negative: does not fit. Every word of `typed` must stand in the text; words that begin words of
/// the text count more than those inside, and short texts more than long ones.
[[nodiscard]] int paletteScore(const QString& text, const QString& typed);

class CommandPalette : public QDialog {
    Q_OBJECT

public:
    static constexpr int kMaxShown = 50;

    CommandPalette(std::vector<PaletteEntry> entries, QWidget* parent);

    /// Entries for the text that was last announced by searchRequested; they stand behind the others.
    void setFound(std::vector<PaletteEntry> found);
    [[nodiscard]] QLineEdit& line() { return *m_line; }
    [[nodiscard]] QListWidget& list() { return *m_list; }

signals:
    void searchRequested(const QString& text);

protected:
    void paintEvent(QPaintEvent* event) override; // a line around
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void refill();
    void addItem(const PaletteEntry& entry);
    void runCurrent();

    const std::vector<PaletteEntry> m_entries;
    std::vector<PaletteEntry> m_found;
    std::vector<std::function<void()>> m_shown; // by row
    QLineEdit* m_line = nullptr;
    QListWidget* m_list = nullptr;
};

} // namespace timbre::ui
