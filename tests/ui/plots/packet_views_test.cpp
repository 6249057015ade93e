// The three views of packets, each on its own: bytes, layers, rows.

#include "ui/packets/hex_view.h"
#include "ui/packets/layer_tree_model.h"
#include "ui/packets/packet_list_model.h"
#include "ui/theme/theme.h"

#include <QtGui/QClipboard>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QtTest>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QTableView>

using namespace timbre;
using namespace timbre::ui;

namespace {

QByteArray counting(int count)
{
    QByteArray bytes;
    for (int i = 0; i < count; ++i)
        bytes.append(static_cast<char>(i));
    return bytes;
}

decode::LayerTree sampleTree()
{
    decode::LayerTree tree;
    decode::LayerNode link{"Ethernet", "a → b", "", 0, 14, {}};
    link.children.push_back({"Type", "IPv4", "", 12, 2, {}});
    decode::LayerNode ip{"IPv4", "1.2.3.4 → 5.6.7.8", "", 14, 20, {}};
    decode::LayerNode flags{"Flags", "DF", "", 20, 2, {}};
    flags.children.push_back({"Fragment offset", "0", "", 20, 2, {}});
    ip.children.push_back(flags);
    ip.children.push_back({"Time to live", "64", "ttl == 64", 22, 1, {}});
    ip.children.push_back({"Computed", "x", "", 0, 0, {}});
    tree.layers = {link, ip};
    return tree;
}

std::shared_ptr<const pipeline::PacketChunk> chunkOf(std::uint64_t first, std::size_t count)
{
    auto chunk = std::make_shared<pipeline::PacketChunk>();
    chunk->places.push_back({first * 100, first - 1, nullptr});
    for (std::size_t i = 0; i < count; ++i) {
        pipeline::PacketRow row;
        row.number = first + 2 * i; // every second packet
        row.time = {static_cast<std::int64_t>(row.number) * 1'000'000};
        row.capturedLength = 96;
        row.originalLength = i % 2 == 0 ? 96 : 1514;
        chunk->rows.push_back(row);
    }
    return chunk;
}

QPoint middle(const QRect& rect)
{
    return rect.center();
}

} // namespace

class PacketViewsTest : public QObject {
    Q_OBJECT

private slots:
    void hexMouse();
    void hexKeys();
    void hexCopies();
    void hexHighlightScrolls();
    void hexHandlesNothing();
    void layersModel();
    void layersByByte();
    void listModel();
    void listTexts();
    void millionRowsScroll();
};

void PacketViewsTest::hexMouse()
{
    Theme theme;
    HexView view(theme);
    view.resize(700, 300);
    view.setBytes(counting(200));
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    QSignalSpy moved(&view, &HexView::currentByteChanged);
    for (const qsizetype byte : {0, 7, 8, 15, 16, 33, 199}) {
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, middle(view.byteRect(byte)));
        QCOMPARE(view.currentByte(), byte);
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, middle(view.byteRect(byte, true)));
        QCOMPARE(view.currentByte(), byte);
    }
    QCOMPARE(moved.count(), 14);
    QTest::mousePress(view.viewport(), Qt::LeftButton, {}, middle(view.byteRect(5)));
    QTest::mouseMove(view.viewport(), middle(view.byteRect(20)));
    QTest::mouseRelease(view.viewport(), Qt::LeftButton, {}, middle(view.byteRect(20)));
    QCOMPARE(view.selection(), (HexView::Stretch{5, 16}));
    QTest::mouseClick(view.viewport(), Qt::LeftButton, Qt::ShiftModifier, middle(view.byteRect(2)));
    QCOMPARE(view.selection(), (HexView::Stretch{2, 4}));
    QVERIFY(view.bytesPerLine() == 16);
    view.resize(300, 300); // narrow: fewer bytes, no cut columns
    QCOMPARE(view.bytesPerLine(), 8);
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, middle(view.byteRect(9)));
    QCOMPARE(view.currentByte(), 9);
}

