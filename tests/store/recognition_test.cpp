// Whether a file on disk is one whose analysis is stored: untouched, touched, edited, moved, copied, replaced.

#include "tests/store/store_fixtures.h"

#include <QtTest>

#include <fcntl.h>
#include <sys/stat.h>

#include <fstream>

using namespace timbre;
using namespace timbre::store;
using test::RecordingObserver;
namespace fs = std::filesystem;

namespace {

constexpr std::size_t kSmall = 300'000;   // hashed whole
constexpr std::size_t kLarge = 9'000'001; // hashed in pieces

void writeFile(const fs::path& path, std::size_t size, char fill = 'x')
{
    std::ofstream file(path, std::ios::binary);
    std::string content(size, fill);
    for (std::size_t i = 0; i < size; i += 997)
        content[i] = static_cast<char>(i);
    file << content;
}

void setTime(const fs::path& path, std::int64_t seconds)
{
    const timespec times[2] = {{seconds, 5}, {seconds, 5}};
    QCOMPARE(utimensat(AT_FDCWD, path.c_str(), times, 0), 0);
}

/// Changes one byte and puts the old time back, as somebody would who wants to be overlooked.
void changeByte(const fs::path& path, std::streamoff offset)
{
    struct stat before {};
    QCOMPARE(stat(path.c_str(), &before), 0);
    {
        std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
        file.seekp(offset);
        file.put('!');
    }
    const timespec times[2] = {before.st_atim, before.st_mtim};
    QCOMPARE(utimensat(AT_FDCWD, path.c_str(), times, 0), 0);
}

} // namespace

class RecognitionTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_root = fs::canonical(m_folder->path().toStdString());
        auto workspace = Workspace::open(m_root / "w.timbre", m_observer);
        QVERIFY(workspace.ok());
        m_workspace = std::move(*workspace);
        auto reader = WorkspaceReader::open(m_root / "w.timbre");
        QVERIFY(reader.ok());
        m_reader = std::move(*reader);
        m_small = m_root / "small.pcap";
        m_large = m_root / "large.pcap";
        writeFile(m_small, kSmall);
        writeFile(m_large, kLarge);
        setTime(m_small, 1'600'000'000);
        setTime(m_large, 1'600'000'000);
        m_smallKey = analyse(m_small);
        m_largeKey = analyse(m_large);
    }
    void cleanup()
    {
        m_reader.reset();
        m_workspace.reset();
    }

    void anUntouchedFileIsRecognised()
    {
        compare(m_small, Recognition::Unchanged, Difference::None, m_smallKey);
        compare(m_large, Recognition::Unchanged, Difference::None, m_largeKey);
    }

    void anUnknownFileIsNew()
    {
        writeFile(m_root / "other.pcap", kSmall, 'y');
        compare(m_root / "other.pcap", Recognition::New, Difference::None, CaptureKey::None);
    }

    void aTouchedFileIsTrustedOnlyWhenAllOfItIsHashed()
    {
        setTime(m_small, 1'600'000'001);
        setTime(m_large, 1'600'000'001);
        compare(m_small, Recognition::Unchanged, Difference::None, m_smallKey);
        compare(m_large, Recognition::Changed, Difference::Time, CaptureKey::None, {m_largeKey});
    }

    void aChangedByteIsSeen_data()
    {
        QTest::addColumn<bool>("large");
        QTest::addColumn<qint64>("offset");
        QTest::newRow("small, first") << false << qint64{0};
        QTest::newRow("small, middle") << false << qint64{kSmall / 2};
        QTest::newRow("small, last") << false << qint64{kSmall - 1};
        QTest::newRow("large, first") << true << qint64{0};
        QTest::newRow("large, in a piece between") << true << qint64{(kLarge - 65536) / 15 * 7 + 100};
        QTest::newRow("large, last") << true << qint64{kLarge - 1};
    }

    void aChangedByteIsSeen()
    {
        QFETCH(bool, large);
        QFETCH(qint64, offset);
        changeByte(large ? m_large : m_small, offset);
        compare(large ? m_large : m_small, Recognition::Changed, Difference::Content, CaptureKey::None,
                {large ? m_largeKey : m_smallKey});
    }

    void aGrownFileIsChanged()
    {
        std::ofstream(m_small, std::ios::binary | std::ios::app) << "more";
        compare(m_small, Recognition::Changed, Difference::Size, CaptureKey::None, {m_smallKey});
    }

    void aMovedFileKeepsItsAnalysis()
    {
        fs::rename(m_large, m_root / "moved.pcap");
        const auto found = compare(m_root / "moved.pcap", Recognition::Moved, Difference::None, m_largeKey);
        QCOMPARE(found.previousPath, m_large.native());
        m_workspace->relocateCapture(m_largeKey, *identifyFile(m_root / "moved.pcap"));
        m_workspace->flush();
        compare(m_root / "moved.pcap", Recognition::Unchanged, Difference::None, m_largeKey);
    }

    void aFileReplacedByAnotherIsChanged()
    {
        writeFile(m_root / "other.pcap", kSmall, 'y');
        setTime(m_root / "other.pcap", 1'600'000'000);
        fs::rename(m_root / "other.pcap", m_small);
        compare(m_small, Recognition::Changed, Difference::Content, CaptureKey::None, {m_smallKey});
    }

    void otherSettingsNeedAnotherAnalysis()
    {
        m_analysisKey = "other settings";
        compare(m_small, Recognition::Changed, Difference::Analysis, CaptureKey::None);
        const CaptureKey second = analyse(m_small);
        compare(m_small, Recognition::Unchanged, Difference::None, second);
        m_analysisKey = "settings";
        compare(m_small, Recognition::Unchanged, Difference::None, m_smallKey); // both are kept
    }

    void theNewestOfEqualAnalysesIsUsed()
    {
        const CaptureKey second = analyse(m_small);
        compare(m_small, Recognition::Unchanged, Difference::None, second, {m_smallKey});
    }

    void onlyACompleteAnalysisIsUsed()
    {
        writeFile(m_root / "cancelled.pcap", kSmall, 'z');
        const CaptureKey cancelled = analyse(m_root / "cancelled.pcap", CaptureState::Cancelled);
        compare(m_root / "cancelled.pcap", Recognition::New, Difference::None, CaptureKey::None, {cancelled});
        m_workspace->removeCapture(m_smallKey);
        m_workspace->flush();
        compare(m_small, Recognition::New, Difference::None, CaptureKey::None);
    }

    void aLinkLeadsToTheFile()
    {
        fs::create_symlink(m_small, m_root / "link.pcap");
        compare(m_root / "link.pcap", Recognition::Unchanged, Difference::None, m_smallKey);
    }

    void whatIsNoFileIsRefused()
    {
        QCOMPARE(identifyFile(m_root / "missing").error().code, ErrorCode::NotFound);
        QCOMPARE(identifyFile(m_root).error().code, ErrorCode::Unsupported);
        QCOMPARE(mkfifo((m_root / "pipe").c_str(), 0600), 0);
        QCOMPARE(identifyFile(m_root / "pipe").error().code, ErrorCode::Unsupported); // and does not wait for a writer
    }

    void anEmptyFileHasAnIdentity()
    {
        writeFile(m_root / "empty", 0);
        const auto file = identifyFile(m_root / "empty");
        QVERIFY(file.ok());
        QCOMPARE(file->size, std::uint64_t{0});
        QCOMPARE(file->contentKey.size(), std::size_t{32});
    }

private:
    CaptureKey analyse(const fs::path& path, CaptureState state = CaptureState::Complete)
    {
        CaptureOrigin origin;
        origin.file = *identifyFile(path);
        origin.analysisKey = m_analysisKey;
        const CaptureKey key = m_workspace->beginCapture(origin);
        CaptureOutcome outcome;
        outcome.state = state;
        m_workspace->finishCapture(key, outcome);
        m_workspace->flush();
        return key;
    }

    RecognisedFile compare(const fs::path& path, Recognition recognition, Difference difference, CaptureKey usable,
                           const std::vector<CaptureKey>& outdated = {})
    {
        RecognisedFile found;
        [&] {
            const auto file = identifyFile(path);
            QVERIFY(file.ok());
            auto result = m_reader->recognise(*file, m_analysisKey);
            QVERIFY(result.ok());
            found = *result;
            QCOMPARE(found.recognition, recognition);
            QCOMPARE(found.difference, difference);
            QCOMPARE(found.usable, usable);
            QCOMPARE(found.outdated, outdated);
        }();
        return found;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    RecordingObserver m_observer;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<WorkspaceReader> m_reader;
    fs::path m_root, m_small, m_large;
    CaptureKey m_smallKey = CaptureKey::None, m_largeKey = CaptureKey::None;
    std::string m_analysisKey = "settings";
};

QTEST_GUILESS_MAIN(RecognitionTest)
#include "recognition_test.moc"
