#include "engine/capture/stream_reader_private.h"
#include "tests/capture/capture_bytes.h"
#include "tests/capture/packed_file.h"

#include <QtTest>

#include <ctime>

using namespace timbre;
using namespace timbre::capture;
using namespace timbre::test;
using namespace std::string_literals;

class CompressedReaderTest : public QObject {
    Q_OBJECT

private slots:
    void sameRecords_data();
    void sameRecords();
    void cut_data();
    void cut();
    void damagedInTheMiddle();
    void zipMembers();
    void zipWithoutCapture();
    void zipBehindText();
    void notACapture();
    void nothingInside();
    void compressedTwice();
    void largeWindows();
    void barrenBombEndsEarly();
    void zeroBombEndsEarly();
    void ratioBombEndsEarly();
    void bigGarbageIsRefusedAtOnce();
};

namespace {

void addPackings()
{
    QTest::addColumn<int>("packing");
    QTest::addColumn<QString>("name");
    QTest::newRow("gzip") << static_cast<int>(Compression::Gzip) << "gzip";
    QTest::newRow("zstd") << static_cast<int>(Compression::Zstd) << "zstd";
    QTest::newRow("lz4") << static_cast<int>(Compression::Lz4) << "lz4";
    QTest::newRow("xz") << static_cast<int>(Compression::Xz) << "xz";
    QTest::newRow("bzip2") << static_cast<int>(Compression::Bzip2) << "bzip2";
    QTest::newRow("zip") << static_cast<int>(Compression::Zip) << "zip";
}

} // namespace

void CompressedReaderTest::sameRecords_data()
{
    addPackings();
}

void CompressedReaderTest::sameRecords()
{
    QFETCH(int, packing);
    QFETCH(QString, name);
    for (const std::string& content : {simplePcap(2000), mixedPcapng(3000)}) {
        const WholeCapture plain = readBytes(content);
        const WholeCapture whole = readBytes(packed(content, static_cast<Compression>(packing)));
        QVERIFY2(whole.opened, whole.error.message.c_str());
        QVERIFY(whole.records == plain.records);
        QCOMPARE(QString::fromStdString(whole.facts.compression), name);
        QCOMPARE(whole.facts.format, plain.facts.format);
        QCOMPARE(whole.messages.size(), plain.messages.size());
    }
}

void CompressedReaderTest::cut_data()
{
    addPackings();
}

void CompressedReaderTest::cut()
{
    QFETCH(int, packing);
    // Blocks of lz4 hold 4 MiB and are all or nothing.
    const unsigned count = packing == static_cast<int>(Compression::Lz4) ? 16'000 : 4000;
    std::string content = pcapHeader();
    for (unsigned i = 0; i < count; ++i)
        content += pcapRecord({}, i, 0, 1000, 1000, payload(1000, i)); // does not compress
    const std::string file = packed(content, static_cast<Compression>(packing));
    const WholeCapture plain = readBytes(content);
    const WholeCapture whole = readBytes(file.substr(0, file.size() / 2));
    QVERIFY2(whole.opened, whole.error.message.c_str());
    QVERIFY(whole.records.size() < plain.records.size());
    // Unpackers hand out whole pieces only.
    QVERIFY2(whole.records.size() > count / 4, qPrintable(QString::number(whole.records.size())));
    QVERIFY(std::equal(whole.records.begin(), whole.records.end(), plain.records.begin()));
    QCOMPARE(whole.messages.size(), std::size_t{1});
    QCOMPARE(whole.messages[0].severity, Severity::Error);
    QCOMPARE(whole.messages[0].afterPacket, std::uint64_t{whole.records.size()});

    // The damage is met after the same packet however the bytes are asked for, also the second time.
    const TemporaryFile onDisk(file.substr(0, file.size() / 2));
    auto reader = CaptureReader::open(onDisk.path(), {.follow = false, .blockBytes = 3000, .cancel = {}});
    const Checkpoint front = (*reader)->checkpoint();
    QVERIFY(drain(**reader) == whole.records);
    QVERIFY((*reader)->resume(front).ok());
    QVERIFY(drain(**reader) == whole.records);
}

void CompressedReaderTest::damagedInTheMiddle()
{
    std::string file = packed(simplePcap(3000), Compression::Gzip);
    for (std::size_t i = 0; i < 100; ++i)
        file[file.size() / 2 + i] = static_cast<char>(~file[file.size() / 2 + i]);
    const WholeCapture whole = readBytes(file);
    QVERIFY(whole.opened && !whole.records.empty() && whole.records.size() < 3000);
    QCOMPARE(whole.messages.at(0).severity, Severity::Error);
}

void CompressedReaderTest::zipMembers()
{
    const WholeCapture whole =
        readBytes(packedZip({{"one.pcap", simplePcap(5)}, {"two.pcap", simplePcap(7)}, {"r.txt", "x"}}));
    QCOMPARE(whole.records.size(), std::size_t{5});
    QCOMPARE(whole.messages.size(), std::size_t{1});
    QCOMPARE(whole.messages[0].severity, Severity::Note);
    QVERIFY(whole.messages[0].text.find("“one.pcap” was read") != std::string::npos);
    QVERIFY(whole.messages[0].text.find("“two.pcap”, “r.txt”") != std::string::npos);

    std::vector<ZipMember> many = {{"one.pcap", simplePcap(5)}};
    for (int i = 0; i < 30; ++i)
        many.push_back({"m" + std::to_string(i), "x"});
    QVERIFY(readBytes(packedZip(many)).messages.at(0).text.find(" and 20 more") != std::string::npos);
}

