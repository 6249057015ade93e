#include "ui/packets/thin_progress.h"

#include "ui/theme/theme.h"

#include <QtGui/QPainter>

#include <algorithm>

namespace timbre::ui {

ThinProgress::ThinProgress(const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setFixedHeight(2);
}

void ThinProgress::setFraction(double fraction)
{
    m_fraction = std::clamp(fraction, 0.0, 1.0);
    update();
}

void ThinProgress::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(Role::Line));
    if (m_fraction < 1.0)
        painter.fillRect(0, 0, static_cast<int>(width() * m_fraction), height(), m_theme.color(Role::Accent));
}

} // namespace timbre::ui
