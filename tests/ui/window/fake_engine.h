#pragma once

// An engine that publishes what a test tells it to, behind a real bridge. GUI thread only.

#include "ui/bridge/engine_bridge.h"

#include <map>

namespace timbre::testing {

class FakeEngine : public ui::EnginePort {
public:
    explicit FakeEngine(pipeline::EngineObserver& observer)
        : m_observer(observer)
    {
    }

    pipeline::CaptureId open(const std::filesystem::path& path, pipeline::OpenOptions options) override
    {
        const pipeline::CaptureId id = ++m_last;
        pipeline::CaptureSnapshot snapshot;
        snapshot.path = path.string();
        lastOptions = options;
        m_order.push_back(id);
        publish(id, std::move(snapshot));
        m_observer.workspaceChanged();
        return id;
    }
    void load(pipeline::CaptureId id) override { loaded.push_back(id); }
    void cancel(pipeline::CaptureId id) override { cancelled.push_back(id); }
    void remove(pipeline::CaptureId id) override
    {
        m_snapshots.erase(id);
        std::erase(m_order, id);
        m_observer.workspaceChanged();
    }
    std::vector<pipeline::CaptureId> captures() const override { return m_order; }
    std::shared_ptr<const pipeline::CaptureSnapshot> snapshot(pipeline::CaptureId id) const override
    {
        const auto found = m_snapshots.find(id);
        return found == m_snapshots.end() ? nullptr : found->second;
    }
    pipeline::WorkspaceStatus workspace() const override { return status; }

    /// What is not set in `snapshot` and must not be null is made empty.
    void publish(pipeline::CaptureId id, pipeline::CaptureSnapshot snapshot)
    {
        snapshot.id = id;
        snapshot.generation = ++m_generation;
        if (!snapshot.flows)
            snapshot.flows = std::make_shared<const flow::FlowSnapshot>();
        if (!snapshot.histogram)
            snapshot.histogram = std::make_shared<const TimeHistogram>();
        m_snapshots[id] = std::make_shared<const pipeline::CaptureSnapshot>(std::move(snapshot));
        m_observer.captureChanged(id);
    }

    std::vector<pipeline::CaptureId> loaded;
    std::vector<pipeline::CaptureId> cancelled;
    pipeline::OpenOptions lastOptions;
    pipeline::WorkspaceStatus status;

private:
    pipeline::EngineObserver& m_observer;
    pipeline::CaptureId m_last = 0;
    std::uint64_t m_generation = 0;
    std::vector<pipeline::CaptureId> m_order;
    std::map<pipeline::CaptureId, std::shared_ptr<const pipeline::CaptureSnapshot>> m_snapshots;
};

/// A bridge and the engine behind it.
struct FakeBridge {
    FakeEngine* engine = nullptr; // owned by the bridge
    ui::EngineBridge bridge{[this](pipeline::EngineObserver& observer) {
        auto made = std::make_unique<FakeEngine>(observer);
        engine = made.get();
        return made;
    }};
};

} // namespace timbre::testing
