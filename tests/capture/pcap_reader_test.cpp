#include "tests/capture/capture_bytes.h"

#include <QtTest>

using namespace timbre;
using namespace timbre::capture;
using namespace timbre::test;

class PcapReaderTest : public QObject {
    Q_OBJECT

private slots:
    void variants_data();
    void variants();
    void lengthOrderOf23();
    void lengthsAsTheyAre();
    void linkTypeMask();
    void cutAtEveryByte();
    void impossibleLength();
    void largestRecord();
    void secondsAreUnsigned();
    void fileOfZeros();
    void noPackets();
    void unknownVersion();
};

void PcapReaderTest::variants_data()
{
    QTest::addColumn<unsigned>("magic");
    QTest::addColumn<bool>("bigEndian");
    QTest::addColumn<int>("major");
    QTest::addColumn<int>("minor");
    QTest::addColumn<bool>("reversed");
    QTest::addColumn<QString>("format");
    QTest::newRow("micro") << 0xa1b2c3d4U << false << 2 << 4 << false << "pcap 2.4, little-endian, µs";
    QTest::newRow("micro, big") << 0xa1b2c3d4U << true << 2 << 4 << false << "pcap 2.4, big-endian, µs";
    QTest::newRow("nano") << 0xa1b23c4dU << false << 2 << 4 << false << "pcap 2.4, little-endian, ns";
    QTest::newRow("nano, big") << 0xa1b23c4dU << true << 2 << 4 << false << "pcap 2.4, big-endian, ns";
    QTest::newRow("modified") << 0xa1b2cd34U << false << 2 << 4 << false << "pcap 2.4 (modified), little-endian, µs";
    QTest::newRow("modified, big") << 0xa1b2cd34U << true << 2 << 4 << false << "pcap 2.4 (modified), big-endian, µs";
    for (int minor = 0; minor <= 2; ++minor)
        QTest::addRow("2.%d", minor) << 0xa1b2c3d4U << false << 2 << minor << true
                                     << QString("pcap 2.%1, little-endian, µs").arg(minor);
    QTest::newRow("2.3") << 0xa1b2c3d4U << false << 2 << 3 << false << "pcap 2.3, little-endian, µs";
    QTest::newRow("543.0") << 0xa1b2c3d4U << true << 543 << 0 << true << "pcap 543.0, big-endian, µs";
}

