#pragma once

// The first line of an HTTP/1 or SIP request and the places where it names a host (RFC 9112 3.2).

#include <optional>
#include <string_view>

namespace timbre::protocol {

struct RequestLine {
    std::string_view method;
    std::string_view target;
    std::string_view version; // "HTTP/1.1", "SIP/2.0", …
};

/// Nothing when the line is not "method target version".
[[nodiscard]] std::optional<RequestLine> parseRequestLine(std::string_view line);

/// "host", "host:port", "[::1]:80", "user@host" → the host; brackets of an IPv6 address go too.
[[nodiscard]] std::string_view hostOfAuthority(std::string_view authority);

/// The host in "http://host/…" or in the target of CONNECT; empty for "/path" and "*".
[[nodiscard]] std::string_view hostOfTarget(std::string_view method, std::string_view target);

} // namespace timbre::protocol
