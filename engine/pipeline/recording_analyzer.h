#pragma once

// Lets recording sessions listen to an analysis. Sessions come and go while it runs: they are put on a board that the
// analyzer looks at with one load per packet.

#include "engine/pipeline/analyzer.h"
#include "engine/pipeline/recording_tap.h"

#include <atomic>

namespace timbre::pipeline {

/// The sessions that want the packets of one capture. Any thread.
class TapBoard {
public:
    void add(std::shared_ptr<RecordingTap> tap);
    void remove(const RecordingTap& tap);
    [[nodiscard]] RecordingTaps taps() const;
    /// Grows with every change.
    [[nodiscard]] std::uint64_t generation() const { return m_generation.load(std::memory_order_acquire); }

private:
    mutable std::mutex m_mutex; // guards m_taps
    RecordingTaps m_taps;
    std::atomic<std::uint64_t> m_generation = 0;
};

class RecordingAnalyzer final : public Analyzer {
public:
    explicit RecordingAnalyzer(std::shared_ptr<TapBoard> board)
        : m_board(std::move(board))
    {
    }

    Attention packet(const flow::Flow& flow, flow::Side side, const decode::Packet& packet,
                     const flow::Frame& frame) override;
    void blockEnded() override;
    void finish() override;
    void describe(CaptureSnapshot& snapshot) override;

private:
    void refresh();

    const std::shared_ptr<TapBoard> m_board;
    std::uint64_t m_generation = 0;
    RecordingTaps m_taps;
    Timestamp m_clock = Timestamp::min();
    std::shared_ptr<const flow::FlowSnapshot> m_names; // whose names filters ask for
};

} // namespace timbre::pipeline
