#pragma once

// A QCustomPlot as every plot of Timbre wants it: themed, cheap to draw, at most ten replots a second, with a crosshair
// on a buffered layer of its own so that moving the pointer never redraws data. GUI thread only.

#include "ui/keys/view_keys.h"
#include "ui/theme/theme.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QTimer>
#include <qcustomplot.h>

namespace timbre::ui {

class PlotCanvas : public QCustomPlot {
    Q_OBJECT

public:
    explicit PlotCanvas(Theme& theme, QWidget* parent = nullptr);

    /// Draws soon, and not more often than ten times a second.
    void replotSoon();
    /// A buffered layer between grid and data ("under") or above everything ("cursor").
    [[nodiscard]] QCPLayer* underLayer() const { return m_under; }
    [[nodiscard]] QCPLayer* cursorLayer() const { return m_cursor; }

    /// A vertical line at `key` with a few words beside it; nullopt takes it away.
    void showCrosshair(std::optional<double> key, const QString& words = {});
    [[nodiscard]] QString crosshairWords() const { return m_crosshairWords; }
    [[nodiscard]] bool crosshairShown() const { return m_line->visible(); }
    /// What the words cover, on the canvas; empty while there are none.
    [[nodiscard]] QRectF crosshairBox() const;
    /// On the canvas, in the middle of its height; none while it is not shown.
    [[nodiscard]] std::optional<QPointF> crosshairPlace() const;

    [[nodiscard]] Theme& theme() const { return m_theme; }
    /// Colours of axis and grid, from the theme.
    void styleAxis(QCPAxis* axis, bool grid) const;
    /// How many pixel columns the data area is wide; at least 1.
    [[nodiscard]] int dataWidth() const;

signals:
    /// Colours changed: pens and brushes of the plot's own items have to be set again. A replot follows by itself.
    void restyle();
    void pointerMoved(QPointF position);
    void pointerLeft();
    /// Left and Right: the crosshair goes to the neighbouring value; ±10 with Ctrl.
    void stepped(int by);
    void enterPressed();

protected:
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void makeKeys();
    void applyTheme();
    void placeWords(double key);

    Theme& m_theme;
    ViewKeys* m_keys = nullptr;
    QCPLayer* m_under = nullptr;
    QCPLayer* m_cursor = nullptr;
    QCPItemLine* m_line = nullptr;
    QCPItemText* m_words = nullptr;
    QString m_crosshairWords; // before they were broken into lines
    QCPItemRect* m_focusRing = nullptr;
    QTimer m_timer;
    QElapsedTimer m_sinceReplot;
};

} // namespace timbre::ui
