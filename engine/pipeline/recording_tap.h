#pragma once

// One recording session at work: told of packets by an analysis, looked at by everybody else. What it takes is a
// selection: chosen flows, or those that fit a filter expression; a host and port are a filter, too. The clock is that
// of the capture. A tap may be used from any thread; the analysis holds its lock from the first recorded packet of a
// block to the block's end, well below a millisecond: locking anew for every packet costs as much as recording it.

#include "engine/flow/flow_snapshot.h"
#include "engine/flow/flow_table.h"
#include "engine/query/filter.h"
#include "engine/recording/recorder.h"

#include <memory>
#include <mutex>

namespace timbre::pipeline {

struct RecordingSelection {
    bool chosenFlows = false;                            // `flows` decides, else `filter`
    std::vector<std::uint32_t> flows;                    // indexes
    std::shared_ptr<const query::Filter> filter;         // null: everything
    std::optional<TimeRange> range;                      // only packets in it
    bool payloadOnly = false;                            // leave out packets that carry none
    bool swapDirections = false;                         // uplink is what the responder sends
    std::uint64_t idleSeconds = recording::kIdleSeconds; // 0: never over by itself
    bool fromNow = false; // the clock starts at the next packet of the capture, not of the selection
    std::string words;    // for people
};

/// A moment of a session, without its packets.
struct TapPicture {
    recording::Recording head; // `packets` is empty; `ended` is the present while it runs
    std::size_t kept = 0;
    recording::Histograms histograms;
    bool over = false;
};

class RecordingTap {
public:
    RecordingTap(recording::SessionFacts facts, RecordingSelection selection, std::vector<std::string> captures);

    // By the analysis, in file order.
    /// `names` is where the flow's names are; may be null before any is known. True when the packet belongs to the
    /// selection: then the clock has moved on, too.
    bool packet(const flow::Flow& flow, flow::Side side, const decode::Packet& packet, const flow::Frame& frame,
                const flow::FlowSnapshot* names);
    /// Ends the session when it has been idle for long enough at this moment.
    void clock(Timestamp now);
    /// Others may look again.
    void blockEnded();
    /// No packet comes any more. Requires: no block is being worked on.
    void captureEnded();

    // By others.
    void stop() { end(recording::EndReason::Stopped); }
    [[nodiscard]] bool over() const;
    [[nodiscard]] TapPicture picture() const;
    /// Kept packets from number `first` on.
    [[nodiscard]] std::vector<recording::PacketRecord> packetsFrom(std::size_t first) const;
    /// All of it. While it runs, as if it ended now.
    [[nodiscard]] recording::Recording recording() const;

private:
    enum class Decision : std::uint8_t { Open, Taken };
    [[nodiscard]] bool takes(const flow::Flow& flow, const flow::FlowSnapshot* names);
    void advance(Timestamp now); // m_mutex is held
    void end(recording::EndReason reason);
    [[nodiscard]] recording::Recording headLocked() const;

    const recording::SessionFacts m_facts;
    const RecordingSelection m_selection;
    const std::vector<std::string> m_captures;
    // Analysis thread only.
    std::vector<Decision> m_decisions; // by flow index
    std::optional<query::FilterRun> m_filterRun;

    mutable std::mutex m_mutex;                                        // guards all below
    std::unique_lock<std::mutex> m_ofAnalysis{m_mutex, std::defer_lock}; // but this, which is the analysis thread's
    std::optional<recording::Recorder> m_recorder; // none before the clock starts
    Timestamp m_now;
    Timestamp m_endedAt;
    recording::EndReason m_end = recording::EndReason::Running;
};

using RecordingTaps = std::vector<std::shared_ptr<RecordingTap>>;

} // namespace timbre::pipeline
