#include "engine/query/row.h"

namespace timbre::query {

namespace {

template<typename T>
Values wrap(const std::array<T, kMaxValues>& raw, std::size_t count)
{
    Values values;
    values.count = count;
    for (std::size_t i = 0; i < count; ++i)
        values.items[i] = raw[i];
    return values;
}

Values readTexts(const RowReader& row, Field field)
{
    std::array<TextRef, kMaxValues> refs{};
    const std::size_t count = row.texts(field, refs);
    std::array<std::string_view, kMaxValues> raw;
    for (std::size_t i = 0; i < count; ++i)
        raw[i] = refs[i].id != 0 ? row.name(refs[i].id) : refs[i].text;
    return wrap(raw, count);
}

} // namespace

Values readValues(const RowReader& row, Field field)
{
    std::array<std::int64_t, kMaxValues> integers{};
    std::array<double, kMaxValues> reals{};
    std::array<IpAddress, kMaxValues> addresses{};
    switch (storageOf(info(field).type)) {
    case Storage::Integer: {
        const std::size_t count = row.integers(field, integers);
        return wrap(integers, count);
    }
    case Storage::Real: {
        const std::size_t count = row.reals(field, reals);
        return wrap(reals, count);
    }
    case Storage::Address: {
        const std::size_t count = row.addresses(field, addresses);
        return wrap(addresses, count);
    }
    case Storage::Text:
        break;
    }
    return readTexts(row, field);
}

} // namespace timbre::query
