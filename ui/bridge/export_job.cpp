#include "ui/bridge/export_job.h"

#include "engine/base/thread_name.h"

namespace timbre::ui {

ExportJob::ExportJob(ExportRequest request, QObject* parent)
    : QObject(parent)
    , m_thread([this, kept = std::move(request)](const std::stop_token& stop) { run(kept, stop); })
{
}

void ExportJob::run(const ExportRequest& request, const std::stop_token& stop)
{
    setThreadName("timbre-export");
    int shown = -1;
    const auto progress = [&](double share) {
        const int perMille = static_cast<int>(share * 1000.0);
        if (perMille == shown)
            return;
        shown = perMille;
        QMetaObject::invokeMethod(this, [this, perMille] { emit progressed(perMille); }, Qt::QueuedConnection);
    };
    const auto* flows = std::get_if<pipeline::FlowFileRequest>(&request);
    const auto result = flows ? pipeline::exportFlows(*flows, stop, progress)
                              : pipeline::exportPackets(*std::get_if<pipeline::PacketExportRequest>(&request), stop, progress);
    const quint64 written = result ? *result : 0;
    const std::optional<Error> failure = result ? std::nullopt : std::optional(result.error());
    QMetaObject::invokeMethod(this, [this, written, failure] { emit finished(written, failure); }, Qt::QueuedConnection);
}

} // namespace timbre::ui
