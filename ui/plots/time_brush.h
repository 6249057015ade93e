#pragma once

// Choosing a stretch of time on a plot's horizontal axis, by mouse and by keys: drag makes a brush, its ends can be
// pulled, a drag inside moves it, release sets it, Esc drops what is in progress; with the keys a cursor walks, Shift
// extends, Enter sets, Esc clears. A click (or Space) and a double click (or Enter) outside the range are handed on.
// The axis counts seconds since base(). It draws the brush and its handles; what the chosen time means is for the
// owner.

#include "engine/base/timestamp.h"
#include "ui/keys/view_keys.h"
#include "ui/plots/plot_canvas.h"

#include <optional>

namespace timbre::ui {

class TimeBrush : public QObject {
    Q_OBJECT

public:
    explicit TimeBrush(PlotCanvas& canvas);

    /// The axis: its zero, the stretch that can be chosen, and how far a key press goes.
    void setScale(Timestamp base, TimeRange whole, std::int64_t keyStepNs);
    /// The range as it is set elsewhere; drops a brush in progress.
    void setRange(std::optional<TimeRange> range);
    [[nodiscard]] std::optional<TimeRange> range() const { return m_range; }
    /// What is drawn: the brush in progress, else the range.
    [[nodiscard]] std::optional<TimeRange> shown() const { return m_pending ? m_pending : m_range; }
    [[nodiscard]] bool inProgress() const { return m_pending.has_value(); }
    [[nodiscard]] std::optional<Timestamp> cursor() const { return m_cursor; }

    [[nodiscard]] double toAxis(Timestamp time) const;
    [[nodiscard]] Timestamp toTime(double axisSeconds) const;

signals:
    /// The analyst chose a range, or none.
    void rangeChosen(const std::optional<timbre::TimeRange>& range);
    /// A click inside the brush, or Alt-drag: look at this stretch only.
    void zoomChosen(const timbre::TimeRange& range);
    /// A click outside the brush, or Space at the key cursor; `extend` with Shift.
    void clicked(timbre::Timestamp time, bool extend);
    /// A double click outside the brush, or Enter at the key cursor.
    void opened(timbre::Timestamp time);
    /// The key cursor moved, or a brush is being drawn.
    void cursorMoved(timbre::Timestamp time);
    void pendingChanged();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    enum class Drag : std::uint8_t { None, Pressed, Brush, Move, Zoom };

    bool press(const QMouseEvent& event);
    bool move(const QMouseEvent& event);
    bool release(const QMouseEvent& event);
    void makeKeys();
    bool walked(const QKeyEvent& event);
    void enter();
    bool click(bool extend);
    bool drop();
    void moveCursor(Timestamp to, bool extend);
    void dropPending();
    void setPending(Timestamp a, Timestamp b);
    void moveRange(Timestamp to);
    void draw();
    void restyle();
    [[nodiscard]] Timestamp timeAt(const QPointF& position) const;
    [[nodiscard]] bool near(const QPointF& position, Timestamp end) const;
    [[nodiscard]] std::optional<Timestamp> oppositeHandle(const QPointF& position) const;
    void updatePointer(const QPointF& position);

    PlotCanvas& m_canvas;
    ViewKeys* m_keys = nullptr;
    QCPItemRect* m_rect = nullptr;
    QCPItemLine* m_beginLine = nullptr;
    QCPItemLine* m_endLine = nullptr;
    Timestamp m_base;
    TimeRange m_whole;
    std::int64_t m_keyStepNs = 1;
    std::optional<TimeRange> m_range;
    std::optional<TimeRange> m_pending;
    std::optional<Timestamp> m_cursor; // of the keys
    Timestamp m_anchor;                // where a drag or an extension began
    Timestamp m_pressTime;
    QPointF m_pressPosition;
    Drag m_drag = Drag::None;
};

} // namespace timbre::ui
