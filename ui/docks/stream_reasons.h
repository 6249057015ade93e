#pragma once

// Why a stream got a verdict: one line per observation with a state, a sentence, a gauge that shows the value against
// its usual range, and the weight that it had. GUI thread only.

#include "engine/audio/calibrated_verdict.h"
#include "ui/theme/theme.h"

#include <QtWidgets/QWidget>

namespace timbre::ui {

class StreamReasons : public QWidget {
    Q_OBJECT

public:
    /// What a weight is: an addend in natural-log odds, or what the exact score lost.
    enum class Scale : std::uint8_t { LogOdds, Score };

    StreamReasons(Scale scale, Theme& theme, QWidget* parent = nullptr);

    void setReasons(std::vector<audio::Reason> reasons);
    [[nodiscard]] const std::vector<audio::Reason>& reasons() const { return m_reasons; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    void paintReason(QPainter& painter, const QRect& row, const audio::Reason& reason) const;
    void paintGauge(QPainter& painter, const QRect& box, const audio::Reason& reason) const;
    [[nodiscard]] int rowHeight() const;
    [[nodiscard]] Role stateOf(const audio::Reason& reason) const;
    [[nodiscard]] QString weightText(const audio::Reason& reason) const;
    [[nodiscard]] QString toolTipOf(const audio::Reason& reason) const;

    Scale m_scale;
    Theme& m_theme;
    std::vector<audio::Reason> m_reasons;
};

/// "91 %, usual 80 to 100"; empty where there is no range.
[[nodiscard]] QString reasonValue(const audio::Reason& reason);

} // namespace timbre::ui
