#include "app/capture/session.h"

#include "app/capture/sandbox.h"

#include <poll.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <ctime>

namespace timbre::helper {

namespace {

using namespace capture::helper;

constexpr int kPollMs = 20;
constexpr std::uint64_t kReportNs = 50'000'000;
constexpr std::uint64_t kStatisticsNs = 1'000'000'000; // between blocks while nothing is lost
constexpr int kPacketsPerTurn = 20'000;                // of one interface before the others have theirs

volatile std::sig_atomic_t g_asked = 0; // by a signal; handlers can reach nothing else

std::uint64_t now(clockid_t clock)
{
    timespec time{};
    clock_gettime(clock, &time);
    return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000'000 + static_cast<std::uint64_t>(time.tv_nsec);
}

void watchForTheEnd(pid_t parent)
{
    struct sigaction ask {};
    ask.sa_handler = [](int) { g_asked = 1; };
    sigaction(SIGTERM, &ask, nullptr);
    sigaction(SIGINT, &ask, nullptr);
    sigaction(SIGHUP, &ask, nullptr);
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent)
        g_asked = 1;
}

} // namespace

void Session::fail(Failure reason, const std::string& sentence)
{
    m_pipe.send({Kind::Failed, {static_cast<std::uint64_t>(reason)}, sentence});
}

bool Session::prepare(pid_t parent)
{
    watchForTheEnd(parent); // behind the change of rights, which forgets it
    if (!setFilters() || !startSpool())
        return false;
    std::uint64_t sandbox = 0;
    if (const std::string wrong = closeSandbox(m_spool, sandbox); !wrong.empty()) {
        fail(Failure::Sandbox, wrong + ".");
        return false;
    }
    m_pipe.send({Kind::Started, {kProtocolVersion, sandbox, static_cast<std::uint64_t>(m_options.bufferBytes)}, {}});
    return true;
}

bool Session::setFilters()
{
    for (LiveInterface& interface : m_interfaces) {
        if (const auto problem = interface.setFilter(m_options.filter)) {
            m_pipe.send({Kind::FilterError, {problem->position, problem->length}, problem->reason});
            fail(Failure::Filter,
                 "The capture filter cannot be used on “" + interface.name() + "”: " + problem->reason + ".");
            return false;
        }
    }
    return true;
}

bool Session::startSpool()
{
    std::vector<SpoolInterface> interfaces;
    for (const LiveInterface& interface : m_interfaces)
        interfaces.push_back(interface.spoolInterface());
    m_writer = std::make_unique<SpoolWriter>(m_spool, std::move(interfaces),
                                             SpoolWriter::Ring{m_options.ringFileBytes, m_options.ringFiles});
    m_writer->onFileStarted([this](const SpoolFileName& name) {
        m_pipe.send({Kind::FileStarted, {name.number, name.offset, name.packetsBefore}, {}});
    });
    m_writer->onFileRemoved([this](std::uint64_t number, std::uint64_t packets, std::uint64_t bytes) {
        m_pipe.send({Kind::FileRemoved, {number, packets, bytes}, {}});
    });
    m_said.resize(m_interfaces.size());
    m_saidAtNs.resize(m_interfaces.size());
    m_lookedAtNs.assign(m_interfaces.size(), now(CLOCK_REALTIME));
    if (const int error = m_writer->startFile(); error != 0) {
        fail(error == ENOSPC ? Failure::DiskFull : Failure::Spool,
             std::string("Captured packets cannot be kept: ") + std::strerror(error) + ".");
        return false;
    }
    return true;
}

void Session::run()
{
    m_begin = now(CLOCK_MONOTONIC);
    while (!m_stopping) {
        waitForPackets();
        if (!m_stopping)
            readPackets();
        if (!m_stopping)
            report(false);
    }
    if (m_reason == StopReason::Asked)
        readPackets(); // what the kernel still holds was on the wire before the stop
    if (m_reason != StopReason::DiskFull && m_reason != StopReason::Failed)
        report(true);
    else
        tellCounts();
    m_pipe.send({Kind::Stopped,
                 {static_cast<std::uint64_t>(m_reason), m_writer->packetsWritten(), m_writer->bytesWritten()},
                 {}});
}

void Session::waitForPackets()
{
    std::vector<pollfd> waits{{m_control, POLLIN, 0}};
    for (const LiveInterface& interface : m_interfaces) {
        if (!interface.ended)
            waits.push_back({interface.descriptor(), POLLIN, 0});
    }
    poll(waits.data(), waits.size(), kPollMs);
    char ignored = 0;
    const bool letGo = waits.front().revents != 0 && read(m_control, &ignored, 1) <= 0;
    if (g_asked != 0 || letGo || m_pipe.closed())
        stop(StopReason::Asked);
}

void Session::readPackets()
{
    for (std::uint32_t i = 0; i < m_interfaces.size(); ++i) {
        if (!m_interfaces[i].ended)
            readFrom(i);
    }
}

void Session::readFrom(std::uint32_t index)
{
    LiveInterface& interface = m_interfaces[index];
    m_current = index;
    // libpcap hands the context through as bytes; it comes back as what it was.
    const int got = pcap_dispatch(interface.handle(), kPacketsPerTurn, deliver, reinterpret_cast<unsigned char*>(this));
    if (got != PCAP_ERROR || interface.down() || interface.gone())
        return;
    const std::string reason = pcap_geterr(interface.handle());
    if (reason != interface.saidError)
        m_pipe.send({Kind::Notice, {}, "“" + interface.name() + "”: " + reason + "."});
    interface.saidError = reason;
}

