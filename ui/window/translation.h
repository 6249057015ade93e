#pragma once

// The window in the language of the desktop, where there is a translation of it; else in English. Words of the filter
// language, of exports and of the command line are the same in every language.

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>

namespace timbre::ui {

/// Before the first widget is made. True when Timbre has a translation for the locale.
bool installTranslation(QCoreApplication& application, const QLocale& locale);

} // namespace timbre::ui
