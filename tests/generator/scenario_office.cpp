// The office scenario: a realistic mix with a little of everything an analyst looks for.

#include "tests/generator/scenario_frame_private.h"

#include <array>

namespace timbre::generator {

namespace {

constexpr std::uint32_t kClients = 24;
constexpr std::uint64_t kMinutes = 4;

IpAddress clientV4(std::uint32_t number)
{
    return IpAddress::v4(10, 0, 0, static_cast<int>(20 + number));
}

IpAddress clientV6(std::uint32_t number)
{
    return IpAddress::v6(0x20010db8'00aa0001U, 0x20 + number);
}

WebVisit someVisit(Random& random, bool v6)
{
    constexpr std::array kEndings{TcpEnding::FinByServer, TcpEnding::FinByServer, TcpEnding::FinByClient,
                                  TcpEnding::FinByClient, TcpEnding::HalfClose,   TcpEnding::Simultaneous,
                                  TcpEnding::RstByClient, TcpEnding::RstByServer, TcpEnding::StillOpen};
    constexpr std::array kTroubles{Trouble::Retransmitted, Trouble::LostAndResent, Trouble::OutOfOrder,
                                   Trouble::NotCaptured, Trouble::ZeroWindow};
    WebVisit visit;
    visit.v6 = v6;
    visit.requests = 1 + random.below(3);
    visit.answerBytes = random.longTail(900, 12'000);
    visit.pipelined = random.chance(120);
    visit.helloPaddingBytes = random.chance(100) ? 1'400 : 0;
    visit.ending = kEndings[random.below(kEndings.size())];
    visit.roundTripNs = random.longTail(6, 140) * kMillisecondNs;
    if (random.chance(180) && visit.answerBytes > 4'000) {
        visit.trouble = kTroubles[random.below(kTroubles.size())];
    }
    return visit;
}

void webHabits(World& world, std::uint64_t startNs)
{
    Random random = world.random.fork();
    for (std::uint32_t i = 0; i < 110; ++i) {
        const bool v6 = random.chance(220);
        const std::uint32_t number = random.below(kClients);
        const IpAddress client = v6 ? clientV6(number) : clientV4(number);
        const Host host = hostNumber(random.below(60));
        std::uint64_t now = startNs + random.between(0, kMinutes * 60 * kSecondNs - 20 * kSecondNs);
        // Name servers are asked over IPv4, whatever the visit uses.
        now = dnsLookup(world, clientV4(number), host, now, {v6, random.chance(40), false}) + 2 * kMillisecondNs;
        const WebVisit visit = someVisit(random, v6);
        if (random.chance(600)) {
            tlsVisit(world, client, host, now, visit);
        } else if (random.chance(600)) {
            httpVisit(world, client, host, now, visit);
        } else {
            quicVisit(world, client, host, now, visit);
        }
    }
}

void trouble(World& world, std::uint64_t startNs)
{
    const IpAddress intruder = IpAddress::v4(10, 0, 0, 99);
    portScan(world, intruder, IpAddress::v4(10, 0, 0, 5), startNs + 95 * kSecondNs, 40);
    for (std::uint32_t i = 0; i < 3; ++i) {
        TcpSettings settings;
        settings.client = {clientV4(i), world.nextPort()};
        settings.server = {IpAddress::v4(203, 0, 113, 250), 8443};
        settings.path = world.pathOf(clientV4(i));
        settings.application = "tls";
        settings.startNs = startNs + (30 + 40 * i) * kSecondNs;
        TcpSession session(world.recorder, settings, world.random.fork());
        session.unanswered(3);
    }
    dnsLookup(world, clientV4(3), hostNumber(70), startNs + 50 * kSecondNs, {false, false, true});
}

void remoteSite(World& world, std::uint64_t startNs)
{
    Path& path = world.path;
    const Path usual = path;
    path.tunnels = {{TunnelKind::Gre, IpAddress::v4(10, 0, 0, 1), IpAddress::v4(192, 0, 2, 200), 77}};
    WebVisit visit;
    visit.mss = 1380;
    httpVisit(world, clientV4(2), hostNumber(9), startNs + 70 * kSecondNs, visit);
    ping(world, clientV4(2), IpAddress::v4(10, 8, 0, 1), startNs + 75 * kSecondNs, 4);
    path.tunnels = {{TunnelKind::Vxlan, IpAddress::v4(10, 0, 0, 1), IpAddress::v4(10, 0, 1, 1), 4242}};
    tlsVisit(world, clientV4(6), hostNumber(11), startNs + 110 * kSecondNs, visit);
    path = usual;
}

} // namespace

CapturedTraffic officeTraffic(const ScenarioOptions& options)
{
    ScenarioFrame scenario("office", options);
    World& world = scenario.world();
    scenario.addInterface(LinkType::Ethernet, "eth0");
    const std::uint64_t start = options.startNs;
    for (std::uint32_t i = 0; i < kClients; i += 2) {
        arpExchange(world, clientV4(i), IpAddress::v4(10, 0, 0, 1), start + i * 4 * kSecondNs);
    }
    webHabits(world, start);
    voiceCall(world, {clientV4(4), IpAddress::v4(198, 18, 7, 10), 9, true}, start + 20 * kSecondNs);
    bulkTransfer(world, clientV4(7), IpAddress::v4(10, 0, 0, 5), start + 60 * kSecondNs, 200'000, false,
                 Trouble::LostAndResent);
    bulkTransfer(world, clientV4(8), IpAddress::v4(198, 51, 100, 77), start + 130 * kSecondNs, 120'000, true,
                 Trouble::Retransmitted);
    gameSession(world, clientV4(9), IpAddress::v4(203, 0, 113, 77), start + 150 * kSecondNs, 8);
    ping(world, clientV4(1), hostNumber(3).v4, start + 12 * kSecondNs, 10);
    ping(world, clientV6(1), hostNumber(3).v6, start + 40 * kSecondNs, 6);
    largeDatagrams(world, clientV4(5), IpAddress::v4(10, 0, 0, 5), start + 33 * kSecondNs, 4'000);
    trouble(world, start);
    remoteSite(world, start);
    world.path.link.vlans = {{0x8100, 30}};
    gameSession(world, clientV4(12), IpAddress::v4(10, 30, 0, 4), start + 180 * kSecondNs, 3);
    httpVisit(world, clientV4(12), hostNumber(21), start + 185 * kSecondNs);
    return scenario.take();
}

} // namespace timbre::generator
