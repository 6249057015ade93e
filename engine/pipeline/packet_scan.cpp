#include "engine/pipeline/packet_scan.h"

#include <algorithm>
#include <chrono>
#include <limits>
#include <random>
#include <system_error>

namespace timbre::pipeline {

namespace {

using Clock = std::chrono::steady_clock; // paces the reports, never the results

constexpr auto kReportInterval = std::chrono::milliseconds(50);
constexpr std::size_t kRowsPerReport = 16'384;

std::uint64_t randomSeed()
{
    std::random_device device;
    return (static_cast<std::uint64_t>(device()) << 32U) | device();
}

/// Stretches of packet numbers that hold wanted packets, sorted and merged where they touch.
struct Stretch {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
};

/// The wanted flows that exist, each once.
std::vector<std::uint32_t> wantedFlows(const ScanRequest& request)
{
    std::vector<std::uint32_t> flows = request.wanted;
    std::sort(flows.begin(), flows.end());
    flows.erase(std::unique(flows.begin(), flows.end()), flows.end());
    const std::size_t known = request.flows ? request.flows->size() : 0;
    std::erase_if(flows, [known](std::uint32_t flow) { return flow >= known; });
    return flows;
}

std::vector<Stretch> stretchesOf(const ScanRequest& request, const std::vector<std::uint32_t>& wanted)
{
    if (request.allPackets)
        return {{1, std::numeric_limits<std::uint64_t>::max()}};
    std::vector<Stretch> stretches;
    stretches.reserve(wanted.size());
    for (const std::uint32_t row : wanted) {
        const flow::FlowRecord& record = (*request.flows)[row];
        stretches.push_back({record.firstPacket, record.lastPacket});
    }
    std::sort(stretches.begin(), stretches.end(), [](const Stretch& a, const Stretch& b) { return a.first < b.first; });
    std::vector<Stretch> merged;
    for (const Stretch& stretch : stretches) {
        if (!merged.empty() && stretch.first <= merged.back().last + 1)
            merged.back().last = std::max(merged.back().last, stretch.last);
        else
            merged.push_back(stretch);
    }
    return merged;
}

Error changedError(const std::filesystem::path& path)
{
    return {ErrorCode::Invalid, "The capture file has changed since it was analysed. Open it again to see its packets.",
            path.string()};
}

class Search {
public:
    Search(std::uint64_t number, const ScanRequest& request, const std::stop_token& stop,
           const PacketScan::Callback& callback)
        : m_number(number)
        , m_request(request)
        , m_stop(stop)
        , m_callback(callback)
        , m_wanted(wantedFlows(request))
        , m_stretches(stretchesOf(request, m_wanted))
        , m_matcher(request.flows, request.allPackets ? std::nullopt : std::optional(m_wanted), randomSeed())
        , m_decoder(decoderOptions())
    {
    }

    void run()
    {
        if (m_stretches.empty()) {
            finish({});
            return;
        }
        auto opened = reopenCapture(m_request.path, m_request.fileBytes);
        if (!opened) {
            finish(opened.error());
            return;
        }
        m_reader = std::move(*opened);
        m_canSkip = m_reader->facts().compression.empty();
        if (auto entered = enterNear(m_stretches.front().first); !entered) {
            finish(entered.error());
            return;
        }
        readOn();
    }

private:
    decode::DecoderOptions decoderOptions() const
    {
        decode::DecoderOptions options;
        // Fragments matter only for what is inside a tunnel that was itself fragmented.
        options.tunnels = options.reassemble = m_matcher.hasTunnelFlows();
        return options;
    }

    /// Continues at the last checkpoint before packet `first`, unless reading is already past it.
    Result<void> enterNear(std::uint64_t first)
    {
        if (!m_request.checkpoints || m_request.checkpoints->empty())
            return {};
        const auto& all = *m_request.checkpoints;
        auto after = std::partition_point(all.begin(), all.end(),
                                          [first](const capture::Checkpoint& c) { return c.packetsBefore < first; });
        // One place earlier for tunnels: the first fragments of a datagram may lie before the packet that completes it.
        if (m_matcher.hasTunnelFlows() && after != all.begin())
            --after;
        if (after == all.begin())
            return {};
        const capture::Checkpoint& place = *std::prev(after);
        if (place.packetsBefore <= m_packetsRead)
            return {};
        auto resumed = m_reader->resume(place);
        if (resumed)
            m_packetsRead = place.packetsBefore;
        return resumed;
    }

