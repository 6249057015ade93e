#include "engine/protocol/dns.h"

#include "engine/protocol/head_reader.h"
#include "engine/protocol/safe_text.h"

#include <algorithm>
#include <array>
#include <vector>

namespace timbre::protocol {

namespace {

constexpr std::size_t kMaxWireName = 255;
constexpr std::size_t kMaxChain = 16; // CNAMEs followed; longer chains give addresses their own record's name
constexpr unsigned kMaxOpcode = 6;    // DSO, RFC 8490

void appendLabel(std::string& out, Bytes label)
{
    if (!out.empty())
        out.push_back('.');
    for (const char c : asText(label)) {
        if (c == '.') {
            out += "\\046";
            continue;
        }
        appendLowerEscaped(out, asBytes(std::string_view(&c, 1)));
    }
}

} // namespace

DnsReader::DnsReader(Bytes message)
    : m_message(message)
{
    ByteReader reader(message);
    m_header.id = reader.be16();
    m_header.flags = reader.be16();
    m_header.questions = reader.be16();
    m_header.answers = reader.be16();
    m_header.authorities = reader.be16();
    m_header.additionals = reader.be16();
    m_ok = reader.ok();
    m_position = kDnsHeaderBytes;
}

bool DnsReader::readName(Bytes message, std::size_t& position, std::string& out)
{
    out.clear();
    std::size_t at = position;
    std::size_t lowest = position; // pointers must lead below everything read so far: no loops
    std::size_t wireBytes = 1;
    std::size_t pointers = 0;
    bool jumped = false;
    while (at < message.size()) {
        const std::uint8_t length = loadU8(message, at);
        if (length == 0) {
            if (!jumped)
                position = at + 1;
            if (out.empty())
                out = ".";
            return true;
        }
        if ((length & 0xc0U) == 0xc0U) {
            if (at + 2 > message.size() || ++pointers > kMaxDnsPointers)
                return false;
            const std::size_t target = loadBe16(message, at) & 0x3fffU;
            if (!jumped)
                position = at + 2;
            if (target >= lowest)
                return false;
            jumped = true;
            lowest = target;
            at = target;
            continue;
        }
        wireBytes += length + 1U;
        if (length > 63 || at + 1 + length > message.size() || wireBytes > kMaxWireName)
            return false;
        appendLabel(out, message.subspan(at + 1, length));
        at += length + 1U;
    }
    return false;
}

bool DnsReader::next(DnsQuestion& question)
{
    question.offset = m_position;
    if (!m_ok || !readName(m_message, m_position, question.name)) {
        m_ok = false;
        return false;
    }
    ByteReader reader(m_message.subspan(m_position));
    question.type = reader.be16();
    question.classCode = reader.be16();
    m_ok = reader.ok();
    m_position += reader.position();
    question.length = m_position - question.offset;
    return m_ok;
}

bool DnsReader::next(DnsRecord& record)
{
    record.offset = m_position;
    if (!m_ok || !readName(m_message, m_position, record.name)) {
        m_ok = false;
        return false;
    }
    ByteReader reader(m_message.subspan(m_position));
    record.type = reader.be16();
    record.classCode = reader.be16();
    record.ttl = reader.be32();
    record.data = reader.bytes(reader.be16());
    m_ok = reader.ok();
    m_position += reader.position();
    record.dataOffset = m_position - record.data.size();
    record.length = m_position - record.offset;
    return m_ok;
}

bool looksLikeDns(Bytes message)
{
    DnsReader reader(message);
    const DnsHeader& header = reader.header();
    if (!reader.ok() || header.opcode() > kMaxOpcode)
        return false;
    if (header.questions > 0) {
        DnsQuestion question;
        return header.questions <= 64 && reader.next(question);
    }
    if (header.answers == 0 && header.authorities == 0 && header.additionals == 0)
        return header.response() && message.size() == kDnsHeaderBytes; // bare refusal
    DnsRecord record;
    return reader.next(record);
}

namespace {

/// The names that stand for the one that was asked.
class CnameChain {
public:
    void start(const std::string& question)
    {
        m_names.clear();
        m_names.push_back(question);
    }
    [[nodiscard]] bool contains(const std::string& name) const
    {
        return std::find(m_names.begin(), m_names.end(), name) != m_names.end();
    }
    void follow(const std::string& owner, std::string target)
    {
        if (m_names.size() < kMaxChain && contains(owner))
            m_names.push_back(std::move(target));
    }
    [[nodiscard]] const std::string& nameFor(const std::string& owner) const
    {
        return contains(owner) ? m_names.front() : owner;
    }

private:
    std::vector<std::string> m_names;
};

bool isAddress(const DnsRecord& record)
{
    // The top bit of the class is mDNS's "flush the cache", RFC 6762 10.2.
    return (record.classCode & 0x7fffU) == kDnsInternet &&
           ((record.type == kDnsA && record.data.size() == 4) || (record.type == kDnsAaaa && record.data.size() == 16));
}

} // namespace

void collectDnsHosts(Bytes message, bool multicast, HostTable& hosts)
{
    DnsReader reader(message);
    const DnsHeader& header = reader.header();
    if (!reader.ok() || !header.response() || header.opcode() != 0 || header.rcode() != 0)
        return;
    CnameChain chain;
    DnsQuestion question;
    for (unsigned i = 0; i < header.questions; ++i) {
        if (!reader.next(question))
            return;
        if (i == 0)
            chain.start(question.name);
    }
    const unsigned records = multicast ? header.answers + header.authorities + header.additionals : header.answers;
    DnsRecord record;
    for (unsigned i = 0; i < records && reader.next(record); ++i) {
        if (record.type == kDnsCname) {
            std::size_t position = record.dataOffset;
            if (std::string target; DnsReader::readName(message, position, target))
                chain.follow(record.name, std::move(target));
        } else if (isAddress(record)) {
            hosts.add(IpAddress::fromBytes(record.data), chain.nameFor(record.name));
        }
    }
}

HeadAnswer readDnsStream(Bytes stream, const HeadContext& context, HeadCursor& cursor, HeadFacts& facts)
{
    HeadAnswer answer{.status = HeadStatus::NeedMore};
    while (true) {
        const Bytes rest = stream.subspan(answer.consumed);
        const std::size_t length = rest.size() < 2 ? 0 : 2U + loadBe16(rest, 0);
        if (rest.size() < 2 || rest.size() < length) {
            answer.wanted = static_cast<std::uint32_t>(answer.consumed + std::max<std::size_t>(2, length));
            return answer;
        }
        const Bytes message = rest.subspan(2, length - 2);
        if (!looksLikeDns(message))
            return {.status = HeadStatus::Done};
        cursor.app = facts.app = flow::App::Dns;
        if (context.hosts != nullptr)
            collectDnsHosts(message, false, *context.hosts);
        answer.consumed += static_cast<std::uint32_t>(length);
    }
}

std::string dnsTypeName(std::uint16_t type)
{
    struct Known {
        std::uint16_t type;
        const char* name;
    };
    static constexpr std::array kTypes = {
        Known{1, "A"},       Known{2, "NS"},     Known{5, "CNAME"},  Known{6, "SOA"},    Known{12, "PTR"},
        Known{13, "HINFO"},  Known{15, "MX"},    Known{16, "TXT"},   Known{24, "SIG"},   Known{25, "KEY"},
        Known{28, "AAAA"},   Known{29, "LOC"},   Known{33, "SRV"},   Known{35, "NAPTR"}, Known{39, "DNAME"},
        Known{41, "OPT"},    Known{43, "DS"},    Known{44, "SSHFP"}, Known{46, "RRSIG"}, Known{47, "NSEC"},
        Known{48, "DNSKEY"}, Known{50, "NSEC3"}, Known{52, "TLSA"},  Known{64, "SVCB"},  Known{65, "HTTPS"},
        Known{99, "SPF"},    Known{249, "TKEY"}, Known{250, "TSIG"}, Known{251, "IXFR"}, Known{252, "AXFR"},
        Known{255, "ANY"},   Known{256, "URI"},  Known{257, "CAA"},  Known{10, "NULL"},  Known{32, "NB"},
    };
    for (const Known& known : kTypes) {
        if (known.type == type)
            return known.name;
    }
    return "TYPE" + std::to_string(type); // RFC 3597 5
}

std::string_view dnsRcodeName(unsigned rcode)
{
    static constexpr std::array<std::string_view, 11> kNames = {
        "no error",    "format error", "server failure", "no such name",      "not implemented", "refused",
        "name exists", "RRset exists", "no such RRset",  "not authoritative", "not in zone"};
    return rcode < kNames.size() ? kNames[rcode] : "unknown code";
}

} // namespace timbre::protocol
