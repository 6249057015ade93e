// The evidence drawer is the same in every dock that judges: what it says, where it stands, its key, and the ways from
// it to flows and packets.

#include "tests/ui/window/window_fixture.h"
#include "ui/docks/anomalies_dock.h"
#include "ui/docks/audio_dock.h"
#include "ui/docks/entities_dock.h"
#include "ui/docks/evidence_drawer.h"
#include "ui/docks/packets_dock.h"
#include "ui/docks/resonance_dock.h"

#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTableView>
#include <QtWidgets/QToolButton>

using namespace timbre;
using namespace timbre::ui;

class EvidenceDrawerTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { m_fixture.prepare(QStringLiteral("evidence-drawer-test")); }
    void init()
    {
        m_fixture.forgetAll();
        QVERIFY(m_fixture.makeWindow());
        window().resize(1440, 900);
        window().openFiles({QStringLiteral(TIMBRE_SOURCE_DIR "/resources/samples/voice.pcapng")});
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture.current() && m_fixture.current()->phase == pipeline::Phase::Finished &&
                                     m_fixture.rows() > 0,
                                 20'000);
    }
    void cleanup() { m_fixture.close(); }

    void everyJudgeHasOne();
    void keyClosesAndOpens();
    void closedStaysClosed();
    void escapeGoesBackToTheList();
    void waysToFlowsAndPackets();
    void addressesLeadToTheirFlows();
    void standsWhereThereIsRoom();
    void headSaysTheVerdict();

private:
    [[nodiscard]] MainWindow& window() { return m_fixture.window(); }
    template<typename T>
    [[nodiscard]] T& dock()
    {
        return *window().findChild<T*>();
    }
    /// In front, with a stream chosen in it.
    [[nodiscard]] AudioDock& audio();
    [[nodiscard]] static QPushButton* button(EvidenceDrawer& drawer, const char* text)
    {
        for (QPushButton* each : drawer.findChildren<QPushButton*>()) {
            if (each->text() == QLatin1String(text))
                return each;
        }
        return nullptr;
    }

    testing::WindowFixture m_fixture;
};

AudioDock& EvidenceDrawerTest::audio()
{
    auto& audio = dock<AudioDock>();
    audio.bringToFront();
    audio.table().setFocus();
    return audio;
}

void EvidenceDrawerTest::everyJudgeHasOne()
{
    for (Dock* each : {static_cast<Dock*>(&dock<AudioDock>()), static_cast<Dock*>(&dock<ResonanceDock>()),
                       static_cast<Dock*>(&dock<AnomaliesDock>()), static_cast<Dock*>(&dock<EntitiesDock>())}) {
        const QByteArray name = each->facts().title.toLocal8Bit();
        auto* drawer = each->findChild<EvidenceDrawer*>();
        QVERIFY2(drawer != nullptr && drawer->open(), name);
        QVERIFY2(qobject_cast<EvidenceSplit*>(drawer->parentWidget()) != nullptr, name);
        for (const char* text : {"Show flows", "Show packets"})
            QVERIFY2(button(*drawer, text) != nullptr, name);
        QCOMPARE(drawer->toggleAction().shortcut(), QKeySequence(Qt::Key_E));
    }
}

void EvidenceDrawerTest::keyClosesAndOpens()
{
    AudioDock& audio = this->audio();
    QTRY_VERIFY(audio.drawer().isVisible());
    QTest::keyClick(&audio.table(), Qt::Key_E);
    QVERIFY(!audio.drawer().isVisible() && audio.table().hasFocus());
    QTest::keyClick(&audio.table(), Qt::Key_E);
    QVERIFY(audio.drawer().isVisible() && audio.table().hasFocus());
    auto* close = audio.drawer().findChild<QToolButton*>();
    button(audio.drawer(), "Show flows")->setFocus(); // the keyboard is in what closes
    QTest::mouseClick(close, Qt::LeftButton);
    QVERIFY(!audio.drawer().isVisible() && audio.table().hasFocus());
}

void EvidenceDrawerTest::closedStaysClosed()
{
    dock<AudioDock>().drawer().setOpen(false);
    QVERIFY(m_fixture.makeWindow());
    QVERIFY(!dock<AudioDock>().drawer().open());
    QVERIFY(dock<AnomaliesDock>().drawer().open()); // each dock by itself
}

