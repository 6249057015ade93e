#include "ui/packets/packet_detail.h"

#include "engine/query/filter.h"
#include "ui/filter/filter_menu.h"
#include "ui/models/format.h"
#include "ui/packets/hex_view.h"
#include "ui/packets/layer_tree_model.h"
#include "ui/theme/theme.h"

#include <QtCore/QSignalBlocker>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMenu>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QTreeView>

namespace timbre::ui {

namespace {

// Shares of the width at first; the analyst's own division is kept.
constexpr int kFirstTreeWidth = 420;
constexpr int kFirstBytesWidth = 360;

bool compiles(const QString& filter)
{
    return !filter.isEmpty() && query::Filter::compile(filter.toStdString()).filter != nullptr;
}

} // namespace

PacketDetail::PacketDetail(Focus& focus, Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_focus(focus)
    , m_tree(new QTreeView(this))
    , m_model(new LayerTreeModel(this))
    , m_hex(new HexView(theme, this))
    , m_note(new QLabel(this))
{
    m_tree->setModel(m_model);
    m_tree->setAccessibleName(tr("Layers of the packet"));
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setUniformRowHeights(true);
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    m_tree->setIndentation(3 * Theme::kGrid);
    m_tree->header()->setStretchLastSection(true);
    m_tree->header()->resizeSection(LayerTreeModel::NameColumn, 200);
    m_note->setWordWrap(true);
    m_note->setContentsMargins(Theme::kGrid, 0, Theme::kGrid, 0);
    m_note->setForegroundRole(QPalette::PlaceholderText);
    m_note->hide();

    auto* bytes = new QWidget(this);
    auto* bytesLayout = new QVBoxLayout(bytes);
    bytesLayout->setContentsMargins(0, 0, 0, 0);
    bytesLayout->setSpacing(0);
    bytesLayout->addWidget(m_note);
    bytesLayout->addWidget(m_hex, 1);
    auto* splitter = new QSplitter(Qt::Horizontal, this);
    splitter->addWidget(m_tree);
    splitter->addWidget(bytes);
    splitter->setChildrenCollapsible(false);
    // Fields and values need room to be read; the bytes come in lines of eight where sixteen don't fit.
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({kFirstTreeWidth, kFirstBytesWidth});
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(splitter);

    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, &PacketDetail::fieldChosen);
    connect(m_tree, &QTreeView::expanded, this,
            [this](const QModelIndex& index) { m_open.insert(m_model->pathOf(index)); });
    connect(m_tree, &QTreeView::collapsed, this,
            [this](const QModelIndex& index) { m_open.remove(m_model->pathOf(index)); });
    connect(m_tree, &QWidget::customContextMenuRequested, this, &PacketDetail::showMenu);
    connect(m_hex, &HexView::currentByteChanged, this, &PacketDetail::byteChosen);
    connect(m_hex, &HexView::exportFailed, this, &PacketDetail::problemArose);
}

QString PacketDetail::note() const
{
    return m_note->isHidden() ? QString() : m_note->text();
}

void PacketDetail::showPacket(const pipeline::LoadedPacket& packet)
{
    const QString lastField = m_lastField;
    m_model->setTree(pipeline::describePacket(packet));
    m_hex->setBytes(
        QByteArray(reinterpret_cast<const char*>(packet.bytes.data()), static_cast<qsizetype>(packet.bytes.size())));
    const bool cut = packet.bytes.size() < packet.originalLength;
    m_note->setVisible(cut);
    m_note->setText(tr("The capture holds %1 of this packet's %2 bytes.")
                        .arg(formatCount(packet.bytes.size()), formatCount(packet.originalLength)));
    m_lastField = lastField;
    restoreOpenLayers({});
    if (m_open.isEmpty() && m_model->rowCount() > 0) {
        // Until the analyst chose otherwise, the innermost layer stands open; that is no choice to remember.
        const QSignalBlocker unheard(m_tree);
        m_tree->expand(m_model->index(m_model->rowCount() - 1, LayerTreeModel::NameColumn));
    }
}

void PacketDetail::clear(const QString& why)
{
    m_model->setTree({});
    m_hex->setBytes({});
    m_note->setText(why);
    m_note->setVisible(!why.isEmpty());
}

void PacketDetail::restoreOpenLayers(const QModelIndex& parent)
{
    for (int row = 0; row < m_model->rowCount(parent); ++row) {
        const QModelIndex index = m_model->index(row, LayerTreeModel::NameColumn, parent);
        const QString path = m_model->pathOf(index);
        if (path == m_lastField)
            m_tree->setCurrentIndex(index);
        if (m_open.contains(path)) {
            m_tree->expand(index);
            restoreOpenLayers(index);
        }
    }
}

void PacketDetail::fieldChosen(const QModelIndex& index)
{
    if (!index.isValid())
        return;
    m_lastField = m_model->pathOf(index);
    if (m_following)
        return;
    m_hex->setHighlight(
        {index.data(LayerTreeModel::OffsetRole).toLongLong(), index.data(LayerTreeModel::LengthRole).toLongLong()});
}

void PacketDetail::byteChosen(qsizetype byte)
{
    const QModelIndex field = m_model->deepestAt(static_cast<std::size_t>(byte));
    m_following = true;
    m_tree->setCurrentIndex(field);
    if (field.isValid())
        m_tree->scrollTo(field);
    m_following = false;
    m_hex->setHighlight(
        {field.data(LayerTreeModel::OffsetRole).toLongLong(), field.data(LayerTreeModel::LengthRole).toLongLong()});
}

void PacketDetail::showMenu(const QPoint& position)
{
    const QModelIndex index = m_tree->indexAt(position);
    if (!index.isValid())
        return;
    QMenu menu(this);
    const QString filter = index.data(LayerTreeModel::FilterRole).toString();
    if (compiles(filter))
        addFilterActions(menu, m_focus, filter);
    menu.addSeparator();
    const QString name = index.siblingAtColumn(LayerTreeModel::NameColumn).data().toString();
    const QString value = index.siblingAtColumn(LayerTreeModel::ValueColumn).data().toString();
    const auto copy = [](const QString& text) { QGuiApplication::clipboard()->setText(text); };
    menu.addAction(tr("Copy value"), &menu, [copy, value] { copy(value); })->setEnabled(!value.isEmpty());
    menu.addAction(tr("Copy name and value"), &menu, [=] { copy(name + QStringLiteral(": ") + value); });
    menu.addAction(tr("Copy bytes as hex"), &menu, [this] { m_hex->copy(HexView::CopyForm::Hex); });
    menu.addSeparator();
    menu.addAction(tr("Open all layers"), m_tree, &QTreeView::expandAll);
    menu.addAction(tr("Close all layers"), m_tree, &QTreeView::collapseAll);
    menu.exec(m_tree->viewport()->mapToGlobal(position));
}

} // namespace timbre::ui
