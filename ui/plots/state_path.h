#pragma once

// The way a TCP flow went through its states, as a small chain of boxes: passed ones ticked, the last one framed, the
// rest pale. A reset stands at the end with its own shape and word. Words carry the meaning; colour only helps.

#include "engine/flow/flow_record.h"

#include <QtWidgets/QWidget>

#include <vector>

namespace timbre::ui {

class Theme;

struct StateStep {
    flow::TcpState state = flow::TcpState::Active;
    bool passed = false;
    bool last = false; // where the flow is now, or ended
};

/// Every state of the normal way, in order, and `reset` when the flow ended there. What lay before a reset is told from
/// the history letters and the handshake, since the record keeps the last state only.
[[nodiscard]] std::vector<StateStep> statePath(const flow::FlowRecord& record);
/// "SYN sent", "established" …
[[nodiscard]] QString stateWords(flow::TcpState state);
/// "SYN ↑, SYN ↓, data ↑ ×3, …" for the letters of the history.
[[nodiscard]] QString historyWords(std::string_view letters);

class StatePath : public QWidget {
    Q_OBJECT

public:
    explicit StatePath(Theme& theme, QWidget* parent = nullptr);

    void setSteps(std::vector<StateStep> steps);
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    struct Box {
        QRect rect;
        std::size_t step = 0;
    };
    [[nodiscard]] std::vector<Box> boxes(int width) const;
    void paintBox(QPainter& painter, const Box& box) const;
    [[nodiscard]] QString words(const StateStep& step) const;

    Theme& m_theme;
    std::vector<StateStep> m_steps;
};

} // namespace timbre::ui
