#include "tests/generator/scenario.h"

#include "tests/generator/scenario_frame_private.h"

#include <algorithm>

namespace timbre::generator {

namespace {

CapturedTraffic damagedTraffic(const ScenarioOptions& options)
{
    ScenarioFrame scenario("damaged", options);
    World& world = scenario.world();
    scenario.addInterface(LinkType::Ethernet, "eth0");
    std::uint64_t now = options.startNs;
    for (std::uint32_t i = 0; i < 12; ++i) {
        const IpAddress client = IpAddress::v4(10, 0, 0, static_cast<int>(20 + i));
        const Host host = hostNumber(i * 5);
        now = dnsLookup(world, client, host, now) + kMillisecondNs;
        if (i % 2 == 0) {
            httpVisit(world, client, host, now);
        } else {
            tlsVisit(world, client, host, now);
        }
        now += 300 * kMillisecondNs;
    }
    return scenario.take();
}

} // namespace

CapturedTraffic voiceTraffic(const ScenarioOptions& options)
{
    ScenarioFrame scenario("voice", options);
    World& world = scenario.world();
    scenario.addInterface(LinkType::Ethernet, "eth0");
    const IpAddress first = IpAddress::v4(10, 0, 0, 31);
    const IpAddress second = IpAddress::v4(10, 0, 0, 32);
    const IpAddress provider = IpAddress::v4(198, 18, 7, 10);
    const std::uint64_t callNs = dnsLookup(world, first, hostNumber(15), options.startNs) + 50 * kMillisecondNs;
    voiceCall(world, {first, provider, 14, false}, callNs);
    voiceCall(world, {second, provider, 18, true}, options.startNs + 4 * kSecondNs);
    return scenario.take();
}

std::vector<std::string> scenarioNames()
{
    return {"office", "voice", "tunnels", "links", "endings", "damaged"};
}

std::optional<CapturedTraffic> scenarioByName(std::string_view name, const ScenarioOptions& options)
{
    if (name == "office") {
        return officeTraffic(options);
    }
    if (name == "voice") {
        return voiceTraffic(options);
    }
    if (name == "tunnels") {
        return tunnelTraffic(options);
    }
    if (name == "links") {
        return linkTraffic(options);
    }
    if (name == "endings") {
        return endingTraffic(options);
    }
    return name == "damaged" ? std::optional(damagedTraffic(options)) : std::nullopt;
}

CapturedTraffic onlyInterface(CapturedTraffic traffic, std::uint32_t interface)
{
    std::erase_if(traffic.frames, [interface](const Frame& frame) { return frame.interface != interface; });
    GroundTruth& truth = traffic.truth;
    truth.packets = traffic.frames.size();
    truth.capturedBytes = 0;
    truth.originalBytes = 0;
    truth.firstNs = traffic.frames.empty() ? 0 : traffic.frames.front().timeNs;
    truth.lastNs = traffic.frames.empty() ? 0 : traffic.frames.back().timeNs;
    for (Frame& frame : traffic.frames) {
        frame.interface = 0;
        truth.capturedBytes += frame.bytes.size();
        truth.originalBytes += frame.originalLength;
    }
    traffic.interfaces = {traffic.interfaces[interface]};
    return traffic;
}

} // namespace timbre::generator
