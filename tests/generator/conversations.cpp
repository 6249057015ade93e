#include "tests/generator/conversations.h"

#include "tests/generator/dns_message.h"

#include <utility>

namespace timbre::generator {

Path World::pathOf(const IpAddress& client) const
{
    Path result = path;
    result.link.client = MacAddress::numbered(client.isV6 ? client.octets[15] : client.v4Number());
    result.link.server = MacAddress::numbered(1);
    return result;
}

UdpFlow::UdpFlow(World& world, const Endpoint& client, const Endpoint& server, std::string application)
    : m_world(world)
    , m_ends{client, server}
    , m_flow(world.recorder.openFlow(kProtoUdp, client, server, std::move(application), world.pathOf(client.address)))
    , m_identification(low16(world.random.next()))
{
}

void UdpFlow::send(Side sender, std::uint64_t timeNs, ByteView payload, std::string comment)
{
    IpFields ip;
    ip.identification = m_identification++;
    ip.ttl = sender == Side::Client ? 64 : 58;
    const std::size_t from = indexOf(sender);
    m_world.recorder.packet(m_flow, sender, timeNs, udpPacket(m_ends[from], m_ends[1 - from], payload, ip),
                            payload.size(), std::move(comment));
}

std::uint64_t dnsLookup(World& world, const IpAddress& client, const Host& host, std::uint64_t startNs,
                        const DnsLookup& lookup)
{
    const DnsQuestion question{low16(world.random.next()), lookup.noSuchName ? "no-such-host." + host.name : host.name,
                               lookup.v6 ? DnsType::Aaaa : DnsType::A};
    DnsAnswer answer;
    if (lookup.noSuchName) {
        answer.responseCode = 3;
    } else {
        const IpAddress address = lookup.v6 ? host.v6 : host.v4;
        if (!host.alias.empty()) {
            answer.aliases.push_back(host.alias);
        }
        answer.addresses.push_back(address);
        world.recorder.truth().dnsNames.push_back({host.name, address});
    }
    const Endpoint asker{client, world.nextPort()};
    const Endpoint resolver{world.resolver, 53};
    const std::uint64_t answerNs = startNs + world.random.longTail(800 * kMicrosecondNs, 40 * kMillisecondNs);
    if (!lookup.overTcp) {
        UdpFlow flow(world, asker, resolver, "dns");
        flow.send(Side::Client, startNs, dnsQuery(question));
        flow.send(Side::Server, answerNs, dnsResponse(question, answer));
        return answerNs;
    }
    TcpSettings settings;
    settings.client = asker;
    settings.server = resolver;
    settings.path = world.pathOf(client);
    settings.application = "dns";
    settings.startNs = startNs;
    settings.roundTripNs = 2 * kMillisecondNs;
    TcpSession session(world.recorder, settings, world.random.fork());
    session.handshake();
    session.send(Side::Client, dnsOverTcp(dnsQuery(question)));
    session.send(Side::Server, dnsOverTcp(dnsResponse(question, answer)));
    session.close(TcpEnding::FinByClient);
    return session.nowNs();
}

std::uint64_t gameSession(World& world, const IpAddress& client, const IpAddress& server, std::uint64_t startNs,
                          unsigned seconds)
{
    UdpFlow flow(world, {client, world.nextPort()}, {server, 27'015}, "game");
    const std::uint64_t endNs = startNs + seconds * kSecondNs;
    std::uint64_t now = startNs;
    const auto message = [&world](std::size_t bytes) {
        return joined(Bytes{0x7f, 0x54, 0, 1}, world.random.bytes(bytes));
    };
    while (now < endNs) {
        flow.send(Side::Client, now, message(world.random.between(20, 60)));
        flow.send(Side::Server, now + world.random.between(9, 14) * kMillisecondNs,
                  message(world.random.between(60, 180)));
        now += world.random.between(31, 36) * kMillisecondNs;
    }
    return now;
}

std::uint64_t ping(World& world, const IpAddress& client, const IpAddress& server, std::uint64_t startNs,
                   unsigned count)
{
    const std::uint8_t protocol = client.isV6 ? kProtoIcmp6 : kProtoIcmp;
    const std::uint32_t flow =
        world.recorder.openFlow(protocol, {client, 0}, {server, 0}, "ping", world.pathOf(client));
    const std::uint16_t identifier = low16(world.random.next());
    Bytes payload(48);
    for (std::size_t i = 0; i < payload.size(); ++i) {
        payload[i] = low8(0x10 + i);
    }
    for (unsigned i = 0; i < count; ++i) {
        const std::uint64_t now = startNs + i * kSecondNs;
        const Bytes request = icmpEcho(client, server, true, identifier, low16(i + 1), payload);
        const Bytes reply = icmpEcho(server, client, false, identifier, low16(i + 1), payload);
        world.recorder.packet(flow, Side::Client, now, ipPacket(client, server, protocol, request), payload.size());
        world.recorder.packet(flow, Side::Server, now + world.random.between(8, 14) * kMillisecondNs,
                              ipPacket(server, client, protocol, reply), payload.size());
    }
    return startNs + count * kSecondNs;
}

std::uint64_t portScan(World& world, const IpAddress& client, const IpAddress& server, std::uint64_t startNs,
                       unsigned ports)
{
    const std::uint16_t sourcePort = world.nextPort();
    std::uint64_t now = startNs;
    for (unsigned i = 0; i < ports; ++i) {
        TcpSettings settings;
        settings.client = {client, sourcePort};
        settings.server = {server, low16(20 + i * 7)};
        settings.path = world.pathOf(client);
        settings.application = "scan";
        settings.startNs = now;
        settings.roundTripNs = kMillisecondNs;
        settings.timestamps = false;
        TcpSession session(world.recorder, settings, world.random.fork());
        if (i % 4 == 3) {
            session.unanswered(0);
        } else {
            session.refused();
        }
        now += world.random.between(4, 12) * kMillisecondNs;
    }
    return now;
}

std::uint64_t arpExchange(World& world, const IpAddress& client, const IpAddress& server, std::uint64_t startNs)
{
    const MacAddress clientMac = world.pathOf(client).link.client;
    const MacAddress serverMac = world.pathOf(server).link.client;
    const std::uint32_t interface = world.path.interface;
    const std::uint64_t replyNs = startNs + 300 * kMicrosecondNs;
    world.recorder.looseFrame("arp", startNs, arpFrame(true, clientMac, client, serverMac, server), interface);
    world.recorder.looseFrame("arp", replyNs, arpFrame(false, serverMac, server, clientMac, client), interface);
    return replyNs;
}

std::uint64_t largeDatagrams(World& world, const IpAddress& client, const IpAddress& server, std::uint64_t startNs,
                             std::size_t bytes)
{
    UdpFlow flow(world, {client, world.nextPort()}, {server, 27'100}, "large-datagram");
    const Bytes payload = joined(Bytes{0x7f, 0x54, 0, 2}, world.random.bytes(bytes - 4));
    flow.send(Side::Client, startNs, payload);
    flow.send(Side::Server, startNs + 30 * kMillisecondNs, payload);
    return startNs + 30 * kMillisecondNs;
}

} // namespace timbre::generator
