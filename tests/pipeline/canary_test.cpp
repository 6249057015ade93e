// Secrets in traffic must not reach any file: a capture planted with markers in cookies, tokens, passwords, bodies and
// DNS is analysed with everything on, kept in a workspace and exported; then every file is searched for the markers,
// plain and encoded.

#include "engine/capture/capture_reader.h"
#include "engine/pipeline/analysis_run.h"
#include "engine/pipeline/analyzers.h"
#include "engine/pipeline/store_sink.h"
#include "engine/pipeline/trends_export.h"
#include "engine/store/file_identity.h"
#include "engine/trends/entity_view.h"

#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <fstream>

using namespace timbre;

namespace {

constexpr const char* kMarkers[] = {"CANARYcookie77", "CANARYbearer77", "CANARYbasic77",          "CANARYbody77",
                                    "CANARYkey77",    "CANARYtxt77",    "CANARYpath7700000000000"};

std::string be16(std::size_t value)
{
    return {static_cast<char>(value >> 8U & 0xffU), static_cast<char>(value & 0xffU)};
}

/// A little-endian pcap of raw IPv4 packets.
class Capture {
public:
    Capture()
    {
        const std::uint32_t head[] = {0xa1b2c3d4, 0x00040002, 0, 0, 65535, 101};
        m_bytes.assign(reinterpret_cast<const char*>(head), sizeof head);
    }
    void tcp(bool toServer, std::uint32_t sequence, const std::string& payload)
    {
        std::string segment = toServer ? be16(40000) + be16(80) : be16(80) + be16(40000);
        segment += be16(sequence >> 16U) + be16(sequence & 0xffffU) + std::string(4, '\0');
        segment += std::string("\x50\x18\xff\xff\0\0\0\0", 8) + payload;
        packet(6, toServer, segment);
    }
    void udp(bool toServer, std::uint16_t port, const std::string& payload)
    {
        packet(17, toServer, be16(40001) + be16(port) + be16(8 + payload.size()) + be16(0) + payload);
    }
    [[nodiscard]] const std::string& bytes() const { return m_bytes; }

private:
    void packet(char protocol, bool toServer, const std::string& payload)
    {
        std::string ip = std::string("\x45\0", 2) + be16(20 + payload.size()) + std::string("\0\0\0\0\x40", 5);
        ip += protocol + be16(0);
        const std::string client("\xc0\x00\x02\x01", 4);
        const std::string server("\xc6\x33\x64\x02", 4);
        ip += toServer ? client + server : server + client;
        ip += payload;
        const auto length = static_cast<std::uint32_t>(ip.size());
        const std::uint32_t record[] = {1'700'000'000U + m_packets++, 0, length, length};
        m_bytes.append(reinterpret_cast<const char*>(record), sizeof record);
        m_bytes += ip;
    }

    std::string m_bytes;
    std::uint32_t m_packets = 0;
};

std::string plantedCapture()
{
    Capture capture;
    const std::string body = "card=4111111111111111&secret=CANARYbody77";
    const std::string request =
        "POST /reset/CANARYpath7700000000000?api_key=CANARYkey77 HTTP/1.1\r\nHost: a.example\r\n"
        "User-Agent: test/1.0\r\nCookie: sessionid=CANARYcookie77; other=CANARYcookie77\r\n"
        "Authorization: Bearer CANARYbearer77\r\nContent-Length: " +
        std::to_string(body.size()) + "\r\n\r\n" + body;
    capture.tcp(true, 1, request);
    const std::string second = "GET /x HTTP/1.1\r\nHost: a.example\r\nAuthorization: Basic " +
                               QByteArray("user:CANARYbasic77").toBase64().toStdString() + "\r\n\r\n";
    capture.tcp(true, 1 + static_cast<std::uint32_t>(request.size()), second);
    capture.tcp(false, 1,
                "HTTP/1.1 200 OK\r\nSet-Cookie: sessionid=CANARYcookie77\r\nContent-Length: 12\r\n\r\nCANARYbody77");
    const std::string name("\x01t\x07"
                           "example\0",
                           11);
    const std::string question = name + be16(16) + be16(1);
    const std::string text = std::string(1, static_cast<char>(11)) + "CANARYtxt77";
    capture.udp(true, 53,
                be16(7) + be16(0x8180) + be16(1) + be16(1) + be16(0) + be16(0) + question + name + be16(16) + be16(1) +
                    be16(0) + be16(60) + be16(text.size()) + text);
    return capture.bytes();
}

/// The marker as it may lie in a file: plain, Base64 at each of three offsets, hex, reversed case.
std::vector<QByteArray> formsOf(const QByteArray& marker)
{
    std::vector<QByteArray> forms{marker, marker.toHex(), marker.toHex().toUpper(), marker.toPercentEncoding()};
    for (int shift = 0; shift < 3; ++shift) {
        // The characters that depend on this marker alone.
        const QByteArray encoded = QByteArray(QByteArray(shift, 'x') + marker).toBase64();
        forms.push_back(encoded.mid(shift == 0 ? 0 : 4, encoded.size() - 8));
    }
    return forms;
}

class Quiet : public store::WorkspaceObserver {
    void writerStatusChanged(const store::WriterStatus&) override {}
    void capturesChanged() override {}
};

class CanaryTest : public QObject {
    Q_OBJECT

private slots:
    void noMarkerInAnyFile()
    {
        const QTemporaryDir directory;
        const std::filesystem::path folder = directory.path().toStdString();
        const std::filesystem::path capture = folder / "planted.pcap";
        std::ofstream(capture, std::ios::binary) << plantedCapture();
        std::filesystem::create_directory(folder / "written");

        pipeline::AnalyzerOptions options;
        options.trendsOptions.ja4h = true;
        pipeline::RunOptions run;
        run.analyzers = pipeline::makeAnalyzers(options);
        pipeline::CaptureSnapshot snapshot;
        {
            Quiet quiet;
            auto workspace = store::Workspace::open(folder / "written/case.timbre", quiet);
            QVERIFY(workspace.ok());
            auto file = store::identifyFile(capture.string());
            QVERIFY(file.ok());
            store::CaptureOrigin origin;
            origin.file = *file;
            pipeline::StoreSink sink(**workspace, origin);
            auto opened = pipeline::AnalysisRun::open(capture, run, sink);
            QVERIFY(opened.ok());
            sink.setNames((*opened)->analysis().names());
            while ((*opened)->step()) {
            }
            (*opened)->finish();
            sink.finish((*opened)->analysis(), store::CaptureState::Complete);
            pipeline::describe(**opened, {}, snapshot);
            (*workspace)->flush();
        }
        QVERIFY(snapshot.trends != nullptr);
        QCOMPARE(snapshot.trends->counters.httpRequests, std::uint64_t{2});
        exportAll(*snapshot.trends, *snapshot.flows, folder / "written/export.txt");
        search(folder / "written");
        loadsAgain(folder / "written/case.timbre", *snapshot.trends);
    }

private:
    static void exportAll(const trends::TrendsResult& result, const flow::FlowSnapshot& flows,
                          const std::filesystem::path& path)
    {
        std::string out;
        bool found = false;
        for (const trends::Signal& signal : trends::signalsOf(result.buckets, {})) {
            pipeline::putSignalJson(out, result, signal);
            pipeline::putSignalCsv(out, result, signal);
            found = found || signal.type == trends::SignalType::DlpMatch;
        }
        QVERIFY(found); // the card number was seen
        for (const auto& row : *result.anomalies) {
            pipeline::putAnomalyJson(out, result, *row);
            pipeline::putAnomalyEve(out, result, *row, flows);
        }
        for (const auto& entity : trends::entitiesOf(result))
            pipeline::putEntityJson(out, result, entity);
        std::ofstream(path, std::ios::binary) << out;
    }

