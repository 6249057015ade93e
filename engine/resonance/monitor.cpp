#include "engine/resonance/monitor.h"

#include "engine/resonance/telemetry.h"

#include <algorithm>
#include <cmath>

namespace timbre::resonance {

namespace {

constexpr float kFeatureUnit = 16'384.0F;
constexpr double kResembles = 50.0; // score from which a flow's telemetry counts for its best mask

/// Rounded half away from zero; loops without a branch or a call, which compilers turn into a few instructions.
std::array<std::int16_t, kFeatures> packed(const Features& features)
{
    constexpr float kLargest = 1.9F * kFeatureUnit;
    Features limited;
    for (std::size_t i = 0; i < kFeatures; ++i) {
        const float scaled = features[i] * kFeatureUnit;
        const float atMost = scaled < kLargest ? scaled : kLargest;
        limited[i] = atMost > -kLargest ? atMost : -kLargest;
    }
    std::array<std::int16_t, kFeatures> result;
    for (std::size_t i = 0; i < kFeatures; ++i)
        result[i] = static_cast<std::int16_t>(static_cast<std::int32_t>(limited[i] + std::copysign(0.5F, limited[i])));
    return result;
}

} // namespace

/// A flow, or another subject, that is being watched. What every packet touches comes first.
struct Monitor::Watched {
    explicit Watched(std::pmr::memory_resource* memory)
        : window(memory)
    {
    }

