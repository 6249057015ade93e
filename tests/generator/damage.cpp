#include "tests/generator/damage.h"

#include <algorithm>
#include <array>
#include <utility>

namespace timbre::generator {

namespace {

constexpr std::array<std::pair<DamageKind, std::string_view>, 6> kNames{
    {{DamageKind::CutInHeader, "cut-header"},
     {DamageKind::CutInBody, "cut-body"},
     {DamageKind::Garbage, "garbage"},
     {DamageKind::CapturedTooLarge, "captured-too-large"},
     {DamageKind::ZeroLength, "zero-length"},
     {DamageKind::TimeBack, "time-back"}}};
constexpr std::uint64_t kJumpNs = 3'600'000'000'000;
constexpr std::size_t kGarbageBytes = 61;
constexpr std::uint32_t kAbsurdLength = 0x7ffffff0;

std::vector<DamageRequest> sortedByPacket(std::vector<DamageRequest> requests)
{
    std::stable_sort(requests.begin(), requests.end(),
                     [](const auto& left, const auto& right) { return left.packetIndex < right.packetIndex; });
    return requests;
}

void store32(std::uint8_t* at, std::uint32_t value, bool bigEndian)
{
    for (unsigned i = 0; i < 4; ++i) {
        at[i] = low8(value >> (bigEndian ? 24 - 8 * i : 8 * i));
    }
}

/// Where damage begins and whether the file ends there.
struct Place {
    std::uint64_t offset;
    bool cut;
};

Place placeOf(DamageKind kind, std::uint64_t record, std::uint64_t nextRecord, const RecordLayout& layout)
{
    switch (kind) {
    case DamageKind::CutInHeader:
        return {record + layout.headerBytes / 2, true};
    case DamageKind::CutInBody:
        return {record + layout.headerBytes + (nextRecord - record - layout.headerBytes) / 2, true};
    case DamageKind::CapturedTooLarge:
        return {record + layout.capturedLengthAt, false};
    default:
        return {record, false};
    }
}

} // namespace

std::string_view damageName(DamageKind kind)
{
    return kNames[static_cast<std::size_t>(kind)].second;
}

std::optional<DamageKind> damageByName(std::string_view name)
{
    const auto found = std::find_if(kNames.begin(), kNames.end(), [name](const auto& e) { return e.second == name; });
    return found == kNames.end() ? std::nullopt : std::optional(found->first);
}

void damageFrames(std::vector<Frame>& frames, std::span<const DamageRequest> requests, GroundTruth& truth)
{
    for (const auto& request : sortedByPacket({requests.begin(), requests.end()})) {
        if (frames.empty()) {
            return;
        }
        const std::size_t index = std::min(request.packetIndex, frames.size() - 1);
        if (request.kind == DamageKind::TimeBack) {
            frames[index].timeNs -= kJumpNs;
            truth.firstNs = std::min(truth.firstNs, frames[index].timeNs);
            truth.damage.push_back({std::string(damageName(request.kind)), 0, index, index, "one hour earlier"});
        } else if (request.kind == DamageKind::ZeroLength) {
            Frame empty;
            empty.timeNs = frames[index].timeNs;
            empty.interface = frames[index].interface;
            frames.insert(frames.begin() + static_cast<std::ptrdiff_t>(index), std::move(empty));
            ++truth.packets;
            ++truth.packetsByProtocol["none"];
            truth.damage.push_back({std::string(damageName(request.kind)), 0, index, index, "a frame of no bytes"});
        }
    }
}

Bytes damagedFile(const Bytes& file, std::span<const std::uint64_t> recordOffsets, const RecordLayout& layout,
                  std::vector<DamageRequest> requests, Random random, GroundTruth& truth)
{
    Bytes result;
    std::uint64_t copied = 0;
    for (const auto& request : sortedByPacket(std::move(requests))) {
        const bool ofFrames = request.kind == DamageKind::ZeroLength || request.kind == DamageKind::TimeBack;
        if (ofFrames || recordOffsets.empty()) {
            continue;
        }
        const std::size_t index = std::min(request.packetIndex, recordOffsets.size() - 1);
        const std::uint64_t next = index + 1 < recordOffsets.size() ? recordOffsets[index + 1] : file.size();
        const Place place = placeOf(request.kind, recordOffsets[index], next, layout);
        if (place.offset < copied) {
            continue; // two kinds of damage on one record: the first stands
        }
        ByteWriter out(result);
        out.bytes(ByteView(file).subspan(copied, place.offset - copied));
        copied = place.offset;
        truth.damage.push_back({std::string(damageName(request.kind)), result.size(), index, index, ""});
        if (place.cut) {
            return result;
        }
        if (request.kind == DamageKind::Garbage) {
            out.bytes(random.bytes(kGarbageBytes));
            truth.damage.back().note = "61 random bytes in front";
        } else {
            out.u32(0);
            store32(result.data() + result.size() - 4, kAbsurdLength, layout.bigEndian);
            copied += 4;
            truth.damage.back().note = "captured length 0x7ffffff0";
        }
    }
    ByteWriter(result).bytes(ByteView(file).subspan(copied));
    return result;
}

} // namespace timbre::generator
