#include "ui/docks/row_peek.h"

#include <QtCore/QEvent>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QScrollBar>

namespace timbre::ui {

RowPeek::RowPeek(QAbstractItemView& view, const Focus& focus, const Theme& theme, Content content)
    : QObject(&view)
    , m_view(view)
    , m_content(std::move(content))
    , m_peek(new FlowsPeek(focus, theme, view.viewport()))
{
    view.installEventFilter(this);
    connect(view.selectionModel(), &QItemSelectionModel::currentChanged, this, &RowPeek::update);
    connect(view.model(), &QAbstractItemModel::modelReset, this, &RowPeek::update);
    connect(view.verticalScrollBar(), &QScrollBar::valueChanged, this, &RowPeek::update);
}

RowPeek::~RowPeek()
{
    delete m_peek; // null when the window was quicker
}

bool RowPeek::visible() const
{
    return m_peek && m_peek->isVisible();
}

bool RowPeek::close()
{
    const bool was = visible();
    if (was)
        m_peek->hide();
    return was;
}

void RowPeek::toggle()
{
    if (close() || !m_peek)
        return;
    if (!m_view.currentIndex().isValid())
        m_view.setCurrentIndex(m_view.model()->index(0, 0));
    if (m_peek->parentWidget() != m_view.window())
        m_peek->setParent(m_view.window());
    m_peek->show();
    update();
}

bool RowPeek::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Hide) // another dock is in front, or this one gets a window of its own
        close();
    return QObject::eventFilter(watched, event);
}

void RowPeek::update()
{
    if (!visible())
        return;
    const QModelIndex current = m_view.currentIndex();
    const PeekContent content = current.isValid() ? m_content(current) : PeekContent();
    if (content.flows && content.flow < content.flows->size())
        m_peek->showFlow(*content.flows, (*content.flows)[content.flow]);
    else if (!content.title.isEmpty() || !content.facts.empty())
        m_peek->showFacts(content.title, content.facts);
    else
        return m_peek->hide();
    place(current);
}

void RowPeek::place(const QModelIndex& row)
{
    QRect shown = m_view.visualRect(row);
    shown.setLeft(0); // beside the row, not beside the cell
    m_peek->placeBeside(QRect(m_view.viewport()->mapTo(m_view.window(), shown.topLeft()), shown.size()));
}

PeekContent spelledOut(const QModelIndex& row)
{
    PeekContent content;
    const QAbstractItemModel& model = *row.model();
    content.title = row.siblingAtColumn(0).data().toString();
    for (int column = 1; column < model.columnCount(); ++column) {
        if (const QString text = row.siblingAtColumn(column).data().toString(); !text.isEmpty())
            content.facts.push_back({model.headerData(column, Qt::Horizontal).toString(), text});
    }
    return content;
}

} // namespace timbre::ui
