// Any bytes as a recording's file: refused with a sentence, or a recording that is within every limit, can be written
// and read again, and from which a mask is made or refused.

#include "engine/mask/generator.h"
#include "engine/mask/rules.h"
#include "engine/recording/recording_file.h"

#include <cmath>
#include <cstdlib>

using namespace timbre;

namespace {

void require(bool truth)
{
    if (!truth)
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto recording = recording::parseRecording(std::string(reinterpret_cast<const char*>(data), size));
    if (!recording) {
        require(!recording.error().message.empty());
        return 0;
    }
    require(recording->packets.size() <= recording::kMaxPackets &&
            recording->totalPackets >= recording->packets.size());
    for (const auto& packet : recording->packets)
        require(std::isfinite(packet.gapMs) && packet.entropy >= 0.0F && packet.entropy <= 8.0F &&
                packet.prefixLength <= recording::kMaxPrefixBytes);
    const auto again = recording::parseRecording(recording::fileText(*recording));
    require(again.ok() && recording::fileText(*again) == recording::fileText(*recording));
    mask::GeneratorOptions options;
    options.service = recording->facts.service;
    options.evenIfShort = true;
    const auto made = mask::generateMask(recording->packets, options);
    require(made.ok() ? !mask::firstBrokenRule(made->mask) : !made.error().message.empty());
    return 0;
}
