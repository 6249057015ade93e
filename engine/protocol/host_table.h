#pragma once

// Address → name, from DNS answers (and name tables) of the same capture: what lets a flow say "www.example.org"
// instead of 192.0.2.1 without any look-up of our own. The latest answer wins, for the flows that come after it.
// Belongs to the thread that writes the string pool.

#include "engine/base/ip_address.h"
#include "engine/base/string_pool.h"

#include <vector>

namespace timbre::protocol {

struct HostTableConfig {
    std::size_t maxAddresses = 200'000;
    std::uint64_t hashSeed = 0x54696d627265; // results do not depend on it; a secret one keeps crafted input cheap
};

class HostTable {
public:
    explicit HostTable(StringPool& names, HostTableConfig config = {});

    /// Nothing happens for addresses that name no host: unspecified, loopback, multicast, broadcast.
    void add(const IpAddress& address, std::string_view name);
    /// For name tables of capture files, where both are text. False when `address` is no address.
    bool add(std::string_view address, std::string_view name);

    /// 0 when no name is known.
    [[nodiscard]] StringId lookup(const IpAddress& address) const;

    [[nodiscard]] std::size_t size() const { return m_size; }
    /// Addresses not taken because the table was full.
    [[nodiscard]] std::uint64_t refused() const { return m_refused; }
    [[nodiscard]] std::size_t memoryBytes() const { return m_entries.capacity() * sizeof(Entry); }

private:
    struct Entry {
        std::array<std::uint8_t, 16> octets{};
        StringId name = 0;
        IpFamily family = IpFamily::None; // None: free
    };

    [[nodiscard]] std::size_t find(const IpAddress& address) const;
    void grow();

    StringPool& m_names;
    HostTableConfig m_config;
    std::vector<Entry> m_entries; // open addressing, a power of two, at most 3/4 full
    std::size_t m_size = 0;
    std::uint64_t m_refused = 0;
};

} // namespace timbre::protocol
