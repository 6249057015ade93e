#pragma once

// The packets of the selected flows (when none is selected: of the flows that fit the filter, or all packets), one of
// them spelled out below. The engine finds them by reading the file again; rows appear while it reads.

#include "engine/pipeline/packet_loader.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/docks/dock.h"
#include "ui/models/flows_model.h"

#include <QtCore/QTimer>

class QComboBox;
class QLabel;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace timbre::ui {

class PacketDetail;
class PacketListModel;
class PacketSource;
class ThinProgress;
struct RowMeaning;

class PacketsDock : public Dock {
    Q_OBJECT

public:
    PacketsDock(EngineBridge& bridge, Focus& focus, Theme& theme, QWidget* parent);
    ~PacketsDock() override;

    QWidget* focusTarget() override;
    /// What is listed while no flow is selected: the packets of these, or all for null.
    void setFilteredFlows(const RowList& flows);
    /// Makes this packet the current one as soon as it is listed.
    void showPacket(quint64 number);

    [[nodiscard]] QTableView& table() { return *m_table; }
    [[nodiscard]] PacketListModel& model() { return *m_model; }
    [[nodiscard]] PacketDetail& detail() { return *m_detail; }
    [[nodiscard]] QString status() const;
    [[nodiscard]] bool searching() const;

    /// While a capture is still being analysed, a list of all its packets stops here and is completed at the end, so
    /// that the second reading does not slow the first.
    static constexpr std::size_t kPreviewRows = 50'000;

signals:
    void problemArose(const QString& sentence);

protected:
    void focusChanged(FocusParts parts) override;
    void themeChanged() override;

private:
    void makeTable();
    void makeHead(QWidget* parent);
    void connectSource();
    void searchSoon();
    void search();
    void captureChanged(CaptureId id);
    void countNewer(const pipeline::CaptureSnapshot& capture);
    void rowsFound(const std::shared_ptr<const pipeline::PacketChunk>& chunk);
    void searchFinished(bool capped, const std::optional<Error>& failure);
    void loadVisible();
    void showLoaded(const std::vector<pipeline::LoadReport::Item>& items);
    void currentRowChanged(const QModelIndex& current);
    void showTimes();
    void showStatus();
    void showEmpty(const QString& text, const QString& action = {});
    [[nodiscard]] RowMeaning meaningOf(const QModelIndex& index) const;
    void copyRows();
    void finishCopy();
    [[nodiscard]] std::vector<pipeline::PacketPlace> missingForCopy() const;
    [[nodiscard]] QString whatIsListed() const;
    [[nodiscard]] std::uint64_t packetsOfSelection(const pipeline::CaptureSnapshot& capture) const;

    EngineBridge& m_bridge;
    PacketSource* m_source = nullptr;
    PacketListModel* m_model = nullptr;
    QStackedWidget* m_pages = nullptr;
    EmptyState* m_empty = nullptr;
    QTableView* m_table = nullptr;
    PacketDetail* m_detail = nullptr;
    QLabel* m_status = nullptr;
    QToolButton* m_newer = nullptr;
    QComboBox* m_timeForm = nullptr;
    ThinProgress* m_progress = nullptr;
    QTimer m_searchTimer;
    QTimer m_loadTimer;

    bool m_dirty = true; // the list is not what the focus asks for; it will be when the dock is seen
    bool m_seen = false; // on screen, not behind another tab
    bool m_nothingOpen = true;
    bool m_preview = false; // stopped at kPreviewRows on purpose
    bool m_capped = false;
    bool m_searchedWhileReading = false;
    std::uint64_t m_packetsAtSearch = 0; // of the selected flows, when the search began
    std::size_t m_flowsSearched = 0;     // 0: all packets
    RowList m_filtered;                  // see setFilteredFlows
    bool m_filteredSearched = false;     // the list is about m_filtered
    pipeline::ScanRequest m_request;     // of the search that filled the list
    std::vector<int> m_rowsToCopy;       // waiting for their words
    std::uint64_t m_currentNumber = 0;   // of the packet that is or shall be spelled out; 0: none
    std::uint64_t m_shownNumber = 0;     // of the one that is
};

} // namespace timbre::ui