void PacketViewsTest::hexKeys()
{
    Theme theme;
    HexView view(theme);
    view.resize(700, 60);
    view.setBytes(counting(100));
    view.show();
    const auto press = [&view](int key, Qt::KeyboardModifiers with = {}) {
        QTest::keyClick(&view, Qt::Key(key), with);
    };
    press(Qt::Key_Right);
    QCOMPARE(view.currentByte(), 0);
    press(Qt::Key_Down);
    QCOMPARE(view.currentByte(), 16);
    press(Qt::Key_End);
    QCOMPARE(view.currentByte(), 31);
    press(Qt::Key_Home);
    QCOMPARE(view.currentByte(), 16);
    press(Qt::Key_Right, Qt::ShiftModifier);
    press(Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(view.selection(), (HexView::Stretch{16, 3}));
    press(Qt::Key_Escape);
    QCOMPARE(view.selection().count, 0);
    press(Qt::Key_End, Qt::ControlModifier);
    QCOMPARE(view.currentByte(), 99);
    QVERIFY(view.verticalScrollBar()->value() > 0);
    press(Qt::Key_Right);
    QCOMPARE(view.currentByte(), 99);
    press(Qt::Key_Down);
    QCOMPARE(view.currentByte(), 99);
    press(Qt::Key_Home, Qt::ControlModifier);
    QCOMPARE(view.verticalScrollBar()->value(), 0);
    press(Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(view.selection(), (HexView::Stretch{0, 100}));
    QVERIFY(view.accessibleDescription().contains(QStringLiteral("100")));
}

void PacketViewsTest::hexCopies()
{
    const QByteArray bytes("GET /\x00\xff", 7);
    QCOMPARE(HexView::formatted(bytes, HexView::CopyForm::Hex), QStringLiteral("47 45 54 20 2f 00 ff"));
    QCOMPARE(HexView::formatted(bytes, HexView::CopyForm::Text), QStringLiteral("GET /.."));
    const QString code = HexView::formatted(bytes, HexView::CopyForm::CArray);
    QVERIFY(code.startsWith(QStringLiteral("const unsigned char packet[7] = {\n    0x47, 0x45,")));
    QVERIFY(code.endsWith(QStringLiteral("0xff,\n};\n")));
    Theme theme;
    HexView view(theme);
    view.setBytes(bytes);
    QTest::keyClick(&view, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("47 45 54 20 2f 00 ff"));
    view.setHighlight({0, 3}); // the field, when nothing is selected
    QCOMPARE(view.bytesToCopy(), QByteArray("GET"));
}

void PacketViewsTest::hexHighlightScrolls()
{
    Theme theme;
    HexView view(theme);
    view.resize(700, 100);
    view.setBytes(counting(2000));
    view.show();
    view.setHighlight({1600, 4});
    QVERIFY(view.viewport()->rect().contains(view.byteRect(1600)));
    view.setHighlight({1990, 500}); // a field that reaches beyond what was captured
    QCOMPARE(view.highlight(), (HexView::Stretch{1990, 10}));
    view.setHighlight({5000, 4});
    QCOMPARE(view.highlight().count, 0);
}

void PacketViewsTest::hexHandlesNothing()
{
    Theme theme;
    HexView view(theme);
    view.resize(300, 100);
    view.show();
    for (const int key : {Qt::Key_Right, Qt::Key_End, Qt::Key_PageDown, Qt::Key_Up})
        QTest::keyClick(&view, Qt::Key(key));
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, {20, 20});
    QCOMPARE(view.currentByte(), -1);
    QVERIFY(view.bytesToCopy().isEmpty());
}

void PacketViewsTest::layersModel()
{
    LayerTreeModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(model.rowCount(), 0);
    model.setTree(sampleTree());
    QCOMPARE(model.rowCount(), 2);
    const QModelIndex ip = model.index(1, 0);
    QCOMPARE(model.rowCount(ip), 3);
    const QModelIndex ttl = model.index(1, LayerTreeModel::ValueColumn, ip);
    QCOMPARE(ttl.data().toString(), QStringLiteral("64"));
    QCOMPARE(ttl.data(LayerTreeModel::FilterRole).toString(), QStringLiteral("ttl == 64"));
    QCOMPARE(model.pathOf(ttl), QStringLiteral("/IPv4/Time to live"));
    model.setTree({});
    QCOMPARE(model.rowCount(), 0);
}

void PacketViewsTest::layersByByte()
{
    LayerTreeModel model;
    model.setTree(sampleTree());
    const auto nameAt = [&model](std::size_t byte) { return model.deepestAt(byte).data().toString(); };
    QCOMPARE(nameAt(0), QStringLiteral("Ethernet"));
    QCOMPARE(nameAt(13), QStringLiteral("Type"));
    QCOMPARE(nameAt(14), QStringLiteral("IPv4"));
    QCOMPARE(nameAt(21), QStringLiteral("Fragment offset")); // the deeper one of equals
    QCOMPARE(nameAt(22), QStringLiteral("Time to live"));
    QVERIFY(!model.deepestAt(34).isValid());
}

void PacketViewsTest::listModel()
{
    PacketListModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.begin(nullptr, Timestamp{0});
    model.append(chunkOf(1, 100));
    model.append(chunkOf(201, 50));
    model.append(nullptr);
    QCOMPARE(model.rowCount(), 150);
    QCOMPARE(model.rowAt(0).number, std::uint64_t{1});
    QCOMPARE(model.rowAt(99).number, std::uint64_t{199});
    QCOMPARE(model.rowAt(100).number, std::uint64_t{201});
    QCOMPARE(model.rowOfNumber(201), 100);
    QCOMPARE(model.rowOfNumber(203), 101);
    QCOMPARE(model.rowOfNumber(202), -1);
    QCOMPARE(model.rowOfNumber(9999), -1);
    QCOMPARE(model.placeOf(101).place.packetsBefore, std::uint64_t{200});
    const auto text = [&model](int row, int column) { return model.index(row, column).data().toString(); };
    QCOMPARE(text(1, PacketListModel::LengthColumn), QStringLiteral("96 of 1\u2009514"));
    QCOMPARE(text(2, PacketListModel::LengthColumn), QStringLiteral("96"));
    model.setTimeForm(PacketListModel::TimeForm::Delta);
    QCOMPARE(text(0, PacketListModel::TimeColumn), QString());
    QCOMPARE(text(1, PacketListModel::TimeColumn), QStringLiteral("0.002000"));
    model.setTimeForm(PacketListModel::TimeForm::Relative);
    QCOMPARE(text(0, PacketListModel::TimeColumn), QStringLiteral("0.001000"));
    model.setTimeForm(PacketListModel::TimeForm::Absolute);
    model.setTimeFormatter([](Timestamp time) { return QString::number(time.ns); });
    QCOMPARE(text(0, PacketListModel::TimeColumn), QStringLiteral("1000000"));
    model.begin(nullptr, std::nullopt);
    QCOMPARE(model.rowCount(), 0);
}

void PacketViewsTest::listTexts()
{
    PacketListModel model;
    model.begin(nullptr, std::nullopt);
    model.append(chunkOf(1, 10'000));
    QCOMPARE(model.rowsWithoutText(-5, 30, 1000).size(), std::size_t{31});
    QCOMPARE(model.rowsWithoutText(0, 9'999, 10).size(), std::size_t{10});
    std::vector<pipeline::LoadReport::Item> items(1);
    items[0].packet.number = 3;
    items[0].text = {"1.1.1.1", "2.2.2.2", "DNS", "query"};
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.setTexts(items);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(model.index(1, PacketListModel::SourceColumn).data().toString(), QStringLiteral("1.1.1.1"));
    QCOMPARE(model.index(1, PacketListModel::InfoColumn).data().toString(), QStringLiteral("query"));
    QCOMPARE(model.rowsWithoutText(0, 2, 10).size(), std::size_t{2});
    // Texts of rows that went by are forgotten, so that any number of rows fits.
    for (std::uint64_t row = 2; row < PacketListModel::kMaxTexts + 10; ++row) {
        items[0].packet.number = 1 + 2 * row;
        model.setTexts(items);
    }
    QVERIFY(model.index(1, PacketListModel::InfoColumn).data().toString().isEmpty());
}

void PacketViewsTest::millionRowsScroll()
{
    PacketListModel model;
    model.begin(nullptr, std::nullopt);
    for (std::uint64_t i = 0; i < 100; ++i)
        model.append(chunkOf(1 + i * 20'000, 10'000));
    QCOMPARE(model.rowCount(), 1'000'000);
    QElapsedTimer timer;
    timer.start();
    constexpr int kLookUps = 20'000;
    std::size_t characters = 0;
    for (int i = 0; i < kLookUps; ++i) {
        const int row = static_cast<int>((static_cast<std::int64_t>(i) * 7919 * 131) % 1'000'000);
        characters +=
            static_cast<std::size_t>(model.index(row, PacketListModel::NumberColumn).data().toString().size());
    }
    QVERIFY(characters > 0);
    // A screen has some 400 cells: 20,000 look-ups are 50 screens, and must be far from a second.
    QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
}

QTEST_MAIN(PacketViewsTest)
#include "packet_views_test.moc"
