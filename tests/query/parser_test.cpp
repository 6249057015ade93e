#include "engine/query/parser.h"

#include <QTest>

#include <set>

using namespace timbre;
using namespace timbre::query;

namespace {

QString printed(const char* text)
{
    const ParseResult result = parse(text);
    if (!result.ok())
        return QStringLiteral("error: ") + QString::fromStdString(result.error->message);
    return QString::fromStdString(toString(*result.expression));
}

} // namespace

class ParserTest : public QObject {
    Q_OBJECT

private slots:
    void everyFieldHasANameOfItsOwn();
    void everyExampleParses();
    void good_data();
    void good();
    void bad_data();
    void bad();
    void literals_data();
    void literals();
    void depthIsBounded();
    void lengthIsBounded();
    void topLevelTermsAreTheChips();
    void combining_data();
    void combining();
    void spansCoverTheirTerms();
};

void ParserTest::everyFieldHasANameOfItsOwn()
{
    QCOMPARE(allFields().size(), kFieldCount);
    std::set<std::string_view> names;
    for (const FieldInfo& field : allFields()) {
        QVERIFY2(names.insert(field.name).second, std::string(field.name).c_str());
        QVERIFY(!field.title.empty() && field.description.ends_with('.'));
        QCOMPARE(findField(field.name)->field, field.id);
    }
    for (const FieldAlias& alias : allAliases()) {
        QVERIFY2(names.insert(alias.name).second, std::string(alias.name).c_str());
        const auto found = findField(alias.name);
        QVERIFY(found && found->field == alias.field && found->only == alias.only);
        const auto again = findField(spelling(*found));
        QVERIFY(again == found);
    }
}

void ParserTest::everyExampleParses()
{
    for (const FieldInfo& field : allFields()) {
        const ParseResult result = parse(field.example);
        QVERIFY2(result.ok(), std::string(field.example).c_str());
        QVERIFY2(field.example.find(field.name) != std::string_view::npos, std::string(field.name).c_str());
    }
}

void ParserTest::good_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("canonical");
    const auto row = [](const char* text, const char* canonical) { QTest::newRow(text) << text << canonical; };
    row("", "");
    row("   \t\n", "");
    row("port==443", "port == 443");
    row("port = 443", "port == 443");
    row("port eq 443", "port == 443");
    row("PORT == 443", "port == 443");
    row("tcp.port==443", "tcp.port == 443");
    row("tcp.srcport == 1 && udp.dstport == 2", "tcp.srcport == 1 and udp.dstport == 2");
    row("ip.addr==10.0.0.0/8 || ipv6.addr == fe80::/10", "ip.addr == 10.0.0.0/8 or ipv6.addr == fe80::/10");
    row("ip.src != 10.0.0.1", "ip.src != 10.0.0.1");
    row("frame.time > \"2026-11-21 09:15:00\"", "flow.start > \"2026-11-21 09:15:00\"");
    row("dns.qry.name contains example", "host contains example");
    row("tls.handshake.extensions_server_name == a.b", "sni == a.b");
    row("!ended", "not ended");
    row("not not ended", "not not ended");
    row("! (ended or inner)", "not (ended or inner)");
    row("ended and inner or sni", "ended and inner or sni");
    row("ended and (inner or sni)", "ended and (inner or sni)");
    row("(ended and inner) or sni", "ended and inner or sni");
    row("(ended and (inner and sni))", "ended and inner and sni");
    row("((ended))", "ended");
    row("ended AND inner Or sni", "ended and inner or sni");
    row("port in {80 443 8000..8080}", "port in {80 443 8000..8080}");
    row("port in {80,443, 8000..8080,}", "port in {80 443 8000..8080}");
    row("port in 443..445", "port in {443..445}");
    row("port == 443..445", "port == 443..445");
    row("addr in 10.0.0.1..10.0.0.9", "addr in {10.0.0.1..10.0.0.9}");
    row("sni == \"www.example.org\"", "sni == www.example.org");
    row("sni == 'it''s'", "error: Expected and, or, or the end of the filter before \u201c's'\u201d.");
    row("sni == 'a b'", "sni == \"a b\"");
    row("sni ~ \"a\\.b\"", "sni ~ a\\.b");
    row("sni matches ^www", "sni ~ ^www");
    row("example.org", "example.org");
    row("\"two words\"", "\"two words\"");
    row("\"sni\"", "\"sni\"");
    row("\"and\" and \"last\"", "\"and\" and \"last\"");
    row("last 5m", "last 5m");
    row("not last 1h30m", "not last 1h30m");
    row("sni", "sni");
    row("app == TLS", "app == TLS");
    row("proto == other:47", "proto == other:47");
    row("ended == no", "ended == no");
    row("flow.rate > 10Mbps", "flow.rate > 10Mbps");
    row("b\xc3\xbc"
        "cher.example",
        "b\xc3\xbc"
        "cher.example");
}

