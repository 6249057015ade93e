#include "engine/pipeline/service_names.h"
#include "engine/pipeline/text_format.h"

#include <QTest>

#include <cstdlib>
#include <limits>

using namespace timbre;
using namespace timbre::pipeline;

class TextFormatTest : public QObject {
    Q_OBJECT

private slots:
    void counts();
    void sizes();
    void durations();
    void ratesAndRatios();
    void times();
    void services();
};

namespace {
QString q(const std::string& text)
{
    return QString::fromStdString(text);
}
} // namespace

void TextFormatTest::counts()
{
    QCOMPARE(q(formatCount(0)), QString("0"));
    QCOMPARE(q(formatCount(999)), QString("999"));
    QCOMPARE(q(formatCount(1'204'331)), QString(u8"1\u2009204\u2009331"));
    QCOMPARE(q(formatCount(std::numeric_limits<std::uint64_t>::max())).count(QChar(0x2009)), 6);
    QCOMPARE(q(formatSigned(-1234)), QString(u8"\u22121\u2009234"));
    QCOMPARE(q(formatSigned(std::numeric_limits<std::int64_t>::min())).size(), 1 + 19 + 6);
}

void TextFormatTest::sizes()
{
    QCOMPARE(q(formatBytes(0)), QString("0 B"));
    QCOMPARE(q(formatBytes(999)), QString("999 B"));
    QCOMPARE(q(formatBytes(1000)), QString("1.00 kB"));
    QCOMPARE(q(formatBytes(1234)), QString("1.23 kB"));
    QCOMPARE(q(formatBytes(45'600'000)), QString("45.6 MB"));
    QCOMPARE(q(formatBytes(789'000'000'000)), QString("789 GB"));
    QCOMPARE(q(formatBytes(999'999)), QString("1.00 MB"));
    QCOMPARE(q(formatBytes(9'999)), QString("10.0 kB"));
    QCOMPARE(q(formatBytes(99'990)), QString("100 kB"));
    QCOMPARE(q(formatBytes(std::numeric_limits<std::uint64_t>::max())), QString("18.4 EB"));
}

void TextFormatTest::durations()
{
    QCOMPARE(q(formatDuration(0)), QString("0 s"));
    QCOMPARE(q(formatDuration(812)), QString("812 ns"));
    QCOMPARE(q(formatDuration(812'999)), QString(u8"812 \u00b5s"));
    QCOMPARE(q(formatDuration(12'345'678)), QString("12.3 ms"));
    QCOMPARE(q(formatDuration(1'204'999'999)), QString("1.204 s"));
    QCOMPARE(q(formatDuration(59'999'999'999)), QString("59.999 s"));
    QCOMPARE(q(formatDuration(192 * kNsPerSecond)), QString("3 m 12 s"));
    QCOMPARE(q(formatDuration(7500 * kNsPerSecond)), QString("2 h 5 m"));
    QCOMPARE(q(formatDuration((3 * 24 + 4) * 3600 * kNsPerSecond)), QString("3 d 4 h"));
    QCOMPARE(q(formatDuration(std::numeric_limits<std::int64_t>::min())), QString(u8"\u2212106751 d 23 h"));
}

void TextFormatTest::ratesAndRatios()
{
    QCOMPARE(q(formatRate(1'234'567)), QString("1.23 MB/s"));
    QCOMPARE(q(formatRate(0)), QString("0 B/s"));
    QCOMPARE(q(formatRatio(7.9931)), QString("7.993"));
}

void TextFormatTest::times()
{
    const Timestamp time{1'700'000'000 * kNsPerSecond + 123'456'789};
    QCOMPARE(q(formatTime(time, Zone::Utc)), QString("2023-11-14 22:13:20.123456"));
    QCOMPARE(q(formatTime(time, Zone::Utc, 0)), QString("2023-11-14 22:13:20"));
    QCOMPARE(q(formatTime(time, Zone::Utc, 9)), QString("2023-11-14 22:13:20.123456789"));
    QCOMPARE(q(formatTime({-1}, Zone::Utc, 3)), QString("1969-12-31 23:59:59.999"));
    QCOMPARE(q(zoneLabel(time, Zone::Utc)), QString("UTC"));
    setenv("TZ", "XST-5:30", 1); // five and a half hours east
    tzset();
    QCOMPARE(q(formatTime(time, Zone::Local, 0)), QString("2023-11-15 03:43:20"));
    QCOMPARE(q(zoneLabel(time, Zone::Local)), QString("+05:30"));
    setenv("TZ", "YST3", 1);
    tzset();
    QCOMPARE(q(zoneLabel(time, Zone::Local)), QString("-03:00"));
}

void TextFormatTest::services()
{
    QCOMPARE(serviceOfPort(decode::L4::Tcp, 443), std::string_view("https"));
    QCOMPARE(serviceOfPort(decode::L4::Tcp, 514), std::string_view("shell"));
    QCOMPARE(serviceOfPort(decode::L4::Udp, 514), std::string_view("syslog"));
    QCOMPARE(serviceOfPort(decode::L4::Udp, 22), std::string_view());
    QCOMPARE(serviceOfPort(decode::L4::Icmp, 443), std::string_view());
    flow::FlowRecord record;
    record.key.l4 = decode::L4::Tcp;
    record.key.portA = 22;
    record.key.portB = 50000;
    QCOMPARE(serviceOf(record), std::string_view("ssh")); // seen from the middle, the server looks like the client
}

QTEST_GUILESS_MAIN(TextFormatTest)
#include "text_format_test.moc"
