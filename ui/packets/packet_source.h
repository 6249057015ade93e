#pragma once

// Packets of a capture for one dock: runs the engine's search and loads single packets, and brings the answers to the
// GUI thread. However fast they come, at most one call waits in the event queue, and answers to replaced requests are
// dropped. GUI thread only; the two workers stop with this object.

#include "engine/pipeline/packet_loader.h"
#include "engine/pipeline/packet_scan.h"

#include <QtCore/QObject>

#include <mutex>

namespace timbre::ui {

class PacketSource : public QObject {
    Q_OBJECT

public:
    explicit PacketSource(QObject* parent = nullptr);
    ~PacketSource() override;

    /// Replaces the search that runs.
    void search(pipeline::ScanRequest request);
    void cancelSearch();
    [[nodiscard]] bool searching() const { return m_searching; }

    /// Replaces the loading that waits. At most kMaxLoadedPackets places.
    void load(pipeline::LoadRequest request);

signals:
    void rowsFound(const std::shared_ptr<const timbre::pipeline::PacketChunk>& chunk);
    void progressChanged(double fraction);
    /// `failure` may say why it ended early; `capped`: there may be more packets than rows.
    void searchFinished(bool capped, const std::optional<timbre::Error>& failure);
    void packetsLoaded(const std::vector<timbre::pipeline::LoadReport::Item>& items);
    void loadFailed(const timbre::Error& failure);

private:
    void takeScan(const pipeline::ScanReport& report); // search thread
    void takeLoad(pipeline::LoadReport report);        // loading thread
    void post();
    void deliver();
    void deliverScan(const pipeline::ScanReport& report);

    std::mutex m_mutex; // guards the three below
    std::vector<pipeline::ScanReport> m_scans;
    std::optional<pipeline::LoadReport> m_loaded;
    bool m_posted = false;

    std::uint64_t m_scanNumber = 0;
    std::uint64_t m_loadNumber = 0;
    bool m_searching = false;
    // Last, so that their threads are gone before what they call.
    std::unique_ptr<pipeline::PacketScan> m_scan;
    std::unique_ptr<pipeline::PacketLoader> m_loader;
};

} // namespace timbre::ui
