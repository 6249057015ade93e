#pragma once

// An engine for tests of docks: one capture, analysed on the spot, whose snapshot the test may change and announce.

#include "engine/pipeline/analysis_run.h"
#include "ui/bridge/engine_bridge.h"

namespace timbre::test {

class OneCapturePort : public ui::EnginePort {
public:
    static constexpr pipeline::CaptureId kId = 1;

    explicit OneCapturePort(pipeline::EngineObserver& observer)
        : m_observer(observer)
    {
    }

    pipeline::CaptureId open(const std::filesystem::path& path, pipeline::OpenOptions) override
    {
        publish(analysed(path));
        return kId;
    }
    void cancel(pipeline::CaptureId) override {}
    void remove(pipeline::CaptureId) override {}
    [[nodiscard]] std::vector<pipeline::CaptureId> captures() const override { return {kId}; }
    [[nodiscard]] ui::SnapshotPtr snapshot(pipeline::CaptureId id) const override
    {
        return id == kId ? m_snapshot : nullptr;
    }
    [[nodiscard]] pipeline::WorkspaceStatus workspace() const override { return {}; }

    void publish(pipeline::CaptureSnapshot snapshot)
    {
        snapshot.id = kId;
        snapshot.generation = ++m_generation;
        m_snapshot = std::make_shared<const pipeline::CaptureSnapshot>(std::move(snapshot));
        m_observer.captureChanged(kId);
    }

    static pipeline::CaptureSnapshot analysed(const std::filesystem::path& path)
    {
        struct NoSink : pipeline::FlowSink {
            void flowEnded(const flow::FlowRecord&) override {}
        } sink;
        pipeline::CaptureSnapshot snapshot;
        snapshot.flows = std::make_shared<const flow::FlowSnapshot>();
        snapshot.histogram = std::make_shared<const TimeHistogram>();
        snapshot.path = path.string();
        auto run = pipeline::AnalysisRun::open(path, {}, sink);
        if (!run) {
            snapshot.phase = pipeline::Phase::Failed;
            snapshot.failure = run.error();
            return snapshot;
        }
        while ((*run)->step()) {
        }
        (*run)->finish();
        pipeline::describe(**run, {}, snapshot);
        snapshot.phase = pipeline::Phase::Finished;
        return snapshot;
    }

private:
    pipeline::EngineObserver& m_observer;
    ui::SnapshotPtr m_snapshot;
    std::uint64_t m_generation = 0;
};

} // namespace timbre::test
