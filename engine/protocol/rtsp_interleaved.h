#pragma once

// RTP and RTCP inside the TCP connection of RTSP (RFC 2326 10.12): "$", a channel, a length, a packet. Frames may begin
// and end anywhere in a segment. The reader follows one direction of one connection, holds at most one unfinished
// frame, and after a gap waits for a segment that begins with one.

#include "engine/base/bytes.h"

#include <vector>

namespace timbre::protocol {

struct InterleavedFrame {
    std::uint8_t channel = 0;
    Bytes bytes;
};

/// True when a segment that belongs to nothing known begins with a frame that holds RTP or RTCP and ends with it, or
/// has another one behind it.
[[nodiscard]] bool beginsWithInterleavedFrame(Bytes segment);

class InterleavedReader {
public:
    /// The frames that end in this segment, valid until the next call. `wireBytes` counts what the capture cut off too.
    [[nodiscard]] const std::vector<InterleavedFrame>& take(std::uint32_t sequence, Bytes segment,
                                                            std::size_t wireBytes);

private:
    void lose();
    std::size_t takeFrames(Bytes bytes);

    std::vector<InterleavedFrame> m_frames;
    std::vector<std::byte> m_pending; // an unfinished frame
    std::vector<std::byte> m_joined;  // what the frames point into
    std::uint32_t m_next = 0;         // sequence number that continues
    bool m_inStep = false;
};

} // namespace timbre::protocol
