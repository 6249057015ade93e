#include "engine/capture/stream_reader_private.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace timbre::capture {

namespace {

constexpr std::size_t kSmallestFront = 28; // the shortest section header; detection needs no more of a capture

} // namespace

StreamReader::StreamReader(std::string name, ReaderOptions options, Compression compression)
    : m_name(std::move(name))
    , m_options(options)
    , m_compression(compression)
{
    m_options.blockBytes = std::max<std::size_t>(m_options.blockBytes, 1);
    m_options.follow = options.follow && compression == Compression::None;
    m_state.facts.compression = compressionName(compression);
}

Result<void> StreamReader::attach(std::unique_ptr<ByteSource>& source)
{
    m_carry.resize(kDetectionBytes);
    std::size_t got = 0;
    while (got < kSmallestFront || (m_compression != Compression::None && got < kDetectionBytes)) {
        const std::size_t step = source->read(m_carry.data() + got, kDetectionBytes - got);
        if (step == 0)
            break;
        got += step;
    }
    m_carry.resize(got);
    m_detection = detectFormat(m_carry);
    if (m_detection.kind == FileKind::Compressed && m_compression != Compression::None)
        m_detection.what = fmt::format("another compressed file ({})", compressionName(m_detection.compression));
    const bool mayGrow = m_options.follow && m_detection.kind == FileKind::Incomplete;
    if (got == 0 && !source->failure().empty())
        return Error{m_compression == Compression::None ? ErrorCode::Unreadable : ErrorCode::Damaged,
                     fmt::format("“{}” cannot be read: {}.", m_name, source->failure()),
                     {}};
    if (!mayGrow && m_detection.kind != FileKind::Pcap && m_detection.kind != FileKind::Pcapng)
        return refusal(m_name, m_detection,
                       m_compression == Compression::None ? ""
                                                          : fmt::format("{} file", compressionName(m_compression)));
    m_source = std::move(source);
    m_state.facts.fileBytes = m_source->fileBytes();
    if (!mayGrow) {
        chooseFormat(m_carry);
        m_carry.erase(m_carry.begin(), m_carry.begin() + static_cast<std::ptrdiff_t>(m_offset));
    }
    return {};
}

/// Once the front of the file has come: m_offset is then where its blocks or records begin.
void StreamReader::chooseFormat(Bytes held)
{
    m_detection = detectFormat(held);
    if (m_detection.kind == FileKind::Pcapng) {
        m_format = makePcapngParser(m_state);
    } else if (m_detection.kind == FileKind::Pcap) {
        m_format = makePcapParser(held.first(kPcapHeaderBytes), m_state);
        m_offset = kPcapHeaderBytes;
    }
}

ReadStatus StreamReader::read(RecordBlock& block)
{
    BlockFiller filler(block);
    if (m_ended)
        return over();
    filler.reserve(std::max(m_options.blockBytes, m_carry.size()));
    filler.append(m_carry);
    m_carry.clear();
    while (!m_options.cancel.stop_requested()) {
        m_complete = m_options.complete.stop_requested(); // before the look at the file: nothing can come behind it
        const bool dry = !fetch(filler);
        if (!m_format && !startFollowing(filler))
            return m_detection.kind == FileKind::Incomplete ? atEnd(filler) : over();
        const ParseResult parsed = m_format->parse(filler.held(), m_offset, filler.records());
        m_wanted = parsed.wanted;
        m_skip += parsed.skip;
        m_offset += parsed.consumed + parsed.skip;
        m_ended = parsed.ended;
        if (!filler.records().empty()) {
            m_lastPacketEnd = m_offset;
            keep(filler.held().subspan(parsed.consumed));
            return ReadStatus::Records;
        }
        if (m_ended || barren())
            return over();
        filler.dropFront(parsed.consumed);
        if (dry && parsed.skip == 0)
            return atEnd(filler);
    }
    return over();
}

/// False when the source gives nothing at the moment.
bool StreamReader::fetch(BlockFiller& filler)
{
    if (m_skip > 0) { // then nothing is held
        m_skip -= m_source->skip(m_skip);
        if (m_skip > 0)
            return false;
    }
    const std::size_t target = std::max({m_options.blockBytes, m_wanted, m_format ? 0 : kDetectionBytes});
    const std::size_t held = filler.held().size();
    if (held >= target)
        return true;
    filler.reserve(target);
    const std::size_t got = m_source->read(filler.end(), target - held);
    filler.grown(got);
    return got > 0;
}

