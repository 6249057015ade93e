#include "engine/capture/pcapng_private.h"
#include "tests/capture/capture_bytes.h"

#include <QtTest>

using namespace timbre;
using namespace timbre::capture;
using namespace timbre::test;

using namespace std::string_literals;

class PcapngReaderTest : public QObject {
    Q_OBJECT

private slots:
    void bothByteOrders();
    void sectionsAndInterfaces();
    void simpleAndObsoletePackets();
    void timeScales_data();
    void timeScales();
    void descriptions();
    void statistics();
    void names();
    void commentsAndSecrets();
    void cutAtEveryByte();
    void damage_data();
    void damage();
    void overrunningOption();
    void hugeUnknownBlock();
    void hugeOptionsBehindAPacket();
    void hugeBlockCut();
    void capsAreReported();
    void tooManyInterfaces();
    void messagesAreCapped();
};

void PcapngReaderTest::bothByteOrders()
{
    for (const bool big : {false, true}) {
        const std::string file =
            sectionHeader(big) + interfaceBlock(1, {}, big) + packetBlock(0, 5'000'000, "abcde", big);
        const WholeCapture whole = readBytes(file);
        QCOMPARE(whole.records.size(), std::size_t{1});
        QCOMPARE(whole.records[0].bytes, "abcde"s);
        QCOMPARE(whole.records[0].originalLength, 10U);
        QCOMPARE(whole.records[0].ns, 5 * kNsPerSecond);
        QCOMPARE(whole.records[0].offset, std::uint64_t{28 + 20});
        QVERIFY(whole.messages.empty());
    }
}

