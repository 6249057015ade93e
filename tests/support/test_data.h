#pragma once

// Where tests find their data. Both directories can be named from outside, to run the same tests on other data.

#include <filesystem>
#include <optional>

namespace timbre::test {

/// TIMBRE_VECTORS, else tests/vectors of this tree.
[[nodiscard]] std::filesystem::path vectorsDirectory();
/// TIMBRE_CORPUS, else ../shared/corpus beside this tree; nothing when neither is there.
[[nodiscard]] std::optional<std::filesystem::path> corpusDirectory();

} // namespace timbre::test
