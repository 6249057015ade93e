// Every capture of the shared corpus against what independent programs say about it. The corpus is not part of the
// source tree; without it the test is skipped and says so.

#include "engine/capture/capture_reader.h"
#include "tests/support/test_data.h"

#include <QtTest>

#include <ctime>
#include <fstream>
#include <nlohmann/json.hpp>

using namespace timbre;
using namespace timbre::capture;

namespace {

constexpr qint64 kMaxHostileMs = 2000;

struct Count {
    bool opened = false;
    std::uint64_t packets = 0;
    std::uint64_t capturedBytes = 0;
    std::int64_t firstNs = 0;
    std::size_t messages = 0;
    std::string refusal;
};

Count readAll(const std::filesystem::path& path)
{
    Count count;
    auto reader = CaptureReader::open(path);
    if (!reader) {
        count.refusal = reader.error().message;
        return count;
    }
    count.opened = true;
    RecordBlock block;
    while ((*reader)->read(block) == ReadStatus::Records) {
        for (const Record& record : block.records()) {
            if (count.packets++ == 0)
                count.firstNs = record.time.ns;
            count.capturedBytes += record.bytes.size();
        }
    }
    count.messages = (*reader)->messages().size();
    return count;
}

bool packetsMatch(const nlohmann::json& expected, std::uint64_t packets)
{
    if (const auto& exact = expected.at("packets"); exact.is_number())
        return exact.get<std::uint64_t>() == packets;
    for (const auto& accepted : expected.at("packets_accept")) {
        if (accepted.get<std::uint64_t>() == packets)
            return true;
    }
    return false;
}

} // namespace

class CaptureCorpusTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void counts_data();
    void counts();

private:
    std::filesystem::path m_folder;
    nlohmann::json m_expected;
};

void CaptureCorpusTest::initTestCase()
{
    const auto folder = test::corpusDirectory();
    if (!folder || !std::filesystem::exists(*folder / "expected.json"))
        QSKIP("ALL TESTS SKIPPED: no corpus; name its directory in TIMBRE_CORPUS");
    m_folder = *folder;
    std::ifstream file(m_folder / "expected.json");
    m_expected = nlohmann::json::parse(file, nullptr, false);
    QVERIFY(m_expected.is_object());
}

void CaptureCorpusTest::counts_data()
{
    QTest::addColumn<QString>("name");
    for (const auto& [name, facts] : m_expected.at("files").items())
        QTest::newRow(name.c_str()) << QString::fromStdString(name);
}

void CaptureCorpusTest::counts()
{
    QFETCH(QString, name);
    const nlohmann::json& expected = m_expected.at("files").at(name.toStdString());
    const std::clock_t start = std::clock(); // processor time: other programs do not count
    const Count count = readAll(m_folder / name.toStdString());
    const auto elapsedMs = static_cast<qint64>((std::clock() - start) * 1000 / CLOCKS_PER_SEC);

    QVERIFY2(packetsMatch(expected, count.packets), qPrintable(QString::number(count.packets)));
    QVERIFY2(elapsedMs <= kMaxHostileMs || !name.startsWith("hostile/"), qPrintable(QString::number(elapsedMs)));
    if (!count.opened)
        QVERIFY2(count.refusal.size() > 20 && count.refusal.ends_with('.'), count.refusal.c_str());
    if (count.packets == 0) {
        QVERIFY(!count.opened || count.messages > 0);
        return;
    }
    QCOMPARE(count.capturedBytes, expected.at("captured_bytes").get<std::uint64_t>());
    if (expected.contains("first_ns")) // not known of compressed files
        QCOMPARE(count.firstNs, expected.at("first_ns").get<std::int64_t>());
}

QTEST_GUILESS_MAIN(CaptureCorpusTest)
#include "capture_corpus_test.moc"
