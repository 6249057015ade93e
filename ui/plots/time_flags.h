#pragma once

// Notes on a time axis: a small flag at the top for each moment, a ribbon for a bookmark, and a thin band for a
// stretch. One item draws them all, at most one flag per pixel column, so that thousands cost no more than the plot is
// wide. The axis counts seconds since a base, as TimeBrush has it. GUI thread only.

#include "engine/base/timestamp.h"
#include "ui/plots/plot_canvas.h"

namespace timbre::ui {

struct TimeFlag {
    TimeRange when; // begin and end are equal for a moment
    bool band = false;
    bool bookmark = false;
    QString text; // first line of the note

    bool operator==(const TimeFlag&) const = default;
};

class TimeFlags : public QCPAbstractItem {
    Q_OBJECT

public:
    /// Owned by the plot, as every item.
    explicit TimeFlags(PlotCanvas& canvas);

    /// In the order of their begin.
    void setFlags(std::vector<TimeFlag> flags);
    void setBase(Timestamp base);
    [[nodiscard]] const std::vector<TimeFlag>& flags() const { return m_flags; }
    /// The flags under a pixel of the plot, or near it; at most `limit`.
    [[nodiscard]] std::vector<const TimeFlag*> near(double pixel, std::size_t limit) const;
    double selectTest(const QPointF&, bool, QVariant*) const override { return -1; }

protected:
    void draw(QCPPainter* painter) override;

private:
    [[nodiscard]] double pixelOf(Timestamp time) const;
    void drawFlag(QCPPainter& painter, double x, double top, bool bookmark) const;

    PlotCanvas& m_canvas;
    Timestamp m_base;
    std::vector<TimeFlag> m_flags;
};

} // namespace timbre::ui
