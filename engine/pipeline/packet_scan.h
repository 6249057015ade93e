#pragma once

// Finds the packets of chosen flows (or all packets) by reading the capture file again: flows keep no list of their
// packets, which is what keeps the analysis small. The search runs on a thread of its own; rows come in immutable
// chunks while it still reads, the newest request replaces the one before, and it enters the file at the last
// checkpoint before the first packet that is wanted.

#include "engine/pipeline/capture_snapshot.h"
#include "engine/pipeline/flow_matcher.h"
#include "engine/pipeline/newest_job.h"
#include "engine/pipeline/packet_row.h"

#include <filesystem>

namespace timbre::pipeline {

inline constexpr std::size_t kMaxPacketRows = 2'000'000; // 112 MB of rows

struct ScanRequest {
    std::filesystem::path path;
    std::uint64_t fileBytes = 0; // as it was analysed, to notice that the file changed; 0: not known
    std::shared_ptr<const std::vector<capture::Checkpoint>> checkpoints; // may be null
    std::shared_ptr<const flow::FlowSnapshot> flows; // what indexes and five-tuples refer to; may be null
    std::vector<std::uint32_t> wanted;               // indexes of flows; not looked at with allPackets
    bool allPackets = false;                         // every packet; `flows` then only tells whose each one is
    std::uint64_t packetsTotal = 0;                  // of the capture, for progress; 0: not known
    std::optional<TimeRange> range;                  // only packets in it
    std::size_t maxRows = kMaxPacketRows;            // the search ends when it is reached; the report says so
};

/// The request for some flows of a capture, or for all of its packets.
[[nodiscard]] ScanRequest scanOfFlows(const CaptureSnapshot& capture, std::vector<std::uint32_t> flows);
[[nodiscard]] ScanRequest scanOfAllPackets(const CaptureSnapshot& capture);

struct ScanReport {
    std::uint64_t request = 0;                // number of the request this answers
    std::shared_ptr<const PacketChunk> chunk; // the next rows; null when only the progress changed
    std::uint64_t rowsSoFar = 0;
    double fraction = 0.0;        // of the way, 0 … 1
    bool finished = false;        // the last report of its request; a replaced request has none
    bool capped = false;          // finished at maxRows, there may be more packets
    std::optional<Error> failure; // only with `finished`; rows handed out before it stay good
};

class PacketScan {
public:
    /// Called on the search thread, about twenty times a second; must not wait for the thread that owns this object.
    using Callback = std::function<void(const ScanReport&)>;

    explicit PacketScan(Callback callback);

    /// Returns the number that the reports will carry. Any thread.
    std::uint64_t start(ScanRequest request) { return m_job.start(std::move(request)); }
    void cancel() { m_job.cancel(); }

private:
    const Callback m_callback;
    NewestJob<ScanRequest> m_job;
};

/// The search itself, on the calling thread. After a stop it returns without a last report.
void scanPackets(std::uint64_t number, const ScanRequest& request, const std::stop_token& stop,
                 const PacketScan::Callback& callback);

/// Opens a capture for a second look. Says so in a sentence when the file is gone or no longer the one analysed.
[[nodiscard]] Result<std::unique_ptr<capture::CaptureReader>> reopenCapture(const std::filesystem::path& path,
                                                                            std::uint64_t expectedBytes);

} // namespace timbre::pipeline
