#pragma once

// A filter as SQL on the workspace's `flows` view, for those who go on with other programs. It finds the same rows as
// the filter does in the window; a filter with a field that the view has no column for has no SQL.

#include "engine/query/expression.h"

#include <optional>
#include <string>
#include <string_view>

namespace timbre::store {

/// "SELECT * FROM flows WHERE …;", of the capture with this path, or of all when it is empty.
[[nodiscard]] std::optional<std::string> toSql(const query::Expression& expression, std::string_view path = {});

} // namespace timbre::store
