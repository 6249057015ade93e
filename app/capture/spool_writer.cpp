#include "app/capture/spool_writer.h"

#include "app/capture/sandbox.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace timbre::helper {

// The format is pcapng (IETF draft-ietf-opsawg-pcapng).

void SpoolWriter::putBytes(const void* bytes, std::size_t length)
{
    const auto* first = static_cast<const unsigned char*>(bytes);
    m_piece.insert(m_piece.end(), first, first + length);
}

void SpoolWriter::put32(std::uint32_t value)
{
    putBytes(&value, sizeof value);
}

void SpoolWriter::putOption(std::uint16_t code, const void* value, std::uint16_t length)
{
    put32(code | static_cast<std::uint32_t>(length) << 16U);
    putBytes(value, length);
    m_piece.resize((m_piece.size() + 3) & ~std::size_t{3});
}

std::size_t SpoolWriter::beginBlock(std::uint32_t type)
{
    const std::size_t start = m_piece.size();
    put32(type);
    put32(0); // the length, set by endBlock()
    return start;
}

/// Every block starts and ends at a multiple of four bytes of the piece.
void SpoolWriter::endBlock(std::size_t start)
{
    m_piece.resize((m_piece.size() + 3) & ~std::size_t{3});
    const auto length = static_cast<std::uint32_t>(m_piece.size() - start + 4);
    put32(length);
    std::memcpy(m_piece.data() + start + 4, &length, sizeof length);
}

void SpoolWriter::putHeader()
{
    constexpr std::uint16_t kApplication = 4;
    constexpr std::uint16_t kName = 2;
    constexpr std::uint16_t kResolution = 9;
    constexpr std::string_view kSelf = "timbre-capture " TIMBRE_VERSION;
    const std::size_t section = beginBlock(0x0a0d0d0a);
    put32(0x1a2b3c4d);
    put32(1); // version 1.0
    put32(0xffff'ffff);
    put32(0xffff'ffff); // the length of the section is not known
    putOption(kApplication, kSelf.data(), static_cast<std::uint16_t>(kSelf.size()));
    put32(0);
    endBlock(section);
    for (const SpoolInterface& interface : m_interfaces) {
        const std::size_t start = beginBlock(1);
        put32(interface.linkType);
        put32(interface.snapLength);
        putOption(kName, interface.name.data(), static_cast<std::uint16_t>(interface.name.size()));
        putOption(kResolution, "\x09", 1); // nanoseconds
        put32(0);
        endBlock(start);
    }
}

int SpoolWriter::startFile()
{
    RingFile file;
    file.name.number = m_files.empty() ? 1 : m_files.back().name.number + 1;
    file.name.offset = m_closedBytes;
    file.name.packetsBefore = m_packetsWritten;
    const std::string name = toString(file.name);
    m_file = openat(m_directory, name.c_str(), kSpoolFileFlags, kSpoolFileMode);
    if (m_file < 0)
        return m_error = errno;
    m_files.push_back(file);
    m_fileBytes = 0;
    m_filePackets = 0;
    putHeader();
    for (std::uint32_t i = 0; i < m_said.size(); ++i) {
        if (m_said[i].timeNs != 0)
            addStatistics(i, m_said[i].timeNs, m_said[i].counts);
    }
    if (m_fileStarted)
        m_fileStarted(file.name);
    return flush();
}

int SpoolWriter::addPacket(std::uint32_t interface, std::uint64_t timeNs, const unsigned char* bytes,
                           std::uint32_t captured, std::uint32_t original)
{
    const std::size_t start = beginBlock(6);
    const std::array<std::uint32_t, 5> head{interface, static_cast<std::uint32_t>(timeNs >> 32U),
                                            static_cast<std::uint32_t>(timeNs), captured, original};
    putBytes(head.data(), sizeof head);
    putBytes(bytes, captured);
    endBlock(start);
    ++m_piecePackets;
    return m_piece.size() >= kPieceBytes ? flush() : m_error;
}

int SpoolWriter::addStatistics(std::uint32_t interface, std::uint64_t timeNs, const InterfaceCounts& counts)
{
    constexpr std::uint16_t kReceived = 4;
    constexpr std::uint16_t kInterfaceDrops = 5;
    constexpr std::uint16_t kKernelDrops = 7;
    constexpr std::uint16_t kDelivered = 8;
    const std::size_t start = beginBlock(5);
    put32(interface);
    put32(static_cast<std::uint32_t>(timeNs >> 32U));
    put32(static_cast<std::uint32_t>(timeNs));
    putOption(kReceived, &counts.received, 8);
    putOption(kInterfaceDrops, &counts.interfaceDrops, 8);
    putOption(kKernelDrops, &counts.kernelDrops, 8);
    putOption(kDelivered, &counts.written, 8);
    put32(0);
    endBlock(start);
    m_said[interface] = {timeNs, counts};
    return m_error;
}

int SpoolWriter::flush()
{
    if (m_error != 0)
        return m_error;
    for (std::size_t done = 0; done < m_piece.size();) {
        const ssize_t step = write(m_file, m_piece.data() + done, m_piece.size() - done);
        if (step > 0)
            done += static_cast<std::size_t>(step);
        else if (errno != EINTR) {
            return cutBack(errno, done);
        }
    }
    m_fileBytes += m_piece.size();
    m_filePackets += m_piecePackets;
    m_packetsWritten += m_piecePackets;
    m_piece.clear();
    m_piecePackets = 0;
    const bool full = m_ring.fileBytes > 0 && m_fileBytes >= m_ring.fileBytes;
    return full ? nextFile() : 0;
}

/// Only a part of the piece found room: its whole blocks stay, the rest is taken back.
int SpoolWriter::cutBack(int error, std::size_t written)
{
    constexpr std::uint32_t kPacketBlock = 6;
    constexpr std::size_t kHead = 28; // of a packet block: type, length, interface, time, captured and original length
    std::size_t whole = 0;
    for (std::size_t at = 0; at < m_piece.size();) {
        std::array<std::uint32_t, kHead / 4> head{};
        std::memcpy(head.data(), m_piece.data() + at, std::min(kHead, m_piece.size() - at));
        const bool packet = head[0] == kPacketBlock;
        at += head[1];
        if (at <= written) {
            whole = at;
            m_filePackets += packet ? 1 : 0;
            m_packetsWritten += packet ? 1 : 0;
        } else if (packet) {
            ++m_cut[head[2]].packets;
            m_cut[head[2]].bytes += head[5];
        }
    }
    m_fileBytes += whole;
    m_error = error;
    if (ftruncate(m_file, static_cast<off_t>(m_fileBytes)) != 0)
        m_error = errno; // readers stop at the cut block and say so
    return m_error;
}

int SpoolWriter::nextFile()
{
    close(m_file);
    m_files.back().bytes = m_fileBytes;
    m_files.back().packets = m_filePackets;
    m_closedBytes += m_fileBytes;
    m_fileBytes = 0;
    if (m_ring.files > 0 && m_files.size() >= m_ring.files)
        removeOldest();
    return startFile();
}

void SpoolWriter::removeOldest()
{
    const RingFile& oldest = m_files.front();
    unlinkat(m_directory, toString(oldest.name).c_str(), 0);
    if (m_fileRemoved)
        m_fileRemoved(oldest.name.number, oldest.packets, oldest.bytes);
    m_files.pop_front();
}

} // namespace timbre::helper
