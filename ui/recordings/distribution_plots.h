#pragma once

// How sizes, gaps and entropies of packets are distributed, each direction by itself, as shares in per cent; one set,
// or two over each other with the distance between them. Drawn from counts, so that it costs the same for ten packets
// and for a hundred thousand. GUI thread only.

#include "engine/recording/recorder.h"
#include "ui/plots/plot_frame.h"

#include <QtWidgets/QWidget>

namespace timbre::ui {

struct Distributions {
    recording::Histograms counts;
    QString name;
};

/// Largest distances between two distributions, 0 … 1, by direction; negative: one side has no packets.
struct DistributionDistances {
    std::array<double, 2> sizes{-1.0, -1.0};
    std::array<double, 2> gaps{-1.0, -1.0};
    std::array<double, 2> entropies{-1.0, -1.0};
};

[[nodiscard]] recording::Histograms histogramsOf(const std::vector<recording::PacketRecord>& packets);
[[nodiscard]] DistributionDistances distancesOf(const std::vector<recording::PacketRecord>& a,
                                                const std::vector<recording::PacketRecord>& b);

class DistributionPlots : public QWidget {
    Q_OBJECT

public:
    DistributionPlots(Theme& theme, Qt::Orientation orientation, bool withEntropy, QWidget* parent = nullptr);

    void show(const Distributions& one);
    void compare(const Distributions& one, const Distributions& other, const DistributionDistances& distances);
    void clear();

signals:
    void pictureFailed(const QString& sentence);

private:
    struct Plot {
        PlotFrame* frame = nullptr;
        std::array<QCPGraph*, 4> graphs{}; // up and down of one, up and down of the other
    };
    Plot makePlot(const QString& title);
    void fill();
    void fillPlot(Plot& plot, const std::vector<double>& starts, const std::vector<std::vector<double>>& shares,
                  const QString& note);
    void restyle();

    Theme& m_theme;
    Plot m_sizes;
    Plot m_gaps;
    Plot m_entropies; // no frame when they are not shown
    Distributions m_one;
    std::optional<Distributions> m_other;
    DistributionDistances m_distances;
};

} // namespace timbre::ui
