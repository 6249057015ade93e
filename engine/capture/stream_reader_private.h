#pragma once

// The reader behind CaptureReader: a byte source on one side, a file format on the other, and between them the blocks.
// Bytes are read straight into a block and stay there; only the start of a record that the block cuts off is carried
// over into the next one.

#include "engine/capture/byte_source_private.h"
#include "engine/capture/format_detection_private.h"
#include "engine/capture/reader_private.h"

namespace timbre::capture {

class StreamReader final : public CaptureReader {
public:
    /// A compressed stream may unpack to so many bytes without a packet among them; more is no capture but a bomb.
    static constexpr std::uint64_t kMaxBarrenBytes = 64U << 20U;

    StreamReader(std::string name, ReaderOptions options, Compression compression);

    /// Detects the format by the front of `source` and takes it over when it is a capture; else says what it is.
    Result<void> attach(std::unique_ptr<ByteSource>& source);
    /// For a Note behind the last packet: other members of a zip file. Requires: attached to `archive`.
    void nameMembersOf(ArchiveSource& archive, std::vector<std::string> passedOver)
    {
        m_archive = &archive;
        m_passedOver = std::move(passedOver);
    }
    [[nodiscard]] const Detection& detection() const { return m_detection; }
    /// What attach() looked at, when it refused.
    [[nodiscard]] Bytes front() const { return m_carry; }

    ReadStatus read(RecordBlock& block) override;
    [[nodiscard]] const CaptureFacts& facts() const override { return m_state.facts; }
    [[nodiscard]] const std::vector<ReaderMessage>& messages() const override { return m_state.log.messages(); }
    [[nodiscard]] std::uint64_t fileBytesRead() const override { return m_source->fileBytesRead(); }
    [[nodiscard]] Checkpoint checkpoint() const override;
    Result<void> resume(const Checkpoint& place) override;

private:
    void chooseFormat(Bytes held);
    bool startFollowing(BlockFiller& filler);
    bool fetch(BlockFiller& filler);
    bool barren();
    void keep(Bytes rest);
    ReadStatus atEnd(BlockFiller& filler);
    ReadStatus over();
    void noteMembers();

    std::string m_name;
    ReaderOptions m_options;
    Compression m_compression;
    ReaderState m_state;
    Detection m_detection;
    std::unique_ptr<ByteSource> m_source;
    ArchiveSource* m_archive = nullptr;     // m_source, where it is a zip file
    std::vector<std::string> m_passedOver;  // members of a zip file before the one that is read
    std::unique_ptr<FormatParser> m_format; // none while a followed file is too short to tell
    std::vector<std::byte> m_carry;         // read, but not yet part of a whole record
    std::uint64_t m_offset = 0;             // of the front of m_carry
    std::uint64_t m_skip = 0;               // to pass over in the source before the next read; m_offset is behind it
    std::uint64_t m_lastPacketEnd = 0;
    std::size_t m_wanted = 0; // bytes that the item at m_offset takes at least
    bool m_complete = false; // a followed file had stopped growing before it was last read
    bool m_ended = false;
    bool m_finished = false;
};

} // namespace timbre::capture
