#pragma once

// Ids of texts that are asked for again and again, such as those of addresses: kept with what they are made of, so that
// the text is neither written nor looked up each time.

#include "engine/base/ip_address.h"
#include "engine/base/string_pool.h"

#include <array>
#include <cstring>

namespace timbre::pipeline {

/// One place for each remainder of the keys' hashes: the latest key that came there stays.
template<typename Key>
class RecentIds {
public:
    /// The id of `key`, made when it is not known here. Id 0, no room for the text, is not remembered.
    template<typename Make>
    StringId of(const Key& key, Make&& make)
    {
        Entry& entry = m_entries[hashOf(key) >> (64U - kPlacesLog2)];
        if (entry.id != 0 && entry.key == key)
            return entry.id;
        const StringId id = make();
        if (id != 0)
            entry = {key, id};
        return id;
    }

private:
    static constexpr unsigned kPlacesLog2 = 10;
    static constexpr std::uint64_t kMix = 0x9e3779b97f4a7c15; // 2^64 over the golden ratio: spreads into the top bits
    struct Entry {
        Key key{};
        StringId id = 0;
    };

    static std::uint64_t hashOf(std::uint32_t key) { return key * kMix; }
    static std::uint64_t hashOf(const IpAddress& address)
    {
        std::array<std::uint64_t, 2> halves;
        std::memcpy(halves.data(), address.octets.data(), sizeof halves);
        return (halves[0] * kMix ^ halves[1]) * kMix;
    }

    std::array<Entry, std::size_t{1} << kPlacesLog2> m_entries;
};

} // namespace timbre::pipeline
