#include "engine/capture/reader_private.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

namespace timbre::capture {

namespace {

void join(LossSpan& into, const LossSpan& other)
{
    into.range.begin = std::min(into.range.begin, other.range.begin);
    into.range.end = std::max(into.range.end, other.range.end);
    into.interfaceDrops += other.interfaceDrops;
    into.kernelDrops += other.kernelDrops;
    into.ringLosses += other.ringLosses;
}

} // namespace

void addLossSpan(std::vector<LossSpan>& spans, const LossSpan& span)
{
    if (!spans.empty() && span.range.begin <= spans.back().range.end && span.range.end >= spans.back().range.begin) {
        join(spans.back(), span);
        return;
    }
    spans.push_back(span);
    if (spans.size() <= kMaxLossSpans)
        return;
    std::size_t kept = 0;
    for (std::size_t i = 0; i < spans.size(); i += 2, ++kept) {
        spans[kept] = spans[i];
        if (i + 1 < spans.size())
            join(spans[kept], spans[i + 1]);
    }
    spans.resize(kept);
}

void BlockFiller::reserve(std::size_t bytes)
{
    if (bytes <= m_block.m_capacity)
        return;
    auto larger = std::make_unique_for_overwrite<std::byte[]>(bytes);
    if (m_block.m_size > 0)
        std::memcpy(larger.get(), m_block.m_buffer.get(), m_block.m_size);
    m_block.m_buffer = std::move(larger);
    m_block.m_capacity = bytes;
}

void BlockFiller::append(Bytes bytes)
{
    if (bytes.empty())
        return;
    std::memcpy(end(), bytes.data(), bytes.size());
    grown(bytes.size());
}

void BlockFiller::dropFront(std::size_t bytes)
{
    if (bytes == 0)
        return;
    m_block.m_size -= bytes;
    std::memmove(m_block.m_buffer.get(), m_block.m_buffer.get() + bytes, m_block.m_size);
}

void MessageLog::add(Severity severity, std::string text, std::uint64_t offset, std::uint64_t afterPacket)
{
    // After a resume() the same damage is met again.
    const auto same = [&](const ReaderMessage& known) { return known.offset == offset && known.text == text; };
    if (std::ranges::any_of(m_messages, same))
        return;
    constexpr std::size_t kKept = CaptureReader::kMaxMessages - 1; // the last place is for the count
    if (m_messages.size() < kKept) {
        m_messages.push_back({severity, std::move(text), offset, afterPacket});
        return;
    }
    if (m_notKept++ == 0)
        m_messages.push_back({severity, {}, offset, afterPacket});
    ReaderMessage& last = m_messages.back();
    last.severity = std::max(last.severity, severity);
    last.text =
        m_notKept == 1 ? "1 more message is not listed." : fmt::format("{} more messages are not listed.", m_notKept);
}

} // namespace timbre::capture
