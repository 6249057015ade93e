// What the command palette offers beyond the menus, and the flows it finds.

#include "ui/bridge/flow_query_bridge.h"
#include "ui/dialogs/command_palette.h"
#include "ui/docks/flows_dock.h"
#include "ui/filter/saved_filters.h"
#include "ui/models/captures_model.h"
#include "ui/models/format.h"
#include "ui/window/main_window.h"
#include "ui/window/recent_files.h"

#include <QtCore/QFileInfo>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMenuBar>

namespace timbre::ui {

namespace {

constexpr std::size_t kFlowsOffered = 20;
constexpr int kMinSearch = 2; // letters

/// A bare word or a quoted text of the filter language: looked for in hosts, names and addresses.
QString asBareWord(QString text)
{
    text.replace(QLatin1Char('\\'), QLatin1String("\\\\"));
    text.replace(QLatin1Char('"'), QLatin1String("\\\""));
    return QLatin1Char('"') + text + QLatin1Char('"');
}

} // namespace

void MainWindow::showPalette()
{
    std::vector<PaletteEntry> entries = paletteEntriesOfMenus(menuBar()->actions());
    for (const CaptureId id : m_bridge.captures()) {
        if (const SnapshotPtr snapshot = m_bridge.snapshot(id))
            entries.push_back({captureName(*snapshot), tr("open capture"), [this, id] { m_focus.setCapture(id); }});
    }
    for (const SavedFilter& filter : SavedFilters::instance().all())
        entries.push_back({filter.name, tr("saved filter   %1").arg(filter.text),
                           [this, text = filter.text] { m_focus.replaceFilter(text); }});
    for (const QString& path : m_recent->paths())
        entries.push_back({QFileInfo(path).fileName(), tr("recent file"), [this, path] { openFiles({path}); }});

    auto* palette = new CommandPalette(std::move(entries), this);
    auto* query = new FlowQueryBridge(palette);
    connect(palette, &CommandPalette::searchRequested, query,
            [this, palette, query](const QString& text) { searchFlows(*palette, *query, text); });
    connect(query, &FlowQueryBridge::answered, palette, [this, palette](const pipeline::FlowQueryResult& result) {
        if (!result.partial)
            offerFlows(*palette, result);
    });
    palette->show();
    palette->line().setFocus();
}

void MainWindow::searchFlows(CommandPalette& palette, FlowQueryBridge& query, const QString& text)
{
    const SnapshotPtr snapshot = m_bridge.snapshot(m_focus.state().capture);
    query.cancel();
    const auto compiled = query::Filter::compile(asBareWord(text).toStdString());
    if (!snapshot || !snapshot->flows || text.size() < kMinSearch || !compiled.filter) {
        palette.setFound({});
        return;
    }
    pipeline::FlowQueryRequest request;
    request.snapshot = snapshot->flows;
    request.captureTime = snapshot->timeRange;
    request.filter = compiled.filter;
    query.ask(std::move(request));
}

void MainWindow::offerFlows(CommandPalette& palette, const pipeline::FlowQueryResult& result)
{
    std::vector<PaletteEntry> found;
    const QString text = palette.line().text().trimmed();
    const bool canFilter = query::Filter::compile(asBareWord(text).toStdString()).filter != nullptr;
    if (!result.rows->empty() && canFilter) // the line may have changed since it was asked
        found.push_back({tr("Filter flows by %1").arg(text),
                         formatCounted(result.rows->size(), tr("1 flow"), tr("%1 flows")),
                         [this, text] { m_focus.replaceFilter(asBareWord(text)); }});
    for (std::size_t i = 0; i < std::min(kFlowsOffered, result.rows->size()); ++i) {
        const std::uint32_t flow = (*result.rows)[i];
        const flow::FlowRecord& record = (*result.snapshot)[flow];
        found.push_back({formatEndpoint(record, flow::Side::Initiator) + QStringLiteral(" → ") +
                             formatEndpoint(record, flow::Side::Responder),
                         tr("flow %1, %2").arg(flow).arg(formatBytes(record.bytes())), [this, flow] {
                             m_focus.setSelection({flow}, flow);
                             m_flows->bringToFront();
                         }});
    }
    palette.setFound(std::move(found));
}

} // namespace timbre::ui
