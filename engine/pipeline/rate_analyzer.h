#pragma once

// How fast each flow of a live capture is now: its bytes on the wire over the last three seconds of capture time, up to
// the newest packet of the capture. Two counts per flow, of the span of three seconds that runs and of the one before,
// which fades out while the other fills: no history is kept, and the same packets give the same rates whatever the
// clock did.

#include "engine/pipeline/analyzer.h"

#include <optional>

namespace timbre::flow {
class FlowRates;
}

namespace timbre::pipeline {

class RateAnalyzer final : public Analyzer {
public:
    static constexpr std::int64_t kSpanNs = 3 * kNsPerSecond;
    static constexpr std::int64_t kBetweenPicturesNs = kNsPerSecond / 5; // of capture time

    /// Flows from `maxFlows` on are not listed, so nobody asks for their rate.
    explicit RateAnalyzer(std::size_t maxFlows)
        : m_maxFlows(maxFlows)
    {
    }

    Attention packet(const flow::Flow& flow, flow::Side side, const decode::Packet& packet,
                     const flow::Frame& frame) override;
    void finish() override { m_finished = true; }
    void describe(CaptureSnapshot& snapshot) override;

    /// Of flows that sent something in this span or the one before, as of the newest packet.
    [[nodiscard]] std::shared_ptr<const flow::FlowRates> rates() const;

private:
    struct Counted {
        std::uint32_t span = 0;  // in which the flow last sent
        std::uint32_t bytes = 0; // in that one; stays at its largest value
        std::uint32_t before = 0;
    };
    void moveTo(Timestamp time);
    void restart(Timestamp time);

    const std::size_t m_maxFlows;
    std::vector<Counted> m_flows;       // by FlowRecord::index
    std::vector<std::uint32_t> m_awake; // flows that sent in this span or the one before
    std::uint32_t m_span = 2;           // counts up; m_flows starts with one that is long over
    std::optional<Timestamp> m_begin;   // of the span
    Timestamp m_newest;
    bool m_finished = false;
    std::shared_ptr<const flow::FlowRates> m_shown;
    Timestamp m_shownAt;
};

} // namespace timbre::pipeline
