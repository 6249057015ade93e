#include "ui/plots/twin_frame.h"

#include "ui/filter/filter_menu.h"

#include <QtGui/QClipboard>
#include <QtGui/QContextMenuEvent>
#include <QtGui/QGuiApplication>
#include <QtGui/QKeyEvent>
#include <QtGui/QPageSize>
#include <QtGui/QPainter>
#include <QtGui/QPdfWriter>
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

namespace {

constexpr QSize kLeastPicture{400, 72};
constexpr double kSharp = 2.0; // for documents and screens of today
constexpr int kPointsPerInch = 72;

} // namespace

TwinFrame::TwinFrame(const QString& title, Theme& theme, QWidget& drawing, QWidget* parent, bool showTitle)
    : QWidget(parent)
    , m_title(title)
    , m_theme(theme)
    , m_drawing(&drawing)
{
    m_stack = new QStackedWidget(this);
    m_drawing->setAccessibleName(title);
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
    m_stack->addWidget(m_drawing);
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
    m_menuButton->setProperty(Theme::kWithoutArrow, true);
    auto* menu = new QMenu(m_menuButton);
    m_menuButton->setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        menu->clear();
        fillMenuAt(*menu, chosenPlace());
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
    m_keys = new ViewKeys(tr("On a plot"), *this);
    m_keys->addAct({QKeySequence(Qt::ALT | Qt::Key_T)}, tr("Its numbers as a table, and back"),
                   [this] { setTableShown(!tableShown()); });
    connect(&theme, &Theme::changed, this, &TwinFrame::updateIcons);
    updateIcons();
}

void TwinFrame::updateIcons()
{
    m_menuButton->setIcon(m_theme.icon(QStringLiteral("export"), Role::Muted));
    m_menuButton->setIconSize({12, 12});
}

void TwinFrame::addCornerButton(QToolButton* button)
{
    auto* layout = static_cast<QHBoxLayout*>(m_corner->layout());
    button->setParent(m_corner);
    layout->insertWidget(0, button);
    placeCorner();
}

void TwinFrame::placeCorner()
{
    if (m_titleLabel != nullptr)
        return; // it lies in the title's line
    m_corner->adjustSize();
    m_corner->move(width() - m_corner->width() - 2, 1);
    m_corner->raise();
}

void TwinFrame::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    placeCorner();
    fitNote();
}

void TwinFrame::keyPressEvent(QKeyEvent* event)
{
    if (!m_keys->press(*event))
        QWidget::keyPressEvent(event);
}

void TwinFrame::setNote(const QString& note)
{
    m_noteText = note;
    fitNote();
}

void TwinFrame::fitNote()
{
    if (m_note == nullptr)
        return;
    const QString shown = m_note->fontMetrics().elidedText(m_noteText, Qt::ElideRight, m_note->width());
    m_note->setText(shown);
    m_note->setToolTip(shown == m_noteText ? QString() : m_noteText);
    m_note->setAccessibleName(m_noteText);
}

QString TwinFrame::note() const
{
    return m_note == nullptr ? QString() : m_noteText;
}

bool TwinFrame::tableShown() const
{
    return m_stack->currentWidget() == m_view;
}

void TwinFrame::setTableShown(bool shown)
{
    const bool hadFocus = m_stack->currentWidget()->hasFocus();
    // Filled before it is seen, and emptied when it is not: its cells are asked of data that goes on changing.
    m_model->setTable(shown && m_makeTable ? m_makeTable() : PlotTable());
    m_stack->setCurrentWidget(shown ? static_cast<QWidget*>(m_view) : m_drawing);
    if (hadFocus)
        m_stack->currentWidget()->setFocus();
}

void TwinFrame::tableChanged()
{
    if (tableShown() && m_makeTable)
        m_model->setTable(m_makeTable());
}

void TwinFrame::copyData() const
{
    if (m_makeTable)
        QGuiApplication::clipboard()->setText(m_makeTable().asTsv());
}

void TwinFrame::savePicture()
{
    const QString path = QFileDialog::getSaveFileName(this, tr("Save picture"), m_title + QStringLiteral(".png"),
                                                      tr("Pictures (*.png *.svg *.pdf)"));
    if (!path.isEmpty() && !savePictureTo(path))
        emit pictureFailed(tr("The picture could not be written to %1. Choose another folder or ending.").arg(path));
}

bool TwinFrame::savePictureTo(const QString& path)
{
    const QSize size = m_drawing->size().expandedTo(kLeastPicture);
    QPainter painter;
    if (path.endsWith(QStringLiteral(".pdf"), Qt::CaseInsensitive)) {
        QPdfWriter pdf(path);
        pdf.setPageSize(QPageSize(QSizeF(size), QPageSize::Point));
        pdf.setPageMargins({});
        pdf.setResolution(kPointsPerInch);
        if (!painter.begin(&pdf))
            return false;
        m_drawing->render(&painter);
        return painter.end();
    }
    if (path.endsWith(QStringLiteral(".svg"), Qt::CaseInsensitive)) {
        QSvgGenerator svg;
        svg.setFileName(path);
        svg.setTitle(m_title);
        svg.setSize(size);
        svg.setViewBox(QRect(QPoint(), size));
        if (!painter.begin(&svg))
            return false;
        m_drawing->render(&painter);
        return painter.end();
    }
    QImage image(size * kSharp, QImage::Format_RGB32);
    image.setDevicePixelRatio(kSharp);
    image.fill(m_theme.color(Role::Surface));
    painter.begin(&image);
    m_drawing->render(&painter);
    painter.end();
    return image.save(path);
}

void TwinFrame::fillMenu(QMenu& menu)
{
    for (QAction* action : m_ownActions)
        menu.addAction(action);
    if (!m_ownActions.isEmpty())
        menu.addSeparator();
    QAction* table = menu.addAction(tr("Show as table\tAlt+T"), this, &TwinFrame::setTableShown);
    table->setCheckable(true);
    table->setChecked(tableShown());
    menu.addAction(tr("Copy data"), this, &TwinFrame::copyData);
    menu.addAction(tr("Save picture…"), this, &TwinFrame::savePicture);
}

void TwinFrame::setTerms(Focus& focus, std::function<QStringList(QPointF)> terms)
{
    m_focus = &focus;
    m_terms = std::move(terms);
}

void TwinFrame::fillMenuAt(QMenu& menu, std::optional<QPointF> place)
{
    if (place && m_terms && !tableShown()) {
        for (const QString& term : m_terms(*place))
            addFilterActions(menu, *m_focus, term);
        menu.addSeparator();
    }
    fillMenu(menu);
}

void TwinFrame::contextMenuEvent(QContextMenuEvent* event)
{
    QMenu menu(this);
    const bool pointed = event->reason() == QContextMenuEvent::Mouse;
    fillMenuAt(menu, pointed ? std::optional(QPointF(m_drawing->mapFromGlobal(event->globalPos()))) : chosenPlace());
    menu.exec(event->globalPos());
}

} // namespace timbre::ui
