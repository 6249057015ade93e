#include "ui/models/note_search.h"

#include "ui/models/format.h"
#include "ui/models/notes_model.h"

#include <algorithm>

namespace timbre::ui {

namespace {

class NoteRow : public query::RowReader {
public:
    explicit NoteRow(const store::Note& note)
        : m_text(note.text)
    {
        for (const std::string& tag : note.tags) {
            if (!m_tags.empty())
                m_tags += query::kListSeparator;
            m_tags += tag;
        }
    }

    std::size_t integers(query::Field, std::span<std::int64_t, query::kMaxValues>) const override { return 0; }
    std::size_t reals(query::Field, std::span<double, query::kMaxValues>) const override { return 0; }
    std::size_t texts(query::Field field, std::span<query::TextRef, query::kMaxValues> out) const override
    {
        const bool text = field == query::Field::NoteText;
        const std::string& value = text ? m_text : m_tags;
        if ((!text && field != query::Field::Tag) || value.empty())
            return 0;
        out[0] = {0, value};
        return 1;
    }
    std::size_t addresses(query::Field, std::span<IpAddress, query::kMaxValues>) const override { return 0; }
    [[nodiscard]] std::string_view name(StringId) const override { return {}; }
    [[nodiscard]] bool is(query::Only) const override { return false; }

private:
    std::string m_text;
    std::string m_tags;
};

bool speaksOfNotesAlone(const query::Expression& expression)
{
    const bool leaf = expression.children.empty();
    const bool note = expression.field.field == query::Field::NoteText || expression.field.field == query::Field::Tag;
    return leaf
               ? note
               : std::ranges::all_of(expression.children, [](const auto& child) { return speaksOfNotesAlone(*child); });
}

} // namespace

void NoteSearch::setText(const QString& text)
{
    m_words = text.trimmed();
    m_filter.reset();
    const auto compiled = query::Filter::compile(m_words.toStdString());
    if (compiled.filter && !m_words.isEmpty() && speaksOfNotesAlone(*compiled.filter->expression()))
        m_filter = compiled.filter;
}

bool NoteSearch::fits(const QStringList& texts) const
{
    return isEmpty() || std::any_of(texts.begin(), texts.end(), [this](const QString& text) {
               return text.contains(m_words, Qt::CaseInsensitive);
           });
}

bool NoteSearch::fits(const store::Note& note) const
{
    if (m_filter)
        return query::FilterRun(*m_filter, {}).matches(NoteRow(note));
    QStringList texts{toQString(note.text)};
    for (const std::string& tag : note.tags)
        texts << toQString(tag);
    return fits(texts);
}

std::vector<const store::Note*> notesAbout(const std::shared_ptr<const pipeline::NoteList>& list,
                                           store::NoteSubject subject, const std::string& object)
{
    std::vector<const store::Note*> found;
    if (!list)
        return found;
    for (const pipeline::ShownNote& shown : *list) {
        if (shown.note.subject == subject && shown.note.object == object)
            found.push_back(&shown.note);
    }
    return found;
}

QString notesLine(const std::vector<const store::Note*>& notes)
{
    QStringList titles;
    for (const store::Note* note : notes)
        titles << titleOf(*note);
    return titles.join(QStringLiteral(" · "));
}

} // namespace timbre::ui
