#pragma once

// A voice stream over time: payload sizes with the talk spurts marked behind them, and the longest gap between packets.
// Both over the time since the stream's first packet, in the bins that the stream keeps. GUI thread only.

#include "engine/audio/stream_report.h"
#include "ui/plots/plot_frame.h"

namespace timbre::ui {

class StreamPlots : public QWidget {
    Q_OBJECT

public:
    explicit StreamPlots(Theme& theme, QWidget* parent = nullptr);

    /// Null: nothing is drawn.
    void setTimeline(std::shared_ptr<const audio::StreamTimeline> timeline);

    [[nodiscard]] PlotFrame& sizes() { return *m_sizes; }
    [[nodiscard]] PlotFrame& gaps() { return *m_gaps; }

signals:
    /// A click on a moment in either plot.
    void momentChosen(timbre::Timestamp time);
    void pictureFailed(const QString& sentence);

private:
    void makeSizes();
    void makeGaps();
    void restyle();
    void rebuild();
    void connectPointer(PlotFrame& frame);
    [[nodiscard]] std::optional<std::size_t> binAt(double seconds) const;
    [[nodiscard]] QString wordsAt(std::size_t bin) const;
    void showBin(PlotFrame& frame, std::size_t bin);
    [[nodiscard]] double binSeconds() const { return static_cast<double>(m_timeline->binNs) / 1e9; }
    [[nodiscard]] PlotTable makeTable() const;

    Theme& m_theme;
    std::shared_ptr<const audio::StreamTimeline> m_timeline; // never null
    std::size_t m_shown = 0;
    PlotFrame* m_sizes = nullptr;
    PlotFrame* m_gaps = nullptr;
    QCPBars* m_talk = nullptr;
    QCPGraph* m_largest = nullptr;
    QCPGraph* m_smallest = nullptr;
    QCPGraph* m_longest = nullptr;
};

} // namespace timbre::ui
