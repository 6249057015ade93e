// Real calls of many applications: their streams are found, counted as another program counts them, and never accused.

#include "engine/audio/stream_report.h"
#include "engine/pipeline/analysis_run.h"
#include "engine/pipeline/analyzers.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <fstream>
#include <nlohmann/json.hpp>

using namespace timbre;
using nlohmann::json;

namespace {

class NoFlows : public pipeline::FlowSink {
public:
    void flowEnded(const flow::FlowRecord&) override {}
};

std::shared_ptr<const audio::StreamList> streamsOf(const std::filesystem::path& path)
{
    NoFlows nowhere;
    pipeline::RunOptions options;
    options.analyzers = pipeline::makeAnalyzers({});
    auto run = pipeline::AnalysisRun::open(path, options, nowhere);
    if (!run)
        return std::make_shared<audio::StreamList>();
    while ((*run)->step()) {
    }
    (*run)->finish();
    pipeline::CaptureSnapshot snapshot;
    describe(**run, {}, snapshot);
    return snapshot.audio;
}

} // namespace

class AudioCorpusTest : public QObject {
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
        const auto list = streamsOf(path);
        ++m_captures;
        for (const auto& stream : list->streams) {
            if (stream->packets < 100 || stream->lossShare() > 0.01)
                continue;
            const audio::CalibratedVerdict& verdict = stream->calibrated;
            const std::string why = verdict.reasons.empty() ? std::string() : verdict.reasons.front().text;
            QVERIFY2(verdict.verdict != audio::Verdict::Suspect && verdict.verdict != audio::Verdict::Abusive,
                     why.c_str());
        }
        for (const char* key : {"rtp_streams", "rtp_streams_heuristic"}) {
            for (const json& expected : m_expected[name.toStdString()].value(key, json::array()))
                compare(*list, expected);
        }
    }

    void cleanupTestCase()
    {
        if (m_captures > 0 && m_captures == m_expected.size())
            QVERIFY(m_jittersCompared > 0);
    }

private:
    /// Long streams without holes: the same packets and the same losses.
    void compare(const audio::StreamList& list, const json& expected)
    {
        if (!expected.contains("seq") || expected["packets"] < 20 || expected["seq"]["missing"] > 5)
            return;
        std::uint64_t packets = 0;
        for (const auto& stream : list.streams) {
            const bool same = stream->ssrc == expected["ssrc"] && stream->source.port == expected["sport"] &&
                              toString(stream->source.address) == expected["src"].get<std::string>() &&
                              stream->destination.port == expected["dport"] &&
                              toString(stream->destination.address) == expected["dst"].get<std::string>();
            if (!same)
                continue;
            packets += stream->packets;
            compareJitter(*stream, expected);
            QCOMPARE(stream->lost, expected["seq"]["missing"].get<std::uint64_t>());
        }
        QCOMPARE(packets, expected["packets"].get<std::uint64_t>());
    }

    /// The other program gives the range over the stream's life; ours is the value at its end. Without a clock that
    /// both know there is nothing to compare.
    void compareJitter(const audio::StreamReport& stream, const json& expected)
    {
        const json& jitter = expected["jitter_ms"];
        if (jitter["max"] <= 0.0 || !stream.jitterMs)
            return;
        constexpr double kRounded = 0.001;
        QVERIFY(*stream.jitterMs >= jitter["min"].get<double>() - kRounded);
        QVERIFY(*stream.jitterMs <= jitter["max"].get<double>() + kRounded);
        ++m_jittersCompared;
    }

    json m_expected;
    std::size_t m_captures = 0;
    int m_jittersCompared = 0;
};

QTEST_GUILESS_MAIN(AudioCorpusTest)
#include "audio_corpus_test.moc"