void ParserTest::good()
{
    QFETCH(QString, text);
    QFETCH(QString, canonical);
    QCOMPARE(printed(text.toUtf8().constData()), canonical);
    if (canonical.startsWith("error"))
        return;
    const ExpressionPtr first = parse(text.toStdString()).expression;
    const ExpressionPtr second = parse(toString(*first)).expression;
    QVERIFY(second && sameTree(*first, *second));
    QCOMPARE(toString(*second), toString(*first));
}

void ParserTest::bad_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("position");
    QTest::addColumn<int>("length");
    QTest::addColumn<QString>("says"); // part of the message
    QTest::addColumn<QString>("suggestion");
    const auto row = [](const char* text, int position, int length, const char* says, const char* suggestion = "") {
        QTest::newRow(text) << text << position << length << says << suggestion;
    };
    row("prot == tcp", 0, 4, "did you mean", "proto");
    row("flow.byts > 3", 0, 9, "did you mean flow.bytes", "flow.bytes");
    row("ended and xyzzy == 3", 10, 5, "no field \u201cxyzzy\u201d");
    row("port ==", 7, 0, "Expected a port for port");
    row("port == and", 8, 3, "instead of \u201cand\u201d");
    row("port == abc", 8, 3, "expected a port from 0 to 65535");
    row("port == 65536", 8, 5, "expected a port");
    row("port == -1", 8, 2, "expected a port");
    row("port == 445..443", 8, 8, "ends before it begins");
    row("port < 443..445", 7, 8, "Expected one value");
    row("port contains 4", 5, 8, "is a port");
    row("port ~ 4", 5, 1, "is a port");
    row("sni < a", 4, 1, "has no order");
    row("addr > 10.0.0.1", 5, 1, "has no order");
    row("addr == 10.0.0.300", 8, 10, "expected an address");
    row("addr == 10.0.0.0/33", 8, 11, "expected an address");
    row("addr == 10.0.0.1..::1", 8, 13, "mixes IPv4 and IPv6");
    row("ended and", 9, 0, "ends too early");
    row("and ended", 0, 3, "instead of \u201cand\u201d");
    row("ended inner", 6, 5, "Expected an operator");
    row("port 443", 5, 3, "Expected an operator");
    row("foo bar", 4, 3, "Expected and, or");
    row("(ended", 0, 1, "never closed");
    row("ended)", 5, 1, "closes nothing");
    row("()", 1, 1, "Expected a field");
    row("port in {80 443", 8, 1, "never closed");
    row("port in {}", 9, 1, "set is empty");
    row("port in {80 abc}", 12, 3, "expected a port");
    row("sni == \"abc", 7, 4, "never closed");
    row("\"abc", 0, 4, "never closed");
    row("\"\"", 0, 2, "nothing between");
    row("sni contains \"\"", 13, 2, "nothing between");
    row("sni ~ \"(\"", 6, 3, "no regular expression");
    row("sni ~ \"(?=a)\"", 6, 7, "no regular expression");
    row("state == establishd", 9, 10, "did you mean established", "established");
    row("app == gopher", 7, 6, "it is one of");
    row("proto == other:256", 9, 9, "it is one of");
    row("flow.bytes > 3parsec", 13, 7, "expected a size");
    row("flow.bytes > 99999999TB", 13, 10, "expected a size");
    row("flow.age > 3x", 11, 2, "expected a duration");
    row("flow.rate > 10mps", 12, 5, "expected a rate");
    row("flow.start > 2026-13-01", 13, 10, "expected a time");
    row("flow.start > 2026-02-30", 13, 10, "expected a time");
    row("flow.start > 2026-02-03T25:00", 13, 16, "expected a time");
    row("entropy > much", 10, 4, "expected a number");
    row("ended == maybe", 9, 5, "expected true or false");
    row("ended > 1", 6, 1, "has no order");
    row("last", 0, 4, "Expected a duration");
    row("last week", 5, 4, "no duration");
    row("last 5m 3", 8, 1, "Expected and, or");
    row("port == 443 &", 12, 1, "Expected and, or");
    row("| port", 0, 1, "instead of");
    row("== 3", 0, 2, "instead of");
    row("\"a b\" == 3", 0, 5, "no field");
    row("ended and (inner or )", 20, 1, "Expected a field");
    row("port == (3)", 8, 1, "instead of");
    row("b\xc3\xbc == 3", 0, 3, "no field");
}

