#pragma once

// One capture from open interfaces to its end: closes itself into the sandbox, then moves packets from libpcap into the
// spool and says how it goes, until it is told to stop, a limit is reached, or nothing is left to capture from. Holds
// no rights.

#include "app/capture/clock_watch.h"
#include "app/capture/live_interface.h"
#include "app/capture/message_pipe.h"

namespace timbre::helper {

class Session {
public:
    Session(Options options, std::vector<LiveInterface> interfaces, MessagePipe& pipe, int control, int spool)
        : m_options(std::move(options))
        , m_pipe(pipe)
        , m_control(control)
        , m_spool(spool)
        , m_interfaces(std::move(interfaces))
    {
    }

    /// True when it could begin; it has said why otherwise. Ends when `parent` does.
    bool prepare(pid_t parent);
    void run();

private:
    using StopReason = capture::helper::StopReason;
    bool setFilters();
    bool startSpool();
    void waitForPackets();
    void readPackets();
    void readFrom(std::uint32_t index);
    void take(std::uint32_t index, const pcap_pkthdr& header, const unsigned char* bytes);
    void report(bool last);
    void tellCounts();
    void reportOf(std::uint32_t index, bool last);
    void checkClock();
    void checkState(LiveInterface& interface, std::uint32_t index);
    void checkLimits();
    void stop(StopReason reason);
    void spoolFailed(int error);
    void fail(capture::helper::Failure reason, const std::string& sentence);
    static void deliver(unsigned char* context, const pcap_pkthdr* header, const unsigned char* bytes);

    Options m_options;
    MessagePipe& m_pipe;
    int m_control;
    int m_spool;
    std::vector<LiveInterface> m_interfaces;
    std::unique_ptr<SpoolWriter> m_writer;
    std::uint32_t m_current = 0;             // whose packets are being delivered
    std::vector<InterfaceCounts> m_said;     // as of the last statistics block
    std::vector<std::uint64_t> m_saidAtNs;   // of that block
    std::vector<std::uint64_t> m_lookedAtNs; // when the counters were last read
    ClockWatch m_clock;
    std::uint64_t m_begin = 0; // monotonic
    std::uint64_t m_lastReport = 0;
    std::uint64_t m_taken = 0;
    std::uint64_t m_takenBytes = 0;
    bool m_stopping = false;
    StopReason m_reason = StopReason::Asked;
};

} // namespace timbre::helper
