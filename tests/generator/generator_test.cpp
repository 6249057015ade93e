// The generator itself: the same bytes for the same seed, valid checksums, files that can be walked, truth that adds
// up.

#include "tests/generator/capture_file.h"
#include "tests/generator/conversations.h"
#include "tests/generator/http_message.h"
#include "tests/generator/stream_traffic.h"
#include "tests/generator/tcp_session.h"

#include <QFile>
#include <QTest>

#include <nlohmann/json.hpp>
#include <set>

using namespace timbre::generator;

namespace {

std::uint64_t fnv1a(ByteView bytes)
{
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const std::uint8_t byte : bytes) {
        hash = (hash ^ byte) * 0x100000001b3U;
    }
    return hash;
}

std::uint32_t read32(ByteView bytes, std::size_t at, bool bigEndian)
{
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        value = (value << 8) | bytes[at + (bigEndian ? i : 3 - i)];
    }
    return value;
}

std::size_t read16(ByteView bytes, std::size_t at)
{
    return (std::size_t{bytes[at]} << 8) | bytes[at + 1];
}

/// A sum over header and checksum that is right comes out as all ones (RFC 1071).
bool sumIsRight(std::uint64_t pseudo, ByteView bytes)
{
    while (pseudo > 0xffff) {
        pseudo = (pseudo & 0xffff) + (pseudo >> 16);
    }
    std::uint64_t sum = pseudo;
    for (std::size_t i = 0; i < bytes.size(); i += 2) {
        sum += (std::uint64_t{bytes[i]} << 8) | (i + 1 < bytes.size() ? bytes[i + 1] : 0U);
    }
    while (sum > 0xffff) {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    return sum == 0xffff;
}

/// Of an untagged Ethernet frame with unfragmented TCP or UDP; true for everything else.
bool checksumsAreRight(ByteView frame)
{
    const std::size_t type = read16(frame, 12);
    if (type != 0x0800 && type != 0x86dd) {
        return true;
    }
    const bool v6 = type == 0x86dd;
    const std::uint8_t protocol = frame[v6 ? 20 : 23];
    const std::size_t transport = 14 + (v6 ? 40U : (frame[14] & 0x0fU) * 4U);
    const std::size_t length = v6 ? read16(frame, 18) : read16(frame, 16) - (transport - 14);
    if (!v6 && (!sumIsRight(0, frame.subspan(14, transport - 14)) || (read16(frame, 20) & 0x3fff) != 0)) {
        return (read16(frame, 20) & 0x3fff) != 0;
    }
    if (protocol != 6 && protocol != 17) {
        return true;
    }
    std::uint64_t pseudo = protocol + length;
    const ByteView addresses = v6 ? frame.subspan(22, 32) : frame.subspan(26, 8);
    for (std::size_t i = 0; i < addresses.size(); i += 2) {
        pseudo += read16(addresses, i);
    }
    return sumIsRight(pseudo, frame.subspan(transport, length));
}

/// Frames of a little-endian pcap file; stops at the first record that does not fit.
std::vector<ByteView> pcapFrames(ByteView file)
{
    std::vector<ByteView> frames;
    for (std::size_t at = 24; at + 16 <= file.size();) {
        const std::size_t length = read32(file, at + 8, false);
        if (length > file.size() - at - 16) {
            break;
        }
        frames.push_back(file.subspan(at + 16, length));
        at += 16 + length;
    }
    return frames;
}

Bytes streamed(StreamMix mix, const StreamOptions& options, GroundTruth* truth = nullptr)
{
    Output output;
    const GroundTruth made = streamTraffic(mix, options, output);
    if (truth != nullptr) {
        *truth = made;
    }
    return output.take();
}

} // namespace

