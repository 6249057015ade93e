// Notes come back as they were written, belong to a file's content, and leave nothing behind when they go.

#include "tests/store/store_fixtures.h"

#include <QtTest>

#include <sqlite3.h>

using namespace timbre;
using namespace timbre::store;
using test::RecordingObserver;

namespace {

FileIdentity fileOf(const char* path, const char* content, std::uint64_t size = 1000)
{
    return {path, size, {1'700'000'000'000'000'000}, content};
}

Note flowNote(NoteKey key)
{
    Note note;
    note.key = key;
    note.subject = NoteSubject::Flow;
    FlowAnchor flow;
    flow.key.l4 = decode::L4::Tcp;
    flow.key.protocol = 6;
    flow.key.family = IpFamily::V6;
    flow.key.addressA = IpAddress::parse("2001:db8::1")->octets;
    flow.key.addressB = IpAddress::parse("2001:db8::2")->octets;
    flow.key.portA = 443;
    flow.key.portB = 50000;
    flow.inTunnel = true;
    flow.firstPacket = 77;
    flow.started = {1'700'000'000'000'000'123};
    note.flow = flow;
    note.range = TimeRange{{1'700'000'000'000'000'123}, {1'700'000'009'000'000'000}};
    note.bookmark = true;
    note.text = "line one\nline \"two\" <&> \u00e4";
    note.tags = {"beacon", "to ask"};
    note.created = {5};
    note.changed = {6};
    return note;
}

Note rangeNote(NoteKey key)
{
    Note note;
    note.key = key;
    note.subject = NoteSubject::Range;
    note.range = TimeRange{{-5}, {10}};
    note.text = "quiet before it";
    return note;
}

Note anomalyNote(NoteKey key)
{
    Note note;
    note.key = key;
    note.subject = NoteSubject::Anomaly;
    note.object = "drift/17";
    note.tags = {"ours"};
    return note;
}

} // namespace

class NotesTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = std::filesystem::path(m_folder->path().toStdString()) / "w.timbre";
        auto opened = Workspace::open(m_path, m_observer);
        QVERIFY(opened.ok());
        m_workspace = std::move(*opened);
    }
    void cleanup() { m_workspace.reset(); }

    void comeBackExactly();
    void keysAreNeverGivenTwice();
    void belongToContentNotToPlace();
    void survivesRemovalOfTheCapture();
    void deletedNotesComeBackBySaving();
    void movingJoinsFiles();
    void damageIsSaid();
    void tidied_data();
    void tidied();

private:
    std::vector<Note> read(const FileIdentity& file)
    {
        m_workspace->flush();
        auto reader = WorkspaceReader::open(m_path);
        if (!reader)
            return {};
        auto notes = (*reader)->loadNotes(file);
        return notes ? *notes : std::vector<Note>{};
    }

    RecordingObserver m_observer;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::filesystem::path m_path;
    std::unique_ptr<Workspace> m_workspace;
};

void NotesTest::comeBackExactly()
{
    const FileIdentity file = fileOf("/a/one.pcap", "aa");
    std::vector<Note> notes{flowNote(m_workspace->newNote()), rangeNote(m_workspace->newNote()),
                            anomalyNote(m_workspace->newNote())};
    for (const Note& note : notes)
        m_workspace->saveNote(file, note);
    QVERIFY(read(file) == notes);
    notes[0].text = "changed";
    notes[0].tags = {"one"};
    m_workspace->saveNote(file, notes[0]);
    QVERIFY(read(file) == notes);
    QVERIFY(read(fileOf("/a/one.pcap", "bb")).empty());
}

void NotesTest::keysAreNeverGivenTwice()
{
    const FileIdentity file = fileOf("/a/one.pcap", "aa");
    const NoteKey first = m_workspace->newNote();
    m_workspace->saveNote(file, rangeNote(first));
    m_workspace->removeNote(first);
    m_workspace->flush();
    m_workspace.reset();
    auto opened = Workspace::open(m_path, m_observer);
    QVERIFY(opened.ok());
    m_workspace = std::move(*opened);
    QVERIFY(m_workspace->newNote() > first);
}

