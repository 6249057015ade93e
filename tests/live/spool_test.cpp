// Spools without a network: names, rings, readers that follow, messages, replay.

#include "engine/capture/capture_reader.h"
#include "engine/capture/capture_writer.h"
#include "engine/capture/filter_check.h"
#include "engine/capture/spool.h"
#include "engine/pipeline/live_run.h"
#include "engine/pipeline/no_sink.h"
#include "tests/live/same_flows.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <algorithm>
#include <filesystem>

using namespace timbre;
using namespace timbre::capture;
namespace fs = std::filesystem;

namespace {

constexpr std::size_t kPacketBytes = 60;

/// A file of a spool with `packets` packets, one a millisecond. Its size.
std::uint64_t writeFile(const fs::path& directory, std::uint64_t number, std::uint64_t offset, std::uint64_t before,
                        std::uint64_t packets)
{
    const fs::path path = directory / toString(helper::SpoolFileName{number, offset, before});
    auto writer = PcapngWriter::createGrowing(path, {});
    [&] { QVERIFY(writer.ok()); }();
    const auto interface = writer->addInterface({1, 0, "test0", {}});
    const std::vector<std::byte> bytes(kPacketBytes, std::byte{0x42});
    for (std::uint64_t i = 0; i < packets; ++i) {
        const Timestamp time{static_cast<std::int64_t>(1'000'000'000'000 + (before + i) * 1'000'000)};
        [&] { QVERIFY(writer->write(interface.value(), time, bytes, kPacketBytes).ok()); }();
    }
    [&] { QVERIFY(writer->sync().ok()); }();
    return fs::file_size(path);
}

struct Seen {
    std::vector<std::uint64_t> numbers;
    std::vector<std::uint64_t> offsets;
};

ReadStatus readAll(CaptureReader& reader, Seen& seen)
{
    RecordBlock block;
    ReadStatus status = ReadStatus::Records;
    while ((status = reader.read(block)) == ReadStatus::Records) {
        for (const Record& record : block.records()) {
            seen.numbers.push_back(record.number);
            seen.offsets.push_back(record.offset);
        }
    }
    return status;
}

} // namespace

