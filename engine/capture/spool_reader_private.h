#pragma once

// Reads the files of a spool as one capture. Offsets and packet numbers go over all files, those included that a ring
// has removed meanwhile. Follows a spool that is being written: on to the next file when there is one.

#include "engine/capture/reader_private.h"
#include "engine/capture/spool.h"

#include <deque>

namespace timbre::capture {

[[nodiscard]] Result<std::unique_ptr<CaptureReader>> openSpool(const std::filesystem::path& directory,
                                                               ReaderOptions options);

class SpoolReader final : public CaptureReader {
public:
    SpoolReader(std::filesystem::path directory, ReaderOptions options)
        : m_directory(std::move(directory))
        , m_options(std::move(options))
    {
    }

    /// Opens the first file; without one only a followed spool is fine.
    Result<void> start();
    ReadStatus read(RecordBlock& block) override;
    [[nodiscard]] const CaptureFacts& facts() const override { return m_facts; }
    [[nodiscard]] const std::vector<ReaderMessage>& messages() const override { return m_log.messages(); }
    [[nodiscard]] std::uint64_t fileBytesRead() const override;
    [[nodiscard]] Checkpoint checkpoint() const override;
    Result<void> resume(const Checkpoint& place) override;

private:
    /// The next file there is, by number. Looks on the way which files are gone.
    [[nodiscard]] std::optional<SpoolFile> successor();
    Result<void> enter(const SpoolFile& file);
    bool goOn();
    void leaveFile();
    void noteFirstRecords(const RecordBlock& block);
    void noteOldestFile(const std::vector<SpoolFile>& files);
    void takeFacts();
    void takeMessages();
    void shift(RecordBlock& block) const;

    std::filesystem::path m_directory;
    ReaderOptions m_options;
    std::unique_ptr<CaptureReader> m_reader; // of the file in work; null before the first
    helper::SpoolFileName m_file;
    std::stop_source m_fileComplete; // there is a later file, so this one grows no more
    CaptureFacts m_facts;
    std::vector<std::uint64_t> m_packetsBefore; // per interface, in the files left behind
    std::size_t m_lossesTaken = 0;              // of the file in work
    std::size_t m_messagesTaken = 0;
    MessageLog m_log;
    std::uint64_t m_packetsDue = 0;      // number of packets before the next file, if none was missed
    std::uint64_t m_missed = 0;          // before the file in work, whose first packet is not read yet
    bool m_firstRecordsDue = false;      // of the file in work
    std::optional<Timestamp> m_lastTime; // of the packet read last
    struct FileStart {
        std::uint64_t number = 0;
        Timestamp time; // of its first packet
    };
    std::deque<FileStart> m_starts; // of the files read, as long as they are there
    std::optional<Timestamp> m_firstTime;
};

} // namespace timbre::capture