    void readOn()
    {
        const std::uint64_t last = m_stretches.back().last;
        capture::RecordBlock block;
        while (m_packetsRead < last) {
            if (m_stop.stop_requested())
                return;
            const capture::Checkpoint place = m_reader->checkpoint();
            if (m_reader->read(block) != capture::ReadStatus::Records) {
                finish(checkComplete());
                return;
            }
            if (!takeBlock(block, place))
                return;
            if (auto skipped = skipGap(); !skipped) {
                finish(skipped.error());
                return;
            }
        }
        finish(checkComplete());
    }

    /// False when the search is over: stopped or capped.
    bool takeBlock(const capture::RecordBlock& block, const capture::Checkpoint& place)
    {
        const auto& records = block.records();
        m_packetsRead = records.back().number;
        m_batch.clear();
        for (const capture::Record& record : records)
            m_decoder.decode(record.time, record.linkType, record.bytes, m_batch);
        m_placeKnown = false;
        std::size_t inner = 0;
        for (std::size_t i = 0; i < records.size(); ++i) {
            const bool wanted = matchFrame(records[i], i, inner);
            if (!wanted || (m_request.range && !m_request.range->contains(records[i].time)))
                continue;
            if (m_rows == m_request.maxRows) {
                m_capped = true;
                finish({});
                return false;
            }
            addRow(records[i], place);
        }
        if (m_chunk.rows.size() >= kRowsPerReport || Clock::now() - m_lastReport >= kReportInterval ||
            m_rowsReported == 0)
            report(false, {});
        return true;
    }

    /// Fills m_row with whose packet the frame is. `inner` walks along with the frames.
    bool matchFrame(const capture::Record& record, std::size_t frame, std::size_t& inner)
    {
        const decode::Packet* packet = &m_batch.outer[frame];
        std::uint32_t flow = packet->matched ? m_matcher.find(packet->key, false, record.number) : flow::kNoFlow;
        m_found += flow != flow::kNoFlow ? 1 : 0;
        for (; inner < m_batch.inner.size() && m_batch.inner[inner].frameIndex <= frame; ++inner) {
            const decode::InnerPacket& candidate = m_batch.inner[inner];
            if (flow != flow::kNoFlow || candidate.depth == 0 || !candidate.packet.matched)
                continue;
            flow = m_matcher.find(candidate.packet.key, true, record.number);
            if (flow != flow::kNoFlow)
                packet = &candidate.packet;
        }
        m_row = {};
        m_row.flow = flow;
        m_row.payloadLength = packet->payloadLength;
        m_row.tcpFlags = packet->tcpFlags;
        if (flow != flow::kNoFlow) {
            const bool initiator = packet->reverse == (*m_request.flows)[flow].initiatorIsB;
            m_row.direction = initiator ? Direction::Initiator : Direction::Responder;
        }
        return m_request.allPackets || flow != flow::kNoFlow;
    }

    void addRow(const capture::Record& record, const capture::Checkpoint& place)
    {
        if (!m_placeKnown) {
            m_chunk.places.push_back(place);
            m_placeKnown = true;
        }
        m_row.time = record.time;
        m_row.number = record.number;
        m_row.offset = record.offset;
        m_row.capturedLength = static_cast<std::uint32_t>(record.bytes.size());
        m_row.originalLength = record.originalLength;
        m_row.interfaceIndex = record.interfaceIndex;
        m_row.linkType = record.linkType;
        m_row.place = static_cast<std::uint32_t>(m_chunk.places.size() - 1);
        m_chunk.rows.push_back(m_row);
        ++m_rows;
    }

    /// Where no wanted flow lives, the next checkpoint saves reading. A compressed file has to be read through anyway.
    Result<void> skipGap()
    {
        while (m_stretch < m_stretches.size() && m_stretches[m_stretch].last <= m_packetsRead)
            ++m_stretch;
        if (!m_canSkip || m_stretch == m_stretches.size() || m_stretches[m_stretch].first <= m_packetsRead + 1)
            return {};
        return enterNear(m_stretches[m_stretch].first);
    }

    [[nodiscard]] double fraction() const
    {
        if (m_request.allPackets && m_request.packetsTotal == 0) {
            const auto total = static_cast<double>(m_reader->facts().fileBytes);
            return total > 0 ? std::min(1.0, static_cast<double>(m_reader->fileBytesRead()) / total) : 1.0;
        }
        const std::uint64_t first = m_stretches.front().first;
        const std::uint64_t last = m_request.allPackets ? m_request.packetsTotal : m_stretches.back().last;
        if (m_packetsRead < first || last < first)
            return 0.0;
        return std::min(1.0, static_cast<double>(m_packetsRead - first + 1) / static_cast<double>(last - first + 1));
    }

