#include "engine/store/resonance_blocks.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

namespace timbre::store {

using resonance::CheckRecord;
using resonance::WindowRecord;

namespace {

constexpr std::uint32_t kFinal = 4;
constexpr std::uint32_t kAnomalous = 8;
constexpr std::uint32_t kAllStates = 15;

struct StoredCheck {
    std::int64_t time = 0;
    std::uint32_t flow = 0;
    std::uint32_t window = 0;
    std::uint16_t mask = 0;
    std::uint16_t packets = 0;
    std::uint32_t state = 0;
    float exact = 0.0F;
    float score = 0.0F;
    float confidence = 0.0F;
    std::array<float, resonance::kAspects> contributions{};
    std::uint32_t nothing = 0; // makes the length a multiple of eight
};
static_assert(sizeof(StoredCheck) == 64, "the layout of stored blocks");

/// The features of the sides that have any follow, the initiator's first.
struct StoredWindow {
    std::int64_t from = 0;
    std::int64_t to = 0;
    std::uint32_t flow = 0;
    std::array<std::uint16_t, 2> packets{};
    std::uint32_t sides = 0; // bit 0: features of the initiator follow, bit 1: of the responder
    std::uint32_t nothing = 0;
};
static_assert(sizeof(StoredWindow) == 32, "the layout of stored blocks");
using SideFeatures = std::array<std::int16_t, resonance::kFeatures>;

template<typename Record>
void append(std::vector<std::byte>& bytes, const Record& record)
{
    const std::size_t at = bytes.size();
    bytes.resize(at + sizeof record);
    std::memcpy(bytes.data() + at, &record, sizeof record);
}

template<typename Record>
bool take(Bytes& bytes, Record& record)
{
    if (bytes.size() < sizeof record)
        return false;
    std::memcpy(&record, bytes.data(), sizeof record);
    bytes = bytes.subspan(sizeof record);
    return true;
}

std::uint32_t stateOf(const CheckRecord& check)
{
    return static_cast<std::uint32_t>(check.status) | (check.final ? kFinal : 0U) | (check.anomalous ? kAnomalous : 0U);
}

bool hasAny(const SideFeatures& features)
{
    return std::any_of(features.begin(), features.end(), [](std::int16_t value) { return value != 0; });
}

} // namespace

std::vector<std::byte> pack(const resonance::ListView<CheckRecord>& checks, std::size_t first)
{
    const std::size_t end = std::min(checks.size(), first + kBlockRecords);
    std::vector<std::byte> block;
    block.reserve((end - first) * sizeof(StoredCheck));
    for (std::size_t i = first; i < end; ++i) {
        const CheckRecord& check = checks[i];
        StoredCheck stored;
        stored.time = check.time.ns;
        stored.flow = check.flow;
        stored.window = check.window;
        stored.mask = check.mask;
        stored.packets = check.packets;
        stored.state = stateOf(check);
        stored.exact = check.exact;
        stored.score = check.score;
        stored.confidence = check.confidence;
        stored.contributions = check.contributions;
        append(block, stored);
    }
    return block;
}

std::vector<std::byte> pack(const resonance::ListView<WindowRecord>& windows, std::size_t first)
{
    const std::size_t end = std::min(windows.size(), first + kBlockRecords);
    std::vector<std::byte> block;
    block.reserve((end - first) * (sizeof(StoredWindow) + 2 * sizeof(SideFeatures)));
    for (std::size_t i = first; i < end; ++i) {
        const WindowRecord& window = windows[i];
        StoredWindow stored;
        stored.from = window.from.ns;
        stored.to = window.time.ns;
        stored.flow = window.flow;
        stored.packets = window.packets;
        for (std::uint32_t side = 0; side < 2; ++side)
            stored.sides |= hasAny(window.features[side]) ? 1U << side : 0U;
        append(block, stored);
        for (std::uint32_t side = 0; side < 2; ++side) {
            if ((stored.sides >> side & 1U) != 0)
                append(block, window.features[side]);
        }
    }
    return block;
}

bool takeState(std::uint64_t state, CheckRecord& check)
{
    if (state > kAllStates)
        return false;
    check.status = static_cast<resonance::Status>(state & 3U);
    check.final = (state & kFinal) != 0;
    check.anomalous = (state & kAnomalous) != 0;
    return true;
}

bool unpackChecks(Bytes block, const CheckBounds& bounds, resonance::GrowingList<CheckRecord>& checks)
{
    while (!block.empty()) {
        StoredCheck stored;
        CheckRecord check;
        if (!take(block, stored) || !takeState(stored.state, check))
            return false;
        if (stored.mask >= bounds.masks || (stored.window != resonance::kNoWindow && stored.window >= bounds.windows))
            return false;
        check.time = {stored.time};
        check.flow = stored.flow;
        check.window = stored.window;
        check.mask = stored.mask;
        check.packets = stored.packets;
        check.exact = stored.exact;
        check.score = stored.score;
        check.confidence = stored.confidence;
        check.contributions = stored.contributions;
        checks.add(check);
    }
    return true;
}

bool unpackWindows(Bytes block, resonance::GrowingList<WindowRecord>& windows)
{
    while (!block.empty()) {
        StoredWindow stored;
        if (!take(block, stored))
            return false;
        WindowRecord& window = windows.next();
        window.from = {stored.from};
        window.time = {stored.to};
        window.flow = stored.flow;
        window.packets = stored.packets;
        for (std::uint32_t side = 0; side < 2; ++side) {
            if ((stored.sides >> side & 1U) != 0 && !take(block, window.features[side]))
                return false;
        }
    }
    return true;
}

Error damagedChecks(CaptureKey key, std::string_view what)
{
    return {ErrorCode::Damaged, "The resonance checks of a stored capture are damaged. Analyse the file again.",
            fmt::format("capture {}: {}", static_cast<std::uint32_t>(key), what)};
}

} // namespace timbre::store
