#pragma once

// Writes packets as pcapng into files of the spool directory: one that grows, or a ring of several whose oldest is
// removed. Each file is a capture of its own. Packets are collected for a moment and written in large pieces; after a
// failed write the file is cut back to its last whole block, so that what is there can always be read.

#include "engine/capture/helper_messages.h"

#include <deque>
#include <functional>
#include <vector>

namespace timbre::helper {

struct SpoolInterface {
    std::string name;
    std::uint16_t linkType = 0;
    std::uint32_t snapLength = 0;
};

struct InterfaceCounts {
    std::uint64_t written = 0;
    std::uint64_t writtenBytes = 0; // captured bytes
    std::uint64_t received = 0;     // that fit the filter, dropped ones included
    std::uint64_t kernelDrops = 0;
    std::uint64_t interfaceDrops = 0;
    std::uint64_t lastPacketNs = 0;
};

class SpoolWriter {
public:
    static constexpr std::size_t kPieceBytes = 256U << 10U;

    struct Ring {
        std::uint64_t fileBytes = 0; // 0: one file
        std::uint64_t files = 0;     // 0: none is ever removed
    };
    using FileStarted = std::function<void(const capture::helper::SpoolFileName&)>;
    using FileRemoved = std::function<void(std::uint64_t number, std::uint64_t packets, std::uint64_t bytes)>;

    SpoolWriter(int directory, std::vector<SpoolInterface> interfaces, Ring ring)
        : m_directory(directory)
        , m_interfaces(std::move(interfaces))
        , m_said(m_interfaces.size())
        , m_ring(ring)
        , m_cut(m_interfaces.size())
    {
    }
    void onFileStarted(FileStarted callback) { m_fileStarted = std::move(callback); }
    void onFileRemoved(FileRemoved callback) { m_fileRemoved = std::move(callback); }

    /// Each of these returns 0 or the system's error number; after an error nothing more is written.
    int startFile();
    int addPacket(std::uint32_t interface, std::uint64_t timeNs, const unsigned char* bytes, std::uint32_t captured,
                  std::uint32_t original);
    int addStatistics(std::uint32_t interface, std::uint64_t timeNs, const InterfaceCounts& counts);
    /// Brings what was collected into the file, and goes on to the next file of the ring when it is time.
    int flush();

    struct Cut {
        std::uint64_t packets = 0;
        std::uint64_t bytes = 0; // captured
    };
    /// Added, but not in a file because of an error.
    [[nodiscard]] const Cut& cutFrom(std::uint32_t interface) const { return m_cut[interface]; }
    [[nodiscard]] std::uint64_t packetsWritten() const { return m_packetsWritten; } // in a file, not only collected
    [[nodiscard]] std::uint64_t bytesWritten() const { return m_closedBytes + m_fileBytes; }

private:
    struct RingFile {
        capture::helper::SpoolFileName name;
        std::uint64_t bytes = 0;
        std::uint64_t packets = 0;
    };
    void put32(std::uint32_t value);
    void putBytes(const void* bytes, std::size_t length);
    void putOption(std::uint16_t code, const void* value, std::uint16_t length);
    std::size_t beginBlock(std::uint32_t type);
    void endBlock(std::size_t start);
    void putHeader();
    int cutBack(int error, std::size_t written);
    int nextFile();
    void removeOldest();

    struct Said {
        std::uint64_t timeNs = 0;
        InterfaceCounts counts;
    };
    int m_directory;
    std::vector<SpoolInterface> m_interfaces;
    std::vector<Said> m_said; // last statistics of each interface: every file begins with them
    Ring m_ring;
    FileStarted m_fileStarted;
    FileRemoved m_fileRemoved;
    std::vector<Cut> m_cut;             // by interface
    std::vector<unsigned char> m_piece; // collected, not yet in the file
    std::uint64_t m_piecePackets = 0;
    int m_file = -1;
    int m_error = 0;
    std::deque<RingFile> m_files; // the last one is being written
    std::uint64_t m_fileBytes = 0;
    std::uint64_t m_filePackets = 0;
    std::uint64_t m_closedBytes = 0;
    std::uint64_t m_packetsWritten = 0;
};

} // namespace timbre::helper
