#pragma once

// The pcapng format as a FormatParser. Packets are read in pcapng_parser.cpp, what describes them in
// pcapng_description.cpp.

#include "engine/capture/pcapng_private.h"
#include "engine/capture/reader_private.h"

#include <fmt/format.h>

namespace timbre::capture {

/// What packet blocks need to know of their interface.
struct SectionInterface {
    TimeScale scale;
    std::uint32_t snapLength = 0;
    std::uint32_t index = 0; // in CaptureFacts::interfaces
    LinkType linkType = 0;
};

/// What a checkpoint must bring back: the section in force, and all interfaces so far, as indices go over all of them.
struct SectionState {
    bool swapped = false; // written by a machine of the other byte order
    std::vector<SectionInterface> interfaces;
    std::vector<InterfaceFacts> facts;
    std::uint32_t sections = 0;
};

class PcapngParser final : public FormatParser {
public:
    static constexpr std::size_t kMaxInterfaces = 65'536; // over all sections
    static constexpr std::size_t kMaxComments = 100;
    static constexpr std::size_t kMaxNames = 10'000;

    explicit PcapngParser(ReaderState& state)
        : m_state(state)
    {
        m_state.facts.format = "pcapng";
    }

    ParseResult parse(Bytes held, std::uint64_t offset, std::vector<Record>& records) override;
    void cutShort(Bytes rest, std::uint64_t missing, std::uint64_t offset) override;
    void finish(std::uint64_t offset) override;
    std::shared_ptr<const SectionState> section() override;
    void restore(const std::shared_ptr<const SectionState>& section) override;

private:
    [[nodiscard]] std::uint16_t load16(Bytes bytes, std::size_t at) const
    {
        return m_section.swapped ? loadBe16(bytes, at) : loadLe16(bytes, at);
    }
    [[nodiscard]] std::uint32_t load32(Bytes bytes, std::size_t at) const
    {
        return m_section.swapped ? loadBe32(bytes, at) : loadLe32(bytes, at);
    }
    [[nodiscard]] std::uint64_t load64(Bytes bytes) const;

    // Each of these says a message and returns false where the file cannot be read beyond this block.
    bool readByteOrder(Bytes block);
    bool lengthIsGood(std::uint32_t length);
    bool trailerIsGood(Bytes block, std::uint32_t length);
    bool readBlock(std::uint32_t type, Bytes body, std::vector<Record>& records);
    bool readPacket(Bytes body, std::uint32_t interface, std::vector<Record>& records);
    bool readSimplePacket(Bytes body, std::vector<Record>& records);
    bool readSectionHeader(Bytes body);
    bool readInterface(Bytes body);
    bool readStatistics(Bytes body);
    bool tooShort(const char* kind);
    bool tooManyInterfaces();
    bool unknownVersion(std::uint16_t major, std::uint16_t minor);
    bool damaged(const std::string& what);
    template<typename... Args>
    bool damage(fmt::format_string<Args...> format, Args&&... args)
    {
        return damaged(fmt::format(format, std::forward<Args>(args)...));
    }

    void readNames(Bytes body);
    void addNames(std::uint16_t type, Bytes value);
    void countPacketComments(Bytes options);
    void keepComment(Bytes value);
    void noteDamagedOptions(const OptionWalk& walk);
    Record& addRecord(const SectionInterface& source, std::vector<Record>& records);

    void noteLosses(std::uint32_t index, Timestamp time, std::uint64_t interfaceDrops, std::uint64_t kernelDrops);

    /// What the last statistics of an interface said.
    struct Statistics {
        std::uint32_t index = 0; // of the interface, over all sections
        Timestamp time;
        std::uint64_t interfaceDrops = 0;
        std::uint64_t kernelDrops = 0;
    };
    std::vector<Statistics> m_statistics; // of the interfaces that had any
    Timestamp m_firstTime;                // of the first packet in the file

    ReaderState& m_state;
    SectionState m_section;                         // without the facts, which live in m_state
    std::shared_ptr<const SectionState> m_snapshot; // of m_section; empty when that has changed since
    std::uint64_t m_blockOffset = 0;
    std::uint64_t m_packetsWithoutTime = 0;
    std::uint64_t m_commentsNotKept = 0;
    std::uint64_t m_namesNotKept = 0;
};

} // namespace timbre::capture
