#include "tests/support/test_data.h"

#include <cstdlib>

namespace timbre::test {

std::filesystem::path vectorsDirectory()
{
    const char* named = std::getenv("TIMBRE_VECTORS");
    return named && *named ? std::filesystem::path(named) : std::filesystem::path(TIMBRE_SOURCE_DIR) / "tests/vectors";
}

std::optional<std::filesystem::path> corpusDirectory()
{
    const char* named = std::getenv("TIMBRE_CORPUS");
    const auto directory = named && *named ? std::filesystem::path(named)
                                           : std::filesystem::path(TIMBRE_SOURCE_DIR).parent_path() / "shared/corpus";
    std::error_code ignored;
    return std::filesystem::is_directory(directory, ignored) ? std::optional(directory) : std::nullopt;
}

} // namespace timbre::test
