// Exact mask checks per second on one core: the score alone (features of a window are made once for all masks), and
// with the features made anew for each check. With a directory of masks also both scores of short flows against all of
// them, as the monitor makes them. Usage: resonance_bench [MASKS]

#include "engine/resonance/calibration.h"
#include "engine/resonance/check_module.h"
#include "engine/resonance/mask_folder.h"

#include <cstdio>
#include <ctime>
#include <random>

using namespace timbre::resonance;

namespace {

constexpr int kRounds = 5;
constexpr std::size_t kMasks = 50;
constexpr std::size_t kWindows = 2000;

double cpuSeconds()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

struct Lists {
    std::vector<std::uint16_t> sizes;
    std::vector<double> gaps;
    std::vector<double> entropies;

    [[nodiscard]] Traffic traffic() const { return {sizes, gaps, entropies}; }
};

Lists randomLists(std::mt19937& random)
{
    std::lognormal_distribution<double> gap(2.0, 1.0);
    std::uniform_int_distribution<int> size(40, 1500);
    std::uniform_real_distribution<double> entropy(4.0, 8.0);
    Lists lists;
    for (std::size_t i = 0; i < kWindowPackets; ++i) {
        lists.sizes.push_back(static_cast<std::uint16_t>(size(random)));
        lists.gaps.push_back(gap(random));
        lists.entropies.push_back(entropy(random));
    }
    return lists;
}

template<typename Work>
void measure(const char* name, std::size_t checks, Work work)
{
    double best = 1e9;
    float sum = 0;
    for (int round = 0; round < kRounds; ++round) {
        const double begin = cpuSeconds();
        sum = work();
        best = std::min(best, cpuSeconds() - begin);
    }
    std::printf("%-28s %10.0f per second   (check sum %g)\n", name, static_cast<double>(checks) / best,
                static_cast<double>(sum));
}

/// A flow of 8 to 80 packets in both directions; most flows are that short.
std::vector<FlowPacket> randomFlow(std::mt19937& random)
{
    std::lognormal_distribution<double> gap(15.0, 2.0); // ns
    std::uniform_real_distribution<float> entropy(4.0F, 8.0F);
    std::vector<FlowPacket> packets(8 + random() % 73);
    timbre::Timestamp time{};
    for (FlowPacket& packet : packets) {
        time.ns += static_cast<std::int64_t>(gap(random));
        packet.time = time;
        packet.side = random() % 3 == 0 ? timbre::flow::Side::Responder : timbre::flow::Side::Initiator;
        packet.size = static_cast<std::uint16_t>(random() % 2 == 0 ? 60 + random() % 40 : 1514 - random() % 900);
        packet.entropy = entropy(random);
    }
    return packets;
}

void measureShortFlows(std::mt19937& random, const MaskModels& masks)
{
    const std::array<std::byte, 40> payload{};
    std::vector<std::vector<FlowPacket>> flows;
    for (std::size_t i = 0; i < kWindows; ++i)
        flows.push_back(randomFlow(random));
    std::pmr::unsynchronized_pool_resource memory;
    const auto windowOf = [&](const std::vector<FlowPacket>& packets) {
        FlowWindow window(&memory);
        for (const FlowPacket& packet : packets)
            window.add(packet, payload);
        return window;
    };
    measure("windows of short flows", kWindows, [&] {
        float sum = 0;
        for (const auto& packets : flows)
            sum += static_cast<float>(windowOf(packets).size());
        return sum;
    });
    measure("windows and views", kWindows, [&] {
        float sum = 0;
        for (const auto& packets : flows) {
            const FlowWindow window = windowOf(packets);
            sum += WindowView(window).side(timbre::flow::Side::Initiator).features[16];
        }
        return sum;
    });
    measure("both scores of short flows", kWindows, [&] {
        float sum = 0;
        for (const auto& packets : flows) {
            const FlowWindow window = windowOf(packets);
            const WindowView view(window);
            const EncoderInput exact = window.exactFeatures();
            for (const auto& mask : masks)
                sum += mask->encoder.error(exact) + static_cast<float>(calibrated(view, *mask).score);
        }
        return sum;
    });
}

} // namespace

int main(int argc, char** argv)
{
    std::mt19937 random(1);
    std::vector<Encoder> encoders;
    std::uniform_real_distribution<float> number(0.0F, 1.0F);
    for (std::size_t i = 0; i < kMasks; ++i) {
        std::array<float, kFeatures> signature{};
        for (float& value : signature)
            value = number(random);
        encoders.push_back(Encoder::fromSignature(signature).value());
    }
    std::vector<Lists> windows;
    for (std::size_t i = 0; i < kWindows; ++i)
        windows.push_back(randomLists(random));

    measure("score, features known", kWindows * kMasks, [&] {
        float sum = 0;
        for (const Lists& window : windows) {
            const EncoderInput features = featuresOf(window.traffic());
            for (const Encoder& encoder : encoders)
                sum += encoder.error(features);
        }
        return sum;
    });
    measure("score with features", kWindows, [&] {
        float sum = 0;
        for (const Lists& window : windows)
            sum += encoders[0].error(featuresOf(window.traffic()));
        return sum;
    });
    if (argc < 2)
        return 0;
    const auto folder = loadMaskFolder(argv[1], static_cast<std::uint64_t>(std::time(nullptr)));
    if (!folder) {
        std::fprintf(stderr, "%s\n", folder.error().message.c_str());
        return 1;
    }
    measureShortFlows(random, folder->masks);
    return 0;
}
