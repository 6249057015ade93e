#include "engine/pipeline/flow_sort.h"

#include "engine/pipeline/flow_fields.h"
#include "engine/pipeline/service_names.h"
#include "engine/query/fold.h"

#include <algorithm>
#include <array>
#include <bit>
#include <numeric>
#include <string_view>

namespace timbre::pipeline {

using flow::FlowRecord;
using flow::FlowSnapshot;
using query::Field;

namespace {

struct Keyed {
    std::uint64_t key;
    std::uint32_t item;
};

constexpr std::uint64_t kNoValue = ~std::uint64_t{0};

constexpr std::uint64_t kSignBit = std::uint64_t{1} << 63;

/// One digit of the radix sort: where each digit value begins, or nothing to do when all items share one.
constexpr std::size_t kDigits = 8;
constexpr std::size_t kDigitValues = 256;
using Histogram = std::array<std::array<std::uint32_t, kDigitValues>, kDigits>;

void countDigits(const std::vector<Keyed>& items, Histogram& histogram)
{
    for (const Keyed& item : items)
        for (std::size_t digit = 0; digit < kDigits; ++digit)
            ++histogram[digit][item.key >> (8 * digit) & 0xff];
}

/// Stable, from the lowest digit up. False when stopped.
bool radixSort(std::vector<Keyed>& items, std::vector<Keyed>& buffer, const std::stop_token& stop)
{
    constexpr std::size_t kSmall = 512;
    if (items.size() <= kSmall) {
        std::stable_sort(items.begin(), items.end(), [](const Keyed& a, const Keyed& b) { return a.key < b.key; });
        return true;
    }
    Histogram histogram{};
    countDigits(items, histogram);
    buffer.resize(items.size());
    for (std::size_t digit = 0; digit < kDigits; ++digit) {
        auto& starts = histogram[digit];
        if (starts[items[0].key >> (8 * digit) & 0xff] == items.size())
            continue;
        if (stop.stop_requested())
            return false;
        std::exclusive_scan(starts.begin(), starts.end(), starts.begin(), std::uint32_t{0});
        for (const Keyed& item : items)
            buffer[starts[item.key >> (8 * digit) & 0xff]++] = item;
        items.swap(buffer);
    }
    return true;
}

/// Eight bytes of a name from `offset`, folded, first byte most significant; zeros behind its end.
std::uint64_t foldedBytes(std::string_view text, std::size_t offset)
{
    std::uint64_t bytes = 0;
    const std::size_t end = std::min(text.size(), offset + 8);
    for (std::size_t i = offset; i < offset + 8; ++i)
        bytes = bytes << 8 | (i < end ? static_cast<unsigned char>(query::fold(text[i])) : 0U);
    return bytes;
}

/// Sorts names by eight bytes at a time; only those that are equal so far look at the next eight.
class NameSorter {
public:
    NameSorter(const StringPool& names, const std::stop_token& stop)
        : m_names(names)
        , m_stop(stop)
    {
    }

    /// The ids 1 … count−1 in order; false when stopped.
    bool sort(std::size_t count, std::vector<Keyed>& items)
    {
        items.clear();
        for (std::size_t id = 1; id < count; ++id)
            items.push_back({0, static_cast<std::uint32_t>(id)});
        m_work.push_back({0, items.size(), 0});
        while (!m_work.empty()) {
            const Run run = m_work.back();
            m_work.pop_back();
            if (m_stop.stop_requested() || !refine(items, run))
                return false;
        }
        return true;
    }

private:
    struct Run {
        std::size_t begin;
        std::size_t end;
        std::size_t offset;
    };

    bool refine(std::vector<Keyed>& items, const Run& run)
    {
        constexpr std::size_t kWorthRadix = 100'000;
        const auto begin = items.begin() + static_cast<std::ptrdiff_t>(run.begin);
        const auto end = items.begin() + static_cast<std::ptrdiff_t>(run.end);
        constexpr std::size_t kBetweenStops = 4096;
        for (auto item = begin; item != end; ++item) {
            if (static_cast<std::size_t>(item - begin) % kBetweenStops == 0 && m_stop.stop_requested())
                return false;
            item->key = foldedBytes(m_names.text(item->item), run.offset);
        }
        if (run.end - run.begin >= kWorthRadix) {
            std::vector<Keyed> part(begin, end);
            if (!radixSort(part, m_buffer, m_stop))
                return false;
            std::copy(part.begin(), part.end(), begin);
        } else {
            std::sort(begin, end, [](const Keyed& a, const Keyed& b) { return a.key < b.key; });
        }
        pushEqualRuns(items, run);
        return true;
    }

