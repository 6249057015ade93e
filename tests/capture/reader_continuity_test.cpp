// What must not change the records: the size of blocks, when the bytes of a growing file arrive, where reading resumes.

#include "tests/capture/capture_bytes.h"
#include "tests/capture/packed_file.h"

#include <QtTest>

#include <fcntl.h>
#include <sys/stat.h>

#include <thread>

using namespace timbre;
using namespace timbre::capture;
using namespace timbre::test;

class ReaderContinuityTest : public QObject {
    Q_OBJECT

private slots:
    void blockSizes();
    void blocksKeepTheirSize();
    void follow_data();
    void follow();
    void followedFileIsNoCapture();
    void followEndsAtDamage();
    void resume_data();
    void resume();
    void resumeInAnEarlierPlace();
    void resumeRefuses();
    void namedPipe();
    void cancel();
};

void ReaderContinuityTest::blockSizes()
{
    for (const std::string& content : {simplePcap(700), mixedPcapng(700)}) {
        const TemporaryFile file(content);
        const WholeCapture reference = readFile(file.path());
        QVERIFY(reference.records.size() >= 700);
        for (const std::size_t blockBytes : {1U, 64U, 65U, 127U, 1000U, 4096U, 65'536U, 1U << 20U}) {
            const WholeCapture whole = readFile(file.path(), {.follow = false, .blockBytes = blockBytes, .cancel = {}});
            QVERIFY(whole.records == reference.records);
            QCOMPARE(whole.messages.size(), reference.messages.size());
        }
    }
}

void ReaderContinuityTest::blocksKeepTheirSize()
{
    const TemporaryFile file(simplePcap(5000));
    auto reader = CaptureReader::open(file.path(), {.follow = false, .blockBytes = 65'536, .cancel = {}});
    RecordBlock block;
    const std::byte* buffer = nullptr;
    std::uint64_t blocks = 0;
    while ((*reader)->read(block) == ReadStatus::Records) {
        // Bytes lie in one buffer in the order of the file, and that buffer is used again.
        const std::byte* first = block.records().front().bytes.data();
        const std::byte* last = block.records().back().bytes.data();
        QVERIFY(last >= first && last - first < 65'536 + 16'384);
        if (blocks++ > 0)
            QVERIFY(first >= buffer && first - buffer < 65'536);
        else
            buffer = first - 16;
    }
    QVERIFY(blocks > 10);
}

void ReaderContinuityTest::follow_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<int>("step");
    for (const int step : {1, 7, 333, 70'000}) {
        QTest::addRow("pcap, %d bytes at once", step) << QByteArray::fromStdString(simplePcap(60)) << step;
        QTest::addRow("pcapng, %d bytes at once", step) << QByteArray::fromStdString(mixedPcapng(60)) << step;
    }
    const std::string large = sectionHeader() + interfaceBlock(1) + packetBlock(0, 1, "x") +
                              block(0x77, std::string(3U << 20U, 'x')) + packetBlock(0, 2, "y");
    QTest::newRow("a huge block") << QByteArray::fromStdString(large) << 400'000;
}

void ReaderContinuityTest::follow()
{
    QFETCH(QByteArray, content);
    QFETCH(int, step);
    const std::string bytes = content.toStdString();
    const WholeCapture reference = readBytes(bytes);
    const TemporaryFile file;
    auto reader = CaptureReader::open(file.path(), {.follow = true, .blockBytes = 4096, .cancel = {}});
    QVERIFY(reader.ok());
    std::vector<KeptRecord> records;
    RecordBlock block;
    std::size_t at = 0;
    for (; at < bytes.size(); at += static_cast<std::size_t>(step)) {
        file.append(std::string_view(bytes).substr(at, static_cast<std::size_t>(step)));
        ReadStatus status = ReadStatus::Records;
        while ((status = (*reader)->read(block)) == ReadStatus::Records)
            keepAll(block, records);
        QCOMPARE(status, ReadStatus::Waiting);
        // What is complete is there at once.
        const std::uint64_t written = at + static_cast<std::size_t>(step);
        const auto complete = std::ranges::count_if(reference.records, [&](const KeptRecord& record) {
            return record.offset + record.bytes.size() + 60 < written;
        });
        QVERIFY(records.size() >= static_cast<std::size_t>(complete));
    }
    QVERIFY(records == reference.records);
    QCOMPARE((*reader)->facts().fileBytes, std::uint64_t{bytes.size()});
    QCOMPARE((*reader)->fileBytesRead(), std::uint64_t{bytes.size()});
}

void ReaderContinuityTest::followedFileIsNoCapture()
{
    const TemporaryFile file;
    auto reader = CaptureReader::open(file.path(), {.follow = true, .blockBytes = 4096, .cancel = {}});
    QVERIFY(reader.ok());
    RecordBlock block;
    QCOMPARE((*reader)->read(block), ReadStatus::Waiting);
    file.append("\xa1\xb2");
    QCOMPARE((*reader)->read(block), ReadStatus::Waiting);
    file.append("some words instead of a capture");
    QCOMPARE((*reader)->read(block), ReadStatus::End);
    QCOMPARE((*reader)->messages().at(0).severity, Severity::Error);
    QCOMPARE((*reader)->read(block), ReadStatus::End);
}

void ReaderContinuityTest::followEndsAtDamage()
{
    const TemporaryFile file(simplePcap(3));
    auto reader = CaptureReader::open(file.path(), {.follow = true, .blockBytes = 4096, .cancel = {}});
    RecordBlock block;
    QCOMPARE((*reader)->read(block), ReadStatus::Records);
    QCOMPARE((*reader)->read(block), ReadStatus::Waiting);
    file.append(std::string(16, '\xee'));
    QCOMPARE((*reader)->read(block), ReadStatus::End);
    QCOMPARE((*reader)->messages().size(), std::size_t{1});
}

void ReaderContinuityTest::resume_data()
{
    QTest::addColumn<QByteArray>("file");
    const auto bytes = [](const std::string& text) { return QByteArray::fromStdString(text); };
    QTest::newRow("pcap") << bytes(simplePcap(400));
    QTest::newRow("pcapng") << bytes(mixedPcapng(400));
    QTest::newRow("pcapng, cut") << bytes(mixedPcapng(400).substr(0, 150'001));
    QTest::newRow("pcap.gz") << bytes(packed(simplePcap(400), Compression::Gzip));
    QTest::newRow("pcapng.zst") << bytes(packed(mixedPcapng(400), Compression::Zstd));
    QTest::newRow("pcapng in zip") << bytes(packedZip({{"a.txt", "words"}, {"b", mixedPcapng(400)}, {"c", "more"}}));
}

void ReaderContinuityTest::resume()
{
    QFETCH(QByteArray, file);
    const TemporaryFile onDisk(file.toStdString());
    const ReaderOptions options{.follow = false, .blockBytes = 2000, .cancel = {}};
    auto first = CaptureReader::open(onDisk.path(), options);
    QVERIFY(first.ok());
    std::vector<KeptRecord> all;
    std::vector<Checkpoint> places = {(*first)->checkpoint()};
    RecordBlock block;
    while ((*first)->read(block) == ReadStatus::Records) {
        keepAll(block, all);
        places.push_back((*first)->checkpoint());
    }
    QVERIFY(places.size() > 20);
    const CaptureFacts facts = (*first)->facts();
    for (std::size_t i = 0; i < places.size(); ++i) {
        QCOMPARE(places[i].packetsBefore, std::uint64_t{i == 0 ? 0 : places[i].packetsBefore});
        // A reader that has read nothing, and the one that has read everything.
        auto fresh = CaptureReader::open(onDisk.path(), options);
        for (CaptureReader* reader : {fresh->get(), first->get()}) {
            const auto resumed = reader->resume(places[i]);
            QVERIFY2(resumed.ok(), resumed.ok() ? "" : resumed.error().message.c_str());
            const std::vector<KeptRecord> rest = drain(*reader);
            QCOMPARE(rest.size(), all.size() - places[i].packetsBefore);
            QVERIFY(std::equal(rest.begin(), rest.end(), all.end() - static_cast<std::ptrdiff_t>(rest.size())));
            QCOMPARE(reader->facts().interfaces.size(), facts.interfaces.size());
            QCOMPARE(reader->facts().packets, facts.packets);
        }
        if (i > 20)
            i += 7; // enough of them
    }
}

void ReaderContinuityTest::resumeInAnEarlierPlace()
{
    const TemporaryFile file(mixedPcapng(200));
    auto reader = CaptureReader::open(file.path(), {.follow = false, .blockBytes = 1000, .cancel = {}});
    RecordBlock block;
    std::vector<KeptRecord> early;
    (*reader)->read(block);
    const Checkpoint place = (*reader)->checkpoint();
    (*reader)->read(block);
    keepAll(block, early);
    for (int i = 0; i < 10; ++i)
        (*reader)->read(block);
    QVERIFY((*reader)->resume(place).ok());
    std::vector<KeptRecord> again;
    (*reader)->read(block);
    keepAll(block, again);
    again.resize(std::min(again.size(), early.size()));
    QVERIFY(!early.empty() && again == early);
}

void ReaderContinuityTest::resumeRefuses()
{
    const TemporaryFile file(simplePcap(5));
    auto reader = CaptureReader::open(file.path());
    const auto beyond = (*reader)->resume({.offset = 1U << 30U, .packetsBefore = 9, .section = nullptr});
    QVERIFY(!beyond.ok());
    QVERIFY(beyond.error().message.ends_with('.'));
    const TemporaryFile sections(mixedPcapng(5));
    auto other = CaptureReader::open(sections.path());
    QVERIFY(!(*other)->resume({.offset = 48, .packetsBefore = 0, .section = nullptr}).ok());
}

void ReaderContinuityTest::namedPipe()
{
    const TemporaryFile place;
    std::filesystem::remove(place.path());
    QCOMPARE(::mkfifo(place.path().c_str(), 0600), 0);
    const std::string content = mixedPcapng(300) + block(0x55, std::string(2U << 20U, 'x'));
    const std::jthread writer([&] { place.append(content); });
    const WholeCapture whole = readFile(place.path());
    QVERIFY2(whole.opened, whole.error.message.c_str());
    QVERIFY(whole.records == readBytes(content).records);
}

void ReaderContinuityTest::cancel()
{
    const TemporaryFile file(simplePcap(5000));
    std::stop_source stop;
    auto reader = CaptureReader::open(file.path(), {.follow = false, .blockBytes = 4096, .cancel = stop.get_token()});
    RecordBlock block;
    QCOMPARE((*reader)->read(block), ReadStatus::Records);
    stop.request_stop();
    QCOMPARE((*reader)->read(block), ReadStatus::End);
    QVERIFY(block.records().empty());
}

QTEST_GUILESS_MAIN(ReaderContinuityTest)
#include "reader_continuity_test.moc"
