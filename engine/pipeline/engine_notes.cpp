// The engine thread's part in notes: they are read from the store when a capture is opened, and what the note book
// gathered is handed to the store's writer.

#include "engine/pipeline/engine_thread.h"

namespace timbre::pipeline {

store::FileIdentity liveNotesOf(const std::filesystem::path& spool)
{
    return {spool.string(), 0, {}, "live " + spool.string()};
}

void EngineThread::beginNotes(CaptureId id, const store::FileIdentity& file)
{
    std::vector<store::Note> notes;
    const auto load = [&](const store::FileIdentity& of) {
        auto found = m_reader->loadNotes(of);
        if (!found)
            setProblem(found.error());
        else
            notes.insert(notes.end(), found->begin(), found->end());
        return found.ok() && !found->empty();
    };
    if (m_reader) {
        if (m_workspace) {
            writeNotes();
            m_workspace->flush(); // what this program wrote of the file a moment ago
        }
        load(file);
        // A program that died while capturing could not say which file its notes are about in the end.
        if (load(liveNotesOf(file.path)) && m_workspace)
            m_workspace->moveNotes(liveNotesOf(file.path), file);
    }
    m_notes.begin(id, file, std::move(notes));
}

void EngineThread::beginWorkspaceNotes()
{
    std::vector<store::Note> notes;
    if (m_reader) {
        if (auto found = m_reader->loadNotes(workspaceNotesFile()))
            notes = std::move(*found);
        else
            setProblem(found.error());
    }
    m_notes.beginWorkspace(std::move(notes));
    m_observer.recordingsChanged();
}

void EngineThread::writeNotes()
{
    if (m_workspace && m_notes.unwritten())
        m_notes.writeTo(*m_workspace);
}

} // namespace timbre::pipeline
