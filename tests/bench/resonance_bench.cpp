// Exact mask checks per second on one core: the score alone (features of a window are made once for all masks), and
// with the features made anew for each check.

#include "engine/resonance/check_module.h"

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

} // namespace

int main()
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
            const Features features = featuresOf(window.traffic());
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
    return 0;
}
