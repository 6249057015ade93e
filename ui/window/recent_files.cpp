#include "ui/window/recent_files.h"

#include <QtCore/QFileInfo>
#include <QtCore/QSettings>

namespace timbre::ui {

namespace {

QString settingsKey()
{
    return QStringLiteral("recentFiles");
}

} // namespace

RecentFiles::RecentFiles(QObject* parent)
    : QObject(parent)
    , m_paths(QSettings().value(settingsKey()).toStringList().mid(0, kMaxFiles))
{
}

void RecentFiles::add(const QString& path)
{
    const QString absolute = QFileInfo(path).absoluteFilePath();
    m_paths.removeAll(absolute);
    m_paths.prepend(absolute);
    m_paths = m_paths.mid(0, kMaxFiles);
    store();
}

void RecentFiles::clear()
{
    m_paths.clear();
    store();
}

void RecentFiles::store()
{
    QSettings().setValue(settingsKey(), m_paths);
    emit changed();
}

} // namespace timbre::ui
