#include "ui/plots/plot_frame.h"

#include <QtSvg/QSvgGenerator>

namespace timbre::ui {

PlotFrame::PlotFrame(const QString& title, Theme& theme, QWidget* parent, bool showTitle)
    : TwinFrame(title, theme, *new PlotCanvas(theme), parent, showTitle)
    , m_canvas(static_cast<PlotCanvas*>(&drawing()))
{
    m_canvas->setAccessibleDescription(tr("A plot. Its menu opens the same data as a table."));
}

std::optional<QPointF> PlotFrame::chosenPlace() const
{
    return m_canvas->crosshairPlace();
}

bool PlotFrame::savePictureTo(const QString& path)
{
    m_canvas->showCrosshair(std::nullopt);
    const int width = std::max(400, m_canvas->width());
    const int height = std::max(72, m_canvas->height());
    if (path.endsWith(QStringLiteral(".pdf"), Qt::CaseInsensitive))
        return m_canvas->savePdf(path, width, height);
    if (path.endsWith(QStringLiteral(".svg"), Qt::CaseInsensitive)) {
        QSvgGenerator svg;
        svg.setFileName(path);
        svg.setTitle(title());
        svg.setSize({width, height});
        svg.setViewBox(QRect(0, 0, width, height));
        QCPPainter painter;
        if (!painter.begin(&svg))
            return false;
        m_canvas->toPainter(&painter, width, height);
        return painter.end();
    }
    constexpr double kSharp = 2.0; // for documents and screens of today
    return m_canvas->savePng(path, width, height, kSharp);
}

} // namespace timbre::ui
