#pragma once

// The window's side of pipeline::FlowQuery: questions go to its worker, answers come back as signals on the GUI thread.
// Only answers to the newest question arrive; a first page may arrive before the whole list.

#include "engine/pipeline/flow_query.h"

#include <QtCore/QObject>

#include <memory>
#include <mutex>
#include <optional>

namespace timbre::ui {

class FlowQueryBridge : public QObject {
    Q_OBJECT

public:
    explicit FlowQueryBridge(QObject* parent = nullptr);
    ~FlowQueryBridge() override;

    void ask(pipeline::FlowQueryRequest request);
    void askValues(pipeline::ValueCountsRequest request);
    /// No answer to what was asked will come any more.
    void cancel();
    /// A question about rows has been asked and its last answer has not come.
    [[nodiscard]] bool busy() const { return m_busy; }

signals:
    void answered(const timbre::pipeline::FlowQueryResult& result);
    void valuesCounted(const timbre::pipeline::ValueCountsResult& result);

private:
    void post(); // worker threads; requires m_mutex
    void deliver();

    std::mutex m_mutex; // guards the three below
    std::optional<pipeline::FlowQueryResult> m_rows;
    std::optional<pipeline::ValueCountsResult> m_values;
    bool m_posted = false;

    std::uint64_t m_rowsNumber = 0; // of the newest question
    std::uint64_t m_valuesNumber = 0;
    bool m_busy = false;
    std::unique_ptr<pipeline::FlowQuery> m_query; // last: joins its threads before the rest goes
};

} // namespace timbre::ui
