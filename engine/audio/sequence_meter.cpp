#include "engine/audio/sequence_meter.h"

namespace timbre::audio {

namespace {

constexpr std::int64_t kMaxDropout = 3000; // RFC 3550 A.1; a larger jump is a source that started anew
constexpr std::int64_t kMaxLate = 512;
constexpr std::int64_t kWindow = 64;

} // namespace

SequenceMeter::Arrival SequenceMeter::add(std::uint32_t sequence)
{
    ++m_received;
    m_lastStep = 0;
    if (!m_started) {
        m_started = true;
        m_first = m_highest = (std::uint64_t{1} << m_bits) + sequence; // one turn up: what is late stays positive
        m_window = 1;
        return Arrival::First;
    }
    const auto before = static_cast<std::uint32_t>(m_highest);
    const std::int64_t step =
        m_bits == 16 ? static_cast<std::int16_t>(sequence - before) : static_cast<std::int32_t>(sequence - before);
    if (step > kMaxDropout || step < -kMaxLate) {
        ++m_restarts;
        m_expectedBefore += m_highest - m_first + 1;
        m_first = m_highest = (std::uint64_t{1} << m_bits) + sequence;
        m_window = 1;
        return Arrival::Restart;
    }
    if (step > 0) {
        m_highest += static_cast<std::uint64_t>(step);
        m_window = step < kWindow ? m_window << static_cast<unsigned>(step) | 1U : 1U;
        m_lastStep = static_cast<std::uint64_t>(step);
        m_inOrder += step == 1 ? 1 : 0;
        return step == 1 ? Arrival::Next : Arrival::Ahead;
    }
    const std::uint64_t bit = -step < kWindow ? std::uint64_t{1} << static_cast<unsigned>(-step) : 0;
    if ((m_window & bit) != 0) {
        ++m_duplicates;
        return Arrival::Duplicate;
    }
    m_window |= bit;
    ++m_late;
    const std::uint64_t number = m_highest - static_cast<std::uint64_t>(-step);
    if (number < m_first)
        m_first = number;
    return Arrival::Late;
}

std::uint64_t SequenceMeter::expected() const
{
    return m_started ? m_expectedBefore + m_highest - m_first + 1 : 0;
}

std::uint64_t SequenceMeter::lost() const
{
    return expected() > unique() ? expected() - unique() : 0;
}

} // namespace timbre::audio
