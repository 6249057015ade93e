#include "ui/capture/save_job.h"

#include "engine/base/thread_name.h"
#include "engine/capture/spool.h"

namespace timbre::ui {

SaveJob::SaveJob(std::filesystem::path spool, std::filesystem::path target, QObject* parent)
    : QObject(parent)
{
    m_thread = std::jthread([this, spool = std::move(spool), target = std::move(target)](const std::stop_token& stop) {
        setThreadName("timbre-save");
        int told = -1;
        const auto goOn = [&](double share) {
            const int perMille = static_cast<int>(share * 1000);
            if (std::exchange(told, perMille) != perMille)
                QMetaObject::invokeMethod(
                    this, [this, perMille] { emit progressed(perMille); }, Qt::QueuedConnection);
            return !stop.stop_requested();
        };
        const auto saved = capture::saveSpool(spool, target, true, goOn);
        const std::optional<Error> failure = saved ? std::nullopt : std::optional(saved.error());
        QMetaObject::invokeMethod(
            this, [this, failure] { emit finished(failure); }, Qt::QueuedConnection);
    });
}

} // namespace timbre::ui
