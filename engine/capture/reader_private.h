#pragma once

// What the parts of the reader share: the block being filled, the list of messages, and the face of a file format. The
// stream reader feeds a format with stretches of the file; the format points records into them and says how far it got.

#include "engine/capture/capture_reader.h"

#include <string_view>

namespace timbre::capture {

/// The reader's side of a RecordBlock.
class BlockFiller {
public:
    explicit BlockFiller(RecordBlock& block)
        : m_block(block)
    {
        m_block.m_records.clear();
        m_block.m_size = 0;
    }

    /// Those of a block that is filled already.
    [[nodiscard]] static std::vector<Record>& recordsOf(RecordBlock& block) { return block.m_records; }
    [[nodiscard]] std::vector<Record>& records() { return m_block.m_records; }
    [[nodiscard]] Bytes held() const { return {m_block.m_buffer.get(), m_block.m_size}; }

    /// Makes the buffer at least `bytes` large. Requires: no record points into it yet.
    void reserve(std::size_t bytes);
    /// Requires: reserve() has made room for them.
    void append(Bytes bytes);
    /// Requires: no record points into the buffer.
    void dropFront(std::size_t bytes);
    [[nodiscard]] std::byte* end() { return m_block.m_buffer.get() + m_block.m_size; }
    void grown(std::size_t bytes) { m_block.m_size += bytes; }

private:
    RecordBlock& m_block;
};

/// Keeps the first messages and counts the others.
class MessageLog {
public:
    void add(Severity severity, std::string text, std::uint64_t offset, std::uint64_t afterPacket);
    [[nodiscard]] const std::vector<ReaderMessage>& messages() const { return m_messages; }

private:
    std::vector<ReaderMessage> m_messages;
    std::uint64_t m_notKept = 0;
};

/// What reader and format both write to.
struct ReaderState {
    CaptureFacts facts;
    MessageLog log;

    void say(Severity severity, std::string text, std::uint64_t offset)
    {
        log.add(severity, std::move(text), offset, facts.packets);
    }
};

struct ParseResult {
    std::size_t consumed = 0; // bytes done with
    std::size_t wanted = 0;   // bytes that the next item takes, counted from `consumed`; more than are there
    std::uint64_t skip = 0;   // bytes behind the given ones that nobody needs; only when all of them are consumed
    bool ended = false;       // nothing more can be read; a message says why
};

class FormatParser {
public:
    virtual ~FormatParser() = default;
    /// Takes whole items from the front of `held`, which lies at `offset` of the file, and appends records into it.
    virtual ParseResult parse(Bytes held, std::uint64_t offset, std::vector<Record>& records) = 0;
    /// The file is over, with the start of an item in `rest` and (or) `missing` skipped bytes that were not there.
    virtual void cutShort(Bytes rest, std::uint64_t missing, std::uint64_t offset) = 0;
    /// Called once, behind the last item.
    virtual void finish(std::uint64_t) {}
    virtual std::shared_ptr<const SectionState> section() = 0;
    virtual void restore(const std::shared_ptr<const SectionState>& section) = 0;
};

inline constexpr std::size_t kPcapHeaderBytes = 24;

/// Requires: the first kPcapHeaderBytes of a file that detectFormat() calls pcap.
[[nodiscard]] std::unique_ptr<FormatParser> makePcapParser(Bytes header, ReaderState& state);
[[nodiscard]] std::unique_ptr<FormatParser> makePcapngParser(ReaderState& state);

} // namespace timbre::capture
