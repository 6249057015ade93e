#pragma once

// Where a file made of a capture is proposed to go.

#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QStandardPaths>

namespace timbre::ui {

/// Beside the capture, where that can be. The bundled sample lies in the cache, where nobody looks for files and which
/// may be emptied.
[[nodiscard]] inline QDir proposedFolder(const QFileInfo& capture)
{
    const QString cache = QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation) + QLatin1Char('/');
    const QString folder = capture.absolutePath();
    return (folder + QLatin1Char('/')).startsWith(cache) || !QFileInfo(folder).isWritable() ? QDir::home()
                                                                                            : QDir(folder);
}

} // namespace timbre::ui
