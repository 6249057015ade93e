#pragma once

// The head of an HTTP message, of HTTP/1 or HTTP/2, as readers hand it on: views that live for the call only.

#include "engine/base/bytes.h"
#include "engine/base/timestamp.h"

#include <vector>

namespace timbre::protocol {

inline constexpr std::size_t kMaxHttpHeadBytes = 64U << 10U;
inline constexpr std::size_t kMaxHttpFields = 256;
inline constexpr std::size_t kMaxKeptBody = 65'536; // decoded bytes of a body that are kept until its end

struct HttpField {
    std::string_view name;
    std::string_view value; // without spaces and tabs at both ends
};

struct HttpHead {
    bool request = false;
    std::string_view method; // requests
    std::string_view target;
    std::string_view host;         // of the target, the Host field or :authority
    int status = 0;                // responses
    int version = 11;              // 10, 11 or 20
    std::vector<HttpField> fields; // in the order received; no pseudo headers

    /// The first field of this lower-case name; null when there is none.
    [[nodiscard]] const std::string_view* field(std::string_view lowerName) const;
};

/// What is told of the messages of one direction.
class HttpListener {
public:
    virtual ~HttpListener() = default;
    virtual void head(const HttpHead& head, std::uint32_t stream, Timestamp time) = 0;
    /// `body`: the first kMaxKeptBody bytes, without chunking, still with its content encoding. `wireBytes`: of the
    /// body.
    virtual void end(std::uint32_t stream, Bytes body, std::uint64_t wireBytes, Timestamp time) = 0;
};

/// The text before the first line's end looks like a request line of HTTP/1 (or, while the end is not there, like the
/// beginning of one).
[[nodiscard]] bool mayBeHttpRequest(Bytes bytes);
/// … like a status line.
[[nodiscard]] bool mayBeHttpResponse(Bytes bytes);
/// Nothing but a method, whole or not, with at most the space behind it: too little to tell.
[[nodiscard]] bool mayBeginHttpMethod(std::string_view text);

} // namespace timbre::protocol
