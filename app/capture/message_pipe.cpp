#include "app/capture/message_pipe.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>

namespace timbre::helper {

MessagePipe::MessagePipe(int descriptor)
    : m_descriptor(descriptor)
{
    fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK);
}

void MessagePipe::send(const Message& message)
{
    if (!m_closed && m_held.size() < kMaxHeld)
        encode(message, m_held);
    flush();
}

void MessagePipe::sendFigures(const Message& message)
{
    flush();
    if (m_held.empty())
        send(message);
}

void MessagePipe::flush()
{
    while (!m_held.empty() && !m_closed) {
        const ssize_t written = write(m_descriptor, m_held.data(), m_held.size());
        if (written > 0)
            m_held.erase(0, static_cast<std::size_t>(written));
        else if (errno != EINTR) {
            m_closed = errno != EAGAIN;
            return;
        }
    }
}

void MessagePipe::drain()
{
    for (int tries = 0; tries < 10; ++tries) {
        flush();
        if (m_held.empty() || m_closed)
            return;
        pollfd wait{m_descriptor, POLLOUT, 0};
        poll(&wait, 1, 100);
    }
}

} // namespace timbre::helper
