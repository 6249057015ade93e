#include "engine/pipeline/flow_sort.h"

#include "engine/pipeline/flow_fields.h"

#include <algorithm>
#include <array>
#include <bit>
#include <numeric>
#include <string_view>
#include <unordered_map>

namespace timbre::pipeline {

using flow::FlowRecord;
using flow::FlowSnapshot;
using query::Field;
using query::Storage;

namespace {

constexpr std::size_t kRowsBetweenStops = 4096;

/// One 64-bit part of a sort key for each row, in ascending order. The two greatest keys there are count as one, to leave
/// room for rows without a value.
struct Column {
    static constexpr std::uint64_t kNoValue = ~std::uint64_t{0};

    std::vector<std::uint64_t> keys;
    bool descending = false;

    void add(std::uint64_t key) { keys.push_back(std::min(key, kNoValue - 1)); }
};

constexpr std::uint64_t kSignBit = std::uint64_t{1} << 63;

std::uint64_t orderOf(std::int64_t value)
{
    return static_cast<std::uint64_t>(value) ^ kSignBit;
}

std::uint64_t orderOf(double value)
{
    const auto bits = std::bit_cast<std::uint64_t>(value);
    return (bits & kSignBit) != 0 ? ~bits : bits | kSignBit;
}

std::uint64_t eightOctets(const IpAddress& address, std::size_t from)
{
    std::uint64_t value = 0;
    for (std::size_t i = from; i < from + 8; ++i)
        value = value << 8 | address.octets[i];
    return value;
}

bool isName(Field field)
{
    return field == Field::Host || field == Field::Sni || field == Field::HttpHost || field == Field::Ja4
        || field == Field::Ja3 || field == Field::UserAgent || field == Field::TokenHash;
}

/// Turns a field of the rows into columns. A value that does not fit 64 bits takes several, the first counting most.
class ColumnReader {
public:
    ColumnReader(const FlowSnapshot& snapshot, SortKey key, const NameRanks& ranks)
        : m_row(snapshot)
        , m_snapshot(snapshot)
        , m_key(key)
        , m_ranks(ranks)
    {
    }

    /// False when stopped.
    bool read(const std::vector<std::uint32_t>& rows, std::vector<Column>& columns, const std::stop_token& stop)
    {
        const Storage storage = query::storageOf(query::info(m_key.field).type);
        m_columns.assign(storage == Storage::Address ? 3 : m_key.field == Field::History ? 2 : 1, {});
        for (Column& column : m_columns) {
            column.keys.reserve(rows.size());
            column.descending = m_key.descending;
        }
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (i % kRowsBetweenStops == 0 && stop.stop_requested())
                return false;
            m_row.moveTo(m_snapshot[rows[i]]);
            if (!addRow(storage))
                for (Column& column : m_columns)
                    column.keys.push_back(Column::kNoValue);
        }
        if (!m_words.empty())
            rankWords();
        std::move(m_columns.begin(), m_columns.end(), std::back_inserter(columns));
        return true;
    }

private:
    /// False when the row has no value.
    bool addRow(Storage storage)
    {
        switch (storage) {
        case Storage::Integer: {
            std::array<std::int64_t, query::kMaxValues> out{};
            if (m_row.integers(m_key.field, out) == 0)
                return false;
            m_columns[0].add(orderOf(out[0]));
            return true;
        }
        case Storage::Real: {
            std::array<double, query::kMaxValues> out{};
            if (m_row.reals(m_key.field, out) == 0)
                return false;
            m_columns[0].add(orderOf(out[0]));
            return true;
        }
        case Storage::Address: {
            std::array<IpAddress, query::kMaxValues> out{};
            if (m_row.addresses(m_key.field, out) == 0)
                return false;
            m_columns[0].add(static_cast<std::uint64_t>(out[0].family));
            m_columns[1].add(eightOctets(out[0], 0));
            m_columns[2].add(eightOctets(out[0], 8));
            return true;
        }
        case Storage::Text:
            break;
        }
        return addText();
    }

    bool addText()
    {
        std::array<query::TextRef, query::kMaxValues> out{};
        if (m_row.texts(m_key.field, out) == 0)
            return false;
        if (out[0].id != 0) {
            m_columns[0].add(m_ranks.rank(out[0].id));
            return true;
        }
        if (m_key.field == Field::History) { // nearly every flow may have its own
            static_assert(flow::kHistoryLength <= 16);
            m_columns[0].add(foldedBytes(out[0].text, 0));
            m_columns[1].add(foldedBytes(out[0].text, 8));
            return true;
        }
        const auto number = static_cast<std::uint32_t>(m_words.size());
        m_columns[0].add(m_words.try_emplace(out[0].text, number).first->second);
        return true;
    }

    /// So far words have numbers in the order they were met; now those become places in the alphabet.
    void rankWords()
    {
        std::vector<std::pair<std::string_view, std::uint32_t>> order(m_words.begin(), m_words.end());
        std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return lessName(a.first, b.first); });
        std::vector<std::uint32_t> places(order.size());
        for (std::size_t place = 0; place < order.size(); ++place)
            places[order[place].second] = static_cast<std::uint32_t>(place);
        for (std::uint64_t& key : m_columns[0].keys)
            if (key != Column::kNoValue)
                key = places[key];
    }

    FlowRow m_row;
    const FlowSnapshot& m_snapshot;
    SortKey m_key;
    const NameRanks& m_ranks;
    std::vector<Column> m_columns;
    std::unordered_map<std::string_view, std::uint32_t> m_words; // texts that are no names; they live in the snapshot
};

