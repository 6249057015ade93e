// Distinct TCP and UDP tuples of real captures, outer, inner and reassembled, against what tshark counts.

#include "engine/capture/capture_reader.h"
#include "engine/decode/decoder.h"
#include "engine/decode/layer_tree.h"
#include "tests/decode/tuple_exceptions.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTest>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

using namespace timbre;

namespace {

QString corpusFolder()
{
    const QString fromEnvironment = qEnvironmentVariable("TIMBRE_CORPUS");
    return (fromEnvironment.isEmpty() ? QStringLiteral(TIMBRE_SOURCE_DIR "/../shared/corpus") : fromEnvironment) +
           QLatin1Char('/');
}

using TupleKey = std::array<std::byte, sizeof(decode::FlowKey)>;

struct Tuples {
    std::set<TupleKey> tcp;
    std::set<TupleKey> udp;

    void add(const decode::Packet& packet)
    {
        if (!packet.matched)
            return;
        TupleKey key{};
        std::memcpy(key.data(), &packet.key, key.size());
        if (packet.key.l4 == decode::L4::Tcp)
            tcp.insert(key);
        else if (packet.key.l4 == decode::L4::Udp)
            udp.insert(key);
    }
};

Result<Tuples> tuplesOf(const std::filesystem::path& path)
{
    auto reader = capture::CaptureReader::open(path);
    if (!reader)
        return reader.error();
    Tuples tuples;
    decode::Decoder decoder;
    decode::DecodedBatch batch;
    capture::RecordBlock block;
    while (reader.value()->read(block) == capture::ReadStatus::Records) {
        batch.clear();
        for (const capture::Record& record : block.records()) {
            decoder.decode(record.time, record.linkType, record.bytes, batch);
            // A tree for every packet: none may stumble over real traffic, and the line says what the decoder says.
            const decode::LayerTree tree = decode::describe(record.linkType, record.bytes, record.originalLength);
            if (tree.layers.empty() || tree.summary.empty())
                return Error{ErrorCode::Invalid, "a packet without layers", {}};
        }
        // A first fragment shows ports, but only the whole datagram is a conversation for tshark.
        for (const decode::Packet& packet : batch.outer) {
            if (!packet.fragment)
                tuples.add(packet);
        }
        for (const decode::InnerPacket& inner : batch.inner) {
            if (!inner.packet.fragment)
                tuples.add(inner.packet);
        }
    }
    return tuples;
}

} // namespace

class DecodeCorpusTest : public QObject {
    Q_OBJECT
private slots:
    void tuples_data();
    void tuples();
    void everyExceptionIsStillOne();
    void hostileFramesAreDecodedInTime();

private:
    nlohmann::json m_expected;
};

void DecodeCorpusTest::tuples_data()
{
    QTest::addColumn<QString>("name");
    QFile file(corpusFolder() + QStringLiteral("expected.json"));
    if (!file.open(QIODevice::ReadOnly))
        QSKIP("ALL TESTS SKIPPED: no corpus; name its directory in TIMBRE_CORPUS");
    m_expected = nlohmann::json::parse(file.readAll().toStdString()).at("files");
    for (const auto& [name, facts] : m_expected.items()) {
        if (name.rfind("hostile/", 0) != 0)
            QTest::newRow(name.c_str()) << QString::fromStdString(name);
    }
}

void DecodeCorpusTest::tuples()
{
    QFETCH(QString, name);
    const auto& facts = m_expected.at(name.toStdString());
    const auto result = tuplesOf((corpusFolder() + name).toStdString());
    if (!result)
        QFAIL(result.error().message.c_str());
    std::size_t tcp = facts.contains("tcp") ? facts.at("tcp").at("tuples").get<std::size_t>() : 0;
    std::size_t udp = facts.contains("udp") ? facts.at("udp").at("tuples").get<std::size_t>() : 0;
    for (const tests::TupleException& exception : tests::kTupleExceptions) {
        if (exception.file == name.toStdString()) {
            tcp = exception.tcp;
            udp = exception.udp;
        }
    }
    const QByteArray text = QStringLiteral("tcp %1, expected %2; udp %3, expected %4")
                                .arg(result->tcp.size())
                                .arg(tcp)
                                .arg(result->udp.size())
                                .arg(udp)
                                .toUtf8();
    QVERIFY2(result->tcp.size() == tcp && result->udp.size() == udp, text.constData());
}

void DecodeCorpusTest::everyExceptionIsStillOne()
{
    if (m_expected.is_null())
        QSKIP("ALL TESTS SKIPPED: no corpus; name its directory in TIMBRE_CORPUS");
    for (const tests::TupleException& exception : tests::kTupleExceptions) {
        const auto& facts = m_expected.at(std::string(exception.file));
        QVERIFY2(facts.at("tcp").at("tuples") != exception.tcp || facts.at("udp").at("tuples") != exception.udp,
                 exception.file.data());
    }
}

void DecodeCorpusTest::hostileFramesAreDecodedInTime()
{
    const QDir folder(corpusFolder() + QStringLiteral("hostile"));
    if (!folder.exists())
        QSKIP("ALL TESTS SKIPPED: no corpus; name its directory in TIMBRE_CORPUS");
    constexpr qint64 kLimitMs = 2000;
    int decoded = 0;
    for (const QString& name : folder.entryList(QDir::Files)) {
        QElapsedTimer timer;
        timer.start();
        // A file that is no capture is the reader's business; of all others every packet gets its tree.
        decoded += tuplesOf(folder.filePath(name).toStdString()).ok() ? 1 : 0;
        QVERIFY2(timer.elapsed() < kLimitMs, qPrintable(name));
    }
    QVERIFY(decoded > 150);
}

QTEST_GUILESS_MAIN(DecodeCorpusTest)
#include "corpus_test.moc"
