#pragma once

// The filter bar: one line, checked as it is typed. A text that compiles becomes the window's filter a moment later (or
// at once with Enter); one that does not is underlined with a sentence below, and the last good result stays on screen.

#include "ui/bridge/engine_bridge.h"
#include "ui/bridge/flow_query_bridge.h"
#include "ui/filter/filter_completion.h"
#include "ui/focus/focus.h"
#include "ui/theme/theme.h"

#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

class QLabel;
class QListWidget;
class QMenu;
class QToolButton;

namespace timbre::ui {

class FilterEdit;

class FilterBar : public QWidget {
    Q_OBJECT

public:
    static constexpr int kApplyMs = 250; // after the last key
    static constexpr int kErrorMs = 600; // an unfinished word is no error yet

    FilterBar(EngineBridge& bridge, Focus& focus, Theme& theme, QWidget* parent);

    /// The keyboard goes into the line, all text selected.
    void activate();
    [[nodiscard]] FilterEdit& edit() { return *m_edit; }
    /// The sentence about the error on screen; empty when there is none.
    [[nodiscard]] QString errorText() const;
    /// Completions on screen; empty when there are none.
    [[nodiscard]] QStringList offered() const;

    /// Saved filters, what can be done with them, and the filters used before.
    void fillMenu(QMenu& menu);
    /// Asks for a name for the window's filter.
    void saveCurrent();
    void organiseSaved();

signals:
    /// The analyst is done with the line: Enter or Escape.
    void left();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void prepare(const QString& text);
    void textEdited();
    void apply(bool finished);
    void showError(const query::ParseError& error);
    void hideError();
    void showCompletions(bool asked);
    void hideCompletions();
    void acceptCompletion();
    void moveInCompletions(int rows);
    void wantValues(query::Field field);
    void followFocus(FocusParts parts);
    void showMenu();
    void place(QWidget& overlay, int left);
    void themeChanged();

    EngineBridge& m_bridge;
    Focus& m_focus;
    Theme& m_theme;
    FilterCompletion m_completion;
    FlowQueryBridge* m_query = nullptr;
    FilterEdit* m_edit = nullptr;
    QAction* m_icon = nullptr;
    QAction* m_clear = nullptr;
    QToolButton* m_history = nullptr;
    QLabel* m_error = nullptr;     // overlay on the window
    QListWidget* m_list = nullptr; // overlay on the window
    query::CompletionList m_offered;
    query::Field m_counting = query::Field::Count;
    QTimer m_applyLater;
    QTimer m_errorLater;
};

} // namespace timbre::ui
