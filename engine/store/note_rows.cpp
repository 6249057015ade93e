#include "engine/store/note_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace timbre::store {

namespace {

constexpr std::string_view kSave = "save the note in the workspace";
constexpr std::string_view kLoad = "read the notes of the workspace";

constexpr std::array kSubjects{NoteSubject::Capture,   NoteSubject::Flow, NoteSubject::Range,
                               NoteSubject::Recording, NoteSubject::Mask, NoteSubject::Anomaly};

std::int64_t number(NoteKey key)
{
    return static_cast<std::int64_t>(key);
}

/// The row of the file, or nothing.
Result<std::optional<std::int64_t>> findFile(Connection& connection, const FileIdentity& file)
{
    auto row = connection.prepare("SELECT id FROM noted_files WHERE file_size = ?1 AND content_key = ?2", kLoad);
    if (!row)
        return row.error();
    row->bind(1, file.size);
    row->bind(2, file.contentKey);
    auto found = row->step(kLoad);
    if (!found)
        return found.error();
    return *found ? std::optional(row->integer(0)) : std::nullopt;
}

Result<std::int64_t> fileRow(Connection& connection, const FileIdentity& file)
{
    auto known = findFile(connection, file);
    if (!known || *known)
        return known ? Result<std::int64_t>(**known) : known.error();
    auto insert = connection.prepare(
        "INSERT INTO noted_files (path, file_size, file_modified_ns, content_key) VALUES (?1, ?2, ?3, ?4)", kSave);
    if (!insert)
        return insert.error();
    insert->bind(1, file.path);
    insert->bind(2, file.size);
    insert->bind(3, file.modified.ns);
    insert->bind(4, file.contentKey);
    if (auto done = insert->run(kSave); !done)
        return done.error();
    return connection.queryInteger("SELECT last_insert_rowid()", kSave);
}

Result<void> dropFilesWithoutNotes(Connection& connection)
{
    return connection.execute("DELETE FROM noted_files WHERE id NOT IN (SELECT file_id FROM notes)", kSave);
}

void bindFlow(Statement& insert, const FlowAnchor& flow, std::string& a, std::string& b)
{
    a = toString(flow.key.a());
    b = toString(flow.key.b());
    insert.bind(10, static_cast<std::uint32_t>(flow.key.l4));
    insert.bind(11, std::uint32_t{flow.key.protocol});
    insert.bind(12, a);
    insert.bind(13, std::uint32_t{flow.key.portA});
    insert.bind(14, b);
    insert.bind(15, std::uint32_t{flow.key.portB});
    insert.bind(16, flow.inTunnel ? 1 : 0);
    insert.bind(17, flow.firstPacket);
    insert.bind(18, flow.started.ns);
}

Result<void> insertTags(Connection& connection, const Note& note)
{
    auto insert = connection.prepare("INSERT INTO note_tags (note_id, tag) VALUES (?1, ?2)", kSave);
    if (!insert)
        return insert.error();
    for (const std::string& tag : note.tags) {
        insert->bind(1, number(note.key));
        insert->bind(2, tag);
        if (auto done = insert->run(kSave); !done)
            return done;
    }
    return {};
}

Result<void> deleteNoteRow(Connection& connection, NoteKey key)
{
    auto remove = connection.prepare("DELETE FROM notes WHERE id = ?1", kSave);
    if (!remove)
        return remove.error();
    remove->bind(1, number(key));
    return remove->run(kSave);
}

Error damaged(std::int64_t id, std::string_view what)
{
    return {ErrorCode::Damaged, "A stored note is damaged in the workspace.", fmt::format("note {}: {}", id, what)};
}

void putAddress(std::array<std::uint8_t, 16>& out, const IpAddress& address)
{
    out = address.octets;
}

Result<FlowAnchor> readFlow(const Statement& row)
{
    FlowAnchor flow;
    const auto l4 = row.natural(8);
    const auto protocol = row.natural(9);
    const auto portA = row.natural(11);
    const auto portB = row.natural(13);
    const auto a = IpAddress::parse(row.text(10));
    const auto b = IpAddress::parse(row.text(12));
    const bool fits = l4 <= static_cast<std::uint64_t>(decode::L4::Sctp) && protocol <= 0xff && portA <= 0xffff &&
                      portB <= 0xffff && a && b && a->family == b->family;
    if (!fits)
        return damaged(row.integer(0), "its flow");
    flow.key.l4 = static_cast<decode::L4>(l4);
    flow.key.protocol = static_cast<std::uint8_t>(protocol);
    flow.key.family = a->family;
    putAddress(flow.key.addressA, *a);
    putAddress(flow.key.addressB, *b);
    flow.key.portA = static_cast<std::uint16_t>(portA);
    flow.key.portB = static_cast<std::uint16_t>(portB);
    flow.inTunnel = row.integer(14) != 0;
    flow.firstPacket = row.natural(15);
    flow.started = {row.integer(16)};
    return flow;
}

Result<Note> readNote(const Statement& row)
{
    Note note;
    note.key = static_cast<NoteKey>(row.natural(0));
    const std::string_view subject = row.text(1);
    const auto known = std::ranges::find_if(kSubjects, [&](NoteSubject one) { return subject == toString(one); });
    if (known == kSubjects.end())
        return damaged(row.integer(0), "its subject");
    note.subject = *known;
    note.object = row.text(2);
    note.bookmark = row.integer(3) != 0;
    note.text = row.text(4);
    if (!row.isNull(5))
        note.range = TimeRange{{row.integer(5)}, {row.integer(6)}};
    note.created = {row.integer(7)};
    note.changed = {row.integer(17)};
    if (note.subject == NoteSubject::Flow) {
        auto flow = readFlow(row);
        if (!flow)
            return flow.error();
        note.flow = *flow;
    }
    return note;
}

Result<void> readTags(Connection& connection, std::int64_t file, std::vector<Note>& notes)
{
    auto row = connection.prepare("SELECT note_id, tag FROM note_tags JOIN notes ON notes.id = note_id"
                                  " WHERE file_id = ?1 ORDER BY note_id, tag",
                                  kLoad);
    if (!row)
        return row.error();
    row->bind(1, file);
    while (true) {
        auto more = row->step(kLoad);
        if (!more)
            return more.error();
        if (!*more)
            return {};
        const auto key = static_cast<NoteKey>(row->natural(0));
        const auto note = std::ranges::find(notes, key, &Note::key);
        if (note != notes.end())
            note->tags.emplace_back(row->text(1));
    }
}

} // namespace

