#pragma once

// A way to the disk for SQLite that can be told to fail. Registered under a name of its own, it is used by workspaces
// whose options name it; the switches act on all of them at once, from any thread.

#include <atomic>
#include <string>

namespace timbre::test {

class FailingDisk {
public:
    /// Registers it on the first use.
    static FailingDisk& instance();

    [[nodiscard]] std::string name() const { return "timbre-failing-disk"; }
    void repair() { full = failSync = failRead = false; }

    std::atomic<bool> full = false;     // every write: no space left
    std::atomic<bool> failSync = false; // every flush to the disk
    std::atomic<bool> failRead = false;
    std::atomic<int> refusals = 0; // operations that were made to fail

private:
    FailingDisk();
};

} // namespace timbre::test
