#include "engine/query/completion.h"

#include "engine/query/expression.h"
#include "engine/query/fold.h"
#include "engine/query/lexer.h"
#include "engine/query/parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace timbre::query {

namespace {

enum class Expecting { Term, Operator, Value, Joiner };

struct Place {
    Expecting expecting = Expecting::Term;
    FieldRef field;     // of Operator and Value
    bool inSet = false; // of Value
};

/// Follows the grammar through the tokens before the cursor. Where they break it, the place after the break counts.
class PlaceFinder {
public:
    Place find(const std::vector<Token>& tokens, std::size_t count)
    {
        for (std::size_t i = 0; i < count; ++i)
            step(tokens[i]);
        return m_place;
    }

private:
    void step(const Token& token)
    {
        if (token.isOperator()) {
            m_place.expecting = Expecting::Value;
            return;
        }
        switch (token.kind) {
        case TokenKind::OpenSet:
            m_place.inSet = true;
            return;
        case TokenKind::CloseSet:
            m_place = {Expecting::Joiner, {}, false};
            return;
        case TokenKind::Comma:
            return;
        case TokenKind::Close:
            m_place = {Expecting::Joiner, {}, false};
            return;
        case TokenKind::Word:
        case TokenKind::Quoted:
        case TokenKind::Unclosed:
            word(token);
            return;
        default:
            m_place = {Expecting::Term, {}, false};
        }
    }

    void word(const Token& token)
    {
        if (m_place.expecting == Expecting::Value) {
            if (!m_place.inSet)
                m_place = {Expecting::Joiner, {}, false};
            return;
        }
        if (m_place.expecting == Expecting::Term && token.kind == TokenKind::Word && equalFolded(token.text, "off"))
            return; // a term follows
        const auto field = token.kind == TokenKind::Word ? findField(token.text) : std::nullopt;
        m_place = {field ? Expecting::Operator : Expecting::Joiner, field.value_or(FieldRef{}), false};
    }

    Place m_place;
};

std::string flowsText(std::uint64_t flows)
{
    return flows == 1 ? "1 flow" : fmt::format("{} flows", flows);
}

/// Collects what begins with the typed prefix, then what contains it.
class Collector {
public:
    Collector(CompletionList& list, std::string prefix)
        : m_list(list)
        , m_prefix(folded(prefix))
    {
    }

    /// Nothing is typed yet.
    [[nodiscard]] bool anything() const { return m_prefix.empty(); }
    [[nodiscard]] bool begins(std::string_view text) const
    {
        return equalsFolded(text.substr(0, m_prefix.size()), m_prefix);
    }
    [[nodiscard]] bool contains(std::string_view text) const { return containsFolded(text, m_prefix); }

