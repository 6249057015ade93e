#pragma once

// The popover that Space opens over a table: the facts of a flow, in two columns, or those of another row. It takes no
// keyboard and no mouse; RowPeek moves it.

#include "engine/flow/flow_snapshot.h"
#include "ui/focus/focus.h"
#include "ui/theme/theme.h"

#include <QtWidgets/QFrame>

class QLabel;

namespace timbre::ui {

struct PeekFact {
    QString name;
    QString value;
};

class FlowsPeek : public QFrame {
    Q_OBJECT

public:
    FlowsPeek(const Focus& focus, const Theme& theme, QWidget* parent);

    void showFlow(const flow::FlowSnapshot& flows, const flow::FlowRecord& record);
    void showFacts(const QString& title, const std::vector<PeekFact>& facts);
    /// Below the row, or above it where there is no room below; in coordinates of the parent.
    void placeBeside(const QRect& row);

private:
    void fill(const QString& title, const QFont& titleFont, const QString& html);

    const Focus& m_focus;
    const Theme& m_theme;
    QLabel* m_title = nullptr;
    QLabel* m_facts = nullptr;
};

} // namespace timbre::ui
