#pragma once

// Both judgements of a voice stream side by side, each with the observations that moved it: the calibrated verdict and
// the exact score. One below the other where there is no room. GUI thread only.

#include "engine/audio/stream_report.h"
#include "ui/theme/theme.h"

#include <QtWidgets/QWidget>

class QBoxLayout;
class QLabel;

namespace timbre::ui {

class StreamReasons;

class VerdictPair : public QWidget {
    Q_OBJECT

public:
    VerdictPair(Theme& theme, QWidget* parent);

    void setStream(const audio::StreamReport& stream);
    [[nodiscard]] const StreamReasons& calibrated() const { return *m_calibrated.reasons; }
    [[nodiscard]] const StreamReasons& exact() const { return *m_exact.reasons; }

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Panel {
        QLabel* verdict = nullptr;
        StreamReasons* reasons = nullptr;
    };
    Panel makePanel(const QString& title, StreamReasons* reasons);

    QBoxLayout* m_layout = nullptr;
    Panel m_calibrated;
    Panel m_exact;
};

} // namespace timbre::ui
