// What the engine finds, in the German window: no title, sentence or reason stays English, and each keeps its figures.

#include "engine/audio/evaluation.h"
#include "engine/audio/exact_reasons.h"
#include "engine/mask/features.h"
#include "tests/ui/window/fake_engine.h"
#include "ui/docks/anomalies_dock.h"
#include "ui/docks/stream_reasons.h"
#include "ui/docks/verdict_pair.h"
#include "ui/models/anomalies_model.h"
#include "ui/models/feature_texts.h"
#include "ui/models/format.h"
#include "ui/models/reason_texts.h"
#include "ui/models/streams_model.h"
#include "ui/models/trend_texts.h"
#include "ui/window/translation.h"

#include <QtCore/QRegularExpression>
#include <QtTest/QtTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLabel>
#include <QtWidgets/QTableView>
#include <QtWidgets/QTextBrowser>

using namespace timbre;
using namespace timbre::ui;

namespace {

/// Words of English sentences that German has not.
bool soundsEnglish(const QString& text)
{
    static const QRegularExpression english(
        QStringLiteral(
            R"(\b(the|of|with|than|used|from|within|times|requests?|responses?|packets|seconds|and|is|its)\b)"),
        QRegularExpression::CaseInsensitiveOption);
    return english.match(text).hasMatch();
}

QStringList figuresOf(const QString& text)
{
    static const QRegularExpression figure(QStringLiteral(R"(\d+(\.\d+)*)"));
    QStringList figures;
    for (auto found = figure.globalMatch(text); found.hasNext();)
        figures << found.next().captured();
    figures.sort();
    return figures;
}

/// One of each type, with everything filled in that any of them says.
std::shared_ptr<trends::TrendsResult> oneOfEach()
{
    auto names = std::make_shared<StringPool>();
    auto rows = std::make_shared<trends::AnomalyRows>();
    for (std::size_t i = 0; i < trends::kAnomalyTypes; ++i) {
        auto row = std::make_shared<trends::AnomalyRow>();
        row->anomaly = trends::makeAnomaly(static_cast<trends::AnomalyType>(i), 1'000);
        row->anomaly.entities = {names->intern("192.0.2.1")};
        trends::Evidence& e = row->anomaly.evidence;
        e.previousValue = "192.0.2.7";
        e.newValue = "198.51.100.9";
        e.pathTemplate = "/orders/{id}";
        e.tokenHashPrefix = "0123456789abcdef";
        e.ipCount = 5;
        e.changeCount = 4;
        e.timeDeltaMs = 90'000;
        e.threshold = 2.5;
        e.actual = 1234.56;
        rows->push_back(std::move(row));
    }
    auto result = std::make_shared<trends::TrendsResult>();
    result->names = names;
    result->anomalies = rows;
    result->entities = std::make_shared<std::vector<trends::EntityRow>>();
    result->lastMs = 1'000;
    return result;
}

trends::Suppression widestRule()
{
    trends::Suppression rule;
    rule.entity = "192.0.2.1";
    rule.otherEntity = "192.0.2.2";
    rule.ja4 = "t13d1516h2_8daaf6152771_e5627efa2ab1";
    rule.fromMs = 1;
    return rule;
}

class GermanFindingsTest : public QObject {
    Q_OBJECT

private slots:
    /// Without a translation the window and the command line say the same.
    void englishIsThatOfTheEngine()
    {
        const auto result = oneOfEach();
        for (const auto& row : *result->anomalies) {
            trends::Anomaly anomaly = row->anomaly;
            for (int form = 0; form < 3; ++form) {
                QCOMPARE(sentenceText(anomaly, *result->names), toQString(trends::describe(anomaly, *result->names)));
                anomaly.evidence.tokenHashPrefix.clear(); // checks of single signals have none
                anomaly.evidence.actual = -1.0;           // no time passed between two places
                if (form == 0)
                    anomaly.entities.assign(3, anomaly.entities.front());
                else
                    anomaly.entities.clear();
            }
        }
        QCOMPARE(scopeSentence(widestRule()), toQString(trends::scopeText(widestRule())));
        audio::StreamReport stream;
        stream.packets = 12;
        for (int kind = 0; kind < audio::kMissingKinds; ++kind) {
            stream.calibrated.missing = static_cast<audio::Missing>(kind);
            QCOMPARE(missingText(stream), toQString(stream.missing()));
        }
    }

    void german() { QVERIFY(installTranslation(*QCoreApplication::instance(), QLocale(QLocale::German))); }

    void titles()
    {
        const auto differs = [](const QString& german, const char* english) {
            QVERIFY2(german != QString::fromUtf8(english) && !german.isEmpty(), english);
        };
        for (const trends::SignalType type : trends::allSignalTypes())
            differs(titleText(type), titleOf(type));
        for (std::size_t i = 0; i < trends::kCategories; ++i)
            differs(titleText(static_cast<trends::Category>(i)), titleOf(static_cast<trends::Category>(i)));
        for (std::size_t i = 0; i < trends::kAnomalyTypes; ++i)
            differs(titleText(static_cast<trends::AnomalyType>(i)), titleOf(static_cast<trends::AnomalyType>(i)));
        for (const auto type :
             {trends::CorrelationType::EntityCluster, trends::CorrelationType::SignalChain,
              trends::CorrelationType::TemporalCorrelation, trends::CorrelationType::FingerprintFamily})
            differs(titleText(type), titleOf(type));
        for (std::size_t i = 0; i < mask::kSignatureLength; ++i)
            differs(featureText(i), mask::featureName(i));
        QVERIFY(!soundsEnglish(scopeSentence(widestRule())));
    }

    void rowsAndEvidenceOfAnomalies()
    {
        testing::FakeBridge fake;
        Focus focus;
        Theme theme;
        AnomaliesDock dock(fake.bridge, focus, theme, nullptr);
        const CaptureId id = fake.bridge.open(QStringLiteral("/a/one.pcap"));
        focus.setCapture(id);
        pipeline::CaptureSnapshot snapshot;
        snapshot.path = "/a/one.pcap";
        const auto result = oneOfEach();
        snapshot.trends = result;
        fake.engine->publish(id, snapshot);
        auto* table = dock.findChild<QTableView*>();
        QTRY_COMPARE(table->model()->rowCount(), static_cast<int>(trends::kAnomalyTypes));
        for (int row = 0; row < table->model()->rowCount(); ++row) {
            const QString english =
                toQString(trends::describe((*result->anomalies)[std::size_t(row)]->anomaly, *result->names));
            const auto cell = [&](AnomaliesModel::Column column) {
                return table->model()->index(row, static_cast<int>(column)).data().toString();
            };
            const QString sentence = cell(AnomaliesModel::Column::What);
            QVERIFY2(soundsEnglish(english), qPrintable(english));
            QVERIFY2(!soundsEnglish(sentence), qPrintable(sentence));
            QCOMPARE(figuresOf(sentence), figuresOf(english));
            QVERIFY2(!soundsEnglish(cell(AnomaliesModel::Column::Kind)),
                     qPrintable(cell(AnomaliesModel::Column::Kind)));
            table->setCurrentIndex(table->model()->index(row, 0));
            const QString evidence = dock.findChild<QTextBrowser*>()->toPlainText();
            QVERIFY2(evidence.contains(sentence) && !soundsEnglish(evidence), qPrintable(evidence));
        }
    }

    void reasonsOfVerdicts()
    {
        // Units and names that are spelled alike in both languages.
        const QSet<QString> alike{QStringLiteral("kbit/s"), QStringLiteral("bits"), QStringLiteral("ms"),
                                  QStringLiteral("s")};
        Theme theme;
        VerdictPair pair(theme, nullptr);
        audio::StreamReport stream;
        stream.calibrated.verdict = audio::Verdict::Suspect;
        for (const char* text : reasonTexts()) {
            const QString german = reasonText(text);
            QVERIFY2(alike.contains(QString::fromUtf8(text)) || german != QString::fromUtf8(text), text);
            QVERIFY2(!soundsEnglish(german), qPrintable(german));
            stream.calibrated.reasons.push_back(
                {.name = "payload bytes", .text = text, .value = 1.0, .low = 2.0, .high = 3.0, .unit = "", .weight = -1.0});
        }
        pair.setStream(stream);
        const QString spoken = pair.calibrated().accessibleDescription();
        QVERIFY2(!spoken.isEmpty() && !soundsEnglish(spoken), qPrintable(spoken));
    }

    void whatIsMissing()
    {
        Theme theme;
        VerdictPair pair(theme, nullptr);
        audio::StreamReport stream;
        stream.packets = 12;
        for (int kind = 1; kind < audio::kMissingKinds; ++kind) {
            stream.calibrated.missing = static_cast<audio::Missing>(kind);
            const QString german = missingText(stream);
            QVERIFY2(!german.isEmpty() && !soundsEnglish(german), qPrintable(german));
            QCOMPARE(figuresOf(german), figuresOf(toQString(stream.missing())));
            pair.setStream(stream);
            for (const QLabel* label : pair.findChildren<QLabel*>())
                QVERIFY2(!soundsEnglish(label->text()), qPrintable(label->text()));
        }
    }
};

} // namespace

QTEST_MAIN(GermanFindingsTest)
#include "german_findings_test.moc"