class GeneratorTest : public QObject {
    Q_OBJECT

private slots:
    void sameSeedSameBytes_data();
    void sameSeedSameBytes();
    void bytesAreTheSameOnEveryMachine();
    void streamsHoldExactlyWhatWasAskedFor_data();
    void streamsHoldExactlyWhatWasAskedFor();
    void checksumsAreRightEverywhere();
    void truthAddsUp_data();
    void truthAddsUp();
    void truthIsJson();
    void endingsShowOnTheWire();
    void reusedPortsAreTwoFlows();
    void nestedTunnelsNameTheirOuterFlows();
    void fragmentsCarryTheWholePacket_data();
    void fragmentsCarryTheWholePacket();
    void pcapngBlocksCanBeWalked_data();
    void pcapngBlocksCanBeWalked();
    void snapLengthCutsButKeepsTheOriginalLength();
    void cutFilesEndWhereTheTruthSays_data();
    void cutFilesEndWhereTheTruthSays();
    void damageInTheMiddleIsWhereTheTruthSays();
    void bundledSamplesComeFromTheScenarios_data();
    void bundledSamplesComeFromTheScenarios();
};

void GeneratorTest::sameSeedSameBytes_data()
{
    QTest::addColumn<QString>("name");
    for (const auto& name : scenarioNames()) {
        QTest::newRow(name.c_str()) << QString::fromStdString(name);
    }
}

void GeneratorTest::sameSeedSameBytes()
{
    QFETCH(QString, name);
    const auto make = [&name](std::uint64_t seed) {
        ScenarioOptions options;
        options.seed = seed;
        auto traffic = scenarioByName(name.toStdString(), options);
        return writeCapture(*traffic, {});
    };
    QVERIFY(make(5) == make(5));
    QVERIFY(make(5) != make(6));
}

void GeneratorTest::bytesAreTheSameOnEveryMachine()
{
    QCOMPARE(Random(1).next(),
             std::uint64_t{0xb3f2af6d0fc710c5U}); // published start of xoshiro256** after SplitMix64(1)
    StreamOptions options;
    options.packets = 3'000;
    options.flows = 150;
    QCOMPARE(fnv1a(streamed(StreamMix::Mixed, options)), std::uint64_t{17282920645888347966U});
}

void GeneratorTest::streamsHoldExactlyWhatWasAskedFor_data()
{
    QTest::addColumn<int>("mix");
    QTest::addColumn<int>("packets");
    QTest::addColumn<int>("flows");
    for (const int mix : {0, 1, 2}) {
        QTest::addRow("mix %d, usual", mix) << mix << 20'000 << 500;
        QTest::addRow("mix %d, one flow", mix) << mix << 5'000 << 1;
        QTest::addRow("mix %d, one packet each", mix) << mix << 700 << 700;
        QTest::addRow("mix %d, fewer packets than flows", mix) << mix << 10 << 2'000;
        QTest::addRow("mix %d, long flows", mix) << mix << 50'000 << 13;
    }
}

void GeneratorTest::streamsHoldExactlyWhatWasAskedFor()
{
    QFETCH(int, mix);
    QFETCH(int, packets);
    QFETCH(int, flows);
    StreamOptions options;
    options.packets = static_cast<std::uint64_t>(packets);
    options.flows = static_cast<std::uint64_t>(flows);
    GroundTruth truth;
    const Bytes file = streamed(static_cast<StreamMix>(mix), options, &truth);
    const auto expected = static_cast<std::uint64_t>(std::max(packets, flows));
    const auto frames = pcapFrames(file);
    QCOMPARE(frames.size(), std::size_t{expected});
    QCOMPARE(truth.packets, expected);
    QCOMPARE(truth.flowsTotal, options.flows);
    QCOMPARE(truth.flows.size(), std::min<std::size_t>(kMaxListedFlows, options.flows));
    std::uint64_t bytes = 0;
    for (const ByteView frame : frames) {
        QVERIFY(checksumsAreRight(frame));
        bytes += frame.size();
    }
    QCOMPARE(truth.originalBytes, bytes);
    QCOMPARE(file.size(), 24 + 16 * frames.size() + bytes);
}

void GeneratorTest::checksumsAreRightEverywhere()
{
    for (const auto& traffic : {endingTraffic({}), officeTraffic({}), voiceTraffic({})}) {
        for (const Frame& frame : traffic.frames) {
            QVERIFY(checksumsAreRight(frame.bytes));
        }
    }
    Bytes wrong = endingTraffic({}).frames.front().bytes;
    wrong[40] ^= 1;
    QVERIFY(!checksumsAreRight(wrong));
}

