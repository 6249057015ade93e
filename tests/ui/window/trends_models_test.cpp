// The models of the trends docks: rows come, change and are hidden without the views losing their place.

#include "ui/models/anomalies_model.h"
#include "ui/models/entities_model.h"
#include "ui/models/trend_types_model.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace timbre;
using namespace timbre::ui;

namespace {

/// `anomalies` rows, the first one repeated `count` times.
std::shared_ptr<trends::TrendsResult> resultWith(int anomalies, std::uint64_t count)
{
    auto names = std::make_shared<StringPool>();
    auto result = std::make_shared<trends::TrendsResult>();
    auto rows = std::make_shared<trends::AnomalyRows>();
    auto entities = std::make_shared<std::vector<trends::EntityRow>>();
    for (int i = 0; i < anomalies; ++i) {
        auto row = std::make_shared<trends::AnomalyRow>();
        row->anomaly = trends::makeAnomaly(
            i % 2 == 0 ? trends::AnomalyType::Ja4hChange : trends::AnomalyType::SessionSharing, 1000 + i);
        row->anomaly.entities = {names->intern("192.0.2." + std::to_string(i + 1))};
        row->lastMs = 1000 + i;
        row->count = i == 0 ? count : 1;
        entities->push_back({row->anomaly.entities.front(), {50 + i, 25.0, 1000, 1}});
        rows->push_back(std::move(row));
    }
    result->names = names;
    result->anomalies = rows;
    result->entities = entities;
    result->lastMs = 1000;
    return result;
}

class TrendsModelsTest : public QObject {
    Q_OBJECT

private slots:
    void anomaliesGrowAndChange()
    {
        Theme theme;
        Focus focus;
        AnomaliesModel model(theme, focus, nullptr);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setResult(resultWith(2, 1), false);
        QCOMPARE(model.rowCount(), 2);
        const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        const QSignalSpy inserts(&model, &QAbstractItemModel::rowsInserted);
        model.setResult(resultWith(4, 7), true);
        QCOMPARE(resets.count(), 0);
        QCOMPARE(inserts.count(), 1);
        QCOMPARE(model.rowCount(), 4);
        const auto countOf = model.index(0, static_cast<int>(AnomaliesModel::Column::Count));
        QCOMPARE(countOf.data(AnomaliesModel::kSortRole).toULongLong(), 7ULL);
        model.setResult(nullptr, false);
        QCOMPARE(model.rowCount(), 0);
    }

    void suppressedRowsAreHiddenAndCounted()
    {
        Theme theme;
        Focus focus;
        AnomaliesModel model(theme, focus, nullptr);
        ShownAnomalies shown(model, nullptr);
        const QAbstractItemModelTester tester(&shown, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setResult(resultWith(4, 1), false);
        QCOMPARE(shown.rowCount(), 4);
        trends::Suppression byType;
        byType.type = trends::AnomalyType::SessionSharing;
        trends::Suppression byEntity;
        byEntity.entity = "192.0.2.1";
        trends::Suppression over;
        over.expiresMs = 1; // long ago
        shown.setSuppressions({byType, byEntity, over});
        QCOMPARE(shown.rowCount(), 1);
        QCOMPARE(shown.suppressions().size(), std::size_t{2});
        QCOMPARE(shown.hiddenCounts(), (std::vector<int>{2, 1}));
        shown.setSuppressions({});
        QCOMPARE(shown.rowCount(), 4);
        shown.setRange(TimeRange{timeOfMs(1001), timeOfMs(1002)});
        QCOMPARE(shown.rowCount(), 2);
    }

    void entitiesByRisk()
    {
        Focus focus;
        EntitiesModel model(focus, nullptr);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const auto result = resultWith(3, 1);
        model.setResult(result, trends::entitiesOf(*result));
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("192.0.2.3")); // the highest risk
        QCOMPARE(model.rowOf(QStringLiteral("192.0.2.1")), 2);
        QCOMPARE(model.rowOf(QStringLiteral("192.0.2.9")), -1);
    }

    void typesKeepTheirRows()
    {
        TrendTypesModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setRows({{trends::SignalType::Ip, 3, std::nullopt, {1, 1}}});
        const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        model.setRows({{trends::SignalType::Ip, 4, -50.0, {2, 1}}});
        QCOMPARE(resets.count(), 0);
        QCOMPARE(model.index(0, static_cast<int>(TrendTypesModel::Column::Change)).data().toString(),
                 QStringLiteral("▼ 50 %"));
    }
};

} // namespace

QTEST_MAIN(TrendsModelsTest)
#include "trends_models_test.moc"
