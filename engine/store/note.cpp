#include "engine/store/note.h"

#include <fmt/format.h>

#include <algorithm>

namespace timbre::store {

namespace {

void dropControls(std::string& text)
{
    std::erase_if(text, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7f;
    });
}

void trim(std::string& text)
{
    constexpr std::string_view kBlanks = " \t\n";
    const std::size_t first = text.find_first_not_of(kBlanks);
    if (first == std::string::npos) {
        text.clear();
        return;
    }
    text = text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

Error refused(std::string message)
{
    return {ErrorCode::Invalid, std::move(message), {}};
}

void tidyTags(std::vector<std::string>& tags)
{
    for (std::string& tag : tags) {
        dropControls(tag);
        trim(tag);
    }
    std::erase(tags, std::string());
    std::ranges::sort(tags);
    tags.erase(std::unique(tags.begin(), tags.end()), tags.end());
}

} // namespace

const char* toString(NoteSubject subject)
{
    constexpr const char* kNames[] = {"capture", "flow", "range", "recording", "mask", "anomaly"};
    return kNames[static_cast<std::size_t>(subject)];
}

Result<Note> tidied(Note note)
{
    dropControls(note.text);
    trim(note.text);
    tidyTags(note.tags);
    if (note.text.size() > kMaxNoteBytes)
        return refused(fmt::format("The note is longer than {} bytes. Shorten it.", kMaxNoteBytes));
    if (note.tags.size() > kMaxTags)
        return refused(fmt::format("A note has at most {} tags.", kMaxTags));
    if (std::ranges::any_of(note.tags, [](const std::string& tag) { return tag.size() > kMaxTagBytes; }))
        return refused(fmt::format("A tag has at most {} bytes.", kMaxTagBytes));
    if (note.text.empty() && note.tags.empty() && !note.bookmark)
        return refused("The note says nothing yet: write a text or a tag, or make it a bookmark.");
    const bool whole = (note.subject != NoteSubject::Flow || note.flow.has_value()) &&
                       (note.subject != NoteSubject::Range || note.range.has_value()) &&
                       (note.subject < NoteSubject::Recording || !note.object.empty());
    if (!whole)
        return refused("The note does not say what it is about.");
    return note;
}

} // namespace timbre::store
