#pragma once

// One packet spelled out: its layers, its bytes.

#include "engine/base/json_writer.h"
#include "engine/pipeline/packet_loader.h"

namespace timbre::cli {

[[nodiscard]] pipeline::LoadedPacket copyOf(const capture::Record& record);

/// The tree, indented by layer.
void writeLayers(std::string& out, const decode::LayerTree& tree);
/// Sixteen bytes to a line: offset, hexadecimal, text.
void writeHex(std::string& out, Bytes bytes);
/// An object with all of it; `withBytes` adds them in hexadecimal.
void putPacket(std::string& out, const pipeline::LoadedPacket& packet, bool withBytes);

} // namespace timbre::cli
