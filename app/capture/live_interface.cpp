#include "app/capture/live_interface.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <utility>

namespace timbre::helper {

namespace {

using capture::helper::Failure;

constexpr int kDeliverMs = 25; // packets wait at most this long in the kernel

OpenFailure failureOf(int code, const std::string& name, pcap_t* handle)
{
    const std::string detail = pcap_geterr(handle);
    switch (code) {
    case PCAP_ERROR_PERM_DENIED:
    case PCAP_ERROR_PROMISC_PERM_DENIED:
        return {Failure::NoRights, "Capturing on “" + name + "” is not permitted: " + detail + "."};
    case PCAP_ERROR_NO_SUCH_DEVICE:
        return {Failure::NoInterface, "There is no interface “" + name + "”."};
    case PCAP_ERROR_IFACE_NOT_UP:
        return {Failure::NotUp, "The interface “" + name + "” is not up."};
    case PCAP_ERROR_RFMON_NOTSUP:
        return {Failure::Other, "The interface “" + name + "” has no monitor mode."};
    default:
        return {Failure::Other, "Capturing on “" + name +
                                    "” is not possible: " + (detail.empty() ? pcap_statustostr(code) : detail) + "."};
    }
}

} // namespace

LiveInterface::LiveInterface(LiveInterface&& other) noexcept
    : counts(other.counts)
    , saidError(std::move(other.saidError))
    , saidDown(other.saidDown)
    , ended(other.ended)
    , m_name(std::move(other.m_name))
    , m_handle(std::move(other.m_handle))
    , m_nanoseconds(other.m_nanoseconds)
    , m_factFiles(std::exchange(other.m_factFiles, {-1, -1, -1}))
    , m_missedAtStart(other.m_missedAtStart)
{
}

LiveInterface::~LiveInterface()
{
    for (const int file : m_factFiles) {
        if (file >= 0)
            close(file);
    }
}

std::optional<OpenFailure> LiveInterface::open(const Options& options, std::string& note)
{
    std::array<char, PCAP_ERRBUF_SIZE> error{};
    m_handle.reset(pcap_create(m_name.c_str(), error.data()));
    if (!m_handle)
        return OpenFailure{Failure::Other, "Capturing on “" + m_name + "” is not possible: " + error.data() + "."};
    pcap_t* handle = m_handle.get();
    pcap_set_snaplen(handle, options.snapLength);
    pcap_set_promisc(handle, options.promiscuous ? 1 : 0);
    pcap_set_timeout(handle, kDeliverMs);
    pcap_set_buffer_size(handle, options.bufferBytes);
    if (options.monitor)
        pcap_set_rfmon(handle, 1);
    pcap_set_tstamp_precision(handle, PCAP_TSTAMP_PRECISION_NANO);
    const int activated = pcap_activate(handle);
    if (activated < 0)
        return failureOf(activated, m_name, handle);
    if (activated == PCAP_WARNING_PROMISC_NOTSUP)
        note = "“" + m_name + "” has no promiscuous mode: only its own traffic is captured.";
    else if (activated > 0)
        note = "“" + m_name + "”: " + pcap_geterr(handle);
    if (pcap_setnonblock(handle, 1, error.data()) != 0)
        return OpenFailure{Failure::Other, "Capturing on “" + m_name + "” is not possible: " + error.data() + "."};
    m_nanoseconds = pcap_get_tstamp_precision(handle) == PCAP_TSTAMP_PRECISION_NANO;
    const std::string facts = "/sys/class/net/" + m_name;
    constexpr std::array<const char*, kFacts> kFiles{"/statistics/rx_missed_errors", "/statistics/rx_fifo_errors",
                                                     "/flags"};
    for (std::size_t i = 0; i < kFiles.size(); ++i)
        m_factFiles[i] = ::open((facts + kFiles[i]).c_str(), O_RDONLY | O_CLOEXEC);
    m_missedAtStart = fact(kMissed).value_or(0) + fact(kFifo).value_or(0);
    return std::nullopt;
}

std::optional<std::uint64_t> LiveInterface::fact(Fact which) const
{
    std::array<char, 32> text{};
    if (m_factFiles[which] < 0 || pread(m_factFiles[which], text.data(), text.size() - 1, 0) <= 0)
        return std::nullopt;
    return std::strtoull(text.data(), nullptr, 0);
}

} // namespace timbre::helper
