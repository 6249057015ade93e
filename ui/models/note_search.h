#pragma once

// What is typed into a search field over things that have notes: plain words, or an expression of the filter language
// with note.text and tag ("tag == ours and note.text contains odd").

#include "engine/pipeline/shown_notes.h"
#include "engine/query/filter.h"

#include <QtCore/QString>
#include <QtCore/QStringList>

namespace timbre::ui {

class NoteSearch {
public:
    void setText(const QString& text);
    [[nodiscard]] bool isEmpty() const { return m_words.isEmpty(); }

    /// One of the texts contains what is searched for.
    [[nodiscard]] bool fits(const QStringList& texts) const;
    /// The text or a tag of the note does.
    [[nodiscard]] bool fits(const store::Note& note) const;

private:
    QString m_words;
    std::shared_ptr<const query::Filter> m_filter; // null: the text is none, or asks for more than notes have
};

/// The notes about one thing, in the order of the list, which may be null.
[[nodiscard]] std::vector<const store::Note*> notesAbout(const std::shared_ptr<const pipeline::NoteList>& list,
                                                         store::NoteSubject subject, const std::string& object);
/// Their first lines, as a table has room for: "odd · Bookmark".
[[nodiscard]] QString notesLine(const std::vector<const store::Note*>& notes);

} // namespace timbre::ui
