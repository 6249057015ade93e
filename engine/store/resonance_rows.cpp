#include "engine/store/resonance_rows.h"

#include "engine/store/resonance_blocks.h"
#include "engine/store/resonance_single_rows.h"
#include "engine/store/rows_of_capture.h"

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

/// Thousands of records in one row: a row of its own for each took longer than making the checks.
template<typename Pack>
Result<void> saveBlocks(Connection& connection, CaptureKey key, const char* insert, std::size_t records, Pack pack)
{
    auto row = connection.prepare(insert, kSave);
    if (!row)
        return row.error();
    for (std::size_t first = 0; first < records; first += kBlockRecords) {
        const std::vector<std::byte> block = pack(first);
        row->bind(1, number(key));
        row->bind(2, static_cast<std::uint64_t>(first));
        row->bindBlob(3, block);
        if (auto done = row->run(kSave); !done)
            return done;
    }
    return {};
}

Result<void> saveWindows(Connection& connection, CaptureKey key, const MonitorResults& results)
{
    return saveBlocks(connection, key, "INSERT INTO resonance_window_blocks VALUES (?1, ?2, ?3)",
                      results.windows.size(), [&](std::size_t first) { return packWindows(results, first); });
}

Result<void> saveEachCheck(Connection& connection, CaptureKey key, const MonitorResults& results)
{
    return saveBlocks(connection, key, "INSERT INTO resonance_check_blocks VALUES (?1, ?2, ?3)", results.checks.size(),
                      [&](std::size_t first) { return packChecks(results, first); });
}

Result<void> readMasks(Connection& connection, CaptureKey key, MonitorResults& results)
{
    constexpr const char* kSelect = "SELECT mask_id, losses, mean_loss, round_trips, mean_round_trip_ms, anomalous"
                                    " FROM resonance_masks WHERE capture_id = ?1 ORDER BY position";
    return forEachRow(connection, key, kSelect, kLoad, [&](const Statement& row) -> Result<void> {
        results.maskIds.emplace_back(row.text(0));
        results.masks.emplace_back();
        resonance::AnomalyDetector::Averages averages;
        averages.losses = row.natural(1);
        averages.loss = row.real(2);
        averages.roundTrips = row.natural(3);
        averages.roundTripMs = row.real(4);
        results.telemetry.push_back(averages);
        results.anomalous.push_back(row.integer(5) != 0);
        return {};
    });
}

Result<void> readWindows(Connection& connection, CaptureKey key, MonitorResults& results)
{
    constexpr const char* kSelect = "SELECT windows FROM resonance_window_blocks WHERE capture_id = ?1 ORDER BY position";
    resonance::GrowingList<WindowRecord> windows;
    auto done = forEachRow(connection, key, kSelect, kLoad, [&](const Statement& row) -> Result<void> {
        if (!unpackWindows(row.blob(0), windows))
            return damagedChecks(key, "a block of windows");
        return {};
    });
    results.windows = windows.view();
    return done;
}

Result<void> readEachCheck(Connection& connection, CaptureKey key, MonitorResults& results)
{
    constexpr const char* kSelect = "SELECT checks FROM resonance_check_blocks WHERE capture_id = ?1 ORDER BY position";
    resonance::GrowingList<CheckRecord> checks;
    auto done = forEachRow(connection, key, kSelect, kLoad, [&](const Statement& row) -> Result<void> {
        if (!unpackChecks(row.blob(0), results, checks))
            return damagedChecks(key, "a block of checks");
        return {};
    });
    results.checks = checks.view();
    return done;
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
    if (results->checks.empty() && results->windows.empty()) {
        if (auto done = readSingleChecks(connection, key, *results); !done)
            return done.error();
    }
    return std::shared_ptr<const MonitorResults>(std::move(results));
}

} // namespace timbre::store
