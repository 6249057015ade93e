// Every case of vectors/flow, event for event.

#include "engine/capture/capture_reader.h"
#include "engine/decode/decoder.h"
#include "engine/flow/flow_table.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <nlohmann/json.hpp>

#include <fstream>

using namespace timbre;
using nlohmann::json;

namespace {

constexpr std::int64_t kSweepEndUs = 4'294'967'295'999'999;

json parseFile(const std::filesystem::path& path)
{
    std::ifstream file(path);
    return json::parse(file);
}

std::vector<json> parseLines(const std::filesystem::path& path)
{
    std::ifstream file(path);
    std::vector<json> lines;
    for (std::string line; std::getline(file, line);)
        lines.push_back(json::parse(line));
    return lines;
}

json statsOf(const flow::FlowRecord& record)
{
    const auto& [initiator, responder] = record.sides;
    return {{"packets", {initiator.packets, responder.packets}},
            {"bytes", {initiator.bytes, responder.bytes}},
            {"started_us", record.started.ns / 1000},
            {"last_seen_us", record.lastSeen.ns / 1000}};
}

/// Writes down what the table reports in the vectors' own form.
class EventLog : public flow::FlowListener {
public:
    json cause; // {"pkt": n} or {"sweep_us": t}
    std::vector<json> events;
    std::uint64_t payloadCalls = 0;
    std::uint64_t payloadBytes = 0;

    void payload(flow::Flow&, flow::Side, const decode::Packet& packet) override
    {
        ++payloadCalls;
        payloadBytes += packet.payload.size();
    }
    void started(flow::Flow& flow, const flow::Frame& frame) override
    {
        add(flow, {{"event", "started"},
                   {"l4", decode::l4Name(flow.record.key.l4, flow.record.key.protocol)},
                   {"side", "initiator"},
                   {"ts_us", frame.time.ns / 1000}});
    }
    void established(flow::Flow& flow, flow::Side, const flow::Frame& frame) override
    {
        add(flow, {{"event", "established"}, {"ts_us", frame.time.ns / 1000}});
    }
    void stateChanged(flow::Flow& flow, flow::Side, flow::TcpState from, const flow::Frame& frame) override
    {
        add(flow, {{"event", "state_change"},
                   {"from", flow::toString(from)},
                   {"to", flow::toString(flow.record.state)},
                   {"ts_us", frame.time.ns / 1000}});
    }
    void packet(flow::Flow& flow, flow::Side side, const decode::Packet&, const flow::Frame& frame) override
    {
        add(flow, {{"event", "packet"},
                   {"side", flow::toString(side)},
                   {"len", frame.capturedLength},
                   {"ts_us", frame.time.ns / 1000}});
    }
    void ended(flow::Flow& flow) override
    {
        add(flow, {{"event", "ended"},
                   {"reason", flow::toString(flow.record.endReason)},
                   {"history", std::string(flow.record.historyText())},
                   {"stats", statsOf(flow.record)}});
    }

private:
    void add(const flow::Flow& flow, json event)
    {
        event["key"] = decode::toString(flow.record.key);
        event.update(cause);
        events.push_back(std::move(event));
    }
};

/// Runs the operations of one case.
class CaseRun {
public:
    explicit CaseRun(const json& config) : m_table(applied({}, config), m_log) {}

    void readPackets(const std::filesystem::path& path)
    {
        auto reader = capture::CaptureReader::open(path);
        QVERIFY2(reader, "the capture of the case can be opened");
        for (;;) {
            capture::RecordBlock block;
            if ((*reader)->read(block) != capture::ReadStatus::Records)
                break;
            m_blocks.push_back(std::move(block));
        }
        for (const auto& block : m_blocks)
            m_records.insert(m_records.end(), block.records().begin(), block.records().end());
    }

    void run(const json& op, std::size_t index)
    {
        const std::string name = op["op"];
        if (name == "packets" || name == "packets_auto_sweep")
            packets(op["first"], op["count"], name == "packets_auto_sweep");
        else if (name == "sweep")
            sweep(op["ts_us"]);
        else if (name == "sweep_end")
            sweepEnd();
        else if (name == "set_config")
            m_table.setConfig(applied(m_table.config(), op["config"]));
        else if (name == "snapshot") {
            json state = stateNow();
            state["op"] = index;
            m_snapshots.push_back(std::move(state));
        } else
            QFAIL(name.c_str());
    }

    json summary()
    {
        json summary = stateNow();
        summary["sweeps_run"] = m_table.sweepsRun();
        summary["payload_calls"] = m_log.payloadCalls;
        summary["payload_bytes"] = m_log.payloadBytes;
        summary["snapshots"] = m_snapshots;
        return summary;
    }

