#include "engine/query/filter.h"

#include "engine/query/fold.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

namespace timbre::query {

using Kind = Expression::Kind;

/// A comparison is kept as sorted ranges of the field's storage, whatever its operator was.
struct Filter::Node {
    Kind kind = Kind::All;
    FieldRef field;
    Storage storage = Storage::Integer;
    Alone alone = Alone::HasValue;
    bool negated = false;        // of a comparison: has values, and none fits
    bool asAddressText = false;  // contains and ~ look at the address as text
    bool couldBeAddress = false; // of a word: some address may contain it
    std::size_t text = 0;        // number of the text predicate
    std::vector<IntegerRange> integers;
    std::vector<RealRange> reals;
    std::vector<AddressRange> addresses;
    std::int64_t durationNs = 0;
    std::vector<Node> children;
};

namespace {

constexpr std::int64_t kLowest = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kHighest = std::numeric_limits<std::int64_t>::max();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

IntegerRange rangeFor(Operator op, const IntegerRange& value)
{
    switch (op) {
    case Operator::Less:
        return {kLowest, value.low == kLowest ? kLowest : value.low - 1};
    case Operator::LessEqual:
        return {kLowest, value.high};
    case Operator::Greater:
        return {value.high == kHighest ? kHighest : value.high + 1, kHighest};
    case Operator::GreaterEqual:
        return {value.low, kHighest};
    default:
        return value;
    }
}

RealRange rangeFor(Operator op, const RealRange& value)
{
    switch (op) {
    case Operator::Less:
        return {-kInfinity, std::nextafter(value.low, -kInfinity)};
    case Operator::LessEqual:
        return {-kInfinity, value.high};
    case Operator::Greater:
        return {std::nextafter(value.high, kInfinity), kInfinity};
    case Operator::GreaterEqual:
        return {value.low, kInfinity};
    default:
        return value;
    }
}

/// Sorts ranges and joins those that overlap, so that a large set is searched by halves.
template<typename Range>
void sortRanges(std::vector<Range>& ranges)
{
    std::sort(ranges.begin(), ranges.end(), [](const Range& a, const Range& b) { return a.low < b.low; });
    std::vector<Range> joined;
    for (const Range& range : ranges) {
        if (!joined.empty() && range.low <= joined.back().high)
            joined.back().high = std::max(joined.back().high, range.high);
        else
            joined.push_back(range);
    }
    ranges = std::move(joined);
}

template<typename Range, typename T>
bool inRanges(const std::vector<Range>& ranges, const T& value)
{
    constexpr std::size_t kWorthHalving = 8;
    if (ranges.size() <= kWorthHalving)
        return std::any_of(ranges.begin(), ranges.end(),
                           [&](const Range& range) { return range.low <= value && value <= range.high; });
    const auto after = std::upper_bound(ranges.begin(), ranges.end(), value,
                                        [](const T& wanted, const Range& range) { return wanted < range.low; });
    return after != ranges.begin() && value <= std::prev(after)->high;
}

/// Some address text may contain the word.
bool canBeInAddress(std::string_view word)
{
    return std::all_of(word.begin(), word.end(), [](char c) {
        const char letter = fold(c);
        return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'f') || letter == '.' || letter == ':';
    });
}

/// Requires: slots is a power of two.
std::size_t slotOf(const IpAddress& address, std::size_t slots)
{
    constexpr std::uint64_t kOddFactor = 0x9e3779b97f4a7c15;
    std::uint64_t low = 0, high = 0;
    std::memcpy(&low, address.octets.data(), sizeof low);
    std::memcpy(&high, address.octets.data() + sizeof low, sizeof high);
    const std::uint64_t mixed = (low ^ (high * kOddFactor)) * kOddFactor;
    return static_cast<std::size_t>(mixed >> 32) & (slots - 1);
}

constexpr Field kWordFields[] = {Field::Host, Field::Sni, Field::HttpHost, Field::Service, Field::App,
                                 Field::NoteText, Field::Tag};

class Builder {
public:
    explicit Builder(std::vector<TextPredicate>& texts)
        : m_texts(texts)
    {
    }

    // The tree is as deep as its text allowed: see kMaxFilterDepth.
    void build(const Expression& from, auto& node)
    {
        node.kind = from.kind;
        if (from.kind == Kind::Off) {
            node.kind = Kind::All; // kept for its text alone
            return;
        }
        node.field = from.field;
        node.durationNs = from.durationNs;
        node.children.resize(from.children.size());
        for (std::size_t i = 0; i < from.children.size(); ++i)
            build(*from.children[i], node.children[i]);
        if (from.kind == Kind::Compare)
            buildComparison(from, node);
        else if (from.kind == Kind::Word)
            buildWord(from, node);
        else if (from.kind == Kind::Alone) {
            node.alone = info(from.field.field).alone;
            node.storage = storageOf(info(from.field.field).type);
        }
    }

private:
    std::size_t addText(TextPredicate predicate)
    {
        m_texts.push_back(std::move(predicate));
        return m_texts.size() - 1;
    }

