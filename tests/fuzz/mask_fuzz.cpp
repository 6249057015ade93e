// Any bytes as a mask: refused with a rule, or a mask that can be drawn from, written, read again and compared without
// a surprise. What is accepted must be stable: reading what was written gives the same bytes.

#include "engine/mask/canonical.h"
#include "engine/mask/mask_file.h"
#include "engine/mask/sampler.h"
#include "engine/mask/self_test.h"
#include "engine/mask/signing.h"

#include <cmath>
#include <cstdlib>

using namespace timbre;
using namespace timbre::mask;

namespace {

constexpr std::uint64_t kNow = 1'720'000'000;
constexpr int kDraws = 50;

void require(bool truth)
{
    if (!truth)
        std::abort();
}

void drawFrom(const MaskProfile& mask)
{
    RandomStream random(1);
    const SizeSampler sizes(mask.sizes);
    PacketStream stream(mask, 1);
    for (int i = 0; i < kDraws; ++i) {
        require(sizes.draw(random) >= 1);
        const double gap = drawGap(mask.gaps, random);
        require(std::isfinite(gap) && gap >= 0.0 && gap <= 1'200'000.0);
        const SizeAndGap packet = stream.next();
        require(packet.size >= 1 && std::isfinite(packet.gapMs));
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string text(reinterpret_cast<const char*>(data), size);
    const MaskLoading loading = loadMask(text, kNow);
    if (!loading.loaded) {
        require(!loading.refusal.rule.empty() && !refusalError(loading.refusal).message.empty());
        return 0;
    }
    const MaskProfile& mask = loading.loaded->mask;
    require(allFinite(mask));
    const std::string written = fileText(mask);
    const MaskLoading again = loadMask(written, kNow);
    require(again.loaded && fileText(again.loaded->mask) == written);
    require(canonicalBytes(again.loaded->mask) == canonicalBytes(mask));
    drawFrom(mask);
    if (mask.reverse)
        drawFrom(*mask.reverse);
    const std::vector<recording::PacketRecord> packets(120);
    const SelfTest test = selfTest(mask, packets);
    require(test.uplinkSizes >= 0.0F && test.uplinkSizes <= 1.0F && test.stateScore <= 1.0F);
    const std::vector<PublicKey> keys{PublicKey{}};
    require(verify(text, keys).state != SignatureState::NoKey);
    return 0;
}
