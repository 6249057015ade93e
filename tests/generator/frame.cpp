#include "tests/generator/frame.h"

#include <algorithm>
#include <utility>

namespace timbre::generator {

std::vector<Frame> Timeline::takeSorted()
{
    std::stable_sort(m_frames.begin(), m_frames.end(),
                     [](const Frame& left, const Frame& right) { return left.timeNs < right.timeNs; });
    return std::exchange(m_frames, {});
}

} // namespace timbre::generator
