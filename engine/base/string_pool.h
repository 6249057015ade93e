#pragma once

// Names seen in a capture (host names, server names …), each kept once and known by a 32-bit id. One thread adds; any
// thread may read an id that it got through a published snapshot, without a lock: entries never move and never change.

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace timbre {

/// 0 is the empty string.
using StringId = std::uint32_t;

class StringPool {
public:
    static constexpr std::size_t kChunkSize = 4096;
    static constexpr std::size_t kMaxChunks = 512; // 2,097,152 names
    static constexpr std::size_t kMaxNameBytes = 1024;

    StringPool();
    StringPool(const StringPool&) = delete;
    StringPool& operator=(const StringPool&) = delete;

    /// The id of `text`, added when new. Past the cap new names get id 0 and refused() grows; names over kMaxNameBytes
    /// are cut there and counted in cut(). Writer thread only.
    StringId intern(std::string_view text);

    /// Any thread; see above. Unknown ids give the empty string.
    [[nodiscard]] std::string_view text(StringId id) const;

    [[nodiscard]] std::size_t size() const { return m_size.load(std::memory_order_acquire); }
    [[nodiscard]] std::uint64_t refused() const { return m_refused.load(std::memory_order_relaxed); }
    [[nodiscard]] std::uint64_t cut() const { return m_cut.load(std::memory_order_relaxed); }

private:
    using Chunk = std::array<std::string_view, kChunkSize>; // into m_blocks
    struct Slot {
        std::uint32_t hash = 0;
        StringId id = 0; // 0: free
    };

    [[nodiscard]] Slot& slotFor(std::uint32_t hash, std::string_view text);
    [[nodiscard]] std::string_view entry(StringId id) const { return (*m_chunks[id / kChunkSize])[id % kChunkSize]; }
    [[nodiscard]] std::string_view copyOf(std::string_view text);
    void grow();

    std::array<std::unique_ptr<Chunk>, kMaxChunks> m_chunks;
    std::vector<Slot> m_table;                     // a power of two of them, at most two thirds used
    std::vector<std::unique_ptr<char[]>> m_blocks; // the bytes of all names, one behind the other
    std::size_t m_blockUsed = 0;                   // of the last block
    std::atomic<std::size_t> m_size = 0;
    std::atomic<std::uint64_t> m_refused = 0;
    std::atomic<std::uint64_t> m_cut = 0;
};

} // namespace timbre
