#pragma once
// A capture file of either format that large scenarios write records into in place.

#include "tests/generator/pcap_writer.h"
#include "tests/generator/pcapng_writer.h"

#include <optional>

namespace timbre::generator {

enum class FileFormat : std::uint8_t { Pcap, Pcapng };

class RecordStream {
public:
    /// Ethernet, nanoseconds, little-endian. Writes the head of the file; `output` must outlive the stream.
    RecordStream(Output& output, FileFormat format);
    /// Room for the frame, to be filled at once.
    [[nodiscard]] std::uint8_t* begin(std::uint64_t timeNs, std::uint32_t length);

private:
    std::optional<PcapWriter> m_pcap;
    std::optional<PcapngWriter> m_pcapng;
};

} // namespace timbre::generator
