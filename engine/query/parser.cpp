#include "engine/query/parser.h"

#include "engine/query/fold.h"
#include "engine/query/lexer.h"
#include "engine/query/pattern.h"

#include <fmt/format.h>

#include <algorithm>

namespace timbre::query {

namespace {

using Kind = Expression::Kind;

Operator operatorOf(TokenKind kind)
{
    switch (kind) {
    case TokenKind::NotEqual:
        return Operator::NotEqual;
    case TokenKind::Less:
        return Operator::Less;
    case TokenKind::LessEqual:
        return Operator::LessEqual;
    case TokenKind::Greater:
        return Operator::Greater;
    case TokenKind::GreaterEqual:
        return Operator::GreaterEqual;
    case TokenKind::Contains:
        return Operator::Contains;
    case TokenKind::Matches:
        return Operator::Matches;
    case TokenKind::In:
        return Operator::In;
    default:
        return Operator::Equal;
    }
}

bool isOrder(Operator op)
{
    return op == Operator::Less || op == Operator::LessEqual || op == Operator::Greater || op == Operator::GreaterEqual;
}

bool isTextSearch(Operator op)
{
    return op == Operator::Contains || op == Operator::Matches;
}

/// Empty when the operator suits the type, else the sentence that says what does.
std::string operatorProblem(const FieldInfo& field, Operator op)
{
    const Storage storage = storageOf(field.type);
    if (isOrder(op) && (storage == Storage::Text || field.type == FieldType::Bool || field.type == FieldType::Address))
        return fmt::format("{} has no order; expected ==, !=, in{} after it.", field.name,
                           field.type == FieldType::Bool ? "" : ", contains or ~");
    if (isTextSearch(op) && storage != Storage::Text && storage != Storage::Address)
        return fmt::format("{} is a {}, not a text; expected ==, !=, <, <=, >, >= or in after it.", field.name,
                           typeName(field.type));
    return {};
}

class Parser {
public:
    explicit Parser(std::string_view text)
        : m_text(text)
        , m_tokens(tokenize(text))
    {
    }

    ParseResult run()
    {
        if (m_text.size() > kMaxFilterBytes)
            return {nullptr, ParseError{{0, m_text.size()},
                                        fmt::format("The filter is longer than {} bytes.", kMaxFilterBytes),
                                        {}}};
        if (peek().kind == TokenKind::End)
            return {std::make_shared<const Expression>(), std::nullopt};
        ExpressionPtr expression = parseOr();
        if (expression && peek().kind != TokenKind::End)
            expression = unexpectedAfterTerm();
        if (expression)
            refuseOffInside(*expression);
        return {m_error ? nullptr : expression, m_error};
    }

private:
    const Token& peek(std::size_t ahead = 0) const { return m_tokens[std::min(m_next + ahead, m_tokens.size() - 1)]; }
    const Token& take()
    {
        const Token& token = peek();
        if (m_next + 1 < m_tokens.size())
            ++m_next;
        return token;
    }

    std::nullptr_t fail(const Token& token, std::string message, std::string suggestion = {})
    {
        if (!m_error)
            m_error = ParseError{{token.position, token.length}, std::move(message), std::move(suggestion)};
        return nullptr;
    }

    std::string_view source(const Token& token) const { return m_text.substr(token.position, token.length); }

    ExpressionPtr unexpectedAfterTerm()
    {
        const Token& token = peek();
        if (token.kind == TokenKind::Close)
            return fail(token, "This bracket closes nothing; expected and, or, or the end of the filter.");
        return fail(token,
                    fmt::format("Expected and, or, or the end of the filter before \u201c{}\u201d.", source(token)));
    }

    ExpressionPtr parseOr()
    {
        return parseChain(Kind::Or, TokenKind::Or, [this] { return parseAnd(); });
    }
    ExpressionPtr parseAnd()
    {
        return parseChain(Kind::And, TokenKind::And, [this] { return parseUnary(); });
    }

    template<typename ParsePart>
    ExpressionPtr parseChain(Kind kind, TokenKind joiner, const ParsePart& parsePart)
    {
        ExpressionPtr first = parsePart();
        if (!first || peek().kind != joiner)
            return first;
        auto chain = std::make_shared<Expression>();
        chain->kind = kind;
        append(*chain, std::move(first));
        while (peek().kind == joiner) {
            take();
            ExpressionPtr part = parsePart();
            if (!part)
                return nullptr;
            append(*chain, std::move(part));
        }
        const Span last = chain->children.back()->span;
        chain->span.position = chain->children.front()->span.position;
        chain->span.length = last.position + last.length - chain->span.position;
        return chain;
    }

