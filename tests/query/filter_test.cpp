#include "engine/query/filter.h"
#include "engine/query/fold.h"
#include "tests/query/test_row.h"

#include <QElapsedTimer>
#include <QTest>

#include <random>

using namespace timbre;
using namespace timbre::query;
using timbre::query::testing::TestRow;

namespace {

IpAddress ip(const char* text)
{
    return *IpAddress::parse(text);
}

/// 10.0.0.1:40000 → 93.184.216.34:443, TLS to www.Example.org.
TestRow webFlow()
{
    TestRow row;
    row.addressValues[Field::Src] = {ip("10.0.0.1")};
    row.addressValues[Field::Dst] = {ip("93.184.216.34")};
    row.addressValues[Field::Addr] = {ip("10.0.0.1"), ip("93.184.216.34")};
    row.integerValues[Field::Port] = {443, 40000};
    row.integerValues[Field::SrcPort] = {40000};
    row.integerValues[Field::DstPort] = {443};
    row.integerValues[Field::Bytes] = {2'000'000};
    row.integerValues[Field::Retransmissions] = {0};
    row.integerValues[Field::Ended] = {1};
    row.integerValues[Field::Inner] = {0};
    row.integerValues[Field::End] = {100 * kNsPerSecond};
    row.integerValues[Field::Age] = {30 * kNsPerSecond};
    row.realValues[Field::Rate] = {1'250'000.0};
    row.realValues[Field::Entropy] = {7.5};
    row.textValues[Field::Proto] = {"tcp"};
    row.textValues[Field::App] = {"tls"};
    row.textValues[Field::Service] = {"https"};
    row.names = {"", "www.Example.org", "cdn.example.net"};
    row.nameValues[Field::Sni] = {1};
    row.nameValues[Field::Host] = {2};
    return row;
}

bool matches(const QString& text, const RowReader& row, FilterContext context = {})
{
    const auto compiled = Filter::compile(text.toStdString());
    if (!compiled.filter)
        qFatal("%s: %s", qPrintable(text), compiled.error->message.c_str());
    return FilterRun(*compiled.filter, context).matches(row);
}

} // namespace

class FilterTest : public QObject {
    Q_OBJECT

private slots:
    void matches_data();
    void matches();
    void aWholeAddressMeansJustThat();
    void lastCountsBackFromTheEndOfTheCapture();
    void namesAreAnsweredOnce();
    void manyTextTermsStayCorrect();
    void largeSetsAreSearchedRight();
    void patternsAreLinear();
    void sameAsANaiveEvaluator();
    void manyAddressesShareTheRemembered();
};

void FilterTest::matches_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("expected");
    const auto yes = [](const char* text) { QTest::newRow(text) << text << true; };
    const auto no = [](const char* text) { QTest::newRow(text) << text << false; };
    yes("");
    yes("port == 443");
    yes("port == 40000");
    no("port == 80");
    yes("dport == 443 and sport == 40000");
    no("sport == 443");
    yes("tcp.port == 443");
    no("udp.port == 443");
    no("udp.port != 80");
    yes("not udp.port == 443");
    yes("ip.addr == 10.0.0.0/8");
    no("ipv6.addr != ::1");
    yes("addr == 10.0.0.0/8 and addr == 93.184.216.34");
    no("addr != 10.0.0.1");
    yes("addr != 10.0.0.2");
    yes("src in {10.0.0.7 10.0.0.1}");
    yes("src in 10.0.0.0..10.0.0.9");
    no("src in 10.0.0.2..10.0.0.9");
    no("src == ::/0");
    yes("dst contains 184.216");
    yes("dst ~ ^93");
    no("dst ~ ^184");
    yes("port in {80 443 8000..8080}");
    no("port in {80 8000..8080}");
    yes("port != 80");
    no("port != 443");
    yes("dport < 1024");
    no("dport < 443");
    yes("dport <= 443");
    no("dport > 443");
    yes("dport >= 443");
    yes("flow.bytes == 2MB");
    yes("flow.bytes > 1.9MB and flow.bytes < 2.1MB");
    yes("flow.age == 30s");
    yes("flow.age <= 0.5m");
    yes("flow.rate == 10Mbps");
    no("flow.rate > 10Mbps");
    yes("flow.rate >= 10Mbps");
    no("flow.rate < 10Mbps");
    yes("entropy > 7.4 and entropy < 7.6");
    yes("entropy in {7..8}");
    no("entropy.up > 1");
    no("entropy.up != 1");
    yes("sni == WWW.example.ORG");
    no("sni == example.org");
    yes("sni contains EXAMPLE");
    yes("sni ~ \"^www\\.EXAMPLE\\.org$\"");
    no("sni ~ ^example");
    yes("sni in {a.b www.example.org}");
    yes("sni != a.b");
    no("http.host != a.b");
    yes("app == TLS");
    yes("proto == tcp");
    no("proto == udp");
    yes("ended");
    yes("ended == true");
    yes("ended != false");
    no("not ended");
    no("inner");
    yes("inner == no");
    yes("sni");
    no("http.host");
    yes("not http.host");
    yes("port");
    yes("tcp.port");
    no("udp.port");
    no("retransmissions");
    yes("retransmissions == 0");
    no("retransmissions > 0");
    yes("flow.bytes");
    yes("entropy");
    no("vlan");
    yes("addr");
    // Bare words.
    yes("example");
    yes("cdn");
    yes("ORG");
    yes("https");
    yes("tls");
    yes("tcp");
    no("tc");
    no("udp");
    yes("184.216");
    yes("10.0.0.1");
    yes("10.0.0");
    no("0.0.1.");
    yes("10.0.0.0/24");
    no("10.0.1.0/24");
    no("216.35");
    // Joined.
    yes("port == 80 or port == 443");
    no("port == 443 and not ended");
    yes("not (port == 80 or inner)");
    yes("port == 80 and inner or ended");
    no("port == 80 and (inner or ended)");
    yes("not not ended");
}

