#include "engine/capture/capture_writer.h"
#include "tests/capture/capture_bytes.h"

#include <QTemporaryDir>
#include <QtTest>

#include <pcap/pcap.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <fstream>

using namespace timbre;
using namespace timbre::capture;
using namespace timbre::test;
using namespace std::string_literals;

namespace {

/// No file may grow beyond `bytes` while this lives: what a full disk looks like to a writer.
class SmallDisk {
public:
    explicit SmallDisk(rlim_t bytes)
    {
        ::getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit small{bytes, m_before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &small);
        m_handler = std::signal(SIGXFSZ, SIG_IGN);
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    ~SmallDisk()
    {
        ::setrlimit(RLIMIT_FSIZE, &m_before);
        std::signal(SIGXFSZ, m_handler);
    }

private:
    rlimit m_before = {};
    void (*m_handler)(int) = SIG_DFL;
};

} // namespace

class CaptureWriterTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void roundTrip();
    void libpcapReadsIt();
    void refusesToOverwrite();
    void overwrites();
    void refusesWhenTheNameIsTakenMeanwhile();
    void leavesNothingUnfinished();
    void fullDisk_data();
    void fullDisk();
    void noFolder();
    void notOntoADevice();
    void timesBefore1970();

private:
    [[nodiscard]] std::filesystem::path target() const { return m_folder->filePath("out.pcapng").toStdString(); }
    [[nodiscard]] int filesInFolder() const
    {
        return static_cast<int>(QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden).size());
    }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void CaptureWriterTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void CaptureWriterTest::roundTrip()
{
    auto writer = PcapngWriter::create(target(), {.overwrite = false, .application = "a program"});
    QVERIFY(writer.ok());
    QCOMPARE(*writer->addInterface({.linkType = 1, .snapLength = 96, .name = "eth0", .description = "uplink"}), 0U);
    for (unsigned i = 0; i < 2000; ++i) {
        if (i == 1000)
            QCOMPARE(*writer->addInterface({.linkType = 113, .snapLength = 0, .name = "any", .description = {}}), 1U);
        const std::string bytes = payload(i % 1500, i);
        const Timestamp time{1'700'000'000'123'456'789 + i};
        QVERIFY(writer->write(i < 1000 ? 0 : i % 2, time, asBytes(bytes), i % 1500 + 7).ok());
    }
    QVERIFY(!std::filesystem::exists(target()));
    QVERIFY(writer->finish().ok());
    QCOMPARE(filesInFolder(), 1);

    const WholeCapture whole = readFile(target());
    QVERIFY(whole.messages.empty());
    QCOMPARE(whole.records.size(), std::size_t{2000});
    for (unsigned i = 0; i < 2000; ++i) {
        const KeptRecord& record = whole.records[i];
        QCOMPARE(record.bytes, payload(i % 1500, i));
        QCOMPARE(record.originalLength, i % 1500 + 7);
        QCOMPARE(record.ns, 1'700'000'000'123'456'789 + i);
        QCOMPARE(record.linkType, std::uint16_t{i < 1000 || i % 2 == 0 ? std::uint16_t{1} : std::uint16_t{113}});
    }
    QCOMPARE(whole.facts.application, "a program"s);
    QCOMPARE(whole.facts.interfaces.at(0).name, "eth0"s);
    QCOMPARE(whole.facts.interfaces.at(0).description, "uplink"s);
    QCOMPARE(whole.facts.interfaces.at(0).snapLength, 96U);
    QCOMPARE(writer->packets(), std::uint64_t{2000});
}

void CaptureWriterTest::libpcapReadsIt()
{
    auto writer = PcapngWriter::create(target());
    QVERIFY(writer->addInterface({}).ok());
    for (unsigned i = 0; i < 10; ++i)
        QVERIFY(writer->write(0, {1'700'000'000'000'000'001}, asBytes(payload(i, i)), i).ok());
    QVERIFY(writer->finish().ok());

    char reason[PCAP_ERRBUF_SIZE] = {};
    pcap_t* handle = pcap_open_offline_with_tstamp_precision(target().c_str(), PCAP_TSTAMP_PRECISION_NANO, reason);
    QVERIFY2(handle != nullptr, reason);
    pcap_pkthdr* header = nullptr;
    const u_char* bytes = nullptr;
    unsigned packets = 0;
    while (pcap_next_ex(handle, &header, &bytes) == 1) {
        QCOMPARE(header->caplen, packets++);
        QCOMPARE(header->ts.tv_usec, suseconds_t{1});
    }
    QCOMPARE(packets, 10U);
    pcap_close(handle);
}

