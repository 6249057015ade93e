#include "app/cli/text_table.h"

#include <algorithm>

namespace timbre::cli {

TextTable::TextTable(std::string& out, std::vector<Column> columns, std::size_t indent)
    : m_out(out)
    , m_columns(std::move(columns))
    , m_indent(indent)
{
    for (const Column& column : m_columns)
        m_widths.push_back(displayWidth(column.title));
}

void TextTable::add(std::vector<std::string> cells)
{
    for (std::size_t i = 0; i < cells.size(); ++i)
        m_widths[i] = std::max(m_widths[i], displayWidth(cells[i]));
    if (!m_holding) {
        writeRow(cells);
        return;
    }
    m_held.push_back(std::move(cells));
    if (m_held.size() >= kRowsForWidths)
        writeHeld();
}

void TextTable::finish()
{
    if (m_holding)
        writeHeld();
}

void TextTable::writeHeld()
{
    m_holding = false;
    std::vector<std::string> titles;
    for (const Column& column : m_columns)
        titles.push_back(column.title);
    writeRow(titles);
    for (const auto& cells : m_held)
        writeRow(cells);
    m_held.clear();
}

void TextTable::writeRow(const std::vector<std::string>& cells)
{
    std::string line(m_indent, ' ');
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const std::size_t padding = m_widths[i] - displayWidth(cells[i]);
        line.append(i > 0 ? 2 : 0, ' ');
        if (m_columns[i].right)
            line.append(padding, ' ');
        line.append(cells[i]);
        if (!m_columns[i].right)
            line.append(padding, ' ');
    }
    line.erase(line.find_last_not_of(' ') + 1);
    m_out += line;
    m_out += '\n';
}

std::size_t displayWidth(std::string_view text)
{
    const auto startsCodePoint = [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; };
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), startsCodePoint));
}

std::string plainSpaces(std::string_view text)
{
    constexpr std::string_view kThinSpace = "\xe2\x80\x89";
    std::string out;
    for (std::string_view rest = text; !rest.empty();) {
        const std::size_t at = std::min(rest.find(kThinSpace), rest.size());
        out.append(rest.substr(0, at));
        rest.remove_prefix(at);
        if (rest.empty())
            break;
        out.push_back(' ');
        rest.remove_prefix(kThinSpace.size());
    }
    return out;
}

} // namespace timbre::cli
