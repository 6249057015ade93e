#include "engine/protocol/rtsp_interleaved.h"

#include "engine/protocol/datagram_head.h"

#include <string_view>

namespace timbre::protocol {

namespace {

constexpr std::uint8_t kDollar = '$';
constexpr std::size_t kFrameHeader = 4;
constexpr std::uint8_t kMaxChannel = 31; // a client takes two for each stream, from 0 on
constexpr std::size_t kMinRtp = 12;

bool isFrame(Bytes bytes)
{
    return bytes.size() >= kFrameHeader && loadU8(bytes, 0) == kDollar && loadU8(bytes, 1) <= kMaxChannel;
}

std::size_t frameBytes(Bytes bytes)
{
    return kFrameHeader + loadBe16(bytes, 2);
}

/// Length of an RTSP message without body at the front, as answers to keep-alives are; 0: none that ends here.
std::size_t messageBytes(Bytes bytes)
{
    const std::string_view text = asText(bytes);
    if (text.empty() || text[0] < 'A' || text[0] > 'Z')
        return 0;
    const auto end = text.find("\r\n\r\n");
    return end == std::string_view::npos ? 0 : end + 4;
}

} // namespace

bool beginsWithInterleavedFrame(Bytes segment)
{
    if (!isFrame(segment) || segment.size() < kFrameHeader + kMinRtp)
        return false;
    const std::size_t length = frameBytes(segment);
    if (segment.size() < length)
        return false;
    const Bytes behind = segment.subspan(length);
    const bool ends = behind.empty() || loadU8(behind, 0) == kDollar || asText(behind).starts_with("RTSP/");
    const Bytes inner = segment.subspan(kFrameHeader);
    return ends && (mayBeRtp(inner) || mayBeRtcp(inner));
}

void InterleavedReader::lose()
{
    m_inStep = false;
    m_pending.clear();
}

const std::vector<InterleavedFrame>& InterleavedReader::take(std::uint32_t sequence, Bytes segment,
                                                             std::size_t wireBytes)
{
    m_frames.clear();
    Bytes fresh = segment;
    if (m_inStep) {
        const auto ahead = static_cast<std::int32_t>(sequence - m_next);
        if (ahead < 0) { // sent again; the end may be new
            const std::size_t known = std::size_t{m_next - sequence};
            if (known >= wireBytes)
                return m_frames;
            fresh = fresh.subspan(std::min(known, fresh.size()));
        } else if (ahead > 0) {
            lose();
        }
    }
    m_next = sequence + static_cast<std::uint32_t>(wireBytes);
    if (!m_inStep && !beginsWithInterleavedFrame(fresh))
        return m_frames;
    m_inStep = true;
    m_joined.swap(m_pending);
    m_joined.insert(m_joined.end(), fresh.begin(), fresh.end());
    const std::size_t used = takeFrames(m_joined);
    m_pending.assign(m_joined.begin() + static_cast<std::ptrdiff_t>(used), m_joined.end());
    if (segment.size() < wireBytes)
        lose(); // the capture cut the segment
    return m_frames;
}

/// Bytes used up; what is left is the beginning of a frame.
std::size_t InterleavedReader::takeFrames(Bytes bytes)
{
    std::size_t at = 0;
    while (at < bytes.size()) {
        const Bytes rest = bytes.subspan(at);
        if (const std::size_t message = messageBytes(rest)) {
            at += message;
            continue;
        }
        if (rest.size() < kFrameHeader && loadU8(rest, 0) == kDollar)
            break;
        if (!isFrame(rest)) {
            lose();
            return bytes.size();
        }
        const std::size_t length = frameBytes(rest);
        if (length > rest.size())
            break;
        m_frames.push_back({loadU8(rest, 1), rest.subspan(kFrameHeader, length - kFrameHeader)});
        at += length;
    }
    return at;
}

} // namespace timbre::protocol
