// Any bytes as a DNS message, over UDP and TCP. Names must stay within their bounds and every walk must end.

#include "engine/protocol/datagram_head.h"
#include "engine/protocol/dns.h"
#include "engine/protocol/head_reader.h"

#include <cstdlib>
#include <memory>

using namespace timbre;
using namespace timbre::protocol;

namespace {

/// 255 bytes, each at worst as \DDD.
constexpr std::size_t kMaxShownName = 4 * 255;

void require(bool truth)
{
    if (!truth)
        std::abort();
}

/// Making a pool is most of an input's time, so it serves many.
StringPool& names()
{
    constexpr unsigned kInputs = 20'000;
    static unsigned inputs = 0;
    static std::unique_ptr<StringPool> pool;
    if (!pool || ++inputs % kInputs == 0)
        pool = std::make_unique<StringPool>();
    return *pool;
}

void walk(Bytes message)
{
    DnsReader reader(message);
    if (!reader.ok())
        return;
    DnsQuestion question;
    for (unsigned i = 0; i < reader.header().questions; ++i) {
        if (!reader.next(question))
            return;
        require(question.name.size() <= kMaxShownName && question.offset + question.length <= message.size());
    }
    DnsRecord record;
    while (reader.next(record)) {
        require(record.name.size() <= kMaxShownName && record.offset + record.length <= message.size());
        require(record.length >= 11);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const Bytes bytes = std::as_bytes(std::span(data, size));
    walk(bytes);
    HostTable hosts(names());
    collectDnsHosts(bytes, false, hosts);
    collectDnsHosts(bytes, true, hosts);

    HeadCursor cursor;
    HeadFacts facts;
    const HeadAnswer answer = readDnsStream(bytes, {53, 40000, &hosts}, cursor, facts);
    require(answer.status == HeadStatus::Done || answer.wanted > bytes.size());
    require(answer.consumed <= bytes.size());

    DatagramScratch scratch{};
    const Datagram datagram{flow::Side::Responder, 53, 40000, bytes};
    (void)readDatagramHead(datagram, scratch, &hosts, facts);
    return 0;
}
