#pragma once

// Opens any saved capture (pcap, pcapng, also inside gz/zst/lz4/xz/bz2/zip) and hands out its packets block by block,
// in file order. The same reader follows a file that still grows. A reader belongs to one thread.
//
// Damage is an outcome, not an error: every complete packet before it is handed out, then read() returns End and
// messages() says where and what was met. Only a file that cannot be read at all, or is no capture, fails to open.

#include "engine/base/result.h"
#include "engine/capture/record.h"

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>

namespace timbre::capture {

inline constexpr std::uint32_t kMaxCapturedLength = 262'144; // as in libpcap: MAXIMUM_SNAPLEN
inline constexpr std::uint32_t kMaxBlockLength = 16U << 20U; // pcapng, any block

struct ReaderOptions {
    bool follow = false;                  // the end of the file means "wait for more", not "done"
    std::size_t blockBytes = 256U << 10U; // a block holds about this much, more only for a single larger record
    std::stop_token complete = {};        // follow only: once asked, the file grows no more and its end is the end
    std::stop_token cancel;               // ends the reading, also of a long stretch without packets; any thread
};

struct InterfaceFacts {
    std::string name;
    std::string description;
    LinkType linkType = 0;
    std::uint32_t snapLength = 0; // 0: no limit
    std::string timeUnit;         // "1 µs", "1 ns", "2^-20 s"
    std::uint64_t packets = 0;
    std::optional<std::uint64_t> received;                     // from statistics blocks
    std::optional<std::uint64_t> dropped;                      // by the interface
    std::optional<std::uint64_t> kernelDropped = std::nullopt; // because nobody fetched them from the kernel in time
};

/// A stretch of capture time in which packets were lost that nobody saw: before they could be written, between two
/// statistics blocks, or with a file of the spool that the ring removed before it was read.
struct LossSpan {
    TimeRange range;
    std::uint64_t interfaceDrops = 0;
    std::uint64_t kernelDrops = 0;
    std::uint64_t ringLosses = 0;

    bool operator==(const LossSpan&) const = default;
};
inline constexpr std::size_t kMaxLossSpans = 1024; // then neighbours are joined
/// Adds a span behind the others; joins it with the last one where they touch.
void addLossSpan(std::vector<LossSpan>& spans, const LossSpan& span);

/// Names that the file itself gives to addresses (pcapng name resolution blocks).
struct ResolvedName {
    std::string address;
    std::string name;
    std::uint64_t afterPacket = 0; // number of the last packet before it in the file
};

/// What is known of the file so far; grows while it is read.
struct CaptureFacts {
    std::string format;      // "pcap 2.4, little-endian, µs", "pcapng"
    std::string compression; // "gzip", …; empty for none
    std::uint64_t fileBytes = 0;
    std::uint32_t sections = 0;
    std::vector<InterfaceFacts> interfaces;
    std::vector<std::string> comments; // of sections and interfaces, capped
    std::string hardware, operatingSystem, application;
    std::vector<ResolvedName> resolvedNames; // capped
    std::vector<LossSpan> losses;            // rising, capped
    std::uint64_t ringLosses = 0;            // packets whose spool file the ring removed before it was read
    std::optional<TimeRange> ringRemoved;    // times of packets the ring has removed, read before that or not
    std::uint64_t packets = 0;
    std::uint64_t packetComments = 0;
    std::uint64_t decryptionSecrets = 0; // blocks noted, never kept
    std::uint64_t unknownBlocks = 0;
};

enum class Severity { Note, Warning, Error };

struct ReaderMessage {
    Severity severity = Severity::Note;
    std::string text;              // a sentence
    std::uint64_t offset = 0;      // in the (decompressed) file
    std::uint64_t afterPacket = 0; // number of the last good packet before it
};

enum class ReadStatus {
    Records, // the block holds at least one record
    Waiting, // follow only: nothing new at the moment
    End,     // the block is empty, nothing will come
};

/// A place to start reading again without reading what lies before. Cheap to copy.
struct Checkpoint {
    std::uint64_t offset = 0;
    std::uint64_t packetsBefore = 0;
    std::shared_ptr<const struct SectionState> section; // byte order and interfaces in force there
};

class CaptureReader {
public:
    virtual ~CaptureReader() = default;

    /// `path` is a file, or the directory of a spool (spool.h), whose files are read as one.
    static Result<std::unique_ptr<CaptureReader>> open(const std::filesystem::path& path, ReaderOptions options = {});

    /// Fills `block` with the next records, replacing what it held.
    virtual ReadStatus read(RecordBlock& block) = 0;

    [[nodiscard]] virtual const CaptureFacts& facts() const = 0;
    /// Capped at kMaxMessages; the last one then says how many more there were.
    [[nodiscard]] virtual const std::vector<ReaderMessage>& messages() const = 0;
    /// Bytes of the file on disk consumed so far, for progress; fileBytes of the facts is the total.
    [[nodiscard]] virtual std::uint64_t fileBytesRead() const = 0;

    /// The place behind the last block that was read.
    [[nodiscard]] virtual Checkpoint checkpoint() const = 0;
    /// Continues at a checkpoint of a reader of the same file. A compressed file is read through to get there. The
    /// interfaces are again those known at that place, their packet counts a lower bound from then on.
    virtual Result<void> resume(const Checkpoint& place) = 0;
    static constexpr std::size_t kMaxMessages = 200;
};

/// "Ethernet", "Linux cooked v1", …, or "link type 299".
[[nodiscard]] std::string linkTypeName(LinkType type);

} // namespace timbre::capture
