#include "tests/capture/capture_bytes.h"

#include <QtTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace timbre;
using namespace timbre::capture;
using namespace timbre::test;
using namespace std::string_literals;

class FormatDetectionTest : public QObject {
    Q_OBJECT

private slots:
    void refusals_data();
    void refusals();
    void erfIsNotSeenInRandomData();
    void missingFile();
    void folderAndDevice();
    void noPermission();
    void linkTypeNames();
};

void FormatDetectionTest::refusals_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("named");
    const auto row = [](const char* name, const std::string& content, const char* named) {
        QTest::newRow(name) << QByteArray::fromStdString(content) << named;
    };
    const std::string rest = payload(600, 3);
    row("empty", "", "is an empty file.");
    row("pcap cut", pcapHeader().substr(0, 19), "cut inside its header (19 of 24 bytes are there)");
    row("pcap magic", pcapHeader().substr(0, 4), "cut inside its header (4 of 24");
    row("pcapng cut", sectionHeader().substr(0, 20), "cut inside its section header");
    row("pcapng byte order", block(0x0a0d0d0a, std::string(16, 'x')), "impossible byte-order mark");
    row("snoop", "snoop\0\0\0"s + rest, "Solaris snoop capture");
    row("btsnoop", "btsnoop\0"s + rest, "Bluetooth snoop");
    row("Network Monitor", "GMBU" + rest, "Network Monitor 2");
    row("iptrace", "iptrace 2.0" + rest, "iptrace");
    row("Sniffer", "TRSNIFF data    \x1a" + rest, "Sniffer");
    row("ELF", "\177ELF" + rest, "an ELF program");
    row("PNG", "\x89PNG" + rest, "a PNG picture");
    row("tar", "name" + std::string(253, '\0') + "ustar" + rest, "a tar archive");
    row("7z", "7z\xbc\xaf\x27\x1c" + rest, "7-Zip");
    row("SQLite", "SQLite format 3\0"s + rest, "an SQLite database");
    row("HTML", "\n <!DOCTYPE html>\n<html><body>404</body></html>", "a web page (HTML)");
    row("JSON", "{\"a\": 1}", "JSON text");
    row("text", "0000  00 11 22 33 44 55\n", "a text file");
    row("UTF-8 text", "Grüße\n", "a text file");
    row("zeros", std::string(5000, '\0'), "nothing but zeros");
    row("random", "\x01\x02" + rest, "binary data of no known");
    std::string erf;
    for (int i = 0; i < 5; ++i)
        erf += ByteBuilder().u32(7).u32(1'700'000'000).u8(2).u8(4).bytes() +
               ByteBuilder(true).u16(80).u16(0).u16(62).bytes() + payload(64, 1);
    row("ERF", erf, "ERF capture");
}

void FormatDetectionTest::refusals()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, named);
    const TemporaryFile file(content.toStdString());
    const auto reader = CaptureReader::open(file.path());
    QVERIFY(!reader.ok());
    QCOMPARE(reader.error().code, ErrorCode::UnknownFormat);
    const QString message = QString::fromStdString(reader.error().message);
    QVERIFY2(message.contains(named), qPrintable(message));
    QVERIFY2(message.startsWith("“" + QString::fromStdString(file.path().filename())), qPrintable(message));
    QVERIFY2(message.endsWith('.'), qPrintable(message));
}

void FormatDetectionTest::erfIsNotSeenInRandomData()
{
    for (unsigned seed = 0; seed < 300; ++seed) {
        const WholeCapture whole = readBytes("\x01" + payload(4000, seed));
        QVERIFY2(whole.error.message.find("ERF") == std::string::npos, whole.error.message.c_str());
    }
}

void FormatDetectionTest::missingFile()
{
    const auto reader = CaptureReader::open("/nowhere/at all.pcap");
    QVERIFY(!reader.ok());
    QCOMPARE(reader.error().code, ErrorCode::NotFound);
    QCOMPARE(reader.error().message, "There is no file “at all.pcap”."s);
}

void FormatDetectionTest::folderAndDevice()
{
    const auto folder = CaptureReader::open(std::filesystem::temp_directory_path());
    QCOMPARE(folder.error().code, ErrorCode::Unreadable);
    QVERIFY(folder.error().message.find("a folder") != std::string::npos);
    const auto device = CaptureReader::open("/dev/null");
    QVERIFY(device.error().message.find("a device") != std::string::npos);
}

void FormatDetectionTest::noPermission()
{
    if (::geteuid() == 0)
        QSKIP("the administrator may read everything");
    const TemporaryFile file(simplePcap(1));
    ::chmod(file.path().c_str(), 0);
    QCOMPARE(CaptureReader::open(file.path()).error().code, ErrorCode::NoPermission);
}

void FormatDetectionTest::linkTypeNames()
{
    QCOMPARE(linkTypeName(1), "Ethernet"s);
    QCOMPARE(linkTypeName(276), "Linux cooked v2"s);
    QCOMPARE(linkTypeName(65'520), "link type 65520"s);
}

QTEST_GUILESS_MAIN(FormatDetectionTest)
#include "format_detection_test.moc"
