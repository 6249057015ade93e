#pragma once

// Which checks belong to which flow and mask, so that views need not walk through all of them: kept up to date by
// looking at new checks only. Plain value, GUI thread.

#include "engine/resonance/monitor.h"

#include <unordered_map>

namespace timbre::ui {

class ResonanceIndex {
public:
    using Results = std::shared_ptr<const resonance::MonitorResults>;
    static constexpr std::uint32_t kNoCheck = 0xffffffff;

    struct Row {
        std::uint32_t flow = 0;
        std::vector<std::uint32_t> checks;           // positions, in order
        std::vector<std::uint32_t> latest;           // by mask; kNoCheck where there is none
        std::uint16_t bestMask = resonance::kNoMask; // by the latest checks
        float bestScore = 0.0F;
    };

    /// Another capture: everything is forgotten.
    void clear();
    /// Requires: `results` grew out of the ones before, unless clear() was called between. May be null.
    void update(Results results);

    [[nodiscard]] const Results& results() const { return m_results; }
    [[nodiscard]] const std::vector<Row>& rows() const { return m_rows; }
    [[nodiscard]] const Row* find(std::uint32_t flow) const;
    [[nodiscard]] const resonance::CheckRecord& check(std::uint32_t position) const
    {
        return m_results->checks[position];
    }
    /// Rows in order of their best score, highest first, at most `limit`.
    [[nodiscard]] std::vector<const Row*> best(std::size_t limit) const;

private:
    Results m_results;
    std::size_t m_seen = 0;
    std::vector<Row> m_rows;
    std::unordered_map<std::uint32_t, std::size_t> m_rowOf; // flow to row
};

} // namespace timbre::ui
