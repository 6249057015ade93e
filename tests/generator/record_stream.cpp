#include "tests/generator/record_stream.h"

namespace timbre::generator {

RecordStream::RecordStream(Output& output, FileFormat format)
{
    if (format == FileFormat::Pcap) {
        PcapOptions options;
        options.nanoseconds = true;
        m_pcap.emplace(output, options);
        return;
    }
    m_pcapng.emplace(output);
    PcapngInterface interface;
    interface.name = "stream0";
    m_pcapng->addInterface(interface);
}

std::uint8_t* RecordStream::begin(std::uint64_t timeNs, std::uint32_t length)
{
    return m_pcap ? m_pcap->beginRecord(timeNs, length, length) : m_pcapng->beginRecord(0, timeNs, length);
}

} // namespace timbre::generator
