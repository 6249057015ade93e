#include "tests/generator/dns_message.h"

#include <algorithm>

namespace timbre::generator {

namespace {

constexpr std::uint16_t kClassInternet = 1;
constexpr std::uint16_t kPointerToQuestion = 0xc00c; // compressed name: offset 12

void putName(ByteWriter& out, std::string_view name)
{
    while (!name.empty()) {
        const std::size_t length = std::min(name.find('.'), name.size());
        out.u8(length).text(name.substr(0, length));
        name.remove_prefix(std::min(length + 1, name.size()));
    }
    out.u8(0);
}

void putHeaderAndQuestion(ByteWriter& out, const DnsQuestion& question, std::uint16_t flags, std::size_t answers)
{
    out.u16(question.id).u16(flags).u16(1).u16(answers).u16(0).u16(0);
    putName(out, question.name);
    out.u16(static_cast<std::uint64_t>(question.type)).u16(kClassInternet);
}

void putOwner(ByteWriter& out, const DnsAnswer& answer, std::size_t alias)
{
    if (alias == 0) {
        out.u16(kPointerToQuestion);
    } else {
        putName(out, answer.aliases[alias - 1]);
    }
}

} // namespace

Bytes dnsQuery(const DnsQuestion& question)
{
    Bytes message;
    ByteWriter out(message);
    putHeaderAndQuestion(out, question, 0x0100, 0); // recursion desired
    return message;
}

Bytes dnsResponse(const DnsQuestion& question, const DnsAnswer& answer)
{
    Bytes message;
    ByteWriter out(message);
    const auto flags = low16(0x8180U | answer.responseCode);
    putHeaderAndQuestion(out, question, flags, answer.aliases.size() + answer.addresses.size());
    for (std::size_t i = 0; i < answer.aliases.size(); ++i) {
        Bytes target;
        ByteWriter targetOut(target);
        putName(targetOut, answer.aliases[i]);
        putOwner(out, answer, i);
        out.u16(static_cast<std::uint64_t>(DnsType::Cname)).u16(kClassInternet).u32(answer.timeToLive);
        out.u16(target.size()).bytes(target);
    }
    for (const auto& address : answer.addresses) {
        putOwner(out, answer, answer.aliases.size());
        const DnsType type = address.isV6 ? DnsType::Aaaa : DnsType::A;
        out.u16(static_cast<std::uint64_t>(type)).u16(kClassInternet).u32(answer.timeToLive);
        out.u16(address.view().size()).bytes(address.view());
    }
    return message;
}

Bytes dnsOverTcp(ByteView message)
{
    Bytes result;
    ByteWriter(result).u16(message.size()).bytes(message);
    return result;
}

} // namespace timbre::generator
