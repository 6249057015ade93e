// DNS, mDNS and LLMNR messages as tree nodes.

#include "engine/protocol/dns.h"
#include "engine/protocol/field_writer_private.h"
#include "engine/protocol/safe_text.h"

namespace timbre::protocol {

using decode::LayerNode;
using decode::LayerTree;

namespace {

constexpr std::uint16_t kNs = 2, kSoa = 6, kPtr = 12, kMx = 15, kTxt = 16, kSrv = 33, kDname = 39, kOpt = 41;

std::string nameAt(Bytes message, std::size_t position)
{
    std::string name;
    return DnsReader::readName(message, position, name) ? name : "damaged name";
}

std::string textStrings(Bytes data)
{
    std::string out;
    ByteReader reader(data);
    while (!reader.atEnd() && reader.ok()) {
        if (!out.empty())
            out += ' ';
        out += '"' + displayText(reader.bytes(reader.u8()), 255) + '"';
    }
    return out;
}

/// The data of a record in words.
std::string recordText(Bytes message, const DnsRecord& record)
{
    const Bytes data = record.data;
    const std::size_t at = record.dataOffset;
    switch (record.type) {
    case kDnsA:
    case kDnsAaaa:
        if (data.size() == (record.type == kDnsA ? 4 : 16))
            return toString(IpAddress::fromBytes(data));
        break;
    case kNs:
    case kDnsCname:
    case kPtr:
    case kDname:
        return nameAt(message, at);
    case kSoa:
        return nameAt(message, at);
    case kMx:
        if (data.size() >= 3)
            return fmt::format("{} {}", loadBe16(data, 0), nameAt(message, at + 2));
        break;
    case kSrv:
        if (data.size() >= 7)
            return fmt::format("{}:{} (priority {}, weight {})", nameAt(message, at + 6), loadBe16(data, 4),
                               loadBe16(data, 0), loadBe16(data, 2));
        break;
    case kTxt:
        return textStrings(data);
    default:
        break;
    }
    return hexText(data);
}

void addHeader(LayerNode& layer, const Message& message, const DnsHeader& header)
{
    addField(layer, message, "Identifier", fmt::format("0x{:04x}", header.id), 0, 2);
    LayerNode& flags = addField(layer, message, "Flags", fmt::format("0x{:04x}", header.flags), 2, 2);
    addField(flags, message, "Kind", header.response() ? "response" : "query", 2, 1);
    addField(flags, message, "Operation", fmt::format("{}", header.opcode()), 2, 1);
    const auto bit = [&](const char* name, unsigned mask, std::size_t at) {
        addField(flags, message, name, (header.flags & mask) != 0 ? "set" : "not set", at, 1);
    };
    bit("Authoritative", 0x0400, 2);
    bit("Truncated", 0x0200, 2);
    bit("Recursion wanted", 0x0100, 2);
    bit("Recursion available", 0x0080, 3);
    addField(flags, message, "Result", std::string(dnsRcodeName(header.rcode())), 3, 1);
    addField(layer, message, "Questions", fmt::format("{}", header.questions), 4, 2);
    addField(layer, message, "Answers", fmt::format("{}", header.answers), 6, 2);
    addField(layer, message, "Authorities", fmt::format("{}", header.authorities), 8, 2);
    addField(layer, message, "Additional records", fmt::format("{}", header.additionals), 10, 2);
}

void addRecord(LayerNode& layer, const Message& message, const DnsRecord& record, const char* section)
{
    const std::string type = dnsTypeName(record.type);
    const std::string text = recordText(message.bytes, record);
    LayerNode& node = addField(layer, message, section, fmt::format("{} {} {}", record.name, type, text), record.offset,
                               record.length);
    const std::size_t fixed = record.dataOffset - 10; // type, class, time to live, length
    addField(node, message, "Name", record.name, record.offset, fixed - record.offset);
    addField(node, message, "Type", type, fixed, 2);
    if (record.type != kOpt) { // RFC 6891 6.1.2 uses the two fields for something else
        addField(node, message, "Class", record.classCode == kDnsInternet ? "IN" : fmt::format("{}", record.classCode),
                 fixed + 2, 2);
        addField(node, message, "Time to live", fmt::format("{} s", record.ttl), fixed + 4, 4);
    }
    LayerNode& data = addField(node, message, "Data", text, record.dataOffset, record.data.size());
    if (record.type == kDnsA || record.type == kDnsAaaa)
        data.filter = "addr == " + text;
}

struct Section {
    const char* name;
    unsigned count;
};

/// Returns what the answers say, for the summary.
std::string addRecords(LayerNode& layer, const Message& message, DnsReader& reader)
{
    const DnsHeader& header = reader.header();
    const Section sections[] = {
        {"Answer", header.answers}, {"Authority", header.authorities}, {"Additional", header.additionals}};
    std::string answers;
    std::size_t shown = 0;
    std::size_t hidden = 0;
    DnsRecord record;
    for (const Section& section : sections) {
        for (unsigned i = 0; i < section.count; ++i) {
            if (!reader.next(record)) {
                addNote(layer, "Damaged", fmt::format("{} {} cannot be read", section.name, i + 1));
                return answers;
            }
            if (&section == &sections[0] && i < 3)
                answers += fmt::format("{}{} {}", i == 0 ? " " : ", ", dnsTypeName(record.type),
                                       recordText(message.bytes, record));
            if (shown++ < kMaxShownFields)
                addRecord(layer, message, record, section.name);
            else
                ++hidden;
        }
    }
    if (header.answers > 3)
        answers += fmt::format(" and {} more", header.answers - 3);
    if (hidden > 0)
        addNote(layer, "More", fmt::format("{} further records are not listed", hidden));
    return answers;
}

} // namespace

bool describeDns(LayerTree& tree, const Message& message, std::string_view protocol)
{
    if (!looksLikeDns(message.bytes))
        return false;
    DnsReader reader(message.bytes);
    const DnsHeader& header = reader.header();
    LayerNode& layer = addLayer(tree, "Domain Name System", message, message.bytes.size());
    addHeader(layer, message, header);
    std::string asked;
    DnsQuestion question;
    bool whole = true;
    for (unsigned i = 0; i < header.questions && whole; ++i) {
        whole = reader.next(question);
        if (!whole) {
            addNote(layer, "Damaged", fmt::format("question {} cannot be read", i + 1));
            break;
        }
        const std::string type = dnsTypeName(question.type);
        if (i == 0)
            asked = fmt::format(" {} {}", type, question.name);
        LayerNode& node = addField(layer, message, "Question", fmt::format("{} {}", question.name, type),
                                   question.offset, question.length);
        addField(node, message, "Name", question.name, question.offset, question.length - 4);
        addField(node, message, "Type", type, question.offset + question.length - 4, 2);
        addField(node, message, "Class", fmt::format("{}", question.classCode & 0x7fffU),
                 question.offset + question.length - 2, 2);
    }
    const std::string answers = whole ? addRecords(layer, message, reader) : std::string();
    tree.protocol = protocol;
    tree.summary = fmt::format("{} {}{}", protocol, header.response() ? "response" : "query", asked);
    if (header.response() && header.rcode() != 0)
        tree.summary += fmt::format(": {}", dnsRcodeName(header.rcode()));
    else if (!answers.empty())
        tree.summary += " →" + answers;
    layer.value = tree.summary.substr(protocol.size() + 1);
    return true;
}

bool describeDnsOverTcp(LayerTree& tree, const Message& message)
{
    if (message.bytes.size() < 2)
        return false;
    const std::size_t length = loadBe16(message.bytes, 0);
    if (length + 2 > message.bytes.size())
        return false;
    return describeDns(tree, message.part(2, length), "DNS");
}

} // namespace timbre::protocol
