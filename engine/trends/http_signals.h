#pragma once

// The signals of one HTTP request, in the order of the table of the trends page. Secrets are hashed on the spot: what
// leaves this function holds no token, no cookie and nothing of the body.

#include "engine/protocol/digest.h"
#include "engine/trends/signal.h"

#include <span>
#include <string>
#include <vector>

namespace timbre::trends {

struct HttpHeader {
    std::string_view name;
    std::string_view value; // without spaces and tabs at both ends
};

/// Views into the message; they live for the call only.
struct HttpRequest {
    std::int64_t timeMs = 0;
    std::string_view clientAddress;
    std::string_view method;
    std::string_view target;
    std::span<const HttpHeader> headers;           // in the order received; no HTTP/2 pseudo headers
    std::string_view body;                         // decoded; empty when it has not come yet
    std::uint32_t asn = 0;                         // of the client; 0: unknown
    std::string_view country;                      // ISO code; empty: unknown
    std::string_view ja4h;                         // empty: switched off
    std::optional<std::int64_t> previousRequestMs; // of the client
    std::string_view previousPattern;              // of the client at this host; empty: none
};

struct DerivedSignal {
    SignalType type = SignalType::Ip;
    std::string value;
};

struct HttpSignals {
    std::string session; // first 16 hex digits of the first session cookie's hash; empty: none
    std::string pattern; // the value of request_pattern
    std::vector<DerivedSignal> list;
};

[[nodiscard]] HttpSignals deriveHttpSignals(const HttpRequest& request, const protocol::SecretHasher& secrets);

/// `dlp_match` signals of one message body, request or response.
void deriveBodySignals(std::string_view body, const protocol::SecretHasher& secrets, std::vector<DerivedSignal>& out);

/// The first value of the header, compared without case.
[[nodiscard]] std::optional<std::string_view> headerValue(std::span<const HttpHeader> headers, std::string_view name);

} // namespace timbre::trends
