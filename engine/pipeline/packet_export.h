#pragma once

// Writes the packets of chosen flows, or of a time range, from a capture file into a new pcapng file. Reads the capture
// once more from the first packet that is wanted to the last.

#include "engine/pipeline/capture_snapshot.h"

#include <filesystem>
#include <functional>
#include <stop_token>

namespace timbre::pipeline {

struct PacketExportRequest {
    std::filesystem::path source;
    std::uint64_t sourceBytes = 0; // as it was analysed; 0: not known
    std::shared_ptr<const std::vector<capture::Checkpoint>> checkpoints; // may be null
    std::shared_ptr<const flow::FlowSnapshot> flows;    // may be null with allPackets
    std::vector<std::uint32_t> wanted;                  // indexes of flows, rising; not looked at with allPackets
    bool allPackets = false;
    std::optional<TimeRange> range;
    bool headersOnly = false;  // what TCP, UDP and the like carry is left out; original lengths stay
    std::string captureFilter; // BPF as well, empty for none
    std::filesystem::path target;
    bool overwrite = false;
};

/// Called now and then with the share of the way, 0 … 1.
using ExportProgress = std::function<void(double)>;

/// The number of packets written. When it fails or is stopped, no file is left behind.
[[nodiscard]] Result<std::uint64_t> exportPackets(const PacketExportRequest& request, const std::stop_token& stop,
                                                  const ExportProgress& progress);

} // namespace timbre::pipeline
