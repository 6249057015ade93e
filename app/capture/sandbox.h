#pragma once

// How the helper gives its rights away, in two steps: dropRights() once the interfaces are open, closeSandbox() once
// the first spool file is. After the second the process can read its interfaces, write its files, make and remove files
// in the spool directory, and nothing else.

#include <cstdint>
#include <string>

namespace timbre::helper {

/// Flags with which spool files are made; the sandbox allows these and no others.
extern const int kSpoolFileFlags;
inline constexpr unsigned kSpoolFileMode = 0600;

/// Requires: dropRights(). What went wrong, or empty. `achieved` gets the Sandbox bits of helper_messages.h.
[[nodiscard]] std::string closeSandbox(int spoolDirectory, std::uint64_t& achieved);

} // namespace timbre::helper
