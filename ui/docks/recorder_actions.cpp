// What can be done with the recordings that are selected.

#include "ui/docks/recorder_dock.h"
#include "ui/docks/table_actions.h"
#include "ui/models/format.h"
#include "ui/recordings/distribution_plots.h"

#include <QtCore/QSortFilterProxyModel>
#include <QtWidgets/QInputDialog>
#include <QtWidgets/QMenu>
#include <QtWidgets/QMessageBox>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTableView>

namespace timbre::ui {

void RecorderDock::makeMenu()
{
    // No filter finds a recording's packets again: it holds no addresses.
    auto* actions =
        new TableActions(*m_table, m_bridge, *this, focus(), theme(), [](const QModelIndex&) { return RowMeaning(); });
    actions->setMore([this](QMenu& menu, const QModelIndex&) {
        const auto add = [&](const QPushButton& button, auto slot) {
            menu.addAction(button.text(), this, slot)->setEnabled(button.isEnabled());
        };
        menu.addSeparator();
        add(*m_stop, &RecorderDock::stopSelected);
        add(*m_mask, &RecorderDock::makeMask);
        add(*m_check, &RecorderDock::checkSelected);
        const bool canCompare = selectedRows().size() == 1 && !others(*selectedRows().front()).empty();
        menu.addAction(tr("Com&pare with…"), this, &RecorderDock::askForOther)->setEnabled(canCompare);
        menu.addSeparator();
        addNoteActions(menu);
        menu.addSeparator();
        add(*m_discard, &RecorderDock::stopOrDelete);
    });
}

void RecorderDock::checkSelected()
{
    if (const auto rows = selectedRows(); rows.size() == 1)
        emit checkRequested(rows.front()->head.facts.id);
}

void RecorderDock::stopSelected()
{
    for (const RecordingRow* row : selectedRows()) {
        if (row->running())
            m_bridge.recordings()->stop(row->session);
    }
}

void RecorderDock::stopOrDelete()
{
    const auto rows = selectedRows();
    if (rows.empty())
        return;
    const auto ended = std::count_if(rows.begin(), rows.end(), [](const auto* row) { return !row->running(); });
    if (ended > 0) {
        const auto button = QMessageBox::question(
            this, tr("Delete recordings"),
            tr("%n recording(s) will be overwritten in the workspace. This cannot be undone; masks made of them stay.",
               nullptr, static_cast<int>(ended)),
            QMessageBox::Discard | QMessageBox::Cancel, QMessageBox::Cancel);
        if (button != QMessageBox::Discard)
            return;
    }
    for (const RecordingRow* row : rows) {
        if (row->running())
            m_bridge.recordings()->discard(row->session);
        else
            m_bridge.recordings()->removeRecording(row->head.facts.id);
    }
}

void RecorderDock::makeMask()
{
    const auto rows = selectedRows();
    if (rows.size() != 1)
        return;
    mask::GeneratorOptions options;
    if (!rows.front()->head.hasEnough()) {
        const auto button = QMessageBox::question(
            this, tr("Short recording"),
            tr("The recording has fewer than 500 packets or 60 s. A mask of it may not hold. Make it all the same?"));
        if (button != QMessageBox::Yes)
            return;
        options.evenIfShort = true;
    }
    emit said(tr("Making a mask of “%1” …").arg(toQString(rows.front()->head.facts.service)));
    m_bridge.recordings()->makeMask(
        rows.front()->head.facts.id, options, {},
        m_bridge.onWindow<mask::GeneratedMask>(this, [this](Result<mask::GeneratedMask> made) {
            if (!made) {
                emit problemArose(toQString(made.error().message));
            } else if (!made->test.passed) {
                emit problemArose(tr("The mask was not kept: %1").arg(toQString(made->mask.extension->report)));
            } else {
                emit said(tr("Mask %1: %2").arg(toQString(made->mask.id), toQString(made->mask.extension->report)));
                emit maskMade(toQString(made->mask.id));
            }
        }));
}

void RecorderDock::showPair(const recording::SessionId& a, const recording::SessionId& b)
{
    m_bridge.recordings()->loadRecording(
        a, m_bridge.onWindow<recording::Recording>(this, [this, b](Result<recording::Recording> first) {
            if (!first)
                return;
            auto one = std::make_shared<recording::Recording>(std::move(*first));
            m_bridge.recordings()->loadRecording(
                b, m_bridge.onWindow<recording::Recording>(this, [this, one](Result<recording::Recording> other) {
                    if (!other)
                        return;
                    if (m_pair != std::array{one->facts.id, other->facts.id})
                        return; // something else was selected meanwhile
                    m_plots->compare({histogramsOf(one->packets), toQString(one->facts.service)},
                                     {histogramsOf(other->packets), toQString(other->facts.service)},
                                     distancesOf(one->packets, other->packets));
                }));
        }));
}

/// What a recording can be compared with; nothing while it runs.
std::vector<const RecordingRow*> RecorderDock::others(const RecordingRow& one) const
{
    std::vector<const RecordingRow*> rows;
    for (int i = 0; !one.running() && i < m_model->rowCount(); ++i) {
        const RecordingRow* row = m_model->row(i);
        if (!row->running() && row->head.facts.id != one.head.facts.id)
            rows.push_back(row);
    }
    return rows;
}

void RecorderDock::askForOther()
{
    const auto selected = selectedRows();
    if (selected.size() != 1)
        return;
    QStringList names;
    std::vector<recording::SessionId> ids;
    for (const RecordingRow* row : others(*selected.front())) {
        const recording::Recording& head = row->head;
        names << tr("%1 · %2 packets · %3 · %4")
                     .arg(toQString(head.facts.service), formatCount(head.totalPackets),
                          focus().formatTime(head.started, 0), toQString(recording::toHex(head.facts.id).substr(0, 8)));
        ids.push_back(head.facts.id);
    }
    bool chosen = false;
    const QString name = QInputDialog::getItem(
        this, tr("Compare recordings"), tr("Compare “%1” with:").arg(toQString(selected.front()->head.facts.service)),
        names, 0, false, &chosen);
    const auto at = names.indexOf(name);
    if (!chosen || at < 0)
        return;
    if (const int row = m_model->rowOf(ids[static_cast<std::size_t>(at)]); row >= 0) // it may be gone meanwhile
        m_table->selectionModel()->select(m_sorted->mapFromSource(m_model->index(row, 0)),
                                          QItemSelectionModel::Select | QItemSelectionModel::Rows);
}

} // namespace timbre::ui
