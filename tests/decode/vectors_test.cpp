// The flow vectors seen from the decoder: every packet must give the key and the direction that the reference events
// name, and no packet without an event may match.

#include "engine/decode/decoder.h"

#include <QFile>
#include <QTest>

#include <nlohmann/json.hpp>
#include <unordered_map>

using namespace timbre;

namespace {

QString vectorFolder()
{
    const QString fromEnvironment = qEnvironmentVariable("TIMBRE_VECTORS");
    return (fromEnvironment.isEmpty() ? QStringLiteral(TIMBRE_SOURCE_DIR "/tests/vectors") : fromEnvironment) +
           QStringLiteral("/flow/");
}

QByteArray readAll(const QString& name)
{
    QFile file(vectorFolder() + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// The vectors are classic little-endian microsecond pcap files with Ethernet frames.
std::vector<Bytes> framesOf(const QByteArray& pcap)
{
    std::vector<Bytes> frames;
    const Bytes bytes = asBytes({pcap.constData(), static_cast<std::size_t>(pcap.size())});
    for (std::size_t at = 24; at + 16 <= bytes.size();) {
        const std::size_t captured = loadLe32(bytes, at + 8);
        frames.push_back(bytes.subspan(at + 16, captured));
        at += 16 + captured;
    }
    return frames;
}

} // namespace

class DecodeVectorsTest : public QObject {
    Q_OBJECT
private slots:
    void keysAsTheReferenceSays_data();
    void keysAsTheReferenceSays();
};

void DecodeVectorsTest::keysAsTheReferenceSays_data()
{
    QTest::addColumn<QString>("name");
    const QByteArray cases = readAll(QStringLiteral("cases.json"));
    QVERIFY2(!cases.isEmpty(), "the vectors are part of the tree");
    for (const auto& name : nlohmann::json::parse(cases.toStdString())) {
        const QString text = QString::fromStdString(name.get<std::string>());
        QTest::newRow(qPrintable(text)) << text;
    }
}

void DecodeVectorsTest::keysAsTheReferenceSays()
{
    QFETCH(QString, name);
    const QByteArray pcap = readAll(name + QStringLiteral(".pcap"));
    const std::vector<Bytes> frames = framesOf(pcap);
    QVERIFY(!frames.empty());
    std::vector<bool> matched(frames.size(), false);
    std::vector<bool> played(frames.size(), false);
    std::unordered_map<std::string, bool> initiatorIsReverse;
    for (const QByteArray& line : readAll(name + QStringLiteral(".events.jsonl")).split('\n')) {
        if (line.isEmpty())
            continue;
        const auto event = nlohmann::json::parse(line.toStdString());
        const std::string kind = event.at("event");
        if (kind != "started" && kind != "packet")
            continue;
        const std::size_t number = event.at("pkt");
        const std::string key = event.at("key");
        const decode::Packet packet = decode::decodeOuter(1, frames.at(number));
        QVERIFY2(packet.matched, qPrintable(QStringLiteral("packet %1").arg(number)));
        QCOMPARE(decode::toString(packet.key), key);
        QCOMPARE(decode::l4Name(packet.key.l4, packet.key.protocol), key.substr(0, key.find(' ')));
        matched[number] = true;
        if (kind == "started")
            initiatorIsReverse[key] = packet.reverse;
        else
            QCOMPARE(packet.reverse == initiatorIsReverse.at(key), event.at("side") == "initiator");
    }
    const auto ops = nlohmann::json::parse(readAll(name + QStringLiteral(".ops.json")).toStdString());
    for (const auto& op : ops.at("ops")) {
        if (!op.contains("first"))
            continue;
        const std::size_t first = op.at("first");
        const std::size_t count = op.at("count");
        for (std::size_t i = first; i < first + count; ++i)
            played.at(i) = true;
    }
    for (std::size_t i = 0; i < frames.size(); ++i) {
        if (played[i] && !matched[i])
            QVERIFY2(!decode::decodeOuter(1, frames[i]).matched, qPrintable(QStringLiteral("packet %1").arg(i)));
    }
}

QTEST_GUILESS_MAIN(DecodeVectorsTest)
#include "vectors_test.moc"
