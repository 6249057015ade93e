#pragma once

// What lies around RTP in a datagram when it does not travel bare: TURN channel data (RFC 8656 12.4), TURN Send and
// Data indications, and the headers of Zoom as published by those who measured it.

#include "engine/base/bytes.h"

#include <optional>

namespace timbre::protocol {

enum class Wrapping : std::uint8_t { None, TurnChannel, TurnIndication, ZoomServer, ZoomPeer, Rtsp };
/// "", "TURN channel", …
[[nodiscard]] const char* toString(Wrapping wrapping);

struct WrappedMedia {
    Wrapping wrapping = Wrapping::None;
    std::uint16_t channel = 0; // of TURN
    std::size_t offset = 0;    // of the media in the datagram
    std::size_t length = 0;    // on the wire
    bool control = false;      // Zoom says that RTCP follows
};

/// Finds media inside a wrapper. Nothing when the datagram is in none: it may be bare RTP or anything else.
/// `wireBytes` is the length on the wire, `datagram` what the capture has of it.
[[nodiscard]] std::optional<WrappedMedia> unwrapMedia(Bytes datagram, std::size_t wireBytes);

} // namespace timbre::protocol
