#include "ui/packets/packet_source.h"

namespace timbre::ui {

PacketSource::PacketSource(QObject* parent)
    : QObject(parent)
    , m_scan(std::make_unique<pipeline::PacketScan>([this](const pipeline::ScanReport& report) { takeScan(report); }))
    , m_loader(std::make_unique<pipeline::PacketLoader>(
          [this](pipeline::LoadReport report) { takeLoad(std::move(report)); }))
{
}

PacketSource::~PacketSource() = default;

void PacketSource::search(pipeline::ScanRequest request)
{
    m_searching = true;
    m_scanNumber = m_scan->start(std::move(request));
}

void PacketSource::cancelSearch()
{
    m_scan->cancel();
    m_scanNumber = 0; // whatever is under way is nobody's any more
    m_searching = false;
}

void PacketSource::load(pipeline::LoadRequest request)
{
    m_loadNumber = m_loader->start(std::move(request));
}

void PacketSource::takeScan(const pipeline::ScanReport& report)
{
    {
        std::lock_guard lock(m_mutex);
        // Answers of older requests would only wait here for nothing.
        if (!m_scans.empty() && m_scans.back().request != report.request)
            m_scans.clear();
        m_scans.push_back(report);
    }
    post();
}

void PacketSource::takeLoad(pipeline::LoadReport report)
{
    {
        std::lock_guard lock(m_mutex);
        m_loaded = std::move(report);
    }
    post();
}

void PacketSource::post()
{
    {
        std::lock_guard lock(m_mutex);
        if (std::exchange(m_posted, true))
            return;
    }
    QMetaObject::invokeMethod(this, &PacketSource::deliver, Qt::QueuedConnection);
}

void PacketSource::deliver()
{
    std::vector<pipeline::ScanReport> scans;
    std::optional<pipeline::LoadReport> loaded;
    {
        std::lock_guard lock(m_mutex);
        m_posted = false;
        scans.swap(m_scans);
        loaded.swap(m_loaded);
    }
    for (const pipeline::ScanReport& report : scans)
        deliverScan(report);
    if (!loaded || loaded->request != m_loadNumber)
        return;
    if (loaded->failure)
        emit loadFailed(*loaded->failure);
    else
        emit packetsLoaded(loaded->items);
}

void PacketSource::deliverScan(const pipeline::ScanReport& report)
{
    if (report.request != m_scanNumber)
        return;
    if (report.chunk)
        emit rowsFound(report.chunk);
    emit progressChanged(report.fraction);
    if (report.finished) {
        m_searching = false;
        emit searchFinished(report.capped, report.failure);
    }
}

} // namespace timbre::ui
