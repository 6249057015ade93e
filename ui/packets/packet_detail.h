#pragma once

// One packet, read: its layers as a tree and its bytes, each leading to the other. A click on a field marks its bytes,
// a click on a byte selects the smallest field that holds it. Which layers stand open is remembered from packet to
// packet.

#include "engine/pipeline/packet_loader.h"
#include "ui/focus/focus.h"

#include <QtCore/QSet>
#include <QtWidgets/QWidget>

class QLabel;
class QSplitter;
class QTreeView;

namespace timbre::ui {

class HexView;
class LayerTreeModel;
class Theme;

class PacketDetail : public QWidget {
    Q_OBJECT

public:
    PacketDetail(Focus& focus, Theme& theme, QWidget* parent = nullptr);

    void showPacket(const pipeline::LoadedPacket& packet);
    /// Nothing to show, or a sentence why not.
    void clear(const QString& why = {});

    [[nodiscard]] HexView& hex() { return *m_hex; }
    [[nodiscard]] QTreeView& tree() { return *m_tree; }
    [[nodiscard]] LayerTreeModel& model() { return *m_model; }
    /// "96 of 1 514 bytes were captured", or empty.
    [[nodiscard]] QString note() const;

signals:
    void problemArose(const QString& sentence);

private:
    void fieldChosen(const QModelIndex& index);
    void byteChosen(qsizetype byte);
    void showMenu(const QPoint& position);
    void restoreOpenLayers(const QModelIndex& parent);

    Focus& m_focus;
    QTreeView* m_tree = nullptr;
    LayerTreeModel* m_model = nullptr;
    HexView* m_hex = nullptr;
    QLabel* m_note = nullptr;
    QSet<QString> m_open;     // paths of layers the analyst opened
    QString m_lastField;      // path of the field chosen last, chosen again in the next packet
    bool m_following = false; // one view is following the other
};

} // namespace timbre::ui
