#pragma once

// The state machine of a mask as a drawing: states on a circle, arrows with what takes them. The same in words is its
// accessible description and its tooltip.

#include "engine/mask/mask_profile.h"
#include "ui/plots/plot_table.h"
#include "ui/theme/theme.h"

#include <QtWidgets/QWidget>

#include <memory>

namespace timbre::ui {

class StateGraph : public QWidget {
    Q_OBJECT

public:
    explicit StateGraph(Theme& theme, QWidget* parent = nullptr);

    void show(std::shared_ptr<const mask::MaskProfile> mask);
    [[nodiscard]] QSize sizeHint() const override { return {240, 190}; }
    [[nodiscard]] QString inWords() const;
    /// A row for each way from state to state.
    [[nodiscard]] PlotTable table() const;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] QPointF placeOf(std::size_t state) const;
    void paintArrow(QPainter& painter, std::size_t from, std::size_t to, const QString& words) const;

    Theme& m_theme;
    std::shared_ptr<const mask::MaskProfile> m_mask;
};

} // namespace timbre::ui
