#include "engine/store/schema.h"

#include <fmt/format.h>

#include <array>
#include <map>

namespace timbre::store {

namespace {

constexpr std::string_view kUpgrade = "bring the workspace up to date";

// 1: captures, and what is known of each beside its flows.
constexpr const char* kCaptures = R"sql(
CREATE TABLE captures (
    id INTEGER PRIMARY KEY AUTOINCREMENT CHECK (id BETWEEN 1 AND 2147483647),
    state TEXT NOT NULL CHECK (state IN ('writing', 'complete', 'cancelled', 'interrupted', 'incomplete', 'removing')),
    path TEXT NOT NULL,
    file_size INTEGER NOT NULL,
    file_modified_ns INTEGER NOT NULL,
    content_key TEXT NOT NULL,
    analysis_key TEXT NOT NULL,
    capture_filter TEXT NOT NULL,
    opened_at_ns INTEGER NOT NULL,
    flow_count INTEGER NOT NULL DEFAULT 0,
    first_time_ns INTEGER,
    last_time_ns INTEGER,
    format TEXT NOT NULL DEFAULT '',
    compression TEXT NOT NULL DEFAULT '',
    bytes_on_disk INTEGER NOT NULL DEFAULT 0,
    sections INTEGER NOT NULL DEFAULT 0,
    hardware TEXT NOT NULL DEFAULT '',
    operating_system TEXT NOT NULL DEFAULT '',
    application TEXT NOT NULL DEFAULT '',
    packets INTEGER NOT NULL DEFAULT 0,
    packet_comments INTEGER NOT NULL DEFAULT 0,
    decryption_secrets INTEGER NOT NULL DEFAULT 0,
    unknown_blocks INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE interfaces (
    capture_id INTEGER NOT NULL REFERENCES captures (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    link_type INTEGER NOT NULL,
    snap_length INTEGER NOT NULL,
    time_unit TEXT NOT NULL,
    packets INTEGER NOT NULL,
    received INTEGER,
    dropped INTEGER,
    PRIMARY KEY (capture_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE comments (
    capture_id INTEGER NOT NULL REFERENCES captures (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (capture_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE resolved_names (
    capture_id INTEGER NOT NULL REFERENCES captures (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    address TEXT NOT NULL,
    name TEXT NOT NULL,
    after_packet INTEGER NOT NULL,
    PRIMARY KEY (capture_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE messages (
    capture_id INTEGER NOT NULL REFERENCES captures (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    severity TEXT NOT NULL CHECK (severity IN ('note', 'warning', 'error')),
    text TEXT NOT NULL,
    file_offset INTEGER NOT NULL,
    after_packet INTEGER NOT NULL,
    PRIMARY KEY (capture_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE counters (
    capture_id INTEGER NOT NULL REFERENCES captures (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    value INTEGER NOT NULL,
    PRIMARY KEY (capture_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE overviews (
    capture_id INTEGER PRIMARY KEY REFERENCES captures (id) ON DELETE CASCADE,
    bin_ns INTEGER NOT NULL,
    first_bin INTEGER NOT NULL,
    bins BLOB NOT NULL
) STRICT;
)sql";

// 2: one narrow row per flow. Columns are packed because reading and writing cost by the column (45 plain columns took
// twice the time); the view of step 3 unpacks them. No foreign key: the check would cost as much as the row, and rows
// go before their capture, in slices. id is capture_id * 2^32 + flow_index, so that rows of a capture lie together.
constexpr const char* kFlowRows = R"sql(
CREATE TABLE flow_rows (
    id INTEGER PRIMARY KEY,
    initiator_address TEXT NOT NULL,
    responder_address TEXT NOT NULL,
    ports INTEGER NOT NULL,
    kinds INTEGER NOT NULL,
    started_ns INTEGER NOT NULL,
    duration_ns INTEGER NOT NULL,
    first_packet INTEGER NOT NULL,
    last_packet INTEGER NOT NULL,
    handshake_rtt_ns INTEGER,
    history TEXT NOT NULL,
    initiator_name TEXT,
    responder_name TEXT,
    server_name TEXT,
    http_host TEXT,
    outer_flow INTEGER,
    interface INTEGER NOT NULL,
    initiator_packets INTEGER NOT NULL,
    responder_packets INTEGER NOT NULL,
    initiator_bytes INTEGER NOT NULL,
    responder_bytes INTEGER NOT NULL,
    initiator_cut_bytes INTEGER NOT NULL,
    responder_cut_bytes INTEGER NOT NULL,
    initiator_payload_bytes INTEGER NOT NULL,
    responder_payload_bytes INTEGER NOT NULL,
    initiator_entropy_sum REAL NOT NULL,
    responder_entropy_sum REAL NOT NULL,
    entropy_counts INTEGER NOT NULL,
    retransmissions INTEGER NOT NULL,
    out_of_order INTEGER NOT NULL,
    zero_windows INTEGER NOT NULL,
    ttls INTEGER NOT NULL
) STRICT;
)sql";

// 3: the flows with telling names, for people and their SQL.
constexpr const char* kFlowView = R"sql(
CREATE VIEW flows AS SELECT
    id,
    id >> 32 AS capture_id,
    id & 4294967295 AS flow_index,
    CASE (kinds >> 8) & 15 WHEN 1 THEN 'tcp' WHEN 2 THEN 'udp' WHEN 3 THEN 'icmp' WHEN 4 THEN 'icmp6' WHEN 5 THEN 'sctp'
        ELSE 'other' END AS transport,
    kinds & 255 AS ip_protocol,
    initiator_address,
    ports >> 16 AS initiator_port,
    responder_address,
    ports & 65535 AS responder_port,
    CASE (kinds >> 20) & 255 WHEN 0 THEN NULL WHEN 1 THEN 'dns' WHEN 2 THEN 'http' WHEN 3 THEN 'tls' WHEN 4 THEN 'quic'
        WHEN 5 THEN 'ssh' WHEN 6 THEN 'sip' WHEN 7 THEN 'rtp' WHEN 8 THEN 'rtcp' WHEN 9 THEN 'stun' WHEN 10 THEN 'dtls'
        WHEN 11 THEN 'smtp' WHEN 12 THEN 'ftp' WHEN 13 THEN 'dhcp' WHEN 14 THEN 'ntp' WHEN 15 THEN 'mdns'
        WHEN 16 THEN 'ssdp' ELSE 'unknown' END AS app,
    server_name,
    http_host,
    initiator_name,
    responder_name,
    strftime('%Y-%m-%dT%H:%M:%S', started_ns / 1000000000 - (started_ns % 1000000000 < 0), 'unixepoch')
        || printf('.%09dZ', ((started_ns % 1000000000) + 1000000000) % 1000000000) AS started,
    started_ns,
    started_ns + duration_ns AS last_seen_ns,
    duration_ns / 1e9 AS duration_s,
    CASE (kinds >> 12) & 15 WHEN 0 THEN 'active' WHEN 1 THEN 'syn_sent' WHEN 2 THEN 'syn_received'
        WHEN 3 THEN 'established' WHEN 4 THEN 'fin_wait' WHEN 5 THEN 'closing_tcp' WHEN 6 THEN 'closed'
        WHEN 7 THEN 'reset' END AS tcp_state,
    CASE (kinds >> 28) & 7 WHEN 1 THEN 'fin' WHEN 2 THEN 'rst' WHEN 3 THEN 'idle_timeout' WHEN 4 THEN 'evicted'
        END AS end_reason,
    history,
    handshake_rtt_ns / 1e6 AS handshake_rtt_ms,
    initiator_packets + responder_packets AS packets,
    initiator_bytes + responder_bytes AS bytes,
    initiator_packets,
    responder_packets,
    initiator_bytes,
    responder_bytes,
    initiator_bytes + initiator_cut_bytes AS initiator_original_bytes,
    responder_bytes + responder_cut_bytes AS responder_original_bytes,
    initiator_payload_bytes,
    responder_payload_bytes,
    initiator_entropy_sum / nullif(entropy_counts & 4294967295, 0) AS initiator_entropy,
    responder_entropy_sum / nullif((entropy_counts >> 32) & 4294967295, 0) AS responder_entropy,
    retransmissions & 4294967295 AS initiator_retransmissions,
    (retransmissions >> 32) & 4294967295 AS responder_retransmissions,
    out_of_order & 4294967295 AS initiator_out_of_order,
    (out_of_order >> 32) & 4294967295 AS responder_out_of_order,
    zero_windows & 4294967295 AS initiator_zero_windows,
    (zero_windows >> 32) & 4294967295 AS responder_zero_windows,
    ttls & 255 AS initiator_first_ttl,
    (ttls >> 8) & 255 AS initiator_last_ttl,
    (ttls >> 16) & 255 AS responder_first_ttl,
    (ttls >> 24) & 255 AS responder_last_ttl,
    CASE (kinds >> 16) & 15 WHEN 1 THEN 'gre' WHEN 2 THEN 'vxlan' WHEN 3 THEN 'geneve' WHEN 4 THEN 'gtp-u'
        WHEN 5 THEN 'ip-in-ip' WHEN 6 THEN 'teredo' WHEN 7 THEN 'mpls' WHEN 8 THEN 'pppoe' END AS tunnel,
    outer_flow,
    nullif((kinds >> 32) & 65535, 0) - 1 AS vlan,
    interface,
    first_packet,
    last_packet
FROM flow_rows;
)sql";

// Recordings with what is known of their packets (packed, see the manual), masks as the text of their files, keys.
constexpr const char* kRecordingsAndMasks = R"sql(
CREATE TABLE recordings (
    id TEXT PRIMARY KEY CHECK (length(id) = 32),
    service TEXT NOT NULL,
    key TEXT NOT NULL,
    selection TEXT NOT NULL,
    captures TEXT NOT NULL,
    swapped INTEGER NOT NULL,
    started_ns INTEGER NOT NULL,
    last_ns INTEGER NOT NULL,
    ended_ns INTEGER NOT NULL,
    end TEXT NOT NULL CHECK (end IN ('running', 'stopped', 'idle', 'capture_ended', 'interrupted')),
    total_packets INTEGER NOT NULL,
    refused_packets INTEGER NOT NULL,
    uplink_packets INTEGER NOT NULL,
    uplink_sizes INTEGER NOT NULL,
    uplink_squared_sizes INTEGER NOT NULL,
    uplink_gaps_ms REAL NOT NULL,
    uplink_squared_gaps_ms REAL NOT NULL,
    downlink_packets INTEGER NOT NULL,
    downlink_sizes INTEGER NOT NULL,
    downlink_squared_sizes INTEGER NOT NULL,
    downlink_gaps_ms REAL NOT NULL,
    downlink_squared_gaps_ms REAL NOT NULL,
    entropies REAL NOT NULL,
    entropy_count INTEGER NOT NULL,
    notes TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE recording_packets (
    recording_id TEXT NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
    first INTEGER NOT NULL,
    packets BLOB NOT NULL,
    UNIQUE (recording_id, first)
) STRICT;

CREATE TABLE masks (
    id TEXT PRIMARY KEY,
    origin TEXT NOT NULL CHECK (origin IN ('own', 'imported', 'bundled')),
    text TEXT NOT NULL,
    recording_id TEXT NOT NULL,
    added_at_ns INTEGER NOT NULL
) STRICT;

CREATE TABLE mask_keys (
    id TEXT PRIMARY KEY,
    label TEXT NOT NULL,
    public_key BLOB NOT NULL CHECK (length(public_key) = 32),
    private_file TEXT NOT NULL,
    trusted INTEGER NOT NULL
) STRICT;
)sql";

// Signals, trends by minute, anomalies, risks; what analyses learnt about flows; suppressions of the workspace. Texts
// of signals are numbered per capture; lists are numbers with spaces between them.
constexpr const char* kTrends = R"sql(
CREATE TABLE trend_texts (
    capture_id INTEGER NOT NULL REFERENCES captures (id) ON DELETE CASCADE,
    id INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (capture_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE trend_signals (
    capture_id INTEGER NOT NULL REFERENCES captures (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    time_ms INTEGER NOT NULL,
    type TEXT NOT NULL,
    value INTEGER NOT NULL,
    entity INTEGER NOT NULL,
    session INTEGER NOT NULL,
    flow INTEGER,
    PRIMARY KEY (capture_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE trend_minutes (
    capture_id INTEGER NOT NULL REFERENCES captures (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    start_ms INTEGER NOT NULL,
    end_ms INTEGER NOT NULL,
    type TEXT NOT NULL,
    count INTEGER NOT NULL,
    unique_values INTEGER NOT NULL,
    unique_entities INTEGER NOT NULL,
    PRIMARY KEY (capture_id, position, type)
) STRICT, WITHOUT ROWID;

CREATE TABLE trend_anomalies (
    capture_id INTEGER NOT NULL REFERENCES captures (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    detected_ms INTEGER NOT NULL,
    last_ms INTEGER NOT NULL,
    type TEXT NOT NULL,
    category TEXT NOT NULL,
    severity TEXT NOT NULL,
    count INTEGER NOT NULL,
    risk INTEGER,
    points INTEGER NOT NULL,
    entities TEXT NOT NULL,
    signals TEXT NOT NULL,
    flows TEXT NOT NULL,
    previous_value TEXT NOT NULL,
    new_value TEXT NOT NULL,
    template TEXT NOT NULL,
    source TEXT NOT NULL,
    token_hash_prefix TEXT NOT NULL,
    ip_count INTEGER,
    change_count INTEGER,
    time_delta_ms INTEGER,
    threshold REAL,
    actual REAL,
    detection_method TEXT NOT NULL,
    PRIMARY KEY (capture_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE trend_risks (
    capture_id INTEGER NOT NULL REFERENCES captures (id) ON DELETE CASCADE,
    entity INTEGER NOT NULL,
    points INTEGER NOT NULL,
    decayed REAL NOT NULL,
    last_ms INTEGER NOT NULL,
    anomalies INTEGER NOT NULL,
    PRIMARY KEY (capture_id, entity)
) STRICT, WITHOUT ROWID;

CREATE TABLE trend_counters (
    capture_id INTEGER NOT NULL REFERENCES captures (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    value INTEGER NOT NULL,
    PRIMARY KEY (capture_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE flow_traits (
    capture_id INTEGER NOT NULL REFERENCES captures (id) ON DELETE CASCADE,
    flow INTEGER NOT NULL,
    ja4 TEXT NOT NULL,
    ja3 TEXT NOT NULL,
    user_agent TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    anomalies INTEGER NOT NULL,
    PRIMARY KEY (capture_id, flow)
) STRICT, WITHOUT ROWID;

CREATE TABLE suppressions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    type TEXT NOT NULL,
    entity TEXT NOT NULL,
    other_entity TEXT NOT NULL,
    ja4 TEXT NOT NULL,
    from_ms INTEGER,
    to_ms INTEGER,
    reason TEXT NOT NULL,
    expires_ms INTEGER
) STRICT;
)sql";

// Voice streams with both verdicts, and the reasons of the calibrated one.
constexpr const char* kAudio = R"sql(
CREATE TABLE audio_streams (
    capture_id INTEGER NOT NULL REFERENCES captures (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    flow_index INTEGER NOT NULL,
    side TEXT NOT NULL,
    source_address TEXT NOT NULL,
    source_port INTEGER NOT NULL,
    destination_address TEXT NOT NULL,
    destination_port INTEGER NOT NULL,
    protocol TEXT NOT NULL,
    found_by TEXT NOT NULL,
    inside TEXT NOT NULL,
    media TEXT NOT NULL,
    ssrc INTEGER NOT NULL,
    codec TEXT NOT NULL,
    payload_types TEXT NOT NULL,
    clock_hz INTEGER NOT NULL,
    first_ns INTEGER NOT NULL,
    last_ns INTEGER NOT NULL,
    first_packet INTEGER NOT NULL,
    last_packet INTEGER NOT NULL,
    packets INTEGER NOT NULL,
    payload_bytes INTEGER NOT NULL,
    expected INTEGER NOT NULL,
    lost INTEGER NOT NULL,
    duplicates INTEGER NOT NULL,
    late INTEGER NOT NULL,
    reports INTEGER NOT NULL,
    jitter_ms REAL,
    frame_ms REAL NOT NULL,
    exact_codec INTEGER NOT NULL,
    exact_packets INTEGER NOT NULL,
    exact_score REAL,
    exact_verdict TEXT NOT NULL,
    gap_variation REAL,
    silence_fraction REAL NOT NULL,
    bitrate_ratio REAL,
    quality_variation REAL,
    size_bimodality REAL,
    verdict TEXT NOT NULL,
    probability REAL NOT NULL,
    confidence REAL NOT NULL,
    missing TEXT NOT NULL,
    mos REAL,
    rating REAL,
    delay_ms REAL,
    delay_measured INTEGER NOT NULL,
    codec_known INTEGER NOT NULL,
    bins_begin_ns INTEGER NOT NULL,
    bin_ns INTEGER NOT NULL,
    bins BLOB,
    PRIMARY KEY (capture_id, position)
) STRICT;

CREATE TABLE audio_reasons (
    capture_id INTEGER NOT NULL REFERENCES captures (id) ON DELETE CASCADE,
    stream INTEGER NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    text TEXT NOT NULL,
    value REAL NOT NULL,
    low REAL NOT NULL,
    high REAL NOT NULL,
    unit TEXT NOT NULL,
    weight REAL NOT NULL,
    PRIMARY KEY (capture_id, stream, position)
) STRICT, WITHOUT ROWID;
)sql";

// Notes belong to the content of a file, not to one analysis of it: removing a capture leaves them.
constexpr const char* kNotes = R"sql(
CREATE TABLE noted_files (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL,
    file_size INTEGER NOT NULL,
    file_modified_ns INTEGER NOT NULL,
    content_key TEXT NOT NULL,
    UNIQUE (content_key, file_size)
) STRICT;

CREATE TABLE notes (
    id INTEGER PRIMARY KEY AUTOINCREMENT CHECK (id BETWEEN 1 AND 2147483647),
    file_id INTEGER NOT NULL REFERENCES noted_files (id) ON DELETE CASCADE,
    subject TEXT NOT NULL CHECK (subject IN ('capture', 'flow', 'range', 'recording', 'mask', 'anomaly')),
    object TEXT NOT NULL,
    bookmark INTEGER NOT NULL,
    text TEXT NOT NULL,
    first_time_ns INTEGER,
    last_time_ns INTEGER,
    created_ns INTEGER NOT NULL,
    changed_ns INTEGER NOT NULL,
    transport INTEGER,
    ip_protocol INTEGER,
    address_a TEXT,
    port_a INTEGER,
    address_b TEXT,
    port_b INTEGER,
    in_tunnel INTEGER,
    first_packet INTEGER,
    flow_started_ns INTEGER
) STRICT;
CREATE INDEX notes_by_file ON notes (file_id);

CREATE TABLE note_tags (
    note_id INTEGER NOT NULL REFERENCES notes (id) ON DELETE CASCADE,
    tag TEXT NOT NULL,
    PRIMARY KEY (note_id, tag)
) STRICT, WITHOUT ROWID;
)sql";

// Checks of flows against masks: what was asked, the masks, what each window looked like, and both scores. `state`
// packs status (bits 0 and 1), last check of the flow (2) and telemetry beyond its limits (3); exact NULL is NaN.
constexpr const char* kResonance = R"sql(
CREATE TABLE resonance_runs (
    capture_id INTEGER PRIMARY KEY REFERENCES captures (id) ON DELETE CASCADE,
    warning REAL NOT NULL,
    compromised REAL NOT NULL,
    checks INTEGER NOT NULL,
    checks_dropped INTEGER NOT NULL,
    windows_dropped INTEGER NOT NULL,
    flows_not_watched INTEGER NOT NULL,
    flows_too_short INTEGER NOT NULL,
    masks_refused INTEGER NOT NULL
) STRICT;

CREATE TABLE resonance_masks (
    capture_id INTEGER NOT NULL REFERENCES captures (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    mask_id TEXT NOT NULL,
    losses INTEGER NOT NULL,
    mean_loss REAL NOT NULL,
    round_trips INTEGER NOT NULL,
    mean_round_trip_ms REAL NOT NULL,
    anomalous INTEGER NOT NULL,
    PRIMARY KEY (capture_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE resonance_windows (
    capture_id INTEGER NOT NULL REFERENCES captures (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    flow INTEGER NOT NULL,
    from_ns INTEGER NOT NULL,
    to_ns INTEGER NOT NULL,
    initiator_packets INTEGER NOT NULL,
    responder_packets INTEGER NOT NULL,
    features BLOB NOT NULL,
    PRIMARY KEY (capture_id, number)
) STRICT;

CREATE TABLE resonance_checks (
    capture_id INTEGER NOT NULL REFERENCES captures (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    flow INTEGER NOT NULL,
    time_ns INTEGER NOT NULL,
    mask INTEGER NOT NULL,
    packets INTEGER NOT NULL,
    state INTEGER NOT NULL,
    exact REAL,
    score REAL NOT NULL,
    confidence REAL NOT NULL,
    window INTEGER,
    contributions BLOB NOT NULL,
    PRIMARY KEY (capture_id, position)
) STRICT, WITHOUT ROWID;

ALTER TABLE flow_rows ADD COLUMN mask TEXT;
ALTER TABLE flow_rows ADD COLUMN resonance REAL;
)sql";

// Stretches of time in which packets were lost, and the stretch whose packets the ring of a live capture has removed.
constexpr const char* kLosses = R"sql(
CREATE TABLE losses (
    capture_id INTEGER NOT NULL REFERENCES captures (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    first_time_ns INTEGER NOT NULL,
    last_time_ns INTEGER NOT NULL,
    interface_drops INTEGER NOT NULL,
    kernel_drops INTEGER NOT NULL,
    ring_losses INTEGER NOT NULL,
    PRIMARY KEY (capture_id, position)
) STRICT, WITHOUT ROWID;

ALTER TABLE interfaces ADD COLUMN kernel_dropped INTEGER;
ALTER TABLE captures ADD COLUMN ring_first_time_ns INTEGER;
ALTER TABLE captures ADD COLUMN ring_last_time_ns INTEGER;
)sql";

// What is missing for a verdict was an English sentence once; now it is the name of a kind, which
// the figures tell.
constexpr const char* kMissingNames = R"sql(
UPDATE audio_streams SET missing = CASE
    WHEN media = 'video' THEN 'judge'
    WHEN packets < 50 THEN 'packets'
    WHEN last_ns - first_ns < 800000000 THEN 'time'
    ELSE 'clarity' END
    WHERE missing <> '';
)sql";

// Checks and windows in blocks of thousands; those of captures analysed before stay in their rows.
constexpr const char* kResonanceBlocks = R"sql(
CREATE TABLE resonance_window_blocks (
    capture_id INTEGER NOT NULL REFERENCES captures (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    windows BLOB NOT NULL,
    PRIMARY KEY (capture_id, position)
) STRICT;

CREATE TABLE resonance_check_blocks (
    capture_id INTEGER NOT NULL REFERENCES captures (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    checks BLOB NOT NULL,
    PRIMARY KEY (capture_id, position)
) STRICT;
)sql";

constexpr std::array kSteps{kCaptures, kFlowRows,  kFlowView, kRecordingsAndMasks, kTrends, kAudio,
                            kNotes,    kResonance, kLosses,   kMissingNames,
                            kResonanceBlocks};

using SchemaTexts = std::map<std::string, std::string, std::less<>>; // "table captures" → its CREATE text

Result<SchemaTexts> readSchema(Connection& connection)
{
    constexpr std::string_view kAttempt = "read the workspace";
    auto statement = connection.prepare("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL", kAttempt);
    if (!statement)
        return statement.error();
    SchemaTexts texts;
    while (true) {
        auto row = statement->step(kAttempt);
        if (!row)
            return row.error();
        if (!*row)
            return texts;
        texts.emplace(fmt::format("{} {}", statement->text(0), statement->text(1)), statement->text(2));
    }
}

Result<SchemaTexts> expectedSchema(int version)
{
    auto model = Connection::open({}, OpenMode::Memory, 0, {});
    if (!model)
        return model.error();
    if (auto built = migrate(*model, version); !built)
        return built.error();
    return readSchema(*model);
}

} // namespace

int currentSchemaVersion()
{
    return static_cast<int>(kSteps.size());
}

Result<void> migrate(Connection& connection, int target)
{
    auto version = connection.queryInteger("PRAGMA user_version", kUpgrade);
    if (!version)
        return version.error();
    for (auto next = static_cast<int>(*version); next < target; ++next) {
        auto transaction = Transaction::begin(connection, kUpgrade);
        if (!transaction)
            return transaction.error();
        if (auto done = connection.execute(kSteps[static_cast<std::size_t>(next)], kUpgrade); !done)
            return done;
        const std::string marks =
            fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}", kApplicationId, next + 1);
        if (auto done = connection.execute(marks.c_str(), kUpgrade); !done)
            return done;
        if (auto done = transaction->commit(kUpgrade); !done)
            return done;
    }
    return {};
}

Result<void> verifySchema(Connection& connection, int version)
{
    auto found = readSchema(connection);
    if (!found)
        return found.error();
    auto expected = expectedSchema(version);
    if (!expected)
        return expected.error();
    const auto damaged = [](std::string detail) {
        return Error{ErrorCode::Damaged,
                     "Cannot open the workspace: its tables are not the ones Timbre makes. Open another workspace.",
                     std::move(detail)};
    };
    for (const auto& [name, text] : *expected) {
        const auto same = found->find(name);
        if (same == found->end() || same->second != text)
            return damaged(fmt::format("schema version {}: {} is missing or differs", version, name));
    }
    for (const auto& [name, text] : *found) {
        if (name.starts_with("trigger "))
            return damaged(fmt::format("unexpected {}", name));
    }
    return {};
}

} // namespace timbre::store
