// Notes through the engine: shown at once, found again after the file was analysed anew, asked for by filters.

#include "engine/pipeline/engine.h"
#include "engine/pipeline/flow_fields.h"
#include "engine/pipeline/flow_query.h"
#include "engine/pipeline/note_book.h"
#include "tests/generator/stream_traffic.h"
#include "tests/pipeline/pipeline_fixtures.h"

#include <QTest>

using namespace timbre;
using pipeline::CaptureId;
using pipeline::Engine;
using pipeline::EngineConfig;
using pipeline::Phase;

namespace {

class Silent : public pipeline::EngineObserver {
    void captureChanged(CaptureId) override {}
    void workspaceChanged() override {}
};

using SnapshotPtr = std::shared_ptr<const pipeline::CaptureSnapshot>;

SnapshotPtr waitForEnd(const Engine& engine, CaptureId id)
{
    const auto over = [&] { return engine.snapshot(id) && engine.snapshot(id)->phase >= Phase::Finished; };
    return QTest::qWaitFor(over, 60'000) ? engine.snapshot(id) : nullptr;
}

std::size_t matching(const SnapshotPtr& snapshot, const char* filter)
{
    pipeline::FlowQueryRequest request;
    request.snapshot = snapshot->flows;
    request.filter = query::Filter::compile(filter).filter;
    pipeline::NameRanks ranks;
    const auto result = pipeline::answer(request, ranks, {}, {});
    return result ? result->rows->size() : 0;
}

} // namespace

class NoteBookTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_directory = std::make_unique<test::CaptureDirectory>();
        m_traffic = generator::officeTraffic({.seed = 5});
        m_office = m_directory->write("office.pcapng", m_traffic);
    }

    void shownAtOnceAndKept();
    void foundAgainWithOtherOptions();
    void filtersAskForThem();
    void withoutAStoreTheyLiveAsLongAsTheEngine();
    void refusedBeforeTheFileIsKnown();
    void thoseOfTheWorkspaceOutliveCaptures();

private:
    EngineConfig config(bool kept = true) const
    {
        EngineConfig made;
        if (kept)
            made.workspace = m_directory->path("workspace.timbre");
        return made;
    }
    static store::Note noteOn(const SnapshotPtr& shown, std::size_t flow, std::string text,
                              std::vector<std::string> tags = {})
    {
        store::Note note = pipeline::noteAbout((*shown->flows)[flow]);
        note.text = std::move(text);
        note.tags = std::move(tags);
        return note;
    }

    std::unique_ptr<test::CaptureDirectory> m_directory;
    generator::CapturedTraffic m_traffic;
    std::filesystem::path m_office;
    Silent m_observer;
};

void NoteBookTest::shownAtOnceAndKept()
{
    {
        Engine engine(config(), m_observer);
        const CaptureId id = engine.open(m_office);
        const SnapshotPtr shown = waitForEnd(engine, id);
        QVERIFY(shown && shown->notes && shown->notes->empty());
        const auto key = engine.saveNote(id, noteOn(shown, 3, "look at this"));
        QVERIFY(key.ok());
        const SnapshotPtr after = engine.snapshot(id);
        QCOMPARE(after->notes->size(), std::size_t{1});
        QCOMPARE(after->notes->front().flow, 3U);
        QVERIFY(after->generation > shown->generation);
        const auto second = engine.saveNote(id, noteOn(shown, 5, "and this"));
        QVERIFY(second.ok());
        engine.removeNote(id, *second);
        QCOMPARE(engine.snapshot(id)->notes->size(), std::size_t{1});
    }
    Engine engine(config(), m_observer); // the next run of the program
    const SnapshotPtr shown = waitForEnd(engine, engine.open(m_office));
    QVERIFY(shown && shown->fromStore && shown->notes);
    QCOMPARE(shown->notes->size(), std::size_t{1});
    QCOMPARE(shown->notes->front().flow, 3U);
    QCOMPARE(shown->notes->front().note.text, std::string("look at this"));
}

void NoteBookTest::foundAgainWithOtherOptions()
{
    std::size_t noted = 0;
    flow::FlowRecord record;
    {
        Engine engine(config(), m_observer);
        const CaptureId id = engine.open(m_office);
        const SnapshotPtr shown = waitForEnd(engine, id);
        QVERIFY(shown);
        noted = shown->flows->size() - 1;
        record = (*shown->flows)[noted];
        QVERIFY(engine.saveNote(id, noteOn(shown, noted, "late one")).ok());
        engine.remove(id); // analysed again, as the Captures dock does it
        const SnapshotPtr again =
            waitForEnd(engine, engine.open(m_office, {.analyseAgain = true, .captureFilter = {}}));
        QVERIFY(again && again->notes);
        QCOMPARE(again->notes->size(), std::size_t{1});
        QCOMPARE(std::size_t{again->notes->front().flow}, noted);
    }
    Engine engine(config(), m_observer);
    const bool tcp = record.key.l4 == decode::L4::Tcp; // numbers of packets and flows are others with a capture filter
    const SnapshotPtr narrow =
        waitForEnd(engine, engine.open(m_office, {.analyseAgain = true, .captureFilter = tcp ? "tcp" : "udp"}));
    QVERIFY(narrow && narrow->notes);
    QCOMPARE(narrow->notes->size(), std::size_t{1});
    const std::uint32_t flow = narrow->notes->front().flow;
    QVERIFY(flow != flow::kNoFlow);
    QVERIFY((*narrow->flows)[flow].key == record.key);
}

