// Filters come from people, from links and from stored history. Whatever the text: it parses or it does not, an error
// stands within it, what parses prints and reads back as the same tree, can be asked about a row, and completes at
// every kind of cursor.

#include "engine/query/completion.h"
#include "engine/query/filter.h"
#include "engine/query/translate.h"

#include <cstdint>
#include <cstdlib>

using namespace timbre;
using namespace timbre::query;

namespace {

class FixedRow final : public RowReader {
public:
    std::size_t integers(Field, std::span<std::int64_t, kMaxValues> out) const override
    {
        out[0] = 443;
        out[1] = -1;
        return 2;
    }
    std::size_t reals(Field, std::span<double, kMaxValues> out) const override
    {
        out[0] = 7.5;
        return 1;
    }
    std::size_t texts(Field, std::span<TextRef, kMaxValues> out) const override
    {
        out[0] = {1, {}};
        out[1] = {0, "www.example.org"};
        return 2;
    }
    std::size_t addresses(Field, std::span<IpAddress, kMaxValues> out) const override
    {
        out[0] = {IpFamily::V4, {192, 0, 2, 1}};
        out[1] = {IpFamily::V6, {0x20, 0x01, 0x0d, 0xb8}};
        return 2;
    }
    [[nodiscard]] std::string_view name(StringId) const override { return "CDN.example.net"; }
    [[nodiscard]] bool is(Only only) const override { return only != Only::Udp; }
};

class FixedSource final : public CompletionSource {
public:
    [[nodiscard]] std::uint64_t flowsWith(Field field) const override { return static_cast<std::uint64_t>(field) % 3; }
    [[nodiscard]] std::vector<ValueSuggestion> values(Field) const override { return {{"a b", 2}, {"443", 1}}; }
    [[nodiscard]] std::vector<std::string> history() const override { return {"port == 443 and ended"}; }
};

void require(bool condition)
{
    if (!condition)
        std::abort();
}

void checkFilter(const ExpressionPtr& expression)
{
    const std::string printed = toString(*expression);
    if (printed.size() <= kMaxFilterBytes) { // quotes may make it longer
        const ParseResult again = parse(printed);
        require(again.ok() && sameTree(*expression, *again.expression));
        require(toString(*again.expression) == printed);
    }
    const Filter filter(expression);
    FilterRun run(filter, {TimeRange{{0}, {1}}});
    const bool first = run.matches(FixedRow());
    require(run.matches(FixedRow()) == first); // remembered answers are the same answers
    static_cast<void>(toBpf(*expression));
    static_cast<void>(toWireshark(*expression));
    static_cast<void>(topLevelTerms(expression));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const ParseResult result = parse(text);
    require(result.ok() != result.error.has_value());
    if (result.ok())
        checkFilter(result.expression);
    else
        require(result.error->span.position + result.error->span.length <= size && !result.error->message.empty());
    for (const std::size_t cursor : {size, size / 2}) {
        const CompletionList list = complete(text, cursor, FixedSource());
        require(list.replaceFrom <= cursor && list.replaceFrom + list.replaceLength <= size);
    }
    if (size < 2048)
        static_cast<void>(combine(text.substr(0, size / 2), text.substr(size / 2), Combine::AndNot));
    return 0;
}
