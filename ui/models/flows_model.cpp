#include "ui/models/flows_model.h"

#include "engine/pipeline/flow_fields.h"
#include "ui/models/format.h"

#include <QtCore/QCoreApplication>
#include <QtGui/QFont>

#include <algorithm>
#include <unordered_map>

namespace timbre::ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("timbre::ui", text);
}

/// All flows, by index, of which only the first `count` are there.
bool sameStart(const RowList& a, const RowList& b, std::size_t count)
{
    if (a == b)
        return true;
    if (a && b)
        return std::equal(a->begin(), a->begin() + static_cast<std::ptrdiff_t>(count), b->begin());
    const RowList& list = a ? a : b;
    for (std::size_t row = 0; row < count; ++row) {
        if ((*list)[row] != row)
            return false;
    }
    return true;
}

} // namespace

Role flowState(const flow::FlowRecord& record)
{
    if (record.key.l4 != decode::L4::Tcp)
        return Role::Unknown;
    switch (record.state) {
    case flow::TcpState::Reset:
        return Role::Bad;
    case flow::TcpState::SynSent:
    case flow::TcpState::SynReceived:
        return Role::Watch;
    case flow::TcpState::Active:
        return Role::Unknown;
    default:
        return Role::Good;
    }
}

QString flowStateText(const flow::FlowRecord& record)
{
    switch (record.state) {
    case flow::TcpState::Active:
        return record.key.l4 == decode::L4::Tcp ? tr("active, its beginning was not seen") : tr("active");
    case flow::TcpState::SynSent:
        return tr("SYN sent, no answer");
    case flow::TcpState::SynReceived:
        return tr("SYN answered, handshake not complete");
    case flow::TcpState::Established:
        return tr("established");
    case flow::TcpState::FinWait:
        return tr("one side has closed");
    case flow::TcpState::ClosingTcp:
        return tr("both sides have closed, last ACK not seen");
    case flow::TcpState::Closed:
        return tr("closed in order");
    case flow::TcpState::Reset:
        return tr("reset");
    }
    return {};
}

FlowsModel::FlowsModel(const Focus& focus, const Theme& theme, QObject* parent)
    : QAbstractTableModel(parent)
    , m_focus(focus)
    , m_theme(theme)
    , m_flows(std::make_shared<const flow::FlowSnapshot>())
{
}

void FlowsModel::clear()
{
    beginResetModel();
    m_flows = std::make_shared<const flow::FlowSnapshot>();
    m_rows.reset();
    m_count = 0;
    m_captureTime.reset();
    endResetModel();
}

// Rows only appended: insert. Rows only taken from the end: remove. Anything else: rows at the end come or go so that
// the number is right, and the others change places. The view hears of that before and after, because it is quicker at
// finding its few flows again than the toolkit is at following every selected row.
void FlowsModel::setFlows(FlowSnapshotPtr flows, RowList rows, std::optional<TimeRange> captureTime)
{
    const auto next = static_cast<int>(rows ? rows->size() : flows->size());
    const int common = std::min(m_count, next);
    const bool sameOrder = sameStart(m_rows, rows, static_cast<std::size_t>(common));
    m_captureTime = captureTime;
    if (!sameOrder)
        emit orderAboutToChange();
    if (next < m_count) {
        beginRemoveRows({}, next, m_count - 1);
        m_count = next;
        endRemoveRows();
    }
    if (sameOrder) {
        m_flows = std::move(flows);
        m_rows = std::move(rows);
    } else {
        changePlaces(std::move(flows), std::move(rows));
    }
    if (next > m_count) {
        beginInsertRows({}, m_count, next - 1);
        m_count = next;
        endInsertRows();
    }
    if (sameOrder && common > 0)
        emit dataChanged(index(0, 0), index(common - 1, kFlowColumns - 1)); // the view asks for visible cells only
    if (!sameOrder)
        emit orderChanged();
}

void FlowsModel::changePlaces(FlowSnapshotPtr flows, RowList rows)
{
    emit layoutAboutToBeChanged({}, VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    std::vector<std::uint32_t> wanted;
    for (const QModelIndex& index : before)
        wanted.push_back(flowAt(index.row()));
    m_flows = std::move(flows);
    m_rows = std::move(rows);
    std::unordered_map<std::uint32_t, int> places;
    for (const auto& [flow, row] : rowsOf(wanted))
        places.emplace(flow, row);
    QModelIndexList after;
    for (qsizetype i = 0; i < before.size(); ++i) {
        const auto place = places.find(wanted[static_cast<std::size_t>(i)]);
        after << (place == places.end() ? QModelIndex() : index(place->second, before[i].column()));
    }
    changePersistentIndexList(before, after);
    emit layoutChanged({}, VerticalSortHint);
}

void FlowsModel::zoneChanged()
{
    if (m_count > 0)
        emit dataChanged(index(0, 0), index(m_count - 1, kFlowColumns - 1));
}

int FlowsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_count;
}

int FlowsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : kFlowColumns;
}

std::uint32_t FlowsModel::flowAt(int row) const
{
    const auto position = static_cast<std::size_t>(row);
    return m_rows ? (*m_rows)[position] : static_cast<std::uint32_t>(position);
}

int FlowsModel::rowOf(std::uint32_t flow) const
{
    if (!m_rows)
        return flow < static_cast<std::uint32_t>(m_count) ? static_cast<int>(flow) : -1;
    const auto found = std::find(m_rows->begin(), m_rows->end(), flow);
    return found == m_rows->end() ? -1 : static_cast<int>(found - m_rows->begin());
}