    void buildComparison(const Expression& from, auto& node)
    {
        node.storage = storageOf(info(from.field.field).type);
        node.negated = from.op == Operator::NotEqual;
        if (from.op == Operator::Contains || from.op == Operator::Matches) {
            node.asAddressText = node.storage == Storage::Address;
            const Literal& literal = from.values.front();
            node.text = addText(
                literal.pattern ? TextPredicate(literal.pattern)
                                : TextPredicate(TextPredicate::Mode::Contains, {std::get<std::string>(literal.value)}));
            return;
        }
        std::vector<std::string> texts;
        for (const Literal& literal : from.values) {
            if (const auto* integers = std::get_if<IntegerRange>(&literal.value))
                node.integers.push_back(rangeFor(from.op, *integers));
            else if (const auto* reals = std::get_if<RealRange>(&literal.value))
                node.reals.push_back(rangeFor(from.op, *reals));
            else if (const auto* addresses = std::get_if<AddressRange>(&literal.value))
                node.addresses.push_back(*addresses);
            else
                texts.push_back(std::get<std::string>(literal.value));
        }
        sortRanges(node.integers);
        sortRanges(node.reals);
        sortRanges(node.addresses);
        if (node.storage == Storage::Text)
            node.text = addText(TextPredicate(TextPredicate::Mode::Equal, std::move(texts)));
    }

    void buildWord(const Expression& from, auto& node)
    {
        // A whole address or network means just that: 10.0.0.1 shall not find 10.0.0.17.
        if (const auto prefix = IpPrefix::parse(from.text)) {
            const auto range = parseLiteral(FieldType::Address, from.text);
            node.addresses.push_back(std::get<AddressRange>(range.value()));
        }
        const std::string word = folded(from.text);
        node.couldBeAddress = canBeInAddress(word);
        node.text = addText(TextPredicate(TextPredicate::Mode::Contains, {word}));
        addText(TextPredicate(TextPredicate::Mode::Equal, {word})); // for the protocol, right after
    }

    std::vector<TextPredicate>& m_texts;
};

} // namespace

Filter::Filter()
    : Filter(std::make_shared<const Expression>())
{
}

Filter::Filter(ExpressionPtr expression)
    : m_expression(std::move(expression))
{
    auto root = std::make_unique<Node>();
    Builder(m_texts).build(*m_expression, *root);
    m_root = std::move(root);
}

Filter::~Filter() = default;

bool Filter::matchesAll() const
{
    return m_root->kind == Kind::All;
}

Filter::Compiled Filter::compile(std::string_view text)
{
    ParseResult parsed = parse(text);
    if (!parsed.ok())
        return {nullptr, std::move(parsed.error)};
    return {std::make_shared<const Filter>(std::move(parsed.expression)), std::nullopt};
}

FilterRun::FilterRun(const Filter& filter, FilterContext context)
    : m_filter(filter)
    , m_context(context)
    , m_remembered(std::min(filter.m_texts.size(), kMaxRemembered))
    , m_addressAnswers(m_remembered.size())
{
}

bool FilterRun::matches(const RowReader& row)
{
    return matches(*m_filter.m_root, row);
}

bool FilterRun::matches(const Node& node, const RowReader& row)
{
    switch (node.kind) {
    case Kind::All:
    case Kind::Off:
        return true;
    case Kind::And:
        return std::all_of(node.children.begin(), node.children.end(),
                           [&](const Node& child) { return matches(child, row); });
    case Kind::Or:
        return std::any_of(node.children.begin(), node.children.end(),
                           [&](const Node& child) { return matches(child, row); });
    case Kind::Not:
        return !matches(node.children.front(), row);
    case Kind::Compare:
        return compare(node, row);
    case Kind::Alone:
        return hasValue(node, row);
    case Kind::Word:
        return wordFound(node, row);
    case Kind::Last:
        return isRecent(node, row);
    }
    return false;
}

bool FilterRun::compare(const Node& node, const RowReader& row)
{
    if (node.field.only != Only::Any && !row.is(node.field.only))
        return false;
    switch (node.storage) {
    case Storage::Integer:
        return compareIntegers(node, row);
    case Storage::Real:
        return compareReals(node, row);
    case Storage::Address:
        return compareAddresses(node, row);
    case Storage::Text:
        break;
    }
    return compareTexts(node, row);
}

bool FilterRun::compareIntegers(const Node& node, const RowReader& row) const
{
    std::array<std::int64_t, kMaxValues> values{};
    const std::size_t count = row.integers(node.field.field, values);
    bool any = false;
    for (std::size_t i = 0; i < count; ++i)
        any = any || inRanges(node.integers, values[i]);
    return any != node.negated && count > 0;
}

bool FilterRun::compareReals(const Node& node, const RowReader& row) const
{
    std::array<double, kMaxValues> values{};
    const std::size_t count = row.reals(node.field.field, values);
    bool any = false;
    for (std::size_t i = 0; i < count; ++i)
        any = any || inRanges(node.reals, values[i]);
    return any != node.negated && count > 0;
}

