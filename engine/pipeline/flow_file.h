#pragma once

// Writes chosen flows of a snapshot into a file in one of the export formats.

#include "engine/base/result.h"
#include "engine/pipeline/flow_export.h"
#include "engine/pipeline/packet_export.h"

namespace timbre::pipeline {

struct FlowFileRequest {
    FlowFormat format = FlowFormat::Csv;
    std::shared_ptr<const flow::FlowSnapshot> flows;
    std::shared_ptr<const std::vector<std::uint32_t>> rows; // indexes in the order to write; null: all by index
    std::filesystem::path target;
    bool overwrite = false;
};

/// The number of flows written. When it fails or is stopped, no file is left behind.
[[nodiscard]] Result<std::uint64_t> exportFlows(const FlowFileRequest& request, const std::stop_token& stop,
                                                const ExportProgress& progress);

} // namespace timbre::pipeline
