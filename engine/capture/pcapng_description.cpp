// The blocks of a pcapng file that describe: sections, interfaces, statistics, names.

#include "engine/base/ip_address.h"
#include "engine/capture/pcapng_parser_private.h"

#include <fmt/format.h>

#include <algorithm>

namespace timbre::capture {

namespace {

constexpr std::uint16_t kComment = 1;

} // namespace

std::uint64_t PcapngParser::load64(Bytes bytes) const
{
    const std::uint64_t first = load32(bytes, 0);
    const std::uint64_t second = load32(bytes, 4);
    return m_section.swapped ? first << 32U | second : second << 32U | first;
}

bool PcapngParser::readSectionHeader(Bytes body)
{
    constexpr std::uint16_t kHardware = 2;
    constexpr std::uint16_t kSystem = 3;
    constexpr std::uint16_t kApplication = 4;
    const std::uint16_t major = load16(body, 4);
    const std::uint16_t minor = load16(body, 6);
    if (major != 1) // minor versions only add
        return unknownVersion(major, minor);

    m_snapshot.reset();
    m_section.interfaces.clear();
    m_section.sections = ++m_state.facts.sections;
    OptionWalk walk(body.subspan(16), m_section.swapped);
    while (const auto option = walk.next()) {
        if (option->code == kComment)
            keepComment(option->value);
        else if (option->code == kHardware)
            m_state.facts.hardware = optionText(option->value);
        else if (option->code == kSystem)
            m_state.facts.operatingSystem = optionText(option->value);
        else if (option->code == kApplication)
            m_state.facts.application = optionText(option->value);
    }
    noteDamagedOptions(walk);
    return true;
}

bool PcapngParser::readInterface(Bytes body)
{
    constexpr std::uint16_t kName = 2;
    constexpr std::uint16_t kDescription = 3;
    constexpr std::uint16_t kResolution = 9;
    constexpr std::uint16_t kOffset = 14;
    if (m_state.facts.interfaces.size() >= kMaxInterfaces)
        return tooManyInterfaces();

    InterfaceFacts facts;
    facts.linkType = load16(body, 0);
    facts.snapLength = load32(body, 4);
    std::uint8_t resolution = 6;
    std::int64_t offsetSeconds = 0;
    OptionWalk walk(body.subspan(8), m_section.swapped);
    while (const auto option = walk.next()) {
        if (option->code == kComment)
            keepComment(option->value);
        else if (option->code == kName)
            facts.name = optionText(option->value);
        else if (option->code == kDescription)
            facts.description = optionText(option->value);
        else if (option->code == kResolution && !option->value.empty())
            resolution = loadU8(option->value, 0);
        else if (option->code == kOffset && option->value.size() >= 8)
            offsetSeconds = static_cast<std::int64_t>(load64(option->value));
    }
    noteDamagedOptions(walk);

    const TimeScale scale(resolution, offsetSeconds);
    facts.timeUnit = scale.unit();
    const auto index = static_cast<std::uint32_t>(m_state.facts.interfaces.size());
    if (!scale.plausible())
        m_state.say(
            Severity::Warning,
            fmt::format("Interface {} counts time in units of {}, too fine to reach a date; its times mean little.",
                        index, facts.timeUnit),
            m_blockOffset);
    m_snapshot.reset();
    m_section.interfaces.push_back({scale, facts.snapLength, index, facts.linkType});
    m_state.facts.interfaces.push_back(std::move(facts));
    return true;
}

bool PcapngParser::readStatistics(Bytes body)
{
    constexpr std::uint16_t kReceived = 4;
    constexpr std::uint16_t kDropped = 5;
    constexpr std::uint16_t kKernelDropped = 7;
    const std::uint32_t interface = load32(body, 0);
    if (interface >= m_section.interfaces.size()) { // no packet depends on it
        m_state.say(Severity::Warning,
                    fmt::format("The statistics at offset {} are of interface {}, which was never declared.",
                                m_blockOffset, interface),
                    m_blockOffset);
        return true;
    }
    const SectionInterface& source = m_section.interfaces[interface];
    InterfaceFacts& facts = m_state.facts.interfaces[source.index];
    OptionWalk walk(body.subspan(12), m_section.swapped);
    while (const auto option = walk.next()) {
        if (option->value.size() < 8)
            continue;
        if (option->code == kReceived)
            facts.received = load64(option->value);
        else if (option->code == kDropped)
            facts.dropped = load64(option->value);
        else if (option->code == kKernelDropped)
            facts.kernelDropped = load64(option->value);
    }
    noteDamagedOptions(walk);
    const std::uint64_t units = std::uint64_t{load32(body, 4)} << 32U | load32(body, 8);
    noteLosses(source.index, source.scale.at(units), facts.dropped.value_or(0), facts.kernelDropped.value_or(0));
    return true;
}

/// Counters only tell of what was lost since the statistics before. Without any before, it was since the first packet;
/// and when there was none yet, these are what a file in the middle of a ring begins with.
void PcapngParser::noteLosses(std::uint32_t index, Timestamp time, std::uint64_t interfaceDrops,
                              std::uint64_t kernelDrops)
{
    const Statistics now{index, time, interfaceDrops, kernelDrops};
    const auto last = std::ranges::find(m_statistics, index, &Statistics::index);
    const bool known = last != m_statistics.end();
    const Statistics before = known ? *last : Statistics{index, m_firstTime, 0, 0};
    if (known)
        *last = now;
    else
        m_statistics.push_back(now);
    const auto lost = [](std::uint64_t from, std::uint64_t to) { return to > from ? to - from : 0; };
    const LossSpan span{{std::min(before.time, time), time},
                        lost(before.interfaceDrops, interfaceDrops),
                        lost(before.kernelDrops, kernelDrops)};
    if (span.interfaceDrops + span.kernelDrops > 0 && (known || m_state.facts.packets > 0))
        addLossSpan(m_state.facts.losses, span);
}

void PcapngParser::readNames(Bytes body)
{
    // The records have the shape of options, and end like them; options of the block itself may follow and are skipped.
    OptionWalk walk(body, m_section.swapped);
    while (const auto record = walk.next())
        addNames(record->code, record->value);
    noteDamagedOptions(walk);
}

void PcapngParser::addNames(std::uint16_t type, Bytes value)
{
    constexpr std::uint16_t kIpv4 = 1;
    constexpr std::uint16_t kIpv6 = 2;
    const std::size_t addressBytes = type == kIpv4 ? 4 : type == kIpv6 ? 16 : 0;
    if (addressBytes == 0 || value.size() <= addressBytes)
        return;
    const std::string address = toString(IpAddress::fromBytes(value.first(addressBytes)));
    std::string_view names = asText(value.subspan(addressBytes));
    while (!names.empty()) {
        const std::string_view name = names.substr(0, names.find('\0'));
        names.remove_prefix(std::min(name.size() + 1, names.size()));
        if (name.empty())
            continue;
        if (m_state.facts.resolvedNames.size() < kMaxNames)
            m_state.facts.resolvedNames.push_back({address, optionText(asBytes(name)), m_state.facts.packets});
        else
            ++m_namesNotKept;
    }
}

void PcapngParser::keepComment(Bytes value)
{
    if (m_state.facts.comments.size() < kMaxComments)
        m_state.facts.comments.push_back(optionText(value));
    else
        ++m_commentsNotKept;
}

void PcapngParser::noteDamagedOptions(const OptionWalk& walk)
{
    if (!walk.damaged())
        return;
    m_state.say(
        Severity::Warning,
        fmt::format("An option of the block at offset {}, behind packet {}, runs past the end of the block; it was "
                    "ignored.",
                    m_blockOffset, m_state.facts.packets),
        m_blockOffset);
}

void PcapngParser::finish(std::uint64_t offset)
{
    if (m_commentsNotKept > 0)
        m_state.say(Severity::Note,
                    fmt::format("Only the first {} comments are kept; {} more are in the file.", kMaxComments,
                                m_commentsNotKept),
                    offset);
    if (m_namesNotKept > 0)
        m_state.say(Severity::Note,
                    fmt::format("Only the first {} resolved names are kept; {} more are in the file.", kMaxNames,
                                m_namesNotKept),
                    offset);
}

std::shared_ptr<const SectionState> PcapngParser::section()
{
    if (!m_snapshot) {
        auto copy = std::make_shared<SectionState>(m_section);
        copy->facts = m_state.facts.interfaces;
        m_snapshot = std::move(copy);
    }
    return m_snapshot;
}

void PcapngParser::restore(const std::shared_ptr<const SectionState>& section)
{
    if (!section) { // the front of the file
        m_section = {};
        m_state.facts.interfaces.clear();
        m_state.facts.sections = 0;
        m_snapshot.reset();
        return;
    }
    m_section = *section;
    m_section.facts.clear();
    m_state.facts.interfaces = section->facts;
    m_state.facts.sections = section->sections;
    m_snapshot = section;
}

} // namespace timbre::capture