    [[nodiscard]] const std::vector<json>& events() const { return m_log.events; }

private:
    static flow::FlowTableConfig applied(flow::FlowTableConfig config, const json& changes)
    {
        const auto set = [&](const char* name, std::int64_t& ns) {
            if (changes.contains(name))
                ns = changes[name].get<std::int64_t>() * 1000;
        };
        set("idle_timeout_tcp_us", config.idleTcpNs);
        set("idle_timeout_udp_us", config.idleUdpNs);
        set("idle_timeout_other_us", config.idleOtherNs);
        set("sweep_interval_us", config.sweepIntervalNs);
        if (changes.contains("max_flows"))
            config.maxFlows = changes["max_flows"];
        return config;
    }

    void packets(std::size_t first, std::size_t count, bool autoSweep)
    {
        for (std::size_t i = first; i < first + count; ++i) {
            const capture::Record& record = m_records.at(i);
            if (autoSweep) {
                m_log.cause = {{"sweep_us", record.time.ns / 1000}};
                m_table.sweepBeforePacket(record.time);
            }
            m_log.cause = {{"pkt", i}};
            flow::Frame frame;
            frame.time = record.time;
            frame.number = record.number;
            frame.capturedLength = static_cast<std::uint32_t>(record.bytes.size());
            frame.originalLength = record.originalLength;
            m_table.track(decode::decodeOuter(record.linkType, record.bytes), frame);
        }
    }

    void sweep(std::int64_t us)
    {
        m_log.cause = {{"sweep_us", us}};
        m_table.sweep({us * 1000});
    }

    void sweepEnd()
    {
        m_log.cause = {{"sweep_us", kSweepEndUs}};
        m_table.endAll();
    }

    json stateNow()
    {
        json flows = json::array();
        m_table.forEach([&](const flow::Flow& flow) {
            flows.push_back({{"key", decode::toString(flow.record.key)},
                             {"state", flow::toString(flow.record.state)},
                             {"history", std::string(flow.record.historyText())},
                             {"stats", statsOf(flow.record)}});
        });
        const auto& counters = m_table.counters();
        return {{"flow_count", m_table.size()},
                {"flows", std::move(flows)},
                {"stats",
                 {{"flows_created", counters.flowsCreated},
                  {"flows_ended", counters.flowsEnded},
                  {"flows_evicted", counters.flowsEvicted},
                  {"packets_unmatched", counters.packetsUnmatched}}}};
    }

    EventLog m_log;
    flow::FlowTable m_table;
    std::vector<capture::RecordBlock> m_blocks;
    std::vector<capture::Record> m_records;
    json m_snapshots = json::array();
};

} // namespace

class FlowVectorsTest : public QObject {
    Q_OBJECT

private slots:
    void everyCase_data()
    {
        QTest::addColumn<QString>("name");
        const auto list = test::vectorsDirectory() / "flow" / "cases.json";
        if (!std::filesystem::exists(list))
            QSKIP("ALL TESTS SKIPPED: no flow vectors in this directory");
        for (const json& name : parseFile(list))
            QTest::newRow(name.get<std::string>().c_str()) << QString::fromStdString(name);
    }

    void everyCase()
    {
        QFETCH(QString, name);
        const auto directory = test::vectorsDirectory() / "flow";
        const auto file = [&](const char* ending) { return directory / (name.toStdString() + ending); };
        if (!std::filesystem::exists(file(".pcap")))
            QSKIP("this case is not in the directory");

        const json description = parseFile(file(".ops.json"));
        CaseRun run(description["config"]);
        run.readPackets(file(".pcap"));
        std::size_t index = 0;
        for (const json& op : description["ops"])
            run.run(op, index++);

        const auto expected = parseLines(file(".events.jsonl"));
        const auto& events = run.events();
        for (std::size_t i = 0; i < std::min(events.size(), expected.size()); ++i) {
            if (events[i] != expected[i])
                QFAIL(("event " + std::to_string(i) + "\n  is       " + events[i].dump() + "\n  expected " +
                       expected[i].dump())
                          .c_str());
        }
        QCOMPARE(events.size(), expected.size());
        const json summary = run.summary();
        const json expectedSummary = parseFile(file(".summary.json"));
        QVERIFY2(summary == expectedSummary, json::diff(summary, expectedSummary).dump(1).c_str());
    }
};

QTEST_GUILESS_MAIN(FlowVectorsTest)
#include "flow_vectors_test.moc"
