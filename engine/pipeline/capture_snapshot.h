#pragma once

// What the engine tells the outside about one capture: an immutable value, published at a bounded rate.

#include "engine/base/result.h"
#include "engine/capture/capture_reader.h"
#include "engine/capture/live_source.h"
#include "engine/decode/decoder.h"
#include "engine/flow/flow_snapshot.h"
#include "engine/resonance/monitor.h"
#include "engine/base/time_histogram.h"
#include "engine/pipeline/shown_notes.h"

#include "engine/trends/trends_result.h"

#include <optional>

namespace timbre::audio {
struct StreamList; // engine/audio/stream_report.h
}

namespace timbre::pipeline {

using CaptureId = std::uint32_t; // never reused within a run of the program; 0 is none
/// In the place of a capture: what recordings and masks are noted under, because they belong to the workspace and not
/// to one capture.
inline constexpr CaptureId kWorkspaceNotes = 0xffffffff;

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
    std::uint64_t interfaceDrops = 0;   // lost before the capture saw them, in all statistics of the file
    std::uint64_t kernelDrops = 0;      // lost because the capture did not fetch them in time
    std::uint64_t ringLosses = 0;       // removed by the ring of a live capture's spool
    decode::DecoderCounters decoder;
};

/// Of a capture that is, or was in this run of the program, taken live. Its path is the spool until it is saved.
struct LiveFacts {
    std::string title; // "eth0, wlan0"
    std::string filter;
    capture::LiveStatus status;
    bool active = true; // false once it has ended and everything is analysed
    bool saved = false;
    std::uint64_t lagPackets = 0; // written but not yet analysed
    std::int64_t lagNs = 0;       // of capture time
    double packetsPerSecond = 0;  // over about the last second
    double bytesPerSecond = 0;
};

struct CaptureSnapshot {
    CaptureId id = 0;
    std::uint64_t generation = 0; // grows with every publication
    std::string path;
    std::string captureFilter; // BPF through which the file is read; empty: every packet
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
    std::shared_ptr<const NoteList> notes;                 // by time; null until notes can be written
    std::shared_ptr<const resonance::MonitorResults> resonance; // checks against masks; null when no mask is active
    std::shared_ptr<const audio::StreamList> audio;        // voice streams; null when nobody looked for them
    std::shared_ptr<const LiveFacts> live;                 // null for captures that were opened
    std::shared_ptr<const std::vector<capture::Checkpoint>> checkpoints; // to enter the file near a packet; may be empty
    std::shared_ptr<const trends::TrendsResult> trends; // null: not looked for, or not kept
};

} // namespace timbre::pipeline
