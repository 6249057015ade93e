#pragma once

// What the helper does besides capturing. Both give every right away before they do anything else. They return what the
// program shall return.

#include "app/capture/message_pipe.h"

namespace timbre::helper {

/// Tells which interfaces there are.
int list(MessagePipe& pipe);
/// Shows what the sandbox refuses, from inside: nothing else could tell.
int checkSandbox(MessagePipe& pipe);

} // namespace timbre::helper