void NoteBookTest::filtersAskForThem()
{
    Engine engine(config(), m_observer);
    const CaptureId id = engine.open(m_office);
    const SnapshotPtr shown = waitForEnd(engine, id);
    QVERIFY(shown);
    QCOMPARE(matching(shown, "note.text or tag"), std::size_t{0});
    QVERIFY(engine.saveNote(id, noteOn(shown, 1, "Beacon every 30 s", {"c2", "urgent"})).ok());
    QVERIFY(engine.saveNote(id, noteOn(shown, 1, "second thought", {"maybe"})).ok());
    QVERIFY(engine.saveNote(id, noteOn(shown, 2, {}, {"urgent"})).ok());
    const SnapshotPtr noted = engine.snapshot(id);
    QCOMPARE(matching(noted, "note.text"), std::size_t{1});
    QCOMPARE(matching(noted, "note.text contains beacon"), std::size_t{1});
    QCOMPARE(matching(noted, "note.text == \"second thought\""), std::size_t{1});
    QCOMPARE(matching(noted, "tag == urgent"), std::size_t{2});
    QCOMPARE(matching(noted, "tag in {maybe c2}"), std::size_t{1});
    QCOMPARE(matching(noted, "tag == \"c2\x1furgent\""), std::size_t{0});
    QCOMPARE(matching(noted, "beacon"), std::size_t{1});
    QCOMPARE(pipeline::exactText(pipeline::FlowRow(*noted->flows, (*noted->flows)[1]), query::Field::Tag),
             std::string("c2; urgent; maybe"));
    pipeline::ValueCountsRequest request;
    request.flows.snapshot = noted->flows;
    request.field = query::Field::Tag;
    const auto counts = pipeline::countValues(request, {});
    QVERIFY(counts);
    QCOMPARE(counts->values.size(), std::size_t{3});
    QCOMPARE(counts->values.front().filter, std::string("tag == urgent"));
    QCOMPARE(counts->values.front().flows, std::uint64_t{2});
}

void NoteBookTest::withoutAStoreTheyLiveAsLongAsTheEngine()
{
    Engine engine(config(false), m_observer);
    const CaptureId id = engine.open(m_office);
    const SnapshotPtr shown = waitForEnd(engine, id);
    QVERIFY(shown);
    const auto first = engine.saveNote(id, noteOn(shown, 0, "a"));
    const auto second = engine.saveNote(id, noteOn(shown, 0, "b"));
    QVERIFY(first.ok() && second.ok() && *first != *second);
    QCOMPARE(engine.snapshot(id)->notes->size(), std::size_t{2});
}

void NoteBookTest::refusedBeforeTheFileIsKnown()
{
    pipeline::CaptureBoard board;
    pipeline::NoteBook book(board);
    pipeline::CaptureSnapshot empty;
    empty.flows = std::make_shared<flow::FlowSnapshot>();
    const CaptureId id = board.add(empty);
    store::Note note;
    note.text = "early";
    QVERIFY(!book.save(id, note).ok());
    book.begin(id, {}, {});
    QVERIFY(book.save(id, note).ok());
    note.text.clear();
    QVERIFY(!book.save(id, note).ok());
    QVERIFY(book.unwritten());
}

void NoteBookTest::thoseOfTheWorkspaceOutliveCaptures()
{
    store::NoteKey kept{};
    {
        Engine engine(config(), m_observer);
        QTRY_VERIFY(engine.workspaceNotes() != nullptr);
        store::Note note = pipeline::noteAbout(store::NoteSubject::Recording, "00ff");
        note.text = "before the patch";
        const auto key = engine.saveNote(pipeline::kWorkspaceNotes, note);
        QVERIFY(key.ok());
        kept = *key;
        QCOMPARE(engine.workspaceNotes()->size(), std::size_t{1});
        note = pipeline::noteAbout(store::NoteSubject::Mask, "auto_a_v1");
        note.bookmark = true;
        const auto second = engine.saveNote(pipeline::kWorkspaceNotes, note);
        QVERIFY(second.ok() && *second != kept);
        engine.removeNote(pipeline::kWorkspaceNotes, *second);
        // What belongs to a capture is not kept there, and the other way round.
        QVERIFY(
            !engine.saveNote(pipeline::kWorkspaceNotes, pipeline::noteAbout(store::NoteSubject::Anomaly, "a/1")).ok());
        const CaptureId id = engine.open(m_office);
        QVERIFY(waitForEnd(engine, id));
        note.key = store::NoteKey::None;
        QVERIFY(!engine.saveNote(id, note).ok());
        note = pipeline::noteAbout(store::NoteSubject::Anomaly, "a/1");
        note.tags = {"ours"};
        QVERIFY(engine.saveNote(id, note).ok());
        engine.remove(id);
    }
    Engine engine(config(), m_observer); // the next run of the program
    QTRY_VERIFY(engine.workspaceNotes() != nullptr);
    QCOMPARE(engine.workspaceNotes()->size(), std::size_t{1});
    QVERIFY(engine.workspaceNotes()->front().note.key == kept);
    QCOMPARE(engine.workspaceNotes()->front().note.object, std::string("00ff"));
}

QTEST_GUILESS_MAIN(NoteBookTest)
#include "note_book_test.moc"
