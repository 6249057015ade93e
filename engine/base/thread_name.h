#pragma once

namespace timbre {

/// Names the calling thread for debuggers and `top -H`. Requires: at most 15 characters.
void setThreadName(const char* name);

} // namespace timbre