void Session::deliver(unsigned char* context, const pcap_pkthdr* header, const unsigned char* bytes)
{
    auto* self = reinterpret_cast<Session*>(context);
    self->take(self->m_current, *header, bytes);
}

void Session::take(std::uint32_t index, const pcap_pkthdr& header, const unsigned char* bytes)
{
    if (m_stopping && m_reason != StopReason::Asked)
        return; // libpcap finishes its block first
    InterfaceCounts& counts = m_interfaces[index].counts;
    counts.lastPacketNs = m_interfaces[index].timeNs(header);
    ++counts.written;
    counts.writtenBytes += header.caplen;
    ++m_taken;
    m_takenBytes += header.caplen;
    if (const int error = m_writer->addPacket(index, counts.lastPacketNs, bytes, header.caplen, header.len); error != 0)
        spoolFailed(error);
    else
        checkLimits();
}

void Session::checkLimits()
{
    if (m_options.maxPackets > 0 && m_taken >= m_options.maxPackets)
        stop(StopReason::Packets);
    else if (m_options.maxBytes > 0 && m_takenBytes >= m_options.maxBytes)
        stop(StopReason::Bytes);
}

/// A few times a second: brings packets to the file, then tells figures, so that no figure is ahead of the file.
void Session::report(bool last)
{
    const std::uint64_t time = now(CLOCK_MONOTONIC);
    if (m_options.maxSeconds > 0 && time - m_begin >= m_options.maxSeconds * 1'000'000'000)
        stop(StopReason::Time);
    if (!last && time - m_lastReport < kReportNs)
        return;
    m_lastReport = time;
    checkClock();
    for (std::uint32_t i = 0; i < m_interfaces.size(); ++i)
        reportOf(i, last);
    if (const int error = m_writer->flush(); error != 0) {
        spoolFailed(error);
        return;
    }
    tellCounts();
}

void Session::tellCounts()
{
    for (std::uint32_t i = 0; i < m_interfaces.size(); ++i) {
        const InterfaceCounts& counts = m_interfaces[i].counts;
        m_pipe.sendFigures({Kind::Counts,
                            {i, counts.written, counts.writtenBytes, counts.received, counts.kernelDrops,
                             counts.interfaceDrops, counts.lastPacketNs},
                            {}});
    }
}

/// A statistics block now and then, and two around every moment in which packets were lost: readers of the file then
/// know the span of the loss.
void Session::reportOf(std::uint32_t index, bool last)
{
    LiveInterface& interface = m_interfaces[index];
    const InterfaceCounts before = interface.counts;
    const std::uint64_t time = now(CLOCK_REALTIME);
    if (!interface.ended) {
        interface.updateCounts();
        checkState(interface, index);
    }
    const InterfaceCounts& counts = interface.counts;
    const bool lost = counts.kernelDrops != before.kernelDrops || counts.interfaceDrops != before.interfaceDrops;
    if (lost && m_saidAtNs[index] != m_lookedAtNs[index])
        m_writer->addStatistics(index, m_lookedAtNs[index], before);
    if (lost || last || time - m_saidAtNs[index] >= kStatisticsNs) {
        m_writer->addStatistics(index, time, counts);
        m_saidAtNs[index] = time;
    }
    m_lookedAtNs[index] = time;
}

void Session::checkClock()
{
    const auto by = m_clock.setBy(now(CLOCK_REALTIME), now(CLOCK_BOOTTIME));
    if (!by)
        return;
    const std::string seconds = std::to_string(std::llabs(*by) / 1'000'000'000);
    m_pipe.send({Kind::Notice,
                 {},
                 "The clock of this machine was set " + std::string(*by < 0 ? "back" : "forward") + " by " + seconds +
                     " s; the times of packets jump with it. The capture goes on."});
}

void Session::checkState(LiveInterface& interface, std::uint32_t index)
{
    if (interface.gone()) {
        interface.ended = true;
        m_pipe.send({Kind::InterfaceGone, {index}, "The interface “" + interface.name() + "” is gone."});
        const bool allGone =
            std::all_of(m_interfaces.begin(), m_interfaces.end(), [](const LiveInterface& each) { return each.ended; });
        if (allGone)
            stop(StopReason::InterfaceGone);
        return;
    }
    const bool down = interface.down();
    if (down != interface.saidDown)
        m_pipe.send({Kind::Notice,
                     {},
                     "The interface “" + interface.name() +
                         (down ? "” was switched off; the capture "
                                 "goes on when it is back."
                               : "” is back.")});
    interface.saidDown = down;
}

void Session::stop(StopReason reason)
{
    if (m_stopping)
        return;
    m_stopping = true;
    m_reason = reason;
    for (LiveInterface& interface : m_interfaces)
        pcap_breakloop(interface.handle());
}

void Session::spoolFailed(int error)
{
    if (m_stopping && m_reason != StopReason::Asked)
        return;
    m_stopping = true;
    m_reason = error == ENOSPC || error == EDQUOT ? StopReason::DiskFull : StopReason::Failed;
    for (std::uint32_t i = 0; i < m_interfaces.size(); ++i) {
        const SpoolWriter::Cut& cut = m_writer->cutFrom(i);
        m_interfaces[i].counts.written -= cut.packets;
        m_interfaces[i].counts.writtenBytes -= cut.bytes;
    }
    for (LiveInterface& interface : m_interfaces)
        pcap_breakloop(interface.handle());
    if (m_reason == StopReason::DiskFull)
        fail(Failure::DiskFull, "The disk is full. Every packet up to then is kept.");
    else
        fail(Failure::Spool, std::string("Captured packets cannot be written: ") + std::strerror(error) +
                                 ". Every packet up to then is kept.");
}

} // namespace timbre::helper
