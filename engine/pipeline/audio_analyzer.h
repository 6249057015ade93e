#pragma once

// Lets the stream monitor of engine/audio listen to an analysis: UDP datagrams for media, TCP segments for session
// descriptions and media of RTSP.

#include "engine/audio/stream_monitor.h"
#include "engine/pipeline/analyzer.h"

namespace timbre::pipeline {

class AudioAnalyzer final : public Analyzer {
public:
    explicit AudioAnalyzer(audio::MonitorLimits limits = {})
        : m_monitor(limits)
    {
    }

    Attention packet(const flow::Flow& flow, flow::Side side, const decode::Packet& packet,
                     const flow::Frame& frame) override;
    void flowEnded(const flow::FlowRecord& record) override;
    void finish() override { m_monitor.finish(); }
    void describe(CaptureSnapshot& snapshot) override;

private:
    audio::StreamMonitor m_monitor;
};

} // namespace timbre::pipeline
