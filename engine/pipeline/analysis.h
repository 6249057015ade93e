#pragma once

// The second half of an analysis: follows flows, hands first payload bytes to the protocol readers, counts. All
// analysis state of one capture is in here and belongs to one thread. The same packets in the same order give the same
// result.

#include "engine/base/time_histogram.h"
#include "engine/flow/flow_table.h"
#include "engine/pipeline/analyzer.h"
#include "engine/pipeline/capture_snapshot.h"
#include "engine/pipeline/flow_catalogue.h"
#include "engine/pipeline/flow_sink.h"
#include "engine/pipeline/front_stage.h"

#include <span>

namespace timbre::pipeline {

/// Which flow a packet inside a tunnel counts for.
enum class TunnelCount : std::uint8_t {
    Outer, // the tunnel's flow, as in the exact core; flows inside are listed beside it
    Inner, // the innermost flow only; the tunnel's packets appear as flows just where nothing inside could be read
};

struct AnalysisConfig {
    std::string beside; // what listens beside the flow core, in words: results with it and without are not the same
    flow::FlowTableConfig flows;
    TunnelCount tunnelCount = TunnelCount::Outer;
    decode::DecoderOptions decoder;
    std::size_t maxFlowRows = 4'000'000; // of the list for the window; 0: no list is kept
};

class Analysis {
public:
    Analysis(AnalysisConfig config, FlowSink& sink, Analyzers analyzers = {});
    ~Analysis();
    Analysis(const Analysis&) = delete;
    Analysis& operator=(const Analysis&) = delete;

    void process(FrontBatch& batch);
    /// Ends every flow. Nothing may be processed after it.
    void finish();

    [[nodiscard]] std::uint64_t packets() const { return m_packets; }
    [[nodiscard]] Counters counters() const;
    [[nodiscard]] const TimeHistogram& histogram() const { return m_histogram; }
    [[nodiscard]] std::optional<TimeRange> timeRange() const;
    [[nodiscard]] const std::shared_ptr<const ReaderState>& reader() const { return m_reader; }
    [[nodiscard]] const std::shared_ptr<StringPool>& names() const { return m_names; }
    [[nodiscard]] const Analyzers& analyzers() const { return m_analyzers; }
    /// A snapshot of all flows as they are now. Requires: maxFlowRows > 0.
    [[nodiscard]] std::shared_ptr<const flow::FlowSnapshot> publishFlows();

private:
    void takeResolvedNames(std::uint64_t frameNumber);
    void trackFrames(FrontBatch& batch);
    using InnerPackets = std::span<const decode::InnerPacket>; // found inside one frame
    void trackFrame(const decode::Packet& outer, std::uint64_t hash, const flow::Frame& frame, InnerPackets inside);
    void trackInner(const decode::InnerPacket& inner, const flow::Frame& outerFrame);
    static const decode::InnerPacket* innermostMatched(InnerPackets packets);
    void countFrame(const flow::Frame& frame);

    AnalysisConfig m_config;
    Analyzers m_analyzers; // before m_tracking, which looks at them
    std::shared_ptr<StringPool> m_names;
    FlowCatalogue m_catalogue;
    std::unique_ptr<class FlowTracking> m_tracking;
    flow::FlowTable m_outerFlows;
    flow::FlowTable m_innerFlows; // inside tunnels: beside the exact core, which counts outer packets only

    std::shared_ptr<const ReaderState> m_reader;
    std::size_t m_resolvedNamesTaken = 0;
    TimeHistogram m_histogram;
    TimeRange m_range{Timestamp::max(), Timestamp::min()};
    std::uint64_t m_packets = 0;
    std::uint64_t m_capturedBytes = 0;
    std::uint64_t m_originalBytes = 0;
    std::vector<std::uint64_t> m_hashes; // of the batch in work
};

} // namespace timbre::pipeline
