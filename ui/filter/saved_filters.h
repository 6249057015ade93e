#pragma once

// Filters with a name, kept in the settings for every capture. One list for the whole program: whoever changes it, all
// others are told. GUI thread only.

#include <QtCore/QObject>
#include <QtCore/QString>

#include <vector>

namespace timbre::ui {

struct SavedFilter {
    QString name; // unique whatever the case of its letters
    QString text; // compiles
    bool operator==(const SavedFilter&) const = default;
};

class SavedFilters : public QObject {
    Q_OBJECT

public:
    static constexpr std::size_t kMax = 500;

    static SavedFilters& instance();

    /// By name.
    [[nodiscard]] const std::vector<SavedFilter>& all() const { return m_filters; }
    [[nodiscard]] const SavedFilter* find(const QString& name) const;

    /// Replaces the one of that name. Empty when done, else the sentence that says why not.
    QString save(const QString& name, const QString& text);
    QString rename(const QString& from, const QString& to);
    void remove(const QString& name);
    /// As the settings have it now.
    void reload();

signals:
    void changed();

private:
    SavedFilters();
    void keep();

    std::vector<SavedFilter> m_filters;
};

} // namespace timbre::ui
