// The web part of conversations.h: HTTP, TLS, QUIC and bulk transfers.

#include "tests/generator/conversations.h"
#include "tests/generator/http_message.h"
#include "tests/generator/quic_message.h"
#include "tests/generator/tls_message.h"

#include <fmt/format.h>

#include <algorithm>

namespace timbre::generator {

namespace {

TcpSettings webSettings(World& world, const IpAddress& client, const IpAddress& server, std::uint16_t port,
                        std::uint64_t startNs, const WebVisit& visit)
{
    TcpSettings settings;
    settings.client = {client, visit.clientPort != 0 ? visit.clientPort : world.nextPort()};
    settings.server = {server, port};
    settings.path = world.pathOf(client);
    settings.startNs = startNs;
    settings.roundTripNs = visit.roundTripNs;
    settings.mss = visit.mss;
    return settings;
}

/// Readable filler, so that a look at the bytes shows text.
Bytes page(World& world, std::size_t bytes)
{
    constexpr std::string_view kWords[] = {"signal ", "packet ", "harbour ", "window ", "copper ",
                                           "meadow ", "timbre ", "station ", "orbit ",  "lantern "};
    Bytes body = toBytes("<!doctype html><title>generated</title><p>");
    ByteWriter out(body);
    while (body.size() < bytes) {
        out.text(kWords[world.random.below(std::size(kWords))]);
    }
    return body;
}

HttpResponse answerTo(World& world, const WebVisit& visit, unsigned number)
{
    HttpResponse response;
    response.body = page(world, world.random.between(visit.answerBytes / 2, visit.answerBytes * 3 / 2));
    response.chunked = number % 3 == 2;
    if (number == 3) {
        response.status = 404;
        response.reason = "Not Found";
    }
    return response;
}

} // namespace

std::uint64_t httpVisit(World& world, const IpAddress& client, const Host& host, std::uint64_t startNs,
                        const WebVisit& visit)
{
    const IpAddress server = visit.v6 ? host.v6 : host.v4;
    TcpSettings settings = webSettings(world, client, server, 80, startNs, visit);
    settings.application = "http";
    TcpSession session(world.recorder, settings, world.random.fork());
    session.truth().httpHost = host.name;
    session.handshake();
    Bytes requests;
    Bytes answers;
    for (unsigned i = 0; i < visit.requests; ++i) {
        HttpRequest request;
        request.host = host.name;
        request.path = fmt::format("/{}/{}.html", world.random.hex(6), i);
        const Bytes requestBytes = httpRequest(request);
        const Bytes answerBytes = httpResponse(answerTo(world, visit, i));
        if (visit.pipelined) {
            requests = joined(requests, requestBytes);
            answers = joined(answers, answerBytes);
            continue;
        }
        session.send(Side::Client, requestBytes);
        session.send(Side::Server, answerBytes, i == 0 ? visit.trouble : Trouble::None, 1);
        session.wait(world.random.longTail(20, 800) * kMillisecondNs);
    }
    if (visit.pipelined) {
        session.send(Side::Client, requests);
        session.send(Side::Server, answers, visit.trouble, 1);
    }
    session.close(visit.ending);
    return session.nowNs();
}

std::uint64_t tlsVisit(World& world, const IpAddress& client, const Host& host, std::uint64_t startNs,
                       const WebVisit& visit)
{
    const IpAddress server = visit.v6 ? host.v6 : host.v4;
    TcpSettings settings = webSettings(world, client, server, 443, startNs, visit);
    settings.application = "tls";
    TcpSession session(world.recorder, settings, world.random.fork());
    session.truth().sni = host.name;
    session.handshake();
    ClientHello hello;
    hello.serverName = host.name;
    hello.paddingBytes = visit.helloPaddingBytes;
    session.send(Side::Client, tlsClientFlight(hello, world.random));
    session.send(Side::Server, tlsServerFlight(world.random, world.random.between(1'800, 3'200)));
    session.send(Side::Client, joined(tlsRecord(20, 0x0303, Bytes{1}), tlsApplicationData(world.random, 53)));
    for (unsigned i = 0; i < visit.requests; ++i) {
        session.send(Side::Client, tlsApplicationData(world.random, world.random.between(90, 500)));
        const std::size_t answer = world.random.between(visit.answerBytes / 2, visit.answerBytes * 3 / 2);
        session.send(Side::Server, tlsApplicationData(world.random, answer), i == 0 ? visit.trouble : Trouble::None, 1);
        session.wait(world.random.longTail(20, 1'500) * kMillisecondNs);
    }
    session.close(visit.ending);
    return session.nowNs();
}

std::uint64_t quicVisit(World& world, const IpAddress& client, const Host& host, std::uint64_t startNs,
                        const WebVisit& visit)
{
    Random& random = world.random;
    const QuicIds toServer{random.bytes(8), random.bytes(8)};
    const QuicIds toClient{toServer.source, random.bytes(8)};
    const QuicIds settled{toClient.source, toServer.source};
    UdpFlow flow(world, {client, world.nextPort()}, {visit.v6 ? host.v6 : host.v4, 443}, "quic");
    std::uint64_t now = startNs;
    flow.send(Side::Client, now, quicInitial(toServer, random));
    now += visit.roundTripNs;
    flow.send(Side::Server, now, quicInitial(toClient, random));
    flow.send(Side::Server, now + 40 * kMicrosecondNs, quicHandshake(toClient, 1'100, random));
    now += kMillisecondNs;
    flow.send(Side::Client, now, quicHandshake(settled, 90, random));
    for (unsigned i = 0; i < visit.requests; ++i) {
        flow.send(Side::Client, now += 2 * kMillisecondNs, quicShort(settled.destination, 130, random));
        now += visit.roundTripNs;
        for (std::size_t sent = 0; sent < visit.answerBytes; sent += 1'230) {
            flow.send(Side::Server, now += 150 * kMicrosecondNs, quicShort(settled.source, 1'250, random));
            if (sent / 1'230 % 2 == 1) {
                flow.send(Side::Client, now + 50 * kMicrosecondNs, quicShort(settled.destination, 36, random));
            }
        }
        now += random.longTail(20, 900) * kMillisecondNs;
    }
    return now;
}

std::uint64_t bulkTransfer(World& world, const IpAddress& client, const IpAddress& server, std::uint64_t startNs,
                           std::size_t bytes, bool upload, Trouble trouble)
{
    TcpSettings settings;
    settings.client = {client, world.nextPort()};
    settings.server = {server, 5201};
    settings.path = world.pathOf(client);
    settings.application = "bulk";
    settings.startNs = startNs;
    settings.roundTripNs = 12 * kMillisecondNs;
    TcpSession session(world.recorder, settings, world.random.fork());
    session.handshake();
    session.send(upload ? Side::Client : Side::Server, world.random.bytes(bytes), trouble, 20);
    session.close(upload ? TcpEnding::FinByClient : TcpEnding::FinByServer);
    return session.nowNs();
}

} // namespace timbre::generator
