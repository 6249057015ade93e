#include "ui/filter/filter_menu.h"

#include "engine/query/expression.h"

#include <QtCore/QCoreApplication>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QMenu>

namespace timbre::ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("timbre::ui", text);
}

constexpr int kLongestShown = 60;

void addEntry(QMenu& menu, Focus& focus, const QString& label, const QString& term, query::Combine how)
{
    menu.addAction(label, &focus, [&focus, term, how] {
        const QByteArray current = focus.state().filter.toUtf8();
        const QByteArray added = term.toUtf8();
        focus.setFilter(QString::fromStdString(query::combine(current.toStdString(), added.toStdString(), how)));
    });
}

} // namespace

void addFilterActions(QMenu& menu, Focus& focus, const QString& term)
{
    QString shown = term.size() > kLongestShown ? term.left(kLongestShown) + QChar(0x2026) : term;
    shown.replace(QLatin1Char('&'), QLatin1String("&&"));
    menu.addSection(shown);
    addEntry(menu, focus, tr("&Apply as filter"), term, query::Combine::Replace);
    addEntry(menu, focus, tr("A&nd this"), term, query::Combine::And);
    addEntry(menu, focus, tr("And n&ot this"), term, query::Combine::AndNot);
    menu.addAction(tr("Copy as &filter"), &menu, [term] { QGuiApplication::clipboard()->setText(term); });
}

} // namespace timbre::ui