    void add(CompletionKind kind, std::string insert, std::string detail)
    {
        if (m_list.items.size() < kMaxCompletions)
            m_list.items.push_back({kind, std::move(insert), std::move(detail)});
        else
            ++m_list.leftOut;
    }

private:
    CompletionList& m_list;
    std::string m_prefix;
};

struct FieldOffer {
    std::string_view name;
    const FieldInfo* info;
    std::uint64_t flows;
    int rank; // own name that begins so, alias that begins so, own name that contains it
};

void addFields(Collector& collector, const CompletionSource& source)
{
    std::vector<FieldOffer> offers;
    for (const FieldInfo& field : allFields()) {
        const std::uint64_t flows = source.flowsWith(field.id);
        if (collector.begins(field.name))
            offers.push_back({field.name, &field, flows, 0});
        else if (collector.contains(field.name))
            offers.push_back({field.name, &field, flows, 2});
    }
    for (const FieldAlias& alias : allAliases())
        if (!collector.anything() && collector.begins(alias.name))
            offers.push_back({alias.name, &info(alias.field), source.flowsWith(alias.field), 1});
    std::stable_sort(offers.begin(), offers.end(), [](const FieldOffer& a, const FieldOffer& b) {
        if ((a.flows > 0) != (b.flows > 0))
            return a.flows > 0;
        return a.rank < b.rank;
    });
    for (const FieldOffer& offer : offers)
        collector.add(CompletionKind::Field, std::string(offer.name) + ' ',
                      offer.flows > 0 ? fmt::format("{} · {}", flowsText(offer.flows), offer.info->description)
                                      : std::string(offer.info->description));
}

void addTermWords(Collector& collector)
{
    if (collector.begins("not"))
        collector.add(CompletionKind::Keyword, "not ", "what does not match");
    if (collector.begins("off"))
        collector.add(CompletionKind::Keyword, "off ", "keeps a term without its effect");
    if (collector.begins("last"))
        collector.add(CompletionKind::Keyword, "last ", "active in the last stretch of capture time, as in last 5m");
}

void addJoiners(Collector& collector)
{
    if (collector.begins("and"))
        collector.add(CompletionKind::Keyword, "and ", "both");
    if (collector.begins("or"))
        collector.add(CompletionKind::Keyword, "or ", "one or the other");
}

struct OperatorOffer {
    std::string_view sign;
    std::string_view detail;
};

void addOperators(Collector& collector, const FieldInfo& field)
{
    if (field.type == FieldType::Bool)
        return;
    std::vector<OperatorOffer> offers = {{"==", "equal"}, {"!=", "not equal"}};
    const Storage storage = storageOf(field.type);
    if (storage == Storage::Text || storage == Storage::Address)
        offers.insert(offers.end(),
                      {{"contains", "has this text somewhere in it"}, {"~", "fits a regular expression"}});
    else
        offers.insert(offers.end(), {{">", "more"}, {">=", "at least"}, {"<", "less"}, {"<=", "at most"}});
    offers.push_back({"in", "one of several, or within a range"});
    for (const OperatorOffer& offer : offers)
        if (collector.begins(offer.sign))
            collector.add(CompletionKind::Operator, std::string(offer.sign) + ' ', std::string(offer.detail));
}

void addValues(Collector& collector, Field field, const CompletionSource& source)
{
    std::vector<std::string> offered;
    const auto offer = [&](const std::string& text, std::string detail) {
        offered.push_back(folded(text));
        collector.add(CompletionKind::FieldValue, quoteIfNeeded(text) + ' ', std::move(detail));
    };
    const std::vector<ValueSuggestion> known = source.values(field);
    for (const bool beginning : {true, false})
        for (const ValueSuggestion& value : known)
            if (collector.begins(value.text) == beginning && collector.contains(value.text))
                offer(value.text, flowsText(value.flows));
    for (const std::string_view word : enumValues(field))
        if (collector.begins(word) && std::find(offered.begin(), offered.end(), word) == offered.end())
            offer(std::string(word), {});
    if (info(field).type == FieldType::Bool)
        for (const char* word : {"true", "false"})
            if (collector.begins(word) && std::find(offered.begin(), offered.end(), word) == offered.end())
                offer(word, {});
}

/// Saved filters whose name has the typed word in it, as a term.
void addSaved(Collector& collector, const CompletionSource& source)
{
    for (const NamedFilter& filter : source.saved()) {
        if (!collector.contains(filter.name))
            continue;
        const ParseResult parsed = parse(filter.text);
        if (!parsed.ok())
            continue;
        const std::string text = toString(*parsed.expression);
        const bool brackets = parsed.expression->kind == Expression::Kind::Or;
        collector.add(CompletionKind::Saved, (brackets ? '(' + text + ')' : text) + ' ', "saved as " + filter.name);
    }
}

/// Whole filters that go on from all that is typed so far.
void addHistory(CompletionList& list, std::string_view typed, const CompletionSource& source)
{
    Collector collector(list, {});
    for (const std::string& filter : source.history())
        if (filter.size() > typed.size() && equalFolded(std::string_view(filter).substr(0, typed.size()), typed))
            collector.add(CompletionKind::History, filter.substr(list.replaceFrom), "used before");
}

/// The tokens that end before the cursor, and the one being typed, if any.
struct Split {
    std::size_t finished = 0;
    const Token* typing = nullptr;
};

Split splitAt(const std::vector<Token>& tokens, std::size_t cursor)
{
    Split split;
    while (tokens[split.finished].kind != TokenKind::End && tokens[split.finished].end() < cursor)
        ++split.finished;
    const Token& token = tokens[split.finished];
    if (token.kind == TokenKind::End || token.position >= cursor)
        return split;
    const bool isWord = !token.text.empty() || token.kind == TokenKind::Unclosed;
    if (isWord && token.kind != TokenKind::Quoted)
        split.typing = &token;
    else
        ++split.finished; // a sign or a closed quote is complete
    return split;
}

} // namespace

CompletionList complete(std::string_view text, std::size_t cursor, const CompletionSource& source)
{
    const std::string_view typed = text.substr(0, cursor);
    const std::vector<Token> tokens = tokenize(typed);
    const Split split = splitAt(tokens, cursor);
    const Place place = PlaceFinder().find(tokens, split.finished);

    CompletionList list;
    list.replaceFrom = split.typing ? split.typing->position : cursor;
    // The rest of the word behind the cursor goes, too.
    const std::vector<Token> all = tokenize(text);
    const auto whole = std::find_if(all.begin(), all.end(), [&](const Token& token) {
        return split.typing && token.position == split.typing->position;
    });
    list.replaceLength = whole != all.end() ? whole->length : 0;

    Collector collector(list, split.typing ? split.typing->text : std::string());
    switch (place.expecting) {
    case Expecting::Term:
        addFields(collector, source);
        addTermWords(collector);
        addSaved(collector, source);
        break;
    case Expecting::Operator:
        addOperators(collector, info(place.field.field));
        addJoiners(collector);
        break;
    case Expecting::Value:
        if (place.field.field != Field::Count) {
            list.valuesOf = place.field.field;
            addValues(collector, place.field.field, source);
        }
        break;
    case Expecting::Joiner:
        addJoiners(collector);
        break;
    }
    addHistory(list, typed, source);
    return list;
}

} // namespace timbre::query