void FilterTest::matches()
{
    QFETCH(QString, text);
    QFETCH(bool, expected);
    const TestRow row = webFlow();
    QCOMPARE(::matches(text, row), expected);
}

void FilterTest::aWholeAddressMeansJustThat()
{
    TestRow row = webFlow();
    row.addressValues[Field::Addr] = {ip("10.0.0.17"), ip("93.184.216.34")};
    QVERIFY(!::matches("10.0.0.1", row));
    QVERIFY(::matches("10.0.0.", row));
    QVERIFY(::matches("10.0.0.17", row));
}

void FilterTest::lastCountsBackFromTheEndOfTheCapture()
{
    const TestRow row = webFlow(); // last packet at 100 s
    const FilterContext context{TimeRange{{0}, {160 * kNsPerSecond}}};
    QVERIFY(::matches("last 1m", row, context));
    QVERIFY(::matches("last 5m", row, context));
    QVERIFY(!::matches("last 59s", row, context));
    QVERIFY(!::matches("last 5m", row));
    QVERIFY(::matches("last 100000d", row, {TimeRange{Timestamp::min(), {100 * kNsPerSecond}}}));
}

void FilterTest::namesAreAnsweredOnce()
{
    const TestRow row = webFlow();
    const auto compiled = Filter::compile("sni contains example");
    FilterRun run(*compiled.filter, {});
    for (int i = 0; i < 100; ++i)
        QVERIFY(run.matches(row));
    QCOMPARE(row.namesRead, 1);
}

void FilterTest::manyTextTermsStayCorrect()
{
    const TestRow row = webFlow();
    std::string text = "sni == nothing0";
    for (int i = 1; i < 30; ++i)
        text += " or sni == nothing" + std::to_string(i);
    QVERIFY(!::matches(QString::fromStdString(text), row));
    QVERIFY(::matches(QString::fromStdString(text + " or sni == www.example.org"), row));
}

void FilterTest::largeSetsAreSearchedRight()
{
    std::string set = "port in {";
    std::string names = "sni in {";
    for (int i = 0; i < 200; ++i) {
        set += std::to_string(100 + 10 * i) + ".." + std::to_string(104 + 10 * i) + ' ';
        names += "host" + std::to_string(i) + ' ';
    }
    const auto ports = Filter::compile(set + '}');
    const auto hosts = Filter::compile(names + '}');
    TestRow row = webFlow();
    FilterRun portRun(*ports.filter, {});
    for (int port = 0; port < 3000; ++port) {
        row.integerValues[Field::Port] = {port};
        QCOMPARE(portRun.matches(row), port >= 100 && port < 2100 && port % 10 <= 4);
    }
    row.nameValues.clear();
    FilterRun hostRun(*hosts.filter, {});
    for (int i = 0; i < 250; ++i) {
        row.textValues[Field::Sni] = {"HOST" + std::to_string(i)};
        QCOMPARE(hostRun.matches(row), i < 200);
    }
}

void FilterTest::patternsAreLinear()
{
    TestRow row = webFlow();
    row.names[1] = std::string(1000, 'a');
    const auto compiled = Filter::compile("sni ~ \"^(a*)*(a*)*b$\"");
    QElapsedTimer timer;
    timer.start();
    FilterRun run(*compiled.filter, {});
    QVERIFY(!run.matches(row));
    QVERIFY(timer.elapsed() < 1000);
}

