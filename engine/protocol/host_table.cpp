#include "engine/protocol/host_table.h"

#include <xxhash.h>

namespace timbre::protocol {

namespace {

constexpr std::size_t kFirstSlots = 64;

bool namesHost(const IpAddress& address)
{
    const auto& o = address.octets;
    if (address.family == IpFamily::V4)
        return o[0] != 0 && o[0] != 127 && o[0] < 224; // RFC 1122 3.2.1.3, RFC 5771; 240/4 holds the broadcast address
    if (address.family != IpFamily::V6 || o[0] == 0xff)
        return false;
    for (std::size_t i = 0; i < 15; ++i) {
        if (o[i] != 0)
            return true;
    }
    return o[15] > 1; // not :: and not ::1
}

} // namespace

HostTable::HostTable(StringPool& names, HostTableConfig config)
    : m_names(names)
    , m_config(config)
{
}

void HostTable::add(const IpAddress& address, std::string_view name)
{
    if (name.empty() || !namesHost(address))
        return;
    if (m_entries.empty() || (m_size + 1) * 4 > m_entries.size() * 3)
        grow();
    Entry& entry = m_entries[find(address)];
    if (entry.family == IpFamily::None) {
        if (m_size >= m_config.maxAddresses) {
            ++m_refused;
            return;
        }
        entry.octets = address.octets;
        entry.family = address.family;
        ++m_size;
    }
    // A pool that is full gives 0: an older name must not stay, it could be wrong by now.
    entry.name = m_names.intern(name);
}

bool HostTable::add(std::string_view address, std::string_view name)
{
    const auto parsed = IpAddress::parse(address);
    if (parsed)
        add(*parsed, name);
    return parsed.has_value();
}

StringId HostTable::lookup(const IpAddress& address) const
{
    if (m_size == 0 || !address.valid())
        return 0;
    return m_entries[find(address)].name;
}

/// The entry of `address`, or the free one where it belongs. Requires: a free entry exists.
std::size_t HostTable::find(const IpAddress& address) const
{
    const std::size_t mask = m_entries.size() - 1;
    std::size_t at = XXH3_64bits_withSeed(address.octets.data(), address.octets.size(),
                                          m_config.hashSeed ^ static_cast<std::uint64_t>(address.family)) &
                     mask;
    while (m_entries[at].family != IpFamily::None &&
           (m_entries[at].family != address.family || m_entries[at].octets != address.octets))
        at = (at + 1) & mask;
    return at;
}

void HostTable::grow()
{
    std::vector<Entry> old(m_entries.empty() ? kFirstSlots : m_entries.size() * 2);
    old.swap(m_entries);
    for (const Entry& entry : old) {
        if (entry.family != IpFamily::None)
            m_entries[find({entry.family, entry.octets})] = entry;
    }
}

} // namespace timbre::protocol
