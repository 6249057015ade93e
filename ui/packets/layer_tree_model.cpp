#include "ui/packets/layer_tree_model.h"

namespace timbre::ui {

void LayerTreeModel::setTree(decode::LayerTree tree)
{
    beginResetModel();
    m_tree = std::move(tree);
    m_entries.assign(1, Entry{});
    flatten(m_tree.layers, kRoot);
    endResetModel();
}

void LayerTreeModel::flatten(const std::vector<decode::LayerNode>& nodes, std::size_t parent)
{
    int row = 0;
    for (const decode::LayerNode& node : nodes) {
        const std::size_t entry = m_entries.size();
        m_entries.push_back({&node, parent, row++, {}});
        m_entries[parent].children.push_back(entry);
        flatten(node.children, entry);
    }
}

const LayerTreeModel::Entry& LayerTreeModel::entryOf(const QModelIndex& index) const
{
    return m_entries[index.isValid() ? static_cast<std::size_t>(index.internalId()) : kRoot];
}

QModelIndex LayerTreeModel::deepestAt(std::size_t offset) const
{
    // Layers may overlap when one spells out the payload of another: the shortest stretch that holds the byte is the
    // most exact one; of equals the later, deeper one.
    std::size_t best = kRoot;
    for (std::size_t i = 1; i < m_entries.size(); ++i) {
        const decode::LayerNode& node = *m_entries[i].node;
        if (offset < node.offset || offset - node.offset >= node.length)
            continue;
        if (best == kRoot || node.length <= m_entries[best].node->length)
            best = i;
    }
    return best == kRoot ? QModelIndex() : createIndex(m_entries[best].row, NameColumn, best);
}

QString LayerTreeModel::pathOf(const QModelIndex& index) const
{
    QString path;
    for (QModelIndex at = index.siblingAtColumn(NameColumn); at.isValid(); at = at.parent())
        path.prepend(QLatin1Char('/') + at.data().toString());
    return path;
}

QModelIndex LayerTreeModel::index(int row, int column, const QModelIndex& parent) const
{
    if (column < 0 || column >= ColumnCount || parent.column() > 0)
        return {};
    const auto& children = entryOf(parent).children;
    if (row < 0 || static_cast<std::size_t>(row) >= children.size())
        return {};
    return createIndex(row, column, children[static_cast<std::size_t>(row)]);
}

QModelIndex LayerTreeModel::parent(const QModelIndex& child) const
{
    if (!child.isValid())
        return {};
    const std::size_t parent = entryOf(child).parent;
    return parent == kRoot ? QModelIndex() : createIndex(m_entries[parent].row, NameColumn, parent);
}

int LayerTreeModel::rowCount(const QModelIndex& parent) const
{
    return parent.column() > 0 ? 0 : static_cast<int>(entryOf(parent).children.size());
}

int LayerTreeModel::columnCount(const QModelIndex& /*parent*/) const
{
    return ColumnCount;
}

QVariant LayerTreeModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const decode::LayerNode& node = *entryOf(index).node;
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return QString::fromStdString(index.column() == NameColumn ? node.name : node.value);
    case FilterRole:
        return QString::fromStdString(node.filter);
    case OffsetRole:
        return static_cast<qulonglong>(node.offset);
    case LengthRole:
        return static_cast<qulonglong>(node.length);
    default:
        return {};
    }
}

QVariant LayerTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == NameColumn ? tr("Field") : tr("Value");
}

} // namespace timbre::ui
