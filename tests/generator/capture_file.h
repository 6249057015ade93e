#pragma once
// A small scenario as the bytes of a capture file, in any of the shapes a reader must cope with.

#include "tests/generator/damage.h"
#include "tests/generator/record_stream.h"
#include "tests/generator/scenario.h"

namespace timbre::generator {

enum class PacketBlocks : std::uint8_t { Enhanced, Old, Simple, Mixed };

struct CaptureFileOptions {
    FileFormat format = FileFormat::Pcapng;
    bool bigEndian = false;
    bool nanoseconds = true;                      // pcap
    PacketBlocks blocks = PacketBlocks::Enhanced; // pcapng; simple blocks lose time, comment and interface
    /// pcapng: the frames are spread over so many sections, every second one in the other byte order.
    std::size_t sections = 1;
    bool extras = true;     // pcapng: section comment, name resolution, statistics
    bool oddBlocks = false; // pcapng: a custom and an unknown block at the end of each section
    std::vector<DamageRequest> damage{};
};

/// Requires for pcap: `traffic` has one interface. Adds file size and damage to the truth. Damage to the file itself is
/// placed by the records' offsets, whatever the format.
[[nodiscard]] Bytes writeCapture(CapturedTraffic& traffic, const CaptureFileOptions& options);

} // namespace timbre::generator