    /// `a and (b and c)` is one chain of three.
    static void append(Expression& chain, ExpressionPtr part)
    {
        if (part->kind == chain.kind)
            chain.children.insert(chain.children.end(), part->children.begin(), part->children.end());
        else
            chain.children.push_back(std::move(part));
    }

    /// `off` is a word to look for unless a term follows it.
    bool atOff() const
    {
        if (peek().kind != TokenKind::Word || !equalFolded(peek().text, "off"))
            return false;
        const TokenKind after = peek(1).kind;
        return after == TokenKind::Word || after == TokenKind::Quoted || after == TokenKind::Open ||
               after == TokenKind::Not;
    }

    ExpressionPtr parseUnary()
    {
        const bool off = atOff();
        if (!off && peek().kind != TokenKind::Not)
            return parsePrimary();
        const Token& sign = take();
        if (++m_depth > kMaxFilterDepth)
            return failTooDeep(sign);
        ExpressionPtr child = parseUnary();
        --m_depth;
        if (!child)
            return nullptr;
        auto node = std::make_shared<Expression>();
        node->kind = off ? Kind::Off : Kind::Not;
        node->span = {sign.position, child->span.position + child->span.length - sign.position};
        node->children.push_back(std::move(child));
        return node;
    }

    /// A term inside an `or` or a `not` cannot be left out without saying what stands in its place.
    void refuseOffInside(const Expression& root)
    {
        for (const ExpressionPtr& child : root.children) {
            const bool allowed = child->kind == Kind::Off && root.kind == Kind::And;
            if (const Expression* inner = findOff(allowed ? *child->children.front() : *child); inner && !m_error)
                m_error = ParseError{
                    inner->span,
                    "off switches a whole term off: it stands only before the filter or before a term of its "
                    "outermost and. Put quotes round the word to look for it.",
                    {}};
        }
    }

    // The tree is as deep as its text allowed: see kMaxFilterDepth.
    static const Expression* findOff(const Expression& expression)
    {
        if (expression.kind == Kind::Off)
            return &expression;
        for (const ExpressionPtr& child : expression.children) {
            if (const Expression* found = findOff(*child))
                return found;
        }
        return nullptr;
    }

    ExpressionPtr failTooDeep(const Token& token)
    {
        return fail(token, fmt::format("Brackets and nots go deeper than {} here.", kMaxFilterDepth));
    }

    ExpressionPtr parseBrackets()
    {
        const Token& open = take();
        if (++m_depth > kMaxFilterDepth)
            return failTooDeep(open);
        ExpressionPtr inner = parseOr();
        --m_depth;
        if (!inner)
            return nullptr;
        if (peek().kind == TokenKind::End)
            return fail(open, "This bracket is never closed; expected a ) further on.");
        if (peek().kind != TokenKind::Close)
            return unexpectedAfterTerm();
        take();
        return inner;
    }

    ExpressionPtr parsePrimary()
    {
        const Token& token = peek();
        switch (token.kind) {
        case TokenKind::Open:
            return parseBrackets();
        case TokenKind::Quoted:
            return peek(1).isOperator() ? parseComparison() : parseWord();
        case TokenKind::Word:
            if (peek(1).isOperator())
                return parseComparison();
            if (equalFolded(token.text, "last"))
                return parseLast();
            return parseFieldOrWord();
        case TokenKind::End:
            return fail(token, "The filter ends too early; expected a field, a word or a bracket.");
        case TokenKind::Unclosed:
            return failUnclosed(token);
        default:
            return fail(token,
                        fmt::format("Expected a field, a word or a bracket instead of \u201c{}\u201d.", source(token)));
        }
    }

    ExpressionPtr failUnclosed(const Token& token) { return fail(token, "This quote is never closed."); }

    std::shared_ptr<Expression> makeNode(Kind kind, const Token& token) const
    {
        auto node = std::make_shared<Expression>();
        node->kind = kind;
        node->span = {token.position, token.length};
        return node;
    }

    ExpressionPtr parseWord()
    {
        const Token& token = take();
        if (token.text.empty())
            return fail(token, "There is nothing between the quotes; expected a word to look for.");
        auto node = makeNode(Kind::Word, token);
        node->text = token.text;
        return node;
    }

    ExpressionPtr parseFieldOrWord()
    {
        const auto field = findField(peek().text);
        const TokenKind after = peek(1).kind;
        if (!field)
            return parseWord();
        if (after == TokenKind::Word || after == TokenKind::Quoted)
            return fail(peek(1), fmt::format("Expected an operator such as == between {} and \u201c{}\u201d.",
                                             peek().text, source(peek(1))));
        auto node = makeNode(Kind::Alone, take());
        node->field = *field;
        return node;
    }

