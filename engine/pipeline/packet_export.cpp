#include "engine/pipeline/packet_export.h"

#include "engine/capture/bpf_filter.h"
#include "engine/capture/capture_writer.h"
#include "engine/pipeline/packet_scan.h"

#include <algorithm>
#include <map>
#include <random>

namespace timbre::pipeline {

namespace {

/// Packets whose frame numbers can be wanted at all.
struct Stretch {
    std::uint64_t first = 1;
    std::uint64_t last = ~std::uint64_t{0};
};

Stretch stretchOf(const PacketExportRequest& request)
{
    if (request.allPackets || request.wanted.empty())
        return {};
    Stretch stretch{~std::uint64_t{0}, 0};
    for (const std::uint32_t index : request.wanted) {
        const flow::FlowRecord& flow = (*request.flows)[index];
        stretch.first = std::min(stretch.first, flow.firstPacket);
        stretch.last = std::max(stretch.last, flow.lastPacket);
    }
    return stretch;
}

class PacketExporter {
public:
    PacketExporter(const PacketExportRequest& request, capture::CaptureReader& reader, capture::PcapngWriter& writer,
                   std::optional<capture::BpfFilter> filter)
        : m_request(request)
        , m_reader(reader)
        , m_writer(writer)
        , m_filter(std::move(filter))
        , m_stretch(stretchOf(request))
    {
        if (!request.allPackets)
            m_matcher.emplace(request.flows, request.wanted, std::random_device{}());
    }

    Result<void> run(const std::stop_token& stop, const ExportProgress& progress)
    {
        if (auto entered = enter(); !entered)
            return entered;
        capture::RecordBlock block;
        while (!m_pastEnd && m_reader.read(block) == capture::ReadStatus::Records) {
            if (stop.stop_requested())
                return Error{ErrorCode::Cancelled, "The export was stopped; no file was written.", {}};
            for (const capture::Record& record : block.records()) {
                if (auto written = take(record); !written)
                    return written;
            }
            const std::uint64_t total = m_reader.facts().fileBytes;
            if (progress && total > 0)
                progress(static_cast<double>(m_reader.fileBytesRead()) / static_cast<double>(total));
        }
        return {};
    }

private:
    Result<void> enter()
    {
        if (!m_request.checkpoints)
            return {};
        const capture::Checkpoint* best = nullptr;
        for (const capture::Checkpoint& place : *m_request.checkpoints) {
            if (place.packetsBefore < m_stretch.first)
                best = &place;
        }
        return best ? m_reader.resume(*best) : Result<void>{};
    }

    Result<void> take(const capture::Record& record)
    {
        m_pastEnd = record.number > m_stretch.last;
        if (m_pastEnd || !wants(record))
            return {};
        auto interface = interfaceFor(record);
        if (!interface)
            return interface.error();
        const Bytes kept = m_request.headersOnly ? record.bytes.first(headerLength(record)) : record.bytes;
        return m_writer.write(*interface, record.time, kept, record.originalLength);
    }

    /// Up to the payload of the outermost flow. Of what is no flow (ARP …) kNoFlowBytes are kept.
    std::size_t headerLength(const capture::Record& record)
    {
        constexpr std::size_t kNoFlowBytes = 64;
        if (!m_matcher) { // else belongsToWantedFlow() has decoded it
            m_decoded.clear();
            m_decoder.decode(record.time, record.linkType, record.bytes, m_decoded);
        }
        if (m_decoded.outer.empty() || !m_decoded.outer.front().matched)
            return std::min(record.bytes.size(), kNoFlowBytes);
        const std::size_t payload = m_decoded.outer.front().payload.size();
        const std::size_t behind = m_decoded.outer.front().payload.data() - record.bytes.data();
        return payload == 0 ? record.bytes.size() : std::min(behind, record.bytes.size());
    }

    bool wants(const capture::Record& record)
    {
        if (m_request.range && !m_request.range->contains(record.time))
            return false;
        if (m_filter && !m_filter->matches(record.linkType, record.bytes, record.originalLength))
            return false;
        return !m_matcher || belongsToWantedFlow(record);
    }

    bool belongsToWantedFlow(const capture::Record& record)
    {
        m_decoded.clear();
        m_decoder.decode(record.time, record.linkType, record.bytes, m_decoded);
        bool found = false;
        // Every packet is asked about, found or not: the matcher follows the file.
        for (const decode::Packet& packet : m_decoded.outer)
            found |= packet.matched && m_matcher->find(packet.key, false, record.number) != flow::kNoFlow;
        for (const decode::InnerPacket& inner : m_decoded.inner) {
            if (inner.depth > 0 && inner.packet.matched)
                found |= m_matcher->find(inner.packet.key, true, record.number) != flow::kNoFlow;
        }
        return found;
    }

    /// Interfaces are written with their first packet, so that the new file lists those it uses.
    Result<std::uint32_t> interfaceFor(const capture::Record& record)
    {
        const auto known = m_interfaces.find(record.interfaceIndex);
        if (known != m_interfaces.end())
            return known->second;
        capture::WriterInterface interface {
            .linkType = record.linkType, .snapLength = 0, .name = {}, .description = {}
        };
        const auto& all = m_reader.facts().interfaces;
        if (record.interfaceIndex < all.size()) {
            interface.snapLength = all[record.interfaceIndex].snapLength;
            interface.name = all[record.interfaceIndex].name;
            interface.description = all[record.interfaceIndex].description;
        }
        auto number = m_writer.addInterface(interface);
        if (number)
            m_interfaces.emplace(record.interfaceIndex, *number);
        return number;
    }

    const PacketExportRequest& m_request;
    capture::CaptureReader& m_reader;
    capture::PcapngWriter& m_writer;
    std::optional<capture::BpfFilter> m_filter;
    std::optional<FlowMatcher> m_matcher; // none: all packets
    decode::Decoder m_decoder;
    decode::DecodedBatch m_decoded;
    std::map<std::uint32_t, std::uint32_t> m_interfaces; // ours by theirs
    Stretch m_stretch;
    bool m_pastEnd = false;
};

} // namespace

Result<std::uint64_t> exportPackets(const PacketExportRequest& request, const std::stop_token& stop,
                                    const ExportProgress& progress)
{
    std::optional<capture::BpfFilter> filter;
    if (!request.captureFilter.empty()) {
        auto compiled = capture::BpfFilter::compile(request.captureFilter);
        if (!compiled)
            return compiled.error();
        filter.emplace(std::move(*compiled));
    }
    auto reader = reopenCapture(request.source, request.sourceBytes);
    if (!reader)
        return reader.error();
    auto writer = capture::PcapngWriter::create(
        request.target, {.overwrite = request.overwrite, .application = std::string("Timbre ") + TIMBRE_VERSION});
    if (!writer)
        return writer.error();
    PacketExporter exporter(request, **reader, *writer, std::move(filter));
    if (auto done = exporter.run(stop, progress); !done)
        return done.error();
    if (auto finished = writer->finish(); !finished)
        return finished.error();
    return writer->packets();
}

} // namespace timbre::pipeline