void PcapReaderTest::variants()
{
    QFETCH(unsigned, magic);
    QFETCH(bool, bigEndian);
    QFETCH(int, major);
    QFETCH(int, minor);
    QFETCH(bool, reversed);
    QFETCH(QString, format);
    const PcapShape shape{.magic = magic,
                          .bigEndian = bigEndian,
                          .major = static_cast<std::uint16_t>(major),
                          .minor = static_cast<std::uint16_t>(minor),
                          .linkType = 113};
    std::string file = pcapHeader(shape);
    for (unsigned i = 0; i < 3; ++i)
        file +=
            pcapRecord(shape, 1000 + i, 123'456, reversed ? 90 : 50 + i, reversed ? 50 + i : 90, payload(50 + i, i));

    const WholeCapture whole = readBytes(file);
    QCOMPARE(QString::fromStdString(whole.facts.format), format);
    QCOMPARE(whole.records.size(), std::size_t{3});
    for (unsigned i = 0; i < 3; ++i) {
        const KeptRecord& record = whole.records[i];
        QCOMPARE(record.bytes, payload(50 + i, i));
        QCOMPARE(record.originalLength, 90U);
        QCOMPARE(record.linkType, std::uint16_t{113});
        QCOMPARE(record.number, std::uint64_t{i + 1});
        QCOMPARE(record.ns, (1000 + i) * kNsPerSecond + 123'456 * (magic == 0xa1b23c4d ? 1 : 1000));
    }
    QCOMPARE(whole.records[0].offset, std::uint64_t{24});
    QVERIFY(whole.messages.empty());
    QCOMPARE(whole.facts.interfaces.at(0).packets, std::uint64_t{3});
}

void PcapReaderTest::lengthOrderOf23()
{
    const PcapShape shape{.minor = 3};
    const std::string file = pcapHeader(shape) + pcapRecord(shape, 1, 0, 70, 40, payload(40, 1)) +
                             pcapRecord(shape, 2, 0, 30, 80, payload(30, 2));
    const WholeCapture whole = readBytes(file);
    QCOMPARE(whole.records.size(), std::size_t{2});
    QCOMPARE(whole.records[0].bytes.size(), std::size_t{40});
    QCOMPARE(whole.records[0].originalLength, 70U);
    QCOMPARE(whole.records[1].bytes.size(), std::size_t{30});
    QCOMPARE(whole.records[1].originalLength, 80U);
}

void PcapReaderTest::lengthsAsTheyAre()
{
    // More captured than original, and more than the snapshot length: odd, but the bytes are there.
    const PcapShape shape{.snapLength = 20};
    const WholeCapture whole = readBytes(pcapHeader(shape) + pcapRecord(shape, 1, 0, 60, 10, payload(60, 1)));
    QCOMPARE(whole.records.size(), std::size_t{1});
    QCOMPARE(whole.records[0].bytes.size(), std::size_t{60});
    QCOMPARE(whole.records[0].originalLength, 10U);
}

void PcapReaderTest::linkTypeMask()
{
    const PcapShape shape{.linkType = 0x5400'0001}; // four bytes of frame check sequence behind each frame
    const WholeCapture whole = readBytes(pcapHeader(shape) + pcapRecord(shape, 1, 0, 4, 4, "abcd"));
    QCOMPARE(whole.records.at(0).linkType, std::uint16_t{1});
}

void PcapReaderTest::cutAtEveryByte()
{
    const std::string file = simplePcap(4);
    std::vector<std::size_t> ends = {24};
    for (const KeptRecord& record : readBytes(file).records)
        ends.push_back(static_cast<std::size_t>(record.offset) + 16 + record.bytes.size());
    for (std::size_t size = 24; size <= file.size(); ++size) {
        const WholeCapture whole = readBytes(file.substr(0, size));
        const auto complete =
            static_cast<std::size_t>(std::ranges::count_if(ends, [&](auto end) { return end <= size; })) - 1;
        QCOMPARE(whole.records.size(), complete);
        const bool clean = std::ranges::find(ends, size) != ends.end();
        if (clean)
            continue;
        QVERIFY(!whole.messages.empty());
        QCOMPARE(whole.messages[0].offset, std::uint64_t{ends[complete]});
        QCOMPARE(whole.messages[0].afterPacket, std::uint64_t{complete});
        QCOMPARE(whole.messages[0].severity, Severity::Warning);
    }
}

void PcapReaderTest::impossibleLength()
{
    for (const std::uint32_t length : {kMaxCapturedLength + 1, 0x7fff'ffffU, 0xffff'ffffU}) {
        const std::string file = simplePcap(5);
        const WholeCapture whole =
            readBytes(file + pcapRecord({}, 1, 1, length, length, "") + simplePcap(3).substr(24));
        QCOMPARE(whole.records.size(), std::size_t{5});
        QCOMPARE(whole.messages.size(), std::size_t{1});
        QCOMPARE(whole.messages[0].severity, Severity::Error);
        QCOMPARE(whole.messages[0].offset, std::uint64_t{file.size()});
        QCOMPARE(whole.messages[0].afterPacket, std::uint64_t{5});
    }
}

void PcapReaderTest::largestRecord()
{
    const std::string large = payload(kMaxCapturedLength, 9);
    const std::string file = pcapHeader() + pcapRecord({}, 1, 1, kMaxCapturedLength, kMaxCapturedLength, large) +
                             pcapRecord({}, 2, 1, 3, 3, "abc");
    const WholeCapture whole = readBytes(file);
    QCOMPARE(whole.records.size(), std::size_t{2});
    QVERIFY(whole.records[0].bytes == large);
    QCOMPARE(whole.records[1].bytes, std::string("abc"));
}

void PcapReaderTest::secondsAreUnsigned()
{
    const WholeCapture whole = readBytes(pcapHeader() + pcapRecord({}, 0xffff'ffff, 0xffff'ffff, 1, 1, "x"));
    QCOMPARE(whole.records.at(0).ns, 4'294'967'295 * kNsPerSecond + 4'294'967'295 * 1000);
}

void PcapReaderTest::fileOfZeros()
{
    const WholeCapture whole = readBytes(simplePcap(2) + std::string(4U << 20U, '\0'));
    QCOMPARE(whole.records.size(), std::size_t{2 + 65'536});
    QCOMPARE(whole.messages.size(), std::size_t{1});
    QCOMPARE(whole.messages[0].severity, Severity::Error);
}

void PcapReaderTest::noPackets()
{
    const WholeCapture whole = readBytes(pcapHeader());
    QVERIFY(whole.opened);
    QVERIFY(whole.records.empty());
    QCOMPARE(whole.messages.size(), std::size_t{1});
    QCOMPARE(whole.messages[0].severity, Severity::Note);
}

void PcapReaderTest::unknownVersion()
{
    const PcapShape shape{.major = 9, .minor = 9};
    const WholeCapture whole = readBytes(pcapHeader(shape) + pcapRecord(shape, 1, 0, 2, 2, "ab"));
    QCOMPARE(whole.records.size(), std::size_t{1});
    QCOMPARE(whole.messages.size(), std::size_t{1});
    QCOMPARE(whole.messages[0].severity, Severity::Warning);
}

QTEST_GUILESS_MAIN(PcapReaderTest)
#include "pcap_reader_test.moc"
