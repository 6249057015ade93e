#pragma once

// Does a user agent fit the TLS fingerprint of the same connection? A score from 0 to 100; 50 and more: likely not the
// browser it says it is. Meaningful only where both come from one connection, which takes decrypted traffic.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace timbre::trends {

/// The readable first part of a JA4; counts are decimal.
struct Ja4Parts {
    bool quic = false;
    int tlsVersion = 0; // 10 … 13
    int ciphers = 0;
    int extensions = 0;
    std::string alpn; // "http/1.1", "h2", "h3", "" for unknown, else as it stands
};
/// Nothing for text that is no JA4, and for TLS versions outside 1.0 … 1.3.
[[nodiscard]] std::optional<Ja4Parts> parseJa4(std::string_view ja4);

struct BrowserScore {
    std::string claimed;
    std::string estimated;
    int score = 0; // 0 … 100
    int findings = 0;

    [[nodiscard]] bool likelySpoofed() const { return score >= 50; }
};
[[nodiscard]] BrowserScore scoreBrowser(std::string_view userAgent, const Ja4Parts& ja4);

} // namespace timbre::trends
