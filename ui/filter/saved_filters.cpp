#include "ui/filter/saved_filters.h"

#include "engine/query/filter.h"
#include "ui/models/format.h"

#include <QtCore/QSettings>

#include <algorithm>

namespace timbre::ui {

namespace {

QString settingsKey()
{
    return QStringLiteral("filter/saved");
}

bool sameName(const QString& a, const QString& b)
{
    return a.compare(b, Qt::CaseInsensitive) == 0;
}

} // namespace

SavedFilters::SavedFilters()
{
    reload();
}

SavedFilters& SavedFilters::instance()
{
    static SavedFilters filters;
    return filters;
}

const SavedFilter* SavedFilters::find(const QString& name) const
{
    const auto found = std::ranges::find_if(
        m_filters, [&](const SavedFilter& filter) { return sameName(filter.name, name.trimmed()); });
    return found == m_filters.end() ? nullptr : &*found;
}

QString SavedFilters::save(const QString& name, const QString& text)
{
    const QString trimmed = name.simplified();
    if (trimmed.isEmpty())
        return tr("A saved filter needs a name.");
    if (text.trimmed().isEmpty())
        return tr("There is no filter to save.");
    if (const auto compiled = query::Filter::compile(text.toStdString()); compiled.error)
        return toQString(compiled.error->message);
    const SavedFilter* known = find(trimmed);
    if (known == nullptr && m_filters.size() >= kMax)
        return tr("%1 filters are saved, and more are not kept. Delete one first.").arg(kMax);
    std::erase_if(m_filters, [&](const SavedFilter& filter) { return sameName(filter.name, trimmed); });
    m_filters.push_back({trimmed, text.trimmed()});
    keep();
    return {};
}

QString SavedFilters::rename(const QString& from, const QString& to)
{
    const SavedFilter* known = find(from);
    const QString name = to.simplified();
    if (known == nullptr || name.isEmpty())
        return tr("A saved filter needs a name.");
    if (const SavedFilter* other = find(name); other != nullptr && other != known)
        return tr("There is a saved filter “%1” already.").arg(other->name);
    m_filters[static_cast<std::size_t>(known - m_filters.data())].name = name;
    keep();
    return {};
}

void SavedFilters::remove(const QString& name)
{
    if (std::erase_if(m_filters, [&](const SavedFilter& filter) { return sameName(filter.name, name); }) > 0)
        keep();
}

void SavedFilters::keep()
{
    std::ranges::sort(m_filters, [](const SavedFilter& a, const SavedFilter& b) {
        return a.name.compare(b.name, Qt::CaseInsensitive) < 0;
    });
    QSettings settings;
    settings.remove(settingsKey());
    settings.beginWriteArray(settingsKey(), static_cast<int>(m_filters.size()));
    for (std::size_t i = 0; i < m_filters.size(); ++i) {
        settings.setArrayIndex(static_cast<int>(i));
        settings.setValue(QStringLiteral("name"), m_filters[i].name);
        settings.setValue(QStringLiteral("text"), m_filters[i].text);
    }
    settings.endArray();
    emit changed();
}

void SavedFilters::reload()
{
    m_filters.clear();
    QSettings settings;
    const int count = std::min(settings.beginReadArray(settingsKey()), static_cast<int>(kMax));
    for (int i = 0; i < count; ++i) {
        settings.setArrayIndex(i);
        const SavedFilter filter{settings.value(QStringLiteral("name")).toString(),
                                 settings.value(QStringLiteral("text")).toString()};
        if (!filter.name.isEmpty() && !query::Filter::compile(filter.text.toStdString()).error)
            m_filters.push_back(filter);
    }
    settings.endArray();
    emit changed();
}

} // namespace timbre::ui
