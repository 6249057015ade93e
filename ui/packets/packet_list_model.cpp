#include "ui/packets/packet_list_model.h"

#include "ui/models/format.h"
#include "ui/plots/quantity.h"

#include <algorithm>

namespace timbre::ui {

PacketListModel::PacketListModel(QObject* parent)
    : QAbstractTableModel(parent)
    , m_formatTime([](Timestamp time) { return QString::fromStdString(formatUtc(time)); })
{
}

void PacketListModel::begin(std::shared_ptr<const flow::FlowSnapshot> flows, std::optional<Timestamp> captureStart)
{
    beginResetModel();
    m_flows = std::move(flows);
    m_captureStart = captureStart;
    m_chunks.clear();
    m_chunkEnds.clear();
    m_texts.clear();
    m_textOrder.clear();
    endResetModel();
}

void PacketListModel::append(const std::shared_ptr<const pipeline::PacketChunk>& chunk)
{
    if (!chunk || chunk->rows.empty())
        return;
    const int first = rowCount();
    const int end = first + static_cast<int>(chunk->rows.size());
    beginInsertRows({}, first, end - 1);
    m_chunks.push_back(chunk);
    m_chunkEnds.push_back(end);
    endInsertRows();
}

void PacketListModel::setTexts(const std::vector<pipeline::LoadReport::Item>& items)
{
    int firstRow = -1;
    int lastRow = -1;
    for (const auto& item : items) {
        const int row = rowOfNumber(item.packet.number);
        if (row < 0)
            continue;
        if (m_texts.insert_or_assign(item.packet.number, item.text).second)
            m_textOrder.push_back(item.packet.number);
        firstRow = firstRow < 0 ? row : firstRow;
        lastRow = row;
    }
    while (m_textOrder.size() > kMaxTexts) {
        m_texts.erase(m_textOrder.front());
        m_textOrder.pop_front();
    }
    if (firstRow >= 0)
        emit dataChanged(index(firstRow, SourceColumn), index(lastRow, InfoColumn));
}

std::size_t PacketListModel::chunkOf(int row) const
{
    return static_cast<std::size_t>(std::upper_bound(m_chunkEnds.begin(), m_chunkEnds.end(), row) -
                                    m_chunkEnds.begin());
}

const pipeline::PacketRow& PacketListModel::rowAt(int row) const
{
    const std::size_t chunk = chunkOf(row);
    const int start = chunk == 0 ? 0 : m_chunkEnds[chunk - 1];
    return m_chunks[chunk]->rows[static_cast<std::size_t>(row - start)];
}

pipeline::PacketPlace PacketListModel::placeOf(int row) const
{
    const pipeline::PacketRow& packet = rowAt(row);
    const bool known = m_flows && packet.flow < m_flows->size();
    return {packet.number, m_chunks[chunkOf(row)]->places[packet.place],
            known ? (*m_flows)[packet.flow].app : flow::App::Unknown};
}

std::vector<pipeline::PacketPlace> PacketListModel::rowsWithoutText(int first, int last, std::size_t limit) const
{
    std::vector<pipeline::PacketPlace> places;
    for (int row = std::max(0, first); row <= std::min(last, rowCount() - 1) && places.size() < limit; ++row) {
        if (!m_texts.contains(rowAt(row).number))
            places.push_back(placeOf(row));
    }
    return places;
}

int PacketListModel::rowOfNumber(std::uint64_t number) const
{
    const auto chunk = std::partition_point(m_chunks.begin(), m_chunks.end(),
                                            [number](const auto& c) { return c->rows.back().number < number; });
    if (chunk == m_chunks.end())
        return -1;
    const auto& rows = (*chunk)->rows;
    const auto found = std::partition_point(rows.begin(), rows.end(),
                                            [number](const pipeline::PacketRow& r) { return r.number < number; });
    if (found == rows.end() || found->number != number)
        return -1;
    const auto at = static_cast<std::size_t>(chunk - m_chunks.begin());
    return (at == 0 ? 0 : m_chunkEnds[at - 1]) + static_cast<int>(found - rows.begin());
}

void PacketListModel::setTimeForm(TimeForm form)
{
    m_timeForm = form;
    emit headerDataChanged(Qt::Horizontal, TimeColumn, TimeColumn);
    if (rowCount() > 0)
        emit dataChanged(index(0, TimeColumn), index(rowCount() - 1, TimeColumn));
}

void PacketListModel::setTimeFormatter(TimeFormatter formatter)
{
    m_formatTime = std::move(formatter);
    if (rowCount() > 0)
        emit dataChanged(index(0, TimeColumn), index(rowCount() - 1, TimeColumn));
}

int PacketListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || m_chunkEnds.empty() ? 0 : m_chunkEnds.back();
}

int PacketListModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

const pipeline::PacketText* PacketListModel::textOfNumber(std::uint64_t number) const
{
    const auto found = m_texts.find(number);
    return found == m_texts.end() ? nullptr : &found->second;
}

QString PacketListModel::timeText(int row) const
{
    const Timestamp time = rowAt(row).time;
    switch (m_timeForm) {
    case TimeForm::Absolute:
        return m_formatTime(time);
    case TimeForm::Relative:
        return secondsText(elapsedNs(m_captureStart.value_or(rowAt(0).time), time));
    case TimeForm::Delta:
        return row == 0 ? QString() : secondsText(elapsedNs(rowAt(row - 1).time, time));
    }
    return {};
}

QString PacketListModel::endText(const pipeline::PacketRow& row, bool source) const
{
    if (m_flows && row.flow < m_flows->size() && row.direction != pipeline::Direction::Unknown) {
        const bool initiator = (row.direction == pipeline::Direction::Initiator) == source;
        const flow::FlowRecord& record = (*m_flows)[row.flow];
        return QString::fromStdString(
            toString(record.address(initiator ? flow::Side::Initiator : flow::Side::Responder)));
    }
    const pipeline::PacketText* text = textOfNumber(row.number);
    return text == nullptr ? QString() : QString::fromStdString(source ? text->source : text->destination);
}

QString PacketListModel::lengthText(const pipeline::PacketRow& row) const
{
    if (row.cut())
        return tr("%1 of %2").arg(formatCount(row.capturedLength), formatCount(row.originalLength));
    return formatCount(row.originalLength);
}

QString PacketListModel::text(int row, int column) const
{
    const pipeline::PacketRow& packet = rowAt(row);
    const pipeline::PacketText* words = column >= ProtocolColumn ? textOfNumber(packet.number) : nullptr;
    switch (column) {
    case NumberColumn:
        return formatCount(packet.number);
    case TimeColumn:
        return timeText(row);
    case DirectionColumn:
        return packet.direction == pipeline::Direction::Initiator   ? QStringLiteral("↑")
               : packet.direction == pipeline::Direction::Responder ? QStringLiteral("↓")
                                                                    : QString();
    case SourceColumn:
    case DestinationColumn:
        return endText(packet, column == SourceColumn);
    case ProtocolColumn:
        return words == nullptr ? QString() : QString::fromStdString(words->protocol);
    case LengthColumn:
        return lengthText(packet);
    case InfoColumn:
        return words == nullptr ? QString() : QString::fromStdString(words->info);
    default:
        return {};
    }
}

QVariant PacketListModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return text(index.row(), column);
    case Qt::ToolTipRole:
        if (column == LengthColumn && rowAt(index.row()).cut())
            return tr("The capture holds %1 bytes of this packet's %2.")
                .arg(formatCount(rowAt(index.row()).capturedLength), formatCount(rowAt(index.row()).originalLength));
        return text(index.row(), column);
    case Qt::TextAlignmentRole:
        if (column == NumberColumn || column == LengthColumn ||
            (column == TimeColumn && m_timeForm != TimeForm::Absolute))
            return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
        return QVariant::fromValue(Qt::AlignLeft | Qt::AlignVCenter);
    case Qt::AccessibleTextRole:
        if (column == DirectionColumn)
            return rowAt(index.row()).direction == pipeline::Direction::Initiator   ? tr("from the initiator")
                   : rowAt(index.row()).direction == pipeline::Direction::Responder ? tr("from the responder")
                                                                                    : tr("no flow");
        return {};
    case RawRole:
        if (column == NumberColumn)
            return static_cast<qulonglong>(rowAt(index.row()).number);
        if (column == LengthColumn)
            return rowAt(index.row()).originalLength;
        return text(index.row(), column);
    case DirectionRole:
        return static_cast<int>(rowAt(index.row()).direction);
    default:
        return {};
    }
}

QVariant PacketListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            (section == NumberColumn || section == LengthColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NumberColumn:
        return tr("No.");
    case TimeColumn:
        return m_timeForm == TimeForm::Absolute   ? tr("Time")
               : m_timeForm == TimeForm::Relative ? tr("Since start (s)")
                                                  : tr("Since previous (s)");
    case DirectionColumn:
        return QStringLiteral("↑↓");
    case SourceColumn:
        return tr("Source");
    case DestinationColumn:
        return tr("Destination");
    case ProtocolColumn:
        return tr("Protocol");
    case LengthColumn:
        return tr("Length (B)");
    case InfoColumn:
        return tr("Info");
    default:
        return {};
    }
}

} // namespace timbre::ui
