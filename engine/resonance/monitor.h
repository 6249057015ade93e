#pragma once

// Checks every flow against every active mask: each 30 s of capture time while it lives, and at its end. What is
// checked may also be a pair of hosts or a recording (subject_checks.h); it is a subject with a number here. Both
// scores of each check are kept, the exact one with its status and the calibrated one; for each moment also what the
// window looked like, so that the evidence can be shown later without reading the capture again. Loss and round trips
// of a flow are telemetry of the mask it resembles most. A plain object of one thread; time comes from packets.

#include "engine/base/work_ahead.h"
#include "engine/decode/packet.h"
#include "engine/flow/flow_table.h"
#include "engine/resonance/calibration.h"
#include "engine/resonance/check_module.h"
#include "engine/resonance/growing_list.h"

namespace timbre::resonance {

inline constexpr std::int64_t kCheckIntervalNs = 30 * kNsPerSecond;
inline constexpr std::uint32_t kNoWindow = 0xffffffff;
inline constexpr std::uint16_t kNoMask = 0xffff;

struct MonitorLimits {
    std::size_t windowBytes = 256U << 20U; // memory of all windows; flows that begin when it is used up are not checked
    std::size_t checks = 2'000'000;        // kept; later ones still count for the best mask of a flow
    std::size_t windows = 200'000;         // kept for evidence
    std::size_t masks = 1'000;
};

struct MonitorSettings {
    Limits limits{}; // of the exact score
    std::int64_t intervalNs = kCheckIntervalNs;
    bool anomalyDetection = true;
    MonitorLimits caps;
};

/// One check of one flow against one mask.
struct CheckRecord {
    Timestamp time;                   // of the packet it was made at
    std::uint32_t flow = 0;           // FlowRecord::index, or the number of another subject
    std::uint32_t window = kNoWindow; // number of the window it looked at, where that was kept
    std::uint16_t mask = 0;           // position in the list of masks
    std::uint16_t packets = 0;        // in the window
    Status status = Status::Healthy;
    bool final = false;     // at the flow's end
    bool anomalous = false; // loss or round trips of the mask were beyond their limits then
    float exact = 0.0F;     // may be NaN or infinite
    float score = 50.0F;    // calibrated, 0 … 100
    float confidence = 0.0F;
    std::array<float, kAspects> contributions{};

    [[nodiscard]] bool exactIsNumber() const { return exact == exact; }
};

/// What a checked window looked like.
struct WindowRecord {
    Timestamp time; // of its last packet
    Timestamp from; // of its first packet
    std::uint32_t flow = 0;
    std::array<std::uint16_t, 2> packets{};                        // by flow::Side
    std::array<std::array<std::int16_t, kFeatures>, 2> features{}; // in units of 1 / 16,384; see featuresOf()
};
[[nodiscard]] std::array<Features, 2> featuresOf(const WindowRecord& window);

/// The mask a flow resembles most, by its latest check.
struct BestMask {
    std::uint16_t mask = kNoMask;
    float score = 0.0F;
    float confidence = 0.0F;
};

struct MonitorCounters {
    std::uint64_t checks = 0;          // made
    std::uint64_t checksDropped = 0;   // made but not kept
    std::uint64_t windowsDropped = 0;  // not kept for evidence
    std::uint64_t flowsNotWatched = 0; // flows or other subjects; memory for windows was used up
    std::uint64_t flowsTooShort =
        0; // flows or other subjects; ended with fewer than kFewestPackets packets: nothing was checked
    std::uint64_t masksRefused = 0; // past the cap
};

/// An immutable picture of all that is known.
struct MonitorResults {
    MaskModels masks; // an entry is null when the results come from a workspace and the mask is not at hand
    std::vector<std::string> maskIds;
    std::vector<AnomalyDetector::Averages> telemetry; // by mask
    std::vector<bool> anomalous;                      // by mask
    Limits limits{};
    ListView<CheckRecord> checks; // in the order they were made
    ListView<WindowRecord> windows;
    MonitorCounters counters;
};

class Monitor {
public:
    Monitor(MaskModels masks, MonitorSettings settings);
    ~Monitor();
    Monitor(const Monitor&) = delete;
    Monitor& operator=(const Monitor&) = delete;

    /// After the flow has counted the packet.
    void packet(const flow::Flow& flow, flow::Side side, const decode::Packet& packet, const flow::Frame& frame);
    /// Of a subject that is no flow. `first`: nothing came from it before. Subjects are numbered from 0.
    void packet(std::uint32_t subject, bool first, const FlowPacket& packet, Bytes payload);
    /// No packets follow and these flows, or other subjects, end next, in this order: from here on other threads judge
    /// their windows, each of which stays until its end. Changes nothing but the time that flowEnded() takes.
    void prepareLastChecks(std::span<const std::uint32_t> subjects);
    /// Makes the last check of the flow.
    void flowEnded(const flow::FlowRecord& record) { lastCheck(record.index, &record); }
    void ended(std::uint32_t subject) { lastCheck(subject, nullptr); }
    /// Lets go of the flow; its bestOf() is nothing from here on.
    void forget(const flow::FlowRecord& record);

    [[nodiscard]] bool idle() const { return m_masks.empty(); }
    /// Of a live flow, also within flowEnded() of its analysis; nothing before the first check.
    [[nodiscard]] BestMask bestOf(std::uint32_t flow) const;
    [[nodiscard]] const MaskModels& masks() const { return m_masks; }
    [[nodiscard]] std::shared_ptr<const MonitorResults> results() const;

private:
    struct Watched;
    /// What a window looks like, and what each mask says to it.
    struct Judged {
        WindowRecord window;
        std::vector<CheckRecord> checks; // by mask
    };

    /// `record` is null for a subject that is no flow.
    Watched* take(std::uint32_t subject, bool first, const flow::FlowRecord* record, const FlowPacket& packet,
                  Bytes payload);
    Watched* watchedOf(std::uint32_t subject, bool first, Timestamp time);
    Watched* beginToWatch(std::uint32_t subject, Timestamp time);
    void lastCheck(std::uint32_t subject, const flow::FlowRecord* record);
    void check(Watched& watched, std::uint32_t subject, const flow::FlowRecord* record, bool final);
    void judge(const Watched& watched, std::uint32_t subject, Judged& judged) const;
    void checkMask(const WindowView& view, const EncoderInput& exact, std::size_t mask, CheckRecord& check) const;
    /// Judged ahead, or now.
    Judged& judgedOf(const Watched& watched, std::uint32_t subject);
    std::uint32_t keepWindow(const WindowRecord& window);
    void recordTelemetry(Watched& watched, const flow::FlowRecord& record);

    MaskModels m_masks;
    MonitorSettings m_settings;
    std::pmr::unsynchronized_pool_resource m_memory; // of what is watched: little of it for short flows
    std::vector<Watched*> m_watched; // by number of the subject; null for those that ended or are not watched
    std::size_t m_windowBytes = 0;
    Judged m_now; // by the check in work; kept to save its memory
    AnomalyDetector m_telemetry;
    std::vector<bool> m_anomalous; // by mask, as m_telemetry has it
    GrowingList<CheckRecord> m_checks;
    GrowingList<WindowRecord> m_windows;
    MonitorCounters m_counters;
    std::vector<std::uint32_t> m_endingNext; // subjects, those that are judged ahead
    WorkAhead<Judged> m_ahead;
};

} // namespace timbre::resonance
