#include "engine/store/capture_rows.h"

namespace timbre::store {

namespace {

struct Candidate {
    CaptureKey key = CaptureKey::None;
    bool complete = false;
    FileIdentity file;
    std::string analysisKey;
};

Result<std::vector<Candidate>> readCandidates(Connection& connection, const FileIdentity& file)
{
    constexpr std::string_view kLoad = "read the workspace";
    auto row = connection.prepare("SELECT id, state = 'complete', path, file_size, file_modified_ns, content_key,"
                                  " analysis_key FROM captures WHERE state NOT IN ('writing', 'removing')"
                                  " AND (path = ?1 OR content_key = ?2) ORDER BY id DESC",
                                  kLoad);
    if (!row)
        return row.error();
    row->bind(1, file.path);
    row->bind(2, file.contentKey);
    std::vector<Candidate> candidates;
    while (true) {
        auto more = row->step(kLoad);
        if (!more)
            return more.error();
        if (!*more)
            return candidates;
        candidates.push_back(
            {static_cast<CaptureKey>(row->natural(0)),
             row->integer(1) != 0,
             {std::string(row->text(2)), row->natural(3), {row->integer(4)}, std::string(row->text(5))},
             std::string(row->text(6))});
    }
}

/// What of `now` is not as it was. Requires: the contents differ.
Difference differenceOf(const FileIdentity& before, const FileIdentity& now)
{
    if (before.size != now.size)
        return Difference::Size;
    return before.contentKey != now.contentKey ? Difference::Content : Difference::Time;
}

void recogniseByPath(const std::vector<Candidate>& candidates, const FileIdentity& file, std::string_view analysisKey,
                     RecognisedFile& found)
{
    for (const Candidate& candidate : candidates) {
        if (candidate.file.path != file.path)
            continue;
        const bool same = candidate.file.sameContent(file);
        const bool sameAnalysis = candidate.analysisKey == analysisKey;
        if (candidate.complete && same && sameAnalysis && found.usable == CaptureKey::None) {
            found.recognition = Recognition::Unchanged;
            found.difference = Difference::None;
            found.usable = candidate.key;
            continue;
        }
        // Another kind of analysis of the same content stays: the analyst may go back to those options.
        if (!candidate.complete || !same || sameAnalysis)
            found.outdated.push_back(candidate.key);
        if (found.recognition == Recognition::New && candidate.complete) {
            found.recognition = Recognition::Changed;
            found.difference = same ? Difference::Analysis : differenceOf(candidate.file, file);
        }
    }
}

} // namespace

Result<RecognisedFile> recogniseFile(Connection& connection, const FileIdentity& file, std::string_view analysisKey)
{
    auto candidates = readCandidates(connection, file);
    if (!candidates)
        return candidates.error();
    RecognisedFile found;
    recogniseByPath(*candidates, file, analysisKey, found);
    if (found.usable != CaptureKey::None)
        return found;
    for (const Candidate& candidate : *candidates) {
        if (candidate.file.path != file.path && candidate.complete && candidate.analysisKey == analysisKey &&
            candidate.file.sameContent(file)) {
            found.recognition = Recognition::Moved;
            found.difference = Difference::None;
            found.usable = candidate.key;
            found.previousPath = candidate.file.path;
            break;
        }
    }
    return found;
}

} // namespace timbre::store