bool FilterRun::compareAddresses(const Node& node, const RowReader& row)
{
    std::array<IpAddress, kMaxValues> values{};
    const std::size_t count = row.addresses(node.field.field, values);
    bool any = false;
    for (std::size_t i = 0; i < count && !any; ++i)
        any = node.asAddressText ? addressTextHolds(node.text, values[i]) : inRanges(node.addresses, values[i]);
    return any != node.negated && count > 0;
}

bool FilterRun::compareTexts(const Node& node, const RowReader& row)
{
    bool hasValue = false;
    const bool any = anyTextHolds(node.field.field, node.text, row, hasValue);
    return any != node.negated && hasValue;
}

bool FilterRun::anyTextHolds(Field field, std::size_t predicate, const RowReader& row, bool& hasValue)
{
    std::array<TextRef, kMaxValues> values{};
    const std::size_t count = row.texts(field, values);
    hasValue = count > 0;
    if (isList(field) && hasValue) // never a shared name
        return anyListItem(values[0].text,
                           [&](std::string_view item) { return m_filter.m_texts[predicate].holds(item); });
    for (std::size_t i = 0; i < count; ++i) {
        const bool holds = values[i].id != 0 ? nameHolds(predicate, values[i].id, row)
                                             : m_filter.m_texts[predicate].holds(values[i].text);
        if (holds)
            return true;
    }
    return false;
}

bool FilterRun::nameHolds(std::size_t predicate, StringId id, const RowReader& row)
{
    constexpr std::uint8_t kNo = 1, kYes = 2;
    if (predicate >= m_remembered.size())
        return m_filter.m_texts[predicate].holds(row.name(id));
    std::vector<std::uint8_t>& answers = m_remembered[predicate];
    if (id >= answers.size())
        answers.resize(std::max<std::size_t>(std::size_t{id} + 1, answers.size() * 2));
    std::uint8_t& answer = answers[id];
    if (answer == 0)
        answer = m_filter.m_texts[predicate].holds(row.name(id)) ? kYes : kNo;
    return answer == kYes;
}

bool FilterRun::formattedHolds(std::size_t predicate, const IpAddress& address)
{
    m_addressText.clear();
    appendTo(m_addressText, address);
    return m_filter.m_texts[predicate].holds(m_addressText);
}

bool FilterRun::addressTextHolds(std::size_t predicate, const IpAddress& address)
{
    if (predicate >= m_addressAnswers.size())
        return formattedHolds(predicate, address);
    std::vector<AddressAnswer>& answers = m_addressAnswers[predicate];
    if (answers.empty())
        answers.resize(kAddressSlots);
    AddressAnswer& answer = answers[slotOf(address, kAddressSlots)];
    if (answer.address != address)
        answer = {address, formattedHolds(predicate, address)};
    return answer.holds;
}

bool FilterRun::hasValue(const Node& node, const RowReader& row) const
{
    const Field field = node.field.field;
    if (node.field.only != Only::Any && !row.is(node.field.only))
        return false;
    std::array<std::int64_t, kMaxValues> integers{};
    std::array<double, kMaxValues> reals{};
    std::array<TextRef, kMaxValues> texts{};
    std::array<IpAddress, kMaxValues> addresses{};
    switch (node.storage) {
    case Storage::Integer: {
        const std::size_t count = row.integers(field, integers);
        if (node.alone == Alone::HasValue)
            return count > 0;
        return std::any_of(integers.begin(), integers.begin() + count, [](std::int64_t value) { return value != 0; });
    }
    case Storage::Real: {
        const std::size_t count = row.reals(field, reals);
        if (node.alone == Alone::HasValue)
            return count > 0;
        return std::any_of(reals.begin(), reals.begin() + count, [](double value) { return value != 0.0; });
    }
    case Storage::Text:
        return row.texts(field, texts) > 0;
    case Storage::Address:
        break;
    }
    return row.addresses(field, addresses) > 0;
}

bool FilterRun::wordFound(const Node& node, const RowReader& row)
{
    bool hasValue = false;
    for (const Field field : kWordFields)
        if (anyTextHolds(field, node.text, row, hasValue))
            return true;
    if (anyTextHolds(Field::Proto, node.text + 1, row, hasValue))
        return true;
    if (!node.couldBeAddress && node.addresses.empty())
        return false;
    std::array<IpAddress, kMaxValues> addresses{};
    const std::size_t count = row.addresses(Field::Addr, addresses);
    for (std::size_t i = 0; i < count; ++i) {
        const bool found =
            node.addresses.empty() ? addressTextHolds(node.text, addresses[i]) : inRanges(node.addresses, addresses[i]);
        if (found)
            return true;
    }
    return false;
}

bool FilterRun::isRecent(const Node& node, const RowReader& row) const
{
    std::array<std::int64_t, kMaxValues> lastSeen{};
    if (!m_context.captureTime || row.integers(Field::End, lastSeen) == 0)
        return false;
    std::int64_t since = 0;
    if (__builtin_sub_overflow(m_context.captureTime->end.ns, node.durationNs, &since))
        since = kLowest;
    return lastSeen[0] >= since;
}

} // namespace timbre::query
