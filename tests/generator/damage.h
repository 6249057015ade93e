#pragma once
// Damage on request. Some of it happens to the frames before they are written (a frame of no bytes, a clock that jumps
// back), the rest to the finished file.

#include "tests/generator/frame.h"
#include "tests/generator/ground_truth.h"
#include "tests/generator/random.h"

#include <optional>

namespace timbre::generator {

enum class DamageKind : std::uint8_t {
    CutInHeader,      // the file ends inside the record header
    CutInBody,        // the file ends in the middle of the frame
    Garbage,          // 61 random bytes in front of the record
    CapturedTooLarge, // the captured length says 0x7ffffff0
    ZeroLength,       // an additional frame of no bytes in front of the record
    TimeBack,         // the record's clock is an hour early
};
[[nodiscard]] std::string_view damageName(DamageKind kind);
[[nodiscard]] std::optional<DamageKind> damageByName(std::string_view name);

struct DamageRequest {
    DamageKind kind = DamageKind::CutInBody;
    std::size_t packetIndex = 0; // counted from 0 in the file as written; past the end means the last
};

/// Frames before writing: ZeroLength and TimeBack. Other requests are left alone. Totals of the truth follow.
void damageFrames(std::vector<Frame>& frames, std::span<const DamageRequest> requests, GroundTruth& truth);

struct RecordLayout {
    std::size_t headerBytes = 16;     // 28 for an enhanced packet block
    std::size_t capturedLengthAt = 8; // 20 for an enhanced packet block
    bool bigEndian = false;
};
/// The finished file: the other kinds. `recordOffsets` are those of the writer. Records behind a cut, and in the same
/// file behind garbage or a wrong length, are lost to most readers; the truth's totals go on counting them.
[[nodiscard]] Bytes damagedFile(const Bytes& file, std::span<const std::uint64_t> recordOffsets,
                                const RecordLayout& layout, std::vector<DamageRequest> requests, Random random,
                                GroundTruth& truth);

} // namespace timbre::generator