// A second opinion: the tree walked in the plainest way, over random rows and random filters.
namespace {

bool naive(const Expression& e, const TestRow& row)
{
    switch (e.kind) {
    case Expression::Kind::And:
        return std::all_of(e.children.begin(), e.children.end(), [&](const auto& child) { return naive(*child, row); });
    case Expression::Kind::Or:
        return std::any_of(e.children.begin(), e.children.end(), [&](const auto& child) { return naive(*child, row); });
    case Expression::Kind::Not:
        return !naive(*e.children.front(), row);
    case Expression::Kind::Alone: {
        const auto found = row.integerValues.find(e.field.field);
        return e.field.field == Field::Sni ? row.textValues.contains(Field::Sni) : found != row.integerValues.end();
    }
    default:
        break;
    }
    if (e.field.field == Field::Sni) {
        const auto found = row.textValues.find(Field::Sni);
        if (found == row.textValues.end())
            return false;
        const std::string text = folded(found->second.front());
        if (e.op == Operator::Contains)
            return text.find(folded(e.values.front().text)) != std::string::npos;
        const bool any =
            std::any_of(e.values.begin(), e.values.end(), [&](const Literal& l) { return folded(l.text) == text; });
        return e.op == Operator::NotEqual ? !any : any;
    }
    const auto found = row.integerValues.find(Field::Port);
    if (found == row.integerValues.end())
        return false;
    const auto fits = [&](std::int64_t value) {
        return std::any_of(e.values.begin(), e.values.end(), [&](const Literal& l) {
            const auto range = std::get<IntegerRange>(l.value);
            switch (e.op) {
            case Operator::Less:
                return value < range.low;
            case Operator::LessEqual:
                return value <= range.low;
            case Operator::Greater:
                return value > range.low;
            case Operator::GreaterEqual:
                return value >= range.low;
            default:
                return range.low <= value && value <= range.high;
            }
        });
    };
    const bool any = std::any_of(found->second.begin(), found->second.end(), fits);
    return e.op == Operator::NotEqual ? !any : any;
}

class RandomFilter {
public:
    explicit RandomFilter(std::uint32_t seed)
        : m_random(seed)
    {
    }
    std::size_t below(std::size_t limit) { return m_random() % limit; }

    std::string filter(int depth)
    {
        const std::size_t choice = below(depth > 0 ? 6 : 3);
        if (choice == 3)
            return "not (" + filter(depth - 1) + ")";
        if (choice >= 4)
            return "(" + filter(depth - 1) + (choice == 4 ? ") and (" : ") or (") + filter(depth - 1) + ")";
        return choice == 0 ? textTerm() : portTerm();
    }
    std::string text()
    {
        std::string out;
        for (std::size_t i = 1 + below(3); i > 0; --i)
            out += "aAbB"[below(4)];
        return out;
    }

private:
    std::string portTerm()
    {
        constexpr const char* kSigns[] = {" == ", " != ", " < ", " <= ", " > ", " >= "};
        const std::size_t choice = below(8);
        if (choice < 6)
            return "port" + std::string(kSigns[choice]) + std::to_string(below(20));
        if (choice == 6)
            return "port";
        const std::size_t low = below(20);
        return "port in {" + std::to_string(below(20)) + " " + std::to_string(low) + ".." +
               std::to_string(low + below(5)) + "}";
    }
    std::string textTerm()
    {
        constexpr const char* kSigns[] = {" == ", " != ", " contains ", " in "};
        const std::size_t choice = below(5);
        return choice == 4 ? "sni" : "sni" + std::string(kSigns[choice]) + text();
    }

    std::mt19937 m_random;
};

} // namespace

void FilterTest::sameAsANaiveEvaluator()
{
    RandomFilter random(20261121);
    int matched = 0;
    for (int i = 0; i < 3000; ++i) {
        const std::string text = random.filter(4);
        const auto compiled = Filter::compile(text);
        QVERIFY2(compiled.filter, text.c_str());
        const auto again = Filter::compile(compiled.filter->text());
        QVERIFY2(again.filter && sameTree(*compiled.filter->expression(), *again.filter->expression()), text.c_str());
        for (int j = 0; j < 20; ++j) {
            TestRow row;
            if (random.below(4) > 0)
                row.integerValues[Field::Port] = {static_cast<std::int64_t>(1 + random.below(20)),
                                                  static_cast<std::int64_t>(1 + random.below(20))};
            if (random.below(4) > 0)
                row.textValues[Field::Sni] = {random.text()};
            const bool expected = naive(*compiled.filter->expression(), row);
            QVERIFY2(FilterRun(*compiled.filter, {}).matches(row) == expected, text.c_str());
            matched += expected ? 1 : 0;
        }
    }
    QVERIFY(matched > 10'000 && matched < 50'000); // neither nothing nor everything
}

void FilterTest::manyAddressesShareTheRemembered()
{
    const auto compiled = Filter::compile("addr contains 7.1 and not addr ~ \"^10\\.\"");
    FilterRun run(*compiled.filter, {});
    for (int round = 0; round < 2; ++round)
        for (int i = 0; i < 20'000; ++i) {
            const std::string text =
                std::to_string(5 + i % 10) + "." + std::to_string(i / 1000) + "." + std::to_string(i % 250) + ".7";
            TestRow row;
            row.addressValues[Field::Addr] = {ip(text.c_str())};
            QCOMPARE(run.matches(row), text.find("7.1") != std::string::npos && !text.starts_with("10."));
        }
}

QTEST_GUILESS_MAIN(FilterTest)
#include "filter_test.moc"