void GeneratorTest::truthAddsUp_data()
{
    sameSeedSameBytes_data();
}

void GeneratorTest::truthAddsUp()
{
    QFETCH(QString, name);
    const auto traffic = scenarioByName(name.toStdString(), {});
    const GroundTruth& truth = traffic->truth;
    QCOMPARE(truth.packets, std::uint64_t{traffic->frames.size()});
    QCOMPARE(truth.flowsTotal, std::uint64_t{truth.flows.size()});
    QCOMPARE(truth.firstNs, traffic->frames.front().timeNs);
    QCOMPARE(truth.lastNs, traffic->frames.back().timeNs);
    std::uint64_t inFlows = 0; // each frame counts once, in its innermost flow
    std::uint64_t byProtocol = 0;
    std::set<std::string> tunnels{"gre", "vxlan", "geneve", "gtp-u", "ip-in-ip", "6in4", "teredo"};
    for (const auto& flow : truth.flows) {
        QVERIFY(flow.packets() > 0);
        QVERIFY(flow.firstNs <= flow.lastNs);
        inFlows += tunnels.count(flow.application) != 0 ? 0 : flow.packets();
    }
    for (const auto& [protocol, packets] : truth.packetsByProtocol) {
        byProtocol += packets;
    }
    const auto arp = truth.packetsByProtocol.find("arp");
    QCOMPARE(inFlows + (arp == truth.packetsByProtocol.end() ? 0 : arp->second), truth.packets);
    QCOMPARE(byProtocol, truth.packets);
}

void GeneratorTest::truthIsJson()
{
    const GroundTruth truth = officeTraffic({}).truth;
    const auto json = nlohmann::json::parse(truth.toJson(), nullptr, false);
    QVERIFY(!json.is_discarded());
    QCOMPARE(json.at("packets").get<std::uint64_t>(), truth.packets);
    QCOMPARE(json.at("flows").size(), truth.flows.size());
    const FlowTruth* const scan = truth.flowOfHost("api.birch.example");
    QVERIFY(scan != nullptr);
}

void GeneratorTest::endingsShowOnTheWire()
{
    const CapturedTraffic traffic = endingTraffic({});
    std::uint64_t fins = 0;
    std::uint64_t resets = 0;
    for (const Frame& frame : traffic.frames) {
        const std::uint8_t flags = frame.bytes[read16(frame.bytes, 12) == 0x0800 ? 47 : 67];
        fins += flags & kTcpFin;
        resets += (flags & kTcpRst) != 0 ? 1 : 0;
    }
    const auto& endings = traffic.truth.flowsByEnding;
    QCOMPARE(fins, 2 * (endings.at("fin") + endings.at("fin-half-close") + endings.at("fin-simultaneous")));
    QCOMPARE(resets, endings.at("refused") + endings.at("rst-by-client") + endings.at("rst-by-server"));
    QCOMPARE(endings.at("unanswered"), std::uint64_t{2});
    std::uint32_t troubles[5] = {};
    for (const auto& flow : traffic.truth.flows) {
        troubles[0] += flow.retransmissions;
        troubles[1] += flow.gapsFilled;
        troubles[2] += flow.outOfOrder;
        troubles[3] += flow.missingSegments;
        troubles[4] += flow.zeroWindows;
    }
    const std::uint32_t expected[5] = {2 + 2 * 3, 2, 2, 2, 4}; // an unanswered SYN goes out three times more
    for (std::size_t i = 0; i < 5; ++i) {
        QCOMPARE(troubles[i], expected[i]);
    }
}

void GeneratorTest::reusedPortsAreTwoFlows()
{
    const auto flows = endingTraffic({}).truth.flows;
    std::set<std::pair<Endpoint, Endpoint>> pairs;
    for (const auto& flow : flows) {
        pairs.insert({flow.client, flow.server});
    }
    QCOMPARE(pairs.size(), flows.size() - 2); // one pair twice in each family
}

