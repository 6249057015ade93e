#pragma once
// Classic pcap files: micro- or nanoseconds, both byte orders.

#include "tests/generator/frame.h"
#include "tests/generator/link.h"
#include "tests/generator/output.h"

namespace timbre::generator {

struct PcapOptions {
    LinkType linkType = LinkType::Ethernet;
    bool nanoseconds = false;
    bool bigEndian = false;
    std::uint32_t snapLength = 262144; // longer frames are cut, their original length stays
    std::uint16_t versionMinor = 4;
};

class PcapWriter {
public:
    /// Writes the file header. `output` must outlive the writer.
    explicit PcapWriter(Output& output, const PcapOptions& options = {});

    void write(const FrameView& frame);
    /// The record header, then room for `capturedLength` bytes the caller fills at once: spares the large scenarios a
    /// copy. The snap length is not applied here.
    [[nodiscard]] std::uint8_t* beginRecord(std::uint64_t timeNs, std::uint32_t capturedLength,
                                            std::uint32_t originalLength);
    /// File offset of each record written so far by write(), for damage on purpose.
    [[nodiscard]] const std::vector<std::uint64_t>& recordOffsets() const { return m_offsets; }

private:
    Output& m_output;
    PcapOptions m_options;
    std::vector<std::uint64_t> m_offsets;
};

} // namespace timbre::generator
