#include "engine/store/capture_rows.h"

#include "engine/store/audio_rows.h"
#include "engine/store/resonance_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace timbre::store {

namespace {

constexpr std::string_view kSave = "save the analysis in the workspace";
constexpr std::string_view kLoad = "read the workspace";

constexpr std::array kStateNames{"writing", "complete", "cancelled", "interrupted", "incomplete", "removing"};
constexpr std::array kSeverityNames{"note", "warning", "error"};

template<typename Names>
std::optional<std::size_t> indexOf(const Names& names, std::string_view text)
{
    const auto at = std::find(names.begin(), names.end(), text);
    if (at == names.end())
        return std::nullopt;
    return static_cast<std::size_t>(at - names.begin());
}

std::optional<CaptureState> parseState(std::string_view text)
{
    const auto index = indexOf(kStateNames, text);
    return index ? std::optional(static_cast<CaptureState>(*index)) : std::nullopt;
}

std::int64_t number(CaptureKey key)
{
    return static_cast<std::int64_t>(key);
}

Error damaged(CaptureKey key, std::string_view what)
{
    return {ErrorCode::Damaged, "A stored capture is damaged in the workspace. Analyse the file again.",
            fmt::format("capture {}: {}", number(key), what)};
}

void bindOptional(Statement& statement, int parameter, const std::optional<std::uint64_t>& value)
{
    if (value)
        statement.bind(parameter, *value);
    else
        statement.bindNull(parameter);
}

/// Runs `sql` once for each of `items`: parameter 1 is the capture, 2 the position, `bindRest` sets those after it.
template<typename Item, typename BindRest>
Result<void> insertAll(Connection& connection, const char* sql, CaptureKey key, const std::vector<Item>& items,
                       BindRest bindRest)
{
    auto statement = connection.prepare(sql, kSave);
    if (!statement)
        return statement.error();
    for (std::size_t position = 0; position < items.size(); ++position) {
        statement->bind(1, number(key));
        statement->bind(2, static_cast<std::uint64_t>(position));
        bindRest(*statement, items[position]);
        if (auto done = statement->run(kSave); !done)
            return done;
    }
    return {};
}

/// Calls `take` for every row of `sql`, whose only parameter is the capture. `take` gives false for a row it cannot
/// accept.
template<typename Take>
Result<void> forEachRow(Connection& connection, const char* sql, CaptureKey key, Take take)
{
    auto statement = connection.prepare(sql, kLoad);
    if (!statement)
        return statement.error();
    statement->bind(1, number(key));
    while (true) {
        auto row = statement->step(kLoad);
        if (!row)
            return row.error();
        if (!*row)
            return {};
        if (!take(*statement))
            return damaged(key, sql);
    }
}

Result<void> runForCapture(Connection& connection, const char* sql, CaptureKey key)
{
    auto statement = connection.prepare(sql, kSave);
    if (!statement)
        return statement.error();
    statement->bind(1, number(key));
    return statement->run(kSave);
}

Result<void> saveSummary(Connection& connection, CaptureKey key, const CaptureOutcome& outcome)
{
    auto statement = connection.prepare(
        "UPDATE captures SET state = ?2, flow_count = ?3, first_time_ns = ?4, last_time_ns = ?5, format = ?6,"
        " compression = ?7, bytes_on_disk = ?8, sections = ?9, hardware = ?10, operating_system = ?11, application = "
        "?12,"
        " packets = ?13, packet_comments = ?14, decryption_secrets = ?15, unknown_blocks = ?16,"
        " ring_first_time_ns = ?17, ring_last_time_ns = ?18"
        " WHERE id = ?1 AND state <> 'removing'",
        kSave);
    if (!statement)
        return statement.error();
    const capture::CaptureFacts& facts = outcome.facts;
    statement->bind(1, number(key));
    statement->bind(2, std::string_view(toString(outcome.state)));
    statement->bind(3, outcome.flowCount);
    if (outcome.timeRange) {
        statement->bind(4, outcome.timeRange->begin.ns);
        statement->bind(5, outcome.timeRange->end.ns);
    }
    statement->bind(6, facts.format);
    statement->bind(7, facts.compression);
    statement->bind(8, facts.fileBytes);
    statement->bind(9, facts.sections);
    statement->bind(10, facts.hardware);
    statement->bind(11, facts.operatingSystem);
    statement->bind(12, facts.application);
    statement->bind(13, facts.packets);
    statement->bind(14, facts.packetComments);
    statement->bind(15, facts.decryptionSecrets);
    statement->bind(16, facts.unknownBlocks);
    if (facts.ringRemoved) {
        statement->bind(17, facts.ringRemoved->begin.ns);
        statement->bind(18, facts.ringRemoved->end.ns);
    }
    return statement->run(kSave);
}

Result<void> saveFactLists(Connection& connection, CaptureKey key, const capture::CaptureFacts& facts)
{
    auto done = insertAll(connection, "INSERT INTO interfaces VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
                          key, facts.interfaces, [](Statement& row, const capture::InterfaceFacts& item) {
                              row.bind(3, item.name);
                              row.bind(4, item.description);
                              row.bind(5, static_cast<int>(item.linkType));
                              row.bind(6, item.snapLength);
                              row.bind(7, item.timeUnit);
                              row.bind(8, item.packets);
                              bindOptional(row, 9, item.received);
                              bindOptional(row, 10, item.dropped);
                              bindOptional(row, 11, item.kernelDropped);
                          });
    if (!done)
        return done;
    done = insertAll(connection, "INSERT INTO comments VALUES (?1, ?2, ?3)", key, facts.comments,
                     [](Statement& row, const std::string& text) { row.bind(3, text); });
    if (!done)
        return done;
    done = insertAll(connection, "INSERT INTO losses VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)", key, facts.losses,
                     [](Statement& row, const capture::LossSpan& span) {
                         row.bind(3, span.range.begin.ns);
                         row.bind(4, span.range.end.ns);
                         row.bind(5, span.interfaceDrops);
                         row.bind(6, span.kernelDrops);
                         row.bind(7, span.ringLosses);
                     });
    if (!done)
        return done;
    return insertAll(connection, "INSERT INTO resolved_names VALUES (?1, ?2, ?3, ?4, ?5)", key, facts.resolvedNames,
                     [](Statement& row, const capture::ResolvedName& item) {
                         row.bind(3, item.address);
                         row.bind(4, item.name);
                         row.bind(5, item.afterPacket);
                     });
}

Result<void> saveCounters(Connection& connection, CaptureKey key, const std::vector<NamedCounter>& counters)
{
    auto statement = connection.prepare("INSERT OR REPLACE INTO counters VALUES (?1, ?2, ?3)", kSave);
    if (!statement)
        return statement.error();
    for (const NamedCounter& counter : counters) {
        statement->bind(1, number(key));
        statement->bind(2, counter.name);
        statement->bind(3, counter.value);
        if (auto done = statement->run(kSave); !done)
            return done;
    }
    return {};
}

static_assert(sizeof(TimeHistogram::Bin) == 16,
              "bins are stored as they lie in memory: two little-endian 64-bit numbers");

Result<void> saveOverview(Connection& connection, CaptureKey key, const TimeHistogram& overview)
{
    if (overview.empty())
        return {};
    auto statement = connection.prepare("INSERT INTO overviews VALUES (?1, ?2, ?3, ?4)", kSave);
    if (!statement)
        return statement.error();
    statement->bind(1, number(key));
    statement->bind(2, overview.binNs());
    statement->bind(3, overview.firstBin());
    statement->bindBlob(4, std::as_bytes(std::span(overview.bins())));
    return statement->run(kSave);
}

Result<void> clearDetails(Connection& connection, CaptureKey key)
{
    for (const char* sql :
         {"DELETE FROM interfaces WHERE capture_id = ?1", "DELETE FROM comments WHERE capture_id = ?1",
          "DELETE FROM losses WHERE capture_id = ?1", "DELETE FROM resolved_names WHERE capture_id = ?1",
          "DELETE FROM messages WHERE capture_id = ?1", "DELETE FROM counters WHERE capture_id = ?1",
          "DELETE FROM overviews WHERE capture_id = ?1"}) {
        if (auto done = runForCapture(connection, sql, key); !done)
            return done;
    }
    return {};
}

std::optional<TimeRange> timeRange(const Statement& row, int firstColumn)
{
    if (row.isNull(firstColumn) || row.isNull(firstColumn + 1))
        return std::nullopt;
    return TimeRange{{row.integer(firstColumn)}, {row.integer(firstColumn + 1)}};
}

bool readSummary(const Statement& row, StoredCapture& stored)
{
    const auto state = parseState(row.text(0));
    if (!state)
        return false;
    CaptureOrigin& origin = stored.origin;
    origin.file = {std::string(row.text(1)), row.natural(2), {row.integer(3)}, std::string(row.text(4))};
    origin.analysisKey = row.text(5);
    origin.captureFilter = row.text(6);
    origin.openedAt.ns = row.integer(7);
    CaptureOutcome& outcome = stored.outcome;
    outcome.state = *state;
    outcome.flowCount = row.natural(8);
    outcome.timeRange = timeRange(row, 9);
    capture::CaptureFacts& facts = outcome.facts;
    facts.format = row.text(11);
    facts.compression = row.text(12);
    facts.fileBytes = row.natural(13);
    facts.sections = static_cast<std::uint32_t>(row.natural(14));
    facts.hardware = row.text(15);
    facts.operatingSystem = row.text(16);
    facts.application = row.text(17);
    facts.packets = row.natural(18);
    facts.packetComments = row.natural(19);
    facts.decryptionSecrets = row.natural(20);
    facts.unknownBlocks = row.natural(21);
    facts.ringRemoved = timeRange(row, 22);
    return true;
}

Result<void> readFactLists(Connection& connection, CaptureKey key, capture::CaptureFacts& facts)
{
    auto done = forEachRow(connection,
                           "SELECT name, description, link_type, snap_length, time_unit, packets, received, dropped,"
                           " kernel_dropped FROM interfaces WHERE capture_id = ?1 ORDER BY position",
                           key, [&](const Statement& row) {
                               capture::InterfaceFacts item;
                               item.name = row.text(0);
                               item.description = row.text(1);
                               item.linkType = static_cast<capture::LinkType>(row.natural(2));
                               item.snapLength = static_cast<std::uint32_t>(row.natural(3));
                               item.timeUnit = row.text(4);
                               item.packets = row.natural(5);
                               if (!row.isNull(6))
                                   item.received = row.natural(6);
                               if (!row.isNull(7))
                                   item.dropped = row.natural(7);
                               if (!row.isNull(8))
                                   item.kernelDropped = row.natural(8);
                               facts.interfaces.push_back(std::move(item));
                               return true;
                           });
    if (!done)
        return done;
    done = forEachRow(connection, "SELECT text FROM comments WHERE capture_id = ?1 ORDER BY position", key,
                      [&](const Statement& row) {
                          facts.comments.emplace_back(row.text(0));
                          return true;
                      });
    if (!done)
        return done;
    done = forEachRow(connection,
                      "SELECT first_time_ns, last_time_ns, interface_drops, kernel_drops, ring_losses FROM losses"
                      " WHERE capture_id = ?1 ORDER BY position",
                      key, [&](const Statement& row) {
                          facts.losses.push_back(
                              {{{row.integer(0)}, {row.integer(1)}}, row.natural(2), row.natural(3), row.natural(4)});
                          return true;
                      });
    if (!done)
        return done;
    return forEachRow(
        connection, "SELECT address, name, after_packet FROM resolved_names WHERE capture_id = ?1 ORDER BY position",
        key, [&](const Statement& row) {
            facts.resolvedNames.push_back({std::string(row.text(0)), std::string(row.text(1)), row.natural(2)});
            return true;
        });
}

Result<void> readMessagesAndCounters(Connection& connection, CaptureKey key, CaptureOutcome& outcome)
{
    auto done = forEachRow(connection,
                           "SELECT severity, text, file_offset, after_packet FROM messages WHERE capture_id = ?1"
                           " ORDER BY position",
                           key, [&](const Statement& row) {
                               const auto severity = indexOf(kSeverityNames, row.text(0));
                               if (!severity)
                                   return false;
                               outcome.messages.push_back({static_cast<capture::Severity>(*severity),
                                                           std::string(row.text(1)), row.natural(2), row.natural(3)});
                               return true;
                           });
    if (!done)
        return done;
    return forEachRow(connection, "SELECT name, value FROM counters WHERE capture_id = ?1 ORDER BY name", key,
                      [&](const Statement& row) {
                          outcome.counters.push_back({std::string(row.text(0)), row.natural(1)});
                          return true;
                      });
}

/// Bins end within what 64 bits of nanoseconds hold, so that whoever draws them need not care.
bool plausibleBins(std::int64_t binNs, std::int64_t firstBin, std::size_t count)
{
    std::int64_t end = 0;
    std::int64_t begin = 0;
    return binNs >= TimeHistogram::kFirstBinNs && count <= TimeHistogram::kMaxBins &&
           !__builtin_mul_overflow(firstBin, binNs, &begin) &&
           !__builtin_add_overflow(firstBin, static_cast<std::int64_t>(count), &end) &&
           !__builtin_mul_overflow(end, binNs, &end);
}

Result<void> readOverview(Connection& connection, CaptureKey key, CaptureOutcome& outcome)
{
    return forEachRow(connection, "SELECT bin_ns, first_bin, bins FROM overviews WHERE capture_id = ?1", key,
                      [&](const Statement& row) {
                          const Bytes blob = row.blob(2);
                          std::vector<TimeHistogram::Bin> bins(blob.size() / sizeof(TimeHistogram::Bin));
                          if (blob.size() % sizeof(TimeHistogram::Bin) != 0 || bins.empty() ||
                              !plausibleBins(row.integer(0), row.integer(1), bins.size()))
                              return false;
                          std::memcpy(bins.data(), blob.data(), blob.size());
                          outcome.overview = TimeHistogram::restore(row.integer(0), row.integer(1), std::move(bins));
                          return true;
                      });
}

Result<void> readStored(Connection& connection, CaptureKey key, StoredCapture& stored)
{
    stored.key = key;
    bool found = false;
    auto done = forEachRow(connection,
                           "SELECT state, path, file_size, file_modified_ns, content_key, analysis_key, capture_filter,"
                           " opened_at_ns, flow_count, first_time_ns, last_time_ns, format, compression, bytes_on_disk,"
                           " sections, hardware, operating_system, application, packets, packet_comments,"
                           " decryption_secrets, unknown_blocks, ring_first_time_ns, ring_last_time_ns"
                           " FROM captures WHERE id = ?1",
                           key, [&](const Statement& row) {
                               found = true;
                               return readSummary(row, stored);
                           });
    if (!done)
        return done;
    if (!found)
        return Error{ErrorCode::NotFound, "The capture is no longer in the workspace.",
                     fmt::format("capture {}", number(key))};
    done = readFactLists(connection, key, stored.outcome.facts);
    if (!done)
        return done;
    done = readMessagesAndCounters(connection, key, stored.outcome);
    if (!done)
        return done;
    done = readOverview(connection, key, stored.outcome);
    if (!done)
        return done;
    auto streams = readStreams(connection, key);
    if (!streams)
        return streams.error();
    stored.outcome.audio = std::move(*streams);
    auto checks = readChecks(connection, key);
    if (!checks)
        return checks.error();
    stored.outcome.resonance = std::move(*checks);
    return {};
}

} // namespace

