#pragma once

// Finds the header that most first bytes of a recording have in common: known protocols by their fixed parts, else the
// positions that hardly change.

#include "engine/mask/generator.h"

namespace timbre::mask {

struct InferredHeader {
    SpoofProtocol protocol = SpoofProtocol::Quic; // what programs that know no better take it for
    StructuredHeader spec;
    std::uint16_t tagOffset = kTagBeforeHeader;
    const char* kind = "";    // "STUN", "QUIC", "DNS", "TLS", "common bytes", "random"
    double match = 0.0;       // share of the judged prefixes
    bool relaxedStun = false; // the message type was left open to pass the gate
};

/// `own`: the direction whose prefixes the header is for.
[[nodiscard]] InferredHeader inferHeader(Packets packets, recording::Direction own, HeaderGate gate);

/// One header as a client would make it, for header_template.
[[nodiscard]] std::vector<std::uint8_t> sampleHeader(const StructuredHeader& spec);

} // namespace timbre::mask
