#pragma once

// The captures opened lately, newest first, kept between runs. Paths only; nothing is looked up on disk here.

#include <QtCore/QObject>
#include <QtCore/QStringList>

namespace timbre::ui {

class RecentFiles : public QObject {
    Q_OBJECT

public:
    static constexpr int kMaxFiles = 12;

    explicit RecentFiles(QObject* parent = nullptr);

    [[nodiscard]] const QStringList& paths() const { return m_paths; }
    void add(const QString& path);
    void clear();

signals:
    void changed();

private:
    void store();

    QStringList m_paths;
};

} // namespace timbre::ui
