#pragma once

// Recordings of selftest.json as packet records.

#include "engine/recording/packet_record.h"

#include <nlohmann/json.hpp>
#include <vector>

namespace timbre::test {

[[nodiscard]] inline std::vector<recording::PacketRecord> packetsOf(const nlohmann::json& columns)
{
    const std::string letters = columns["dir"].get<std::string>();
    std::vector<recording::PacketRecord> packets(letters.size());
    for (std::size_t i = 0; i < packets.size(); ++i) {
        recording::PacketRecord& packet = packets[i];
        packet.direction = letters[i] == 'U' ? recording::Direction::Uplink : recording::Direction::Downlink;
        packet.size = columns["size"][i].get<std::uint16_t>();
        packet.gapMs = columns["iat_ms"][i].get<double>();
        packet.entropy = static_cast<float>(columns["entropy"][i].get<double>());
        packet.timestampNs = columns["timestamp_ns"][i].get<std::uint64_t>();
        const std::string hex = columns["header_dict"][columns["header"][i].get<std::size_t>()].get<std::string>();
        packet.prefixLength = static_cast<std::uint8_t>(std::min(hex.size() / 2, recording::kMaxPrefixBytes));
        for (std::size_t at = 0; at < packet.prefixLength; ++at)
            packet.prefixBytes[at] = static_cast<std::uint8_t>(std::stoul(hex.substr(2 * at, 2), nullptr, 16));
    }
    return packets;
}

} // namespace timbre::test
