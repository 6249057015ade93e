#include "engine/store/resonance_rows.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>

namespace timbre::store {

using resonance::CheckRecord;
using resonance::MonitorResults;
using resonance::WindowRecord;

namespace {

constexpr std::string_view kSave = "save the resonance checks in the workspace";
constexpr std::string_view kLoad = "read the resonance checks from the workspace";

std::uint32_t number(CaptureKey key)
{
    return static_cast<std::uint32_t>(key);
}

Error damaged(CaptureKey key, std::string_view what)
{
    return {ErrorCode::Damaged, "The resonance checks of a stored capture are damaged. Analyse the file again.",
            fmt::format("capture {}: {}", number(key), what)};
}

// Status in the two lowest bits, then whether it was the flow's last check and whether telemetry was beyond its limits.
std::uint32_t packedState(const CheckRecord& check)
{
    return static_cast<std::uint32_t>(check.status) | (check.final ? 4U : 0U) | (check.anomalous ? 8U : 0U);
}

Result<void> saveMasks(Connection& connection, CaptureKey key, const MonitorResults& results)
{
    auto row = connection.prepare("INSERT INTO resonance_masks VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", kSave);
    if (!row)
        return row.error();
    for (std::size_t i = 0; i < results.maskIds.size(); ++i) {
        const resonance::AnomalyDetector::Averages& known = results.telemetry[i];
        row->bind(1, number(key));
        row->bind(2, static_cast<std::uint64_t>(i));
        row->bind(3, std::string_view(results.maskIds[i]));
        row->bind(4, static_cast<std::uint64_t>(known.losses));
        row->bind(5, known.loss);
        row->bind(6, static_cast<std::uint64_t>(known.roundTrips));
        row->bind(7, known.roundTripMs);
        row->bind(8, results.anomalous[i] ? 1 : 0);
        if (auto done = row->run(kSave); !done)
            return done;
    }
    return {};
}

Result<void> saveSummary(Connection& connection, CaptureKey key, const MonitorResults& results)
{
    auto row = connection.prepare("INSERT INTO resonance_runs VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)", kSave);
    if (!row)
        return row.error();
    row->bind(1, number(key));
    row->bind(2, static_cast<double>(results.limits.warning));
    row->bind(3, static_cast<double>(results.limits.compromised));
    row->bind(4, results.counters.checks);
    row->bind(5, results.counters.checksDropped);
    row->bind(6, results.counters.windowsDropped);
    row->bind(7, results.counters.flowsNotWatched);
    row->bind(8, results.counters.flowsTooShort);
    row->bind(9, results.counters.masksRefused);
    return row->run(kSave);
}

Result<void> saveWindows(Connection& connection, CaptureKey key, const MonitorResults& results)
{
    auto row = connection.prepare("INSERT INTO resonance_windows VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", kSave);
    if (!row)
        return row.error();
    for (std::size_t i = 0; i < results.windows.size(); ++i) {
        const WindowRecord& window = results.windows[i];
        row->bind(1, number(key));
        row->bind(2, static_cast<std::uint64_t>(i));
        row->bind(3, window.flow);
        row->bind(4, window.from.ns);
        row->bind(5, window.time.ns);
        row->bind(6, std::uint32_t{window.packets[0]});
        row->bind(7, std::uint32_t{window.packets[1]});
        row->bindBlob(8, std::as_bytes(std::span(window.features)));
        if (auto done = row->run(kSave); !done)
            return done;
    }
    return {};
}

Result<void> saveEachCheck(Connection& connection, CaptureKey key, const MonitorResults& results)
{
    auto row = connection.prepare(
        "INSERT INTO resonance_checks VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)", kSave);
    if (!row)
        return row.error();
    for (std::size_t i = 0; i < results.checks.size(); ++i) {
        const CheckRecord& check = results.checks[i];
        row->bind(1, number(key));
        row->bind(2, static_cast<std::uint64_t>(i));
        row->bind(3, check.flow);
        row->bind(4, check.time.ns);
        row->bind(5, std::uint32_t{check.mask});
        row->bind(6, std::uint32_t{check.packets});
        row->bind(7, packedState(check));
        row->bind(8, static_cast<double>(check.exact)); // NaN becomes NULL
        row->bind(9, static_cast<double>(check.score));
        row->bind(10, static_cast<double>(check.confidence));
        if (check.window == resonance::kNoWindow)
            row->bindNull(11);
        else
            row->bind(11, check.window);
        row->bindBlob(12, std::as_bytes(std::span(check.contributions)));
        if (auto done = row->run(kSave); !done)
            return done;
    }
    return {};
}

Result<void> readMasks(Connection& connection, CaptureKey key, MonitorResults& results)
{
    auto row = connection.prepare("SELECT mask_id, losses, mean_loss, round_trips, mean_round_trip_ms, anomalous"
                                  " FROM resonance_masks WHERE capture_id = ?1 ORDER BY position",
                                  kLoad);
    if (!row)
        return row.error();
    row->bind(1, number(key));
    while (true) {
        auto more = row->step(kLoad);
        if (!more)
            return more.error();
        if (!*more)
            return {};
        results.maskIds.emplace_back(row->text(0));
        results.masks.emplace_back();
        resonance::AnomalyDetector::Averages averages;
        averages.losses = row->natural(1);
        averages.loss = row->real(2);
        averages.roundTrips = row->natural(3);
        averages.roundTripMs = row->real(4);
        results.telemetry.push_back(averages);
        results.anomalous.push_back(row->integer(5) != 0);
    }
}

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
    auto row = connection.prepare("SELECT flow, from_ns, to_ns, initiator_packets, responder_packets, features"
                                  " FROM resonance_windows WHERE capture_id = ?1 ORDER BY number",
                                  kLoad);
    if (!row)
        return row.error();
    row->bind(1, number(key));
    resonance::GrowingList<WindowRecord> windows;
    while (true) {
        auto more = row->step(kLoad);
        if (!more)
            return more.error();
        if (!*more)
            break;
        WindowRecord window;
        window.flow = static_cast<std::uint32_t>(row->natural(0));
        window.from = {row->integer(1)};
        window.time = {row->integer(2)};
        window.packets = {static_cast<std::uint16_t>(row->natural(3)), static_cast<std::uint16_t>(row->natural(4))};
        if (!takeBlob(row->blob(5), window.features))
            return damaged(key, "features of a window");
        windows.add(window);
    }
    results.windows = windows.view();
    return {};
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
    if (mask >= results.maskIds.size() || state > 15 || !windowKnown || !takeBlob(row.blob(9), check.contributions))
        return damaged(key, "a check");
    check.mask = static_cast<std::uint16_t>(mask);
    check.packets = static_cast<std::uint16_t>(row.natural(3));
    check.status = static_cast<resonance::Status>(state & 3U);
    check.final = (state & 4U) != 0;
    check.anomalous = (state & 8U) != 0;
    check.exact = row.isNull(5) ? std::numeric_limits<float>::quiet_NaN() : static_cast<float>(row.real(5));
    check.score = static_cast<float>(row.real(6));
    check.confidence = static_cast<float>(row.real(7));
    check.window = static_cast<std::uint32_t>(window);
    return check;
}

Result<void> readEachCheck(Connection& connection, CaptureKey key, MonitorResults& results)
{
    auto row = connection.prepare("SELECT flow, time_ns, mask, packets, state, exact, score, confidence, window,"
                                  " contributions FROM resonance_checks WHERE capture_id = ?1 ORDER BY position",
                                  kLoad);
    if (!row)
        return row.error();
    row->bind(1, number(key));
    resonance::GrowingList<CheckRecord> checks;
    while (true) {
        auto more = row->step(kLoad);
        if (!more)
            return more.error();
        if (!*more)
            break;
        auto check = checkOf(*row, key, results);
        if (!check)
            return check.error();
        checks.add(*check);
    }
    results.checks = checks.view();
    return {};
}

/// False when no mask was active.
Result<bool> readSummary(Connection& connection, CaptureKey key, MonitorResults& results)
{
    auto row = connection.prepare("SELECT warning, compromised, checks, checks_dropped, windows_dropped,"
                                  " flows_not_watched, flows_too_short, masks_refused FROM resonance_runs"
                                  " WHERE capture_id = ?1",
                                  kLoad);
    if (!row)
        return row.error();
    row->bind(1, number(key));
    auto found = row->step(kLoad);
    if (!found || !*found)
        return found;
    results.limits = {static_cast<float>(row->real(0)), static_cast<float>(row->real(1))};
    results.counters = {row->natural(2), row->natural(3), row->natural(4),
                        row->natural(5), row->natural(6), row->natural(7)};
    row->reset();
    return true;
}

} // namespace

Result<void> saveChecks(Connection& connection, CaptureKey key, const MonitorResults* results)
{
    if (!results)
        return {};
    for (const auto save : {saveSummary, saveMasks, saveWindows, saveEachCheck}) {
        if (auto done = save(connection, key, *results); !done)
            return done;
    }
    return {};
}

Result<std::shared_ptr<const MonitorResults>> readChecks(Connection& connection, CaptureKey key)
{
    auto results = std::make_shared<MonitorResults>();
    const auto known = readSummary(connection, key, *results);
    if (!known)
        return known.error();
    if (!*known)
        return std::shared_ptr<const MonitorResults>();
    for (const auto read : {readMasks, readWindows, readEachCheck}) {
        if (auto done = read(connection, key, *results); !done)
            return done.error();
    }
    return std::shared_ptr<const MonitorResults>(std::move(results));
}

} // namespace timbre::store
