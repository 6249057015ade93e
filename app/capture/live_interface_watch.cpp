// What is done with an interface once it is open. Nothing here needs rights.

#include "app/capture/live_interface.h"

#include <net/if.h>

#include <algorithm>

namespace timbre::helper {

namespace {

bool compiles(pcap_t* handle, const std::string& expression)
{
    bpf_program program{};
    const bool fine = pcap_compile(handle, &program, expression.c_str(), 1, PCAP_NETMASK_UNKNOWN) == 0;
    if (fine)
        pcap_freecode(&program);
    return fine;
}

FilterProblem locate(pcap_t* handle, const std::string& expression, std::string reason)
{
    const auto tries = [handle](const std::string& part) { return compiles(handle, part); };
    const capture::helper::FilterPlace place = capture::helper::locateFilterFault(expression, reason, tries);
    return {place.position, place.length, std::move(reason)};
}

} // namespace

std::optional<FilterProblem> LiveInterface::setFilter(const std::string& expression)
{
    if (expression.empty())
        return std::nullopt;
    bpf_program program{};
    if (pcap_compile(m_handle.get(), &program, expression.c_str(), 1, PCAP_NETMASK_UNKNOWN) != 0)
        return locate(m_handle.get(), expression, pcap_geterr(m_handle.get()));
    const bool set = pcap_setfilter(m_handle.get(), &program) == 0;
    pcap_freecode(&program);
    return set ? std::nullopt : std::optional(FilterProblem{0, expression.size(), pcap_geterr(m_handle.get())});
}

SpoolInterface LiveInterface::spoolInterface() const
{
    // Files hold LINKTYPE_ numbers, libpcap speaks in its own DLT_ numbers; these are the ones that differ on Linux.
    const int type = pcap_datalink(m_handle.get());
    const int written = type == DLT_RAW ? 101 : type;
    return {m_name, static_cast<std::uint16_t>(written), static_cast<std::uint32_t>(pcap_snapshot(m_handle.get()))};
}

std::uint64_t LiveInterface::timeNs(const pcap_pkthdr& header) const
{
    const auto fraction = static_cast<std::uint64_t>(header.ts.tv_usec);
    return static_cast<std::uint64_t>(header.ts.tv_sec) * 1'000'000'000 + (m_nanoseconds ? fraction : fraction * 1000);
}

void LiveInterface::updateCounts()
{
    pcap_stat stat{};
    if (pcap_stats(m_handle.get(), &stat) == 0) { // counters of 32 bits that may wrap
        counts.received += static_cast<std::uint32_t>(stat.ps_recv - static_cast<std::uint32_t>(counts.received));
        counts.kernelDrops += static_cast<std::uint32_t>(stat.ps_drop - static_cast<std::uint32_t>(counts.kernelDrops));
    }
    const std::uint64_t missed = fact(kMissed).value_or(0) + fact(kFifo).value_or(0);
    counts.interfaceDrops = std::max(counts.interfaceDrops, missed - std::min(missed, m_missedAtStart));
}

bool LiveInterface::gone() const
{
    // The file stays open, but the system has nothing to say in it any more.
    return m_factFiles[kFlags] >= 0 && !fact(kFlags);
}

bool LiveInterface::down() const
{
    const auto flags = fact(kFlags);
    return flags && (*flags & IFF_UP) == 0;
}

} // namespace timbre::helper
