#include "ui/plots/plot_frame.h"

#include "ui/filter/filter_menu.h"

#include <QtGui/QClipboard>
#include <QtGui/QContextMenuEvent>
#include <QtGui/QGuiApplication>
#include <QtGui/QKeyEvent>
#include <QtSvg/QSvgGenerator>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMenu>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QTableView>
#include <QtWidgets/QToolButton>

namespace timbre::ui {

QString PlotTable::asTsv() const
{
    QString text = titles.join(QLatin1Char('\t')) + QLatin1Char('\n');
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < titles.size(); ++column)
            text += cell(row, column) + (column + 1 < titles.size() ? QLatin1Char('\t') : QLatin1Char('\n'));
    }
    return text;
}

void PlotTableModel::setTable(PlotTable table)
{
    beginResetModel();
    m_table = std::move(table);
    endResetModel();
}

int PlotTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_table.rows;
}

int PlotTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_table.titles.size());
}

QVariant PlotTableModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    if (role == Qt::DisplayRole)
        return m_table.cell(index.row(), index.column());
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue((index.column() == 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    return {};
}

QVariant PlotTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole) // above the figures
        return QVariant::fromValue((section == 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    return role == Qt::DisplayRole ? m_table.titles.value(section) : QVariant();
}

PlotFrame::PlotFrame(const QString& title, Theme& theme, QWidget* parent, bool showTitle)
    : QWidget(parent)
    , m_title(title)
    , m_theme(theme)
{
    m_stack = new QStackedWidget(this);
    m_canvas = new PlotCanvas(theme, m_stack);
    m_canvas->setAccessibleName(title);
    m_canvas->setAccessibleDescription(tr("A plot. Its menu opens the same data as a table."));
    m_view = new QTableView(m_stack);
    m_model = new PlotTableModel(m_view);
    m_view->setModel(m_model);
    m_view->setAccessibleName(tr("%1, as a table").arg(title));
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setTabKeyNavigation(false);
    m_view->setShowGrid(false);
    m_view->setWordWrap(false);
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_view->verticalHeader()->setDefaultSectionSize(Theme::rowHeight(font()));
    m_view->horizontalHeader()->setHighlightSections(false);
    m_view->horizontalHeader()->setStretchLastSection(true);
    m_stack->addWidget(m_canvas);
    m_stack->addWidget(m_view);

    m_corner = new QWidget(this);
    auto* cornerLayout = new QHBoxLayout(m_corner);
    cornerLayout->setContentsMargins(0, 0, 0, 0);
    cornerLayout->setSpacing(0);
    m_menuButton = new QToolButton(m_corner);
    m_menuButton->setAutoRaise(true);
    m_menuButton->setPopupMode(QToolButton::InstantPopup);
    m_menuButton->setAccessibleName(tr("%1: table, copy, picture").arg(title));
    m_menuButton->setToolTip(tr("Table, copy data, save picture"));
    m_menuButton->setStyleSheet(QStringLiteral("QToolButton::menu-indicator { image: none; }"));
    auto* menu = new QMenu(m_menuButton);
    m_menuButton->setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        menu->clear();
        fillMenuAt(*menu, m_canvas->crosshairPlace());
    });
    cornerLayout->addWidget(m_menuButton);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    if (showTitle) {
        auto* head = new QHBoxLayout;
        head->setSpacing(Theme::kMargin);
        m_titleLabel = new QLabel(title, this);
        m_note = new QLabel(this);
        m_note->setForegroundRole(QPalette::PlaceholderText);
        m_note->setTextFormat(Qt::PlainText);
        m_note->setMinimumWidth(1); // long notes are cut, they do not push the plot out of a narrow dock
        head->addWidget(m_titleLabel);
        head->addWidget(m_note, 1);
        head->addWidget(m_corner);
        layout->addLayout(head);
    }
    layout->addWidget(m_stack, 1);
    connect(&theme, &Theme::changed, this, &PlotFrame::updateIcons);
    updateIcons();
}

void PlotFrame::updateIcons()
{
    m_menuButton->setIcon(m_theme.icon(QStringLiteral("export"), Role::Muted));
    m_menuButton->setIconSize({12, 12});
}

