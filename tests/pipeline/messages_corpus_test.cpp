// ClientHellos and HTTP messages of real captures against what independent programs read from the same files.

#include "engine/pipeline/analysis_run.h"
#include "engine/pipeline/message_feed.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <fmt/format.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

using namespace timbre;
using json = nlohmann::json;

namespace {

/// Hellos and counts of one file.
class Listener : public pipeline::Analyzer, public pipeline::MessageSink {
public:
    struct Hello {
        std::string ja4;
        std::string ja3;
        std::string serverName;
        bool operator<(const Hello& other) const
        {
            return std::tie(ja4, ja3, serverName) < std::tie(other.ja4, other.ja3, other.serverName);
        }
    };

    pipeline::Attention packet(const flow::Flow& flow, flow::Side side, const decode::Packet& packet,
                               const flow::Frame& frame) override
    {
        return m_feed.packet(flow, side, packet, frame);
    }
    void flowEnded(const flow::FlowRecord& record) override { m_feed.flowEnded(record); }

    void clientHello(FlowFacts&, const protocol::ClientHelloFacts& facts, protocol::HelloTransport, Timestamp) override
    {
        hellos.insert({facts.ja4, facts.ja3, facts.serverName});
    }
    std::uint32_t httpRequest(FlowFacts&, const protocol::HttpHead& head, Timestamp) override
    {
        ++requests;
        ++methods[std::string(head.method)];
        cookies += head.field("cookie") ? 1 : 0;
        if (const auto* agent = head.field("user-agent"))
            agents.insert(std::string(*agent));
        return 0;
    }
    void httpBody(FlowFacts&, std::uint32_t, Bytes, std::string_view, Timestamp) override {}
    void httpExchange(FlowFacts&, std::uint32_t, std::uint64_t, std::uint64_t, Timestamp) override { ++exchanges; }
    void httpResponse(FlowFacts&, int, Timestamp) override { ++responses; }
    void flowDone(FlowFacts&) override {}

    std::set<Hello> hellos;
    std::map<std::string, int> methods;
    std::set<std::string> agents;
    int requests = 0;
    int responses = 0;
    int cookies = 0;
    int exchanges = 0;

private:
    pipeline::MessageFeed m_feed{*this};
};

class NoFlows : public pipeline::FlowSink {
    void flowEnded(const flow::FlowRecord&) override {}
};

std::shared_ptr<Listener> readFile(const std::filesystem::path& path)
{
    auto listener = std::make_shared<Listener>();
    NoFlows nowhere;
    pipeline::RunOptions options;
    options.analyzers = {listener};
    auto run = pipeline::AnalysisRun::open(path, options, nowhere);
    if (run) {
        while ((*run)->step()) {
        }
        (*run)->finish();
    }
    return listener;
}

/// One entry of expected.json for a hello, in our terms.
std::string textOf(const json& hello)
{
    return fmt::format("{} {} {}", hello.at("ja4").get<std::string>(), hello.value("ja3", ""), hello.value("sni", ""));
}

/// Hellos that are not certain, or that lie where no connection of our own begins.
const std::map<std::string, const char*> kUncertainHellos = {
    {"flows/capwap.pcap", "DTLS behind the CAPWAP preamble, in the control channel of a tunnel that is left closed"},
    {"flows/capwap_data.pcapng", "a segment cut into CAPWAP fragments, which are not put together"},
    {"tls/443-opvn.pcap", "TLS in OpenVPN packets, which the other program unwraps"},
    {"tls/tls_cipher_lens.pcap", "made to have wrong lengths: the message breaks its format"},
    {"hostile/derived-gzip-cut.pcap.gz", "behind the damaged place"},
    {"hostile/ssl-malformed1.pcap", "breaks its format"},
    {"hostile/tls_invalid_reads.pcap", "breaks its format"},
};

/// Counts of messages that differ from both ways of counting.
const std::map<std::string, const char*> kUncertainMessages = {
    {"flows/SllPacket.pcap", "one packet: its head does not end in it"},
    {"http/frag_http_req.pcap", "IP fragments of TCP are not put together"},
};

class MessagesCorpusTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        const auto corpus = test::corpusDirectory();
        if (!corpus)
            QSKIP("no corpus here");
        m_corpus = *corpus;
        std::ifstream file(m_corpus / "expected.json");
        m_files = json::parse(file).at("files");
    }

    /// The first hello of every connection, of every folder.
    void hellos()
    {
        if (m_corpus.empty())
            QSKIP("no corpus here");
        int expected = 0;
        int found = 0;
        for (const auto& [name, entry] : m_files.items()) {
            if (!entry.contains("client_hellos"))
                continue;
            const auto listener = readFile(m_corpus / name);
            std::set<std::string> got;
            for (const auto& hello : listener->hellos)
                got.insert(fmt::format("{} {} {}", hello.ja4, hello.ja3, hello.serverName));
            std::set<std::string> streams;
            for (const json& hello : entry.at("client_hellos")) {
                if (!streams.insert(hello.at("proto").get<std::string>() + hello.at("stream").dump()).second)
                    continue;
                ++expected;
                if (got.contains(textOf(hello))) {
                    ++found;
                    continue;
                }
                const std::string what =
                    fmt::format("{} frame {}: {}", name, hello.at("frame").get<int>(), textOf(hello));
                const auto reason = kUncertainHellos.find(name);
                QVERIFY2(reason != kUncertainHellos.end(), what.c_str());
                qInfo("not read: %s (%s)", what.c_str(), reason->second);
            }
        }
        qInfo("%d of %d hellos", found, expected);
        QVERIFY(found > 1200);
    }

    void http()
    {
        if (m_corpus.empty())
            QSKIP("no corpus here");
        for (const auto& [name, entry] : m_files.items()) {
            // Damaged captures are read differently by everybody; they are for the hellos and for not crashing.
            if (!entry.contains("http") || name.starts_with("hostile/"))
                continue;
            const json& http = entry.at("http");
            const auto listener = readFile(m_corpus / name);
            const auto fits = [&](int count, const char* whole, const char* lines) {
                const auto [least, most] = std::minmax({http.value(whole, 0), http.value(lines, 0)});
                return count >= least && count <= most;
            };
            const bool right = fits(listener->requests, "requests", "request_lines") &&
                               fits(listener->responses, "responses", "status_lines");
            const auto reason = kUncertainMessages.find(name);
            const std::string what = fmt::format("{}: {} requests, {} responses; expected {}", name, listener->requests,
                                                 listener->responses, http.dump().substr(0, 200));
            QVERIFY2(right || reason != kUncertainMessages.end(), what.c_str());
            if (!right)
                qInfo("not counted: %s (%s)", name.c_str(), reason->second);
            if (right && http.value("requests", 0) == listener->requests)
                QCOMPARE(listener->cookies, http.value("requests_with_cookie", 0));
        }
    }

private:
    std::filesystem::path m_corpus;
    json m_files;
};

} // namespace

QTEST_GUILESS_MAIN(MessagesCorpusTest)
#include "messages_corpus_test.moc"
