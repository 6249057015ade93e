#pragma once

// What else wants to see the packets of an analysis: recordings, resonance, audio, trends. Analyzers listen behind the
// flow core, on the thread of the analysis, in file order; what they learn depends on the packets alone, never on a
// clock or on how the file was cut into blocks. Each keeps its own state per flow, found by FlowRecord::index.

#include "engine/flow/flow_table.h"

namespace timbre::store {
class Workspace;
enum class CaptureKey : std::uint32_t;
} // namespace timbre::store

namespace timbre::pipeline {

struct CaptureSnapshot;

/// What an analyzer says of a flow behind each of its packets.
enum class Attention : std::uint8_t {
    More,   // its next packet, please
    Enough, // no more packets of this flow: what they cost is saved. Its end is told all the same.
};

class Analyzer {
public:
    virtual ~Analyzer() = default;

    /// Before the first packet: where the names of the flow list are. Texts that belong to flows go there.
    virtual void begin(const std::shared_ptr<StringPool>& /*flowNames*/) {}
    virtual void flowStarted(const flow::Flow&, const flow::Frame&) {}
    /// After the flow has counted the packet. Flows inside tunnels come behind the tunnel's own.
    virtual Attention packet(const flow::Flow& flow, flow::Side side, const decode::Packet& packet,
                             const flow::Frame& frame) = 0;
    /// A block of packets is over, the next one may not be there yet: what is locked for others is to be let go.
    virtual void blockEnded() {}
    /// The capture is over: these flows end next, in this order. What their ends take may be made ready for all of them.
    virtual void aboutToEnd(std::span<flow::Flow* const>) {}
    /// Puts what is known of a flow into its record: before a changed record is shown, and when it has ended, before
    /// flowEnded().
    virtual void annotate(flow::FlowRecord&, StringPool&) {}
    /// The record is final.
    virtual void flowEnded(const flow::FlowRecord&) {}
    /// After the last flow has ended; no call but describe() follows.
    virtual void finish() {}
    /// Puts an immutable picture of what is known now into the snapshot. Called at the rate of publication.
    virtual void describe(CaptureSnapshot&) {}
    /// After finish(): hands what shall outlive the program to the workspace.
    virtual void keep(store::Workspace&, store::CaptureKey) {}

protected:
    Analyzer() = default;
    Analyzer(const Analyzer&) = delete;
    Analyzer& operator=(const Analyzer&) = delete;
};

inline constexpr std::size_t kMaxAnalyzers = 8; // of one analysis: the bits of Flow::turnedAway
using Analyzers = std::vector<std::shared_ptr<Analyzer>>;

} // namespace timbre::pipeline
