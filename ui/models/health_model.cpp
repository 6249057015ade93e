#include "ui/models/health_model.h"

#include "engine/pipeline/analyzer_limits.h"
#include "engine/pipeline/counter_names.h"
#include "ui/models/format.h"

#include <QtCore/QCoreApplication>

#include <algorithm>
#include <array>

namespace timbre::ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("timbre::ui", text);
}

Role stateOf(capture::Severity severity)
{
    switch (severity) {
    case capture::Severity::Error:
        return Role::Bad;
    case capture::Severity::Warning:
        return Role::Watch;
    case capture::Severity::Note:
        break;
    }
    return Role::Unknown;
}

int rank(Role state)
{
    return state == Role::Bad ? 0 : state == Role::Watch ? 1 : 2;
}

// Counters that are worth a line although they are no caps.
constexpr std::array<std::string_view, 7> kWorrying = {
    "interface_drops",       "kernel_drops",      "ring_losses",      "datagrams_abandoned",
    "datagrams_overlapping", "unknown_link_type", "undecoded_tunnels"};
constexpr std::array<std::string_view, 2> kNotable = {"packets_unmatched", "datagrams_reassembled"};

/// The count stands in a column of its own, so the rest begins the sentence.
QString sentence(std::string_view behindCount)
{
    QString text = toQString(behindCount);
    text[0] = text[0].toUpper();
    return text;
}

void addCounters(pipeline::Counters counters, std::vector<HealthItem>& items)
{
    const auto among = [](const auto& names, std::string_view name) {
        return std::find(names.begin(), names.end(), name) != names.end();
    };
    for (const pipeline::CounterName& counter : pipeline::counterNames()) {
        const std::uint64_t value = counter.of(counters);
        const bool watch = counter.isCap || among(kWorrying, counter.name);
        if (value == 0 || !(watch || among(kNotable, counter.name)))
            continue;
        items.push_back({watch ? Role::Watch : Role::Unknown, toQString(counter.meaning), formatCount(value), {}});
        if (std::string_view(counter.name) == "flows_evicted")
            items.back().filter = QStringLiteral("end.reason == evicted");
    }
}

} // namespace

QString severityWord(Role state)
{
    return state == Role::Bad ? tr("error") : state == Role::Watch ? tr("warning") : tr("note");
}

std::vector<HealthItem> healthOf(const pipeline::CaptureSnapshot& snapshot, const pipeline::WorkspaceStatus& workspace)
{
    std::vector<HealthItem> items;
    if (snapshot.failure)
        items.push_back({Role::Bad, toQString(snapshot.failure->message), {}, toQString(snapshot.failure->detail)});
    if (workspace.problem)
        items.push_back({Role::Bad, toQString(workspace.problem->message), {}, toQString(workspace.problem->detail)});
    for (const capture::ReaderMessage& message : snapshot.messages)
        items.push_back(
            {stateOf(message.severity),
             toQString(message.text),
             {},
             tr("byte %1, after packet %2").arg(formatCount(message.offset), formatCount(message.afterPacket))});
    if (snapshot.live && snapshot.live->lagPackets > 0)
        items.push_back({Role::Unknown,
                         tr("Packets captured and not yet analysed: the analysis is behind, nothing is lost."),
                         formatCount(snapshot.live->lagPackets), formatDuration(snapshot.live->lagNs)});
    addCounters(snapshot.counters, items);
    for (const pipeline::LimitHit& hit : pipeline::limitsHit(snapshot))
        items.push_back({Role::Watch, sentence(hit.what), formatCount(hit.count), {}});
    std::stable_sort(items.begin(), items.end(),
                     [](const HealthItem& a, const HealthItem& b) { return rank(a.state) < rank(b.state); });
    return items;
}

HealthModel::HealthModel(const Theme& theme, QObject* parent)
    : QAbstractTableModel(parent)
    , m_theme(theme)
{
}

// Few rows (messages are capped), so they are compared one by one and only differences are announced.
void HealthModel::setItems(std::vector<HealthItem> items)
{
    const int before = rowCount();
    const int after = static_cast<int>(items.size());
    const int common = std::min(before, after);
    for (int row = 0; row < common; ++row) {
        auto& mine = m_items[static_cast<std::size_t>(row)];
        auto& theirs = items[static_cast<std::size_t>(row)];
        if (mine == theirs)
            continue;
        mine = std::move(theirs);
        emit dataChanged(index(row, 0), index(row, columnCount() - 1));
    }
    if (after < before) {
        beginRemoveRows({}, after, before - 1);
        m_items.resize(items.size());
        endRemoveRows();
    } else if (after > before) {
        beginInsertRows({}, before, after - 1);
        m_items.insert(m_items.end(), std::make_move_iterator(items.begin() + before),
                       std::make_move_iterator(items.end()));
        endInsertRows();
    }
}

int HealthModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_items.size());
}

int HealthModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(Column::NumColumns);
}

QVariant HealthModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const HealthItem& item = m_items[static_cast<std::size_t>(index.row())];
    const auto column = static_cast<Column>(index.column());
    if (role == Qt::DecorationRole && column == Column::What)
        return m_theme.stateIcon(item.state);
    if (role == Qt::TextAlignmentRole && column == Column::Count)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    if (role == Qt::AccessibleTextRole && column == Column::What)
        return QStringLiteral("%1: %2").arg(severityWord(item.state), item.text);
    if (role == Qt::ToolTipRole)
        return QStringLiteral("%1: %2\n%3").arg(severityWord(item.state), item.text, item.where).trimmed();
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case Column::What:
        return item.text;
    case Column::Count:
        return item.count;
    case Column::Where:
        return item.where;
    case Column::NumColumns:
        break;
    }
    return {};
}

QVariant HealthModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::Alignment((section == 1 ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    if (role != Qt::DisplayRole)
        return {};
    const QString titles[] = {tr("What"), tr("Count"), tr("Where")};
    return titles[section];
}

} // namespace timbre::ui
