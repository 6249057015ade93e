// The export formats on flows made by hand: quoting, empty values, conn.log's words.

#include "engine/pipeline/flow_export.h"

#include <QTest>

#include <fstream>
#include <nlohmann/json.hpp>

using namespace timbre;
using flow::FlowRecord;
using flow::TcpState;
using pipeline::FlowExport;
using pipeline::FlowFormat;

namespace {

FlowRecord tcpFlow(std::string_view history, TcpState state)
{
    FlowRecord record;
    record.key.l4 = decode::L4::Tcp;
    record.key.protocol = 6;
    record.state = state;
    record.historyLength = static_cast<std::uint8_t>(history.size());
    std::copy(history.begin(), history.end(), record.history.begin());
    return record;
}

std::string exported(FlowFormat format, const FlowRecord& record, const std::shared_ptr<StringPool>& names)
{
    const flow::FlowSnapshot flows({}, 0, names);
    std::string out;
    FlowExport(format, flows).add(out, record);
    return out;
}

} // namespace

class FlowExportTest : public QObject {
    Q_OBJECT

private slots:
    void connState_data()
    {
        QTest::addColumn<QByteArray>("history");
        QTest::addColumn<int>("state");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char* history, TcpState state, const char* expected) {
            QTest::addRow("%s as %d", history, static_cast<int>(state))
                << QByteArray(history) << static_cast<int>(state) << QByteArray(expected);
        };
        row("S", TcpState::SynSent, "S0");
        row("SSS", TcpState::SynSent, "S0");
        row("Sr", TcpState::Reset, "REJ");
        row("SR", TcpState::Reset, "RSTOS0");
        row("SF", TcpState::SynSent, "SH");
        row("Ss", TcpState::SynReceived, "S1");
        row("SsDd", TcpState::Established, "S1");
        row("SsDdF", TcpState::FinWait, "S2");
        row("SsDdf", TcpState::FinWait, "S3");
        row("SsDdFf", TcpState::ClosingTcp, "SF");
        row("SsDdfF", TcpState::Closed, "SF");
        row("SsDR", TcpState::Reset, "RSTO");
        row("SsDr", TcpState::Reset, "RSTR");
        row("SsFr", TcpState::Reset, "RSTR");
        row("DdDd", TcpState::Active, "OTH");
        row("Fr", TcpState::Reset, "OTH");
        row("", TcpState::Active, "OTH");
        // Sixteen letters are kept: what came later is in the state only.
        row("SsDdDdDdDdDdDdDd", TcpState::Established, "S1");
        row("SsDdDdDdDdDdDdDd", TcpState::Closed, "SF");
        row("SsDdDdDdDdDdDdDd", TcpState::ClosingTcp, "SF");
        row("SsDdDdDdDdDdDdDd", TcpState::FinWait, "-");
        row("SsDdDdDdDdDdDdDd", TcpState::Reset, "-");
        row("SsDdDdDdDdDdDdDF", TcpState::Closed, "SF");
        row("SsDdDdDdDdDdDdDF", TcpState::FinWait, "S2");
    }

    void connState()
    {
        QFETCH(QByteArray, history);
        QFETCH(int, state);
        QFETCH(QByteArray, expected);
        const FlowRecord record = tcpFlow(history.toStdString(), static_cast<TcpState>(state));
        QCOMPARE(QByteArray::fromStdString(pipeline::zeekConnState(record)), expected);
    }

    void connStateWithoutTcp()
    {
        FlowRecord record;
        record.key.l4 = decode::L4::Udp;
        record.sides[0].packets = 1;
        QCOMPARE(pipeline::zeekConnState(record), std::string("S0"));
        record.sides[1].packets = 1;
        QCOMPARE(pipeline::zeekConnState(record), std::string("SF"));
    }

    void answersAreWrittenAsH()
    {
        const auto names = std::make_shared<StringPool>();
        const std::string line = exported(FlowFormat::ZeekConnLog, tcpFlow("SsDdFf", TcpState::Closed), names);
        QVERIFY(line.find("\tShDdFf\t") != std::string::npos);
    }

    void textsAreQuotedWhereNeeded()
    {
        const auto names = std::make_shared<StringPool>();
        FlowRecord record = tcpFlow("S", TcpState::SynSent);
        record.serverName = names->intern("a,\"b\"\nc");
        record.httpHost = names->intern("plain.example");
        const std::string csv = exported(FlowFormat::Csv, record, names);
        QVERIFY2(csv.find(",\"a,\"\"b\"\"\nc\",plain.example,") != std::string::npos, csv.c_str());
        QVERIFY(csv.ends_with("\r\n"));
        const auto json = nlohmann::json::parse(exported(FlowFormat::JsonLines, record, names));
        QCOMPARE(json["sni"].get<std::string>(), std::string("a,\"b\"\nc"));
    }

    void whatIsNotKnownIsEmptyOrLeftOut()
    {
        const auto names = std::make_shared<StringPool>();
        FlowRecord record;
        record.key.l4 = decode::L4::Icmp;
        record.key.protocol = 1;
        const auto json = nlohmann::json::parse(exported(FlowFormat::JsonLines, record, names));
        for (const char* name : {"sport", "dport", "sni", "tcp_state", "rtt", "vlan", "tunnel", "outer_flow",
                                 "entropy_up", "ttl_first_up", "end_reason", "file"})
            QVERIFY2(!json.contains(name), name);
        QCOMPARE(json["ended"].get<bool>(), false);
        std::string header;
        const flow::FlowSnapshot flows({}, 0, names);
        FlowExport(FlowFormat::Csv, flows).begin(header);
        const std::string row = exported(FlowFormat::Csv, record, names);
        QCOMPARE(std::count(row.begin(), row.end(), ','), std::count(header.begin(), header.end(), ','));
    }

    void theManualKnowsEveryColumn()
    {
        std::ifstream page(TIMBRE_SOURCE_DIR "/resources/manual/exports.md");
        const std::string manual((std::istreambuf_iterator<char>(page)), {});
        const flow::FlowSnapshot flows({}, 0, std::make_shared<StringPool>());
        std::string csv;
        FlowExport(FlowFormat::Csv, flows).begin(csv);
        std::string zeek;
        FlowExport(FlowFormat::ZeekConnLog, flows).begin(zeek);
        const std::size_t fields = zeek.find("#fields\t") + 8;
        QString names = QString::fromStdString(csv + "," + zeek.substr(fields, zeek.find('\n', fields) - fields));
        int known = 0;
        for (const QString& name : names.replace('\t', ',').split(',')) {
            QVERIFY2(manual.find("`" + name.trimmed().toStdString() + "`") != std::string::npos, qPrintable(name));
            ++known;
        }
        QVERIFY(known > 50);
    }

    /// Nanoseconds are not lost on the way, and not rounded.
    void timesAreExact()
    {
        const auto names = std::make_shared<StringPool>();
        FlowRecord record = tcpFlow("Ss", TcpState::Established);
        record.started = {1'700'000'000'123'456'789};
        record.lastSeen = {1'700'000'001'123'456'790};
        record.handshakeRttNs = 7;
        const std::string csv = exported(FlowFormat::Csv, record, names);
        QVERIFY(csv.find("2023-11-14T22:13:20.123456789Z") != std::string::npos);
        QVERIFY(csv.find(",1.000000001,") != std::string::npos);
        QVERIFY(csv.find(",0.000000007,") != std::string::npos);
        const std::string zeek = exported(FlowFormat::ZeekConnLog, record, names);
        QVERIFY(zeek.starts_with("1700000000.123456\t"));
    }
};

QTEST_GUILESS_MAIN(FlowExportTest)
#include "flow_export_test.moc"
