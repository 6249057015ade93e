#include "engine/decode/fragment_table_private.h"

#include <algorithm>
#include <cstring>

namespace timbre::decode {

namespace {

constexpr std::uint32_t kMaxDatagram = 65535;  // a 16-bit length field cannot say more
constexpr std::size_t kDatagramOverhead = 256; // list node, index entry and the like, rounded
constexpr std::size_t kPartOverhead = 64;      // map node

bool usable(const Fragment& fragment)
{
    return fragment.complete() && fragment.length > 0 && (!fragment.more || fragment.length % 8 == 0) &&
           fragment.header.size() + fragment.offset + fragment.length <= kMaxDatagram;
}

void storeBe16(std::vector<std::byte>& bytes, std::size_t at, std::size_t value)
{
    bytes[at] = static_cast<std::byte>(value >> 8 & 0xff);
    bytes[at + 1] = static_cast<std::byte>(value & 0xff);
}

/// `whole` begins with the header of the first part: rewrites length and fragment fields to those of an unfragmented
/// packet.
void makeWhole(std::vector<std::byte>& whole, const IpAddress& source, std::uint8_t protocol)
{
    if (source.family == IpFamily::V4) {
        storeBe16(whole, 2, whole.size());
        storeBe16(whole, 6, 0);
        return;
    }
    storeBe16(whole, 4, whole.size() - kIpv6Header);
    whole[6] = static_cast<std::byte>(protocol);
}

} // namespace

std::size_t FragmentTable::KeyHash::operator()(const Key& key) const noexcept
{
    std::uint64_t hash = key.identification * 0x9e3779b97f4a7c15ULL ^ key.protocol ^ std::uint64_t{key.depth} << 8;
    for (const IpAddress* address : {&key.source, &key.destination}) {
        std::array<std::uint64_t, 2> words{};
        std::memcpy(words.data(), address->octets.data(), sizeof words);
        for (const std::uint64_t word : words)
            hash = (hash ^ word) * 0xff51afd7ed558ccdULL ^ hash >> 31;
    }
    return static_cast<std::size_t>(hash ^ hash >> 32);
}

void FragmentTable::setAccounted(Datagram& datagram, std::size_t bytes)
{
    m_bytes += bytes - datagram.accounted;
    datagram.accounted = bytes;
}

void FragmentTable::drop(Order::iterator datagram)
{
    setAccounted(*datagram, 0);
    m_index.erase(datagram->key);
    m_order.erase(datagram);
}

void FragmentTable::abandonAll()
{
    while (!m_order.empty()) {
        m_counters.datagramsAbandoned += m_order.front().condemned ? 0 : 1;
        drop(m_order.begin());
    }
}

void FragmentTable::expire(Timestamp now)
{
    while (!m_order.empty() && elapsedNs(m_order.front().started, now) >= m_options.fragmentTimeoutNs) {
        m_counters.datagramsAbandoned += m_order.front().condemned ? 0 : 1;
        drop(m_order.begin());
    }
}

void FragmentTable::dropOldestUntilWithinCaps(const Datagram* keep)
{
    while (m_bytes > m_options.maxFragmentBytes ||
           m_order.size() > std::max<std::size_t>(m_options.maxFragmentDatagrams, 1)) {
        auto victim = m_order.begin();
        if (&*victim == keep && ++victim == m_order.end())
            return; // one datagram is bounded by its 16-bit length
        ++m_counters.fragmentCapHits;
        m_counters.datagramsAbandoned += victim->condemned ? 0 : 1;
        drop(victim);
    }
}

FragmentTable::Datagram& FragmentTable::find(Timestamp time, const Key& key)
{
    if (const auto found = m_index.find(key); found != m_index.end())
        return *found->second;
    Datagram& datagram = m_order.emplace_back();
    datagram.key = key;
    datagram.started = time;
    setAccounted(datagram, kDatagramOverhead);
    m_index.emplace(key, std::prev(m_order.end()));
    return datagram;
}

void FragmentTable::condemn(Datagram& datagram)
{
    datagram.condemned = true;
    datagram.parts.clear();
    datagram.bytes = {};
    datagram.header = {};
    setAccounted(datagram, kDatagramOverhead);
    ++m_counters.datagramsOverlapping;
}

void FragmentTable::insert(Datagram& datagram, const Fragment& fragment)
{
    const std::uint32_t end = fragment.offset + fragment.length;
    const auto next = datagram.parts.lower_bound(fragment.offset);
    if (next != datagram.parts.end() && next->first == fragment.offset && next->second.length == fragment.length &&
        std::memcmp(fragment.bytes.data(), datagram.bytes.data() + next->second.at, fragment.length) == 0) {
        return; // the same part again
    }
    const bool runsIntoNext = next != datagram.parts.end() && next->first < end;
    const bool runsIntoPrevious =
        next != datagram.parts.begin() && std::prev(next)->first + std::prev(next)->second.length > fragment.offset;
    const bool beyondEnd = datagram.end && (fragment.more ? end > *datagram.end : end != *datagram.end);
    const bool endsTooEarly =
        !fragment.more && !datagram.parts.empty() &&
        std::prev(datagram.parts.end())->first + std::prev(datagram.parts.end())->second.length > end;
    if (runsIntoNext || runsIntoPrevious || beyondEnd || endsTooEarly) {
        condemn(datagram);
        return;
    }
    datagram.parts.emplace_hint(next, fragment.offset, Part{fragment.length, datagram.bytes.size()});
    datagram.bytes.insert(datagram.bytes.end(), fragment.bytes.begin(), fragment.bytes.end());
    if (!fragment.more)
        datagram.end = end;
    if (fragment.offset == 0)
        datagram.header.assign(fragment.header.begin(), fragment.header.end());
    setAccounted(datagram, kDatagramOverhead + datagram.bytes.size() + datagram.parts.size() * kPartOverhead);
}

std::optional<std::vector<std::byte>> FragmentTable::add(Timestamp time, std::uint8_t depth, const Fragment& fragment)
{
    ++m_counters.fragments;
    expire(time);
    if (!usable(fragment)) {
        ++m_counters.fragmentsUnusable;
        return std::nullopt;
    }
    // IPv6 identifies a datagram by addresses and identification alone (RFC 8200, 4.5).
    const std::uint8_t protocol = fragment.source.family == IpFamily::V4 ? fragment.protocol : std::uint8_t{0};
    Datagram& datagram = find(time, {fragment.source, fragment.destination, fragment.identification, protocol, depth});
    if (datagram.condemned)
        return std::nullopt;
    insert(datagram, fragment);
    // Parts never overlap and none lies beyond the end: all of them are there when their sizes add up.
    if (datagram.condemned || !datagram.end || datagram.bytes.size() != *datagram.end) {
        dropOldestUntilWithinCaps(&datagram);
        return std::nullopt;
    }
    std::vector<std::byte> whole = std::move(datagram.header);
    if (whole.size() + datagram.bytes.size() > kMaxDatagram) { // only the first part's header was longer
        ++m_counters.datagramsAbandoned;
        drop(m_index.find(datagram.key)->second);
        return std::nullopt;
    }
    whole.reserve(whole.size() + datagram.bytes.size());
    for (const auto& [offset, part] : datagram.parts) {
        const auto begin = datagram.bytes.begin() + static_cast<std::ptrdiff_t>(part.at);
        whole.insert(whole.end(), begin, begin + static_cast<std::ptrdiff_t>(part.length));
    }
    makeWhole(whole, fragment.source, fragment.protocol);
    ++m_counters.datagramsReassembled;
    drop(m_index.find(datagram.key)->second);
    return whole;
}

} // namespace timbre::decode