    ExpressionPtr parseLast()
    {
        const Token& keyword = take();
        const Token& duration = peek();
        if (duration.kind != TokenKind::Word)
            return fail(duration.kind == TokenKind::End ? keyword : duration,
                        "Expected a duration after last, such as last 5m; put quotes round the word to look for it.");
        const auto ns = parseDuration(duration.text);
        if (!ns)
            return fail(duration, fmt::format("\u201c{}\u201d is no duration; expected one such as 5m, 30s or 1h30m.",
                                              duration.text));
        take();
        auto node = makeNode(Kind::Last, keyword);
        node->span.length = duration.end() - keyword.position;
        node->text = duration.text;
        node->durationNs = *ns;
        return node;
    }

    ExpressionPtr parseComparison()
    {
        const Token& name = take();
        const auto field = findField(name.text);
        if (!field)
            return failUnknownField(name);
        const Token& sign = take();
        const Operator op = operatorOf(sign.kind);
        if (std::string problem = operatorProblem(info(field->field), op); !problem.empty())
            return fail(sign, std::move(problem));
        auto node = makeNode(Kind::Compare, name);
        node->field = *field;
        node->op = op;
        const bool set = op == Operator::In && peek().kind == TokenKind::OpenSet;
        if (set ? !parseSet(*node) : !parseValue(*node))
            return nullptr;
        node->span.length = m_tokens[m_next - 1].end() - name.position;
        return node;
    }

    ExpressionPtr failUnknownField(const Token& name)
    {
        if (const auto near = nearestField(name.text))
            return fail(name, fmt::format("There is no field \u201c{}\u201d; did you mean {}?", name.text, *near),
                        std::string(*near));
        return fail(name,
                    fmt::format("There is no field \u201c{}\u201d; expected the name of a field before the operator.",
                                name.text));
    }

    bool parseSet(Expression& node)
    {
        const Token& open = take();
        while (peek().kind != TokenKind::CloseSet) {
            if (peek().kind == TokenKind::End)
                return fail(open, "This set is never closed; expected a } further on."), false;
            if (!parseValue(node))
                return false;
            if (peek().kind == TokenKind::Comma)
                take();
        }
        const Token& close = take();
        if (node.values.empty())
            return fail(close, "The set is empty; expected at least one value between { and }."), false;
        return true;
    }

    bool parseValue(Expression& node)
    {
        const Token& token = peek();
        if (token.kind == TokenKind::Unclosed)
            return failUnclosed(token), false;
        if (token.kind != TokenKind::Word && token.kind != TokenKind::Quoted)
            return failMissingValue(node, token), false;
        Literal literal{token.text, {}, nullptr};
        if (std::optional<Error> error = readLiteral(node, literal))
            return fail(token, std::move(error->message), std::move(error->detail)), false;
        take();
        node.values.push_back(std::move(literal));
        return true;
    }

    void failMissingValue(const Expression& node, const Token& token)
    {
        const FieldInfo& field = info(node.field.field);
        const std::string instead =
            token.kind == TokenKind::End ? std::string() : fmt::format(" instead of \u201c{}\u201d", source(token));
        const bool word = token.kind >= TokenKind::And && token.kind <= TokenKind::GreaterEqual && !token.text.empty();
        fail(token, fmt::format("Expected a {} for {}{}, as in {}.{}", typeName(field.type), field.name, instead,
                                field.example, word ? " Put quotes round the word to compare with it." : ""));
    }

    /// The error's detail is the suggestion.
    static std::optional<Error> readLiteral(const Expression& node, Literal& literal)
    {
        const FieldInfo& field = info(node.field.field);
        if (isTextSearch(node.op))
            return readSearchText(node.op, literal);
        Result<LiteralValue> value = field.type == FieldType::Enum ? parseEnumLiteral(field.id, literal.text)
                                                                   : parseLiteral(field.type, literal.text);
        if (!value)
            return value.error();
        if (isOrder(node.op) && literal.text.find("..") != std::string::npos)
            return Error{
                ErrorCode::Invalid, fmt::format("Expected one value after {}, not a range.", toString(node.op)), {}};
        literal.value = std::move(value).value();
        return std::nullopt;
    }

    static std::optional<Error> readSearchText(Operator op, Literal& literal)
    {
        if (literal.text.empty())
            return Error{ErrorCode::Invalid, "There is nothing between the quotes; expected a text to look for.", {}};
        literal.value = folded(literal.text);
        if (op == Operator::Contains)
            return std::nullopt;
        auto pattern = Pattern::compile(literal.text);
        if (!pattern)
            return pattern.error();
        literal.pattern = std::move(pattern).value();
        return std::nullopt;
    }

    std::string_view m_text;
    std::vector<Token> m_tokens;
    std::size_t m_next = 0;
    std::size_t m_depth = 0;
    std::optional<ParseError> m_error;
};

} // namespace

ParseResult parse(std::string_view text)
{
    return Parser(text).run();
}

} // namespace timbre::query
