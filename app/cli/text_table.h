#pragma once

// A table for a terminal: columns as wide as their cells, numbers to the right. The widths come from the first rows, so
// that a list of a million rows is written as it goes; a wider cell further down pushes its line, none is cut.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace timbre::cli {

struct Column {
    std::string title;
    bool right = false;
};

class TextTable {
public:
    static constexpr std::size_t kRowsForWidths = 1000;

    TextTable(std::string& out, std::vector<Column> columns, std::size_t indent = 0);

    /// Requires: as many cells as columns.
    void add(std::vector<std::string> cells);
    /// Writes what is still held back.
    void finish();

private:
    void writeHeld();
    void writeRow(const std::vector<std::string>& cells);

    std::string& m_out;
    std::vector<Column> m_columns;
    std::vector<std::size_t> m_widths;
    std::vector<std::vector<std::string>> m_held;
    std::size_t m_indent;
    bool m_holding = true;
};

/// Columns that `text` takes on a terminal: its code points.
[[nodiscard]] std::size_t displayWidth(std::string_view text);
/// The program's thin spaces as plain ones, which every terminal shows at the right width.
[[nodiscard]] std::string plainSpaces(std::string_view text);

} // namespace timbre::cli