void EvidenceDrawerTest::escapeGoesBackToTheList()
{
    AudioDock& audio = this->audio();
    QPushButton* flows = button(audio.drawer(), "Show flows");
    flows->setFocus();
    QTest::keyClick(flows, Qt::Key_Escape);
    QVERIFY(audio.table().hasFocus() && audio.drawer().isVisible());
}

void EvidenceDrawerTest::waysToFlowsAndPackets()
{
    AudioDock& audio = this->audio();
    audio.table().setCurrentIndex(audio.model().index(0, 0));
    const std::uint32_t flow = audio.model().stream(0)->flow;
    window().focus().setSelection({}, flow::kNoFlow);
    QTest::mouseClick(button(audio.drawer(), "Show flows"), Qt::LeftButton);
    QCOMPARE(window().focus().state().selection.current, flow);
    QTRY_VERIFY(window().flowsDock().isVisible());
    audio.bringToFront();
    QTest::mouseClick(button(audio.drawer(), "Show packets"), Qt::LeftButton);
    QTRY_VERIFY(dock<PacketsDock>().isVisible() && !dock<PacketsDock>().visibleRegion().isEmpty());
}

void EvidenceDrawerTest::addressesLeadToTheirFlows()
{
    window().openFiles({QStringLiteral(TIMBRE_SOURCE_DIR "/resources/samples/office.pcapng")});
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture.current()->phase == pipeline::Phase::Finished && m_fixture.rows() > 100, 20'000);
    auto& entities = dock<EntitiesDock>();
    entities.bringToFront();
    QPushButton* flows = button(entities.drawer(), "Show flows");
    QTRY_VERIFY(flows->isEnabled());
    const QString address = entities.drawer().head().subject;
    QTest::mouseClick(flows, Qt::LeftButton);
    const FlowSelection& chosen = window().focus().state().selection;
    QVERIFY(!chosen.flows.empty());
    for (const std::uint32_t each : chosen.flows) {
        const flow::FlowRecord& record = (*m_fixture.current()->flows)[each];
        const auto is = [&](flow::Side side) {
            return QString::fromStdString(toString(record.address(side))) == address;
        };
        QVERIFY(is(flow::Side::Initiator) || is(flow::Side::Responder));
    }
    QVERIFY(!window().flowsDock().visibleRegion().isEmpty());
}

void EvidenceDrawerTest::standsWhereThereIsRoom()
{
    auto& dock = this->dock<AudioDock>();
    auto* list = new QListWidget;
    auto* content = new QWidget;
    auto* drawer = new EvidenceDrawer(dock, m_fixture.theme(), *list, *content);
    EvidenceSplit split(*list, *drawer);
    split.resize(1000, 400);
    split.show();
    QTRY_COMPARE(split.orientation(), Qt::Horizontal);
    split.setSizes({700, 300});
    const QList<int> beside = split.sizes();
    split.resize(380, 800);
    QTRY_COMPARE(split.orientation(), Qt::Vertical);
    QVERIFY(split.sizes().at(0) > 0 && split.sizes().at(1) > split.sizes().at(0)); // evidence is long
    split.resize(1000, 400);
    QTRY_COMPARE(split.orientation(), Qt::Horizontal);
    QCOMPARE(split.sizes(), beside); // as it was left
    QVERIFY(split.minimumSizeHint().width() < 640);
}

void EvidenceDrawerTest::headSaysTheVerdict()
{
    AudioDock& audio = this->audio();
    QTRY_VERIFY(audio.model().rowCount() > 0);
    for (int row = 0; row < audio.model().rowCount(); ++row) {
        audio.table().setCurrentIndex(audio.model().index(row, 0));
        const EvidenceHead& head = audio.drawer().head();
        const StreamPtr stream = audio.model().stream(row);
        QVERIFY(head.subject.contains(QStringLiteral("→")) && !head.verdict.isEmpty());
        QVERIFY(audio.drawer().accessibleDescription().contains(head.verdict));
        if (stream->media != audio::Media::Video && !stream->calibrated.reasons.empty())
            QVERIFY(head.speakFor + head.speakAgainst > 0);
    }
}

QTEST_MAIN(EvidenceDrawerTest)
#include "evidence_drawer_test.moc"