void NotesTest::belongToContentNotToPlace()
{
    const Note note = flowNote(m_workspace->newNote());
    m_workspace->saveNote(fileOf("/a/one.pcap", "aa"), note);
    FileIdentity copy = fileOf("/elsewhere/copy.pcap", "aa");
    copy.modified = {42};
    QCOMPARE(read(copy).size(), std::size_t{1});
    QVERIFY(read(fileOf("/a/one.pcap", "aa", 1001)).empty()); // another size is another file
}

void NotesTest::survivesRemovalOfTheCapture()
{
    CaptureOrigin origin = test::sampleOrigin();
    const CaptureKey capture = m_workspace->beginCapture(origin);
    m_workspace->finishCapture(capture, test::sampleOutcome(0));
    m_workspace->saveNote(origin.file, flowNote(m_workspace->newNote()));
    m_workspace->removeCapture(capture);
    QCOMPARE(read(origin.file).size(), std::size_t{1});
}

void NotesTest::deletedNotesComeBackBySaving()
{
    const FileIdentity file = fileOf("/a/one.pcap", "aa");
    const Note note = flowNote(m_workspace->newNote());
    m_workspace->saveNote(file, note);
    m_workspace->removeNote(note.key);
    QVERIFY(read(file).empty());
    m_workspace->saveNote(file, note);
    QVERIFY(read(file) == std::vector<Note>{note});
}

void NotesTest::movingJoinsFiles()
{
    const FileIdentity live = fileOf("/spool/1", "live /spool/1", 0);
    const FileIdentity saved = fileOf("/home/one.pcapng", "cc");
    m_workspace->saveNote(live, rangeNote(m_workspace->newNote()));
    m_workspace->saveNote(saved, anomalyNote(m_workspace->newNote()));
    m_workspace->moveNotes(live, saved);
    m_workspace->moveNotes(live, saved); // nothing left to move
    QCOMPARE(read(saved).size(), std::size_t{2});
    QVERIFY(read(live).empty());
}

void NotesTest::damageIsSaid()
{
    const FileIdentity file = fileOf("/a/one.pcap", "aa");
    m_workspace->saveNote(file, flowNote(m_workspace->newNote()));
    m_workspace->flush();
    m_workspace.reset();
    sqlite3* raw = nullptr;
    QCOMPARE(sqlite3_open(m_path.c_str(), &raw), SQLITE_OK);
    QCOMPARE(sqlite3_exec(raw, "UPDATE notes SET address_a = 'nowhere'", nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(raw);
    auto reader = WorkspaceReader::open(m_path);
    QVERIFY(reader.ok());
    const auto notes = (*reader)->loadNotes(file);
    QVERIFY(!notes.ok());
    QVERIFY(notes.error().code == ErrorCode::Damaged);
}

void NotesTest::tidied_data()
{
    QTest::addColumn<QByteArray>("fault");
    for (const char* name :
         {"nothing said", "flow missing", "range missing", "object missing", "long text", "long tag", "many tags"})
        QTest::addRow("%s", name) << QByteArray(name);
}

void NotesTest::tidied()
{
    QFETCH(QByteArray, fault);
    const std::string name = fault.toStdString();
    Note note = rangeNote(NoteKey::None);
    if (name == "nothing said")
        note.text = " \n ";
    else if (name == "flow missing")
        note.subject = NoteSubject::Flow;
    else if (name == "range missing")
        note.range.reset();
    else if (name == "object missing")
        note.subject = NoteSubject::Mask;
    else if (name == "long text")
        note.text = std::string(kMaxNoteBytes + 1, 'x');
    else if (name == "long tag")
        note.tags = {std::string(kMaxTagBytes + 1, 'x')};
    else
        for (std::size_t i = 0; i <= kMaxTags; ++i)
            note.tags.push_back(std::to_string(i));
    QVERIFY(!store::tidied(note).ok());
    Note fine = rangeNote(NoteKey::None);
    fine.text = "  a\x1f"
                "b\n\n";
    fine.tags = {"z", " a ", "z", ""};
    const auto tidy = store::tidied(fine);
    QVERIFY(tidy.ok());
    QCOMPARE(tidy->text, std::string("ab"));
    QVERIFY(tidy->tags == (std::vector<std::string>{"a", "z"}));
}

QTEST_GUILESS_MAIN(NotesTest)
#include "notes_test.moc"
