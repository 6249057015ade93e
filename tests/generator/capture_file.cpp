#include "tests/generator/capture_file.h"

#include <algorithm>

namespace timbre::generator {

namespace {

constexpr std::uint32_t kEnterpriseNumber = 32473; // reserved for documentation, RFC 5612
constexpr std::uint32_t kUnknownBlock = 0x00007fe1;

struct WrittenFile {
    Bytes bytes;
    std::vector<std::uint64_t> recordOffsets;
};

WrittenFile writePcap(const CapturedTraffic& traffic, const CaptureFileOptions& options)
{
    PcapOptions pcap;
    pcap.linkType = traffic.interfaces.empty() ? LinkType::Ethernet : traffic.interfaces.front().linkType;
    pcap.nanoseconds = options.nanoseconds;
    pcap.bigEndian = options.bigEndian;
    Output output;
    PcapWriter writer(output, pcap);
    for (const Frame& frame : traffic.frames) {
        writer.write(frame.view());
    }
    return {output.take(), writer.recordOffsets()};
}

void writeFrame(PcapngWriter& writer, const Frame& frame, PacketBlocks blocks, std::size_t number)
{
    const bool old = blocks == PacketBlocks::Old || (blocks == PacketBlocks::Mixed && number % 3 == 1);
    // A simple block belongs to interface 0 by definition.
    const bool simple =
        blocks == PacketBlocks::Simple || (blocks == PacketBlocks::Mixed && number % 3 == 2 && frame.interface == 0);
    if (old) {
        writer.writeOld(frame.view());
    } else if (simple) {
        writer.writeSimple(frame.view());
    } else {
        writer.write(frame.view());
    }
}

void writeNames(PcapngWriter& writer, const GroundTruth& truth)
{
    std::vector<std::pair<IpAddress, std::string>> names;
    for (const auto& entry : truth.dnsNames) {
        names.emplace_back(entry.address, entry.name);
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    writer.nameResolution(names);
}

void writeSection(PcapngWriter& writer, const CapturedTraffic& traffic, const CaptureFileOptions& options,
                  std::size_t first, std::size_t end)
{
    // Interfaces appear when they are first needed, but in order: numbers follow from it.
    std::size_t described = 0;
    std::vector<std::uint64_t> received(traffic.interfaces.size());
    for (std::size_t i = first; i < end; ++i) {
        const Frame& frame = traffic.frames[i];
        while (described <= frame.interface) {
            writer.addInterface(traffic.interfaces[described++]);
        }
        ++received[frame.interface];
        writeFrame(writer, frame, options.blocks, i);
    }
    if (options.oddBlocks) {
        writer.custom(kEnterpriseNumber, toBytes("made by the traffic generator"));
        writer.block(kUnknownBlock, toBytes("a reader skips this"));
    }
    if (!options.extras || first == end) {
        return;
    }
    for (std::uint32_t interface = 0; interface < described; ++interface) {
        writer.interfaceStatistics(interface, traffic.frames[end - 1].timeNs, received[interface] + interface,
                                   interface);
    }
}

WrittenFile writePcapng(const CapturedTraffic& traffic, const CaptureFileOptions& options)
{
    Output output;
    PcapngSection section;
    section.bigEndian = options.bigEndian;
    section.comment = options.extras ? "made traffic: " + traffic.truth.scenario : "";
    PcapngWriter writer(output, section);
    const std::size_t sections = std::max<std::size_t>(options.sections, 1);
    const std::size_t perSection = traffic.frames.size() / sections;
    for (std::size_t i = 0; i < sections; ++i) {
        const std::size_t end = i + 1 == sections ? traffic.frames.size() : (i + 1) * perSection;
        writeSection(writer, traffic, options, i * perSection, end);
        if (i == 0 && options.extras) {
            writeNames(writer, traffic.truth);
        }
        if (i + 1 < sections) {
            section.bigEndian = !section.bigEndian;
            writer.beginSection(section);
        }
    }
    return {output.take(), writer.recordOffsets()};
}

} // namespace

Bytes writeCapture(CapturedTraffic& traffic, const CaptureFileOptions& options)
{
    damageFrames(traffic.frames, options.damage, traffic.truth);
    const bool pcap = options.format == FileFormat::Pcap;
    const WrittenFile file = pcap ? writePcap(traffic, options) : writePcapng(traffic, options);
    RecordLayout layout;
    if (!pcap) {
        layout.headerBytes = 28;
        layout.capturedLengthAt = 20;
    }
    layout.bigEndian = options.bigEndian;
    Bytes result =
        damagedFile(file.bytes, file.recordOffsets, layout, options.damage, Random(traffic.truth.seed), traffic.truth);
    traffic.truth.fileBytes = result.size();
    return result;
}

} // namespace timbre::generator
