#pragma once

// Both scores of one flow against one mask over time: the exact score with its limits as lines over bands of status,
// and the calibrated one. A limit can be dragged to see which past checks would have said something else; nothing is
// changed by that. Scores that are no number have a mark of their own at the top.

#include "ui/models/resonance_index.h"
#include "ui/plots/plot_frame.h"
#include "ui/plots/time_ticker.h"

namespace timbre::ui {

class ResonanceTimeline : public QWidget {
    Q_OBJECT

public:
    explicit ResonanceTimeline(Theme& theme, QWidget* parent = nullptr);

    /// Checks in order of time. `limits` are those the checks were made with.
    void show(std::vector<resonance::CheckRecord> checks, const resonance::Limits& limits);
    void setTimeFormatter(TimeTicker::Formatter formatter);
    [[nodiscard]] PlotFrame& frame() { return *m_frame; }
    [[nodiscard]] const resonance::Limits& limits() const { return m_limits; } // as dragged
    void resetLimits();
    /// Limits move by a fiftieth of their value per key press, too: Up and Down the warning limit, with Shift the
    /// other.
    void nudge(bool compromised, int by);
    /// Marks a check of the list; Left and Right go from one to the next.
    void setChosen(int position);

signals:
    /// A limit was dragged or put back.
    void limitsChanged();
    void checkChosen(int position); // in the list that was shown
    void pictureFailed(const QString& sentence);

private:
    void makeKeys(PlotCanvas& canvas);
    enum class Line { None, Warning, Compromised };

    bool eventFilter(QObject* watched, QEvent* event) override;
    void step(int by);
    void showWords(std::size_t position);
    void restyle();
    void plot();
    void placeBands();
    void placeLineWords();
    void putLineWords(bool right, bool figures);
    void released();
    [[nodiscard]] Line lineAt(QPointF position) const;
    void pressed(QMouseEvent* event);
    void moved(QPointF position);
    [[nodiscard]] std::optional<int> nearest(double x) const;
    [[nodiscard]] double seconds(std::size_t i) const;
    [[nodiscard]] PlotTable table() const;

    PlotFrame* m_frame = nullptr;
    ViewKeys* m_keys = nullptr;
    QCPGraph* m_exact = nullptr;
    QCPGraph* m_calibrated = nullptr;
    QCPGraph* m_odd = nullptr;             // scores that are no number
    std::array<QCPItemRect*, 3> m_bands{}; // good, watch, bad
    std::array<QCPItemStraightLine*, 2> m_lines{};
    std::array<QCPItemText*, 2> m_lineWords{};
    QSharedPointer<TimeTicker> m_ticker;
    std::vector<resonance::CheckRecord> m_checks;
    resonance::Limits m_made;
    resonance::Limits m_limits;
    Line m_dragged = Line::None;
    int m_chosen = -1;
};

} // namespace timbre::ui
