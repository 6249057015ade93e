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
    makeKeys();
}

void FilterEdit::markError(qsizetype start, qsizetype length)
{
    m_errorStart = start;
    m_errorLength = length;
    update();
}

void FilterEdit::makeKeys()
{
    const QString group = tr("In the filter bar");
    m_keys = new ViewKeys(group, *this);
    m_keys->add({Qt::Key_Return, Qt::Key_Enter}, tr("Apply")); // by returnPressed()
    m_keys->addAct({Qt::Key_Down}, tr("Show completions"), [this] { emit listWanted(); });
    m_keys->addAct({Qt::Key_Escape}, tr("Back to the filter in force"), [this] { emit escaped(); });
    m_listKeys = new ViewKeys(group, *this);
    m_listKeys->addAct({Qt::Key_Down}, tr("Next completion"), [this] { emit listMoved(1); });
    m_listKeys->addAct({Qt::Key_Up}, tr("Previous completion"), [this] { emit listMoved(-1); });
    m_listKeys->addAct({Qt::Key_PageDown}, tr("Completions further down"), [this] { emit listMoved(kPageRows); });
    m_listKeys->addAct({Qt::Key_PageUp}, tr("Completions further up"), [this] { emit listMoved(-kPageRows); });
    m_listKeys->addAct({Qt::Key_Tab}, tr("Take the completion"), [this] { emit listAccepted(); });
    m_listKeys->addAct({Qt::Key_Escape}, tr("Close the completions"), [this] { emit listClosed(); });
}

// Tab would move the keyboard on before keyPressEvent sees it.
bool FilterEdit::event(QEvent* event)
{
    if (event->type() == QEvent::KeyPress && m_listOpen && m_listKeys->press(*static_cast<QKeyEvent*>(event)))
        return true;
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        event->accept(); // Escape here is about the filter, not about what is being read
        return true;
    }
    return QLineEdit::event(event);
}

void FilterEdit::keyPressEvent(QKeyEvent* event)
{
    if (!m_keys->press(*event))
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