    Timestamp nextCheck;
    Timestamp last; // packet
    FlowWindow window;
    Telemetry telemetry;
    BestMask best;
    std::size_t bytes = sizeof(Watched); // of memory, as counted in the budget
};

std::array<Features, 2> featuresOf(const WindowRecord& window)
{
    std::array<Features, 2> features{};
    for (std::size_t side = 0; side < 2; ++side) {
        for (std::size_t i = 0; i < kFeatures; ++i)
            features[side][i] = static_cast<float>(window.features[side][i]) / kFeatureUnit;
    }
    return features;
}

Monitor::Monitor(MaskModels masks, MonitorSettings settings)
    : m_masks(std::move(masks))
    , m_settings(settings)
{
    if (m_masks.size() > settings.caps.masks) {
        m_counters.masksRefused = m_masks.size() - settings.caps.masks;
        m_masks.resize(settings.caps.masks);
    }
    m_anomalous.resize(m_masks.size());
}

Monitor::~Monitor()
{
    m_ahead.stop(); // it looks at what goes next
    std::pmr::polymorphic_allocator<> allocator(&m_memory);
    for (Watched* watched : m_watched) {
        if (watched)
            allocator.delete_object(watched);
    }
}

inline Monitor::Watched* Monitor::watchedOf(std::uint32_t subject, bool first, Timestamp time)
{
    if (subject < m_watched.size() && m_watched[subject])
        return m_watched[subject];
    return first ? beginToWatch(subject, time) : nullptr; // no entry behind the first packet: refused
}

Monitor::Watched* Monitor::beginToWatch(std::uint32_t subject, Timestamp time)
{
    if (m_windowBytes > m_settings.caps.windowBytes) {
        ++m_counters.flowsNotWatched;
        return nullptr;
    }
    if (subject >= m_watched.size())
        m_watched.resize(subject + std::size_t{1});
    Watched*& entry = m_watched[subject];
    entry = std::pmr::polymorphic_allocator<>(&m_memory).new_object<Watched>(&m_memory);
    entry->nextCheck = {time.ns + m_settings.intervalNs};
    m_windowBytes += entry->bytes;
    return entry;
}

/// In each caller's own code: this runs for every packet.
[[gnu::always_inline]] inline Monitor::Watched* Monitor::take(std::uint32_t subject, bool first,
                                                              const flow::FlowRecord* record, const FlowPacket& packet,
                                                              Bytes payload)
{
    Watched* watched = watchedOf(subject, first, packet.time);
    if (!watched)
        return nullptr;
    if (packet.time >= watched->nextCheck) {
        check(*watched, subject, record, false);
        watched->nextCheck = {packet.time.ns + m_settings.intervalNs};
    }
    watched->last = packet.time;
    if (watched->window.add(packet, payload)) {
        const std::size_t bytes = sizeof(Watched) + watched->window.memoryBytes();
        m_windowBytes += bytes - watched->bytes;
        watched->bytes = bytes;
    }
    return watched;
}

void Monitor::packet(const flow::Flow& flow, flow::Side side, const decode::Packet& packet, const flow::Frame& frame)
{
    if (m_masks.empty())
        return;
    const flow::FlowRecord& record = flow.record;
    Watched* watched =
        take(record.index, record.packets() == 1, &record, FlowPacket::of(side, packet, frame), packet.payload);
    if (watched)
        watched->telemetry.packet(flow, side, packet, frame.time);
}

void Monitor::packet(std::uint32_t subject, bool first, const FlowPacket& packet, Bytes payload)
{
    if (!m_masks.empty())
        take(subject, first, nullptr, packet, payload);
}

void Monitor::lastCheck(std::uint32_t subject, const flow::FlowRecord* record)
{
    if (subject < m_watched.size() && m_watched[subject])
        check(*m_watched[subject], subject, record, true);
}

void Monitor::forget(const flow::FlowRecord& record)
{
    if (record.index >= m_watched.size() || !m_watched[record.index])
        return;
    Watched*& entry = m_watched[record.index];
    m_windowBytes -= entry->bytes;
    std::pmr::polymorphic_allocator<>(&m_memory).delete_object(entry);
    entry = nullptr;
}

void Monitor::check(Watched& watched, std::uint32_t subject, const flow::FlowRecord* record, bool final)
{
    if (watched.window.size() < kFewestPackets) {
        m_counters.flowsTooShort += final ? 1 : 0;
        return;
    }
    Judged& judged = judgedOf(watched, subject);
    const std::uint32_t window = keepWindow(judged.window);
    watched.best = {};
    for (CheckRecord& check : judged.checks) {
        check.window = window;
        check.final = final;
        if (watched.best.mask == kNoMask || check.score > watched.best.score)
            watched.best = {check.mask, check.score, check.confidence};
    }
    if (record)
        recordTelemetry(watched, *record);
    m_counters.checks += judged.checks.size();
    for (CheckRecord& check : judged.checks) {
        check.anomalous = m_anomalous[check.mask];
        if (m_checks.size() < m_settings.caps.checks)
            m_checks.add(check);
        else
            ++m_counters.checksDropped;
    }
}

/// Of nothing but the window and the masks, so that several windows may be judged at once.
void Monitor::judge(const Watched& watched, std::uint32_t subject, Judged& judged) const
{
    const WindowView view(watched.window);
    const EncoderInput exact = watched.window.exactFeatures();
    judged.window.time = watched.last;
    judged.window.from = watched.window.firstTime();
    judged.window.flow = subject;
    for (const flow::Side side : {flow::Side::Initiator, flow::Side::Responder}) {
        const auto which = static_cast<std::size_t>(side);
        judged.window.packets[which] = static_cast<std::uint16_t>(view.side(side).packets);
        judged.window.features[which] = packed(view.side(side).features);
    }
    judged.checks.resize(m_masks.size());
    for (std::size_t mask = 0; mask < m_masks.size(); ++mask) {
        CheckRecord& check = judged.checks[mask];
        checkMask(view, exact, mask, check);
        check.time = watched.last;
        check.flow = subject;
    }
}

void Monitor::prepareLastChecks(std::span<const std::uint32_t> subjects)
{
    constexpr std::size_t kFlowsTogether = 64;
    constexpr std::size_t kChecksTogether = 2048; // bounds the memory with many masks
    m_ahead.stop(); // it reads the list
    m_endingNext.clear();
    if (m_masks.empty())
        return;
    for (const std::uint32_t subject : subjects) {
        const Watched* watched = subject < m_watched.size() ? m_watched[subject] : nullptr;
        if (watched && watched->window.size() >= kFewestPackets)
            m_endingNext.push_back(subject);
    }
    m_ahead.begin(m_endingNext.size(), std::min(kFlowsTogether, kChecksTogether / m_masks.size()),
                  [this](std::size_t item, Judged& judged) {
                      const std::uint32_t subject = m_endingNext[item];
                      judge(*m_watched[subject], subject, judged);
                  });
}

Monitor::Judged& Monitor::judgedOf(const Watched& watched, std::uint32_t subject)
{
    const auto isNext = [this](std::size_t item) { return item < m_endingNext.size(); };
    if (!isNext(m_ahead.taken()) || m_endingNext[m_ahead.taken()] != subject) {
        judge(watched, subject, m_now);
        return m_now;
    }
    Judged& judged = m_ahead.next();
    if (isNext(m_ahead.taken()))
        __builtin_prefetch(m_watched[m_endingNext[m_ahead.taken()]], 1);
    return judged;
}

void Monitor::checkMask(const WindowView& view, const EncoderInput& exact, std::size_t mask, CheckRecord& check) const
{
    const MaskModel& model = *m_masks[mask];
    check.mask = static_cast<std::uint16_t>(mask);
    check.packets = static_cast<std::uint16_t>(view.packets());
    check.exact = model.encoder.error(exact);
    check.status = statusOf(check.exact, m_settings.limits);
    const Calibrated calibrated = resonance::calibrated(view, model);
    check.score = static_cast<float>(calibrated.score);
    check.confidence = static_cast<float>(calibrated.confidence);
    for (std::size_t i = 0; i < kAspects; ++i)
        check.contributions[i] = static_cast<float>(calibrated.contributions[i]);
}

std::uint32_t Monitor::keepWindow(const WindowRecord& window)
{
    if (m_windows.size() >= m_settings.caps.windows) {
        ++m_counters.windowsDropped;
        return kNoWindow;
    }
    m_windows.add(window);
    return static_cast<std::uint32_t>(m_windows.size() - 1);
}

/// Only where the flow resembles a mask: other traffic says nothing about how the mask is carried.
void Monitor::recordTelemetry(Watched& watched, const flow::FlowRecord& record)
{
    const Telemetry::Sample sample = watched.telemetry.take(record);
    if (!m_settings.anomalyDetection || watched.best.mask == kNoMask ||
        static_cast<double>(watched.best.score) < kResembles)
        return;
    const std::string& mask = m_masks[watched.best.mask]->id;
    if (sample.loss)
        m_telemetry.recordLoss(mask, *sample.loss);
    if (sample.roundTripMs)
        m_telemetry.recordRoundTrip(mask, *sample.roundTripMs);
    m_anomalous[watched.best.mask] = m_telemetry.isAnomalous(mask);
}

BestMask Monitor::bestOf(std::uint32_t flow) const
{
    return flow < m_watched.size() && m_watched[flow] ? m_watched[flow]->best : BestMask{};
}

std::shared_ptr<const MonitorResults> Monitor::results() const
{
    auto results = std::make_shared<MonitorResults>();
    results->masks = m_masks;
    results->limits = m_settings.limits;
    for (const auto& mask : m_masks) {
        results->maskIds.push_back(mask->id);
        results->telemetry.push_back(m_telemetry.averages(mask->id));
    }
    results->anomalous = m_anomalous;
    results->checks = m_checks.view();
    results->windows = m_windows.view();
    results->counters = m_counters;
    return results;
}

} // namespace timbre::resonance
