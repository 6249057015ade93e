// One whole analysis with everything that listens to it, on frames made of any bytes. Input: link type (two bytes,
// big-endian), then frames, each behind its captured length (two bytes) and a byte that says how much longer it was on
// the wire. Everything that reads packets sees here what a capture with a short snapshot length gives.

#include "engine/decode/layer_tree.h"
#include "engine/pipeline/analysis.h"
#include "engine/pipeline/analyzers.h"
#include "engine/pipeline/no_sink.h"
#include "engine/protocol/application_layers.h"

#include <algorithm>
#include <cstdlib>

using namespace timbre;

namespace {

constexpr std::size_t kMaxFrames = 256;
constexpr std::uint32_t kMissingUnit = 8; // bytes of the wire per step of the third byte

void require(bool truth)
{
    if (!truth)
        std::abort();
}

std::shared_ptr<pipeline::RecordingTap> everythingRecorded()
{
    pipeline::RecordingSelection selection;
    selection.idleSeconds = 0;
    return std::make_shared<pipeline::RecordingTap>(recording::SessionFacts{}, std::move(selection),
                                                    std::vector<std::string>{});
}

void spellOut(std::uint16_t linkType, Bytes frame, std::uint32_t originalLength)
{
    decode::LayerTree tree = decode::describe(linkType, frame, originalLength);
    require(tree.payloadOffset <= frame.size() && tree.payloadLength <= frame.size() - tree.payloadOffset);
    protocol::describeApplication(tree, frame);
    (void)decode::summarize(linkType, frame, originalLength);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    ByteReader reader(std::as_bytes(std::span(data, size)));
    const std::uint16_t linkType = reader.be16();
    pipeline::FrontBatch batch;
    decode::Decoder decoder;
    std::vector<std::vector<std::byte>> copies; // the address sanitizer then sees a read one byte behind a frame
    copies.reserve(kMaxFrames);
    while (reader.ok() && reader.remaining() > 3 && copies.size() < kMaxFrames) {
        const std::size_t length = reader.be16();
        const std::uint32_t missing = reader.u8() * kMissingUnit;
        const Bytes bytes = reader.bytes(std::min(length, reader.remaining()));
        const auto& frame = copies.emplace_back(bytes.begin(), bytes.end());
        const auto captured = static_cast<std::uint32_t>(frame.size());
        const Timestamp time{static_cast<std::int64_t>(copies.size()) * (kNsPerSecond / 50)};
        decoder.decode(time, linkType, frame, batch.decoded);
        batch.frames.push_back({.time = time,
                                .number = copies.size(),
                                .capturedLength = captured,
                                .originalLength = captured + missing,
                                .interfaceIndex = 0});
        spellOut(linkType, frame, captured + missing);
    }
    const auto board = std::make_shared<pipeline::TapBoard>();
    const auto tap = everythingRecorded();
    board->add(tap);
    pipeline::AnalyzerOptions options;
    options.recordings = board;
    pipeline::NoSink sink;
    pipeline::Analysis analysis({}, sink, pipeline::makeAnalyzers(options));
    analysis.process(batch);
    analysis.finish();
    require(analysis.packets() == copies.size());
    require(tap->recording().packets.size() <= copies.size() * (1 + batch.decoded.inner.size()));
    return 0;
}
