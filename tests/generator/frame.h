#pragma once
// A captured frame and whoever takes frames. Small captures collect frames in a `Timeline`, which sorts them by time;
// the large scenarios hand views straight to a file writer and keep nothing.

#include "tests/generator/bytes.h"

#include <string>
#include <string_view>

namespace timbre::generator {

/// Borrowed: valid during the call it is passed to.
struct FrameView {
    std::uint64_t timeNs = 0; // since 1970-01-01 UTC
    ByteView bytes;           // what was captured
    std::uint32_t originalLength = 0;
    std::uint32_t interface = 0;
    std::string_view comment; // pcapng only
};

struct Frame {
    std::uint64_t timeNs = 0;
    Bytes bytes{};
    std::uint32_t originalLength = 0;
    std::uint32_t interface = 0;
    std::string comment{};

    [[nodiscard]] FrameView view() const { return {timeNs, bytes, originalLength, interface, comment}; }
};

class FrameSink {
public:
    virtual ~FrameSink() = default;
    virtual void put(Frame frame) = 0;
};

/// Keeps every frame. Conversations are made one after the other, so frames come in any order of time.
class Timeline : public FrameSink {
public:
    void put(Frame frame) override { m_frames.push_back(std::move(frame)); }
    /// Takes the frames out, by time; frames of the same nanosecond stay in the order they were made.
    [[nodiscard]] std::vector<Frame> takeSorted();

private:
    std::vector<Frame> m_frames;
};

} // namespace timbre::generator
