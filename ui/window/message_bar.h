#pragma once

// A bar under the toolbar that says what went wrong, to what, and what can be done. It never blocks: the analyst reads
// on and closes it when it has been understood. The newest message is shown, older ones wait behind it.

#include "engine/base/result.h"
#include "ui/theme/theme.h"

#include <QtWidgets/QFrame>

#include <functional>
#include <vector>

class QLabel;
class QPushButton;
class QToolButton;

namespace timbre::ui {

struct WindowMessage {
    Role state = Role::Bad;
    QString text;       // one sentence
    QString detail;     // for the expert; may be empty
    QString actionText; // the way on; may be empty
    std::function<void()> action;
};

class MessageBar : public QFrame {
    Q_OBJECT

public:
    static constexpr std::size_t kMaxWaiting = 20; // the oldest make room

    MessageBar(Theme& theme, QWidget* parent);

    /// The same text is shown once, however often it comes.
    void show(WindowMessage message);
    void dismiss();
    [[nodiscard]] std::size_t count() const { return m_messages.size(); }

private:
    void refresh();

    Theme& m_theme;
    std::vector<WindowMessage> m_messages; // the last one is on screen
    QLabel* m_icon = nullptr;
    QLabel* m_text = nullptr;
    QLabel* m_more = nullptr;
    QLabel* m_detail = nullptr;
    QToolButton* m_expand = nullptr;
    QPushButton* m_action = nullptr;
    QToolButton* m_close = nullptr;
};

} // namespace timbre::ui