/// A followed file was too short to tell its format when it was opened.
bool StreamReader::startFollowing(BlockFiller& filler)
{
    chooseFormat(filler.held());
    if (m_format) {
        filler.dropFront(m_offset);
        return true;
    }
    if (m_detection.kind != FileKind::Incomplete)
        m_state.say(Severity::Error, refusal(m_name, m_detection, {}).message, 0);
    return false;
}

bool StreamReader::barren()
{
    if (m_compression == Compression::None || m_offset - m_lastPacketEnd <= kMaxBarrenBytes)
        return false;
    m_state.say(
        Severity::Error,
        fmt::format("Behind packet {} the {} file unpacks to more than {} MiB without a packet; reading ended there.",
                    m_state.facts.packets, compressionName(m_compression), kMaxBarrenBytes >> 20U),
        m_offset);
    return true;
}

void StreamReader::keep(Bytes rest)
{
    m_carry.assign(rest.begin(), rest.end());
}

ReadStatus StreamReader::atEnd(BlockFiller& filler)
{
    const Bytes rest = filler.held();
    if (!m_source->failure().empty()) {
        m_state.say(Severity::Error,
                    fmt::format("Reading ended at offset {}, behind packet {}: {}.", m_offset, m_state.facts.packets,
                                m_source->failure()),
                    m_offset);
        return over();
    }
    if (m_options.follow && !m_complete) {
        keep(rest);
        m_state.facts.fileBytes = m_source->fileBytes();
        return ReadStatus::Waiting;
    }
    if (m_format && (!rest.empty() || m_skip > 0))
        m_format->cutShort(rest, m_skip, m_offset);
    return over();
}

ReadStatus StreamReader::over()
{
    m_ended = true;
    if (std::exchange(m_finished, true) || m_options.cancel.stop_requested())
        return ReadStatus::End;
    if (m_format)
        m_format->finish(m_offset);
    if (m_archive != nullptr)
        noteMembers();
    if (m_state.facts.packets == 0)
        m_state.say(Severity::Note, "The capture holds no packets.", m_offset);
    return ReadStatus::End;
}

void StreamReader::noteMembers()
{
    const std::string opened = m_archive->memberName();
    const ArchiveSource::Members others = m_archive->remainingMembers();
    std::string list;
    for (const std::string& name : m_passedOver)
        list += fmt::format("{}“{}”", list.empty() ? "" : ", ", name);
    for (const std::string& name : others.names)
        list += fmt::format("{}“{}”", list.empty() ? "" : ", ", name);
    if (others.notListed > 0)
        list += fmt::format(" and {} more", others.notListed);
    if (!list.empty())
        m_state.say(
            Severity::Note,
            fmt::format("Of the zip file, “{}” was read; it also holds {}. Unpack it to open them.", opened, list),
            m_offset);
}

Checkpoint StreamReader::checkpoint() const
{
    return {m_offset, m_state.facts.packets, m_format ? m_format->section() : nullptr};
}

Result<void> StreamReader::resume(const Checkpoint& place)
{
    const bool isPcapng = m_detection.kind == FileKind::Pcapng;
    if (!m_format || (isPcapng && place.offset > 0 && !place.section))
        return Error{ErrorCode::Invalid, fmt::format("Reading of “{}” cannot go on at that place.", m_name),
                     fmt::format("offset {} without a section", place.offset)};
    const std::uint64_t offset = isPcapng ? place.offset : std::max<std::uint64_t>(place.offset, kPcapHeaderBytes);
    const bool gone = m_compression == Compression::None && offset > m_source->fileBytes();
    if (gone || !m_source->seek(offset))
        return Error{ErrorCode::Unreadable,
                     fmt::format("“{}” cannot be read from offset {} on; it may have changed since.", m_name, offset),
                     m_source->failure()};
    m_carry.clear();
    m_skip = 0;
    m_wanted = 0;
    m_ended = false;
    m_offset = offset;
    m_lastPacketEnd = offset;
    m_state.facts.packets = place.packetsBefore;
    m_format->restore(place.section);
    return {};
}

} // namespace timbre::capture
