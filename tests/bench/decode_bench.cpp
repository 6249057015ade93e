// Nanoseconds per packet of the decoder alone, for the kinds of frames that make up real traffic. Frames lie one after
// the other in 8 MiB of memory, as in a block that was just read.

#include "engine/decode/decoder.h"
#include "tests/decode/frame_builder.h"

#include <algorithm>
#include <cstdio>
#include <ctime>

using namespace timbre;
using namespace timbre::tests;

namespace {

constexpr std::size_t kBlockBytes = 8U << 20U;
constexpr int kRounds = 7;

/// Of this thread: what other programs take of the machine does not count.
double cpuNanoseconds()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
}

struct Block {
    std::vector<std::byte> bytes;
    std::vector<Bytes> frames;
};

Block blockOf(const std::vector<Data>& kinds)
{
    Block block;
    block.bytes.reserve(kBlockBytes);
    for (std::size_t i = 0; block.bytes.size() + 2048 < kBlockBytes; ++i) {
        const Data& frame = kinds[i * 2654435761U % kinds.size()];
        const std::size_t at = block.bytes.size();
        block.bytes.insert(block.bytes.end(), frame.begin(), frame.end());
        block.frames.emplace_back(block.bytes.data() + at, frame.size());
    }
    return block;
}

/// The best of some rounds: what the code costs without what else the machine does.
void measure(const char* name, const Block& block)
{
    double best = 1e9;
    std::uint64_t matched = 0;
    std::uint64_t inner = 0;
    for (int round = 0; round < kRounds; ++round) {
        decode::Decoder decoder;
        decode::DecodedBatch batch;
        matched = inner = 0;
        const double begin = cpuNanoseconds();
        for (std::size_t i = 0; i < block.frames.size(); ++i) {
            if (i % 1024 == 0)
                batch.clear();
            decoder.decode({}, 1, block.frames[i], batch);
            matched += batch.outer.back().matched ? 1 : 0;
            inner += batch.inner.size() > 0 && batch.inner.back().frameIndex + 1 == batch.outer.size() ? 1 : 0;
        }
        const double took = cpuNanoseconds() - begin;
        best = std::min(best, took / static_cast<double>(block.frames.size()));
    }
    std::printf("%-28s %6.1f ns per packet  (%zu packets, %llu matched, %llu with inner)\n", name, best,
                block.frames.size(), static_cast<unsigned long long>(matched), static_cast<unsigned long long>(inner));
}

} // namespace

int main()
{
    const Data small = ethernet(0x0800, ipv4({.protocol = 6}, tcp(50112, 443, 0x10, fill(56))));
    const Data back = ethernet(0x0800, ipv4({.source = "10.0.0.2", .destination = "10.0.0.1", .protocol = 6},
                                            tcp(443, 50112, 0x10, fill(1400))));
    const Data dns = ethernet(0x0800, ipv4({}, udp(40000, 53, fill(40))));
    const Data tagged = ethernet(0x8100, hex("000c 0800") + ipv4({.protocol = 6}, tcp(1, 2, 0x10, fill(200))));
    const Data six = ethernet(0x86dd, ipv6(6, tcp(50112, 443, 0x10, fill(100))));
    const Data extended = ethernet(0x86dd, ipv6(0, hex("0600") + fill(6, 0) + tcp(50112, 443, 0x10, fill(100))));
    const Data vxlan = ethernet(0x0800, ipv4({}, udp(50000, 4789, hex("0800000000000100") + small)));
    const Data fragment = ethernet(0x0800, ipv4({.fragmentField = 0x2000}, udp(1, 2, fill(1392))));
    measure("TCP of 110 bytes", blockOf({small}));
    measure("IPv6", blockOf({six, extended}));
    measure("mixed", blockOf({small, back, back, dns, tagged, six}));
    measure("VXLAN with TCP inside", blockOf({vxlan}));
    measure("the same fragment again", blockOf({fragment}));
    return 0;
}
