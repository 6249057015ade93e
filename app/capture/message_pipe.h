#pragma once

// The helper's voice. The other end may be stopped for a while: nothing here ever waits, figures are then left out and
// what must not be lost is kept until there is room.

#include "engine/capture/helper_messages.h"

namespace timbre::helper {

using capture::helper::Kind;
using capture::helper::Message;

class MessagePipe {
public:
    static constexpr std::size_t kMaxHeld = 256U << 10U; // then even important messages are left out

    /// Sets `descriptor` to never wait.
    explicit MessagePipe(int descriptor);

    void send(const Message& message);
    /// Left out while something older waits: newer figures come soon.
    void sendFigures(const Message& message);
    /// Tries again to send what is held.
    void flush();
    /// Before the end: waits up to a second for room.
    void drain();
    /// Nobody listens any more.
    [[nodiscard]] bool closed() const { return m_closed; }

private:
    int m_descriptor;
    std::string m_held;
    bool m_closed = false;
};

} // namespace timbre::helper
