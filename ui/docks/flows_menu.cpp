// The menu of a cell in the flow table.

#include "engine/pipeline/flow_fields.h"
#include "engine/query/parser.h"
#include "engine/store/filter_sql.h"
#include "ui/docks/flows_dock.h"
#include "ui/docks/flows_view.h"
#include "ui/filter/filter_menu.h"
#include "ui/models/format.h"

#include <QtWidgets/QMenu>

namespace timbre::ui {

namespace {

/// The filter that finds what stands in the cell. A cell that shows a name taken from the handshake asks for that name.
QString termFor(const flow::FlowSnapshot& flows, const flow::FlowRecord& record, FlowColumn column)
{
    query::Field field = columnInfo(column).field;
    if (column == FlowColumn::Host && record.serverName != 0)
        field = query::Field::Sni;
    else if (column == FlowColumn::Host && record.httpHost != 0)
        field = query::Field::HttpHost;
    else if (column == FlowColumn::Service && record.app != flow::App::Unknown)
        field = query::Field::App;
    return QString::fromStdString(pipeline::filterFor({flows, record}, field));
}

/// Client and server cells show a port, too.
QString portTermFor(const flow::FlowSnapshot& flows, const flow::FlowRecord& record, FlowColumn column)
{
    if (column != FlowColumn::Client && column != FlowColumn::Server)
        return {};
    const query::Field field = column == FlowColumn::Client ? query::Field::SrcPort : query::Field::DstPort;
    const query::Value value = pipeline::primaryValue({flows, record}, field);
    return std::holds_alternative<std::monostate>(value)
               ? QString()
               : QString::fromStdString(pipeline::filterFor({flows, record}, field));
}

} // namespace

void FlowsDock::showCellMenu(const QPoint& position)
{
    // From the keyboard's menu key the position is somewhere in the table: the current cell is what is meant.
    const QModelIndex under = m_view->indexAt(position);
    const QModelIndex index = under.isValid() ? under : m_view->currentIndex();
    if (!index.isValid())
        return;
    const FlowSnapshotPtr flows = m_model->sharedFlows();
    const flow::FlowRecord& record = m_model->record(index.row());
    const auto column = static_cast<FlowColumn>(index.column());
    QMenu menu(this);
    addFilterActions(menu, focus(), termFor(*flows, record, column));
    if (const QString port = portTermFor(*flows, record, column); !port.isEmpty())
        addFilterActions(menu, focus(), port);
    menu.addSeparator();
    menu.addAction(theme().icon(QStringLiteral("copy")), tr("&Copy rows"), this, &FlowsDock::copySelection);
    addCopyAs(*menu.addMenu(tr("Copy &as")));
    menu.addSeparator();
    menu.addAction(theme().icon(QStringLiteral("packets")), tr("Show &packets"), this, &FlowsDock::packetsRequested);
    menu.addAction(theme().icon(QStringLiteral("peek")), tr("P&eek"), this, &FlowsDock::togglePeek);
    menu.addAction(tr("&Sort by this column"), this, [this, column] { sortBy(column); });
    const QPoint place = under.isValid() ? position : m_view->visualRect(index).bottomLeft();
    menu.exec(m_view->viewport()->mapToGlobal(place));
}

void FlowsDock::addCopyAs(QMenu& menu)
{
    const FlowSnapshotPtr flows = m_model->sharedFlows();
    const auto selected = selectedInOrder();
    const bool fits = !selected.empty() && selected.size() <= kMaxFilterFlows;
    menu.setToolTipsVisible(true);
    menu.addAction(tr("&JSON, one flow per line"), this, [this] { copySelectionAs(CopyFormat::Json); });
    QAction* bpf = menu.addAction(tr("&BPF filter"), this, [this, flows, selected] {
        copyFilter(bpfFilter(*flows, selected), tr("BPF filter"));
    });
    QAction* wireshark = menu.addAction(tr("&Wireshark filter"), this, [this, flows, selected] {
        copyFilter(wiresharkFilter(*flows, selected), tr("Wireshark filter"));
    });
    QAction* sql = menu.addAction(
        tr("&SQL of the workspace"), this, [this, selected, path = m_snapshot ? m_snapshot->path : std::string()] {
            const auto term = query::parse(flowsTerm(selected).toStdString());
            copyFilter(QString::fromStdString(store::toSql(*term.expression, path).value_or(std::string())),
                       tr("query for the workspace"));
        });
    for (QAction* action : {bpf, wireshark, sql}) {
        action->setEnabled(fits);
        if (!fits)
            action->setToolTip(tr("Select 1 to %1 flows").arg(kMaxFilterFlows));
    }
}

} // namespace timbre::ui
