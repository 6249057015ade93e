#pragma once

// Brings single packets back from the capture file: the bytes of the one that is looked at, and the words for the few
// rows of a packet list that are on screen. Texts and bytes of all packets are never held.

#include "engine/decode/layer_tree.h"
#include "engine/pipeline/newest_job.h"
#include "engine/pipeline/packet_scan.h"

#include <span>

namespace timbre::pipeline {

/// Which packet, and a place in the file at or before it.
struct PacketPlace {
    std::uint64_t number = 0;
    capture::Checkpoint place;
    flow::App app = flow::App::Unknown; // what its flow speaks: RTP shows only when that is known
};

struct LoadedPacket {
    std::uint64_t number = 0;
    Timestamp time;
    std::vector<std::byte> bytes; // what was captured
    std::uint32_t originalLength = 0;
    std::uint32_t interfaceIndex = 0;
    capture::LinkType linkType = 0;
    flow::App app = flow::App::Unknown; // as asked for
};

/// What the columns of a packet list say.
struct PacketText {
    std::string source; // address of the outermost addressed layer
    std::string destination;
    std::string protocol;
    std::string info;
};

/// Everything that can be read off one packet, applications included.
[[nodiscard]] decode::LayerTree describePacket(const LoadedPacket& packet);
[[nodiscard]] PacketText textOf(const LoadedPacket& packet);

/// One packet by its number. Reads on from the last checkpoint before it; without checkpoints from the start of the
/// file.
[[nodiscard]] Result<LoadedPacket> loadPacket(const std::filesystem::path& path, std::uint64_t fileBytes,
                                              const std::vector<capture::Checkpoint>* checkpoints,
                                              std::uint64_t number);

inline constexpr std::size_t kMaxLoadedPackets = 1024; // in one request

/// Several packets in one pass, in file order whatever the order of `places`; stops early when asked to.
/// Requires: at most kMaxLoadedPackets places.
[[nodiscard]] Result<std::vector<LoadedPacket>> loadPackets(const std::filesystem::path& path, std::uint64_t fileBytes,
                                                            std::vector<PacketPlace> places,
                                                            const std::stop_token& stop);

struct LoadRequest {
    std::filesystem::path path;
    std::uint64_t fileBytes = 0; // as analysed; 0: not known
    std::vector<PacketPlace> places;
};

struct LoadReport {
    struct Item {
        LoadedPacket packet;
        PacketText text;
    };
    std::uint64_t request = 0;
    std::vector<Item> items; // in file order
    std::optional<Error> failure;
};

/// Loads on a thread of its own; the newest request wins, a replaced one gives no report.
class PacketLoader {
public:
    using Callback = std::function<void(LoadReport)>;

    explicit PacketLoader(Callback callback);

    std::uint64_t start(LoadRequest request) { return m_job.start(std::move(request)); }
    void cancel() { m_job.cancel(); }

private:
    const Callback m_callback;
    NewestJob<LoadRequest> m_job;
};

} // namespace timbre::pipeline
