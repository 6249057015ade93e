// Real captures, hostile ones among them, through a whole analysis: every packet is counted, what is damaged is said in a
// sentence, and nothing crashes or hangs.

#include "engine/pipeline/analysis_run.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <nlohmann/json.hpp>

#include <fstream>

using namespace timbre;
using nlohmann::json;

namespace {

class Sum : public pipeline::FlowSink {
public:
    std::uint64_t outerPackets = 0;
    void flowEnded(const flow::FlowRecord& record) override
    {
        outerPackets += record.tunnel == decode::Tunnel::None ? record.packets() : 0;
    }
};

bool endsAsASentence(const std::string& text)
{
    return text.size() > 10 && (text.back() == '.' || text.back() == '?');
}

bool accepted(const json& expected, std::uint64_t packets)
{
    if (expected.contains("packets") && !expected["packets"].is_null())
        return expected["packets"] == packets;
    const json several = expected.value("packets_accept", json::array());
    return std::find(several.begin(), several.end(), packets) != several.end();
}

} // namespace

class PipelineCorpusTest : public QObject {
    Q_OBJECT

private slots:
    void everyCapture_data()
    {
        QTest::addColumn<QString>("name");
        const auto corpus = test::corpusDirectory();
        if (!corpus)
            QSKIP("ALL TESTS SKIPPED: no corpus; name its directory in TIMBRE_CORPUS");
        std::ifstream file(*corpus / "expected.json");
        m_expected = json::parse(file)["files"];
        for (const auto& [name, facts] : m_expected.items())
            QTest::newRow(name.c_str()) << QString::fromStdString(name);
    }

    void everyCapture()
    {
        QFETCH(QString, name);
        const auto path = *test::corpusDirectory() / name.toStdString();
        if (!std::filesystem::exists(path))
            QSKIP("this capture is not in the directory");
        const json& expected = m_expected[name.toStdString()];
        Sum sum;
        auto run = pipeline::AnalysisRun::open(path, {}, sum);
        if (!run) {
            QVERIFY2(endsAsASentence(run.error().message), run.error().message.c_str());
            QVERIFY2(accepted(expected, 0), "a file with packets must open");
            return;
        }
        while ((*run)->step()) {
        }
        (*run)->finish();
        const pipeline::Counters counters = (*run)->analysis().counters();
        QVERIFY2(accepted(expected, counters.packets), std::to_string(counters.packets).c_str());
        QCOMPARE(sum.outerPackets + counters.unmatched, counters.packets);
        for (const auto& message : (*run)->analysis().reader()->messages)
            QVERIFY2(endsAsASentence(message.text), message.text.c_str());
    }

private:
    json m_expected;
};

QTEST_GUILESS_MAIN(PipelineCorpusTest)
#include "corpus_test.moc"
