#pragma once

// How a FlowRecord lies in the columns of flow_rows, there and back without losing a bit.

#include "engine/flow/flow_record.h"
#include "engine/store/sqlite.h"
#include "engine/store/workspace.h"

namespace timbre::store {

/// Row numbers of a capture run from firstRowId(key) to lastRowId(key).
[[nodiscard]] constexpr std::int64_t firstRowId(CaptureKey key)
{
    return static_cast<std::int64_t>(key) << 32;
}
[[nodiscard]] constexpr std::int64_t lastRowId(CaptureKey key)
{
    return firstRowId(key) | 0xffffffff;
}

class FlowRowWriter {
public:
    static Result<FlowRowWriter> prepare(Connection& connection);
    /// Adds the row, or replaces the one with the same index.
    Result<void> write(CaptureKey capture, const flow::FlowRecord& flow, const StringPool& names);

private:
    Statement m_insert;
    std::string m_initiatorText, m_responderText; // reused, so that a row allocates nothing
};

/// Reads rows in order of their index, a slice at a time.
class FlowRowReader {
public:
    static Result<FlowRowReader> prepare(Connection& connection);

    /// Appends up to `limit` rows from index `from` on to `rows`; names are added to `names`. One short read
    /// transaction.
    Result<void> read(CaptureKey capture, std::uint32_t from, std::size_t limit, StringPool& names,
                      std::vector<flow::FlowRecord>& rows);

private:
    Result<void> decode(StringPool& names, flow::FlowRecord& flow);
    StringId internColumn(int column, StringPool& names);

    struct KnownName {
        std::string text;
        StringId id = 0;
    };

    Statement m_select;
    std::array<KnownName, 5> m_lastNames; // neighbours often share names; spares the look-up
};

} // namespace timbre::store
