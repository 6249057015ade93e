#include "engine/store/schema_steps.h"

// Tables of what is found in captures, and of recordings and masks.

namespace timbre::store::schema {

// Recordings with what is known of their packets (packed, see the manual), masks as the text of their files, keys.
const char* const kRecordingsAndMasks = R"sql(
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
const char* const kTrends = R"sql(
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
const char* const kAudio = R"sql(
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

// Checks of flows against masks: what was asked, the masks, what each window looked like, and both scores. `state`
// packs status (bits 0 and 1), last check of the flow (2) and telemetry beyond its limits (3); exact NULL is NaN.
const char* const kResonance = R"sql(
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

// What is missing for a verdict was an English sentence once; now it is the name of a kind, which
// the figures tell.
const char* const kMissingNames = R"sql(
UPDATE audio_streams SET missing = CASE
    WHEN media = 'video' THEN 'judge'
    WHEN packets < 50 THEN 'packets'
    WHEN last_ns - first_ns < 800000000 THEN 'time'
    ELSE 'clarity' END
    WHERE missing <> '';
)sql";

// Checks and windows in blocks of thousands; those of captures analysed before stay in their rows.
const char* const kResonanceBlocks = R"sql(
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

} // namespace timbre::store::schema
