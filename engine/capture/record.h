#pragma once

// One packet as a capture file holds it: its times and lengths, and its bytes in place, inside the block that was read.

#include "engine/base/bytes.h"
#include "engine/base/timestamp.h"

#include <memory>
#include <vector>

namespace timbre::capture {

/// As written in the file (LINKTYPE_ numbers of tcpdump.org). Any number may occur.
using LinkType = std::uint16_t;

struct Record {
    Timestamp time;
    std::uint64_t number = 0; // from 1, in file order, over all sections: what analysts call the frame number
    std::uint64_t offset = 0; // of the record or block in the (decompressed) file
    Bytes bytes;              // captured bytes; bytes.size() is the captured length
    std::uint32_t originalLength = 0;
    std::uint32_t interfaceIndex = 0; // into CaptureFacts::interfaces, over all sections
    LinkType linkType = 0;
};

/// A stretch of a file and the records in it. The bytes of every record point into this block, so a block must outlive
/// the use of its records. Blocks are reused: once they have grown to their size nothing is allocated any more.
class RecordBlock {
public:
    RecordBlock() = default;
    RecordBlock(RecordBlock&&) noexcept = default;
    RecordBlock& operator=(RecordBlock&&) noexcept = default;

    [[nodiscard]] const std::vector<Record>& records() const { return m_records; }

private:
    friend class BlockFiller; // the reader's side, see reader_private.h

    std::vector<Record> m_records;
    std::unique_ptr<std::byte[]> m_buffer;
    std::size_t m_capacity = 0;
    std::size_t m_size = 0;
};

} // namespace timbre::capture
