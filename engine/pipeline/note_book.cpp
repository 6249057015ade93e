#include "engine/pipeline/note_book.h"

#include "engine/query/row.h"

#include <algorithm>
#include <span>
#include <unordered_map>
#include <utility>

namespace timbre::pipeline {

using flow::FlowRecord;
using flow::FlowSnapshot;
using store::NoteKey;

store::FlowAnchor anchorOf(const FlowRecord& record)
{
    return {.key = record.key,
            .inTunnel = record.tunnel != decode::Tunnel::None,
            .firstPacket = record.firstPacket,
            .started = record.started};
}

store::Note noteAbout(const FlowRecord& record)
{
    store::Note note;
    note.subject = store::NoteSubject::Flow;
    note.flow = anchorOf(record);
    note.range = TimeRange{std::min(record.started, record.lastSeen), std::max(record.started, record.lastSeen)};
    return note;
}

store::Note noteAbout(store::NoteSubject subject, std::string object)
{
    store::Note note;
    note.subject = subject;
    note.object = std::move(object);
    return note;
}

bool belongsToWorkspace(store::NoteSubject subject)
{
    return subject == store::NoteSubject::Recording || subject == store::NoteSubject::Mask;
}

store::FileIdentity workspaceNotesFile()
{
    return {"", 0, {}, "workspace"};
}

namespace {

bool sameEnds(const FlowRecord& record, const store::FlowAnchor& anchor)
{
    return record.key == anchor.key && (record.tunnel != decode::Tunnel::None) == anchor.inTunnel;
}

/// Flows stand in the order of their first packets.
std::uint32_t findByPacket(const FlowSnapshot& flows, const store::FlowAnchor& anchor)
{
    std::size_t low = 0;
    std::size_t high = flows.size();
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        if (flows[middle].firstPacket < anchor.firstPacket)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < flows.size() && flows[low].firstPacket == anchor.firstPacket; ++low) {
        if (sameEnds(flows[low], anchor))
            return static_cast<std::uint32_t>(low);
    }
    return flow::kNoFlow;
}

std::string_view bytesOf(const decode::FlowKey& key)
{
    return asText(std::as_bytes(std::span(&key, 1)));
}

/// Other options of an analysis cut flows elsewhere: then the flow with the same ends that was alive at that moment.
/// True when one more was found.
bool findByTime(const FlowSnapshot& flows, std::vector<ShownNote>& notes)
{
    std::unordered_map<std::string_view, std::vector<ShownNote*>> wanted;
    for (ShownNote& shown : notes) {
        if (shown.flow == flow::kNoFlow && shown.note.flow)
            wanted[bytesOf(shown.note.flow->key)].push_back(&shown);
    }
    bool found = false;
    for (std::size_t row = 0; !wanted.empty() && row < flows.size(); ++row) {
        const FlowRecord& record = flows[row];
        const auto same = wanted.find(bytesOf(record.key));
        if (same == wanted.end())
            continue;
        const TimeRange life{std::min(record.started, record.lastSeen), std::max(record.started, record.lastSeen)};
        for (ShownNote* shown : same->second) {
            if (shown->flow != flow::kNoFlow || !life.contains(shown->note.flow->started) ||
                !sameEnds(record, *shown->note.flow))
                continue;
            shown->flow = static_cast<std::uint32_t>(row);
            found = true;
        }
    }
    return found;
}

void append(std::string& list, std::string_view item)
{
    if (item.empty())
        return;
    if (!list.empty())
        list += query::kListSeparator;
    list += item;
}

std::shared_ptr<const flow::FlowRemarks> remarksOf(const std::vector<ShownNote>& notes)
{
    auto remarks = std::make_shared<flow::FlowRemarks>();
    for (const ShownNote& shown : notes) {
        if (shown.flow == flow::kNoFlow)
            continue;
        flow::FlowRemark& remark = (*remarks)[shown.flow];
        append(remark.notes, shown.note.text);
        for (const std::string& tag : shown.note.tags)
            append(remark.tags, tag);
    }
    return remarks->empty() ? nullptr : remarks;
}

Timestamp momentOf(const store::Note& note)
{
    return note.range ? note.range->begin : Timestamp{};
}

void sortByTime(std::vector<ShownNote>& notes)
{
    std::ranges::stable_sort(notes, [](const ShownNote& a, const ShownNote& b) {
        return momentOf(a.note) != momentOf(b.note) ? momentOf(a.note) < momentOf(b.note) : a.note.key < b.note.key;
    });
}

} // namespace

void NoteBook::begin(CaptureId id, store::FileIdentity file, std::vector<store::Note> notes)
{
    const std::lock_guard lock(m_mutex);
    Page page{.file = std::move(file), .notes = {}, .shown = nullptr, .remarks = nullptr};
    for (store::Note& note : notes)
        page.notes.push_back({std::move(note), flow::kNoFlow});
    sortByTime(page.notes);
    m_pages[id] = std::move(page);
}

void NoteBook::beginWorkspace(std::vector<store::Note> notes)
{
    begin(kWorkspaceNotes, workspaceNotesFile(), std::move(notes));
    const std::lock_guard lock(m_mutex);
    republish(kWorkspaceNotes);
}

std::shared_ptr<const NoteList> NoteBook::ofWorkspace() const
{
    const std::lock_guard lock(m_mutex);
    const auto page = m_pages.find(kWorkspaceNotes);
    return page == m_pages.end() ? nullptr : page->second.shown;
}

bool NoteBook::knows(CaptureId id) const
{
    const std::lock_guard lock(m_mutex);
    return m_pages.contains(id);
}

