#include "ui/filter/filter_menu.h"

#include "engine/query/parser.h"
#include "engine/query/translate.h"
#include "engine/store/filter_sql.h"

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
        if (how == query::Combine::Replace) {
            focus.replaceFilter(term);
            return;
        }
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
    menu.addAction(tr("&Prepare in the filter bar"), &focus, [&focus, term] { emit focus.filterPrepared(term); });
    addEntry(menu, focus, tr("A&nd this"), term, query::Combine::And);
    addEntry(menu, focus, tr("And n&ot this"), term, query::Combine::AndNot);
    menu.addAction(tr("Copy as &filter"), &menu, [term] { QGuiApplication::clipboard()->setText(term); });
}

void addFilterCopies(QMenu& menu, const QString& filter, const std::string& path)
{
    const auto parsed = query::parse(filter.toStdString());
    const auto add = [&](const QString& label, const auto& translate) {
        const std::optional<std::string> words = parsed.expression ? translate(*parsed.expression) : std::nullopt;
        QAction* action = menu.addAction(label, &menu, [words] {
            QGuiApplication::clipboard()->setText(QString::fromStdString(words.value_or(std::string())));
        });
        action->setEnabled(words && !words->empty());
        if (!action->isEnabled())
            action->setToolTip(tr("Some of its fields have no word there"));
    };
    menu.setToolTipsVisible(true);
    add(tr("&BPF, for captures"), query::toBpf);
    add(tr("&Wireshark filter"), query::toWireshark);
    add(tr("&SQL of the workspace"),
        [&path](const query::Expression& expression) { return store::toSql(expression, path); });
}

QString activeDuringTerm(const TimeRange& stretch)
{
    return QStringLiteral("flow.start <= %1 and flow.end >= %2")
        .arg(QString::fromStdString(formatUtc(stretch.end)), QString::fromStdString(formatUtc(stretch.begin)));
}

QString flowsTerm(const std::vector<std::uint32_t>& flows)
{
    if (flows.size() == 1)
        return QStringLiteral("flow.index == %1").arg(flows.front());
    QStringList numbers;
    for (const std::uint32_t flow : flows)
        numbers << QString::number(flow);
    return QStringLiteral("flow.index in {%1}").arg(numbers.join(QLatin1Char(' ')));
}

} // namespace timbre::ui
