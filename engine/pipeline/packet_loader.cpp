#include "engine/pipeline/packet_loader.h"

#include "engine/decode/decoder.h"
#include "engine/protocol/application_layers.h"

#include <algorithm>

namespace timbre::pipeline {

namespace {

Error vanishedPacket(const std::filesystem::path& path, std::uint64_t number)
{
    return {ErrorCode::Invalid,
            "Packet " + std::to_string(number) +
                " is no longer in the capture file. The file has changed since it was analysed; open it again.",
            path.string()};
}

/// Reads forward through a file, keeping the packets that were asked for.
class Pass {
public:
    Pass(std::unique_ptr<capture::CaptureReader> reader, const std::filesystem::path& path)
        : m_reader(std::move(reader))
        , m_path(path)
        // In a compressed file every jump reads all that lies before; one pass is cheaper.
        , m_mayJump(m_reader->facts().compression.empty())
    {
    }

    Result<LoadedPacket> take(const PacketPlace& wanted, const std::stop_token& stop)
    {
        const auto& held = m_block.records();
        const bool inBlock =
            !held.empty() && held.front().number <= wanted.number && wanted.number <= held.back().number;
        if (!inBlock && wanted.place.packetsBefore > m_packetsRead && (m_mayJump || !m_jumped)) {
            if (auto resumed = m_reader->resume(wanted.place); !resumed)
                return resumed.error();
            m_packetsRead = wanted.place.packetsBefore;
            m_jumped = true;
        }
        while (m_packetsRead < wanted.number) {
            if (stop.stop_requested())
                return Error{ErrorCode::Cancelled, "Loading packets was stopped.", {}};
            if (m_reader->read(m_block) != capture::ReadStatus::Records)
                return vanishedPacket(m_path, wanted.number);
            m_packetsRead = m_block.records().back().number;
        }
        return copyFromBlock(wanted);
    }

private:
    Result<LoadedPacket> copyFromBlock(const PacketPlace& wanted) const
    {
        const std::uint64_t number = wanted.number;
        const auto& records = m_block.records();
        const auto found = std::partition_point(records.begin(), records.end(),
                                                [number](const capture::Record& r) { return r.number < number; });
        if (found == records.end() || found->number != number)
            return vanishedPacket(m_path, number);
        LoadedPacket packet;
        packet.number = number;
        packet.time = found->time;
        packet.bytes.assign(found->bytes.begin(), found->bytes.end());
        packet.originalLength = found->originalLength;
        packet.interfaceIndex = found->interfaceIndex;
        packet.linkType = found->linkType;
        packet.app = wanted.app;
        return packet;
    }

    std::unique_ptr<capture::CaptureReader> m_reader;
    const std::filesystem::path& m_path;
    capture::RecordBlock m_block;
    std::uint64_t m_packetsRead = 0;
    const bool m_mayJump;
    bool m_jumped = false;
};

/// "a → b" as layers write their ends; empty texts when no layer has ends.
void endsFromLayers(const decode::LayerTree& tree, PacketText& text)
{
    constexpr std::string_view kArrow = " → ";
    for (const decode::LayerNode& layer : tree.layers) {
        const std::size_t at = layer.value.find(kArrow);
        if (at == std::string::npos)
            continue;
        text.source = layer.value.substr(0, at);
        text.destination = layer.value.substr(at + kArrow.size());
        return;
    }
}

} // namespace

decode::LayerTree describePacket(const LoadedPacket& packet)
{
    decode::LayerTree tree = decode::describe(packet.linkType, packet.bytes, packet.originalLength);
    protocol::describeApplication(tree, packet.bytes, packet.app);
    return tree;
}

PacketText textOf(const LoadedPacket& packet)
{
    const decode::LayerTree tree = describePacket(packet);
    PacketText text;
    text.protocol = tree.protocol;
    text.info = tree.summary;
    // The protocol stands in a column of its own.
    if (text.info.starts_with(tree.protocol + ' '))
        text.info.erase(0, tree.protocol.size() + 1);
    const decode::Packet outer = decode::decodeOuter(packet.linkType, packet.bytes);
    if (outer.matched) {
        text.source = toString(outer.reverse ? outer.key.b() : outer.key.a());
        text.destination = toString(outer.reverse ? outer.key.a() : outer.key.b());
    } else {
        endsFromLayers(tree, text);
    }
    return text;
}

Result<LoadedPacket> loadPacket(const std::filesystem::path& path, std::uint64_t fileBytes,
                                const std::vector<capture::Checkpoint>* checkpoints, std::uint64_t number)
{
    PacketPlace wanted{number, {}, flow::App::Unknown};
    if (checkpoints != nullptr) {
        const auto after =
            std::partition_point(checkpoints->begin(), checkpoints->end(),
                                 [number](const capture::Checkpoint& c) { return c.packetsBefore < number; });
        if (after != checkpoints->begin())
            wanted.place = *std::prev(after);
    }
    auto loaded = loadPackets(path, fileBytes, {wanted}, {});
    if (!loaded)
        return loaded.error();
    return std::move(loaded->front());
}

Result<std::vector<LoadedPacket>> loadPackets(const std::filesystem::path& path, std::uint64_t fileBytes,
                                              std::vector<PacketPlace> places, const std::stop_token& stop)
{
    auto reader = reopenCapture(path, fileBytes);
    if (!reader)
        return reader.error();
    std::sort(places.begin(), places.end(),
              [](const PacketPlace& a, const PacketPlace& b) { return a.number < b.number; });
    Pass pass(std::move(*reader), path);
    std::vector<LoadedPacket> packets;
    packets.reserve(places.size());
    for (const PacketPlace& place : places) {
        auto packet = pass.take(place, stop);
        if (!packet)
            return packet.error();
        packets.push_back(std::move(*packet));
    }
    return packets;
}

PacketLoader::PacketLoader(Callback callback)
    : m_callback(std::move(callback))
    , m_job("packet-load", [this](std::uint64_t number, const LoadRequest& request, const std::stop_token& stop) {
        auto loaded = loadPackets(request.path, request.fileBytes, request.places, stop);
        if (stop.stop_requested())
            return;
        LoadReport report;
        report.request = number;
        if (!loaded) {
            report.failure = loaded.error();
        } else {
            report.items.reserve(loaded->size());
            for (LoadedPacket& packet : *loaded) {
                PacketText text = textOf(packet);
                report.items.push_back({std::move(packet), std::move(text)});
            }
        }
        m_callback(std::move(report));
    })
{
}

} // namespace timbre::pipeline
