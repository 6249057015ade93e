#pragma once

// Turns names from packets into text that can be shown, stored and compared: lower-case ASCII, everything else escaped.

#include "engine/base/bytes.h"

#include <string>

namespace timbre::protocol {

/// Appends `byte` to `out`: printable ASCII as it is, everything else (and the backslash) as \DDD (decimal, three
/// digits).
void appendEscaped(std::string& out, std::uint8_t byte);

/// As appendEscaped() for each byte, letters made small.
void appendLowerEscaped(std::string& out, Bytes bytes);

/// For display: as appendEscaped() for each byte, at most `maxBytes` of them; " …" follows when there were more.
[[nodiscard]] std::string displayText(Bytes bytes, std::size_t maxBytes = 1024);

/// Compares ASCII text without regard to case.
[[nodiscard]] bool equalsIgnoringCase(std::string_view a, std::string_view b);

/// `text` without spaces and tabs at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);

} // namespace timbre::protocol
