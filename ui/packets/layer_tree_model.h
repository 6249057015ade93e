#pragma once

// A packet spelled out, for a tree view: the layers of one decoded packet with names and values, and the way between
// bytes and fields in both directions.

#include "engine/decode/layer_tree.h"

#include <QtCore/QAbstractItemModel>

namespace timbre::ui {

class LayerTreeModel : public QAbstractItemModel {
    Q_OBJECT

public:
    enum Column { NameColumn, ValueColumn, ColumnCount };
    enum DataRole { FilterRole = Qt::UserRole, OffsetRole, LengthRole };

    using QAbstractItemModel::QAbstractItemModel;

    /// Another packet, so a reset.
    void setTree(decode::LayerTree tree);

    /// The smallest field that holds this byte; invalid when no layer does.
    [[nodiscard]] QModelIndex deepestAt(std::size_t offset) const;
    /// Names from the outermost layer down, joined: the same for the same field of another packet.
    [[nodiscard]] QString pathOf(const QModelIndex& index) const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& child) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    static constexpr std::size_t kRoot = 0; // entry 0 stands for the packet itself

    struct Entry {
        const decode::LayerNode* node = nullptr; // null for the root
        std::size_t parent = kRoot;
        int row = 0;
        std::vector<std::size_t> children;
    };

    void flatten(const std::vector<decode::LayerNode>& nodes, std::size_t parent);
    [[nodiscard]] const Entry& entryOf(const QModelIndex& index) const;

    decode::LayerTree m_tree;
    std::vector<Entry> m_entries{Entry{}};
};

} // namespace timbre::ui
