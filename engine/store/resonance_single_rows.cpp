#include "engine/store/resonance_single_rows.h"

#include "engine/store/resonance_blocks.h"
#include "engine/store/rows_of_capture.h"

#include <limits>

namespace timbre::store {

using resonance::CheckRecord;
using resonance::MonitorResults;
using resonance::WindowRecord;

namespace {

constexpr std::string_view kLoad = "read the resonance checks from the workspace";

template<typename Array>
bool takeBlob(Bytes blob, Array& array)
{
    if (blob.size() != sizeof array)
        return false;
    std::memcpy(&array, blob.data(), sizeof array);
    return true;
}

Result<void> readWindows(Connection& connection, CaptureKey key, MonitorResults& results)
{
    constexpr const char* kSelect = "SELECT flow, from_ns, to_ns, initiator_packets, responder_packets, features"
                                    " FROM resonance_windows WHERE capture_id = ?1 ORDER BY number";
    resonance::GrowingList<WindowRecord> windows;
    auto done = forEachRow(connection, key, kSelect, kLoad, [&](const Statement& row) -> Result<void> {
        WindowRecord& window = windows.next();
        window.flow = static_cast<std::uint32_t>(row.natural(0));
        window.from = {row.integer(1)};
        window.time = {row.integer(2)};
        window.packets = {static_cast<std::uint16_t>(row.natural(3)), static_cast<std::uint16_t>(row.natural(4))};
        if (!takeBlob(row.blob(5), window.features))
            return damagedChecks(key, "features of a window");
        return {};
    });
    results.windows = windows.view();
    return done;
}

Result<CheckRecord> checkOf(const Statement& row, CaptureKey key, const MonitorResults& results)
{
    CheckRecord check;
    check.flow = static_cast<std::uint32_t>(row.natural(0));
    check.time = {row.integer(1)};
    const std::uint64_t mask = row.natural(2);
    const std::uint64_t state = row.natural(4);
    const std::uint64_t window = row.isNull(8) ? resonance::kNoWindow : row.natural(8);
    const bool windowKnown = window == resonance::kNoWindow || window < results.windows.size();
    if (mask >= results.maskIds.size() || !windowKnown || !takeState(state, check) ||
        !takeBlob(row.blob(9), check.contributions))
        return damagedChecks(key, "a check");
    check.mask = static_cast<std::uint16_t>(mask);
    check.packets = static_cast<std::uint16_t>(row.natural(3));
    check.exact = row.isNull(5) ? std::numeric_limits<float>::quiet_NaN() : static_cast<float>(row.real(5));
    check.score = static_cast<float>(row.real(6));
    check.confidence = static_cast<float>(row.real(7));
    check.window = static_cast<std::uint32_t>(window);
    return check;
}

Result<void> readEachCheck(Connection& connection, CaptureKey key, MonitorResults& results)
{
    constexpr const char* kSelect = "SELECT flow, time_ns, mask, packets, state, exact, score, confidence, window,"
                                    " contributions FROM resonance_checks WHERE capture_id = ?1 ORDER BY position";
    resonance::GrowingList<CheckRecord> checks;
    auto done = forEachRow(connection, key, kSelect, kLoad, [&](const Statement& row) -> Result<void> {
        auto check = checkOf(row, key, results);
        if (!check)
            return check.error();
        checks.add(*check);
        return {};
    });
    results.checks = checks.view();
    return done;
}

} // namespace

Result<void> readSingleChecks(Connection& connection, CaptureKey key, MonitorResults& results)
{
    if (auto done = readWindows(connection, key, results); !done)
        return done;
    return readEachCheck(connection, key, results);
}

} // namespace timbre::store
