#include "ui/models/notes_model.h"

#include "ui/models/format.h"

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

QString flowText(const pipeline::ShownNote& shown, const pipeline::CaptureSnapshot& snapshot)
{
    if (shown.flow >= snapshot.flows->size())
        return toQString(decode::toString(shown.note.flow->key));
    const flow::FlowRecord& record = (*snapshot.flows)[shown.flow];
    return QStringLiteral("%1 %2 → %3")
        .arg(toQString(decode::l4Name(record.key.l4, record.key.protocol)),
             formatEndpoint(record, flow::Side::Initiator), formatEndpoint(record, flow::Side::Responder));
}

} // namespace

QString titleOf(const store::Note& note)
{
    const QString text = toQString(note.text);
    const QString line = text.section(QLatin1Char('\n'), 0, 0);
    if (!line.isEmpty())
        return line;
    return note.bookmark ? tr("Bookmark") : tagsText(note);
}

QString aboutText(const pipeline::ShownNote& shown, const pipeline::CaptureSnapshot& snapshot, const Focus& focus)
{
    const store::Note& note = shown.note;
    const QString time = note.range ? focus.formatTime(note.range->begin, 0, true) : QString();
    const QString object = toQString(note.object);
    switch (note.subject) {
    case store::NoteSubject::Flow:
        return time + QStringLiteral(" · ") + flowText(shown, snapshot);
    case store::NoteSubject::Range:
        return tr("%1, %2 long")
            .arg(focus.formatTime(note.range->begin, 3, true),
                 formatDuration(elapsedNs(note.range->begin, note.range->end)));
    case store::NoteSubject::Recording:
        return tr("recording %1").arg(object);
    case store::NoteSubject::Mask:
        return tr("mask %1").arg(object);
    case store::NoteSubject::Anomaly:
        return tr("anomaly %1").arg(object);
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
    if (shown == nullptr || !m_snapshot)
        return {};
    const bool found = shown->note.subject != store::NoteSubject::Flow || shown->flow != flow::kNoFlow;
    switch (role) {
    case Qt::DisplayRole:
        return titleOf(shown->note);
    case KeyRole:
        return static_cast<quint32>(shown->note.key);
    case AboutRole:
        return aboutText(*shown, *m_snapshot, m_focus);
    case TagsRole:
        return tagsText(shown->note);
    case BookmarkRole:
        return shown->note.bookmark;
    case FoundRole:
        return found;
    case Qt::ToolTipRole:
        return found ? toQString(shown->note.text)
                     : tr("%1\nThis flow is not in the analysis shown.").arg(toQString(shown->note.text));
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1, %2, %3, %4")
            .arg(shown->note.bookmark ? tr("bookmark") : tr("note"), titleOf(shown->note),
                 aboutText(*shown, *m_snapshot, m_focus), tagsText(shown->note));
    default:
        return {};
    }
}

void NotesModel::refresh()
{
    const SnapshotPtr snapshot = m_bridge.snapshot(m_focus.state().capture);
    const auto notes = snapshot ? snapshot->notes : nullptr;
    m_snapshot = snapshot;
    if (m_capture != m_focus.state().capture) {
        m_capture = m_focus.state().capture;
        beginResetModel();
        m_notes = notes;
        m_rows = notes ? *notes : pipeline::NoteList{};
        endResetModel();
        return;
    }
    if (notes == m_notes)
        return;
    m_notes = notes;
    show(notes ? *notes : pipeline::NoteList{});
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
