#include "engine/capture/filter_check.h"

#include "engine/base/ip_address.h"
#include "engine/capture/bpf_filter.h"

#include <algorithm>
#include <cctype>

namespace timbre::capture {

namespace {

bool isWordCharacter(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '-' || c == '_' || c == ':';
}

/// A name behind one of the words that take hosts or networks, which libpcap would look up.
bool wouldBeLookedUp(const std::string& before, const std::string& word)
{
    static const std::vector<std::string> kTakeNames{"host", "src", "dst", "net", "gateway", "and", "or", "not"};
    const bool taker = std::ranges::find(kTakeNames, before) != kTakeNames.end();
    const auto& words = captureFilterWords();
    const bool known = std::ranges::find(words, word) != words.end();
    const bool letters =
        std::ranges::any_of(word, [](char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; });
    return taker && !known && letters && word.find(':') == std::string::npos;
}

std::optional<FilterFault> nameIn(const std::string& filter)
{
    std::string before = "host"; // a filter may begin with a bare name
    for (std::size_t at = 0; at < filter.size();) {
        if (!isWordCharacter(filter[at])) {
            ++at;
            continue;
        }
        std::size_t end = at;
        while (end < filter.size() && isWordCharacter(filter[end]))
            ++end;
        const std::string word = filter.substr(at, end - at);
        if (wouldBeLookedUp(before, word))
            return FilterFault{at, end - at, "“" + word + "” will be looked up when the capture starts"};
        before = word;
        at = end;
    }
    return std::nullopt;
}

} // namespace

FilterCheck checkCaptureFilter(const std::string& filter)
{
    if (auto name = nameIn(filter))
        return {FilterCheck::Verdict::NameLookup, std::move(*name)};
    const auto compiled = BpfFilter::compile(filter);
    if (compiled)
        return {};
    const std::string& reason = compiled.error().detail;
    const auto tries = [](const std::string& part) { return BpfFilter::compile(part).ok(); };
    const helper::FilterPlace place = helper::locateFilterFault(filter, reason, tries);
    return {FilterCheck::Verdict::Fault, {place.position, place.length, reason}};
}

const std::vector<std::string>& captureFilterWords()
{
    static const std::vector<std::string> kWords{
        "and",     "or",       "not",        "host",      "net",      "mask",    "port",    "portrange",
        "src",     "dst",      "tcp",        "udp",       "icmp",     "icmp6",   "ip",      "ip6",
        "arp",     "rarp",     "ether",      "proto",     "vlan",     "mpls",    "pppoes",  "less",
        "greater", "len",      "broadcast",  "multicast", "gateway",  "wlan",    "sctp",    "igmp",
        "esp",     "ah",       "protochain", "inbound",   "outbound", "tcp-syn", "tcp-ack", "tcp-fin",
        "tcp-rst", "tcp-push", "tcpflags",   "type",      "subtype",  "geneve",  "ifindex"};
    return kWords;
}

} // namespace timbre::capture
