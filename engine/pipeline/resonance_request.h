#pragma once

// Resonance on request: a capture read once more with its packets gathered by pairs of hosts, or a recording, checked
// against masks on a thread of its own. The newest request wins; a replaced one gives no answer.

#include "engine/capture/capture_reader.h"
#include "engine/pipeline/analysis.h"
#include "engine/pipeline/newest_job.h"
#include "engine/resonance/subject_checks.h"

#include <filesystem>
#include <variant>

namespace timbre::pipeline {

/// Lets the pairs of hosts listen to an analysis.
class HostPairAnalyzer final : public Analyzer {
public:
    HostPairAnalyzer(resonance::MaskModels masks, const resonance::MonitorSettings& settings)
        : m_pairs(std::move(masks), settings)
    {
    }

    Attention packet(const flow::Flow& flow, flow::Side side, const decode::Packet& packet,
                     const flow::Frame& frame) override
    {
        m_pairs.packet(flow, side, packet, frame);
        return Attention::More;
    }
    void finish() override { m_pairs.finish(); }
    [[nodiscard]] std::shared_ptr<const resonance::SubjectChecks> checks() const { return m_pairs.checks(); }

private:
    resonance::HostPairs m_pairs;
};

/// Made on the thread of the request, since a list of masks takes a while to be made ready.
using MaskSource = std::function<resonance::MaskModels()>;

struct HostPairRequest {
    std::filesystem::path path; // a capture file, or the spool of a live capture: what is there now
    std::string captureFilter;  // BPF; empty: every packet
    AnalysisConfig analysis;    // as the capture was analysed
    MaskSource masks;
    resonance::MonitorSettings settings;
};

struct RecordingCheckRequest {
    std::shared_ptr<const recording::Recording> recording;
    MaskSource masks;
    resonance::MonitorSettings settings;
};

struct ResonanceAnswer {
    std::uint64_t request = 0;
    double fraction = 0.0;                                  // of the way, 0 … 1
    std::shared_ptr<const resonance::SubjectChecks> checks; // only the last answer of a request has them
    std::optional<Error> failure;                           // or this
};

class ResonanceRequests {
public:
    /// Called on the thread of the requests, at most about ten times a second.
    using Callback = std::function<void(const ResonanceAnswer&)>;

    explicit ResonanceRequests(Callback callback);

    /// The number that the answers will carry. Any thread.
    std::uint64_t start(HostPairRequest request) { return m_job.start(std::move(request)); }
    std::uint64_t start(RecordingCheckRequest request) { return m_job.start(std::move(request)); }
    void cancel() { m_job.cancel(); }

private:
    using Request = std::variant<HostPairRequest, RecordingCheckRequest>;

    const Callback m_callback;
    NewestJob<Request> m_job;
};

/// The pairs of a whole capture, on the calling thread. `progress` is called now and then; it returns false to stop.
[[nodiscard]] Result<std::shared_ptr<const resonance::SubjectChecks>>
checkHostPairs(const HostPairRequest& request, const std::function<bool(double fraction)>& progress);

} // namespace timbre::pipeline