void NoteBook::relocate(CaptureId id, store::FileIdentity file)
{
    const std::lock_guard lock(m_mutex);
    const auto page = m_pages.find(id);
    if (page == m_pages.end() || page->second.file == file)
        return;
    m_tasks.emplace_back(Move{page->second.file, file});
    page->second.file = std::move(file);
}

void NoteBook::forget(CaptureId id)
{
    const std::lock_guard lock(m_mutex);
    m_pages.erase(id);
}

void NoteBook::setKeys(std::function<NoteKey()> next)
{
    const std::lock_guard lock(m_mutex);
    m_nextKey = std::move(next);
}

void NoteBook::attach(Page& page, CaptureSnapshot& snapshot) const
{
    const bool ended = snapshot.phase == Phase::Finished || snapshot.phase == Phase::Cancelled;
    const FlowSnapshot& flows = *snapshot.flows;
    bool changed = page.shown == nullptr;
    for (ShownNote& shown : page.notes) {
        const std::uint32_t before = shown.flow;
        if (before != flow::kNoFlow && before >= flows.size())
            shown.flow = flow::kNoFlow; // the analysis failed or begins anew
        else if (before == flow::kNoFlow && shown.note.flow)
            shown.flow = findByPacket(flows, *shown.note.flow);
        changed = changed || shown.flow != before;
    }
    if (ended && !std::exchange(page.searched, true))
        changed = findByTime(flows, page.notes) || changed;
    if (changed) {
        page.shown = std::make_shared<const NoteList>(page.notes);
        page.remarks = remarksOf(page.notes);
    }
    snapshot.notes = page.shown;
    if (flows.remarks() != page.remarks)
        snapshot.flows = std::make_shared<const FlowSnapshot>(flows.withRemarks(page.remarks));
}

void NoteBook::publish(CaptureSnapshot snapshot)
{
    const std::lock_guard lock(m_mutex);
    if (const auto page = m_pages.find(snapshot.id); page != m_pages.end())
        attach(page->second, snapshot);
    m_board.publish(std::move(snapshot));
}

/// Requires: m_mutex is held, and the capture has a page.
void NoteBook::republish(CaptureId id)
{
    Page& page = m_pages.at(id);
    sortByTime(page.notes);
    page.shown.reset();
    if (id == kWorkspaceNotes) { // no snapshot carries them
        page.shown = std::make_shared<const NoteList>(page.notes);
        return;
    }
    const auto newest = m_board.snapshot(id);
    if (!newest)
        return;
    CaptureSnapshot next = *newest;
    attach(page, next);
    m_board.publish(std::move(next));
}

Result<NoteKey> NoteBook::save(CaptureId id, store::Note note)
{
    auto tidy = store::tidied(std::move(note));
    if (!tidy)
        return tidy.error();
    if (belongsToWorkspace(tidy->subject) != (id == kWorkspaceNotes))
        return Error{ErrorCode::Invalid, "Notes about recordings and masks belong to the workspace.", {}};
    const std::lock_guard lock(m_mutex);
    const auto page = m_pages.find(id);
    if (page == m_pages.end())
        return Error{ErrorCode::Invalid, "Notes can be written once the capture has been opened.", {}};
    std::vector<ShownNote>& notes = page->second.notes;
    if (tidy->key == NoteKey::None) {
        if (notes.size() >= store::kMaxNotesPerFile)
            return Error{ErrorCode::Invalid, "This capture has as many notes as are kept. Delete some first.", {}};
        tidy->key = m_nextKey ? m_nextKey() : static_cast<NoteKey>(++m_lastKey);
    }
    if (tidy->key == NoteKey::None)
        return Error{
            ErrorCode::Invalid, "All numbers for notes in this workspace are used. Take another workspace.", {}};
    std::erase_if(notes, [&](const ShownNote& shown) { return shown.note.key == tidy->key; });
    const auto newest = m_board.snapshot(id);
    const bool near = !tidy->flow || (newest && findByPacket(*newest->flows, *tidy->flow) != flow::kNoFlow);
    page->second.searched = page->second.searched && near;
    notes.push_back({*tidy, flow::kNoFlow});
    m_tasks.emplace_back(Save{page->second.file, *tidy});
    republish(id);
    return tidy->key;
}

void NoteBook::remove(CaptureId id, NoteKey key)
{
    const std::lock_guard lock(m_mutex);
    const auto page = m_pages.find(id);
    if (page == m_pages.end())
        return;
    const auto gone = std::erase_if(page->second.notes, [&](const ShownNote& shown) { return shown.note.key == key; });
    if (gone == 0)
        return;
    m_tasks.emplace_back(Remove{key});
    republish(id);
}

bool NoteBook::unwritten() const
{
    const std::lock_guard lock(m_mutex);
    return !m_tasks.empty();
}

void NoteBook::writeTo(store::Workspace& workspace)
{
    std::vector<Task> tasks;
    {
        const std::lock_guard lock(m_mutex);
        tasks.swap(m_tasks);
    }
    for (Task& task : tasks) {
        if (auto* save = std::get_if<Save>(&task))
            workspace.saveNote(std::move(save->file), std::move(save->note));
        else if (const auto* remove = std::get_if<Remove>(&task))
            workspace.removeNote(remove->key);
        else if (auto* move = std::get_if<Move>(&task))
            workspace.moveNotes(std::move(move->from), std::move(move->to));
    }
}

void attachNotes(CaptureSnapshot& snapshot, std::vector<store::Note> notes)
{
    CaptureBoard board;
    NoteBook book(board);
    const CaptureId id = snapshot.id;
    snapshot.id = board.add(snapshot);
    book.begin(snapshot.id, {}, std::move(notes));
    book.publish(snapshot);
    snapshot = *board.snapshot(snapshot.id);
    snapshot.id = id;
}

} // namespace timbre::pipeline