void ParserTest::bad()
{
    QFETCH(QString, text);
    QFETCH(int, position);
    QFETCH(int, length);
    QFETCH(QString, says);
    QFETCH(QString, suggestion);
    const ParseResult result = parse(text.toStdString());
    QVERIFY(!result.ok() && result.error);
    const QString message = QString::fromStdString(result.error->message);
    QVERIFY2(message.contains(says), qPrintable(message));
    QCOMPARE(static_cast<int>(result.error->span.position), position);
    QCOMPARE(static_cast<int>(result.error->span.length), length);
    QCOMPARE(QString::fromStdString(result.error->suggestion), suggestion);
}

void ParserTest::literals_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("low");
    QTest::addColumn<qint64>("high");
    const auto row = [](const char* text, qint64 low, qint64 high) { QTest::newRow(text) << text << low << high; };
    const auto one = [row](const char* text, qint64 value) { row(text, value, value); };
    one("flow.bytes == 1500", 1500);
    one("flow.bytes == 2kB", 2000);
    one("flow.bytes == 2KB", 2000);
    one("flow.bytes == 1.5MB", 1'500'000);
    one("flow.bytes == 0.1GB", 100'000'000);
    one("flow.bytes == 1.5GiB", 1'610'612'736);
    one("flow.bytes == 1KiB", 1024);
    one("flow.bytes == 3TB", 3'000'000'000'000);
    one("flow.bytes == 7B", 7);
    row("flow.bytes == 1kB..2kB", 1000, 2000);
    one("flow.age == 30s", 30'000'000'000);
    one("flow.age == 30", 30'000'000'000);
    one("flow.age == 0.25", 250'000'000);
    one("flow.age == 250ms", 250'000'000);
    one("flow.age == 12us", 12'000);
    one("flow.age == 12\xc2\xb5s", 12'000);
    one("flow.age == 7ns", 7);
    one("flow.age == 5m", 300'000'000'000);
    one("flow.age == 1h30m", 5'400'000'000'000);
    one("flow.age == 1.5h", 5'400'000'000'000);
    one("flow.age == 2d", 172'800'000'000'000);
    row("flow.start == 1970-01-02", 86'400'000'000'000, 172'799'999'999'999);
    row("flow.start == 1970-01-01T00:01", 60'000'000'000, 119'999'999'999);
    row("flow.start == 1970-01-01T00:01Z", 60'000'000'000, 119'999'999'999);
    row("flow.start == 1970-01-01T00:00:01", 1'000'000'000, 1'999'999'999);
    row("flow.start == \"1970-01-01 00:00:01.5\"", 1'500'000'000, 1'599'999'999);
    one("flow.start == 1970-01-01T00:00:01.123456789Z", 1'123'456'789);
    row("flow.start == 1970-01-01T02:00:00+02:00", 0, 999'999'999);
    row("flow.start == 1969-12-31T23:00:00-0100", 0, 999'999'999);
    row("flow.start == 1970-01-01..1970-01-02", 0, 172'799'999'999'999);
    one("flow.start == 1700000000.5", 1'700'000'000'500'000'000);
    one("port == 0x1bb", 443);
    row("flow.pkts == 1..9", 1, 9);
    one("ended == yes", 1);
    one("ended == false", 0);
}

void ParserTest::literals()
{
    QFETCH(QString, text);
    QFETCH(qint64, low);
    QFETCH(qint64, high);
    const ParseResult result = parse(text.toStdString());
    QVERIFY2(result.ok(), result.error ? result.error->message.c_str() : "");
    const auto range = std::get<IntegerRange>(result.expression->values.front().value);
    QCOMPARE(range.low, low);
    QCOMPARE(range.high, high);
}

void ParserTest::depthIsBounded()
{
    const std::string deep(kMaxFilterDepth, '(');
    QVERIFY(parse(deep + "ended" + std::string(kMaxFilterDepth, ')')).ok());
    const ParseResult tooDeep = parse('(' + deep + "ended" + std::string(kMaxFilterDepth + 1, ')'));
    QVERIFY(!tooDeep.ok());
    QCOMPARE(tooDeep.error->span.position, kMaxFilterDepth);
    QVERIFY(!parse(std::string(60'000, '!') + "ended").ok());
    QVERIFY(!parse(std::string(60'000, '(')).ok());
}

void ParserTest::lengthIsBounded()
{
    QVERIFY(parse('"' + std::string(kMaxFilterBytes - 2, 'a') + '"').ok());
    QVERIFY(!parse(std::string(kMaxFilterBytes + 1, 'a')).ok());
}

void ParserTest::topLevelTermsAreTheChips()
{
    const auto terms = [](const char* text) { return topLevelTerms(parse(text).expression); };
    QCOMPARE(terms("").size(), std::size_t{0});
    QCOMPARE(terms("ended or inner").size(), std::size_t{1});
    const auto three = terms("ended and (inner or sni) and not port == 443");
    QCOMPARE(three.size(), std::size_t{3});
    QCOMPARE(QString::fromStdString(toString(*three[1])), QString("inner or sni"));
    QCOMPARE(QString::fromStdString(toString(*three[2])), QString("not port == 443"));
}

void ParserTest::combining_data()
{
    QTest::addColumn<QString>("current");
    QTest::addColumn<QString>("term");
    QTest::addColumn<int>("how");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* current, const char* term, Combine how, const char* expected) {
        QTest::addRow("%s | %s | %d", current, term, static_cast<int>(how))
            << current << term << static_cast<int>(how) << expected;
    };
    row("ended", "port == 443", Combine::Replace, "port == 443");
    row("", "port == 443", Combine::And, "port == 443");
    row("", "port == 443", Combine::AndNot, "not port == 443");
    row("ended", "port == 443", Combine::And, "ended and port == 443");
    row("ended", "port == 443", Combine::AndNot, "ended and not port == 443");
    row("ended", "not sni", Combine::AndNot, "ended and sni");
    row("ended or inner", "port == 443", Combine::And, "(ended or inner) and port == 443");
    row("ended", "inner or sni", Combine::And, "ended and (inner or sni)");
    row("ended", "inner or sni", Combine::AndNot, "ended and not (inner or sni)");
    row("ended and sni", "inner", Combine::Or, "ended and sni or inner");
    row("port ==", "inner", Combine::And, "inner");
    row("ended", "", Combine::And, "ended");
    row("ended", "", Combine::Replace, "");
}

void ParserTest::combining()
{
    QFETCH(QString, current);
    QFETCH(QString, term);
    QFETCH(int, how);
    QFETCH(QString, expected);
    QCOMPARE(QString::fromStdString(combine(current.toStdString(), term.toStdString(), static_cast<Combine>(how))),
             expected);
}

void ParserTest::spansCoverTheirTerms()
{
    const std::string text = "ended and port in {1 2} and not last 5m";
    const auto terms = topLevelTerms(parse(text).expression);
    QCOMPARE(text.substr(terms[1]->span.position, terms[1]->span.length), std::string("port in {1 2}"));
    QCOMPARE(text.substr(terms[2]->span.position, terms[2]->span.length), std::string("not last 5m"));
}

QTEST_GUILESS_MAIN(ParserTest)
#include "parser_test.moc"
