#pragma once

// The shape of a request's path: identifiers replaced by what they are, so that /users/42 and /users/43 are one pattern
// and no token in a path is kept.

#include <string>
#include <string_view>

namespace timbre::trends {

[[nodiscard]] std::string pathTemplate(std::string_view target);

} // namespace timbre::trends
