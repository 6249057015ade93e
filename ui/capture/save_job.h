#pragma once

// Saves the spool of a live capture as one file, on a thread of its own. Stops when it is destroyed.

#include "engine/base/result.h"

#include <QtCore/QObject>

#include <filesystem>
#include <thread>

namespace timbre::ui {

class SaveJob : public QObject {
    Q_OBJECT

public:
    SaveJob(std::filesystem::path spool, std::filesystem::path target, QObject* parent);
    void stop() { m_thread.request_stop(); }

signals:
    void progressed(int perMille);
    /// Once.
    void finished(const std::optional<timbre::Error>& failure);

private:
    std::jthread m_thread;
};

} // namespace timbre::ui