const char* toString(CaptureState state)
{
    return kStateNames[static_cast<std::size_t>(state)];
}

Result<void> insertCapture(Connection& connection, CaptureKey key, const CaptureOrigin& origin)
{
    auto statement = connection.prepare(
        "INSERT INTO captures (id, state, path, file_size, file_modified_ns, content_key, analysis_key, capture_filter,"
        " opened_at_ns) VALUES (?1, 'writing', ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        kSave);
    if (!statement)
        return statement.error();
    statement->bind(1, number(key));
    statement->bind(2, origin.file.path);
    statement->bind(3, origin.file.size);
    statement->bind(4, origin.file.modified.ns);
    statement->bind(5, origin.file.contentKey);
    statement->bind(6, origin.analysisKey);
    statement->bind(7, origin.captureFilter);
    statement->bind(8, origin.openedAt.ns);
    return statement->run(kSave);
}

Result<void> saveOutcome(Connection& connection, CaptureKey key, const CaptureOutcome& outcome)
{
    if (auto done = saveSummary(connection, key, outcome); !done)
        return done;
    if (connection.lastChanges() == 0)
        return {}; // removed meanwhile, or its beginning could not be written: there is nothing to complete
    if (auto done = clearDetails(connection, key); !done)
        return done;
    if (auto done = saveFactLists(connection, key, outcome.facts); !done)
        return done;
    if (auto done = saveCounters(connection, key, outcome.counters); !done)
        return done;
    auto done = insertAll(connection, "INSERT INTO messages VALUES (?1, ?2, ?3, ?4, ?5, ?6)", key, outcome.messages,
                          [](Statement& row, const capture::ReaderMessage& item) {
                              row.bind(3, std::string_view(kSeverityNames[static_cast<std::size_t>(item.severity)]));
                              row.bind(4, item.text);
                              row.bind(5, item.offset);
                              row.bind(6, item.afterPacket);
                          });
    if (!done)
        return done;
    if (done = saveOverview(connection, key, outcome.overview); !done)
        return done;
    if (done = saveStreams(connection, key, outcome.audio.get()); !done)
        return done;
    return saveChecks(connection, key, outcome.resonance.get());
}

Result<void> saveState(Connection& connection, CaptureKey key, CaptureState state)
{
    auto statement = connection.prepare("UPDATE captures SET state = ?2 WHERE id = ?1 AND state <> 'removing'", kSave);
    if (!statement)
        return statement.error();
    statement->bind(1, number(key));
    statement->bind(2, std::string_view(toString(state)));
    return statement->run(kSave);
}

Result<void> saveFile(Connection& connection, CaptureKey key, const FileIdentity& file)
{
    auto statement = connection.prepare(
        "UPDATE captures SET path = ?2, file_size = ?3, file_modified_ns = ?4, content_key = ?5 WHERE id = ?1", kSave);
    if (!statement)
        return statement.error();
    statement->bind(1, number(key));
    statement->bind(2, file.path);
    statement->bind(3, file.size);
    statement->bind(4, file.modified.ns);
    statement->bind(5, file.contentKey);
    return statement->run(kSave);
}

Result<void> deleteCapture(Connection& connection, CaptureKey key)
{
    return runForCapture(connection, "DELETE FROM captures WHERE id = ?1", key);
}

Result<StoredCapture> readCapture(Connection& connection, CaptureKey key)
{
    // One transaction, so that all parts come from the same moment.
    if (auto begun = connection.execute("BEGIN", kLoad); !begun)
        return begun.error();
    StoredCapture stored;
    const auto done = readStored(connection, key, stored);
    const auto ended = connection.execute("COMMIT", kLoad);
    if (!done)
        return done.error();
    if (!ended)
        return ended.error();
    return stored;
}

Result<std::vector<CaptureEntry>> readEntries(Connection& connection)
{
    auto row = connection.prepare("SELECT id, state, path, file_size, opened_at_ns, capture_filter, format, packets,"
                                  " flow_count, first_time_ns, last_time_ns FROM captures WHERE state <> 'removing'"
                                  " ORDER BY id DESC",
                                  kLoad);
    if (!row)
        return row.error();
    std::vector<CaptureEntry> entries;
    while (true) {
        auto more = row->step(kLoad);
        if (!more)
            return more.error();
        if (!*more)
            return entries;
        CaptureEntry entry;
        entry.key = static_cast<CaptureKey>(row->natural(0));
        const auto state = parseState(row->text(1));
        if (!state)
            return damaged(entry.key, "captures.state");
        entry.state = *state;
        entry.path = row->text(2);
        entry.fileSize = row->natural(3);
        entry.openedAt.ns = row->integer(4);
        entry.captureFilter = row->text(5);
        entry.format = row->text(6);
        entry.packets = row->natural(7);
        entry.flowCount = row->natural(8);
        entry.timeRange = timeRange(*row, 9);
        entries.push_back(std::move(entry));
    }
}

} // namespace timbre::store