    /// Every packet that the analysis counted must have been met again.
    [[nodiscard]] std::optional<Error> checkComplete() const
    {
        if (m_request.allPackets)
            return {};
        std::uint64_t expected = 0;
        for (const std::uint32_t row : m_wanted) {
            const flow::FlowRecord& record = (*m_request.flows)[row];
            expected += record.tunnel == decode::Tunnel::None ? record.packets() : 0;
        }
        return m_found < expected ? std::optional(changedError(m_request.path)) : std::nullopt;
    }

    void report(bool finished, std::optional<Error> failure)
    {
        ScanReport report;
        report.request = m_number;
        report.rowsSoFar = m_rows;
        report.finished = finished;
        report.capped = m_capped;
        report.failure = std::move(failure);
        report.fraction = finished || !m_reader ? 1.0 : fraction();
        if (!m_chunk.rows.empty()) {
            report.chunk = std::make_shared<const PacketChunk>(std::exchange(m_chunk, {}));
            m_placeKnown = false;
        }
        m_rowsReported = m_rows;
        m_lastReport = Clock::now();
        m_callback(report);
    }

    void finish(std::optional<Error> failure)
    {
        if (!m_stop.stop_requested())
            report(true, std::move(failure));
    }

    const std::uint64_t m_number;
    const ScanRequest& m_request;
    const std::stop_token& m_stop;
    const PacketScan::Callback& m_callback;
    const std::vector<std::uint32_t> m_wanted;
    const std::vector<Stretch> m_stretches;
    FlowMatcher m_matcher;
    decode::Decoder m_decoder;
    std::unique_ptr<capture::CaptureReader> m_reader;
    decode::DecodedBatch m_batch;
    PacketChunk m_chunk; // rows not yet handed out
    PacketRow m_row;
    bool m_placeKnown = false; // the block being read has its place in m_chunk
    bool m_canSkip = false;
    bool m_capped = false;
    std::size_t m_stretch = 0;       // the first one not yet behind
    std::uint64_t m_packetsRead = 0; // number of the last packet read
    std::uint64_t m_found = 0;       // packets of outer flows, in any time
    std::uint64_t m_rows = 0;
    std::uint64_t m_rowsReported = 0;
    Clock::time_point m_lastReport;
};

} // namespace

Result<std::unique_ptr<capture::CaptureReader>> reopenCapture(const std::filesystem::path& path,
                                                              std::uint64_t expectedBytes)
{
    std::error_code problem;
    if (std::filesystem::is_directory(path, problem))
        return capture::CaptureReader::open(path); // a spool: only the ring changes it, and the reader knows rings
    const std::uintmax_t size = std::filesystem::file_size(path, problem);
    if (problem == std::errc::no_such_file_or_directory)
        return Error{ErrorCode::NotFound,
                     "The capture file is no longer where it was. Put it back, or open it from its new place.",
                     path.string()};
    if (problem)
        return Error{ErrorCode::Unreadable, "The capture file cannot be read again.",
                     path.string() + ": " + problem.message()};
    if (expectedBytes != 0 && size != expectedBytes)
        return changedError(path);
    return capture::CaptureReader::open(path);
}

ScanRequest scanOfAllPackets(const CaptureSnapshot& capture)
{
    ScanRequest request;
    request.path = capture.path;
    // A file that is still being read may still grow, too.
    request.fileBytes = capture.phase == Phase::Finished ? capture.facts.fileBytes : 0;
    request.checkpoints = capture.checkpoints;
    request.flows = capture.flows;
    request.packetsTotal = capture.counters.packets;
    request.allPackets = true;
    return request;
}

ScanRequest scanOfFlows(const CaptureSnapshot& capture, std::vector<std::uint32_t> flows)
{
    ScanRequest request = scanOfAllPackets(capture);
    request.allPackets = false;
    request.wanted = std::move(flows);
    return request;
}

void scanPackets(std::uint64_t number, const ScanRequest& request, const std::stop_token& stop,
                 const PacketScan::Callback& callback)
{
    Search(number, request, stop, callback).run();
}

PacketScan::PacketScan(Callback callback)
    : m_callback(std::move(callback))
    , m_job("packet-scan", [this](std::uint64_t number, const ScanRequest& request, const std::stop_token& stop) {
        scanPackets(number, request, stop, m_callback);
    })
{
}

} // namespace timbre::pipeline
