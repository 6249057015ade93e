#pragma once

// The popover that Space opens over the flow table: the facts of the current flow, in two columns. It takes no keyboard
// and no mouse, so it follows the arrows by itself.

#include "engine/flow/flow_snapshot.h"
#include "ui/focus/focus.h"
#include "ui/theme/theme.h"

#include <QtWidgets/QFrame>

class QLabel;

namespace timbre::ui {

class FlowsPeek : public QFrame {
    Q_OBJECT

public:
    FlowsPeek(const Focus& focus, const Theme& theme, QWidget* parent);

    void showFlow(const flow::FlowSnapshot& flows, const flow::FlowRecord& record);
    /// Below the row, or above it where there is no room below.
    void placeBeside(const QRect& row);

private:
    const Focus& m_focus;
    const Theme& m_theme;
    QLabel* m_title = nullptr;
    QLabel* m_facts = nullptr;
};

} // namespace timbre::ui
