#pragma once

// Something that fills a spool while the analysis follows it: the capture helper on interfaces, or a saved file that is
// played back as if it were live. Safe from any thread. It never waits for whoever reads the spool, and whoever reads
// the spool never waits for it.

#include "engine/capture/record.h"
#include "engine/capture/spool.h"

#include <memory>
#include <optional>
#include <stop_token>

namespace timbre::capture {

struct LiveOptions {
    std::vector<std::string> interfaces;
    std::string filter; // BPF, applied before packets are kept
    bool promiscuous = true;
    bool monitor = false;
    std::uint32_t snapLength = 262'144;
    std::uint64_t bufferBytes = 32U << 20U; // in the kernel, per interface
    std::uint64_t ringFileBytes = 0;        // a new spool file after so many bytes; 0: one file
    std::uint64_t ringFiles = 0;            // so many files are kept; 0: all
    std::uint64_t maxPackets = 0;           // then it stops by itself; 0: never
    std::uint64_t maxBytes = 0;
    std::uint64_t maxSeconds = 0;
    std::filesystem::path replay; // a file to play back; empty: capture from interfaces
    double replaySpeed = 1.0;     // 2: twice as fast as it was; 0: as fast as it goes

    [[nodiscard]] std::string title() const; // "eth0, wlan0", "office.pcapng, replayed"
};

enum class LiveState { Starting, Capturing, Ended };
enum class LiveEnd { None, Asked, Packets, Bytes, Time, InterfaceGone, DiskFull, Failed, FileEnd };

struct LiveInterfaceFigures {
    std::string name;
    std::uint64_t written = 0;
    std::uint64_t writtenBytes = 0; // captured
    std::uint64_t received = 0;     // that fit the filter, dropped ones included
    std::uint64_t kernelDrops = 0;
    std::uint64_t interfaceDrops = 0;
    Timestamp lastPacket;
    bool gone = false;
};

struct FilterFault {
    std::size_t position = 0;
    std::size_t length = 0;
    std::string reason;
};

struct LiveStatus {
    LiveState state = LiveState::Starting;
    LiveEnd end = LiveEnd::None;
    std::vector<LiveInterfaceFigures> interfaces;
    std::uint64_t ringPackets = 0; // removed by the ring, read before or not
    std::uint64_t ringFiles = 0;
    std::vector<std::string> notices; // sentences, capped at kMaxNotices
    std::optional<Error> failure;     // why it ended, when nobody asked
    std::optional<FilterFault> filterFault;
    bool rightsMissing = false; // the failure: see grantCommand()
    int processId = 0;          // of the helper

    static constexpr std::size_t kMaxNotices = 100;
    [[nodiscard]] std::uint64_t written() const;
    [[nodiscard]] std::uint64_t writtenBytes() const;
    [[nodiscard]] std::uint64_t kernelDrops() const;
    [[nodiscard]] std::uint64_t interfaceDrops() const;
    [[nodiscard]] Timestamp lastPacket() const;
};

class LiveSource {
public:
    virtual ~LiveSource() = default;
    [[nodiscard]] virtual LiveStatus status() const = 0;
    /// Ends soon; what is on its way is still written.
    virtual void stop() = 0;
    /// Stops when the spool will not grow any more.
    [[nodiscard]] virtual std::stop_token complete() const = 0;
};

/// `spool` must outlive the source.
Result<std::unique_ptr<LiveSource>> startLive(const LiveOptions& options, const Spool& spool);

} // namespace timbre::capture