void CaptureWriterTest::refusesToOverwrite()
{
    std::ofstream(target()) << "precious";
    const auto writer = PcapngWriter::create(target());
    QVERIFY(!writer.ok());
    QVERIFY(writer.error().message.find("exists already") != std::string::npos);
    QCOMPARE(std::filesystem::file_size(target()), std::uintmax_t{8});
    QCOMPARE(filesInFolder(), 1);
}

void CaptureWriterTest::overwrites()
{
    std::ofstream(target()) << "old";
    auto writer = PcapngWriter::create(target(), {.overwrite = true, .application = {}});
    QVERIFY(writer.ok() && writer->addInterface({}).ok());
    QCOMPARE(std::filesystem::file_size(target()), std::uintmax_t{3}); // until it is finished
    QVERIFY(writer->finish().ok());
    QVERIFY(readFile(target()).opened);
    QCOMPARE(filesInFolder(), 1);
}

void CaptureWriterTest::refusesWhenTheNameIsTakenMeanwhile()
{
    auto writer = PcapngWriter::create(target());
    std::ofstream(target()) << "precious";
    QVERIFY(!writer->finish().ok());
    QCOMPARE(std::filesystem::file_size(target()), std::uintmax_t{8});
    QCOMPARE(filesInFolder(), 1);
}

void CaptureWriterTest::leavesNothingUnfinished()
{
    {
        auto writer = PcapngWriter::create(target());
        QVERIFY(writer->addInterface({}).ok());
        QVERIFY(writer->write(0, {1}, asBytes("abc"), 3).ok());
        auto moved = std::move(*writer);
        QCOMPARE(filesInFolder(), 1); // the temporary one
    }
    QCOMPARE(filesInFolder(), 0);
}

void CaptureWriterTest::fullDisk_data()
{
    QTest::addColumn<int>("packets");
    QTest::newRow("while writing") << 2000;
    QTest::newRow("at the end") << 150;
}

void CaptureWriterTest::fullDisk()
{
    QFETCH(int, packets);
    const SmallDisk disk(100'000);
    auto writer = PcapngWriter::create(target());
    QVERIFY(writer->addInterface({}).ok());
    Result<void> result;
    for (int i = 0; i < packets && result.ok(); ++i)
        result = writer->write(0, {i}, asBytes(payload(1000, 1)), 1000);
    QCOMPARE(result.ok(), packets == 150);
    const auto finished = writer->finish();
    const Error& error = result.ok() ? finished.error() : result.error();
    QVERIFY(!finished.ok());
    QCOMPARE(error.code, ErrorCode::Unwritable);
    QVERIFY2(error.message.find("Make room") != std::string::npos, error.message.c_str());
    QCOMPARE(filesInFolder(), 0);
}

void CaptureWriterTest::noFolder()
{
    const auto writer = PcapngWriter::create("/nowhere/out.pcapng");
    QVERIFY(!writer.ok());
    QVERIFY(writer.error().message.find("cannot be written") != std::string::npos);
}

void CaptureWriterTest::notOntoADevice()
{
    QVERIFY(!PcapngWriter::create("/dev/null", {.overwrite = true, .application = {}}).ok());
    struct stat status = {};
    QVERIFY(::stat("/dev/null", &status) == 0 && S_ISCHR(status.st_mode));
}

void CaptureWriterTest::timesBefore1970()
{
    auto writer = PcapngWriter::create(target());
    QVERIFY(writer->addInterface({}).ok());
    QVERIFY(writer->write(0, {-5}, asBytes("abc"), 3).ok());
    QVERIFY(writer->finish().ok());
    QCOMPARE(writer->timesClamped(), std::uint64_t{1});
    QCOMPARE(readFile(target()).records.at(0).ns, std::int64_t{0});
}

QTEST_GUILESS_MAIN(CaptureWriterTest)
#include "capture_writer_test.moc"