Result<void> saveNote(Connection& connection, const FileIdentity& file, const Note& note)
{
    if (auto done = deleteNoteRow(connection, note.key); !done)
        return done;
    auto fileId = fileRow(connection, file);
    if (!fileId)
        return fileId.error();
    auto insert = connection.prepare(
        "INSERT INTO notes (id, file_id, subject, object, bookmark, text, first_time_ns, last_time_ns, created_ns,"
        " transport, ip_protocol, address_a, port_a, address_b, port_b, in_tunnel, first_packet, flow_started_ns,"
        " changed_ns) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)",
        kSave);
    if (!insert)
        return insert.error();
    std::string a, b; // live until the statement has run
    insert->bind(1, number(note.key));
    insert->bind(2, *fileId);
    insert->bind(3, std::string_view(toString(note.subject)));
    insert->bind(4, note.object);
    insert->bind(5, note.bookmark ? 1 : 0);
    insert->bind(6, note.text);
    if (note.range) {
        insert->bind(7, note.range->begin.ns);
        insert->bind(8, note.range->end.ns);
    }
    insert->bind(9, note.created.ns);
    if (note.flow)
        bindFlow(*insert, *note.flow, a, b);
    insert->bind(19, note.changed.ns);
    if (auto done = insert->run(kSave); !done)
        return done;
    return insertTags(connection, note);
}

Result<void> deleteNote(Connection& connection, NoteKey key)
{
    if (auto done = deleteNoteRow(connection, key); !done)
        return done;
    return dropFilesWithoutNotes(connection);
}

Result<void> moveNotes(Connection& connection, const FileIdentity& from, const FileIdentity& to)
{
    auto source = findFile(connection, from);
    if (!source)
        return source.error();
    if (!*source)
        return {};
    auto target = fileRow(connection, to);
    if (!target)
        return target.error();
    if (*target == **source)
        return {};
    auto update = connection.prepare("UPDATE notes SET file_id = ?1 WHERE file_id = ?2", kSave);
    if (!update)
        return update.error();
    update->bind(1, *target);
    update->bind(2, **source);
    if (auto done = update->run(kSave); !done)
        return done;
    return dropFilesWithoutNotes(connection);
}

Result<std::vector<Note>> readNotes(Connection& connection, const FileIdentity& file)
{
    auto fileId = findFile(connection, file);
    if (!fileId)
        return fileId.error();
    std::vector<Note> notes;
    if (!*fileId)
        return notes;
    auto row = connection.prepare(
        "SELECT id, subject, object, bookmark, text, first_time_ns, last_time_ns, created_ns, transport, ip_protocol,"
        " address_a, port_a, address_b, port_b, in_tunnel, first_packet, flow_started_ns, changed_ns"
        " FROM notes WHERE file_id = ?1 ORDER BY id",
        kLoad);
    if (!row)
        return row.error();
    row->bind(1, **fileId);
    while (true) {
        auto more = row->step(kLoad);
        if (!more)
            return more.error();
        if (!*more)
            break;
        auto note = readNote(*row);
        if (!note)
            return note.error();
        notes.push_back(std::move(*note));
    }
    if (auto done = readTags(connection, **fileId, notes); !done)
        return done.error();
    return notes;
}

} // namespace timbre::store
