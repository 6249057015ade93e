#pragma once

// What the engine tells the outside about one capture: an immutable value, published at a bounded rate.

#include "engine/audio/stream_report.h"
#include "engine/base/result.h"
#include "engine/capture/capture_reader.h"
#include "engine/decode/decoder.h"
#include "engine/flow/flow_snapshot.h"
#include "engine/base/time_histogram.h"

#include <optional>

namespace timbre::pipeline {

using CaptureId = std::uint32_t; // never reused within a run of the program; 0 is none

enum class Phase {
    Stored,    // known from the workspace; its flows are loaded when it is asked for
    Queued,    // waits for the engine
    Reading,   // being analysed
    Finished,  // analysed to the end of the file (which may have been damaged: see messages)
    Cancelled, // stopped by the analyst; what was read is there
    Failed,    // could not be opened; `failure` says why
};

struct Progress {
    std::uint64_t bytesRead = 0;
    std::uint64_t bytesTotal = 0;
    std::uint64_t packets = 0;
    double bytesPerSecond = 0.0;
    std::optional<double> secondsLeft; // unknown at the beginning
};

/// Everything that is counted once per capture. Caps are here too: a cap that bites is a figure on screen.
struct Counters {
    std::uint64_t packets = 0;
    std::uint64_t capturedBytes = 0;
    std::uint64_t originalBytes = 0;
    std::uint64_t unmatched = 0;        // packets without a flow
    std::uint64_t flowsCreated = 0;     // outer flows
    std::uint64_t flowsEnded = 0;
    std::uint64_t flowsEvicted = 0;     // by the cap of the flow table
    std::uint64_t tunnelFlows = 0;      // flows inside tunnels
    std::uint64_t liveFlows = 0;
    std::uint64_t flowCap = 0;
    std::uint64_t streamBytesHeld = 0;  // TCP reassembly now
    std::uint64_t streamsGivenUp = 0;   // by the reassembly cap
    std::uint64_t namesRefused = 0;     // by the cap on names
    std::uint64_t rowsDropped = 0;      // flows past the cap of the list that is shown
    decode::DecoderCounters decoder;
};

struct CaptureSnapshot {
    CaptureId id = 0;
    std::uint64_t generation = 0; // grows with every publication
    std::string path;
    Phase phase = Phase::Queued;
    bool fromStore = false;       // shown from an earlier analysis, the file was not read again
    std::optional<Error> failure;
    Progress progress;
    Counters counters;
    capture::CaptureFacts facts;
    std::vector<capture::ReaderMessage> messages;
    std::optional<TimeRange> timeRange; // of the packets read so far; none before the first
    std::shared_ptr<const flow::FlowSnapshot> flows;       // never null
    std::shared_ptr<const TimeHistogram> histogram;        // never null
    std::shared_ptr<const audio::StreamList> audio;        // voice streams; null when nobody looked for them
    std::shared_ptr<const std::vector<capture::Checkpoint>> checkpoints; // to enter the file near a packet; may be empty
};

} // namespace timbre::pipeline
