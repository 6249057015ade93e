#pragma once

// What the filter bar knows for completing: values of the current capture that were counted so far, and the filters
// used before, which outlive the program. Answers from memory.

#include "engine/pipeline/flow_query.h"
#include "engine/query/completion.h"

#include <QtCore/QStringList>

#include <map>

namespace timbre::ui {

class FilterCompletion : public query::CompletionSource {
public:
    static constexpr int kMaxHistory = 50;

    FilterCompletion();

    void remember(const QString& filter);
    [[nodiscard]] const QStringList& filters() const { return m_history; }

    void takeValues(const pipeline::ValueCountsResult& result);
    void forgetValues() { m_values.clear(); }
    [[nodiscard]] bool knows(query::Field field) const { return m_values.contains(field); }

    [[nodiscard]] std::uint64_t flowsWith(query::Field field) const override;
    [[nodiscard]] std::vector<query::ValueSuggestion> values(query::Field field) const override;
    [[nodiscard]] std::vector<std::string> history() const override;
    [[nodiscard]] std::vector<query::NamedFilter> saved() const override;

private:
    struct Values {
        std::vector<query::ValueSuggestion> items;
        std::uint64_t flows = 0;
    };
    std::map<query::Field, Values> m_values;
    QStringList m_history; // newest first
};

} // namespace timbre::ui
