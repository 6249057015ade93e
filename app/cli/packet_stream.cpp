#include "app/cli/packet_stream.h"

#include "app/cli/console.h"
#include "engine/capture/bpf_filter.h"
#include "engine/pipeline/flow_matcher.h"

#include <algorithm>
#include <random>

namespace timbre::cli {

namespace {

class PacketStream {
public:
    PacketStream(const PacketRequest& request, std::unique_ptr<capture::CaptureReader> reader,
                 capture::BpfFilter filter)
        : m_request(request)
        , m_reader(std::move(reader))
        , m_filter(std::move(filter))
    {
        if (!request.flows)
            return;
        m_matcher.emplace(request.flows, request.wanted, std::random_device{}());
        m_lastWanted = 0;
        for (const std::uint32_t index : request.wanted)
            m_lastWanted = std::max(m_lastWanted, (*request.flows)[index].lastPacket);
    }

    PacketsRead run(const TakePacket& take)
    {
        PacketsRead read;
        capture::RecordBlock block;
        bool more = true;
        while (more && !interrupted() && m_reader->read(block) == capture::ReadStatus::Records)
            more = takeBlock(block, take, read);
        read.messages = m_reader->messages();
        return read;
    }

private:
    bool takeBlock(const capture::RecordBlock& block, const TakePacket& take, PacketsRead& read)
    {
        for (const capture::Record& record : block.records()) {
            if (record.number > m_lastWanted)
                return false;
            read.lastPacket = record.number;
            const std::uint32_t flow = flowOf(record);
            if ((!m_matcher || flow != flow::kNoFlow) && passes(record) && !take(record, flow))
                return false;
        }
        return true;
    }

    bool passes(const capture::Record& record)
    {
        return (!m_request.range || m_request.range->contains(record.time)) &&
               m_filter.matches(record.linkType, record.bytes, record.originalLength);
    }

    /// The matcher follows the file: every packet is asked about, wanted or not.
    std::uint32_t flowOf(const capture::Record& record)
    {
        if (!m_matcher)
            return flow::kNoFlow;
        m_decoded.clear();
        m_decoder.decode(record.time, record.linkType, record.bytes, m_decoded);
        std::uint32_t flow = flow::kNoFlow;
        const auto ask = [&](const decode::Packet& packet, bool inTunnel) {
            const std::uint32_t found =
                packet.matched ? m_matcher->find(packet.key, inTunnel, record.number) : flow::kNoFlow;
            flow = flow == flow::kNoFlow ? found : flow;
        };
        for (const decode::Packet& packet : m_decoded.outer)
            ask(packet, false);
        for (const decode::InnerPacket& inner : m_decoded.inner) {
            if (inner.depth > 0)
                ask(inner.packet, true);
        }
        return flow;
    }

    const PacketRequest& m_request;
    std::unique_ptr<capture::CaptureReader> m_reader;
    capture::BpfFilter m_filter;
    std::optional<pipeline::FlowMatcher> m_matcher; // none: flows do not matter
    decode::Decoder m_decoder;
    decode::DecodedBatch m_decoded;
    std::uint64_t m_lastWanted = ~std::uint64_t{0};
};

} // namespace

Result<PacketsRead> readPackets(const PacketRequest& request, const TakePacket& take)
{
    auto filter = capture::BpfFilter::compile(request.captureFilter);
    if (!filter)
        return filter.error();
    auto reader =
        capture::CaptureReader::open(request.file, {.follow = false, .blockBytes = request.blockBytes, .cancel = {}});
    if (!reader)
        return reader.error();
    return PacketStream(request, std::move(*reader), std::move(*filter)).run(take);
}

} // namespace timbre::cli