void GeneratorTest::nestedTunnelsNameTheirOuterFlows()
{
    const GroundTruth truth = tunnelTraffic({}).truth;
    bool nestedSeen = false;
    for (const auto& flow : truth.flows) {
        if (flow.tunnel == "vxlan gre") {
            nestedSeen = true;
            QCOMPARE(QByteArray(truth.flows[flow.outerFlow].application.c_str()), QByteArray("gre"));
            QCOMPARE(QByteArray(truth.flows[flow.outerFlow].tunnel.c_str()), QByteArray("vxlan"));
        }
    }
    QVERIFY(nestedSeen);
}

void GeneratorTest::fragmentsCarryTheWholePacket_data()
{
    QTest::addColumn<bool>("v6");
    QTest::newRow("IPv4") << false;
    QTest::newRow("IPv6") << true;
}

void GeneratorTest::fragmentsCarryTheWholePacket()
{
    QFETCH(bool, v6);
    const Endpoint from{v6 ? IpAddress::v6(0x20010db800000000U, 1) : IpAddress::v4(10, 0, 0, 1), 1000};
    const Endpoint to{v6 ? IpAddress::v6(0x20010db800000000U, 2) : IpAddress::v4(10, 0, 0, 2), 2000};
    const Bytes packet = udpPacket(from, to, Random(3).bytes(4'321));
    const auto fragments = fragmented(packet, 1500, 77);
    QCOMPARE(fragments.size(), std::size_t{3});
    const std::size_t header = v6 ? 48 : 20;
    Bytes body;
    for (std::size_t i = 0; i < fragments.size(); ++i) {
        const Bytes& fragment = fragments[i];
        QVERIFY(fragment.size() <= 1500);
        const std::size_t field = read16(fragment, v6 ? 42 : 6);
        QCOMPARE(v6 ? field / 8 * 8 : (field & 0x1fff) * 8, body.size());
        QCOMPARE((field & (v6 ? 1U : 0x2000U)) != 0, i + 1 < fragments.size());
        body.insert(body.end(), fragment.begin() + static_cast<std::ptrdiff_t>(header), fragment.end());
    }
    QVERIFY(body == Bytes(packet.begin() + (v6 ? 40 : 20), packet.end()));
}

void GeneratorTest::pcapngBlocksCanBeWalked_data()
{
    QTest::addColumn<bool>("bigEndian");
    QTest::addColumn<int>("blocks");
    for (const bool bigEndian : {false, true}) {
        for (const int blocks : {0, 1, 2, 3}) {
            QTest::addRow("%s, packet blocks %d", bigEndian ? "big" : "little", blocks) << bigEndian << blocks;
        }
    }
}

void GeneratorTest::pcapngBlocksCanBeWalked()
{
    QFETCH(bool, bigEndian);
    QFETCH(int, blocks);
    CapturedTraffic traffic = linkTraffic({});
    CaptureFileOptions options;
    options.bigEndian = bigEndian;
    options.blocks = static_cast<PacketBlocks>(blocks);
    options.sections = 3;
    options.oddBlocks = true;
    const Bytes file = writeCapture(traffic, options);
    std::map<std::uint32_t, std::size_t> counts;
    bool big = bigEndian;
    for (std::size_t at = 0; at < file.size();) {
        QVERIFY(file.size() - at >= 12);
        const std::uint32_t type = read32(file, at, big);
        if (type == 0x0a0d0d0a) {
            big = read32(file, at + 8, true) == 0x1a2b3c4d;
        }
        const std::size_t length = read32(file, at + 4, big);
        QVERIFY(length % 4 == 0 && length <= file.size() - at);
        QCOMPARE(std::size_t{read32(file, at + length - 4, big)}, length);
        ++counts[type];
        at += length;
    }
    QCOMPARE(counts[0x0a0d0d0a], std::size_t{3});
    QCOMPARE(counts[2] + counts[3] + counts[6], traffic.frames.size());
    QCOMPARE(counts[0x0bad], std::size_t{3});
}

void GeneratorTest::snapLengthCutsButKeepsTheOriginalLength()
{
    ScenarioOptions options;
    options.snapLength = 96;
    const CapturedTraffic cut = endingTraffic(options);
    const CapturedTraffic whole = endingTraffic({});
    QCOMPARE(cut.frames.size(), whole.frames.size());
    for (std::size_t i = 0; i < cut.frames.size(); ++i) {
        QCOMPARE(cut.frames[i].bytes.size(), std::min<std::size_t>(whole.frames[i].bytes.size(), 96));
        QCOMPARE(cut.frames[i].originalLength, whole.frames[i].originalLength);
    }
    QCOMPARE(cut.truth.originalBytes, whole.truth.originalBytes);
    QVERIFY(cut.truth.capturedBytes < whole.truth.capturedBytes);
}

void GeneratorTest::cutFilesEndWhereTheTruthSays_data()
{
    QTest::addColumn<QString>("kind");
    QTest::newRow("header") << "cut-header";
    QTest::newRow("body") << "cut-body";
}

void GeneratorTest::cutFilesEndWhereTheTruthSays()
{
    QFETCH(QString, kind);
    CapturedTraffic traffic = voiceTraffic({});
    CaptureFileOptions options;
    options.format = FileFormat::Pcap;
    options.damage = {{*damageByName(kind.toStdString()), 123}};
    const Bytes file = writeCapture(traffic, options);
    QCOMPARE(traffic.truth.damage.size(), std::size_t{1});
    QCOMPARE(traffic.truth.damage[0].fileOffset, std::uint64_t{file.size()});
    QCOMPARE(pcapFrames(file).size(), std::size_t{123});
    QCOMPARE(traffic.truth.damage[0].packetsBefore, std::uint64_t{123});
}

void GeneratorTest::damageInTheMiddleIsWhereTheTruthSays()
{
    CapturedTraffic whole = voiceTraffic({});
    CapturedTraffic traffic = whole;
    CaptureFileOptions options;
    options.format = FileFormat::Pcap;
    const Bytes intact = writeCapture(whole, options);
    options.damage = {{DamageKind::CapturedTooLarge, 300}, {DamageKind::Garbage, 200}, {DamageKind::TimeBack, 10}};
    const Bytes file = writeCapture(traffic, options);
    QCOMPARE(file.size(), intact.size() + 61);
    const auto& damage = traffic.truth.damage;
    QCOMPARE(damage.size(), std::size_t{3});
    QCOMPARE(read32(file, damage[2].fileOffset, false), std::uint32_t{0x7ffffff0});
    const auto garbage = static_cast<std::ptrdiff_t>(damage[1].fileOffset);
    QVERIFY(std::equal(file.begin() + garbage + 61, file.begin() + garbage + 100, intact.begin() + garbage));
    QCOMPARE(whole.frames[10].timeNs - traffic.frames[10].timeNs, std::uint64_t{3'600'000'000'000});
}

void GeneratorTest::bundledSamplesComeFromTheScenarios_data()
{
    QTest::addColumn<QString>("fileName");
    QTest::addColumn<QString>("scenario");
    QTest::newRow("office") << "office.pcapng"
                            << "office";
    QTest::newRow("voice") << "voice.pcapng"
                           << "voice";
    QTest::newRow("tunnels") << "tunnels.pcap"
                             << "tunnels";
}

void GeneratorTest::bundledSamplesComeFromTheScenarios()
{
    QFETCH(QString, fileName);
    QFETCH(QString, scenario);
    QFile file(QStringLiteral(TIMBRE_SOURCE_DIR "/resources/samples/") + fileName);
    QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.errorString()));
    auto traffic = scenarioByName(scenario.toStdString(), {});
    CaptureFileOptions options;
    options.format = fileName.endsWith(QStringLiteral(".pcap")) ? FileFormat::Pcap : FileFormat::Pcapng;
    const Bytes bytes = writeCapture(*traffic, options);
    // Made anew with the command in resources/samples/README.md when a scenario changes.
    QVERIFY(file.readAll() ==
            QByteArray(reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size())));
}

QTEST_GUILESS_MAIN(GeneratorTest)
#include "generator_test.moc"
