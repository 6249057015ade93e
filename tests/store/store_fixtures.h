#pragma once

// What the tests of the store share: flows with random values in every field, an exact comparison, and an observer that
// remembers what it was told.

#include "engine/store/workspace.h"

#include <condition_variable>
#include <mutex>
#include <random>

namespace timbre::test {

/// The same numbers on every machine: the standard's distributions are not used.
class RandomFlows {
public:
    explicit RandomFlows(std::uint64_t seed)
        : m_random(seed)
    {
    }

    /// Every field takes any value it may have.
    flow::FlowRecord next(std::uint32_t index, StringPool& names);
    /// As traffic has them: small numbers, few names.
    flow::FlowRecord nextUsual(std::uint32_t index, StringPool& names);

private:
    std::uint64_t below(std::uint64_t limit) { return m_random() % limit; }
    /// Of any magnitude, 0 included.
    std::uint64_t any() { return m_random() >> below(65) % 64; }
    std::array<std::uint8_t, 16> address(IpFamily family);
    StringId name(StringPool& names);
    flow::SideStats side();

    std::mt19937_64 m_random;
};

/// The first field in which they differ, by bits for doubles; names are compared as text. Empty when equal.
[[nodiscard]] std::string firstDifference(const flow::FlowRecord& a, const StringPool& namesOfA,
                                          const flow::FlowRecord& b, const StringPool& namesOfB);

/// Values in every field.
[[nodiscard]] store::CaptureOutcome sampleOutcome(std::uint64_t flowCount);
[[nodiscard]] store::CaptureOrigin sampleOrigin(std::string path = "/captures/one.pcap");

class RecordingObserver final : public store::WorkspaceObserver {
public:
    void writerStatusChanged(const store::WriterStatus& status) override;
    void capturesChanged() override;

    [[nodiscard]] std::vector<store::WriterStatus> statuses() const;
    [[nodiscard]] int listChanges() const;
    /// Waits until some status fulfils `condition`; false after ten seconds.
    bool waitForStatus(const std::function<bool(const store::WriterStatus&)>& condition);

private:
    mutable std::mutex m_mutex; // guards the two below
    std::condition_variable m_changed;
    std::vector<store::WriterStatus> m_statuses;
    int m_listChanges = 0;
};

} // namespace timbre::test
