#pragma once

#include "engine/capture/live_source.h"

#include <mutex>
#include <thread>

namespace timbre::capture {

/// What both kinds of source share: the status, and the signs to stop and that it has stopped.
class LiveSourceBase : public LiveSource {
public:
    [[nodiscard]] LiveStatus status() const override
    {
        const std::lock_guard lock(m_mutex);
        return m_status;
    }
    void stop() override { m_stop.request_stop(); }
    [[nodiscard]] std::stop_token complete() const override { return m_complete.get_token(); }

protected:
    template<typename Change>
    void change(const Change& apply)
    {
        const std::lock_guard lock(m_mutex);
        apply(m_status);
    }
    void notice(const std::string& sentence);
    /// The last thing a source does.
    void ended(LiveEnd end, std::optional<Error> failure);

    std::stop_source m_stop;
    std::stop_source m_complete;

private:
    mutable std::mutex m_mutex;
    LiveStatus m_status; // guarded by m_mutex
};

[[nodiscard]] Result<std::unique_ptr<LiveSource>> startHelper(const LiveOptions& options, const Spool& spool);
[[nodiscard]] Result<std::unique_ptr<LiveSource>> startReplay(const LiveOptions& options, const Spool& spool);

} // namespace timbre::capture