    static void search(const std::filesystem::path& folder)
    {
        int files = 0;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
            if (!entry.is_regular_file())
                continue;
            ++files;
            std::ifstream file(entry.path(), std::ios::binary);
            const std::string text((std::istreambuf_iterator<char>(file)), {});
            const QByteArray bytes(text.data(), static_cast<qsizetype>(text.size()));
            for (const char* marker : kMarkers)
                for (const QByteArray& form : formsOf(marker))
                    QVERIFY2(!bytes.contains(form), (entry.path().string() + " holds " + form.toStdString()).c_str());
            QVERIFY(!bytes.contains("4111111111111111"));
        }
        QVERIFY(files >= 2);
    }

    /// What the workspace gives back is what was kept.
    static void loadsAgain(const std::filesystem::path& path, const trends::TrendsResult& kept)
    {
        auto reader = store::WorkspaceReader::open(path);
        QVERIFY(reader.ok());
        const auto entries = (*reader)->listCaptures();
        QVERIFY(entries.ok() && entries->size() == 1);
        StringPool names;
        const auto loaded = (*reader)->loadTrends(entries->front().key, names);
        QVERIFY(loaded.ok() && loaded->trends);
        const auto before = trends::signalsOf(kept.buckets, {});
        const auto after = trends::signalsOf(loaded->trends->buckets, {});
        QCOMPARE(after.size(), before.size());
        for (std::size_t i = 0; i < before.size(); ++i) {
            QCOMPARE(after[i].timeMs, before[i].timeMs);
            QVERIFY(after[i].type == before[i].type);
            QVERIFY(loaded->trends->text(after[i].value) == kept.text(before[i].value));
            QVERIFY(loaded->trends->text(after[i].entity) == kept.text(before[i].entity));
        }
        QCOMPARE(loaded->trends->anomalies->size(), kept.anomalies->size());
        QCOMPARE(loaded->trends->counters.signalCount, kept.counters.signalCount);
        const auto a = trends::trendsOf(kept.buckets, {});
        const auto b = trends::trendsOf(loaded->trends->buckets, {});
        QCOMPARE(b.size(), a.size());
        for (std::size_t i = 0; i < a.size(); ++i)
            QVERIFY(a[i].count == b[i].count && a[i].uniqueValues == b[i].uniqueValues &&
                    a[i].uniqueEntities == b[i].uniqueEntities);
    }
};

} // namespace

QTEST_GUILESS_MAIN(CanaryTest)
#include "canary_test.moc"
