#pragma once

// Turns selected flows into text for the clipboard: rows as TSV or JSON on a thread of its own, because a selection may
// hold a million rows, and filters for other tools where a filter of that length still makes sense.

#include "engine/pipeline/newest_job.h"
#include "ui/models/flow_columns.h"
#include "ui/models/flows_model.h"

#include <QtCore/QObject>

#include <memory>

namespace timbre::ui {

enum class CopyFormat : std::uint8_t { Tsv, Json };

struct CopyRequest {
    FlowSnapshotPtr flows;
    std::vector<std::uint32_t> rows; // flow indices, in the order to be written
    std::vector<FlowColumn> columns;
    CopyFormat format = CopyFormat::Tsv;
};

/// TSV with a header line, or one JSON object per line. Stops early when asked to.
[[nodiscard]] std::string copyText(const CopyRequest& request, const std::stop_token& stop);

class FlowsCopier : public QObject {
    Q_OBJECT

public:
    explicit FlowsCopier(QObject* parent = nullptr);
    ~FlowsCopier() override;

    /// The newest request wins.
    void copy(CopyRequest request);

signals:
    /// The clipboard holds `rows` flows now.
    void copied(qsizetype rows);

private:
    std::unique_ptr<pipeline::NewestJob<CopyRequest>> m_job;
};

/// Flows a filter for another tool may name at most.
inline constexpr std::size_t kMaxFilterFlows = 100;
/// "(host 192.0.2.1 and host 198.51.100.7 and tcp and port 443 and port 50000) or …". Requires: 1 … kMaxFilterFlows
/// flows.
[[nodiscard]] QString bpfFilter(const flow::FlowSnapshot& flows, const std::vector<std::uint32_t>& rows);
/// As above for Wireshark's display filter.
[[nodiscard]] QString wiresharkFilter(const flow::FlowSnapshot& flows, const std::vector<std::uint32_t>& rows);

} // namespace timbre::ui
