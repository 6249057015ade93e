#pragma once

// Two plots of one flow: packet sizes, initiator up and responder down, and the gaps between packets on a logarithmic
// axis. Both over the time since the flow's first packet, both summed to pixels before drawing. GUI thread only.

#include "ui/plots/plot_frame.h"
#include "ui/plots/series.h"

namespace timbre::ui {

class FlowPlots : public QWidget {
    Q_OBJECT

public:
    explicit FlowPlots(Theme& theme, QWidget* parent = nullptr);

    /// The packets of the flow so far, in file order. `start` is the time of the flow's first packet, `spanNs` its
    /// duration. `remark` is added to the notes: what is missing and why.
    void setSamples(std::vector<FlowSample> samples, Timestamp start, std::int64_t spanNs, const QString& remark);
    void clear();
    [[nodiscard]] const std::vector<FlowSample>& samples() const { return *m_samples; }

    [[nodiscard]] PlotFrame& sizes() { return *m_sizes; }
    [[nodiscard]] PlotFrame& gaps() { return *m_gaps; }
    [[nodiscard]] int pointsDrawn() const;

signals:
    /// A click on a packet in either plot.
    void packetChosen(quint64 number);
    void pictureFailed(const QString& sentence);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void makeSizes();
    void makeGaps();
    void restyle();
    void rebuild();
    void rebuildSizes();
    void rebuildGaps();
    void connectPointer(PlotFrame& frame);
    void showSample(PlotFrame& frame, std::size_t sample);
    [[nodiscard]] std::optional<std::size_t> nearestSample(double seconds) const;
    [[nodiscard]] QString wordsAt(const PlotFrame& frame, std::size_t sample) const;
    [[nodiscard]] PlotTable makeTable(bool withGaps) const;

    Theme& m_theme;
    std::shared_ptr<const std::vector<FlowSample>> m_samples; // never null; shared with the tables
    Timestamp m_start;
    std::int64_t m_spanNs = 0;
    QString m_remark;
    std::size_t m_shown = 0; // sample under the crosshair
    PlotFrame* m_sizes = nullptr;
    PlotFrame* m_gaps = nullptr;
    QCPGraph* m_up = nullptr;
    QCPGraph* m_down = nullptr;
    QCPGraph* m_gapUp = nullptr;
    QCPGraph* m_gapDown = nullptr;
};

} // namespace timbre::ui
