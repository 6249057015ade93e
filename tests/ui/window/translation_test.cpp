// The German window: every text is translated, with the places for values that the English one has.

#include "ui/models/flow_columns.h"
#include "ui/window/translation.h"

#include <QtCore/QFile>
#include <QtCore/QRegularExpression>
#include <QtCore/QXmlStreamReader>
#include <QtTest/QtTest>
#include <QtWidgets/QApplication>

using namespace timbre::ui;

class TranslationTest : public QObject {
    Q_OBJECT

private slots:
    void everyTextIsTranslated();
    void textsOfAnotherLanguage();
};

static QStringList placesOf(const QString& text)
{
    static const QRegularExpression place(QStringLiteral("%L?[0-9n]"));
    QStringList places;
    for (auto found = place.globalMatch(text); found.hasNext();)
        places << found.next().captured();
    places.sort();
    return places;
}

/// Singular and plural where the text counts something; else the one text there is.
static QStringList formsOf(QXmlStreamReader& translation)
{
    QString only;
    QStringList forms;
    while (!translation.atEnd()) {
        translation.readNext();
        if (translation.isEndElement())
            break;
        if (translation.isCharacters())
            only += translation.text();
        else if (translation.isStartElement())
            forms << translation.readElementText();
    }
    return forms.isEmpty() ? QStringList{only} : forms;
}

void TranslationTest::everyTextIsTranslated()
{
    QFile file(QStringLiteral(TIMBRE_SOURCE_DIR "/resources/translations/timbre_de.ts"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QXmlStreamReader xml(&file);
    QString source;
    int count = 0;
    while (!xml.atEnd()) {
        xml.readNext();
        if (!xml.isStartElement())
            continue;
        if (xml.name() == QLatin1StringView("source"))
            source = xml.readElementText();
        if (xml.name() != QLatin1StringView("translation"))
            continue;
        const bool unfinished = xml.attributes().value(QLatin1StringView("type")) == QLatin1StringView("unfinished");
        for (const QString& german : formsOf(xml)) {
            QVERIFY2(!unfinished && !german.trimmed().isEmpty(), qPrintable(source));
            QVERIFY2(placesOf(source) == placesOf(german), qPrintable(source + QStringLiteral(" / ") + german));
            QVERIFY2(source.contains(QLatin1Char('&')) == german.contains(QLatin1Char('&')), qPrintable(german));
            ++count;
        }
    }
    QVERIFY(count > 300);
}

void TranslationTest::textsOfAnotherLanguage()
{
    QVERIFY(!installTranslation(*QCoreApplication::instance(), QLocale(QLocale::Icelandic)));
    QVERIFY(installTranslation(*QCoreApplication::instance(), QLocale(QLocale::German)));
    const QString english = QStringLiteral("No packets of this selection lie in the time range. Widen the range, or "
                                           "press Esc in the Overview to clear it.");
    const QString german = QCoreApplication::translate("timbre::ui::PacketsDock", english.toUtf8().constData());
    QVERIFY(german != english && !german.isEmpty());
    QCOMPARE(columnTitle(FlowColumn::Duration), QStringLiteral("Dauer")); // a text outside of any class
}

QTEST_MAIN(TranslationTest)
#include "translation_test.moc"
