#pragma once

// One address and those it shares something with, as a small graph: the address in the middle, the others around it, a
// line as thick as the correlation is strong. GUI thread only.

#include "ui/keys/view_keys.h"
#include "ui/plots/plot_table.h"
#include "ui/theme/theme.h"

#include <QtWidgets/QWidget>

class QPainter;

namespace timbre::ui {

class CorrelationGraph : public QWidget {
    Q_OBJECT

public:
    struct Neighbour {
        QString name;
        double strength = 0; // 0 … 1
        QString why;         // for the tooltip
    };
    static constexpr int kMaxNeighbours = 12; // more would not be told apart

    explicit CorrelationGraph(Theme& theme, QWidget* parent = nullptr);

    /// The strongest first; those past kMaxNeighbours are counted only, and stand in the table.
    void setGraph(const QString& centre, std::vector<Neighbour> neighbours);
    [[nodiscard]] const std::vector<Neighbour>& neighbours() const { return m_neighbours; }
    /// The same as rows, those that are not drawn included.
    [[nodiscard]] PlotTable table() const;
    [[nodiscard]] QString inWords() const;
    /// False when there is no such neighbour.
    bool choose(int neighbour);

signals:
    void neighbourChosen(const QString& name);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    bool event(QEvent* event) override;
    [[nodiscard]] QSize sizeHint() const override { return {260, 180}; }

private:
    void drawNames(QPainter& painter) const;
    [[nodiscard]] QString restInWords() const;
    [[nodiscard]] QRect restPlace() const;
    [[nodiscard]] int drawn() const;
    void step(int by);
    [[nodiscard]] QPointF placeOf(int neighbour) const;
    [[nodiscard]] int neighbourAt(QPointF position) const; // −1: none

    Theme& m_theme;
    QString m_centre;
    std::vector<Neighbour> m_neighbours;
    int m_current = -1; // of the keys
    ViewKeys* m_keys = nullptr;
};

} // namespace timbre::ui
