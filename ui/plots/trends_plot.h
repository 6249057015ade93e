#pragma once

// Signals over time as stacked bars, by category or type, minute, hour or day. Drag chooses the window's time range,
// the pointer reads counts, a click chooses a bar. GUI thread only.

#include "engine/trends/trends_result.h"
#include "ui/plots/plot_frame.h"
#include "ui/plots/time_brush.h"
#include "ui/plots/time_ticker.h"

#include <map>

namespace timbre::ui {

class TrendsPlot : public PlotFrame {
    Q_OBJECT

public:
    static constexpr std::size_t kMaxStacks = 4; // the rest is drawn as one

    TrendsPlot(Theme& theme, QWidget* parent = nullptr);

    /// `only`: one type alone.
    void setResult(std::shared_ptr<const trends::TrendsResult> result, trends::Resolution resolution, bool byType,
                   std::optional<trends::SignalType> only);
    void setRange(std::optional<TimeRange> range) { m_brush->setRange(range); }
    [[nodiscard]] TimeBrush& brush() { return *m_brush; }
    /// Starts of the bars, and what they are stacked of.
    [[nodiscard]] const std::vector<std::int64_t>& starts() const { return m_starts; }
    [[nodiscard]] QStringList stackTitles() const;
    void setZone(TimeTicker::Formatter formatter, int offsetSeconds);
    /// The bar at a place of the canvas.
    [[nodiscard]] std::optional<TimeRange> stretchAt(QPointF place) const;

signals:
    /// The time at which the axis has its zero.
    void baseChanged(timbre::Timestamp base);
    void rangeChosen(const std::optional<timbre::TimeRange>& range);
    /// A bar: from its start up to the next one.
    void barChosen(const timbre::TimeRange& stretch);
    /// What stands under the pointer; empty when it left.
    void readoutChanged(const QString& words);

private:
    struct Stack {
        QString title;
        std::map<std::int64_t, std::uint64_t> counts; // by start
        std::uint64_t total = 0;
    };

    void collect(bool byType, std::optional<trends::SignalType> only);
    void rebuild();
    void restyle();
    void chooseBarAt(Timestamp time);
    void readAt(std::optional<Timestamp> time);
    [[nodiscard]] std::optional<TimeRange> stretchOf(Timestamp time) const;
    [[nodiscard]] std::optional<std::int64_t> barAt(Timestamp time) const;
    [[nodiscard]] PlotTable makeTable() const;

    Theme& m_theme;
    std::shared_ptr<const trends::TrendsResult> m_result;
    trends::Resolution m_resolution = trends::Resolution::Minute;
    std::vector<Stack> m_stacks; // the largest first
    std::vector<std::int64_t> m_starts;
    TimeTicker::Formatter m_formatTime;
    TimeBrush* m_brush = nullptr;
    std::vector<QCPBars*> m_bars;
    QSharedPointer<TimeTicker> m_ticker;
};

} // namespace timbre::ui
