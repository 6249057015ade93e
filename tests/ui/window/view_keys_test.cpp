// The keys of a view: which presses are meant, who sees the rest, and that the sheet says the same.

#include "ui/keys/view_keys.h"

#include <QtGui/QKeyEvent>
#include <QtTest/QTest>
#include <QtWidgets/QWidget>

using namespace timbre::ui;

class ViewKeysTest : public QObject {
    Q_OBJECT

private slots:
    void pressesFindTheirAct();
    void whatIsRefusedGoesOn();
    void tablesSayWhatTheyDo();
};

static bool press(const ViewKeys& keys, int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
{
    return keys.press(QKeyEvent(QEvent::KeyPress, key, modifiers));
}

void ViewKeysTest::pressesFindTheirAct()
{
    QWidget view;
    ViewKeys keys(QStringLiteral("Here"), view);
    QString done;
    keys.addAct({Qt::Key_Return, Qt::Key_Enter}, QStringLiteral("Open"), [&] { done += QLatin1Char('o'); });
    keys.addAct({Qt::Key_Exclam}, QStringLiteral("Negate"), [&] { done += QLatin1Char('n'); });
    keys.addAct({QKeySequence(Qt::SHIFT | Qt::Key_Left)}, QStringLiteral("Extend"), [&] { done += QLatin1Char('e'); });
    QVERIFY(press(keys, Qt::Key_Return));
    QVERIFY(press(keys, Qt::Key_Enter, Qt::KeypadModifier)); // of the block of digits
    QVERIFY(press(keys, Qt::Key_Exclam, Qt::ShiftModifier)); // as most keyboards have it
    QVERIFY(press(keys, Qt::Key_Exclam));
    QVERIFY(press(keys, Qt::Key_Left, Qt::ShiftModifier));
    QCOMPARE(done, QStringLiteral("oonne"));
    QVERIFY(!press(keys, Qt::Key_Left));
    QVERIFY(!press(keys, Qt::Key_Return, Qt::ControlModifier));
    QCOMPARE(done.size(), 5);
}

void ViewKeysTest::whatIsRefusedGoesOn()
{
    QWidget view;
    ViewKeys keys(QStringLiteral("Here"), view);
    bool open = false;
    keys.add({Qt::Key_Escape}, QStringLiteral("Close"), [&](const QKeyEvent&) { return std::exchange(open, false); });
    keys.add({Qt::Key_Menu}, QStringLiteral("Menu")); // the toolkit's
    QVERIFY(!press(keys, Qt::Key_Escape));
    open = true;
    QVERIFY(press(keys, Qt::Key_Escape));
    QVERIFY(keys.knows(QKeyEvent(QEvent::ShortcutOverride, Qt::Key_Escape, Qt::NoModifier)));
    QVERIFY(!keys.knows(QKeyEvent(QEvent::ShortcutOverride, Qt::Key_Menu, Qt::NoModifier)));
    QVERIFY(!press(keys, Qt::Key_Menu));
}

void ViewKeysTest::tablesSayWhatTheyDo()
{
    QWidget view;
    ViewKeys keys(tableKeyGroup(), view);
    int row = 0;
    int peeks = 0;
    addTableKeys(keys, {.move = [&](int rows) { row += rows; },
                        .peek = [&] { ++peeks; },
                        .closePeek = [&] { return std::exchange(peeks, 0) > 0; },
                        .sort = {},
                        .copy = [] {}});
    QVERIFY(press(keys, Qt::Key_J) && press(keys, Qt::Key_J) && press(keys, Qt::Key_K));
    QCOMPARE(row, 1);
    QVERIFY(press(keys, Qt::Key_Space) && press(keys, Qt::Key_Escape) && !press(keys, Qt::Key_Escape));
    QVERIFY(press(keys, Qt::Key_C, Qt::ControlModifier));
    QVERIFY(!press(keys, Qt::Key_S)); // this one cannot be sorted, and does not say it can
    for (const ViewKeys::Key& key : keys.keys())
        QVERIFY(!key.text.isEmpty() && !key.keys.isEmpty() && !key.keys.contains(QKeySequence(Qt::Key_S)));
}

QTEST_MAIN(ViewKeysTest)
#include "view_keys_test.moc"