void PcapngReaderTest::sectionsAndInterfaces()
{
    const std::string nanoseconds = option(9, "\x09");
    const std::string file = sectionHeader() + interfaceBlock(1) + packetBlock(0, 1'000'000, "a") +
                             interfaceBlock(113, nanoseconds, false, 77) + packetBlock(1, 2'000'000'000, "b") +
                             sectionHeader(true) + interfaceBlock(101, {}, true) + packetBlock(0, 3'000'000, "c", true);
    const WholeCapture whole = readBytes(file);
    QCOMPARE(whole.records.size(), std::size_t{3});
    const std::uint16_t linkTypes[] = {1, 113, 101};
    for (std::uint32_t i = 0; i < 3; ++i) {
        QCOMPARE(whole.records[i].ns, (i + 1) * kNsPerSecond);
        QCOMPARE(whole.records[i].interfaceIndex, i);
        QCOMPARE(whole.records[i].linkType, linkTypes[i]);
        QCOMPARE(whole.facts.interfaces.at(i).packets, std::uint64_t{1});
    }
    QCOMPARE(whole.facts.sections, 2U);
    QCOMPARE(whole.facts.interfaces[1].snapLength, 77U);
    QCOMPARE(whole.facts.interfaces[1].timeUnit, "1 ns"s);
}

void PcapngReaderTest::simpleAndObsoletePackets()
{
    ByteBuilder obsolete;
    obsolete.u16(0).u16(9).u32(0).u32(7).u32(3).u32(60).text("xyz").pad4();
    const std::string file = sectionHeader() + interfaceBlock(1, {}, false, 10) +
                             block(3, ByteBuilder().u32(25).text(payload(10, 1)).bytes()) +
                             block(3, ByteBuilder().u32(6).text("sixsix").bytes()) + block(2, obsolete.bytes());
    const WholeCapture whole = readBytes(file);
    QCOMPARE(whole.records.size(), std::size_t{3});
    QCOMPARE(whole.records[0].bytes, payload(10, 1));
    QCOMPARE(whole.records[0].originalLength, 25U);
    QCOMPARE(whole.records[1].bytes, "sixsix"s);
    QCOMPARE(whole.records[2].bytes, "xyz"s);
    QCOMPARE(whole.records[2].originalLength, 60U);
    QCOMPARE(whole.records[2].ns, std::int64_t{7000});
    QCOMPARE(whole.messages.size(), std::size_t{1}); // simple packets carry no time: said once
}

void PcapngReaderTest::timeScales_data()
{
    QTest::addColumn<int>("resolution");
    QTest::addColumn<qint64>("offset");
    QTest::addColumn<quint64>("units");
    QTest::addColumn<qint64>("ns");
    constexpr qint64 kMax = std::numeric_limits<qint64>::max();
    constexpr qint64 kMin = std::numeric_limits<qint64>::min();
    constexpr quint64 kAll = std::numeric_limits<quint64>::max();
    QTest::newRow("seconds") << 0 << qint64{0} << quint64{5} << qint64{5'000'000'000};
    QTest::newRow("seconds, clamped") << 0 << qint64{0} << kAll << kMax;
    QTest::newRow("µs") << 6 << qint64{0} << quint64{1'700'000'000'123'456} << qint64{1'700'000'000'123'456'000};
    QTest::newRow("ns, all") << 9 << qint64{0} << kAll << kMax;
    QTest::newRow("ns, last") << 9 << qint64{0} << quint64{kMax} << kMax;
    QTest::newRow("10^-12") << 12 << qint64{0} << quint64{1'999'999} << qint64{1'999};
    QTest::newRow("10^-28") << 28 << qint64{0} << kAll << qint64{1};
    QTest::newRow("10^-29") << 29 << qint64{0} << kAll << qint64{0};
    QTest::newRow("10^-127") << 127 << qint64{0} << kAll << qint64{0};
    QTest::newRow("2^-0") << 0x80 << qint64{0} << quint64{3} << qint64{3'000'000'000};
    QTest::newRow("2^-0, clamped") << 0x80 << qint64{0} << kAll << kMax;
    QTest::newRow("2^-10") << 0x8a << qint64{0} << quint64{1536} << qint64{1'500'000'000};
    QTest::newRow("2^-63") << 0xbf << qint64{0} << quint64{1} << qint64{0};
    QTest::newRow("2^-64") << 0xc0 << qint64{0} << (quint64{1} << 63U) << qint64{500'000'000};
    QTest::newRow("2^-127") << 0xff << qint64{0} << kAll << qint64{0};
    QTest::newRow("offset") << 6 << qint64{100} << quint64{1} << qint64{100'000'001'000};
    QTest::newRow("before 1970") << 6 << qint64{-2} << quint64{500'000} << qint64{-1'500'000'000};
    QTest::newRow("offset, clamped") << 9 << std::numeric_limits<qint64>::max() << kAll << kMax;
    QTest::newRow("offset, clamped below") << 9 << std::numeric_limits<qint64>::min() << quint64{0} << kMin;
}

void PcapngReaderTest::timeScales()
{
    QFETCH(int, resolution);
    QFETCH(qint64, offset);
    QFETCH(quint64, units);
    QFETCH(qint64, ns);
    QCOMPARE(TimeScale(static_cast<std::uint8_t>(resolution), offset).at(units).ns, ns);

    const std::string options = option(9, std::string(1, static_cast<char>(resolution))) +
                                option(14, ByteBuilder().u64(static_cast<std::uint64_t>(offset)).bytes());
    const WholeCapture whole = readBytes(sectionHeader() + interfaceBlock(1, options) + packetBlock(0, units, "x"));
    QCOMPARE(whole.records.at(0).ns, ns);
}

void PcapngReaderTest::descriptions()
{
    for (const bool big : {false, true}) {
        const std::string section = option(1, "first", big) + option(2, "a card", big) + option(3, "an OS", big) +
                                    option(4, "a program", big) + option(0, "", big);
        const std::string interface = option(2, "eth0", big) + option(3, "uplink", big) + option(9, "\x94", big);
        const WholeCapture whole = readBytes(sectionHeader(big, section) + interfaceBlock(1, interface, big));
        QCOMPARE(whole.facts.hardware, "a card"s);
        QCOMPARE(whole.facts.operatingSystem, "an OS"s);
        QCOMPARE(whole.facts.application, "a program"s);
        QCOMPARE(whole.facts.comments, std::vector{"first"s});
        QCOMPARE(whole.facts.interfaces.at(0).name, "eth0"s);
        QCOMPARE(whole.facts.interfaces.at(0).description, "uplink"s);
        QCOMPARE(whole.facts.interfaces.at(0).timeUnit, "2^-20 s"s);
    }
}

void PcapngReaderTest::statistics()
{
    for (const bool big : {false, true}) {
        ByteBuilder body(big);
        body.u32(0).u32(0).u32(0).text(option(4, ByteBuilder(big).u64(1'000'000'000'001).bytes(), big));
        body.text(option(5, ByteBuilder(big).u64(12).bytes(), big));
        const WholeCapture whole =
            readBytes(sectionHeader(big) + interfaceBlock(1, {}, big) + block(5, body.bytes(), big));
        QCOMPARE(whole.facts.interfaces.at(0).received, std::optional<std::uint64_t>(1'000'000'000'001));
        QCOMPARE(whole.facts.interfaces.at(0).dropped, std::optional<std::uint64_t>(12));
    }
    const WholeCapture stray =
        readBytes(sectionHeader() + block(5, std::string(12, '\x07')) + interfaceBlock(1) + packetBlock(0, 1, "x"));
    QCOMPARE(stray.records.size(), std::size_t{1});
    QCOMPARE(stray.messages.at(0).severity, Severity::Warning);
}

void PcapngReaderTest::names()
{
    const std::string v4 = option(1, "\xc0\0\2\1one.example\0two.example\0"s);
    const std::string v6 = option(2, "\x20\1\x0d\xb8"s + std::string(11, '\0') + "\1three.example"s);
    const WholeCapture whole = readBytes(sectionHeader() + block(4, v4 + option(9, "?") + v6 + option(0, "")));
    QCOMPARE(whole.facts.resolvedNames.size(), std::size_t{3});
    QCOMPARE(whole.facts.resolvedNames[0].address, "192.0.2.1"s);
    QCOMPARE(whole.facts.resolvedNames[0].name, "one.example"s);
    QCOMPARE(whole.facts.resolvedNames[1].name, "two.example"s);
    QCOMPARE(whole.facts.resolvedNames[2].address, "2001:db8::1"s);
    QCOMPARE(whole.facts.resolvedNames[2].name, "three.example"s);
}

void PcapngReaderTest::commentsAndSecrets()
{
    const std::string comments = option(1, "one") + option(2, "....") + option(1, "two") + option(0, "");
    const std::string file = sectionHeader() + interfaceBlock(1) + packetBlock(0, 1, "abc", false, comments) +
                             block(10, ByteBuilder().u32(0x544c534b).u32(4).text("KEYS").bytes()) +
                             block(0x0bad, "custom") + block(0x8000'0001, "private");
    const WholeCapture whole = readBytes(file);
    QCOMPARE(whole.records.at(0).bytes, "abc"s);
    QCOMPARE(whole.facts.packetComments, std::uint64_t{2});
    QCOMPARE(whole.facts.decryptionSecrets, std::uint64_t{1});
    QCOMPARE(whole.facts.unknownBlocks, std::uint64_t{2});
}

void PcapngReaderTest::cutAtEveryByte()
{
    const std::string file = mixedPcapng(12);
    const WholeCapture all = readBytes(file);
    QVERIFY(all.records.size() >= 12);
    for (std::size_t size = 28; size < file.size(); ++size) {
        const WholeCapture whole = readBytes(std::string_view(file).substr(0, size));
        QVERIFY(whole.opened && whole.records.size() <= all.records.size());
        for (std::size_t i = 0; i < whole.records.size(); ++i)
            QVERIFY(whole.records[i] == all.records[i]);
        const bool nextFits = whole.records.size() < all.records.size() &&
                              all.records[whole.records.size()].offset + 32 +
                                      ((all.records[whole.records.size()].bytes.size() + 3) & ~std::size_t{3}) + 20 <
                                  size;
        QVERIFY(!nextFits); // every complete packet is handed out
    }
}

void PcapngReaderTest::damage_data()
{
    QTest::addColumn<QByteArray>("broken");
    const auto bytes = [](const std::string& text) { return QByteArray::fromStdString(text); };
    const auto withLength = [](std::uint32_t length) {
        return ByteBuilder().u32(6).u32(length).text(std::string(40, '\0')).bytes();
    };
    for (const std::uint32_t length : {0U, 8U, 33U, (16U << 20U) + 4, 0xffff'fffcU})
        QTest::addRow("length %u", length) << bytes(withLength(length));
    std::string trailer = packetBlock(0, 1, "abcd");
    trailer[trailer.size() - 4] ^= 4;
    QTest::newRow("trailer") << bytes(trailer);
    QTest::newRow("interface 9") << bytes(packetBlock(9, 1, "abcd"));
    QTest::newRow("caplen over block") << bytes(
        block(6, ByteBuilder().u32(0).u32(0).u32(0).u32(100'000).u32(100'000).text("abcd").bytes()));
    QTest::newRow("caplen over limit") << bytes(packetBlock(0, 1, std::string(kMaxCapturedLength + 1, 'x')));
    QTest::newRow("short packet") << bytes(block(6, std::string(16, '\0')));
    QTest::newRow("short simple packet") << bytes(block(3, ""));
    QTest::newRow("short interface") << bytes(block(1, "1234"));
    QTest::newRow("short statistics") << bytes(block(5, "1234"));
    QTest::newRow("section version 2") << bytes(
        block(0x0a0d0d0a, ByteBuilder().u32(0x1a2b3c4d).u16(2).u16(0).u64(0).bytes()));
    QTest::newRow("section byte order") << bytes(block(0x0a0d0d0a, std::string(16, '\x11')));
    QTest::newRow("short section") << bytes(block(0x0a0d0d0a, ByteBuilder().u32(0x1a2b3c4d).bytes()));
    QTest::newRow("section without interface")
        << bytes(sectionHeader() + block(3, ByteBuilder().u32(4).text("abcd").bytes()));
}

void PcapngReaderTest::damage()
{
    QFETCH(QByteArray, broken);
    const std::string good = sectionHeader() + interfaceBlock(1) + packetBlock(0, 1, "abc") + packetBlock(0, 2, "defg");
    const WholeCapture whole = readBytes(good + broken.toStdString() + packetBlock(0, 3, "behind"));
    QCOMPARE(whole.records.size(), std::size_t{2});
    QCOMPARE(whole.messages.size(), std::size_t{1});
    QCOMPARE(whole.messages[0].severity, Severity::Error);
    QVERIFY(whole.messages[0].offset >= good.size());
    QCOMPARE(whole.messages[0].afterPacket, std::uint64_t{2});
    QVERIFY(whole.messages[0].text.ends_with('.'));
}

void PcapngReaderTest::overrunningOption()
{
    const std::string overrun = ByteBuilder().u16(2).u16(5000).text("eth0").bytes();
    const WholeCapture whole = readBytes(sectionHeader() + interfaceBlock(1, overrun) + packetBlock(0, 1, "abc") +
                                         packetBlock(0, 2, "defg", false, overrun));
    QCOMPARE(whole.records.size(), std::size_t{2});
    QCOMPARE(whole.messages.size(), std::size_t{2});
    QCOMPARE(whole.messages[0].severity, Severity::Warning);
}

void PcapngReaderTest::hugeUnknownBlock()
{
    const std::string front = sectionHeader() + interfaceBlock(1) + packetBlock(0, 1, "before");
    const std::string file = front + block(0x1234, std::string((16U << 20U) - 12, 'x')) + packetBlock(0, 2, "behind");
    for (const std::size_t blockBytes : {std::size_t{64}, std::size_t{256U << 10U}, std::size_t{32U << 20U}}) {
        const WholeCapture whole = readBytes(file, {.follow = false, .blockBytes = blockBytes, .cancel = {}});
        QCOMPARE(whole.records.size(), std::size_t{2});
        QCOMPARE(whole.records[1].bytes, "behind"s);
        QCOMPARE(whole.records[1].offset, std::uint64_t{front.size() + (16U << 20U)});
        QVERIFY(whole.messages.empty());
    }
}

void PcapngReaderTest::hugeOptionsBehindAPacket()
{
    std::string options;
    for (int i = 0; i < 40; ++i)
        options += option(2988, payload(60'000, 1));
    const WholeCapture whole = readBytes(sectionHeader() + interfaceBlock(1) +
                                         packetBlock(0, 1, "first", false, options) + packetBlock(0, 2, "second"));
    QCOMPARE(whole.records.size(), std::size_t{2});
    QCOMPARE(whole.records[0].bytes, "first"s);
    QCOMPARE(whole.records[1].bytes, "second"s);
}

void PcapngReaderTest::hugeBlockCut()
{
    const std::string file =
        sectionHeader() + interfaceBlock(1) + packetBlock(0, 1, "before") + block(0x1234, std::string(8U << 20U, 'x'));
    const WholeCapture whole = readBytes(file.substr(0, file.size() - 1000));
    QCOMPARE(whole.records.size(), std::size_t{1});
    QCOMPARE(whole.messages.size(), std::size_t{1});
    QCOMPARE(whole.messages[0].severity, Severity::Warning);
    QVERIFY(whole.messages[0].text.find("1000 bytes of it are missing") != std::string::npos);
}

void PcapngReaderTest::capsAreReported()
{
    std::string comments;
    for (int i = 0; i < 103; ++i)
        comments += option(1, "comment");
    std::string names = "\xc0\0\2\1"s;
    for (int i = 0; i < 5'050; ++i)
        names += "n\0"s;
    const WholeCapture whole =
        readBytes(sectionHeader(false, comments) + block(4, option(1, names) + option(1, names)));
    QCOMPARE(whole.facts.comments.size(), std::size_t{100});
    QCOMPARE(whole.facts.resolvedNames.size(), std::size_t{10'000});
    QVERIFY(whole.messages.at(0).text.find("3 more") != std::string::npos);
    QVERIFY(whole.messages.at(1).text.find("100 more") != std::string::npos);
}

void PcapngReaderTest::tooManyInterfaces()
{
    std::string file = sectionHeader();
    const std::string interface = interfaceBlock(1);
    for (unsigned i = 0; i < 65'536; ++i)
        file += interface;
    const WholeCapture most = readBytes(file + packetBlock(65'535, 1, "last"));
    QCOMPARE(most.records.at(0).interfaceIndex, 65'535U);
    QVERIFY(most.messages.empty());
    const WholeCapture over = readBytes(file + interface + packetBlock(0, 1, "behind"));
    QVERIFY(over.records.empty());
    QCOMPARE(over.messages.at(0).severity, Severity::Error);
}

void PcapngReaderTest::messagesAreCapped()
{
    const std::string overrun = ByteBuilder().u16(2).u16(5000).text("eth0").bytes();
    std::string file = sectionHeader();
    for (int i = 0; i < 300; ++i)
        file += interfaceBlock(1, overrun);
    const WholeCapture whole = readBytes(file + packetBlock(0, 1, "x"));
    QCOMPARE(whole.messages.size(), CaptureReader::kMaxMessages);
    QCOMPARE(whole.messages.back().text, "101 more messages are not listed."s);
}

QTEST_GUILESS_MAIN(PcapngReaderTest)
#include "pcapng_reader_test.moc"
