#include "ui/filter/filter_edit.h"

#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>

namespace timbre::ui {

namespace {

constexpr int kPageRows = 8;

} // namespace

FilterEdit::FilterEdit(const Theme& theme, QWidget* parent)
    : QLineEdit(parent)
    , m_theme(theme)
{
}

void FilterEdit::markError(qsizetype start, qsizetype length)
{
    m_errorStart = start;
    m_errorLength = length;
    update();
}

bool FilterEdit::takeListKey(const QKeyEvent& event)
{
    switch (event.key()) {
    case Qt::Key_Down:
        emit listMoved(1);
        return true;
    case Qt::Key_Up:
        emit listMoved(-1);
        return true;
    case Qt::Key_PageDown:
        emit listMoved(kPageRows);
        return true;
    case Qt::Key_PageUp:
        emit listMoved(-kPageRows);
        return true;
    case Qt::Key_Tab:
        emit listAccepted();
        return true;
    case Qt::Key_Escape:
        emit listClosed();
        return true;
    default:
        return false;
    }
}

// Tab would move the keyboard on before keyPressEvent sees it.
bool FilterEdit::event(QEvent* event)
{
    if (event->type() == QEvent::KeyPress && m_listOpen && takeListKey(*static_cast<QKeyEvent*>(event)))
        return true;
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        event->accept(); // Escape here is about the filter, not about what is being read
        return true;
    }
    return QLineEdit::event(event);
}

void FilterEdit::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape) {
        emit escaped();
        return;
    }
    if (event->key() == Qt::Key_Down) {
        emit listWanted();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

void FilterEdit::focusOutEvent(QFocusEvent* event)
{
    QLineEdit::focusOutEvent(event);
    emit listClosed();
}

void FilterEdit::paintEvent(QPaintEvent* event)
{
    QLineEdit::paintEvent(event);
    if (m_errorStart < 0)
        return;
    // The line scrolls sideways by an amount it does not tell; the cursor's place gives it away.
    const QFontMetrics metrics(font());
    const auto advance = [&](qsizetype position) { return metrics.horizontalAdvance(text().left(position)); };
    const int origin = cursorRect().center().x() - advance(cursorPosition());
    const int left = origin + advance(m_errorStart);
    const int width = std::max(metrics.horizontalAdvance(QLatin1Char('m')),
                               advance(m_errorStart + m_errorLength) - advance(m_errorStart));
    const int bottom = rect().center().y() + metrics.height() / 2;
    QPainter painter(this);
    painter.setClipRect(rect().adjusted(4, 0, -4, 0));
    QPen pen(m_theme.color(Role::Bad), 2, Qt::DotLine);
    painter.setPen(pen);
    painter.drawLine(left, bottom, left + width, bottom);
}

} // namespace timbre::ui
