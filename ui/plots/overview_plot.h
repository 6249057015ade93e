#pragma once

// Packets and bytes over the time of a whole capture, in a strip: bars of packets, a stepped line of bytes, silent
// stretches hatched, the life of the selected flows as a thin band, and the brush that is the window's time range. Data
// come as a histogram and are summed to pixel columns before they are drawn. GUI thread only.

#include "engine/capture/capture_reader.h"
#include "ui/plots/plot_frame.h"
#include "ui/plots/series.h"
#include "ui/plots/time_brush.h"
#include "ui/plots/time_flags.h"
#include "ui/plots/time_ticker.h"

class QToolButton;

namespace timbre::ui {

class OverviewPlot : public PlotFrame {
    Q_OBJECT

public:
    /// Writes a time in the window's zone.
    using TimeFormatter = TimeTicker::Formatter;

    OverviewPlot(Theme& theme, QWidget* parent = nullptr);

    /// A newer histogram of the same capture, or another capture's; null or empty for nothing.
    void setHistogram(std::shared_ptr<const TimeHistogram> histogram, std::optional<TimeRange> captureRange);
    void setRange(std::optional<TimeRange> range);
    /// Stretches in which packets were lost unseen: hatched in the colour of what is bad. `removed`: the stretch whose
    /// packets the ring of a live capture no longer keeps, a hatched band along the top.
    void setLosses(const std::vector<capture::LossSpan>& losses, std::optional<TimeRange> removed = std::nullopt);
    /// First to last packet of each selected flow; at most kMaxLives are drawn.
    void setFlowLives(const std::vector<TimeRange>& lives);
    /// Notes, in the order of their begin.
    void setFlags(std::vector<TimeFlag> flags);
    [[nodiscard]] const TimeFlags& flags() const { return *m_flags; }
    /// Moments of anomalies: small marks along the bottom edge; those closer than a few pixels are drawn as one.
    void setMarks(std::vector<Timestamp> moments);
    void setZone(TimeFormatter formatter, int offsetSeconds, const QString& zoneName);
    /// Whole capture when none.
    void setView(std::optional<TimeRange> view);
    [[nodiscard]] std::optional<TimeRange> view() const { return m_view; }
    void setLogScale(bool on);
    /// The chosen range when the place of the canvas lies in it, else the bar there.
    [[nodiscard]] std::optional<TimeRange> stretchAt(QPointF place) const;
    [[nodiscard]] bool logScale() const { return m_logScale; }

    [[nodiscard]] const OverviewSeries& series() const { return m_series; }
    [[nodiscard]] TimeBrush& brush() { return *m_brush; }
    /// The line above the plot: what is drawn, or the values under the pointer.
    [[nodiscard]] QString readout() const { return m_readout->text(); }

    static constexpr std::size_t kMaxLives = 64;
    static constexpr std::size_t kMaxGaps = 64;
    static constexpr std::size_t kMaxLossesDrawn = 256; // neighbours closer than a pixel or two are drawn as one

signals:
    void rangeChosen(const std::optional<timbre::TimeRange>& range);
    void noteWanted();
    /// A bar was clicked; with Shift the stretch from the bar clicked before it.
    void barsChosen(const timbre::TimeRange& stretch);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void makeAxes();
    void makeCorner();
    void restyle();
    void rebuild();
    void setValues();
    void drawGaps();
    void drawLosses();
    void drawRemoved();
    void drawLives();
    void drawMarks();
    void showAt(std::optional<Timestamp> time);
    void chooseBars(Timestamp time, bool extend);
    [[nodiscard]] std::optional<TimeRange> barAt(Timestamp time) const;
    [[nodiscard]] QString notesText(Timestamp time);
    [[nodiscard]] QString lossText(const OverviewColumn& column);
    [[nodiscard]] QString valuesText(const OverviewColumn& column) const;
    [[nodiscard]] QString legendText() const;
    [[nodiscard]] PlotTable makeTable() const;
    [[nodiscard]] QCPItemRect* itemRect(std::vector<QCPItemRect*>& pool, std::size_t index);

    Theme& m_theme;
    std::shared_ptr<const TimeHistogram> m_histogram;
    std::optional<TimeRange> m_captureRange;
    std::optional<TimeRange> m_view;
    std::optional<TimeRange> m_barChosen; // the last one clicked without Shift
    OverviewSeries m_series;
    std::vector<TimeRange> m_lives;
    std::vector<Timestamp> m_marks;
    std::vector<capture::LossSpan> m_losses;
    std::optional<TimeRange> m_removed;
    TimeFormatter m_formatTime;
    QString m_zoneName = QStringLiteral("UTC");
    bool m_logScale = false;

    TimeBrush* m_brush = nullptr;
    TimeFlags* m_flags = nullptr;
    QCPBars* m_packets = nullptr;
    QCPGraph* m_bytes = nullptr;
    QCPItemText* m_readout = nullptr;
    QCPItemText* m_packetKey = nullptr;
    QCPItemText* m_bytesKey = nullptr;
    QCPItemText* m_lossKey = nullptr;
    QCPItemRect* m_removedItem = nullptr;
    std::vector<QCPItemRect*> m_gapItems;
    std::vector<QCPItemRect*> m_lossItems;
    std::vector<QCPItemRect*> m_lifeItems;
    std::vector<QCPItemRect*> m_markItems;
    QSharedPointer<TimeTicker> m_timeTicker;
    QToolButton* m_logButton = nullptr;
};

} // namespace timbre::ui
