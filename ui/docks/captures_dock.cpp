#include "ui/docks/captures_dock.h"

#include "ui/models/captures_model.h"
#include "ui/models/format.h"

#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QUrl>
#include <QtGui/QClipboard>
#include <QtGui/QDesktopServices>
#include <QtGui/QGuiApplication>
#include <QtGui/QPainter>
#include <QtWidgets/QListView>
#include <QtWidgets/QMenu>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QStyledItemDelegate>

namespace timbre::ui {

namespace {

/// Two lines: shape and name, then size and counts; a thin line below while the capture is read.
class CaptureDelegate : public QStyledItemDelegate {
public:
    CaptureDelegate(const Theme& theme, QObject* parent)
        : QStyledItemDelegate(parent)
        , m_theme(theme)
    {
    }

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const override
    {
        return {160, 2 * option.fontMetrics.height() + 3 * Theme::kGrid};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const bool selected = option.state.testFlag(QStyle::State_Selected);
        painter->fillRect(option.rect, m_theme.color(selected ? Role::Selection : Role::Surface));
        if (selected)
            painter->fillRect(QRect(option.rect.topLeft(), QSize(2, option.rect.height())),
                              m_theme.color(Role::Accent));
        if (option.state.testFlag(QStyle::State_HasFocus)) {
            painter->setPen(m_theme.color(Role::Accent));
            painter->drawRect(option.rect.adjusted(0, 0, -1, -1));
        }
        QRect box = option.rect.adjusted(Theme::kMargin, Theme::kGrid, -Theme::kMargin, -Theme::kGrid);
        const int line = option.fontMetrics.height();
        const auto state = static_cast<Role>(index.data(CapturesModel::StateRole).toInt());
        paintState(*painter, QRectF(box.left(), box.top(), 12, line), state, m_theme);
        box.setLeft(box.left() + 18);
        painter->setPen(m_theme.color(Role::Text));
        painter->drawText(QRect(box.topLeft(), QSize(box.width(), line)), Qt::AlignVCenter,
                          option.fontMetrics.elidedText(index.data().toString(), Qt::ElideMiddle, box.width()));
        painter->setPen(m_theme.color(Role::Muted));
        const double share = index.data(CapturesModel::ShareRole).toDouble();
        const QString second =
            index.data(share < 0 ? CapturesModel::DetailRole : CapturesModel::StateTextRole).toString();
        painter->drawText(QRect(box.left(), box.top() + line + 2, box.width(), line), Qt::AlignVCenter,
                          option.fontMetrics.elidedText(second, Qt::ElideRight, box.width()));
        if (share >= 0)
            painter->fillRect(
                QRect(option.rect.left(), option.rect.bottom() - 1, static_cast<int>(option.rect.width() * share), 2),
                m_theme.color(Role::Accent));
    }

private:
    const Theme& m_theme;
};

} // namespace

CapturesDock::CapturesDock(EngineBridge& bridge, Focus& focus, Theme& theme, QWidget* parent)
    : Dock({QStringLiteral("captures"), tr("Captures"), QStringLiteral("captures"), 5, false}, focus, theme, parent)
    , m_bridge(bridge)
    , m_model(new CapturesModel(bridge, this))
    , m_pages(new QStackedWidget(this))
    , m_list(new QListView(m_pages))
{
    m_list->setModel(m_model);
    m_list->setItemDelegate(new CaptureDelegate(theme, m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    m_list->setAccessibleName(tr("Captures in the workspace"));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* empty = new EmptyState(tr("The captures you open are listed here."), m_pages);
    empty->setAction(tr("Open a capture…"));
    connect(empty, &EmptyState::actionTriggered, this, &CapturesDock::openRequested);
    m_pages->addWidget(empty);
    m_pages->addWidget(m_list);
    setWidget(m_pages);

    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &CapturesDock::chooseCurrent);
    connect(m_list, &QWidget::customContextMenuRequested, this, &CapturesDock::showContextMenu);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &CapturesDock::showState);
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, &CapturesDock::showState);
    showState();
}

QWidget* CapturesDock::focusTarget()
{
    return m_pages->currentWidget();
}

void CapturesDock::focusChanged(FocusParts parts)
{
    if (parts.testFlag(FocusPart::Capture))
        showState();
}

void CapturesDock::themeChanged()
{
    Dock::themeChanged();
    m_list->viewport()->update();
}

void CapturesDock::showState()
{
    m_pages->setCurrentIndex(m_model->rowCount() == 0 ? 0 : 1);
    const int row = m_model->rowOf(focusState().capture);
    if (row != m_list->currentIndex().row())
        m_list->setCurrentIndex(m_model->index(row));
}

void CapturesDock::chooseCurrent(const QModelIndex& index)
{
    if (const CaptureId id = m_model->captureAt(index.row()); id != 0)
        focus().setCapture(id);
}

void CapturesDock::showContextMenu(const QPoint& position)
{
    const CaptureId id = m_model->captureAt(m_list->indexAt(position).row());
    const SnapshotPtr snapshot = m_bridge.snapshot(id);
    if (!snapshot)
        return;
    const QString path = toQString(snapshot->path);
    QMenu menu(this);
    if (snapshot->live && !snapshot->live->saved) {
        menu.addAction(theme().icon(QStringLiteral("stop")), tr("Stop capture"), this,
                       [this, id] { m_bridge.cancel(id); })
            ->setEnabled(snapshot->live->active);
        menu.addAction(theme().icon(QStringLiteral("remove")), tr("Remove, with its packets"), this,
                       [this, id] { m_bridge.discardLive(id, capture::Removal::Plain); });
        menu.exec(m_list->viewport()->mapToGlobal(position));
        return;
    }
    const bool running = snapshot->phase == pipeline::Phase::Reading || snapshot->phase == pipeline::Phase::Queued;
    menu.addAction(theme().icon(QStringLiteral("stop")), tr("Stop reading"), this, [this, id] { m_bridge.cancel(id); })
        ->setEnabled(running);
    menu.addAction(theme().icon(QStringLiteral("refresh")), tr("Analyse again"), this, [this, id, path] {
        m_bridge.remove(id);
        pipeline::OpenOptions options;
        options.analyseAgain = true;
        focus().setCapture(m_bridge.open(path, options));
    });
    menu.addAction(theme().icon(QStringLiteral("copy")), tr("Copy path"), this,
                   [path] { QGuiApplication::clipboard()->setText(path); });
    menu.addAction(theme().icon(QStringLiteral("open")), tr("Show in file manager"), this,
                   [path] { QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(path).absolutePath())); });
    menu.addSeparator();
    menu.addAction(theme().icon(QStringLiteral("remove")), tr("Remove from the workspace"), this,
                   [this, id] { m_bridge.remove(id); })
        ->setToolTip(tr("The file itself stays where it is."));
    menu.exec(m_list->viewport()->mapToGlobal(position));
}

} // namespace timbre::ui
