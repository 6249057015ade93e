#include "ui/docks/scroll_manners.h"

#include <QtGui/QResizeEvent>

#include <algorithm>

namespace timbre::ui {

namespace {

class WheelFilter : public QObject {
public:
    using QObject::QObject;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() != QEvent::Wheel || static_cast<QWidget*>(watched)->hasFocus())
            return false;
        event->ignore();
        return true;
    }
};

int leastWidth(const QWidget& widget)
{
    return std::max(widget.minimumWidth(), widget.minimumSizeHint().width());
}

} // namespace

void leaveWheelToArea(QWidget& widget)
{
    widget.setFocusPolicy(Qt::StrongFocus); // else the wheel brings the keyboard along
    widget.installEventFilter(new WheelFilter(&widget));
}

FoldingSplitter::FoldingSplitter(QWidget* parent)
    : QSplitter(Qt::Horizontal, parent)
{
    setChildrenCollapsible(false);
}

int FoldingSplitter::widthSideBySide() const
{
    int width = (count() - 1) * handleWidth();
    for (int i = 0; i < count(); ++i)
        width += leastWidth(*widget(i));
    return width;
}

QSize FoldingSplitter::minimumSizeHint() const
{
    int width = 0;
    for (int i = 0; i < count(); ++i)
        width = std::max(width, leastWidth(*widget(i)));
    return {width, QSplitter::minimumSizeHint().height()};
}

void FoldingSplitter::resizeEvent(QResizeEvent* event)
{
    const Qt::Orientation wanted = event->size().width() < widthSideBySide() ? Qt::Vertical : Qt::Horizontal;
    if (wanted != orientation())
        setOrientation(wanted);
    QSplitter::resizeEvent(event);
}

} // namespace timbre::ui
