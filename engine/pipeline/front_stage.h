#pragma once

// The first half of an analysis, on a thread of its own: reads blocks of a capture, applies the capture filter and
// decodes. The second half (flows, protocols) takes finished batches in file order. Batches are recycled, so the memory
// in use is bounded and nothing is allocated per packet.

#include "engine/base/bounded_queue.h"
#include "engine/capture/bpf_filter.h"
#include "engine/capture/capture_reader.h"
#include "engine/decode/decoder.h"
#include "engine/flow/flow_table.h"

#include <array>
#include <chrono>
#include <thread>

namespace timbre::pipeline {

/// What the reader knows; copied out now and then, because the reader belongs to the front thread.
struct ReaderState {
    capture::CaptureFacts facts;
    std::vector<capture::ReaderMessage> messages;
    decode::DecoderCounters decoder;
    std::vector<capture::Checkpoint> checkpoints;
};

struct FrontBatch {
    capture::RecordBlock block;     // owns the bytes that everything below points to
    decode::DecodedBatch decoded;
    std::vector<flow::Frame> frames; // one per outer packet
    bool entropiesReady = false;    // else whoever takes the batch fills in payloadEntropy
    std::uint64_t fileBytesRead = 0;
    std::shared_ptr<const ReaderState> reader; // null: nothing to tell since the last one
    bool last = false;                // the end of the capture; may have frames or not
    // A batch without frames that is not the last: a followed capture has nothing new at the moment.

    void computeEntropies();
};

class FrontStage {
public:
    static constexpr std::size_t kBatches = 6;
    static constexpr std::uint64_t kCheckpointBytes = 4U << 20U; // a checkpoint at least this far behind the last
    static constexpr std::size_t kMaxCheckpoints = 16'384;       // then every second one is dropped

    FrontStage(std::unique_ptr<capture::CaptureReader> reader, std::optional<capture::BpfFilter> filter,
               decode::DecoderOptions options);
    ~FrontStage();

    /// The next batch in file order; null only after stop(). Give each batch back with recycle().
    FrontBatch* next();
    void recycle(FrontBatch* batch);
    /// Ends the thread at the next block.
    void stop();

private:
    void run(const std::stop_token& stop);
    bool fill(FrontBatch& batch, const std::stop_token& stop);
    capture::ReadStatus readPatiently(capture::RecordBlock& block, const std::stop_token& stop);
    [[nodiscard]] bool stateDue(const FrontBatch& batch);
    void decodeBlock(FrontBatch& batch);
    void noteCheckpoint();
    void tellState(FrontBatch& batch);

    std::unique_ptr<capture::CaptureReader> m_reader;
    std::optional<capture::BpfFilter> m_filter;
    decode::Decoder m_decoder;
    std::vector<capture::Checkpoint> m_checkpoints;
    std::uint64_t m_checkpointDistance = kCheckpointBytes;
    std::uint64_t m_blocks = 0;
    std::size_t m_namesTold = 0;
    bool m_waited = false; // the capture is followed while it grows
    std::chrono::steady_clock::time_point m_lastTold;

    std::array<FrontBatch, kBatches> m_batches;
    BoundedQueue<FrontBatch*> m_free{kBatches};
    BoundedQueue<FrontBatch*> m_filled{kBatches};
    std::jthread m_thread;
};

} // namespace timbre::pipeline