    void pushEqualRuns(std::vector<Keyed>& items, const Run& run)
    {
        for (std::size_t i = run.begin; i < run.end;) {
            std::size_t end = i + 1;
            while (end < run.end && items[end].key == items[i].key)
                ++end;
            if (end - i > 1)
                continueRun(items, {i, end, run.offset + 8});
            i = end;
        }
    }

    /// What is equal up to here either has more bytes to look at or differs in case only.
    void continueRun(std::vector<Keyed>& items, const Run& run)
    {
        const auto begin = items.begin() + static_cast<std::ptrdiff_t>(run.begin);
        const auto end = items.begin() + static_cast<std::ptrdiff_t>(run.end);
        const bool more =
            std::any_of(begin, end, [&](const Keyed& item) { return m_names.text(item.item).size() > run.offset; });
        constexpr std::size_t kFewNames = 32;
        if (more && run.end - run.begin > kFewNames) {
            m_work.push_back(run);
            return;
        }
        std::sort(begin, end, [this](const Keyed& a, const Keyed& b) { return lessText(a.item, b.item); });
    }

    bool lessText(StringId a, StringId b) const
    {
        const int order = query::compareFolded(m_names.text(a), m_names.text(b));
        return order != 0 ? order < 0 : m_names.text(a) < m_names.text(b);
    }

    const StringPool& m_names;
    const std::stop_token& m_stop;
    std::vector<Run> m_work;
    std::vector<Keyed> m_buffer;
};

} // namespace

bool NameRanks::prepare(const std::shared_ptr<const StringPool>& names, const std::stop_token& stop)
{
    const std::size_t count = names ? names->size() : 0;
    if (names == m_names && count == m_ranks.size())
        return true;
    m_names.reset();
    m_ranks.assign(count, 0);
    if (names) {
        std::vector<Keyed> order;
        if (!NameSorter(*names, stop).sort(count, order))
            return false;
        for (std::size_t place = 0; place < order.size(); ++place)
            m_ranks[order[place].item] = static_cast<std::uint32_t>(place + 1);
    }
    m_names = names;
    return true;
}

namespace {

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

/// Reads sort keys of rows. A value that does not fit 64 bits has several parts, the first counting most.
class KeyReader {
public:
    KeyReader(const FlowSnapshot& snapshot, SortKey key, const NameRanks& ranks)
        : m_row(snapshot)
        , m_key(key)
        , m_storage(query::storageOf(query::info(key.field).type))
        , m_ranks(ranks)
    {
    }

    /// How many parts the keys of these rows have.
    [[nodiscard]] std::size_t parts(const std::vector<Keyed>& items, const FlowSnapshot& snapshot)
    {
        if (m_storage == query::Storage::Address)
            return 3;
        if (m_storage != query::Storage::Text || isName())
            return 1;
        std::size_t longest = 1;
        std::array<query::TextRef, query::kMaxValues> out{};
        for (const Keyed& item : items) {
            m_row.moveTo(snapshot[item.item]);
            if (m_row.texts(m_key.field, out) > 0)
                longest = std::max(longest, out[0].text.size());
        }
        return (longest + 7) / 8;
    }
    [[nodiscard]] bool isName() const
    {
        return m_key.field == Field::Host || m_key.field == Field::Sni || m_key.field == Field::HttpHost;
    }

    std::uint64_t read(const FlowRecord& record, std::size_t part)
    {
        m_row.moveTo(record);
        std::uint64_t value = 0;
        if (!readAscending(part, value))
            return kNoValue;
        if (m_key.descending)
            value = ~value;
        return std::min(value, kNoValue - 1);
    }

private:
    bool readAscending(std::size_t part, std::uint64_t& value) const
    {
        switch (m_storage) {
        case query::Storage::Integer: {
            std::array<std::int64_t, query::kMaxValues> out{};
            const bool known = m_row.integers(m_key.field, out) > 0;
            value = orderOf(out[0]);
            return known;
        }
        case query::Storage::Real: {
            std::array<double, query::kMaxValues> out{};
            const bool known = m_row.reals(m_key.field, out) > 0;
            value = orderOf(out[0]);
            return known;
        }
        case query::Storage::Address: {
            std::array<IpAddress, query::kMaxValues> out{};
            const bool known = m_row.addresses(m_key.field, out) > 0;
            value = part == 0 ? static_cast<std::uint64_t>(out[0].family) : eightOctets(out[0], 8 * (part - 1));
            return known;
        }
        case query::Storage::Text:
            break;
        }
        std::array<query::TextRef, query::kMaxValues> out{};
        const bool known = m_row.texts(m_key.field, out) > 0;
        value = out[0].id != 0 ? m_ranks.rank(out[0].id) : foldedBytes(out[0].text, 8 * part);
        return known;
    }

