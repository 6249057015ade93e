// Names and protocols in real captures, against what independent programs read from the same files.

#include "engine/capture/capture_reader.h"
#include "engine/decode/decoder.h"
#include "engine/protocol/application_layers.h"
#include "engine/protocol/datagram_head.h"
#include "engine/protocol/safe_text.h"
#include "engine/protocol/stream_head.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

using namespace timbre;
using namespace timbre::protocol;
using flow::App;
using flow::Side;

namespace {

using Json = nlohmann::json;
using Names = std::set<std::string>;

struct TestFlow {
    StreamHeads::Handle handle = 0;
    DatagramScratch scratch{};
    bool datagramsDone = false;
    std::array<std::optional<std::uint32_t>, 2> firstSequence;
    App app = App::Unknown;
};

/// What one file says.
struct Findings {
    Names serverNames; // over TCP
    Names httpHosts;
    std::map<App, std::size_t> apps; // flows
    std::size_t hosts = 0;
    StreamHeadCounters streams;
};

class FileRun {
public:
    void feed(const decode::Packet& packet)
    {
        if (!packet.matched || packet.payload.size() != packet.payloadLength)
            return;
        TestFlow& flow =
            m_flows[{packet.key.addressA, packet.key.addressB, packet.key.portA, packet.key.portB, packet.key.l4}];
        if (packet.key.l4 == decode::L4::Tcp)
            feedTcp(flow, packet);
        else if (packet.key.l4 == decode::L4::Udp && !packet.payload.empty() && !flow.datagramsDone)
            feedUdp(flow, packet);
    }

    Findings finish()
    {
        for (auto& [key, flow] : m_flows) {
            ++m_findings.apps[flow.app];
            m_heads.release(flow.handle);
        }
        m_findings.hosts = m_hosts.size();
        m_findings.streams = m_heads.counters();
        return m_findings;
    }

private:
    using Key = std::tuple<std::array<std::uint8_t, 16>, std::array<std::uint8_t, 16>, std::uint16_t, std::uint16_t,
                           decode::L4>;

    void feedTcp(TestFlow& flow, const decode::Packet& packet)
    {
        const Side side = packet.reverse ? Side::Responder : Side::Initiator;
        const auto own = static_cast<std::size_t>(side);
        const bool syn = (packet.tcpFlags & decode::kTcpSyn) != 0;
        const std::uint32_t sequence = packet.tcpSequence + (syn ? 1U : 0U);
        if (syn && flow.firstSequence[own] != sequence) {
            // The ports are used again: a new connection.
            if (flow.firstSequence[own])
                m_heads.release(flow.handle);
            flow.firstSequence[own] = sequence;
        }
        if (packet.payload.empty() || !StreamHeads::wants(flow.handle, side))
            return;
        StreamHeads::Segment segment;
        segment.side = side;
        segment.sequence = sequence;
        segment.firstSequence = flow.firstSequence[own];
        segment.sourcePort = packet.reverse ? packet.key.portB : packet.key.portA;
        segment.destinationPort = packet.reverse ? packet.key.portA : packet.key.portB;
        segment.payload = packet.payload;
        if (m_heads.onSegment(flow.handle, segment, m_facts))
            take(flow, true);
    }

    void feedUdp(TestFlow& flow, const decode::Packet& packet)
    {
        Datagram datagram;
        datagram.side = packet.reverse ? Side::Responder : Side::Initiator;
        datagram.sourcePort = packet.reverse ? packet.key.portB : packet.key.portA;
        datagram.destinationPort = packet.reverse ? packet.key.portA : packet.key.portB;
        datagram.payload = packet.payload;
        flow.datagramsDone = readDatagramHead(datagram, flow.scratch, &m_hosts, m_facts) == DatagramStatus::Done;
        take(flow, false);
    }

    void take(TestFlow& flow, bool tcp)
    {
        if (m_facts.app != App::Unknown)
            flow.app = m_facts.app;
        if (tcp && !m_facts.serverName.empty())
            m_findings.serverNames.insert(m_facts.serverName);
        if (!m_facts.httpHost.empty())
            m_findings.httpHosts.insert(m_facts.httpHost);
    }

