#pragma once

// How notes lie in the tables noted_files, notes and note_tags. The writer calls these inside its transactions.

#include "engine/store/file_identity.h"
#include "engine/store/note.h"
#include "engine/store/sqlite.h"

namespace timbre::store {

/// Adds the note, or replaces the one with its key.
Result<void> saveNote(Connection& connection, const FileIdentity& file, const Note& note);
/// Nothing happens when there is none; a file without notes is forgotten.
Result<void> deleteNote(Connection& connection, NoteKey key);
/// The notes of `from` belong to `to` from now on: the file has grown, or was saved elsewhere.
Result<void> moveNotes(Connection& connection, const FileIdentity& from, const FileIdentity& to);

/// By key. A file is known by its size and the hash of its content alone.
Result<std::vector<Note>> readNotes(Connection& connection, const FileIdentity& file);

} // namespace timbre::store
