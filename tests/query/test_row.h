#pragma once

// A row for tests: any field may be given any values.

#include "engine/query/row.h"

#include <map>
#include <string>
#include <vector>

namespace timbre::query::testing {

class TestRow final : public RowReader {
public:
    std::map<Field, std::vector<std::int64_t>> integerValues;
    std::map<Field, std::vector<double>> realValues;
    std::map<Field, std::vector<std::string>> textValues;
    std::map<Field, std::vector<StringId>> nameValues; // of texts that are shared names
    std::map<Field, std::vector<IpAddress>> addressValues;
    std::vector<std::string> names{""};
    Only kind = Only::Tcp;
    mutable int namesRead = 0;

    std::size_t integers(Field field, std::span<std::int64_t, kMaxValues> out) const override
    {
        return copy(integerValues, field, out);
    }
    std::size_t reals(Field field, std::span<double, kMaxValues> out) const override
    {
        return copy(realValues, field, out);
    }
    std::size_t addresses(Field field, std::span<IpAddress, kMaxValues> out) const override
    {
        return copy(addressValues, field, out);
    }
    std::size_t texts(Field field, std::span<TextRef, kMaxValues> out) const override
    {
        std::size_t count = 0;
        if (const auto found = textValues.find(field); found != textValues.end())
            for (const std::string& text : found->second)
                out[count++] = {0, text};
        if (const auto found = nameValues.find(field); found != nameValues.end())
            for (const StringId id : found->second)
                out[count++] = {id, {}};
        return count;
    }
    [[nodiscard]] std::string_view name(StringId id) const override
    {
        ++namesRead;
        return names[id];
    }
    [[nodiscard]] bool is(Only only) const override { return only == Only::Any || only == kind || only == family(); }

private:
    [[nodiscard]] Only family() const
    {
        const auto found = addressValues.find(Field::Addr);
        if (found == addressValues.end() || found->second.empty())
            return Only::Any;
        return found->second.front().family == IpFamily::V4 ? Only::V4 : Only::V6;
    }

    template<typename T>
    static std::size_t copy(const std::map<Field, std::vector<T>>& from, Field field, std::span<T, kMaxValues> out)
    {
        const auto found = from.find(field);
        if (found == from.end())
            return 0;
        std::copy(found->second.begin(), found->second.end(), out.begin());
        return found->second.size();
    }
};

} // namespace timbre::query::testing
