#include "ui/filter/filter_completion.h"

#include "ui/filter/saved_filters.h"

#include <QtCore/QSettings>

namespace timbre::ui {

namespace {

QString settingsKey()
{
    return QStringLiteral("filter/history");
}

} // namespace

FilterCompletion::FilterCompletion()
    : m_history(QSettings().value(settingsKey()).toStringList().mid(0, kMaxHistory))
{
}

void FilterCompletion::remember(const QString& filter)
{
    if (filter.isEmpty())
        return;
    m_history.removeAll(filter);
    m_history.prepend(filter);
    while (m_history.size() > kMaxHistory)
        m_history.removeLast();
    QSettings().setValue(settingsKey(), m_history);
}

void FilterCompletion::takeValues(const pipeline::ValueCountsResult& result)
{
    Values values;
    values.flows = result.flowsWithValue;
    for (const pipeline::ValueCount& count : result.values)
        values.items.push_back({count.text, count.flows});
    m_values[result.field] = std::move(values);
}

std::uint64_t FilterCompletion::flowsWith(query::Field field) const
{
    const auto found = m_values.find(field);
    return found == m_values.end() ? 0 : found->second.flows;
}

std::vector<query::ValueSuggestion> FilterCompletion::values(query::Field field) const
{
    const auto found = m_values.find(field);
    return found == m_values.end() ? std::vector<query::ValueSuggestion>{} : found->second.items;
}

std::vector<std::string> FilterCompletion::history() const
{
    std::vector<std::string> filters;
    for (const QString& filter : m_history)
        filters.push_back(filter.toStdString());
    return filters;
}

std::vector<query::NamedFilter> FilterCompletion::saved() const
{
    std::vector<query::NamedFilter> filters;
    for (const SavedFilter& filter : SavedFilters::instance().all())
        filters.push_back({filter.name.toStdString(), filter.text.toStdString()});
    return filters;
}

} // namespace timbre::ui
