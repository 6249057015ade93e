#pragma once

// The first of two steps in which the helper gives everything away; the second is sandbox.h.

#include <string>

namespace timbre::helper {

/// Empties every capability set and sets no_new_privs. What went wrong, or empty.
[[nodiscard]] std::string dropRights();

} // namespace timbre::helper
