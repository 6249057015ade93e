#pragma once

// One export under way: runs on a thread of its own, reports to the GUI thread, stops when it is destroyed.

#include "engine/pipeline/flow_file.h"

#include <QtCore/QObject>

#include <thread>
#include <variant>

namespace timbre::ui {

using ExportRequest = std::variant<pipeline::FlowFileRequest, pipeline::PacketExportRequest>;

class ExportJob : public QObject {
    Q_OBJECT

public:
    ExportJob(ExportRequest request, QObject* parent);

    void stop() { m_thread.request_stop(); }

signals:
    void progressed(int perMille);
    /// Once. `failure` is none, or why no file was written; cancelled exports fail with ErrorCode::Cancelled.
    void finished(quint64 written, const std::optional<timbre::Error>& failure);

private:
    void run(const ExportRequest& request, const std::stop_token& stop);

    std::jthread m_thread; // joins before the object goes
};

} // namespace timbre::ui
