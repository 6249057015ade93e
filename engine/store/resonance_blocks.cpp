#include "engine/store/resonance_blocks.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace timbre::store {

using resonance::CheckRecord;
using resonance::WindowRecord;

namespace {

constexpr std::uint8_t kFinal = 4;
constexpr std::uint8_t kAnomalous = 8;
constexpr std::uint8_t kAllStates = 15;
constexpr std::uint8_t kByItself = 16; // time, flow and packets follow: they are not those of its window

/// What differs from check to check. The contributions that are not 0 follow, and a StoredOrigin where that is said.
struct StoredCheck {
    std::uint32_t window = 0;
    std::uint16_t mask = 0;
    std::uint8_t state = 0;
    std::uint8_t contributions = 0; // bit i: contribution i follows
    float exact = 0.0F;
    float score = 0.0F;
    float confidence = 0.0F;
};
static_assert(sizeof(StoredCheck) == 20 && resonance::kAspects <= 8, "the layout of stored blocks");

struct StoredOrigin {
    std::int64_t time = 0;
    std::uint32_t flow = 0;
    std::uint32_t packets = 0;
};
static_assert(sizeof(StoredOrigin) == 16, "the layout of stored blocks");

/// The features that are not 0 follow, the initiator's first.
struct StoredWindow {
    std::int64_t from = 0;
    std::int64_t to = 0;
    std::uint32_t flow = 0;
    std::array<std::uint16_t, 2> packets{};
    std::array<std::uint64_t, 2> features{}; // bit i: feature i follows
};
static_assert(sizeof(StoredWindow) == 40, "the layout of stored blocks");

/// Fills a block whose greatest length is known.
class BlockWriter {
public:
    explicit BlockWriter(std::size_t most)
        : m_bytes(most)
    {
    }
    /// Returns where it is.
    template<typename Record>
    std::size_t put(const Record& record)
    {
        const std::size_t at = m_size;
        putAt(at, record);
        m_size += sizeof record;
        return at;
    }
    template<typename Record>
    void putAt(std::size_t at, const Record& record)
    {
        std::memcpy(m_bytes.data() + at, &record, sizeof record);
    }
    /// The values that are not 0. Returns which, a bit for each.
    template<typename Value, std::size_t count>
    std::uint64_t putSparse(const std::array<Value, count>& values)
    {
        std::array<Value, count> present;
        std::size_t found = 0;
        std::uint64_t marks = 0;
        for (std::size_t i = 0; i < count; ++i) { // without a branch: which are 0 differs from record to record
            present[found] = values[i];
            const std::size_t some = values[i] != 0 ? 1 : 0;
            marks |= std::uint64_t{some} << i;
            found += some;
        }
        std::memcpy(m_bytes.data() + m_size, present.data(), found * sizeof(Value));
        m_size += found * sizeof(Value);
        return marks;
    }
    [[nodiscard]] std::vector<std::byte> take()
    {
        m_bytes.resize(m_size);
        return std::move(m_bytes);
    }

private:
    std::vector<std::byte> m_bytes;
    std::size_t m_size = 0;
};

template<typename Record>
bool take(Bytes& bytes, Record& record)
{
    if (bytes.size() < sizeof record)
        return false;
    std::memcpy(&record, bytes.data(), sizeof record);
    bytes = bytes.subspan(sizeof record);
    return true;
}

template<typename Values, typename Marks>
bool takeSparse(Bytes& bytes, Marks marks, Values& values)
{
    for (std::size_t i = 0; i < values.size(); ++i) {
        if ((marks >> i & 1U) != 0 && !take(bytes, values[i]))
            return false;
    }
    return true;
}

bool isOfWindow(const CheckRecord& check, const resonance::ListView<WindowRecord>& windows)
{
    if (check.window >= windows.size())
        return false;
    const WindowRecord& window = windows[check.window];
    return check.time == window.time && check.flow == window.flow &&
           check.packets == window.packets[0] + window.packets[1];
}

std::uint8_t stateOf(const CheckRecord& check)
{
    return static_cast<std::uint8_t>(static_cast<unsigned>(check.status) | (check.final ? kFinal : 0U) |
                                     (check.anomalous ? kAnomalous : 0U));
}

} // namespace

