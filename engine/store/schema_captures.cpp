#include "engine/store/schema_steps.h"

// Tables of captures and their flows, and of what people note about them.

namespace timbre::store::schema {

// Captures, and what is known of each beside its flows.
const char* const kCaptures = R"sql(
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

// One narrow row per flow. Columns are packed because reading and writing cost by the column (45 plain columns took
// twice the time); the view below unpacks them. No foreign key: the check would cost as much as the row, and rows
// go before their capture, in slices. id is capture_id * 2^32 + flow_index, so that rows of a capture lie together.
const char* const kFlowRows = R"sql(
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

// The flows with telling names, for people and their SQL.
const char* const kFlowView = R"sql(
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

// Stretches of time in which packets were lost, and the stretch whose packets the ring of a live capture has removed.
const char* const kLosses = R"sql(
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

// Notes belong to the content of a file, not to one analysis of it: removing a capture leaves them.
const char* const kNotes = R"sql(
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

} // namespace timbre::store::schema
