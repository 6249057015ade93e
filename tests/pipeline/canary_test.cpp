// Secrets in traffic must not reach any file: a capture planted with markers in cookies, tokens, passwords, bodies and
// DNS is analysed with everything on, recorded, made into masks, kept in a workspace and exported; then every file is
// searched for the markers, plain and encoded. The window and the command line have tests of the same kind.

#include "engine/capture/capture_reader.h"
#include "engine/mask/canonical.h"
#include "engine/mask/generator.h"
#include "engine/pipeline/analysis_run.h"
#include "engine/pipeline/analyzers.h"
#include "engine/pipeline/flow_export.h"
#include "engine/pipeline/recording_run.h"
#include "engine/pipeline/store_sink.h"
#include "engine/pipeline/trends_export.h"
#include "engine/recording/recording_file.h"
#include "engine/store/file_identity.h"
#include "engine/trends/entity_view.h"
#include "tests/support/planted_capture.h"

#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <fstream>

using namespace timbre;

namespace {

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
        std::ofstream(capture, std::ios::binary) << test::plantedCapture();
        std::filesystem::create_directory(folder / "written");

        pipeline::AnalyzerOptions options;
        options.trendsOptions.ja4h = true;
        pipeline::RunOptions run;
        const auto all = tapFor({}, "everything");
        pipeline::RecordingSelection talkOnly;
        talkOnly.filter = query::Filter::compile("port == 7000").filter;
        const auto talk = tapFor(std::move(talkOnly), "talk");
        options.recordings = std::make_shared<pipeline::TapBoard>();
        options.recordings->add(all);
        options.recordings->add(talk);
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
            for (const auto& tap : {all, talk})
                keep(**workspace, *tap, folder / "written");
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
        for (const auto format :
             {pipeline::FlowFormat::Csv, pipeline::FlowFormat::JsonLines, pipeline::FlowFormat::ZeekConnLog}) {
            const pipeline::FlowExport exported(format, flows);
            exported.begin(out);
            for (std::size_t i = 0; i < flows.size(); ++i)
                exported.add(out, flows[i]);
            exported.end(out);
        }
        std::ofstream(path, std::ios::binary) << out;
    }

    static std::shared_ptr<pipeline::RecordingTap> tapFor(pipeline::RecordingSelection selection, const char* service)
    {
        selection.idleSeconds = 0;
        return std::make_shared<pipeline::RecordingTap>(
            recording::SessionFacts{pipeline::randomSessionId(), service, "local"}, std::move(selection),
            std::vector<std::string>{});
    }

    /// A recording in the workspace and as a file, and the mask of it, good or not, in both places.
    static void keep(store::Workspace& workspace, const pipeline::RecordingTap& tap,
                     const std::filesystem::path& folder)
    {
        recording::Recording whole = tap.recording();
        QVERIFY(whole.packets.size() >= 800);
        const std::string name = whole.facts.service;
        std::ofstream(folder / (name + ".recording"), std::ios::binary) << recording::fileText(whole);
        mask::GeneratorOptions options;
        options.service = name;
        options.id = name;
        options.evenIfShort = true;
        const auto made = mask::generateMask(whole.packets, options);
        QVERIFY2(made.ok(), made.ok() ? "" : made.error().message.c_str());
        const std::string text = mask::fileText(made->mask);
        std::ofstream(folder / (name + ".json"), std::ios::binary) << text;
        workspace.saveMask({name, store::MaskOrigin::Own, text, recording::toHex(whole.facts.id), {}});
        std::vector<recording::PacketRecord> packets = std::move(whole.packets);
        whole.packets.clear();
        workspace.saveRecording(std::move(whole), 0, std::move(packets));
    }

    static void search(const std::filesystem::path& folder)
    {
        int files = 0;
        const auto found = test::markersIn(folder, files);
        QVERIFY2(found.empty(), found.empty() ? "" : found.front().c_str());
        QVERIFY2(files >= 6, std::to_string(files).c_str());
        QVERIFY(test::markersIn(folder.parent_path(), files).empty()); // the capture itself is not searched
        std::filesystem::copy_file(folder.parent_path() / "planted.pcap", folder / "leak.bin");
        QVERIFY(test::markersIn(folder, files).size() > 10); // the search finds what is there
        std::filesystem::remove(folder / "leak.bin");
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
