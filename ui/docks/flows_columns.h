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
    /// The rate of this moment is only known while a capture is live: its column stays away otherwise, wanted or not.
    void setLive(bool live);
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
    [[nodiscard]] bool wanted(int section) const;
    void want(int section, bool shown);

    bool m_applying = false;
    bool m_live = false;
    bool m_rateWanted = true;
};

} // namespace timbre::ui
