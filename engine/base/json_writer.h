#pragma once

// Writes JSON piece by piece into a string: exports stream a million flows through it without building a tree.
// Keys come out in the order they are written; the caller balances begin and end.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace timbre {

class JsonWriter {
public:
    explicit JsonWriter(std::string& out) : m_out(out) {}

    JsonWriter& beginObject();
    JsonWriter& endObject();
    JsonWriter& beginArray();
    JsonWriter& endArray();
    JsonWriter& key(std::string_view name);

    /// Text that is no valid UTF-8 is written with each bad byte as U+FFFD.
    JsonWriter& value(std::string_view text);
    JsonWriter& value(const char* text) { return value(std::string_view(text)); }
    JsonWriter& value(std::int64_t number);
    JsonWriter& value(std::uint64_t number);
    JsonWriter& value(std::uint32_t number) { return value(static_cast<std::uint64_t>(number)); }
    JsonWriter& value(int number) { return value(static_cast<std::int64_t>(number)); }
    /// Shortest text that reads back the same; a number that is not finite becomes null.
    JsonWriter& value(double number);
    JsonWriter& value(bool truth);
    JsonWriter& null();

    template <typename T>
    JsonWriter& member(std::string_view name, const T& content)
    {
        key(name);
        return value(content);
    }

private:
    void separate();
    JsonWriter& raw(std::string_view text);

    std::string& m_out;
    std::vector<bool> m_hasItems; // per open object or array
    bool m_afterKey = false;
};

/// Appends `text` quoted and escaped as a JSON string.
void appendJsonString(std::string& out, std::string_view text);

} // namespace timbre