std::vector<std::byte> packChecks(const resonance::MonitorResults& results, std::size_t first)
{
    constexpr std::size_t kMost = sizeof(StoredCheck) + sizeof(CheckRecord::contributions) + sizeof(StoredOrigin);
    const std::size_t end = std::min(results.checks.size(), first + kBlockRecords);
    BlockWriter block((end - first) * kMost);
    for (std::size_t i = first; i < end; ++i) {
        const CheckRecord& check = results.checks[i];
        StoredCheck stored{check.window, check.mask, stateOf(check), 0, check.exact, check.score, check.confidence};
        const std::size_t at = block.put(stored);
        stored.contributions = static_cast<std::uint8_t>(block.putSparse(check.contributions));
        if (!isOfWindow(check, results.windows)) {
            stored.state |= kByItself;
            block.put(StoredOrigin{check.time.ns, check.flow, check.packets});
        }
        block.putAt(at, stored);
    }
    return block.take();
}

std::vector<std::byte> packWindows(const resonance::MonitorResults& results, std::size_t first)
{
    constexpr std::size_t kMost = sizeof(StoredWindow) + sizeof(WindowRecord::features);
    const std::size_t end = std::min(results.windows.size(), first + kBlockRecords);
    BlockWriter block((end - first) * kMost);
    for (std::size_t i = first; i < end; ++i) {
        const WindowRecord& window = results.windows[i];
        StoredWindow stored{window.from.ns, window.time.ns, window.flow, window.packets, {}};
        const std::size_t at = block.put(stored);
        for (std::size_t side = 0; side < 2; ++side)
            stored.features[side] = block.putSparse(window.features[side]);
        block.putAt(at, stored);
    }
    return block.take();
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

bool unpackChecks(Bytes block, const resonance::MonitorResults& results, resonance::GrowingList<CheckRecord>& checks)
{
    while (!block.empty()) {
        StoredCheck stored;
        CheckRecord check;
        if (!take(block, stored) || !takeSparse(block, stored.contributions, check.contributions) ||
            stored.contributions >> resonance::kAspects != 0 || !takeState(stored.state & ~kByItself, check))
            return false;
        const bool hasWindow = stored.window < results.windows.size();
        if (stored.mask >= results.maskIds.size() || (!hasWindow && stored.window != resonance::kNoWindow))
            return false;
        if ((stored.state & kByItself) != 0) {
            StoredOrigin origin;
            if (!take(block, origin) || origin.packets > resonance::kWindowPackets)
                return false;
            check.time = {origin.time};
            check.flow = origin.flow;
            check.packets = static_cast<std::uint16_t>(origin.packets);
        } else if (hasWindow) {
            const WindowRecord& window = results.windows[stored.window]; // of at most kWindowPackets, see below
            check.time = window.time;
            check.flow = window.flow;
            check.packets = static_cast<std::uint16_t>(window.packets[0] + window.packets[1]);
        } else {
            return false;
        }
        check.window = stored.window;
        check.mask = stored.mask;
        check.exact = stored.exact;
        check.score = stored.score;
        check.confidence = stored.confidence;
        checks.add(check);
    }
    return true;
}

bool unpackWindows(Bytes block, resonance::GrowingList<WindowRecord>& windows)
{
    while (!block.empty()) {
        StoredWindow stored;
        if (!take(block, stored) || stored.packets[0] + stored.packets[1] > int{resonance::kWindowPackets})
            return false;
        WindowRecord& window = windows.next();
        window.from = {stored.from};
        window.time = {stored.to};
        window.flow = stored.flow;
        window.packets = stored.packets;
        for (std::size_t side = 0; side < 2; ++side) {
            if (!takeSparse(block, stored.features[side], window.features[side]))
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
