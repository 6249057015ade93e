// The terms of a filter, as chips show and change them.

#include "engine/query/filter.h"
#include "engine/query/terms.h"
#include "engine/query/translate.h"

#include <QtTest/QTest>

using namespace timbre::query;

class TermsTest : public QObject {
    Q_OBJECT

private slots:
    void splitsOnTheParsedFilter();
    void changes_data();
    void changes();
    void changesTurnBack();
    void offHasNoEffect();
    void offStandsOnlyOutside_data();
    void offStandsOnlyOutside();
    void offIsAWordWhereNoTermFollows();
    void combiningKeepsItsPlace();
};

void TermsTest::splitsOnTheParsedFilter()
{
    QVERIFY(termsOf("").empty());
    QVERIFY(termsOf("port ==").empty());
    QCOMPARE(termsOf("sni == \"a and b\"").size(), std::size_t{1});
    const auto terms = termsOf("port == 443 and (app == tls or app == quic) and off not sni and not (a and b)");
    QCOMPARE(terms.size(), std::size_t{4});
    QCOMPARE(terms[1].text, std::string("app == tls or app == quic"));
    QCOMPARE(terms[1].whole, std::string("(app == tls or app == quic)"));
    QVERIFY(terms[2].off && terms[2].negated);
    QCOMPARE(terms[2].text, std::string("sni"));
    QCOMPARE(terms[3].whole, std::string("not (a and b)"));
}

void TermsTest::changes_data()
{
    QTest::addColumn<QByteArray>("filter");
    QTest::addColumn<int>("term");
    QTest::addColumn<int>("change");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* filter, int term, TermChange change, const char* expected) {
        QTest::addRow("%s, term %d, change %d", filter, term, static_cast<int>(change))
            << QByteArray(filter) << term << static_cast<int>(change) << QByteArray(expected);
    };
    row("port == 443", 0, TermChange::Remove, "");
    row("port == 443", 0, TermChange::Negate, "not port == 443");
    row("not port == 443", 0, TermChange::Negate, "port == 443");
    row("a and b and c", 1, TermChange::Remove, "a and c");
    row("a and b and c", 1, TermChange::SwitchOff, "a and off b and c");
    row("a and off b and c", 1, TermChange::SwitchOff, "a and b and c");
    row("a and off b", 1, TermChange::Negate, "a and off not b");
    row("a or b", 0, TermChange::Negate, "not (a or b)");
    row("a or b", 0, TermChange::SwitchOff, "off (a or b)");
    row("not (a or b)", 0, TermChange::Negate, "a or b");
    row("(a or b) and c", 1, TermChange::Remove, "a or b");
    row("(a or b) and c", 0, TermChange::SwitchOff, "off (a or b) and c");
    row("not (a and b) and c", 0, TermChange::SwitchOff, "off not (a and b) and c");
    row("a and b", 7, TermChange::Remove, "a and b");
}

void TermsTest::changes()
{
    QFETCH(QByteArray, filter);
    QFETCH(int, term);
    QFETCH(int, change);
    QFETCH(QByteArray, expected);
    const std::string changed =
        changeTerm(filter.toStdString(), static_cast<std::size_t>(term), static_cast<TermChange>(change));
    QCOMPARE(QByteArray::fromStdString(changed), expected);
}

// Negating `not (a and b)` opens it into two terms; all else is as it was after the same change again.
void TermsTest::changesTurnBack()
{
    const std::string filter = "port == 443 and (app == tls or app == quic) and off not sni and last 5m";
    for (std::size_t term = 0; term < termsOf(filter).size(); ++term) {
        for (const TermChange change : {TermChange::Negate, TermChange::SwitchOff}) {
            const std::string once = changeTerm(filter, term, change);
            QVERIFY(once != filter);
            QVERIFY2(Filter::compile(once).filter != nullptr, once.c_str());
            QCOMPARE(changeTerm(once, term, change), filter);
        }
    }
}

void TermsTest::offHasNoEffect()
{
    QVERIFY(
        sameTree(*parse("off (a or b)").expression, *parse(toString(*parse("off (a or b)").expression)).expression));
    QVERIFY(Filter::compile("off port == 443").filter != nullptr);
    QVERIFY(Filter::compile("off port == 443").filter->matchesAll());
    QCOMPARE(toBpf(*parse("port == 443 and proto == tcp and off sni contains x").expression),
             toBpf(*parse("port == 443 and proto == tcp").expression));
}

void TermsTest::offStandsOnlyOutside_data()
{
    QTest::addColumn<QByteArray>("filter");
    for (const char* filter :
         {"a or off b", "off a or b", "not off a", "off off a", "off (a and off b)", "a and (b or (c and off d))"})
        QTest::addRow("%s", filter) << QByteArray(filter);
}

void TermsTest::offStandsOnlyOutside()
{
    QFETCH(QByteArray, filter);
    const ParseResult result = parse(filter.toStdString());
    QVERIFY(!result.ok());
    QVERIFY(result.error->message.find("off") != std::string::npos);
}

void TermsTest::offIsAWordWhereNoTermFollows()
{
    const ParseResult word = parse("off");
    QVERIFY(word.ok());
    QVERIFY(word.expression->kind == Expression::Kind::Word);
    QCOMPARE(toString(*word.expression), std::string("\"off\""));
    QVERIFY(parse("host contains off").ok());
    QVERIFY(parse("off and port == 1").expression->children.front()->kind == Expression::Kind::Word);
}

void TermsTest::combiningKeepsItsPlace()
{
    QCOMPARE(combine("a and off b", "c", Combine::And), std::string("a and off b and c"));
    QCOMPARE(combine("a", "off b", Combine::AndNot), std::string("a and off not b"));
    QCOMPARE(combine("a and off b", "c", Combine::Or), std::string("a or c"));
    QCOMPARE(combine("off b", "c", Combine::Or), std::string("c"));
}

QTEST_GUILESS_MAIN(TermsTest)
#include "terms_test.moc"
