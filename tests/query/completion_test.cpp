#include "engine/query/completion.h"
#include "engine/query/parser.h"

#include <QTest>

#include <algorithm>

using namespace timbre;
using namespace timbre::query;

namespace {

class TestSource final : public CompletionSource {
public:
    std::uint64_t flowsWith(Field field) const override
    {
        return field == Field::Sni ? 214 : field == Field::State ? 7 : 0;
    }
    std::vector<ValueSuggestion> values(Field field) const override
    {
        if (field == Field::Sni)
            return {{"www.example.org", 214}, {"two words", 3}, {"cdn.example.net", 1}};
        if (field == Field::State)
            return {{"reset", 5}};
        return {};
    }
    std::vector<std::string> history() const override { return {"port == 443 and ended", "inner"}; }
};

/// '|' in the text is the cursor.
CompletionList completeAt(std::string text)
{
    const std::size_t cursor = text.find('|');
    text.erase(cursor, 1);
    return complete(text, cursor, TestSource());
}

QStringList inserts(const CompletionList& list)
{
    QStringList out;
    for (const Completion& item : list.items)
        out << QString::fromStdString(item.insert);
    return out;
}

} // namespace

class CompletionTest : public QObject {
    Q_OBJECT

private slots:
    void fieldsInTheDataComeFirst();
    void whatIsOffered_data();
    void whatIsOffered();
    void replacesTheWholeWord();
    void valuesComeWithTheirCounts();
    void historyGoesOnFromWhatIsTyped();
    void whatIsLeftOutIsCounted();
    void neverBreaksOnAnyText();
};

void CompletionTest::fieldsInTheDataComeFirst()
{
    const CompletionList list = completeAt("|");
    QVERIFY(list.items.size() <= kMaxCompletions);
    QStringList firstTwo = inserts(list).mid(0, 2);
    firstTwo.sort();
    QCOMPARE(firstTwo, QStringList({"sni ", "state "}));
    QVERIFY(list.items[0].detail.find("7 flows") != std::string::npos ||
            list.items[0].detail.find("214 flows") != std::string::npos);
    QVERIFY(!inserts(list).contains("tcp.port ")); // aliases only when asked for
    QVERIFY(inserts(completeAt("tcp.|")).contains("tcp.port "));
}

void CompletionTest::whatIsOffered_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("offered");
    QTest::addColumn<QString>("notOffered");
    const auto row = [](const char* text, const char* offered, const char* notOffered) {
        QTest::newRow(text) << text << offered << notOffered;
    };
    row("|", "not ", "and ");
    row("por|", "port ", "sni ");
    row("port |", "== ", "contains ");
    row("port |", "and ", "not ");
    row("sni |", "contains ", "< ");
    row("ended |", "and ", "== ");
    row("port == 443 |", "and ", "port ");
    row("port == 443 an|", "and ", "or ");
    row("port == 443 and |", "sni ", "and ");
    row("state == |", "reset ", "sni ");
    row("state == |", "syn_sent ", "and ");
    row("state == syn|", "syn_received ", "reset ");
    row("ended == |", "true ", "sni ");
    row("state in {reset |", "syn_sent ", "and ");
    row("state in {reset} |", "or ", "syn_sent ");
    row("not |", "sni ", "and ");
    row("(|", "sni ", "and ");
    row("(ended) |", "and ", "sni ");
    row("sni == ex|", "www.example.org ", "\"two words\" ");
    row("sni == \"tw|", "\"two words\" ", "www.example.org ");
    row("ended or la|", "last ", "sni ");
}

void CompletionTest::whatIsOffered()
{
    QFETCH(QString, text);
    QFETCH(QString, offered);
    QFETCH(QString, notOffered);
    const QStringList list = inserts(completeAt(text.toStdString()));
    QVERIFY2(list.contains(offered), qPrintable(list.join(" | ")));
    QVERIFY2(!list.contains(notOffered), qPrintable(list.join(" | ")));
}

void CompletionTest::replacesTheWholeWord()
{
    const CompletionList inside = completeAt("ended and po|rt == 3");
    QCOMPARE(inside.replaceFrom, std::size_t{10});
    QCOMPARE(inside.replaceLength, std::size_t{4});
    const CompletionList after = completeAt("ended and |");
    QCOMPARE(after.replaceFrom, std::size_t{10});
    QCOMPARE(after.replaceLength, std::size_t{0});
    const CompletionList quoted = completeAt("sni == \"tw|");
    QCOMPARE(quoted.replaceFrom, std::size_t{7});
    QCOMPARE(quoted.replaceLength, std::size_t{3});
}

void CompletionTest::valuesComeWithTheirCounts()
{
    const CompletionList list = completeAt("sni == |");
    QCOMPARE(list.valuesOf, Field::Sni);
    QCOMPARE(list.items[0].insert, std::string("www.example.org "));
    QCOMPARE(list.items[0].detail, std::string("214 flows"));
    QCOMPARE(list.items[2].detail, std::string("1 flow"));
    QCOMPARE(completeAt("ended |").valuesOf, Field::Count);
    // A known value is not offered a second time as a word of the field.
    QCOMPARE(inserts(completeAt("state == |")).count("reset "), 1);
}

void CompletionTest::historyGoesOnFromWhatIsTyped()
{
    const CompletionList list = completeAt("port == 4|");
    QCOMPARE(inserts(list), QStringList({"443 and ended"}));
    QCOMPARE(list.items[0].kind, CompletionKind::History);
    QCOMPARE(list.replaceFrom, std::size_t{8});
    QVERIFY(!inserts(completeAt("sni == |")).contains("inner"));
}

void CompletionTest::whatIsLeftOutIsCounted()
{
    class Many final : public CompletionSource {
    public:
        std::uint64_t flowsWith(Field) const override { return 0; }
        std::vector<ValueSuggestion> values(Field) const override
        {
            return std::vector<ValueSuggestion>(250, {"a", 1});
        }
        std::vector<std::string> history() const override { return {}; }
    };
    const CompletionList list = complete("sni == ", 7, Many());
    QCOMPARE(list.items.size(), kMaxCompletions);
    QCOMPARE(list.leftOut, std::size_t{50});
}

void CompletionTest::neverBreaksOnAnyText()
{
    const std::string text = "not (port in {80, 443} and sni ~ \"a\\\" b\" or last 5m) && !ended | } 'open";
    for (std::size_t length = 0; length <= text.size(); ++length)
        for (std::size_t cursor = 0; cursor <= length; ++cursor) {
            const CompletionList list = complete(text.substr(0, length), cursor, TestSource());
            QVERIFY(list.replaceFrom <= cursor && list.replaceFrom + list.replaceLength <= length);
        }
}

QTEST_GUILESS_MAIN(CompletionTest)
#include "completion_test.moc"
