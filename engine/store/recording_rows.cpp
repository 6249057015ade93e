#include "engine/store/recording_rows.h"

#include <algorithm>
#include <bit>
#include <charconv>

namespace timbre::store {

namespace {

constexpr std::string_view kSave = "save the recording in the workspace";
constexpr std::string_view kSaveMask = "save the mask in the workspace";
constexpr std::string_view kRead = "read the recordings of the workspace";
constexpr std::string_view kDelete = "delete the recording from the workspace";

// A packet takes 44 bytes, little-endian: gap (double, ms), time (ns), entropy (float), size, direction, length of the
// prefix, 20 bytes of prefix. Described in the manual.
constexpr std::size_t kPacketBytes = 44;

template<typename Value>
void put(std::vector<std::byte>& out, Value value)
{
    for (std::size_t i = 0; i < sizeof value; ++i)
        out.push_back(static_cast<std::byte>(value >> (8 * i)));
}

template<typename Value>
Value get(Bytes bytes, std::size_t at)
{
    Value value = 0;
    for (std::size_t i = 0; i < sizeof value; ++i)
        value = static_cast<Value>(value | static_cast<Value>(static_cast<Value>(loadU8(bytes, at + i)) << (8 * i)));
    return value;
}

std::vector<std::byte> pack(const std::vector<recording::PacketRecord>& packets)
{
    std::vector<std::byte> out;
    out.reserve(packets.size() * kPacketBytes);
    for (const auto& packet : packets) {
        put(out, std::bit_cast<std::uint64_t>(packet.gapMs));
        put(out, packet.timestampNs);
        put(out, std::bit_cast<std::uint32_t>(packet.entropy));
        put(out, packet.size);
        put(out, static_cast<std::uint8_t>(packet.direction));
        put(out, packet.prefixLength);
        for (const std::uint8_t byte : packet.prefixBytes)
            put(out, byte);
    }
    return out;
}

void unpack(Bytes bytes, std::vector<recording::PacketRecord>& packets)
{
    for (std::size_t at = 0; at + kPacketBytes <= bytes.size() && packets.size() < recording::kMaxPackets;
         at += kPacketBytes) {
        recording::PacketRecord packet;
        packet.gapMs = std::bit_cast<double>(get<std::uint64_t>(bytes, at));
        packet.timestampNs = get<std::uint64_t>(bytes, at + 8);
        packet.entropy = std::bit_cast<float>(get<std::uint32_t>(bytes, at + 16));
        packet.size = get<std::uint16_t>(bytes, at + 20);
        packet.direction = loadU8(bytes, at + 22) == 0 ? recording::Direction::Uplink : recording::Direction::Downlink;
        packet.prefixLength = std::min<std::uint8_t>(loadU8(bytes, at + 23), recording::kMaxPrefixBytes);
        for (std::size_t i = 0; i < recording::kMaxPrefixBytes; ++i)
            packet.prefixBytes[i] = loadU8(bytes, at + 24 + i);
        packets.push_back(packet);
    }
}

std::string joined(const std::vector<std::string>& words)
{
    std::string out;
    for (const std::string& word : words)
        out += (out.empty() ? "" : " ") + word;
    return out;
}

std::vector<std::string> split(std::string_view text)
{
    std::vector<std::string> words;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        if (end > 0)
            words.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return words;
}

recording::SessionId idOf(std::string_view hex)
{
    recording::SessionId id{};
    for (std::size_t i = 0; i < id.size() && 2 * i + 2 <= hex.size(); ++i)
        std::from_chars(hex.data() + 2 * i, hex.data() + 2 * i + 2, id[i], 16);
    return id;
}

recording::EndReason endOf(std::string_view word)
{
    using recording::EndReason;
    for (const EndReason each :
         {EndReason::Running, EndReason::Stopped, EndReason::Idle, EndReason::CaptureEnded, EndReason::Interrupted}) {
        if (word == recording::toString(each))
            return each;
    }
    return EndReason::Interrupted;
}

constexpr std::string_view kHeadColumns =
    "id, service, key, selection, captures, swapped, started_ns, last_ns, ended_ns, end, total_packets, "
    "refused_packets, uplink_packets, uplink_sizes, uplink_squared_sizes, uplink_gaps_ms, uplink_squared_gaps_ms, "
    "downlink_packets, downlink_sizes, downlink_squared_sizes, downlink_gaps_ms, downlink_squared_gaps_ms, entropies, "
    "entropy_count";

void bindSide(Statement& statement, int at, const recording::SideSums& side)
{
    statement.bind(at, side.packets);
    statement.bind(at + 1, side.sizes);
    statement.bind(at + 2, side.squaredSizes);
    statement.bind(at + 3, side.gapsMs);
    statement.bind(at + 4, side.squaredGapsMs);
}

recording::SideSums sideAt(const Statement& row, int at)
{
    return {row.natural(at), row.natural(at + 1), row.natural(at + 2), row.real(at + 3), row.real(at + 4)};
}

recording::Recording headAt(const Statement& row)
{
    recording::Recording head;
    head.facts.id = idOf(row.text(0));
    head.facts.service = row.text(1);
    head.facts.key = row.text(2);
    head.selection = row.text(3);
    head.captures = split(row.text(4));
    head.swapped = row.integer(5) != 0;
    head.started.ns = row.integer(6);
    head.last.ns = row.integer(7);
    head.ended.ns = row.integer(8);
    head.end = endOf(row.text(9));
    head.totalPackets = row.natural(10);
    head.refusedPackets = row.natural(11);
    head.figures.sides = {sideAt(row, 12), sideAt(row, 17)};
    head.figures.entropies = row.real(22);
    head.figures.entropyCount = row.natural(23);
    head.notes = row.text(24);
    return head;
}

/// Runs `sql` with one text parameter.
Result<void> runWith(Connection& connection, std::string_view sql, const std::string& text, std::string_view attempt)
{
    auto statement = connection.prepare(sql, attempt);
    if (!statement)
        return statement.error();
    statement->bind(1, std::string_view(text));
    return statement->run(attempt);
}

/// Visits every row of `sql`.
template<typename Visit>
Result<void> forEachRow(Connection& connection, std::string_view sql, Visit visit)
{
    auto statement = connection.prepare(sql, kRead);
    if (!statement)
        return statement.error();
    while (true) {
        auto row = statement->step(kRead);
        if (!row)
            return row.error();
        if (!*row)
            return {};
        visit(*statement);
    }
}

} // namespace

const char* toString(MaskOrigin origin)
{
    switch (origin) {
    case MaskOrigin::Own:
        return "own";
    case MaskOrigin::Imported:
        return "imported";
    case MaskOrigin::Bundled:
        break;
    }
    return "bundled";
}

Result<void> saveRecording(Connection& connection, const recording::Recording& head, std::size_t first,
                           const std::vector<recording::PacketRecord>& added)
{
    // An update in place: replacing the row would take its packets along.
    std::string sql = "INSERT INTO recordings (" + std::string(kHeadColumns) +
                      ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, "
                      "?20, ?21, ?22, ?23, ?24) ON CONFLICT (id) DO UPDATE SET ";
    bool firstColumn = true;
    for (const std::string& word : split(kHeadColumns)) {
        const std::string column = word.substr(0, word.find(','));
        if (column != "id") {
            sql += (firstColumn ? "" : ", ") + column + " = excluded." + column;
            firstColumn = false;
        }
    }
    auto statement = connection.prepare(sql, kSave);
    if (!statement)
        return statement.error();
    const std::string id = recording::toHex(head.facts.id);
    const std::string captures = joined(head.captures);
    statement->bind(1, std::string_view(id));
    statement->bind(2, std::string_view(head.facts.service));
    statement->bind(3, std::string_view(head.facts.key));
    statement->bind(4, std::string_view(head.selection));
    statement->bind(5, std::string_view(captures));
    statement->bind(6, head.swapped ? 1 : 0);
    statement->bind(7, head.started.ns);
    statement->bind(8, head.last.ns);
    statement->bind(9, head.ended.ns);
    statement->bind(10, std::string_view(recording::toString(head.end)));
    statement->bind(11, head.totalPackets);
    statement->bind(12, head.refusedPackets);
    bindSide(*statement, 13, head.figures.sides[0]);
    bindSide(*statement, 18, head.figures.sides[1]);
    statement->bind(23, head.figures.entropies);
    statement->bind(24, head.figures.entropyCount);
    if (auto done = statement->run(kSave); !done || added.empty())
        return done;
    auto rows =
        connection.prepare("INSERT INTO recording_packets (recording_id, first, packets) VALUES (?1, ?2, ?3)", kSave);
    if (!rows)
        return rows.error();
    const std::vector<std::byte> packed = pack(added);
    rows->bind(1, std::string_view(id));
    rows->bind(2, std::uint64_t{first});
    rows->bindBlob(3, packed);
    return rows->run(kSave);
}

Result<void> saveRecordingNotes(Connection& connection, const recording::SessionId& id, const std::string& notes)
{
    auto statement = connection.prepare("UPDATE recordings SET notes = ?2 WHERE id = ?1", kSave);
    if (!statement)
        return statement.error();
    const std::string hex = recording::toHex(id);
    statement->bind(1, std::string_view(hex));
    statement->bind(2, std::string_view(notes));
    return statement->run(kSave);
}

Result<void> deleteRecording(Connection& connection, const recording::SessionId& id)
{
    // Pages are overwritten, not only given free. The caller empties the log afterwards.
    if (auto done = connection.execute("PRAGMA secure_delete = ON", kDelete); !done)
        return done;
    const std::string hex = recording::toHex(id);
    auto done = runWith(connection, "DELETE FROM recording_packets WHERE recording_id = ?1", hex, kDelete);
    if (done)
        done = runWith(connection, "DELETE FROM recordings WHERE id = ?1", hex, kDelete);
    if (auto restored = connection.execute("PRAGMA secure_delete = FAST", kDelete); done && !restored)
        return restored;
    return done;
}

Result<void> markInterrupted(Connection& connection)
{
    return connection.execute("UPDATE recordings SET end = 'interrupted' WHERE end = 'running'", kSave);
}

Result<void> saveMask(Connection& connection, const StoredMask& mask)
{
    auto statement = connection.prepare("INSERT OR REPLACE INTO masks (id, origin, text, recording_id, added_at_ns) "
                                        "VALUES (?1, ?2, ?3, ?4, ?5)",
                                        kSaveMask);
    if (!statement)
        return statement.error();
    statement->bind(1, std::string_view(mask.id));
    statement->bind(2, std::string_view(toString(mask.origin)));
    statement->bind(3, std::string_view(mask.text));
    statement->bind(4, std::string_view(mask.recording));
    statement->bind(5, mask.addedAt.ns);
    return statement->run(kSaveMask);
}

Result<void> deleteMask(Connection& connection, const std::string& id)
{
    return runWith(connection, "DELETE FROM masks WHERE id = ?1", id, kSaveMask);
}

Result<void> saveKey(Connection& connection, const StoredKey& key)
{
    auto statement =
        connection.prepare("INSERT OR REPLACE INTO mask_keys (id, label, public_key, private_file, trusted) "
                           "VALUES (?1, ?2, ?3, ?4, ?5)",
                           kSaveMask);
    if (!statement)
        return statement.error();
    statement->bind(1, std::string_view(key.id));
    statement->bind(2, std::string_view(key.label));
    statement->bindBlob(3, std::as_bytes(std::span(key.publicKey)));
    statement->bind(4, std::string_view(key.privateFile));
    statement->bind(5, key.trusted ? 1 : 0);
    return statement->run(kSaveMask);
}

Result<void> deleteKey(Connection& connection, const std::string& id)
{
    return runWith(connection, "DELETE FROM mask_keys WHERE id = ?1", id, kSaveMask);
}

Result<std::vector<recording::Recording>> readRecordings(Connection& connection)
{
    std::vector<recording::Recording> all;
    const std::string sql =
        "SELECT " + std::string(kHeadColumns) + ", notes FROM recordings ORDER BY started_ns DESC, id";
    if (auto done = forEachRow(connection, sql, [&](Statement& row) { all.push_back(headAt(row)); }); !done)
        return done.error();
    return all;
}

Result<recording::Recording> readRecording(Connection& connection, const recording::SessionId& id)
{
    const std::string hex = recording::toHex(id);
    auto head =
        connection.prepare("SELECT " + std::string(kHeadColumns) + ", notes FROM recordings WHERE id = ?1", kRead);
    if (!head)
        return head.error();
    head->bind(1, std::string_view(hex));
    auto found = head->step(kRead);
    if (!found)
        return found.error();
    if (!*found)
        return Error{ErrorCode::NotFound, "The recording is no longer in the workspace.", hex};
    recording::Recording whole = headAt(*head);
    auto rows =
        connection.prepare("SELECT packets FROM recording_packets WHERE recording_id = ?1 ORDER BY first", kRead);
    if (!rows)
        return rows.error();
    rows->bind(1, std::string_view(hex));
    while (true) {
        auto row = rows->step(kRead);
        if (!row)
            return row.error();
        if (!*row)
            return whole;
        unpack(rows->blob(0), whole.packets);
    }
}

Result<std::vector<StoredMask>> readMasks(Connection& connection)
{
    std::vector<StoredMask> all;
    const auto add = [&](Statement& row) {
        StoredMask mask;
        mask.id = row.text(0);
        mask.origin = row.text(1) == "own"        ? MaskOrigin::Own
                      : row.text(1) == "imported" ? MaskOrigin::Imported
                                                  : MaskOrigin::Bundled;
        mask.text = row.text(2);
        mask.recording = row.text(3);
        mask.addedAt.ns = row.integer(4);
        all.push_back(std::move(mask));
    };
    if (auto done =
            forEachRow(connection, "SELECT id, origin, text, recording_id, added_at_ns FROM masks ORDER BY id", add);
        !done)
        return done.error();
    return all;
}

Result<std::vector<StoredKey>> readKeys(Connection& connection)
{
    std::vector<StoredKey> all;
    const auto add = [&](Statement& row) {
        StoredKey key;
        key.id = row.text(0);
        key.label = row.text(1);
        const Bytes bytes = row.blob(2);
        for (std::size_t i = 0; i < std::min(bytes.size(), key.publicKey.size()); ++i)
            key.publicKey[i] = loadU8(bytes, i);
        key.privateFile = row.text(3);
        key.trusted = row.integer(4) != 0;
        all.push_back(std::move(key));
    };
    if (auto done = forEachRow(
            connection, "SELECT id, label, public_key, private_file, trusted FROM mask_keys ORDER BY label, id", add);
        !done)
        return done.error();
    return all;
}

} // namespace timbre::store