class SpoolTest : public QObject {
    Q_OBJECT

private slots:
    void namesGoThereAndBack()
    {
        const helper::SpoolFileName name{12, 34'567'890'123, 999};
        const auto parsed = helper::parseSpoolFileName(toString(name));
        QVERIFY(parsed.has_value());
        QCOMPARE(parsed->number, name.number);
        QCOMPARE(parsed->offset, name.offset);
        QCOMPARE(parsed->packetsBefore, name.packetsBefore);
        QVERIFY(!helper::parseSpoolFileName("12-1-1.pcapng"));
        QVERIFY(!helper::parseSpoolFileName("about"));
        QVERIFY(!helper::parseSpoolFileName(toString(name) + ".part"));
    }

    void messagesInAnyPieces()
    {
        std::string bytes;
        capture::helper::encode({helper::Kind::Counts, {1, 2, 3, 0xffff'ffff'ffff'ffff}, {}}, bytes);
        capture::helper::encode({helper::Kind::Notice, {}, "a sentence"}, bytes);
        helper::Decoder decoder;
        std::vector<helper::Message> got;
        for (const char byte : bytes) {
            decoder.feed({&byte, 1});
            while (auto message = decoder.next())
                got.push_back(*message);
        }
        QCOMPARE(got.size(), std::size_t{2});
        QCOMPARE(got[0].numbers[3], std::uint64_t{0xffff'ffff'ffff'ffff});
        QCOMPARE(got[1].text, std::string("a sentence"));
    }

    void garbageIsNoticed()
    {
        helper::Decoder decoder;
        decoder.feed("Segmentation fault, core dumped");
        QVERIFY(!decoder.next());
        QVERIFY(decoder.broken());
        helper::Decoder large;
        std::string bytes;
        capture::helper::encode({helper::Kind::Notice, {}, "x"}, bytes);
        bytes[14] = '\x7f'; // a text of two gigabytes
        large.feed(bytes);
        QVERIFY(!large.next());
        QVERIFY(large.broken());
    }

    void filesReadAsOne()
    {
        QTemporaryDir folder;
        const fs::path spool = folder.path().toStdString();
        const std::uint64_t first = writeFile(spool, 1, 0, 0, 100);
        const std::uint64_t second = writeFile(spool, 2, first, 100, 50);
        writeFile(spool, 3, first + second, 150, 10);
        auto reader = CaptureReader::open(spool);
        QVERIFY(reader.ok());
        Seen seen;
        QCOMPARE(readAll(**reader, seen), ReadStatus::End);
        QCOMPARE(seen.numbers.size(), std::size_t{160});
        for (std::size_t i = 0; i < seen.numbers.size(); ++i)
            QCOMPARE(seen.numbers[i], i + 1);
        QVERIFY(std::is_sorted(seen.offsets.begin(), seen.offsets.end()));
        QVERIFY(seen.offsets[100] > first);
        QCOMPARE((*reader)->facts().interfaces.size(), std::size_t{1});
        QCOMPARE((*reader)->facts().interfaces[0].packets, std::uint64_t{160});
        QCOMPARE((*reader)->facts().ringLosses, std::uint64_t{0});
    }

    void resumesInALaterFile()
    {
        QTemporaryDir folder;
        const fs::path spool = folder.path().toStdString();
        const std::uint64_t first = writeFile(spool, 1, 0, 0, 100);
        writeFile(spool, 2, first, 100, 50);
        ReaderOptions options;
        options.blockBytes = 1024;
        auto reader = CaptureReader::open(spool, options);
        QVERIFY(reader.ok());
        RecordBlock block;
        std::uint64_t last = 0;
        while (last < 120 && (*reader)->read(block) == ReadStatus::Records)
            last = block.records().back().number;
        const Checkpoint place = (*reader)->checkpoint();
        auto again = CaptureReader::open(spool, options);
        QVERIFY(again.ok());
        QVERIFY((*again)->resume(place).ok());
        QCOMPARE((*again)->read(block), ReadStatus::Records);
        QCOMPARE(block.records().front().number, last + 1);
        fs::remove(spool / toString(helper::SpoolFileName{2, first, 100}));
        fs::remove(spool / toString(helper::SpoolFileName{1, 0, 0}));
        QVERIFY(!(*again)->resume(place).ok());
    }

    void aReaderFollowsAndTheRingMayBeFaster()
    {
        QTemporaryDir folder;
        const fs::path spool = folder.path().toStdString();
        std::stop_source complete;
        ReaderOptions options;
        options.follow = true;
        options.complete = complete.get_token();
        auto reader = CaptureReader::open(spool, options);
        QVERIFY(reader.ok());
        Seen seen;
        QCOMPARE(readAll(**reader, seen), ReadStatus::Waiting); // no file yet
        const std::uint64_t first = writeFile(spool, 1, 0, 0, 10);
        QCOMPARE(readAll(**reader, seen), ReadStatus::Waiting);
        QCOMPARE(seen.numbers.size(), std::size_t{10});
        const std::uint64_t second = writeFile(spool, 2, first, 10, 20);
        writeFile(spool, 3, first + second, 30, 5);
        fs::remove(spool / toString(helper::SpoolFileName{2, first, 10}));
        QCOMPARE(readAll(**reader, seen), ReadStatus::Waiting);
        QCOMPARE(seen.numbers.size(), std::size_t{15});
        QCOMPARE(seen.numbers.back(), std::uint64_t{35});
        QCOMPARE((*reader)->facts().ringLosses, std::uint64_t{20});
        QVERIFY(!(*reader)->messages().empty());
        const Timestamp tenth{1'000'009'000'000};
        const Timestamp thirtyFirst{1'000'030'000'000};
        const std::vector<LossSpan> lost{{{tenth, thirtyFirst}, 0, 0, 20}};
        QVERIFY((*reader)->facts().losses == lost);
        QVERIFY(!(*reader)->facts().ringRemoved);
        fs::remove(spool / toString(helper::SpoolFileName{1, 0, 0})); // read before: nothing more is lost
        QCOMPARE(readAll(**reader, seen), ReadStatus::Waiting);
        QCOMPARE((*reader)->facts().ringLosses, std::uint64_t{20});
        QVERIFY(((*reader)->facts().ringRemoved == TimeRange{{1'000'000'000'000}, thirtyFirst}));
        complete.request_stop();
        QCOMPARE(readAll(**reader, seen), ReadStatus::End);
    }

    void whatTheRingRemovedBeforeTheFirstLookIsMissed()
    {
        QTemporaryDir folder;
        const fs::path spool = folder.path().toStdString();
        writeFile(spool, 3, 1000, 30, 5);
        auto reader = CaptureReader::open(spool);
        QVERIFY(reader.ok());
        Seen seen;
        QCOMPARE(readAll(**reader, seen), ReadStatus::End);
        QCOMPARE(seen.numbers.front(), std::uint64_t{31});
        QCOMPARE((*reader)->facts().ringLosses, std::uint64_t{30});
        QCOMPARE((*reader)->facts().losses.size(), std::size_t{1});
        QCOMPARE((*reader)->facts().losses[0].ringLosses, std::uint64_t{30});
    }

    void savedAsOneSection()
    {
        QTemporaryDir folder;
        const fs::path spool = fs::path(folder.path().toStdString()) / "s";
        fs::create_directory(spool);
        const std::uint64_t first = writeFile(spool, 1, 0, 0, 100);
        writeFile(spool, 2, first, 100, 50);
        const fs::path target = fs::path(folder.path().toStdString()) / "saved.pcapng";
        QVERIFY(saveSpool(spool, target, false, {}).ok());
        auto reader = CaptureReader::open(target);
        QVERIFY(reader.ok());
        Seen seen;
        QCOMPARE(readAll(**reader, seen), ReadStatus::End);
        QCOMPARE(seen.numbers.size(), std::size_t{150});
        QCOMPARE((*reader)->facts().sections, 1U);
        QCOMPARE((*reader)->facts().interfaces.size(), std::size_t{1});
        QVERIFY(!saveSpool(spool, target, false, {}).ok()); // it is there already
        QVERIFY(removeSpool(spool, Removal::Shred).ok());
        QVERIFY(!fs::exists(spool));
    }

    void leftSpoolsAreThoseWithoutAProgram()
    {
        QTemporaryDir folder;
        const fs::path root = folder.path().toStdString();
        auto mine = Spool::create(root, {"eth0", "tcp", {1'700'000'000'000'000'000}});
        QVERIFY(mine.ok());
        QCOMPARE(fs::status(mine->path()).permissions() & fs::perms::mask, fs::perms::owner_all);
        writeFile(mine->path(), 1, 0, 0, 3);
        QVERIFY(findLeftSpools(root).empty());
        const fs::path path = mine->path();
        {
            const Spool gone = std::move(*mine);
        } // as if the program had ended
        const auto left = findLeftSpools(root);
        QCOMPARE(left.size(), std::size_t{1});
        QCOMPARE(left[0].path, path);
        QCOMPARE(left[0].about.title, std::string("eth0"));
        QCOMPARE(left[0].about.filter, std::string("tcp"));
        QVERIFY(left[0].bytes > 0);
    }

    void filtersAreCheckedWithoutTheNetwork()
    {
        using Verdict = FilterCheck::Verdict;
        QCOMPARE(checkCaptureFilter("tcp port 443 and host 192.0.2.1").verdict, Verdict::Fine);
        QCOMPARE(checkCaptureFilter("host www.example.org").verdict, Verdict::NameLookup);
        const FilterCheck wrong = checkCaptureFilter("tcp port 80 and and");
        QCOMPARE(wrong.verdict, Verdict::Fault);
        QCOMPARE(wrong.fault.position, std::size_t{16});
        QCOMPARE(checkCaptureFilter("tcp port").verdict, Verdict::Fault);
    }

    void aReplayGivesTheFlowsOfTheFile()
    {
        QTemporaryDir folder;
        pipeline::LiveRequest request;
        request.options.replay = fs::path(TIMBRE_SOURCE_DIR) / "resources/samples/office.pcapng";
        request.options.replaySpeed = 0;
        request.spoolRoot = folder.path().toStdString();
        pipeline::NoSink sink;
        auto live = pipeline::LiveRun::start(request, {}, sink);
        QVERIFY(live.ok());
        while ((*live)->step()) {
        }
        (*live)->finish();
        auto file = pipeline::AnalysisRun::open(request.options.replay, {}, sink);
        QVERIFY(file.ok());
        while ((*file)->step()) {
        }
        (*file)->finish();
        const auto a = (*live)->run().analysis().publishFlows();
        const auto b = (*file)->analysis().publishFlows();
        QCOMPARE(a->size(), b->size());
        QVERIFY(a->size() > 100);
        QCOMPARE(testing::firstDifference(*a, *b), std::string());
        QCOMPARE((*live)->facts().lagPackets, std::uint64_t{0});
    }
};

QTEST_GUILESS_MAIN(SpoolTest)
#include "spool_test.moc"
