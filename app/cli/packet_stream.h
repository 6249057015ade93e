#pragma once

// Packets of a capture file, one after the other in file order: all of them, or those that a capture filter, a time
// range and a set of flows let through.

#include "app/cli/exit_code.h"
#include "engine/pipeline/capture_snapshot.h"

#include <functional>

namespace timbre::cli {

struct PacketRequest {
    std::string file;
    std::string captureFilter; // BPF; empty: all
    std::optional<TimeRange> range;
    std::shared_ptr<const flow::FlowSnapshot> flows; // null: whatever their flow
    std::vector<std::uint32_t> wanted;               // rising; only looked at with `flows`
    std::size_t blockBytes = 256U << 10U;
};

/// Gets a packet and the number of its flow (kNoFlow when flows do not matter); false ends the reading.
using TakePacket = std::function<bool(const capture::Record&, std::uint32_t flow)>;

struct PacketsRead {
    std::uint64_t lastPacket = 0; // number of the last one read, taken or not
    std::vector<capture::ReaderMessage> messages;
};

[[nodiscard]] Result<PacketsRead> readPackets(const PacketRequest& request, const TakePacket& take);

} // namespace timbre::cli
