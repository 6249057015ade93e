#include "ui/bridge/flow_query_bridge.h"

namespace timbre::ui {

FlowQueryBridge::FlowQueryBridge(QObject* parent)
    : QObject(parent)
{
    m_query = std::make_unique<pipeline::FlowQuery>(
        [this](pipeline::FlowQueryResult result) {
            const std::lock_guard lock(m_mutex);
            m_rows = std::move(result);
            post();
        },
        [this](pipeline::ValueCountsResult result) {
            const std::lock_guard lock(m_mutex);
            m_values = std::move(result);
            post();
        });
}

FlowQueryBridge::~FlowQueryBridge() = default;

void FlowQueryBridge::ask(pipeline::FlowQueryRequest request)
{
    m_busy = true;
    m_rowsNumber = m_query->ask(std::move(request));
}

void FlowQueryBridge::askValues(pipeline::ValueCountsRequest request)
{
    m_valuesNumber = m_query->askValues(std::move(request));
}

void FlowQueryBridge::cancel()
{
    m_query->cancel();
    m_busy = false;
    m_rowsNumber = 0;
    m_valuesNumber = 0;
}

void FlowQueryBridge::post()
{
    if (m_posted)
        return;
    m_posted = true;
    QMetaObject::invokeMethod(this, &FlowQueryBridge::deliver, Qt::QueuedConnection);
}

void FlowQueryBridge::deliver()
{
    std::optional<pipeline::FlowQueryResult> rows;
    std::optional<pipeline::ValueCountsResult> values;
    {
        const std::lock_guard lock(m_mutex);
        rows.swap(m_rows);
        values.swap(m_values);
        m_posted = false;
    }
    if (rows && rows->number == m_rowsNumber) {
        m_busy = rows->partial;
        emit answered(*rows);
    }
    if (values && values->number == m_valuesNumber)
        emit valuesCounted(*values);
}

} // namespace timbre::ui
