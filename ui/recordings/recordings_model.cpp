#include "ui/recordings/recordings_model.h"

#include "ui/models/format.h"

#include <algorithm>

namespace timbre::ui {

QString endText(recording::EndReason end)
{
    switch (end) {
    case recording::EndReason::Running:
        return RecordingsModel::tr("running");
    case recording::EndReason::Stopped:
        return RecordingsModel::tr("stopped");
    case recording::EndReason::Idle:
        return RecordingsModel::tr("went quiet");
    case recording::EndReason::CaptureEnded:
        return RecordingsModel::tr("capture ended");
    case recording::EndReason::Interrupted:
        break;
    }
    return RecordingsModel::tr("interrupted");
}

RecordingsModel::RecordingsModel(const Focus& focus, const Theme& theme, QObject* parent)
    : QAbstractTableModel(parent)
    , m_focus(focus)
    , m_theme(theme)
{
}

void RecordingsModel::setDesk(const pipeline::DeskSnapshot& desk)
{
    m_all.clear();
    for (const pipeline::DeskSession& session : desk.sessions)
        m_all.push_back(
            {session.number, session.picture.head, session.picture.histograms, session.readShare, session.failure});
    for (const recording::Recording& head : *desk.recordings) {
        RecordingRow row;
        row.head = head;
        m_all.push_back(std::move(row));
    }
    applySearch();
}

void RecordingsModel::setNotes(std::shared_ptr<const pipeline::NoteList> notes)
{
    if (notes == m_notes)
        return;
    m_notes = std::move(notes);
    applySearch();
}

void RecordingsModel::setSearch(const QString& text)
{
    m_search.setText(text);
    applySearch();
}

void RecordingsModel::applySearch()
{
    std::vector<RecordingRow> rows;
    std::copy_if(m_all.begin(), m_all.end(), std::back_inserter(rows), [this](const auto& each) { return fits(each); });
    apply(std::move(rows));
}

bool RecordingsModel::fits(const RecordingRow& row) const
{
    if (m_search.fits(
            QStringList{toQString(row.head.facts.service), toQString(row.head.selection), toQString(row.head.notes)}))
        return true;
    const auto notes = notesOf(row);
    return std::any_of(notes.begin(), notes.end(), [this](const store::Note* note) { return m_search.fits(*note); });
}

std::vector<const store::Note*> RecordingsModel::notesOf(const RecordingRow& row) const
{
    return notesAbout(m_notes, store::NoteSubject::Recording, recording::toHex(row.head.facts.id));
}

void RecordingsModel::apply(std::vector<RecordingRow> rows)
{
    const auto same = [](const RecordingRow& a, const RecordingRow& b) { return a.head.facts.id == b.head.facts.id; };
    // A session that ends keeps its id, and as the newest recording usually its row.
    const bool sameRows = rows.size() == m_rows.size() && std::equal(rows.begin(), rows.end(), m_rows.begin(), same);
    if (sameRows) {
        m_rows = std::move(rows);
        if (!m_rows.empty())
            emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        return;
    }
    for (auto i = static_cast<int>(m_rows.size()) - 1; i >= 0; --i) {
        const auto& old = m_rows[static_cast<std::size_t>(i)];
        if (std::any_of(rows.begin(), rows.end(), [&](const auto& each) { return same(each, old); }))
            continue;
        beginRemoveRows({}, i, i);
        m_rows.erase(m_rows.begin() + i);
        endRemoveRows();
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto at =
            std::find_if(m_rows.begin(), m_rows.end(), [&](const auto& each) { return same(each, rows[i]); });
        if (at != m_rows.end() && at - m_rows.begin() == static_cast<std::ptrdiff_t>(i)) {
            *at = std::move(rows[i]);
            continue;
        }
        const int row = static_cast<int>(i);
        if (at != m_rows.end()) { // further down: moves up
            const auto from = static_cast<int>(at - m_rows.begin());
            beginRemoveRows({}, from, from);
            m_rows.erase(at);
            endRemoveRows();
        }
        beginInsertRows({}, row, row);
        m_rows.insert(m_rows.begin() + row, std::move(rows[i]));
        endInsertRows();
    }
    if (!m_rows.empty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

const RecordingRow* RecordingsModel::row(int index) const
{
    return index >= 0 && index < rowCount() ? &m_rows[static_cast<std::size_t>(index)] : nullptr;
}

int RecordingsModel::rowOf(const recording::SessionId& id) const
{
    const auto found =
        std::find_if(m_rows.begin(), m_rows.end(), [&](const auto& each) { return each.head.facts.id == id; });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

int RecordingsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int RecordingsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(Column::Count);
}

QString RecordingsModel::text(const RecordingRow& row, Column column) const
{
    const recording::Recording& head = row.head;
    switch (column) {
    case Column::Service:
        return toQString(head.facts.service);
    case Column::Packets:
        return formatCount(head.totalPackets);
    case Column::Length:
        return formatDuration(elapsedNs(head.started, head.ended));
    case Column::Entropy:
        return QString::number(head.figures.meanEntropy(), 'f', 2);
    case Column::Started:
        return head.totalPackets == 0 ? QString() : m_focus.formatTime(head.started, 0);
    case Column::End:
        return row.failure ? tr("failed") : endText(head.end);
    case Column::What:
        return toQString(head.selection);
    case Column::Notes:
        return notesLine(notesOf(row));
    case Column::Count:
        break;
    }
    return {};
}

QVariant RecordingsModel::raw(const RecordingRow& row, Column column) const
{
    switch (column) {
    case Column::Packets:
        return QVariant::fromValue<quint64>(row.head.totalPackets);
    case Column::Length:
        return row.head.seconds();
    case Column::Entropy:
        return row.head.figures.meanEntropy();
    case Column::Started:
        return QVariant::fromValue<qint64>(row.head.started.ns);
    default:
        return text(row, column);
    }
}

QVariant RecordingsModel::data(const QModelIndex& index, int role) const
{
    const RecordingRow* found = row(index.row());
    if (!found)
        return {};
    const auto column = static_cast<Column>(index.column());
    const bool number = column == Column::Packets || column == Column::Length || column == Column::Entropy;
    switch (role) {
    case Qt::DisplayRole:
        return text(*found, column);
    case Qt::DecorationRole:
        if (column != Column::Service)
            return {};
        if (found->running())
            return m_theme.icon(QStringLiteral("recorder"), timbre::ui::Role::Bad);
        return m_theme.stateIcon(found->head.hasEnough() ? timbre::ui::Role::Good : timbre::ui::Role::Watch);
    case Qt::TextAlignmentRole:
        return QVariant(number ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignLeft | Qt::AlignVCenter);
    case Qt::ToolTipRole:
        if (column == Column::Service)
            return found->head.hasEnough() ? tr("Enough packets and time for a mask.")
                                           : tr("Fewer than 500 packets or 60 s: a mask of it may not hold.");
        return found->failure ? toQString(found->failure->message) : text(*found, column);
    case SortRole:
    case RawRole:
        return raw(*found, column);
    default:
        return {};
    }
}

QVariant RecordingsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(section)) {
    case Column::Service:
        return tr("Service");
    case Column::Packets:
        return tr("Packets");
    case Column::Length:
        return tr("Length");
    case Column::Entropy:
        return tr("Entropy");
    case Column::Started:
        return tr("Started");
    case Column::End:
        return tr("End");
    case Column::What:
        return tr("What");
    case Column::Notes:
        return tr("Notes");
    case Column::Count:
        break;
    }
    return {};
}

} // namespace timbre::ui
