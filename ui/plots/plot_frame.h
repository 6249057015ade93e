#pragma once

// A plot with its table twin.

#include "ui/plots/plot_canvas.h"
#include "ui/plots/twin_frame.h"

namespace timbre::ui {

class PlotFrame : public TwinFrame {
    Q_OBJECT

public:
    PlotFrame(const QString& title, Theme& theme, QWidget* parent = nullptr, bool showTitle = true);

    [[nodiscard]] PlotCanvas& canvas() { return *m_canvas; }
    [[nodiscard]] const PlotCanvas& canvas() const { return *m_canvas; }
    [[nodiscard]] bool savePictureTo(const QString& path) override;

protected:
    [[nodiscard]] std::optional<QPointF> chosenPlace() const override; // the crosshair's

private:
    PlotCanvas* m_canvas = nullptr;
};

} // namespace timbre::ui