/// Orders positions by columns, from the least important column to the first. A pass sorts by the leading 32 bits of
/// what varies in the column, so that key and position move as one word, and puts the few ties right afterwards.
class ColumnSorter {
public:
    explicit ColumnSorter(std::size_t rows)
        : m_order(rows)
    {
        std::iota(m_order.begin(), m_order.end(), std::uint32_t{0});
    }

    /// Stable. False when stopped.
    bool sortBy(const Column& column, const std::stop_token& stop)
    {
        const Scale scale = scaleOf(column);
        if (scale.bits == 0)
            return true;
        m_words.resize(m_order.size());
        for (std::size_t i = 0; i < m_order.size(); ++i)
            m_words[i] = scale.place(column.keys[m_order[i]]) >> scale.dropped << 32 | m_order[i];
        if (!radixSort(std::min(scale.bits, 32U), stop))
            return false;
        for (std::size_t i = 0; i < m_order.size(); ++i)
            m_order[i] = static_cast<std::uint32_t>(m_words[i]);
        if (scale.dropped > 0)
            sortTies(column, scale);
        return !stop.stop_requested();
    }
    [[nodiscard]] const std::vector<std::uint32_t>& order() const { return m_order; }

private:
    /// Where a key stands between the least and the greatest of its column; rows without a value come after all.
    struct Scale {
        std::uint64_t least = 0;
        std::uint64_t greatest = 0;
        bool descending = false;
        unsigned bits = 0;    // of the places; 0 when all are the same
        unsigned dropped = 0; // bits beyond the leading 32

        [[nodiscard]] std::uint64_t place(std::uint64_t key) const
        {
            if (key == Column::kNoValue)
                return greatest - least + 1;
            return descending ? greatest - key : key - least;
        }
    };

    static Scale scaleOf(const Column& column)
    {
        Scale scale;
        scale.descending = column.descending;
        scale.least = Column::kNoValue;
        bool gaps = false;
        for (const std::uint64_t key : column.keys) {
            if (key == Column::kNoValue) {
                gaps = true;
                continue;
            }
            scale.least = std::min(scale.least, key);
            scale.greatest = std::max(scale.greatest, key);
        }
        if (scale.least == Column::kNoValue)
            return scale; // no row has a value
        scale.bits = static_cast<unsigned>(std::bit_width(scale.greatest - scale.least + (gaps ? 1 : 0)));
        scale.dropped = scale.bits > 32 ? scale.bits - 32 : 0;
        return scale;
    }

    bool radixSort(unsigned bits, const std::stop_token& stop)
    {
        constexpr unsigned kDigitBits = 11;
        constexpr std::uint64_t kMask = (1U << kDigitBits) - 1;
        m_buffer.resize(m_words.size());
        for (unsigned done = 0; done < bits; done += kDigitBits) {
            if (stop.stop_requested())
                return false;
            const unsigned shift = 32 + done;
            std::array<std::uint32_t, kMask + 1> starts{};
            for (const std::uint64_t word : m_words)
                ++starts[word >> shift & kMask];
            std::exclusive_scan(starts.begin(), starts.end(), starts.begin(), std::uint32_t{0});
            for (const std::uint64_t word : m_words)
                m_buffer[starts[word >> shift & kMask]++] = word;
            m_words.swap(m_buffer);
        }
        return true;
    }

    void sortTies(const Column& column, const Scale& scale)
    {
        const auto before = [&](std::uint32_t a, std::uint32_t b) {
            return scale.place(column.keys[a]) < scale.place(column.keys[b]);
        };
        for (std::size_t i = 0; i < m_words.size();) {
            std::size_t end = i + 1;
            while (end < m_words.size() && m_words[end] >> 32 == m_words[i] >> 32)
                ++end;
            if (end - i > 1)
                std::stable_sort(m_order.begin() + static_cast<std::ptrdiff_t>(i),
                                 m_order.begin() + static_cast<std::ptrdiff_t>(end), before);
            i = end;
        }
    }

    std::vector<std::uint32_t> m_order;
    std::vector<std::uint64_t> m_words; // leading bits of the key, then the position
    std::vector<std::uint64_t> m_buffer;
};

} // namespace

bool needsRanking(const std::vector<SortKey>& keys, const FlowSnapshot& snapshot, const NameRanks& ranks)
{
    return std::any_of(keys.begin(), keys.end(), [](const SortKey& key) { return isName(key.field); }) &&
           !ranks.prepared(snapshot.names());
}

bool sortRows(std::vector<std::uint32_t>& rows, const FlowSnapshot& snapshot, const std::vector<SortKey>& keys,
              NameRanks& ranks, const std::stop_token& stop)
{
    if (needsRanking(keys, snapshot, ranks) && !ranks.prepare(snapshot.names(), stop))
        return false;
    std::vector<Column> columns;
    for (const SortKey& key : keys)
        if (!ColumnReader(snapshot, key, ranks).read(rows, columns, stop))
            return false;
    ColumnSorter sorter(rows.size());
    for (auto column = columns.rbegin(); column != columns.rend(); ++column)
        if (!sorter.sortBy(*column, stop))
            return false;
    std::vector<std::uint32_t> sorted(rows.size());
    std::transform(sorter.order().begin(), sorter.order().end(), sorted.begin(),
                   [&](std::uint32_t position) { return rows[position]; });
    rows = std::move(sorted);
    return true;
}

} // namespace timbre::pipeline