    StringPool m_names;
    HostTable m_hosts{m_names};
    StreamHeads m_heads{&m_hosts};
    HeadFacts m_facts;
    std::map<Key, TestFlow> m_flows;
    Findings m_findings;
};

/// Reads the file through; `visit` sees every frame.
template<typename Visit>
Findings runFile(const std::filesystem::path& path, Visit&& visit)
{
    FileRun run;
    auto opened = capture::CaptureReader::open(path);
    if (!opened)
        return run.finish();
    decode::Decoder decoder;
    decode::DecodedBatch batch;
    capture::RecordBlock block;
    while ((*opened)->read(block) == capture::ReadStatus::Records) {
        for (const capture::Record& record : block.records()) {
            batch.clear();
            decoder.decode(record.time, record.linkType, record.bytes, batch);
            for (const decode::Packet& packet : batch.outer)
                run.feed(packet);
            for (const decode::InnerPacket& inner : batch.inner)
                run.feed(inner.packet);
            visit(record);
        }
    }
    return run.finish();
}

std::string asStored(const std::string& name)
{
    std::string out;
    appendLowerEscaped(out, asBytes(name));
    return out;
}

Names serverNamesExpected(const Json& file)
{
    Names names;
    for (const Json& hello : file.value("client_hellos", Json::array())) {
        if (hello.value("proto", "") == "tcp" && hello.contains("sni"))
            names.insert(asStored(hello["sni"].get<std::string>()));
    }
    return names;
}

std::string hostWithoutPort(const std::string& host)
{
    std::string stored = asStored(host);
    if (stored.starts_with('['))
        return stored.substr(1, stored.find(']') - 1);
    if (std::count(stored.begin(), stored.end(), ':') == 1)
        stored.resize(stored.find(':'));
    return stored;
}

/// Hosts of all requests, and of the first one on each connection among those listed.
std::pair<Names, Names> hostsExpected(const Json& file)
{
    Names all;
    Names first;
    if (!file.contains("http"))
        return {all, first};
    const Json& http = file["http"];
    for (const Json& host : http.value("distinct_hosts", Json::array()))
        all.insert(hostWithoutPort(host.get<std::string>()));
    std::set<int> seen;
    for (const Json& request : http.value("first_requests", Json::array())) {
        const int stream = request.value("tcp_stream", -1);
        if (!seen.insert(stream).second || !request.contains("host") || request["host"].empty())
            continue;
        first.insert(hostWithoutPort(request["host"][0].get<std::string>()));
    }
    return {all, first};
}

std::string listed(const Names& names)
{
    std::string out;
    for (const std::string& name : names)
        out += name + " ";
    return out;
}

Names missing(const Names& wanted, const Names& found)
{
    Names out;
    std::set_difference(wanted.begin(), wanted.end(), found.begin(), found.end(), std::inserter(out, out.end()));
    return out;
}

/// Names that this reader cannot know, with the reason.
std::string knownLosses(const std::string& path)
{
    static const std::map<std::string, std::string> kLosses = {
        {"tls/pop3_stls.pcap", "pop.lavabit.com "},             // TLS begins inside a POP3 session
        {"tls/smtp-starttls.pcap", "dovecot.weberlab.de "},     // … SMTP session
        {"tls/socks-https-example.pcap", "www.example.com "},   // … SOCKS session
        {"flows/capwap_data.pcapng", "alt2-mtalk.google.com "}, // the client's wireless frames are not decoded
    };
    const auto known = kLosses.find(path);
    return known == kLosses.end() ? std::string() : known->second;
}

/// Every node lies in the frame.
bool placesFit(const std::vector<decode::LayerNode>& nodes, std::size_t end)
{
    return std::all_of(nodes.begin(), nodes.end(), [end](const decode::LayerNode& node) {
        return node.offset <= end && node.length <= end - node.offset && placesFit(node.children, end);
    });
}

} // namespace

class CorpusTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        const auto directory = test::corpusDirectory();
        if (!directory)
            QSKIP("ALL TESTS SKIPPED: no corpus; name its directory in TIMBRE_CORPUS");
        m_directory = *directory;
        std::ifstream file(m_directory / "expected.json");
        m_expected = Json::parse(file, nullptr, false);
        QVERIFY(m_expected.is_object());
    }

    void serverNames()
    {
        std::size_t files = 0;
        for (const auto& [path, file] : m_expected["files"].items()) {
            const Names wanted = serverNamesExpected(file);
            if (wanted.empty() || path.starts_with("hostile/"))
                continue;
            const Findings found = runFile(m_directory / path, [](const capture::Record&) {});
            QCOMPARE(listed(missing(found.serverNames, wanted)), std::string());
            QCOMPARE(path + " " + listed(missing(wanted, found.serverNames)), path + " " + knownLosses(path));
            QCOMPARE(found.streams.bytesHeld, std::uint64_t{0});
            ++files;
        }
        QVERIFY(files >= 80);
    }

    void httpHosts()
    {
        std::size_t files = 0;
        for (const auto& [path, file] : m_expected["files"].items()) {
            const auto [all, first] = hostsExpected(file);
            if (all.empty() || path.starts_with("hostile/"))
                continue;
            const Findings found = runFile(m_directory / path, [](const capture::Record&) {});
            QCOMPARE(path + " " + listed(missing(first, found.httpHosts)), path + " ");
            // One-sided: tshark waits for segments that never come and counts 139 of 381 requests there.
            if (path != "http/4KHttpRequests.pcap")
                QCOMPARE(path + " " + listed(missing(found.httpHosts, all)), path + " ");
            ++files;
        }
        QVERIFY(files >= 50);
    }

    void everyPacketIsSpelledOutInsideItsFrame()
    {
        std::size_t understood = 0;
        for (const auto& [path, file] : m_expected["files"].items()) {
            std::size_t packets = 0;
            const auto spellOut = [&](const capture::Record& record) {
                if (++packets > 500)
                    return;
                decode::LayerTree tree = decode::describe(record.linkType, record.bytes, record.originalLength);
                const std::size_t layers = tree.layers.size();
                describeApplication(tree, record.bytes, App::Rtp);
                understood += tree.layers.size() > layers ? 1U : 0U;
                QVERIFY2(placesFit(tree.layers, record.bytes.size()), path.c_str());
            };
            runFile(m_directory / path, spellOut);
        }
        QVERIFY2(understood > 14'000, qPrintable(QString::number(understood)));
    }

    void protocolsOfKnownFiles()
    {
        const auto flowsOf = [this](const char* path, App app) {
            return runFile(m_directory / path, [](const capture::Record&) {}).apps[app];
        };
        QVERIFY(flowsOf("flows/ftp.pcap", App::Ftp) >= 1);
        QVERIFY(flowsOf("flows/dns_tcp.pcap", App::Dns) >= 1);
        QVERIFY(flowsOf("flows/dns_udp.pcap", App::Dns) >= 1);
        QVERIFY(flowsOf("voip/sip.pcap", App::Sip) >= 1);
        QVERIFY(flowsOf("voip/stun.pcap", App::Stun) >= 1);
        QVERIFY(flowsOf("voip/rtp.pcapng", App::Rtp) >= 1);
        QVERIFY(flowsOf("voip/stun_dtls_rtp.pcapng", App::Rtp) >= 1);
        QCOMPARE(flowsOf("voip/false_positives.pcapng", App::Rtp), std::size_t{4}); // as nDPI says, and one is none
        QCOMPARE(flowsOf("voip/linecall_falsepositve.pcap", App::Rtp), std::size_t{0});
        QVERIFY(runFile(m_directory / "flows/netflix.pcap", [](const capture::Record&) {}).hosts > 10);
    }

private:
    std::filesystem::path m_directory;
    Json m_expected;
};

QTEST_GUILESS_MAIN(CorpusTest)
#include "corpus_test.moc"