std::vector<std::pair<std::uint32_t, int>> FlowsModel::rowsOf(const std::vector<std::uint32_t>& flows) const
{
    std::vector<std::pair<std::uint32_t, int>> found;
    if (!m_rows) {
        for (const std::uint32_t flow : flows) {
            if (flow < static_cast<std::uint32_t>(m_count))
                found.emplace_back(flow, static_cast<int>(flow));
        }
        return found;
    }
    std::vector<bool> wanted(m_flows->size());
    for (const std::uint32_t flow : flows) {
        if (flow < wanted.size())
            wanted[flow] = true;
    }
    for (int row = 0; row < m_count; ++row) {
        if (const std::uint32_t flow = flowAt(row); wanted[flow])
            found.emplace_back(flow, row);
    }
    return found;
}

std::vector<std::pair<int, int>> FlowsModel::stretchesOf(const std::vector<std::uint32_t>& flows,
                                                         std::size_t limit) const
{
    std::vector<std::pair<int, int>> stretches;
    if (flows.empty())
        return stretches;
    std::vector<bool> wanted(m_flows->size());
    for (const std::uint32_t flow : flows) {
        if (flow < wanted.size())
            wanted[flow] = true;
    }
    std::size_t left = flows.size();
    for (int row = 0; row < m_count && left > 0; ++row) {
        if (!wanted[flowAt(row)])
            continue;
        --left;
        if (!stretches.empty() && stretches.back().second == row - 1)
            stretches.back().second = row;
        else if (stretches.size() == limit)
            return {};
        else
            stretches.emplace_back(row, row);
    }
    return stretches;
}

QString FlowsModel::text(const flow::FlowRecord& record, FlowColumn column) const
{
    switch (column) {
    case FlowColumn::Client:
        return formatEndpoint(record, flow::Side::Initiator);
    case FlowColumn::Server:
        return formatEndpoint(record, flow::Side::Responder);
    case FlowColumn::Timeline:
        return {}; // drawn
    case FlowColumn::Service:
        if (record.app != flow::App::Unknown)
            return toQString(flow::toString(record.app));
        break;
    case FlowColumn::Host:
        if (record.serverName != 0)
            return toQString(m_flows->name(record.serverName));
        if (record.httpHost != 0)
            return toQString(m_flows->name(record.httpHost));
        break;
    case FlowColumn::RateNow:
        if (m_flows->rates() == nullptr || m_flows->rates()->of(record.index) <= 0)
            return {}; // silent
        break;
    case FlowColumn::Retransmissions:
    case FlowColumn::OutOfOrder:
    case FlowColumn::ZeroWindows: {
        // A column of zeros hides the few that matter.
        const QString number =
            QString::fromStdString(pipeline::displayText({*m_flows, record}, columnInfo(column).field, m_focus.zone()));
        return number == QLatin1String("0") ? QString() : number;
    }
    default:
        break;
    }
    return QString::fromStdString(pipeline::displayText({*m_flows, record}, columnInfo(column).field, m_focus.zone()));
}

QString FlowsModel::toolTip(const flow::FlowRecord& record, FlowColumn column) const
{
    const pipeline::FlowRow row(*m_flows, record);
    switch (column) {
    case FlowColumn::Protocol:
        return QStringLiteral("%1: %2").arg(text(record, column), flowStateText(record));
    case FlowColumn::Timeline:
        return tr("%1 – %2").arg(m_focus.formatTime(record.started), m_focus.formatTime(record.lastSeen)) +
               QLatin1Char(' ') + m_focus.zoneName(record.started);
    case FlowColumn::Client:
    case FlowColumn::Server:
    case FlowColumn::Host:
    case FlowColumn::Service:
        return text(record, column);
    default: {
        const auto unit = toQString(query::info(columnInfo(column).field).unit);
        return QString::fromStdString(pipeline::exactText(row, columnInfo(column).field)) +
               (unit == QLatin1String("B") ? QStringLiteral(" B") : QString());
    }
    }
}

QVariant FlowsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto column = static_cast<FlowColumn>(index.column());
    const FlowColumnInfo& info = columnInfo(column);
    const flow::FlowRecord& flow = record(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(flow, column);
    case Qt::ToolTipRole:
        return toolTip(flow, column);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::Alignment((info.right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    case Qt::AccessibleTextRole:
        return column == FlowColumn::Protocol || column == FlowColumn::Timeline ? toolTip(flow, column)
                                                                                : text(flow, column);
    case FlowIndexRole:
        return flowAt(index.row());
    case ExactRole:
        return column == FlowColumn::Client || column == FlowColumn::Server || column == FlowColumn::Host
                   ? text(flow, column)
                   : QString::fromStdString(pipeline::exactText({*m_flows, flow}, info.field));
    case StateRole:
        return static_cast<int>(flowState(flow));
    default:
        return {};
    }
}

QVariant FlowsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= kFlowColumns)
        return {};
    const auto column = static_cast<FlowColumn>(section);
    switch (role) {
    case Qt::DisplayRole:
        return columnTitle(column);
    case Qt::ToolTipRole:
        return columnHelp(column);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            Qt::Alignment((columnInfo(column).right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    default:
        return {};
    }
}

} // namespace timbre::ui
