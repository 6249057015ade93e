#pragma once

// Takes the content encoding off the beginning of an HTTP body, as far as it goes and never beyond a limit.

#include "engine/base/bytes.h"

#include <vector>

namespace timbre::pipeline {

/// At most `maxBytes` of the decoded body for gzip and deflate; empty for other encodings, or when nothing came out.
[[nodiscard]] std::vector<std::byte> decodeBody(Bytes body, std::string_view coding, std::size_t maxBytes);

} // namespace timbre::pipeline
