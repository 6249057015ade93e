#include "ui/plots/flow_sums_view.h"

#include "ui/models/format.h"
#include "ui/models/table_setup.h"
#include "ui/plots/flow_facts.h"

#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QTableView>

#include <array>

namespace timbre::ui {

void SelectedFlowsModel::setFlows(std::shared_ptr<const flow::FlowSnapshot> snapshot, std::vector<std::uint32_t> flows)
{
    if (flows == m_flows) { // the same flows, further on
        m_snapshot = std::move(snapshot);
        if (!m_flows.empty())
            emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_snapshot = std::move(snapshot);
    m_flows = std::move(flows);
    endResetModel();
}

int SelectedFlowsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_flows.size());
}

int SelectedFlowsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant SelectedFlowsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue((index.column() == FlowColumn ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    const flow::FlowRecord& record = (*m_snapshot)[flowAt(index.row())];
    if (index.column() == FlowColumn)
        return flowTitle(record);
    const auto& side = record.of(index.column() == UpColumn ? flow::Side::Initiator : flow::Side::Responder);
    return role == Qt::ToolTipRole ? formatCount(side.originalBytes) + QStringLiteral(" B")
                                   : formatBytes(side.originalBytes);
}

QVariant SelectedFlowsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole)
        return QVariant::fromValue((section == FlowColumn ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == FlowColumn ? tr("Flow") : section == UpColumn ? tr("↑ Bytes") : tr("↓ Bytes");
}

FlowSumsView::FlowSumsView(QWidget* parent)
    : QWidget(parent)
    , m_words(new QLabel(this))
    , m_table(new QTableView(this))
    , m_model(new SelectedFlowsModel(this))
{
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    m_words->setTextFormat(Qt::PlainText);
    m_words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_words->setWordWrap(true);
    m_words->setContentsMargins(Theme::kMargin, Theme::kMargin, Theme::kMargin, 0);
    setUpTable(*m_table);
    m_table->setModel(m_model);
    m_table->setAccessibleName(tr("Selected flows"));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->horizontalHeader()->setSectionResizeMode(SelectedFlowsModel::FlowColumn, QHeaderView::Stretch);
    for (const int column : {SelectedFlowsModel::UpColumn, SelectedFlowsModel::DownColumn})
        m_table->horizontalHeader()->resizeSection(column,
                                                   fontMetrics().horizontalAdvance(QStringLiteral("000.0 MB")) + 16);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Theme::kMargin);
    layout->addWidget(m_words);
    layout->addWidget(m_table, 1);
}

void FlowSumsView::showFlows(std::shared_ptr<const flow::FlowSnapshot> snapshot, std::vector<std::uint32_t> flows)
{
    std::erase_if(flows, [&snapshot](std::uint32_t flow) { return flow >= snapshot->size(); });
    std::array<std::uint64_t, 2> packets{};
    std::array<std::uint64_t, 2> bytes{};
    Timestamp first = Timestamp::max();
    Timestamp last = Timestamp::min();
    for (const std::uint32_t flow : flows) {
        const flow::FlowRecord& record = (*snapshot)[flow];
        for (std::size_t side = 0; side < 2; ++side) {
            packets[side] += record.sides[side].packets;
            bytes[side] += record.sides[side].originalBytes;
        }
        first = std::min(first, record.started);
        last = std::max(last, record.lastSeen);
    }
    m_words->setText(
        tr("%1 flows over %2\n↑ %3 packets, %4\n↓ %5 packets, %6\nEnter on a flow shows it alone.")
            .arg(formatCount(flows.size()), formatDuration(std::max<std::int64_t>(0, elapsedNs(first, last))),
                 formatCount(packets[0]), formatBytes(bytes[0]), formatCount(packets[1]), formatBytes(bytes[1])));
    m_model->setFlows(std::move(snapshot), std::move(flows));
}

QString FlowSumsView::words() const
{
    return m_words->text();
}

} // namespace timbre::ui
