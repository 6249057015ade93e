#include "ui/models/notes_model.h"

#include "ui/models/format.h"
#include "ui/models/trend_texts.h"

#include <QtCore/QCoreApplication>

#include <algorithm>

namespace timbre::ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("timbre::ui", text);
}

QString tagsText(const store::Note& note)
{
    QStringList tags;
    for (const std::string& tag : note.tags)
        tags << toQString(tag);
    return tags.join(QStringLiteral(", "));
}

QString flowText(const pipeline::ShownNote& shown, const SnapshotPtr& capture)
{
    if (!capture || shown.flow >= capture->flows->size())
        return toQString(decode::toString(shown.note.flow->key));
    const flow::FlowRecord& record = (*capture->flows)[shown.flow];
    return QStringLiteral("%1 %2 → %3")
        .arg(toQString(decode::l4Name(record.key.l4, record.key.protocol)),
             formatEndpoint(record, flow::Side::Initiator), formatEndpoint(record, flow::Side::Responder));
}

const recording::Recording* findRecording(const pipeline::DeskSnapshot& desk, const std::string& id)
{
    for (const pipeline::DeskSession& session : desk.sessions) {
        if (recording::toHex(session.picture.head.facts.id) == id)
            return &session.picture.head;
    }
    const auto found = std::ranges::find_if(
        *desk.recordings, [&](const recording::Recording& each) { return recording::toHex(each.facts.id) == id; });
    return found == desk.recordings->end() ? nullptr : &*found;
}

QString recordingText(const std::string& id, const NotedThings& things)
{
    const recording::Recording* found = things.desk ? findRecording(*things.desk, id) : nullptr;
    return found != nullptr ? tr("recording %1").arg(toQString(found->facts.service)) : tr("a recording since deleted");
}

/// The kind of an anomaly by its name in notes; the name where this version knows no such kind.
QString kindText(const QString& name)
{
    const auto type = trends::anomalyTypeOf(name.toStdString());
    return type ? titleText(*type) : name;
}

} // namespace

NotedThings notedThings(const EngineBridge& bridge, CaptureId capture)
{
    pipeline::RecordingDesk* desk = bridge.recordings();
    return {bridge.snapshot(capture), desk != nullptr ? desk->snapshot() : nullptr};
}

bool isThere(const pipeline::ShownNote& shown, const NotedThings& things)
{
    const store::Note& note = shown.note;
    if (note.subject == store::NoteSubject::Flow)
        return shown.flow != flow::kNoFlow;
    if (note.subject == store::NoteSubject::Recording)
        return things.desk && findRecording(*things.desk, note.object) != nullptr;
    if (note.subject != store::NoteSubject::Mask)
        return true;
    return things.desk && std::ranges::any_of(*things.desk->masks, [&](const pipeline::DeskMask& mask) {
               return mask.stored.id == note.object;
           });
}

QString titleOf(const store::Note& note)
{
    const QString text = toQString(note.text);
    const QString line = text.section(QLatin1Char('\n'), 0, 0);
    if (!line.isEmpty())
        return line;
    return note.bookmark ? tr("Bookmark") : tagsText(note);
}

QString aboutText(const pipeline::ShownNote& shown, const NotedThings& things, const Focus& focus)
{
    const store::Note& note = shown.note;
    const QString time = note.range ? focus.formatTime(note.range->begin, 0, true) : QString();
    const QString object = toQString(note.object);
    switch (note.subject) {
    case store::NoteSubject::Flow:
        return time + QStringLiteral(" · ") + flowText(shown, things.capture);
    case store::NoteSubject::Range:
        return tr("%1, %2 long")
            .arg(focus.formatTime(note.range->begin, 3, true),
                 formatDuration(elapsedNs(note.range->begin, note.range->end)));
    case store::NoteSubject::Recording:
        return recordingText(note.object, things);
    case store::NoteSubject::Mask:
        return tr("mask %1").arg(object);
    case store::NoteSubject::Anomaly:
        return time + QStringLiteral(" · ") + tr("anomaly %1").arg(kindText(object.section(QLatin1Char(' '), 0, 0)));
    case store::NoteSubject::Capture:
        break;
    }
    return tr("the whole capture");
}

NotesModel::NotesModel(EngineBridge& bridge, Focus& focus, QObject* parent)
    : QAbstractListModel(parent)
    , m_bridge(bridge)
    , m_focus(focus)
{
    connect(&bridge, &EngineBridge::captureChanged, this, [this](CaptureId id) {
        if (id == m_focus.state().capture)
            refresh();
    });
    connect(&bridge, &EngineBridge::recordingsChanged, this, &NotesModel::refresh);
    connect(&focus, &Focus::changed, this, [this](FocusParts parts) {
        if (parts.testFlag(FocusPart::Capture))
            refresh();
        if (parts.testFlag(FocusPart::Zone) && !m_rows.empty())
            emit dataChanged(index(0), index(rowCount() - 1));
    });
    refresh();
}

int NotesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

const pipeline::ShownNote* NotesModel::at(int row) const
{
    return row >= 0 && row < rowCount() ? &m_rows[static_cast<std::size_t>(row)] : nullptr;
}

int NotesModel::rowOf(store::NoteKey key) const
{
    const auto found =
        std::ranges::find_if(m_rows, [&](const pipeline::ShownNote& one) { return one.note.key == key; });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

QVariant NotesModel::data(const QModelIndex& index, int role) const
{
    const pipeline::ShownNote* shown = checkIndex(index, CheckIndexOption::IndexIsValid) ? at(index.row()) : nullptr;
    if (shown == nullptr)
        return {};
    const bool found = isThere(*shown, m_things);
    switch (role) {
    case Qt::DisplayRole:
        return titleOf(shown->note);
    case KeyRole:
        return static_cast<quint32>(shown->note.key);
    case AboutRole:
        return about(*shown);
    case TagsRole:
        return tagsText(shown->note);
    case BookmarkRole:
        return shown->note.bookmark;
    case FoundRole:
        return found;
    case Qt::ToolTipRole:
        if (found)
            return toQString(shown->note.text);
        return shown->note.subject == store::NoteSubject::Flow
                   ? tr("%1\nThis flow is not in the analysis shown.").arg(toQString(shown->note.text))
                   : tr("%1\nWhat this is about is no longer there.").arg(toQString(shown->note.text));
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1, %2, %3, %4")
            .arg(shown->note.bookmark ? tr("bookmark") : tr("note"), titleOf(shown->note), about(*shown),
                 tagsText(shown->note));
    default:
        return {};
    }
}

void NotesModel::refresh()
{
    const auto desk = m_things.desk;
    m_things = notedThings(m_bridge, m_focus.state().capture);
    const bool renamed =
        desk && m_things.desk && (desk->recordings != m_things.desk->recordings || desk->masks != m_things.desk->masks);
    const auto notes = m_things.capture ? m_things.capture->notes : nullptr;
    const auto ofWorkspace = m_bridge.workspaceNotes();
    const bool same = notes == m_notes && ofWorkspace == m_workspaceNotes;
    m_notes = notes;
    m_workspaceNotes = ofWorkspace;
    if (m_capture != m_focus.state().capture) {
        m_capture = m_focus.state().capture;
        beginResetModel();
        m_rows = wanted();
        endResetModel();
    } else if (!same) {
        show(wanted());
    } else if (renamed && !m_rows.empty()) {
        emit dataChanged(index(0), index(rowCount() - 1));
    }
}

QString NotesModel::about(const pipeline::ShownNote& shown) const
{
    return aboutText(shown, m_things, m_focus);
}

std::vector<store::Note> NotesModel::allNotes() const
{
    std::vector<store::Note> notes;
    for (const auto& list : {m_notes, m_workspaceNotes}) {
        if (list)
            std::ranges::transform(*list, std::back_inserter(notes), &pipeline::ShownNote::note);
    }
    return notes;
}

void NotesModel::setSearch(const QString& text)
{
    m_search.setText(text);
    show(wanted());
}

pipeline::NoteList NotesModel::wanted() const
{
    pipeline::NoteList rows;
    for (const auto& list : {m_notes, m_workspaceNotes}) {
        if (!list)
            continue;
        std::ranges::copy_if(*list, std::back_inserter(rows), [this](const pipeline::ShownNote& shown) {
            return m_search.fits(shown.note) || m_search.fits(QStringList{about(shown)});
        });
    }
    return rows;
}

/// From the rows there are to those there shall be, one step for each difference.
void NotesModel::show(const pipeline::NoteList& now)
{
    for (int row = rowCount() - 1; row >= 0; --row) {
        const store::NoteKey key = at(row)->note.key;
        if (std::ranges::any_of(now, [&](const pipeline::ShownNote& one) { return one.note.key == key; }))
            continue;
        beginRemoveRows({}, row, row);
        m_rows.erase(m_rows.begin() + row);
        endRemoveRows();
    }
    for (int row = 0; row < static_cast<int>(now.size()); ++row) {
        const pipeline::ShownNote& wanted = now[static_cast<std::size_t>(row)];
        const int from = rowOf(wanted.note.key);
        if (from < 0) {
            beginInsertRows({}, row, row);
            m_rows.insert(m_rows.begin() + row, wanted);
            endInsertRows();
            continue;
        }
        if (from > row) { // its time is another one
            beginMoveRows({}, from, from, {}, row);
            std::rotate(m_rows.begin() + row, m_rows.begin() + from, m_rows.begin() + from + 1);
            endMoveRows();
        }
        if (m_rows[static_cast<std::size_t>(row)] == wanted)
            continue;
        m_rows[static_cast<std::size_t>(row)] = wanted;
        emit dataChanged(index(row), index(row));
    }
}

} // namespace timbre::ui
