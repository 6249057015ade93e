#pragma once

// What session descriptions announced: which payload types mean what at which address and port. Filled from SIP and
// RTSP messages wherever they pass, asked by the stream monitor.

#include "engine/audio/voice_stream.h"
#include "engine/protocol/sdp.h"

#include <unordered_map>

namespace timbre::audio {

/// One end that expects media.
struct Announcement {
    FormatTable formats;
    bool audio = true; // false: video or other
    bool secure = false;
};

class CallDirectory {
public:
    explicit CallDirectory(std::size_t maxEnds)
        : m_maxEnds(maxEnds)
    {
    }

    /// A SIP or RTSP message. True when something was learned.
    bool takeMessage(std::string_view message, const StreamEnd& source, const StreamEnd& destination);

    /// For media to `destination`, else for media from `source` (calls answer from where they listen); null: nothing.
    [[nodiscard]] const Announcement* find(const StreamEnd& source, const StreamEnd& destination) const;
    [[nodiscard]] std::uint64_t dropped() const { return m_dropped; }

private:
    struct EndHash {
        std::size_t operator()(const StreamEnd& end) const;
    };

    void announce(const StreamEnd& end, const Announcement& announcement);
    bool takeRtspPorts(std::string_view message, const StreamEnd& source, const StreamEnd& destination);

    std::size_t m_maxEnds;
    std::unordered_map<StreamEnd, Announcement, EndHash> m_ends;
    // Descriptions of RTSP name no ports: kept by client until SETUP says them.
    std::unordered_map<StreamEnd, Announcement, EndHash> m_rtsp;
    std::uint64_t m_dropped = 0;
};

} // namespace timbre::audio
