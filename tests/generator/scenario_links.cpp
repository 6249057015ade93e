// Scenarios about how packets travel: link types, tags, tunnels and fragments.

#include "tests/generator/scenario_frame_private.h"

#include <array>

namespace timbre::generator {

namespace {

const IpAddress kClient4 = IpAddress::v4(10, 0, 0, 50);
const IpAddress kClient6 = IpAddress::v6(0x20010db8'00aa0001U, 0x50);

/// One of each, over both families where the path allows.
std::uint64_t smallConversations(World& world, std::uint64_t startNs, bool v4, bool v6)
{
    std::uint64_t now = startNs;
    WebVisit visit;
    visit.requests = 1;
    visit.answerBytes = 2'500;
    visit.roundTripNs = 8 * kMillisecondNs;
    visit.mss = 1300;
    if (v4) {
        now = dnsLookup(world, kClient4, hostNumber(33), now) + kMillisecondNs;
        now = httpVisit(world, kClient4, hostNumber(33), now, visit) + kMillisecondNs;
        now = ping(world, kClient4, hostNumber(33).v4, now, 1);
    }
    if (v6) {
        visit.v6 = true;
        now = tlsVisit(world, kClient6, hostNumber(34), now, visit) + kMillisecondNs;
        now = ping(world, kClient6, hostNumber(34).v6, now, 1);
    }
    return now + 200 * kMillisecondNs;
}

std::uint64_t taggedLinks(World& world, std::uint64_t startNs)
{
    std::uint64_t now = startNs;
    LinkPath& link = world.path.link;
    link.vlans = {{0x8100, 100, 3}};
    now = smallConversations(world, now, true, true);
    link.vlans = {{0x88a8, 7}, {0x8100, 100}};
    now = smallConversations(world, now, true, true);
    link.vlans = {{0x88a8, 7}, {0x8100, 100}, {0x8100, 101}};
    now = smallConversations(world, now, true, false);
    link.vlans.clear();
    link.mplsLabels = {16'001};
    now = smallConversations(world, now, true, true);
    link.mplsLabels = {16'001, 24'077};
    now = smallConversations(world, now, true, false);
    link.mplsLabels.clear();
    link.pppoeSession = 0x1234;
    now = smallConversations(world, now, true, true);
    link.pppoeSession.reset();
    return now;
}

std::uint64_t fragments(World& world, std::uint64_t startNs)
{
    const std::uint64_t now = largeDatagrams(world, kClient4, hostNumber(35).v4, startNs, 5'200);
    return largeDatagrams(world, kClient6, hostNumber(35).v6, now + kMillisecondNs, 5'200) + kMillisecondNs;
}

} // namespace

CapturedTraffic tunnelTraffic(const ScenarioOptions& options)
{
    ScenarioFrame scenario("tunnels", options);
    World& world = scenario.world();
    scenario.addInterface(LinkType::Ethernet, "eth0");
    std::uint64_t now = taggedLinks(world, options.startNs);
    now = fragments(world, now);
    const IpAddress near = IpAddress::v4(192, 0, 2, 241);
    const IpAddress far = IpAddress::v4(198, 51, 100, 241);
    constexpr std::array kKinds{TunnelKind::Gre,    TunnelKind::Vxlan,     TunnelKind::Geneve, TunnelKind::GtpU,
                                TunnelKind::IpInIp, TunnelKind::SixInFour, TunnelKind::Teredo};
    std::uint32_t id = 100;
    for (const TunnelKind kind : kKinds) {
        world.path.tunnels = {{kind, near, far, id++}};
        const bool onlyV6 = kind == TunnelKind::SixInFour || kind == TunnelKind::Teredo;
        const bool onlyV4 = kind == TunnelKind::IpInIp;
        now = smallConversations(world, now, !onlyV6, !onlyV4);
    }
    world.path.tunnels = {{TunnelKind::Gre, IpAddress::v4(192, 0, 2, 242), IpAddress::v4(198, 51, 100, 242), 200},
                          {TunnelKind::Vxlan, IpAddress::v4(10, 9, 0, 1), IpAddress::v4(10, 9, 0, 2), 201}};
    now = smallConversations(world, now, true, false);
    world.path.tunnels = {
        {TunnelKind::GtpU, IpAddress::v6(0x20010db8'00cc0000U, 1), IpAddress::v6(0x20010db8'00cc0000U, 2), 300}};
    now = smallConversations(world, now, true, true);
    // Outer packets above the MTU: the tunnel itself is fragmented.
    world.path.tunnels = {{TunnelKind::Gre, near, far, 400}};
    WebVisit visit;
    visit.requests = 1;
    httpVisit(world, kClient4, hostNumber(36), now, visit);
    return scenario.take();
}

CapturedTraffic linkTraffic(const ScenarioOptions& options)
{
    struct Link {
        LinkType type;
        std::string_view name;
        std::uint8_t timeResolution;
        bool v4 = true;
        bool v6 = true;
    };
    // Resolutions differ on purpose: micro- and nanoseconds, 10^-7, and 2^-20.
    constexpr std::array<Link, 11> kLinks{{{LinkType::Ethernet, "eth0", 9},
                                           {LinkType::RawIp, "tun0", 6},
                                           {LinkType::Null, "lo0", 7},
                                           {LinkType::Loop, "loop0", 9},
                                           {LinkType::LinuxCooked, "any", 6},
                                           {LinkType::LinuxCooked2, "any2", 9},
                                           {LinkType::Ppp, "ppp0", 0x80 | 20},
                                           {LinkType::Wifi, "wlan0", 9},
                                           {LinkType::WifiRadiotap, "mon0", 6},
                                           {LinkType::RawIpv4, "raw4", 9, true, false},
                                           {LinkType::RawIpv6, "raw6", 9, false, true}}};
    ScenarioFrame scenario("links", options);
    World& world = scenario.world();
    std::uint64_t now = options.startNs;
    for (const Link& link : kLinks) {
        world.path.interface = scenario.addInterface(link.type, link.name);
        world.path.link.type = link.type;
        now = smallConversations(world, now, link.v4, link.v6);
    }
    CapturedTraffic traffic = scenario.take();
    for (std::size_t i = 0; i < kLinks.size(); ++i) {
        traffic.interfaces[i].timeResolution = kLinks[i].timeResolution;
    }
    return traffic;
}

} // namespace timbre::generator
