#include "tests/generator/host_table.h"
#include "tests/generator/many_flows_private.h"
#include "tests/generator/stream_counts_private.h"

#include <algorithm>

namespace timbre::generator {

namespace {

constexpr std::uint32_t kHandshakePackets = 3;
/// A protocol of our own: readers that guess by content must not take random bytes for theirs.
constexpr std::uint8_t kMark[] = {0x7f, 'T', 0, 0};

/// An odd factor, so that 32-bit flow numbers map one to one to address and port bits.
std::uint32_t scattered(std::uint64_t number)
{
    return low32(number * 0x9e3779b1U);
}

FastFlow flowNumber(std::uint64_t number, const std::vector<Host>& hosts)
{
    const std::uint32_t bits = scattered(number);
    FastFlow flow;
    const Host& host = hosts[bits % kHosts];
    const bool v6 = number % 8 >= 6;
    flow.protocol = number % 2 == 0 ? kProtoTcp : kProtoUdp;
    const std::uint32_t client = bits >> 8;
    flow.ends[0] = {v6 ? IpAddress::v6(0x20010db8'00bb0000U, client) : IpAddress::v4(0x0a000000U | client),
                    low16(20'000 + (bits & 0xffU) * 101)};
    flow.ends[1] = {v6 ? host.v6 : host.v4, flow.protocol == kProtoTcp ? std::uint16_t{9'000} : std::uint16_t{27'015}};
    flow.prepare();
    return flow;
}

FastPacket packetOf(const FastFlow& flow, std::uint64_t number, std::uint32_t round)
{
    FastPacket packet;
    const std::uint32_t isn[2] = {scattered(number + 1), scattered(number + 2)};
    packet.sender = round % 2 == 0 ? Side::Client : Side::Server;
    packet.poolOffset = PayloadPool::offsetFor(number * 16 + round);
    const std::size_t length = 40 + number % 64;
    if (flow.protocol == kProtoUdp) {
        packet.prefix = kMark;
        packet.poolLength = length - sizeof kMark;
        return packet;
    }
    // Data begins with the fourth packet: server, client, server, …
    const std::uint32_t dataRound = round < kHandshakePackets ? 0 : round - kHandshakePackets;
    const std::uint32_t sent[2] = {low32(dataRound / 2 * length), low32((dataRound + 1) / 2 * length)};
    const std::size_t side = indexOf(packet.sender);
    packet.sequence = isn[side] + (round < 2 ? 0 : 1 + sent[side]);
    packet.acknowledgment = round == 0 ? 0 : isn[1 - side] + 1 + sent[1 - side];
    packet.tcpFlags = round == 0 ? kTcpSyn : round == 1 ? kTcpSyn | kTcpAck : round == 2 ? kTcpAck : kTcpPsh | kTcpAck;
    if (round >= kHandshakePackets) {
        packet.prefix = kMark;
        packet.poolLength = length - sizeof kMark;
    }
    return packet;
}

} // namespace

void streamManyFlows(const StreamOptions& options, Output& output, GroundTruth& truth)
{
    RecordStream file(output, options.format);
    StreamCounts counts(truth);
    const PayloadPool pool(options.seed);
    std::vector<Host> hosts;
    for (std::uint32_t i = 0; i < kHosts; ++i) {
        hosts.push_back(hostNumber(i));
    }
    const std::uint64_t packets = std::max(options.packets, options.flows);
    for (std::uint64_t i = 0; i < packets; ++i) {
        const std::uint64_t number = i % options.flows;
        const auto round = low32(i / options.flows);
        const std::uint64_t timeNs = options.startNs + i * 1'000'000'000 / options.packetsPerSecond;
        FastFlow flow = flowNumber(number, hosts);
        flow.identification[0] = low16(round);
        flow.identification[1] = low16(round);
        const FastPacket packet = packetOf(flow, number, round);
        const std::size_t length = fastFrameLength(flow, packet);
        writeFastFrame(file.begin(timeNs, low32(length)), flow, packet, pool);
        counts.packet(flow.protocol, timeNs, length);
        if (round == 0) {
            const std::uint32_t index = counts.openFlow(flow, flow.protocol == kProtoTcp ? "data" : "game");
            if (index != kNoFlow) {
                truth.flows[index].ending = flow.protocol == kProtoTcp ? "open" : "";
            }
        }
        if (number < truth.flows.size()) {
            counts.listedPacket(low32(number), packet, timeNs, length);
        }
    }
    truth.flowsByEnding["open"] = (options.flows + 1) / 2;
    counts.finish();
}

} // namespace timbre::generator
