// Plays a saved file back as if it were live: writes its packets into the spool at the pace at which they were
// captured. Times stay those of the file, so that the analysis is that of the file.

#include "engine/base/thread_name.h"
#include "engine/capture/capture_reader.h"
#include "engine/capture/capture_writer.h"
#include "engine/capture/live_source_private.h"

#include <chrono>
#include <condition_variable>

namespace timbre::capture {

namespace {

using Clock = std::chrono::steady_clock;
constexpr auto kTell = std::chrono::milliseconds(50);
constexpr std::int64_t kLongestPauseNs = 3600 * kNsPerSecond; // of the file, before speed; gaps of days are cut short

class ReplaySource final : public LiveSourceBase {
public:
    ReplaySource(LiveOptions options, std::unique_ptr<CaptureReader> reader, PcapngWriter writer)
        : m_options(std::move(options))
        , m_reader(std::move(reader))
        , m_writer(std::move(writer))
    {
        change([&](LiveStatus& status) {
            status.state = LiveState::Capturing;
            status.interfaces.emplace_back().name = m_options.title();
        });
        m_thread = std::jthread([this] { run(); });
    }
    ~ReplaySource() override { stop(); }

private:
    void run();
    Result<void> play(const RecordBlock& block);
    Result<void> playOne(const Record& record);
    bool waitFor(Timestamp time);
    Result<void> tell();
    [[nodiscard]] bool limitReached();

    LiveOptions m_options;
    std::unique_ptr<CaptureReader> m_reader;
    PcapngWriter m_writer;
    std::size_t m_interfacesWritten = 0;
    LiveInterfaceFigures m_figures; // not yet told
    LiveEnd m_end = LiveEnd::Asked;
    Clock::time_point m_lastTold = Clock::now();
    Clock::time_point m_due = Clock::now(); // when the packet before was due
    std::optional<Timestamp> m_before;      // its time
    Clock::time_point m_begin = Clock::now();
    std::mutex m_sleepMutex;
    std::condition_variable_any m_sleep;
    std::jthread m_thread; // last: it uses everything above
};

void ReplaySource::run()
{
    setThreadName("timbre-replay");
    RecordBlock block;
    Result<void> written;
    while (written && !m_stop.stop_requested() && m_reader->read(block) == ReadStatus::Records)
        written = play(block);
    if (written && !m_stop.stop_requested())
        m_end = LiveEnd::FileEnd;
    if (written)
        written = tell();
    ended(written ? m_end : LiveEnd::Failed, written ? std::nullopt : std::optional(written.error()));
}

Result<void> ReplaySource::play(const RecordBlock& block)
{
    for (const Record& record : block.records()) {
        if (!waitFor(record.time) || limitReached())
            return {};
        if (auto written = playOne(record); !written)
            return written;
    }
    return {};
}

Result<void> ReplaySource::playOne(const Record& record)
{
    const auto& interfaces = m_reader->facts().interfaces;
    for (; m_interfacesWritten <= record.interfaceIndex; ++m_interfacesWritten) {
        const InterfaceFacts& facts = interfaces[m_interfacesWritten];
        const WriterInterface interface {
            facts.linkType, facts.snapLength, facts.name, facts.description
        };
        if (auto added = m_writer.addInterface(interface); !added)
            return added.error();
    }
    if (auto written = m_writer.write(record.interfaceIndex, record.time, record.bytes, record.originalLength);
        !written)
        return written;
    ++m_figures.written;
    ++m_figures.received;
    m_figures.writtenBytes += record.bytes.size();
    m_figures.lastPacket = record.time;
    return Clock::now() - m_lastTold > kTell ? tell() : Result<void>();
}

bool ReplaySource::limitReached()
{
    if (m_options.maxPackets > 0 && m_figures.written >= m_options.maxPackets)
        m_end = LiveEnd::Packets;
    else if (m_options.maxBytes > 0 && m_figures.writtenBytes >= m_options.maxBytes)
        m_end = LiveEnd::Bytes;
    else if (m_options.maxSeconds > 0 && Clock::now() - m_begin >= std::chrono::seconds(m_options.maxSeconds))
        m_end = LiveEnd::Time;
    else
        return false;
    m_stop.request_stop();
    return true;
}

/// False when the replay was stopped meanwhile. The pace is kept from packet to packet, so that a slow moment is made
/// up.
bool ReplaySource::waitFor(Timestamp time)
{
    if (m_options.replaySpeed <= 0)
        return !m_stop.stop_requested();
    const std::int64_t pause = m_before ? std::clamp<std::int64_t>(elapsedNs(*m_before, time), 0, kLongestPauseNs) : 0;
    m_before = time;
    m_due += std::chrono::nanoseconds(static_cast<std::int64_t>(static_cast<double>(pause) / m_options.replaySpeed));
    while (!m_stop.stop_requested() && Clock::now() < m_due) {
        if (!tell())
            return true; // the next write says the same
        std::unique_lock lock(m_sleepMutex);
        m_sleep.wait_until(lock, m_stop.get_token(), std::min(m_due, Clock::now() + kTell), [] { return false; });
    }
    return !m_stop.stop_requested();
}

/// First to the file, then the figures.
Result<void> ReplaySource::tell()
{
    m_lastTold = Clock::now();
    auto flushed = m_writer.sync();
    m_figures.name = m_options.title();
    if (flushed)
        change([&](LiveStatus& status) { status.interfaces.front() = m_figures; });
    return flushed;
}

} // namespace

Result<std::unique_ptr<LiveSource>> startReplay(const LiveOptions& options, const Spool& spool)
{
    auto reader = CaptureReader::open(options.replay);
    if (!reader)
        return reader.error();
    const helper::SpoolFileName name{1, 0, 0};
    auto writer = PcapngWriter::createGrowing(spool.path() / toString(name), {false, "timbre " TIMBRE_VERSION});
    if (!writer)
        return writer.error();
    return Result<std::unique_ptr<LiveSource>>(
        std::make_unique<ReplaySource>(options, std::move(*reader), std::move(*writer)));
}

} // namespace timbre::capture
