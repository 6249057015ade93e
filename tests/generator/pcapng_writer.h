#pragma once
// pcapng files block by block: several sections and interfaces, any time resolution, enhanced, simple and old packet
// blocks, name resolution, statistics, secrets, custom and unknown blocks. The caller decides what comes when, also
// things a careful program would not write, such as an interface described after the first packets.

#include "tests/generator/frame.h"
#include "tests/generator/link.h"
#include "tests/generator/output.h"

#include <string>
#include <utility>

namespace timbre::generator {

struct PcapngSection {
    bool bigEndian = false;
    std::string application = "Timbre traffic generator";
    std::string comment{};
};

struct PcapngInterface {
    LinkType linkType = LinkType::Ethernet;
    std::uint32_t snapLength = 262144; // longer frames are cut, their original length stays; 0: none
    /// if_tsresol: 10^-n for n up to 127, or 2^-n with bit 7 set. 9 is nanoseconds; 6 is left out of the file, being
    /// the default. Supported: 10^-0 … 10^-9 and 2^-0 … 2^-31.
    std::uint8_t timeResolution = 9;
    std::int64_t timeOffsetSeconds = 0; // if_tsoffset, subtracted from the stored time
    std::string name{};
    std::string description{};
    std::string filter{};
};

class PcapngWriter {
public:
    /// Writes the first section header. `output` must outlive the writer.
    explicit PcapngWriter(Output& output, const PcapngSection& section = {});

    /// A new section: interfaces count from 0 again.
    void beginSection(const PcapngSection& section);
    /// Returns the interface's number in this section.
    std::uint32_t addInterface(const PcapngInterface& interface);

    /// Requires for all three: `frame.interface` was added in this section.
    void write(const FrameView& frame);
    /// The head of an enhanced packet block, then room for `length` bytes the caller fills at once: spares the large
    /// scenarios a copy. Padding and trailer are written already; the snap length is not applied here.
    [[nodiscard]] std::uint8_t* beginRecord(std::uint32_t interface, std::uint64_t timeNs, std::uint32_t length);
    /// Simple packet block: no time, no comment, always interface 0.
    void writeSimple(const FrameView& frame);
    /// The obsolete packet block (type 2) of early pcapng files.
    void writeOld(const FrameView& frame, std::uint16_t drops = 0);

    void nameResolution(const std::vector<std::pair<IpAddress, std::string>>& names);
    void interfaceStatistics(std::uint32_t interface, std::uint64_t timeNs, std::uint64_t received,
                             std::uint64_t dropped);
    /// Decryption secrets block; `secretsType` as registered, e.g. 0x544c534b for a TLS key log.
    void decryptionSecrets(std::uint32_t secretsType, std::string_view secrets);
    void custom(std::uint32_t enterpriseNumber, ByteView data);
    /// Any block type; `body` is padded to 32 bits.
    void block(std::uint32_t type, ByteView body);

    [[nodiscard]] const std::vector<std::uint64_t>& recordOffsets() const { return m_offsets; }

private:
    Output& m_output;
    bool m_bigEndian = false;
    std::vector<PcapngInterface> m_interfaces;
    std::vector<std::uint64_t> m_offsets;
};

} // namespace timbre::generator
