#pragma once

// Checks of what is no single flow: everything two hosts say to each other, or a recording. Both are made on request
// and give the same results as checks of flows, numbered by subject.

#include "engine/recording/recording.h"
#include "engine/resonance/monitor.h"

#include <map>

namespace timbre::resonance {

enum class SubjectKind : std::uint8_t { Flow, HostPair, Recording };
/// "flow", "pair", "recording"
[[nodiscard]] const char* toString(SubjectKind kind);

struct Subject {
    std::string name;    // "192.0.2.1 ↔ 192.0.2.9", the name of the recorded service
    IpAddress initiator; // of the pair's first flow; none for a recording
    IpAddress responder;
    std::uint64_t packets = 0;
    std::uint32_t flows = 0; // 0 for a recording
    Timestamp first;
    Timestamp last;
};

/// An immutable picture.
struct SubjectChecks {
    SubjectKind kind = SubjectKind::HostPair;
    std::vector<Subject> subjects;                 // by the number that checks call `flow`
    std::shared_ptr<const MonitorResults> results; // never null
    std::uint64_t subjectsRefused = 0;             // pairs past the cap: their packets were not looked at
    std::uint64_t packetsLeftOut = 0;              // that a recording counted and did not keep
};

inline constexpr std::size_t kMaxHostPairs = 100'000;

/// Gathers the packets of flows by the two hosts they run between. A pair's initiator is that of its first flow; it is
/// checked every 30 s of capture time while packets come, and at the end of the capture.
class HostPairs {
public:
    HostPairs(MaskModels masks, const MonitorSettings& settings, std::size_t maxPairs = kMaxHostPairs);

    /// After the flow has counted the packet.
    void packet(const flow::Flow& flow, flow::Side side, const decode::Packet& packet, const flow::Frame& frame);
    /// The capture is over: makes every pair's last check. Nothing may follow but checks().
    void finish();
    [[nodiscard]] std::shared_ptr<const SubjectChecks> checks() const;

private:
    static constexpr std::uint32_t kUnknown = 0xffffffff;
    static constexpr std::uint32_t kRefused = 0xfffffffe;
    struct Place { // of a flow
        std::uint32_t pair = kUnknown;
        bool turned = false; // the flow's initiator is the pair's responder
    };
    Place placeOf(const flow::FlowRecord& record);

    Monitor m_monitor;
    std::size_t m_maxPairs;
    std::vector<Place> m_places;                                        // by FlowRecord::index
    std::map<std::pair<IpAddress, IpAddress>, std::uint32_t> m_numbers; // the lower address first
    std::vector<Subject> m_pairs;
    std::uint64_t m_refused = 0;
};

/// The recording as one subject, both directions as they were recorded, every 30 s of its time and at its end.
[[nodiscard]] std::shared_ptr<const SubjectChecks> checkRecording(const recording::Recording& recording,
                                                                  MaskModels masks, const MonitorSettings& settings);

} // namespace timbre::resonance