    FlowRow m_row;
    SortKey m_key;
    query::Storage m_storage;
    const NameRanks& m_ranks;
};

constexpr std::size_t kRowsBetweenStops = 4096;

/// One stable pass over the rows by one part of one key.
bool sortByPart(std::vector<Keyed>& items, std::vector<Keyed>& buffer, const FlowSnapshot& snapshot, KeyReader& reader,
                std::size_t part, const std::stop_token& stop)
{
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i % kRowsBetweenStops == 0 && stop.stop_requested())
            return false;
        items[i].key = reader.read(snapshot[items[i].item], part);
    }
    return radixSort(items, buffer, stop);
}

/// A key in one part that needs no ranks.
bool isNumber(const SortKey& key)
{
    const query::Storage storage = query::storageOf(query::info(key.field).type);
    return storage == query::Storage::Integer || storage == query::Storage::Real;
}

} // namespace

bool sortRows(std::vector<std::uint32_t>& rows, const FlowSnapshot& snapshot, const std::vector<SortKey>& keys,
              NameRanks& ranks, const std::stop_token& stop)
{
    std::vector<Keyed> items(rows.size());
    std::vector<Keyed> buffer;
    std::transform(rows.begin(), rows.end(), items.begin(), [](std::uint32_t row) { return Keyed{0, row}; });
    for (auto key = keys.rbegin(); key != keys.rend(); ++key) {
        KeyReader reader(snapshot, *key, ranks);
        if (reader.isName() && !ranks.prepare(snapshot.names(), stop))
            return false;
        for (std::size_t part = reader.parts(items, snapshot); part-- > 0;)
            if (!sortByPart(items, buffer, snapshot, reader, part, stop))
                return false;
    }
    std::transform(items.begin(), items.end(), rows.begin(), [](const Keyed& item) { return item.item; });
    return true;
}

std::vector<std::uint32_t> firstRows(const std::vector<std::uint32_t>& rows, const FlowSnapshot& snapshot,
                                     const std::vector<SortKey>& keys, std::size_t count, const std::stop_token& stop)
{
    constexpr std::size_t kQuickEnough = 200'000; // rows that are sorted before anybody notices
    if (rows.size() <= kQuickEnough || keys.empty() || !std::all_of(keys.begin(), keys.end(), isNumber))
        return {};
    NameRanks unused;
    KeyReader reader(snapshot, keys.front(), unused);
    std::vector<Keyed> items;
    items.reserve(rows.size());
    for (const std::uint32_t row : rows) {
        if (items.size() % kRowsBetweenStops == 0 && stop.stop_requested())
            return {};
        items.push_back({reader.read(snapshot[row], 0), row});
    }
    const auto before = [](const Keyed& a, const Keyed& b) { return a.key != b.key ? a.key < b.key : a.item < b.item; };
    const auto last = items.begin() + static_cast<std::ptrdiff_t>(count - 1);
    std::nth_element(items.begin(), last, items.end(), before);

    // Further keys may prefer any row that ties with the last one of the page.
    const std::uint64_t limit = last->key;
    const auto end = keys.size() == 1 ? last + 1 : std::partition(last + 1, items.end(), [limit](const Keyed& item) {
        return item.key <= limit;
    });
    if (end - items.begin() > static_cast<std::ptrdiff_t>(kQuickEnough))
        return {};
    std::vector<std::uint32_t> page;
    std::transform(items.begin(), end, std::back_inserter(page), [](const Keyed& item) { return item.item; });
    std::sort(page.begin(), page.end());
    if (!sortRows(page, snapshot, keys, unused, stop))
        return {};
    page.resize(count);
    return page;
}

} // namespace timbre::pipeline
