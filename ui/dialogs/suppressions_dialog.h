#pragma once

// The rules that hide anomalies: what each hides and how much, why, until when, and the way to take it back. Ended
// rules stay listed, so that one can see why something came back.

#include "ui/bridge/engine_bridge.h"
#include "ui/focus/focus.h"

#include <QtWidgets/QDialog>

class QPushButton;
class QTableWidget;

namespace timbre::ui {

class ShownAnomalies;

class SuppressionsDialog : public QDialog {
    Q_OBJECT

public:
    enum class Column : int { What, Reason, Ends, Hides, NumColumns };

    /// All outlive the dialog.
    SuppressionsDialog(EngineBridge& bridge, const ShownAnomalies& shown, const Focus& focus, QWidget* parent);
    [[nodiscard]] QTableWidget& table() { return *m_table; }
    void takeBackCurrent();

private:
    void fill();
    void updateButtons();
    [[nodiscard]] QString endsText(const trends::Suppression& rule) const;

    EngineBridge& m_bridge;
    const ShownAnomalies& m_shown;
    const Focus& m_focus;
    QTableWidget* m_table = nullptr;
    QPushButton* m_takeBack = nullptr;
};

} // namespace timbre::ui
