#pragma once

// A row of buttons: words where there is room for all of them, icons where there is not, so that no dock becomes wide
// for its buttons alone.

#include "ui/theme/theme.h"

#include <QtWidgets/QToolButton>

#include <vector>

namespace timbre::ui {

class ActionBar : public QWidget {
    Q_OBJECT
public:
    explicit ActionBar(Theme& theme, QWidget* parent = nullptr);

    QToolButton* add(const QString& icon, const QString& text);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    [[nodiscard]] int widthIn(Qt::ToolButtonStyle style) const;
    void updateIcons();
    void chooseStyle();

    Theme& m_theme;
    std::vector<std::pair<QToolButton*, QString>> m_buttons; // and their icons
};

} // namespace timbre::ui
