#include "ui/window/translation.h"

#include <QtCore/QLibraryInfo>
#include <QtCore/QTranslator>

namespace timbre::ui {

bool installTranslation(QCoreApplication& application, const QLocale& locale)
{
    auto* own = new QTranslator(&application);
    if (!own->load(locale, QStringLiteral("timbre"), QStringLiteral("_"), QStringLiteral(":/i18n"))) {
        delete own;
        return false;
    }
    QCoreApplication::installTranslator(own);
    auto* toolkit = new QTranslator(&application); // the words of file dialogs and standard buttons
    if (toolkit->load(locale, QStringLiteral("qtbase"), QStringLiteral("_"),
                      QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(toolkit);
    else
        delete toolkit;
    return true;
}

} // namespace timbre::ui
