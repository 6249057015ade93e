#pragma once

// Finds card numbers, social security numbers, IBANs, access keys and private keys in a message body. What is found
// goes to the caller as a view, to be hashed at once; it is never kept.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace timbre::trends {

inline constexpr std::size_t kMaxScannedBody = 65'536;
inline constexpr std::size_t kMaxFindings = 100; // per message

/// Calls found(kind, text) in the order of kinds, then of position, each value once. `text` lives for the call only.
/// Looks at the first kMaxScannedBody bytes. Returns the number of findings.
std::size_t findSensitiveData(std::string_view body,
                              const std::function<void(std::string_view kind, std::string_view text)>& found);

} // namespace timbre::trends
