#include "engine/capture/spool_reader_private.h"

#include <fmt/format.h>

#include <algorithm>

namespace timbre::capture {

Result<std::unique_ptr<CaptureReader>> openSpool(const std::filesystem::path& directory, ReaderOptions options)
{
    auto reader = std::make_unique<SpoolReader>(directory, std::move(options));
    if (auto started = reader->start(); !started)
        return started.error();
    return Result<std::unique_ptr<CaptureReader>>(std::move(reader));
}

Result<void> SpoolReader::start()
{
    const auto first = successor();
    if (first)
        return enter(*first);
    if (m_options.follow)
        return {};
    return Error{ErrorCode::NotFound, "This directory holds no captured packets.", m_directory.string()};
}

std::optional<SpoolFile> SpoolReader::successor()
{
    const std::vector<SpoolFile> files = spoolFiles(m_directory);
    noteOldestFile(files);
    const auto next =
        std::ranges::find_if(files, [&](const SpoolFile& file) { return file.name.number > m_file.number; });
    return next == files.end() ? std::nullopt : std::optional(*next);
}

Result<void> SpoolReader::enter(const SpoolFile& file)
{
    m_fileComplete = std::stop_source();
    ReaderOptions options = m_options;
    options.complete = m_fileComplete.get_token();
    auto reader = CaptureReader::open(file.path, options);
    if (!reader)
        return reader.error();
    leaveFile();
    m_reader = std::move(*reader);
    if (file.name.packetsBefore > m_packetsDue) {
        const std::uint64_t missed = file.name.packetsBefore - m_packetsDue;
        m_facts.ringLosses += missed;
        m_missed += missed;
        m_log.add(Severity::Warning,
                  fmt::format("{} packets behind packet {} were removed by the spool's ring before they were read.",
                              missed, m_packetsDue),
                  file.name.offset, m_packetsDue);
    }
    m_file = file.name;
    m_packetsDue = file.name.packetsBefore;
    m_firstRecordsDue = true;
    return {};
}

/// The time of a file's first packet says when the packets before it were lost.
void SpoolReader::noteFirstRecords(const RecordBlock& block)
{
    if (std::exchange(m_firstRecordsDue, false)) {
        const Timestamp first = block.records().front().time;
        m_firstTime = m_firstTime.value_or(first);
        m_starts.push_back({m_file.number, first});
        if (const std::uint64_t missed = std::exchange(m_missed, 0); missed > 0) {
            const Timestamp last = m_lastTime.value_or(first);
            addLossSpan(m_facts.losses, {{std::min(last, first), std::max(last, first)}, 0, 0, missed});
        }
    }
    m_lastTime = block.records().back().time;
}

void SpoolReader::noteOldestFile(const std::vector<SpoolFile>& files)
{
    if (files.empty() || m_starts.empty() || m_starts.front().number >= files.front().name.number)
        return;
    while (!m_starts.empty() && m_starts.front().number < files.front().name.number)
        m_starts.pop_front();
    const Timestamp kept = m_starts.empty() ? *m_lastTime : m_starts.front().time;
    m_facts.ringRemoved = TimeRange{std::min(*m_firstTime, kept), kept};
}

void SpoolReader::leaveFile()
{
    m_lossesTaken = 0;
    m_messagesTaken = 0;
    m_packetsBefore.resize(m_facts.interfaces.size());
    for (std::size_t i = 0; i < m_facts.interfaces.size(); ++i)
        m_packetsBefore[i] = m_facts.interfaces[i].packets;
}

ReadStatus SpoolReader::read(RecordBlock& block)
{
    while (!m_options.cancel.stop_requested()) {
        const bool complete = !m_options.follow || m_options.complete.stop_requested(); // before the look at files
        if (m_reader) {
            const ReadStatus status = m_reader->read(block);
            if (status == ReadStatus::Records)
                noteFirstRecords(block);
            takeFacts();
            if (status == ReadStatus::Records) {
                shift(block);
                return status;
            }
            if (status == ReadStatus::Waiting && (complete || successor())) {
                m_fileComplete.request_stop(); // read once more: something may have come before the next file began
                continue;
            }
            if (status == ReadStatus::Waiting)
                return status;
        }
        if (goOn())
            continue;
        if (complete)
            break;
        BlockFiller none(block);
        return ReadStatus::Waiting;
    }
    BlockFiller none(block);
    return ReadStatus::End;
}

/// To the next file that can be opened.
bool SpoolReader::goOn()
{
    while (const auto next = successor()) {
        if (enter(*next))
            return true;
        m_file.number = next->name.number; // the ring was faster
    }
    return false;
}

void SpoolReader::shift(RecordBlock& block) const
{
    for (Record& record : BlockFiller::recordsOf(block)) {
        record.number += m_file.packetsBefore;
        record.offset += m_file.offset;
    }
}

void SpoolReader::takeFacts()
{
    const CaptureFacts& file = m_reader->facts();
    if (m_facts.format.empty() || m_facts.interfaces.size() < file.interfaces.size()) {
        const CaptureFacts before = std::exchange(m_facts, file);
        m_facts.losses = before.losses;
        m_facts.ringLosses = before.ringLosses;
        m_facts.ringRemoved = before.ringRemoved;
        m_packetsBefore.resize(file.interfaces.size());
    }
    m_facts.packets = m_file.packetsBefore + file.packets;
    m_facts.fileBytes = m_file.offset + file.fileBytes;
    m_packetsDue = m_facts.packets;
    for (std::size_t i = 0; i < file.interfaces.size(); ++i) {
        InterfaceFacts& into = m_facts.interfaces[i];
        into.packets = m_packetsBefore[i] + file.interfaces[i].packets;
        into.received = file.interfaces[i].received;
        into.dropped = file.interfaces[i].dropped;
        into.kernelDropped = file.interfaces[i].kernelDropped;
    }
    if (file.losses.size() < m_lossesTaken)
        m_lossesTaken = 0; // neighbours were joined: take them again, they melt into what is known
    // The last one may still grow.
    for (std::size_t i = m_lossesTaken; i < file.losses.size(); ++i) {
        if (!m_facts.losses.empty() && m_facts.losses.back().range.begin == file.losses[i].range.begin)
            m_facts.losses.back() = file.losses[i];
        else
            addLossSpan(m_facts.losses, file.losses[i]);
    }
    m_lossesTaken = file.losses.empty() ? 0 : file.losses.size() - 1;
    takeMessages();
}

void SpoolReader::takeMessages()
{
    const std::vector<ReaderMessage>& messages = m_reader->messages();
    for (; m_messagesTaken < messages.size(); ++m_messagesTaken) {
        const ReaderMessage& message = messages[m_messagesTaken];
        if (message.text == "The capture holds no packets." && m_facts.packets > 0)
            continue;
        m_log.add(message.severity, message.text, m_file.offset + message.offset,
                  m_file.packetsBefore + message.afterPacket);
    }
}

std::uint64_t SpoolReader::fileBytesRead() const
{
    return m_reader ? m_file.offset + m_reader->fileBytesRead() : 0;
}

Checkpoint SpoolReader::checkpoint() const
{
    if (!m_reader)
        return {};
    Checkpoint place = m_reader->checkpoint();
    place.offset += m_file.offset;
    place.packetsBefore += m_file.packetsBefore;
    return place;
}

Result<void> SpoolReader::resume(const Checkpoint& place)
{
    const std::vector<SpoolFile> files = spoolFiles(m_directory);
    const auto behind =
        std::ranges::find_if(files, [&](const SpoolFile& file) { return file.name.offset > place.offset; });
    if (behind == files.begin() && (files.empty() || place.offset > 0))
        return Error{ErrorCode::NotFound,
                     "These packets are no longer there: the ring of the capture has removed them to make room.",
                     m_directory.string()};
    const SpoolFile& file = behind == files.begin() ? files.front() : *std::prev(behind);
    if (file.name.number != m_file.number || !m_reader) {
        m_file.number = 0;
        m_packetsDue = file.name.packetsBefore; // a jump, not a loss
        if (auto entered = enter(file); !entered)
            return entered;
    }
    if (place.offset <= m_file.offset)
        return {};
    Checkpoint inside = place;
    inside.offset -= m_file.offset;
    inside.packetsBefore -= std::min(place.packetsBefore, m_file.packetsBefore);
    return m_reader->resume(inside);
}

} // namespace timbre::capture
