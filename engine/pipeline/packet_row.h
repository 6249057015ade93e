#pragma once

// One packet in a list of packets: what a row shows without touching the packet's bytes, small enough to hold millions.
// Rows come in immutable chunks; a chunk also knows where in the file its packets are found again.

#include "engine/capture/capture_reader.h"
#include "engine/flow/flow_record.h"

#include <memory>
#include <vector>

namespace timbre::pipeline {

enum class Direction : std::uint8_t { Initiator, Responder, Unknown }; // Unknown: the packet belongs to no known flow

struct PacketRow {
    Timestamp time;
    std::uint64_t number = 0; // frame number
    std::uint64_t offset = 0; // in the (decompressed) file
    std::uint32_t capturedLength = 0;
    std::uint32_t originalLength = 0;
    std::uint32_t payloadLength = 0;    // of the transport layer, by the IP length
    std::uint32_t flow = flow::kNoFlow; // index of its flow
    std::uint32_t interfaceIndex = 0;
    std::uint32_t place = 0; // into PacketChunk::places
    capture::LinkType linkType = 0;
    Direction direction = Direction::Unknown;
    std::uint8_t tcpFlags = 0;

    [[nodiscard]] bool cut() const { return capturedLength < originalLength; }
};
static_assert(sizeof(PacketRow) <= 64);

struct PacketChunk {
    std::vector<PacketRow> rows;             // in file order
    std::vector<capture::Checkpoint> places; // where to start reading for a row, less than a block before it
};

} // namespace timbre::pipeline
