#include "tests/generator/output.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace timbre::generator {

namespace {
constexpr std::size_t kBlockBytes = 1U << 20;
}

Output::~Output()
{
    if (m_file >= 0) {
        ::close(m_file);
    }
}

bool Output::openFile(const std::string& path)
{
    m_file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (m_file < 0) {
        m_error = fmt::format("cannot write {}: {}", path, std::strerror(errno));
        return false;
    }
    m_buffer.resize(2 * kBlockBytes);
    return true;
}

std::uint8_t* Output::grow(std::size_t size)
{
    if (m_file >= 0 && m_used >= kBlockBytes) {
        flush();
    }
    if (m_used + size > m_buffer.size()) {
        m_buffer.resize(std::max(m_used + size, m_buffer.size() * 2));
    }
    std::uint8_t* room = m_buffer.data() + m_used;
    m_used += size;
    return room;
}

void Output::append(ByteView data)
{
    std::copy(data.begin(), data.end(), grow(data.size()));
}

void Output::flush()
{
    std::size_t done = 0;
    while (done < m_used && m_error.empty()) {
        const auto written = ::write(m_file, m_buffer.data() + done, m_used - done);
        if (written > 0) {
            done += static_cast<std::size_t>(written);
        } else if (written == 0 || errno != EINTR) {
            m_error = fmt::format("write failed: {}", std::strerror(errno));
        }
    }
    m_flushed += m_used;
    m_used = 0;
}

bool Output::finish()
{
    if (m_file >= 0) {
        flush();
        if (::close(std::exchange(m_file, -1)) != 0 && m_error.empty()) {
            m_error = fmt::format("closing failed: {}", std::strerror(errno));
        }
    }
    return m_error.empty();
}

Bytes Output::take()
{
    m_buffer.resize(m_used);
    m_used = 0;
    return std::exchange(m_buffer, {});
}

} // namespace timbre::generator
