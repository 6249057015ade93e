#pragma once

// A network of the test's own: a namespace with two interfaces joined like by a cable. What is sent on one arrives at
// the other. Nothing of it is seen by the machine, and it is gone with the process.

#include <cstdint>
#include <string>

namespace timbre::testing {

class NetworkSandbox {
public:
    /// Leaves the machine's network. Call before any thread is started. Why it is not possible here, or empty.
    static std::string enter();

    /// "live0" sends, "live1" is captured from. False when the interfaces cannot be made.
    static bool makeCable();
    static void cutCable();
    static bool setReceiver(bool up);

    /// Sends `count` packets of UDP, `size` bytes each, over `flows` flows; so many a second, or as fast as it goes
    /// when 0. Returns how many the interface took.
    static std::uint64_t send(std::uint64_t count, std::size_t size, std::uint32_t flows, std::uint64_t perSecond = 0);

    /// Packets that "live1" has received since it was made, whoever sent them.
    static std::uint64_t arrived();

    static constexpr const char* kReceiver = "live1";
};

} // namespace timbre::testing
