#pragma once
// What every small scenario starts and ends with.

#include "tests/generator/conversations.h"
#include "tests/generator/scenario.h"

namespace timbre::generator {

/// Collects conversations and turns them into captured traffic.
class ScenarioFrame {
public:
    ScenarioFrame(std::string_view name, const ScenarioOptions& options)
        : m_recorder(m_timeline, m_traffic.truth)
        , m_world{m_recorder, Random(options.seed), Path{}}
    {
        m_traffic.truth.scenario = name;
        m_traffic.truth.seed = options.seed;
        m_recorder.setSnapLength(options.snapLength);
    }

    [[nodiscard]] World& world() { return m_world; }
    /// Returns the number conversations put into their path.
    std::uint32_t addInterface(LinkType type, std::string_view name)
    {
        PcapngInterface interface;
        interface.linkType = type;
        interface.name = name;
        m_traffic.interfaces.push_back(interface);
        return low32(m_traffic.interfaces.size() - 1);
    }
    [[nodiscard]] CapturedTraffic take()
    {
        m_recorder.finish();
        m_traffic.frames = m_timeline.takeSorted();
        return std::move(m_traffic);
    }

private:
    Timeline m_timeline;
    CapturedTraffic m_traffic;
    TrafficRecorder m_recorder;
    World m_world;
};

} // namespace timbre::generator
