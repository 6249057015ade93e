// QUIC from its first bytes to the ClientHello: any bytes as a datagram, and any bytes as the frames of Initial packets
// that are sealed here, because nothing else gets past their authentication. Each packet comes behind a control byte
// (cut short by the capture, damaged, number far ahead, other connection, two in one datagram) and a length of two
// bytes.

#include "engine/protocol/application_layers.h"
#include "engine/protocol/datagram_head.h"
#include "engine/protocol/quic_initial.h"
#include "tests/fuzz/quic_sealing.h"

#include <algorithm>
#include <cstdlib>

using namespace timbre;
using namespace timbre::protocol;

namespace {

constexpr unsigned kCut = 1;
constexpr unsigned kDamaged = 2;
constexpr unsigned kFarAhead = 4;
constexpr unsigned kOtherConnection = 8;
constexpr unsigned kJoined = 16;
constexpr std::size_t kMaxPackets = 16;

void require(bool truth)
{
    if (!truth)
        std::abort();
}

void readAlone(Bytes bytes)
{
    DatagramScratch scratch{};
    HeadFacts facts;
    (void)readDatagramHead({flow::Side::Initiator, 40000, 443, bytes}, scratch, nullptr, facts);
    (void)QuicHelloReader().datagram(bytes);
    decode::LayerTree tree;
    tree.udp = true;
    tree.sourcePort = 40000;
    tree.destinationPort = 443;
    tree.payloadLength = bytes.size();
    describeApplication(tree, bytes, flow::App::Quic);
}

void take(QuicHelloReader& reader, std::vector<std::byte>& datagram, unsigned control)
{
    if ((control & kDamaged) != 0)
        datagram[datagram.size() / 2] ^= std::byte{0x40};
    if ((control & kCut) != 0)
        datagram.resize(datagram.size() - std::min<std::size_t>(datagram.size(), 1 + (control >> 5U)));
    readAlone(datagram);
    if (const auto facts = reader.datagram(datagram))
        require(facts->ja3.size() == 32 && facts->ja4.size() >= 36 && facts->ja4.front() == 'q');
    datagram.clear();
}

void readSealed(Bytes data)
{
    QuicHelloReader reader;
    const std::array<std::byte, 8> ids[2] = {{std::byte{1}}, {std::byte{2}}};
    std::vector<std::byte> datagram;
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < kMaxPackets && data.size() >= 3; ++i) {
        const unsigned control = loadU8(data, 0);
        const std::size_t length = std::min<std::size_t>(loadBe16(data, 1), data.size() - 3);
        number += (control & kFarAhead) != 0 ? 0x1000000U : 1U;
        const auto packet =
            fuzz::sealQuicInitial(ids[(control & kOtherConnection) != 0 ? 1 : 0], number, data.subspan(3, length));
        datagram.insert(datagram.end(), packet.begin(), packet.end());
        data = data.subspan(3 + length);
        if ((control & kJoined) == 0 || data.size() < 3)
            take(reader, datagram, control);
    }
}

/// The sealing is right: without this a mistake in it would make the fuzz program blind and happy.
bool sealingWorks()
{
    const std::array<std::byte, 8> id{std::byte{7}};
    std::vector<std::byte> frames(32);
    frames[0] = std::byte{1};
    QuicHelloReader reader;
    (void)reader.datagram(fuzz::sealQuicInitial(id, 1, frames));
    return reader.refused() == 0 && mayCarryQuicInitial(fuzz::sealQuicInitial(id, 1, frames));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const bool kSealingWorks = sealingWorks();
    require(kSealingWorks);
    const Bytes bytes = std::as_bytes(std::span(data, size));
    readAlone(bytes);
    readSealed(bytes);
    return 0;
}