void CompressedReaderTest::zipWithoutCapture()
{
    const WholeCapture whole = readBytes(packedZip({{"a.txt", "just words\n"}, {"b.html", "<html></html>"}}));
    QVERIFY(!whole.opened);
    QCOMPARE(whole.error.code, ErrorCode::UnknownFormat);
    QVERIFY(whole.error.message.find("a text file") != std::string::npos);
}

void CompressedReaderTest::zipBehindText()
{
    const WholeCapture whole = readBytes(packedZip({{"README", "just words\n"}, {"folder/a.pcapng", mixedPcapng(9)}}));
    QVERIFY(whole.records.size() >= 9);
    QVERIFY(whole.messages.back().text.find("also holds “README”") != std::string::npos);
}

void CompressedReaderTest::notACapture()
{
    const WholeCapture whole = readBytes(packed("snoop\0\0\0"s + payload(500, 1), Compression::Zstd));
    QCOMPARE(whole.error.code, ErrorCode::UnknownFormat);
    QVERIFY(whole.error.message.find("The zstd file") != std::string::npos);
    QVERIFY(whole.error.message.find("Solaris snoop") != std::string::npos);
}

void CompressedReaderTest::nothingInside()
{
    for (const Compression packing : {Compression::Gzip, Compression::Xz, Compression::Zstd}) {
        const WholeCapture whole = readBytes(packed("", packing));
        QVERIFY(!whole.opened);
        QVERIFY(whole.error.message.ends_with('.'));
    }
}

void CompressedReaderTest::compressedTwice()
{
    const WholeCapture same = readBytes(packed(packed(simplePcap(9), Compression::Gzip), Compression::Gzip));
    QVERIFY(!same.opened);
    const WholeCapture other = readBytes(packed(packed(simplePcap(9), Compression::Xz), Compression::Gzip));
    QVERIFY(!other.opened);
    QVERIFY(other.error.message.find("another compressed file") != std::string::npos);
}

void CompressedReaderTest::largeWindows()
{
    const std::string xz = "\xfd\x37zXZ\0\0\4\xe6\xd6\xb4\x46"s + "\2\0\x21\1"s; // up to the octet of the dictionary
    const std::string zstd = "\x28\xb5\x2f\xfd\0"s;                              // up to the window descriptor
    struct Case {
        std::string front;
        int octet;
        std::uint64_t window;
    };
    for (const Case& c : {Case{xz, 28, 64U << 20U}, Case{xz, 29, 96U << 20U}, Case{xz, 40, 0xffff'ffff},
                          Case{zstd, 16 << 3, 64U << 20U}, Case{zstd, (16 << 3) + 1, 72U << 20U}}) {
        const std::string front = c.front + static_cast<char>(c.octet) + std::string(100, '\0');
        const Compression packing = c.front == xz ? Compression::Xz : Compression::Zstd;
        QCOMPARE(unpackWindowBytes(asBytes(front), packing), c.window);
        const WholeCapture whole = readBytes(front);
        QVERIFY(!whole.opened);
        QCOMPARE(whole.error.code == ErrorCode::Unsupported, c.window > kMaxWindowBytes);
    }
}

void CompressedReaderTest::barrenBombEndsEarly()
{
    // 160 MiB of blocks that hold no packet, in some 160 kB.
    std::string unknown;
    for (int i = 0; i < 64; ++i)
        unknown += block(0x1234, std::string(65'536, '\0'));
    const TemporaryFile file(
        packedRepeatedly(sectionHeader() + interfaceBlock(1) + packetBlock(0, 1, "x"), unknown, 40));
    const std::clock_t start = std::clock(); // processor time: other programs do not count
    const WholeCapture whole = readFile(file.path());
    QCOMPARE(whole.records.size(), std::size_t{1});
    QCOMPARE(whole.messages.size(), std::size_t{1});
    QCOMPARE(whole.messages[0].severity, Severity::Error);
    QVERIFY(whole.messages[0].offset < StreamReader::kMaxBarrenBytes * 2);
    QVERIFY(std::clock() - start < 2 * CLOCKS_PER_SEC);
}

void CompressedReaderTest::zeroBombEndsEarly()
{
    const TemporaryFile file(packedRepeatedly(simplePcap(3), std::string(1U << 20U, '\0'), 100));
    const WholeCapture whole = readFile(file.path());
    QCOMPARE(whole.records.size(), std::size_t{3 + 65'536});
    QCOMPARE(whole.messages.at(0).severity, Severity::Error);
}

void CompressedReaderTest::ratioBombEndsEarly()
{
    // Well-formed packets of zeros: bzip2 packs them some 40,000 to one.
    const std::string record = pcapRecord({}, 1, 0, 250'000, 250'000, std::string(250'000, '\0'));
    const TemporaryFile file(packedRepeatedly(pcapHeader(), record, 400, Compression::Bzip2));
    auto reader = CaptureReader::open(file.path());
    QVERIFY(reader.ok());
    RecordBlock block;
    std::uint64_t packets = 0;
    while ((*reader)->read(block) == ReadStatus::Records)
        packets += block.records().size();
    QVERIFY(packets > 200 && packets < 400);
    QVERIFY((*reader)->messages().at(0).text.find("times its size") != std::string::npos);
}

void CompressedReaderTest::bigGarbageIsRefusedAtOnce()
{
    const TemporaryFile file(packedRepeatedly("", std::string(1U << 20U, 'x'), 100));
    const std::clock_t start = std::clock(); // processor time: other programs do not count
    QVERIFY(!CaptureReader::open(file.path()).ok());
    QVERIFY(std::clock() - start < CLOCKS_PER_SEC / 10);
}

QTEST_GUILESS_MAIN(CompressedReaderTest)
#include "compressed_reader_test.moc"
