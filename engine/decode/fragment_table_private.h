#pragma once

// IP datagrams that have arrived in part. Any overlap condemns the whole datagram (RFC 5722, applied to IPv4 as well):
// it stays condemned until it times out, so that later parts of it do not start a new one. Exact repeats of a part are
// fine. Bounded by datagrams and bytes; the oldest datagram gives way. Work per fragment is logarithmic in its
// datagram's parts.

#include "engine/decode/decoder.h"
#include "engine/decode/ip_packet_private.h"

#include <list>
#include <map>
#include <optional>
#include <unordered_map>

namespace timbre::decode {

class FragmentTable {
public:
    FragmentTable(const DecoderOptions& options, DecoderCounters& counters)
        : m_options(options)
        , m_counters(counters)
    {
    }

    /// The whole datagram with a header that says so, when this part completes it.
    std::optional<std::vector<std::byte>> add(Timestamp time, std::uint8_t depth, const Fragment& fragment);
    /// Counts what is unfinished as abandoned and forgets it.
    void abandonAll();

private:
    struct Key {
        IpAddress source;
        IpAddress destination;
        std::uint32_t identification = 0;
        std::uint8_t protocol = 0;
        std::uint8_t depth = 0; // tunnels may use the same addresses
        bool operator==(const Key&) const = default;
    };
    struct KeyHash {
        std::size_t operator()(const Key& key) const noexcept;
    };
    struct Part {
        std::uint32_t length = 0;
        std::size_t at = 0; // into Datagram::bytes
    };
    struct Datagram {
        Key key;
        Timestamp started;
        std::map<std::uint32_t, Part> parts; // by offset in the datagram, never overlapping
        std::vector<std::byte> bytes;        // of all parts, in the order they came
        std::vector<std::byte> header;       // of the part at offset 0
        std::size_t accounted = 0;           // bytes counted against the cap
        std::optional<std::uint32_t> end;    // known once the last part is there
        bool condemned = false;
    };
    using Order = std::list<Datagram>; // oldest first

    Datagram& find(Timestamp time, const Key& key);
    void expire(Timestamp now);
    void dropOldestUntilWithinCaps(const Datagram* keep);
    void drop(Order::iterator datagram);
    void condemn(Datagram& datagram);
    void insert(Datagram& datagram, const Fragment& fragment);
    void setAccounted(Datagram& datagram, std::size_t bytes);

    const DecoderOptions& m_options;
    DecoderCounters& m_counters;
    Order m_order;
    std::unordered_map<Key, Order::iterator, KeyHash> m_index;
    std::size_t m_bytes = 0;
};

} // namespace timbre::decode
