#pragma once

// JA4H, the fingerprint of an HTTP request's head. It is part of JA4+ and under the FoxIO License 1.1, which asks those
// who sell it for a licence: it is switched off unless the analyst switches it on. JA4 itself is not affected.

#include "engine/protocol/http_message.h"

#include <string>

namespace timbre::protocol {

[[nodiscard]] std::string ja4hOf(const HttpHead& head);

} // namespace timbre::protocol
