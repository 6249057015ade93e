#pragma once

// Reads DNS messages (RFC 1035; the same format for mDNS and LLMNR) record by record, without copying the message and
// with every name bounded: pointers must lead backwards, at most kMaxDnsPointers of them, at most 255 bytes in all.

#include "engine/protocol/host_table.h"

#include <string>

namespace timbre::protocol {

inline constexpr std::size_t kDnsHeaderBytes = 12;
inline constexpr std::size_t kMaxDnsPointers = 64; // per name

inline constexpr std::uint16_t kDnsA = 1;
inline constexpr std::uint16_t kDnsCname = 5;
inline constexpr std::uint16_t kDnsAaaa = 28;
inline constexpr std::uint16_t kDnsInternet = 1; // class IN

struct DnsHeader {
    std::uint16_t id = 0;
    std::uint16_t flags = 0;
    std::uint16_t questions = 0;
    std::uint16_t answers = 0;
    std::uint16_t authorities = 0;
    std::uint16_t additionals = 0;

    [[nodiscard]] bool response() const { return (flags & 0x8000U) != 0; }
    [[nodiscard]] unsigned opcode() const { return flags >> 11U & 0xfU; }
    [[nodiscard]] unsigned rcode() const { return flags & 0xfU; }
};

/// `name` is lower-case with bytes outside printable ASCII, and dots inside a label, as \DDD; no dot at the end; the
/// root is ".". Offsets are into the message.
struct DnsQuestion {
    std::string name;
    std::uint16_t type = 0;
    std::uint16_t classCode = 0;
    std::size_t offset = 0;
    std::size_t length = 0;
};

struct DnsRecord {
    std::string name;
    std::uint16_t type = 0;
    std::uint16_t classCode = 0;
    std::uint32_t ttl = 0;
    Bytes data;
    std::size_t dataOffset = 0;
    std::size_t offset = 0;
    std::size_t length = 0;
};

/// Walks a message: header(), then questions, then records, each call the next one. After a failed call the walk is
/// over.
class DnsReader {
public:
    explicit DnsReader(Bytes message);

    /// False when there are not even 12 bytes.
    [[nodiscard]] bool ok() const { return m_ok; }
    [[nodiscard]] const DnsHeader& header() const { return m_header; }
    [[nodiscard]] std::size_t position() const { return m_position; }

    /// Requires: called at most header().questions times. False when the message breaks off or its format is wrong.
    bool next(DnsQuestion& question);
    bool next(DnsRecord& record);

    /// The name at `position`, which is moved behind it. Replaces `out`.
    static bool readName(Bytes message, std::size_t& position, std::string& out);

private:
    Bytes m_message;
    DnsHeader m_header;
    std::size_t m_position = 0;
    bool m_ok = false;
};

/// True when this can be a DNS message: header values in use and a first question, or record, that can be read.
[[nodiscard]] bool looksLikeDns(Bytes message);

/// Feeds the addresses of a response to `hosts`. An address reached from the question through CNAMEs gets the name that
/// was asked, any other the name of its own record. `multicast`: mDNS, where additional records count too.
void collectDnsHosts(Bytes message, bool multicast, HostTable& hosts);

/// "A", "AAAA", "HTTPS", … or "TYPE65534".
[[nodiscard]] std::string dnsTypeName(std::uint16_t type);
/// "no error", "no such name", …
[[nodiscard]] std::string_view dnsRcodeName(unsigned rcode);

} // namespace timbre::protocol
