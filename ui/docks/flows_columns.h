#pragma once

// Which columns of the flow table are shown, in which order and how wide: chosen in the header's menu, moved and sized
// in the header, kept in the settings by column name so that new columns never mix up old arrangements.

#include <QtCore/QObject>
#include <QtCore/QStringList>

class QHeaderView;
class QMenu;
class QTableView;

namespace timbre::ui {

class FlowsColumns : public QObject {
    Q_OBJECT

public:
    /// Requires: `view` shows a FlowsModel and outlives this.
    FlowsColumns(QTableView& view, QObject* parent);

    /// From the settings, or the first arrangement.
    void restore();
    void save() const;
    void reset();
    /// One "id:width:shown" per column, in the order on screen.
    [[nodiscard]] QStringList entries() const;
    void apply(const QStringList& entries);
    /// One checkable entry per column, and the way back to the first arrangement.
    void fillMenu(QMenu& menu);

signals:
    /// The analyst moved, sized, showed or hid a column.
    void changed();

private:
    void applyDefaults();
    void applyEntries(const QStringList& entries);
    void tellChange();

    QTableView& m_view;
    bool m_applying = false;
};

} // namespace timbre::ui
