#pragma once

// One interface that is captured from: libpcap's handle, its counters, and what the system says about its state through
// files that are opened while opening files is still possible.

#include "app/capture/options.h"
#include "app/capture/spool_writer.h"

#include <pcap/pcap.h>

#include <array>
#include <memory>
#include <optional>

namespace timbre::helper {

struct OpenFailure {
    capture::helper::Failure reason = capture::helper::Failure::Other;
    std::string sentence;
};

struct FilterProblem {
    std::size_t position = 0; // of the first character that does not fit
    std::size_t length = 0;
    std::string reason;
};

class LiveInterface {
public:
    explicit LiveInterface(std::string name)
        : m_name(std::move(name))
    {
    }
    LiveInterface(LiveInterface&& other) noexcept;
    LiveInterface& operator=(LiveInterface&&) = delete;
    ~LiveInterface();

    /// Needs the rights to capture. A note for the user may come back through `note`.
    std::optional<OpenFailure> open(const Options& options, std::string& note);
    /// Needs no rights any more.
    std::optional<FilterProblem> setFilter(const std::string& expression);

    [[nodiscard]] const std::string& name() const { return m_name; }
    [[nodiscard]] pcap_t* handle() const { return m_handle.get(); }
    [[nodiscard]] int descriptor() const { return pcap_get_selectable_fd(m_handle.get()); }
    [[nodiscard]] SpoolInterface spoolInterface() const;
    [[nodiscard]] std::uint64_t timeNs(const pcap_pkthdr& header) const;

    InterfaceCounts counts; // `written` and what belongs to it are kept by the session
    void updateCounts();
    [[nodiscard]] bool gone() const; // removed from the system
    [[nodiscard]] bool down() const;
    std::string saidError; // of libpcap, last told
    bool saidDown = false;
    bool ended = false;

private:
    enum Fact { kMissed, kFifo, kFlags, kFacts };
    [[nodiscard]] std::optional<std::uint64_t> fact(Fact which) const;

    struct Close {
        void operator()(pcap_t* handle) const { pcap_close(handle); }
    };
    std::string m_name;
    std::unique_ptr<pcap_t, Close> m_handle;
    bool m_nanoseconds = false;
    std::array<int, kFacts> m_factFiles{-1, -1, -1};
    std::uint64_t m_missedAtStart = 0;
};

} // namespace timbre::helper