void PlotFrame::addCornerButton(QToolButton* button)
{
    auto* layout = static_cast<QHBoxLayout*>(m_corner->layout());
    button->setParent(m_corner);
    layout->insertWidget(0, button);
    placeCorner();
}

void PlotFrame::placeCorner()
{
    if (m_titleLabel != nullptr)
        return; // it lies in the title's line
    m_corner->adjustSize();
    m_corner->move(width() - m_corner->width() - 2, 1);
    m_corner->raise();
}

void PlotFrame::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    placeCorner();
    fitNote();
}

void PlotFrame::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_T && event->modifiers() == Qt::AltModifier)
        setTableShown(!tableShown());
    else
        QWidget::keyPressEvent(event);
}

void PlotFrame::setNote(const QString& note)
{
    m_noteText = note;
    fitNote();
}

void PlotFrame::fitNote()
{
    if (m_note == nullptr)
        return;
    const QString shown = m_note->fontMetrics().elidedText(m_noteText, Qt::ElideRight, m_note->width());
    m_note->setText(shown);
    m_note->setToolTip(shown == m_noteText ? QString() : m_noteText);
    m_note->setAccessibleName(m_noteText);
}

QString PlotFrame::note() const
{
    return m_note == nullptr ? QString() : m_noteText;
}

bool PlotFrame::tableShown() const
{
    return m_stack->currentWidget() == m_view;
}

void PlotFrame::setTableShown(bool shown)
{
    const bool hadFocus = m_stack->currentWidget()->hasFocus();
    // Filled before it is seen, and emptied when it is not: its cells are asked of data that goes on changing.
    m_model->setTable(shown && m_makeTable ? m_makeTable() : PlotTable());
    m_stack->setCurrentWidget(shown ? static_cast<QWidget*>(m_view) : m_canvas);
    if (hadFocus)
        m_stack->currentWidget()->setFocus();
}

void PlotFrame::tableChanged()
{
    if (tableShown() && m_makeTable)
        m_model->setTable(m_makeTable());
}

void PlotFrame::copyData() const
{
    if (m_makeTable)
        QGuiApplication::clipboard()->setText(m_makeTable().asTsv());
}

void PlotFrame::savePicture()
{
    const QString path = QFileDialog::getSaveFileName(this, tr("Save picture"), m_title + QStringLiteral(".png"),
                                                      tr("Pictures (*.png *.svg *.pdf)"));
    if (!path.isEmpty() && !savePictureTo(path))
        emit pictureFailed(tr("The picture could not be written to %1. Choose another folder or ending.").arg(path));
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
        svg.setTitle(m_title);
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

void PlotFrame::fillMenu(QMenu& menu)
{
    for (QAction* action : m_ownActions)
        menu.addAction(action);
    if (!m_ownActions.isEmpty())
        menu.addSeparator();
    QAction* table = menu.addAction(tr("Show as table\tAlt+T"), this, &PlotFrame::setTableShown);
    table->setCheckable(true);
    table->setChecked(tableShown());
    menu.addAction(tr("Copy data"), this, &PlotFrame::copyData);
    menu.addAction(tr("Save picture…"), this, &PlotFrame::savePicture);
}

void PlotFrame::setTerms(Focus& focus, std::function<QStringList(QPointF)> terms)
{
    m_focus = &focus;
    m_terms = std::move(terms);
}

void PlotFrame::fillMenuAt(QMenu& menu, std::optional<QPointF> place)
{
    if (place && m_terms && !tableShown()) {
        for (const QString& term : m_terms(*place))
            addFilterActions(menu, *m_focus, term);
        menu.addSeparator();
    }
    fillMenu(menu);
}

void PlotFrame::contextMenuEvent(QContextMenuEvent* event)
{
    QMenu menu(this);
    const bool pointed = event->reason() == QContextMenuEvent::Mouse;
    fillMenuAt(menu, pointed ? std::optional(QPointF(m_canvas->mapFromGlobal(event->globalPos())))
                             : m_canvas->crosshairPlace());
    menu.exec(event->globalPos());
}

} // namespace timbre::ui
