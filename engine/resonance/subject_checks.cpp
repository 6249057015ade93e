#include "engine/resonance/subject_checks.h"

#include <algorithm>

namespace timbre::resonance {

const char* toString(SubjectKind kind)
{
    switch (kind) {
    case SubjectKind::Flow:
        return "flow";
    case SubjectKind::HostPair:
        return "pair";
    case SubjectKind::Recording:
        return "recording";
    }
    return "flow";
}

HostPairs::HostPairs(MaskModels masks, const MonitorSettings& settings, std::size_t maxPairs)
    : m_monitor(std::move(masks), settings)
    , m_maxPairs(maxPairs)
{
}

HostPairs::Place HostPairs::placeOf(const flow::FlowRecord& record)
{
    if (record.index >= m_places.size())
        m_places.resize(record.index + std::size_t{1});
    Place& place = m_places[record.index];
    if (place.pair != kUnknown)
        return place;
    const IpAddress initiator = record.address(flow::Side::Initiator);
    const IpAddress responder = record.address(flow::Side::Responder);
    const auto ends = std::minmax(initiator, responder);
    auto known = m_numbers.find({ends.first, ends.second});
    if (known == m_numbers.end()) {
        if (m_pairs.size() >= m_maxPairs) {
            ++m_refused;
            place.pair = kRefused;
            return place;
        }
        known = m_numbers.try_emplace({ends.first, ends.second}, static_cast<std::uint32_t>(m_pairs.size())).first;
        Subject& pair = m_pairs.emplace_back();
        pair.name = toString(initiator) + " ↔ " + toString(responder);
        pair.initiator = initiator;
        pair.responder = responder;
    }
    place.pair = known->second;
    place.turned = m_pairs[place.pair].initiator != initiator;
    ++m_pairs[place.pair].flows;
    return place;
}

void HostPairs::packet(const flow::Flow& flow, flow::Side side, const decode::Packet& packet, const flow::Frame& frame)
{
    const Place place = placeOf(flow.record);
    if (place.pair == kRefused)
        return;
    Subject& pair = m_pairs[place.pair];
    const bool first = pair.packets++ == 0;
    if (first)
        pair.first = frame.time;
    pair.last = frame.time;
    const auto turned = static_cast<flow::Side>(static_cast<std::uint8_t>(side) ^ (place.turned ? 1U : 0U));
    m_monitor.packet(place.pair, first, FlowPacket::of(turned, packet, frame), packet.payload);
}

void HostPairs::finish()
{
    for (std::uint32_t pair = 0; pair < m_pairs.size(); ++pair)
        m_monitor.ended(pair);
}

std::shared_ptr<const SubjectChecks> HostPairs::checks() const
{
    auto checks = std::make_shared<SubjectChecks>();
    checks->kind = SubjectKind::HostPair;
    checks->subjects = m_pairs;
    checks->results = m_monitor.results();
    checks->subjectsRefused = m_refused;
    return checks;
}

std::shared_ptr<const SubjectChecks> checkRecording(const recording::Recording& recording, MaskModels masks,
                                                    const MonitorSettings& settings)
{
    Monitor monitor(std::move(masks), settings);
    Subject subject;
    subject.name = recording.facts.service;
    for (const recording::PacketRecord& record : recording.packets) {
        FlowPacket packet;
        packet.time = {static_cast<std::int64_t>(record.timestampNs)};
        packet.entropy = record.entropy;
        packet.size = record.size;
        packet.side = record.direction == recording::Direction::Uplink ? flow::Side::Initiator : flow::Side::Responder;
        const bool first = subject.packets++ == 0;
        if (first)
            subject.first = packet.time;
        subject.last = packet.time;
        monitor.packet(0, first, packet, std::as_bytes(record.prefix()));
    }
    monitor.ended(0);
    auto checks = std::make_shared<SubjectChecks>();
    checks->kind = SubjectKind::Recording;
    checks->subjects.push_back(std::move(subject));
    checks->results = monitor.results();
    checks->packetsLeftOut =
        recording.totalPackets - std::min<std::uint64_t>(recording.totalPackets, recording.packets.size());
    return checks;
}

} // namespace timbre::resonance
