#pragma once

// Flows, or other subjects, × masks as a colour map: how strongly each resembles each mask, by its latest check. The
// numbers come with the pointer; the table twin has all of them. Arrow keys go through masks and rows.

#include "ui/models/resonance_index.h"
#include "ui/plots/plot_frame.h"

#include <functional>

namespace timbre::ui {

class ResonanceMatrix : public QWidget {
    Q_OBJECT

public:
    static constexpr std::size_t kMaxRows = 200; // those that resemble a mask most; the note says how many there are

    explicit ResonanceMatrix(Theme& theme, QWidget* parent = nullptr);

    /// What rows are called.
    struct Names {
        QString kind;                                 // "Flow"
        std::function<QString(std::uint32_t)> nameOf; // "Flow 12"
        std::function<QString(std::size_t)> count;    // "3 flows"
    };
    /// Requires: the index outlives the view or another one is shown.
    void show(const ResonanceIndex& index, Names names);
    void setCurrent(std::uint32_t flow, std::uint16_t mask);
    [[nodiscard]] PlotFrame& frame() { return *m_frame; }
    /// Flow and position of the mask at a place of the canvas.
    [[nodiscard]] std::optional<std::pair<std::uint32_t, std::size_t>> at(QPointF place) const;
    [[nodiscard]] std::size_t rowsShown() const { return m_rows.size(); }

signals:
    void chosen(quint32 flow, quint16 mask);
    void pictureFailed(const QString& sentence);

private:
    struct Cell {
        std::size_t row = 0;
        std::size_t mask = 0;
    };
    [[nodiscard]] std::optional<Cell> cellAt(QPointF position) const;
    [[nodiscard]] QString words(const Cell& cell) const;
    void choose(const Cell& cell);
    void stepMask(int by);
    void stepRow(int by);
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void restyle();
    void nameMasks();
    void placeFrame();
    [[nodiscard]] PlotTable table() const;

    PlotFrame* m_frame = nullptr;
    ViewKeys* m_keys = nullptr;
    QCPColorMap* m_map = nullptr;
    QCPItemRect* m_current = nullptr;
    const ResonanceIndex* m_index = nullptr;
    Names m_names;
    std::vector<std::uint32_t> m_rows; // subjects, the first one on top
    std::uint32_t m_flow = flow::kNoFlow;
    std::uint16_t m_mask = resonance::kNoMask;
};

/// "83 of 100", "83 of 100\non little evidence", "not enough packets", for where there is little room.
[[nodiscard]] QString shortResonanceText(const resonance::CheckRecord& check);
/// "83 of 100 (212 of 256 packets)", "not enough packets yet (9 of 256)".
[[nodiscard]] QString resonanceText(const resonance::CheckRecord& check);
/// "0.12 healthy", "NaN: no number, read as healthy".
[[nodiscard]] QString exactScoreText(const resonance::CheckRecord& check);

} // namespace timbre::ui
