#pragma once

#include <QtWidgets/QWidget>

namespace timbre::ui {

class Theme;

/// A line two pixels high that grows from left to right while something is under way; a plain line otherwise, so that
/// nothing jumps when work begins.
class ThinProgress : public QWidget {
    Q_OBJECT

public:
    explicit ThinProgress(const Theme& theme, QWidget* parent = nullptr);
    /// 0 … 1; at 1 nothing is under way.
    void setFraction(double fraction);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& m_theme;
    double m_fraction = 1.0;
};

} // namespace timbre::ui
