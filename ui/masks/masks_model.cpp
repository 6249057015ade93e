#include "ui/masks/masks_model.h"

#include "ui/models/format.h"

#include <QtCore/QDateTime>

#include <algorithm>

namespace timbre::ui {

QString signatureText(const pipeline::DeskMask& mask)
{
    switch (mask.verification.state) {
    case mask::SignatureState::Valid:
        return mask.trusted ? MasksModel::tr("signed by %1, trusted").arg(toQString(mask.signer))
                            : MasksModel::tr("signed by %1, not trusted").arg(toQString(mask.signer));
    case mask::SignatureState::Invalid: // of the keys that are known, none made it
        return mask.signer.empty() ? MasksModel::tr("bad, or by an unknown key")
                                   : MasksModel::tr("bad: not what %1 signed").arg(toQString(mask.signer));
    case mask::SignatureState::NoKey:
        return mask.signer.empty() ? MasksModel::tr("signed, key unknown")
                                   : MasksModel::tr("signed, key %1 unknown").arg(toQString(mask.signer));
    case mask::SignatureState::Unsigned:
        break;
    }
    return mask.loaded ? MasksModel::tr("unsigned") : QString();
}

timbre::ui::Role signatureRole(const pipeline::DeskMask& mask)
{
    switch (mask.verification.state) {
    case mask::SignatureState::Valid:
        return mask.trusted ? Role::Good : Role::Watch;
    case mask::SignatureState::Invalid:
        return Role::Bad;
    default:
        return Role::Unknown;
    }
}

QString dayText(std::uint64_t unixSeconds)
{
    constexpr std::uint64_t kLastDay = 253'402'300'799; // 9999-12-31
    if (unixSeconds == mask::kNeverExpires)
        return MasksModel::tr("never");
    if (unixSeconds == 0)
        return {};
    if (unixSeconds > kLastDay)
        return MasksModel::tr("after the year 9999");
    return QDateTime::fromSecsSinceEpoch(static_cast<qint64>(unixSeconds), Qt::UTC).date().toString(Qt::ISODate);
}

MasksModel::MasksModel(const Theme& theme, QObject* parent)
    : QAbstractTableModel(parent)
    , m_theme(theme)
    , m_masks(std::make_shared<std::vector<pipeline::DeskMask>>())
{
}

void MasksModel::setMasks(std::shared_ptr<const std::vector<pipeline::DeskMask>> masks)
{
    if (masks == m_masks)
        return;
    const auto sameIds = [](const auto& a, const auto& b) { return a.stored.id == b.stored.id; };
    const bool same = std::equal(masks->begin(), masks->end(), m_masks->begin(), m_masks->end(), sameIds);
    if (same && m_search.isEmpty()) {
        m_masks = std::move(masks);
        if (rowCount() > 0)
            emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        return;
    }
    beginResetModel(); // another list; the dock finds the selected mask again by its id
    m_masks = std::move(masks);
    m_rows = wantedRows();
    endResetModel();
}

void MasksModel::setNotes(std::shared_ptr<const pipeline::NoteList> notes)
{
    if (notes == m_notes)
        return;
    m_notes = std::move(notes);
    apply();
}

void MasksModel::setSearch(const QString& text)
{
    m_search.setText(text);
    apply();
}

std::vector<std::size_t> MasksModel::wantedRows() const
{
    std::vector<std::size_t> rows;
    for (std::size_t i = 0; i < m_masks->size(); ++i) {
        if (fits((*m_masks)[i]))
            rows.push_back(i);
    }
    return rows;
}

/// Rows come and go one by one, so that the selection stays.
void MasksModel::apply()
{
    const std::vector<std::size_t> wanted = wantedRows();
    for (int row = rowCount() - 1; row >= 0; --row) {
        if (std::ranges::binary_search(wanted, m_rows[static_cast<std::size_t>(row)]))
            continue;
        beginRemoveRows({}, row, row);
        m_rows.erase(m_rows.begin() + row);
        endRemoveRows();
    }
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (i < m_rows.size() && m_rows[i] == wanted[i])
            continue;
        beginInsertRows({}, static_cast<int>(i), static_cast<int>(i));
        m_rows.insert(m_rows.begin() + static_cast<std::ptrdiff_t>(i), wanted[i]);
        endInsertRows();
    }
    if (rowCount() > 0)
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

std::vector<const store::Note*> MasksModel::notesOf(const pipeline::DeskMask& mask) const
{
    return notesAbout(m_notes, store::NoteSubject::Mask, mask.stored.id);
}

bool MasksModel::fits(const pipeline::DeskMask& mask) const
{
    QStringList texts{text(mask, Column::Id), text(mask, Column::Origin), text(mask, Column::Protocol)};
    if (mask.loaded && mask.loaded->mask.extension)
        texts << toQString(mask.loaded->mask.extension->service);
    const auto notes = notesOf(mask);
    return m_search.fits(texts) ||
           std::any_of(notes.begin(), notes.end(), [this](const store::Note* note) { return m_search.fits(*note); });
}

const pipeline::DeskMask* MasksModel::mask(int row) const
{
    return row >= 0 && row < rowCount() ? &(*m_masks)[m_rows[static_cast<std::size_t>(row)]] : nullptr;
}

int MasksModel::rowOf(const QString& id) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(),
                                    [&](std::size_t each) { return toQString((*m_masks)[each].stored.id) == id; });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

int MasksModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int MasksModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(Column::Count);
}

QString MasksModel::text(const pipeline::DeskMask& mask, Column column) const
{
    switch (column) {
    case Column::Id:
        return toQString(mask.stored.id);
    case Column::Origin:
        return mask.stored.origin == store::MaskOrigin::Own        ? tr("own")
               : mask.stored.origin == store::MaskOrigin::Imported ? tr("imported")
                                                                   : tr("bundled");
    case Column::Protocol:
        return mask.loaded ? toQString(mask::nameOf(mask.loaded->mask.protocol)) : tr("refused");
    case Column::Signature:
        return signatureText(mask);
    case Column::Expires:
        return mask.loaded ? dayText(mask.loaded->mask.expiresAt) : QString();
    case Column::Made:
        return mask.loaded ? dayText(mask.loaded->mask.createdAt) : QString();
    case Column::Notes:
        return notesLine(notesOf(mask));
    case Column::Count:
        break;
    }
    return {};
}

QVariant MasksModel::data(const QModelIndex& index, int role) const
{
    const pipeline::DeskMask* found = mask(index.row());
    if (!found)
        return {};
    const auto column = static_cast<Column>(index.column());
    switch (role) {
    case Qt::DisplayRole:
    case SortRole:
    case RawRole:
        return text(*found, column);
    case Qt::ToolTipRole:
        if (column == Column::Id && !found->loaded)
            return toQString(mask::refusalError(found->refusal).message);
        return column == Column::Expires && found->expired ? tr("Expired: it may be looked at, not used.")
                                                           : text(*found, column);
    case Qt::DecorationRole:
        if (column == Column::Id)
            return m_theme.stateIcon(!found->loaded   ? timbre::ui::Role::Bad
                                     : found->expired ? timbre::ui::Role::Watch
                                                      : timbre::ui::Role::Good);
        return column == Column::Signature && found->loaded ? QVariant(m_theme.stateIcon(signatureRole(*found)))
                                                            : QVariant();
    default:
        return {};
    }
}

QVariant MasksModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(section)) {
    case Column::Id:
        return tr("Mask");
    case Column::Origin:
        return tr("Origin");
    case Column::Protocol:
        return tr("Looks like");
    case Column::Signature:
        return tr("Signature");
    case Column::Expires:
        return tr("Expires");
    case Column::Made:
        return tr("Made");
    case Column::Notes:
        return tr("Notes");
    case Column::Count:
        break;
    }
    return {};
}

} // namespace timbre::ui
