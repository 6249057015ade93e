#pragma once

#include "engine/store/sqlite.h"
#include "engine/store/workspace.h"

namespace timbre::store {

/// Calls visit(row) for each row that `select`, whose one parameter is the capture, gives, in order; ends with the first
/// visit that fails.
template<typename Visit>
Result<void> forEachRow(Connection& connection, CaptureKey key, const char* select, std::string_view attempt,
                        Visit visit)
{
    auto row = connection.prepare(select, attempt);
    if (!row)
        return row.error();
    row->bind(1, static_cast<std::uint32_t>(key));
    while (true) {
        auto more = row->step(attempt);
        if (!more)
            return more.error();
        if (!*more)
            return {};
        if (Result<void> done = visit(*row); !done)
            return done;
    }
}

} // namespace timbre::store
