#include "engine/query/lexer.h"

#include "engine/query/fold.h"

namespace timbre::query {

namespace {

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool endsWord(char c)
{
    return isBlank(c) || std::string_view("(){},\"'=!<>~&|").find(c) != std::string_view::npos;
}

struct Spelling {
    std::string_view text;
    TokenKind kind;
};

// The longer of two with the same beginning stands first.
constexpr Spelling kSigns[] = {
    {"&&", TokenKind::And},      {"||", TokenKind::Or},        {"==", TokenKind::Equal},
    {"!=", TokenKind::NotEqual}, {"<=", TokenKind::LessEqual}, {">=", TokenKind::GreaterEqual},
    {"=", TokenKind::Equal},     {"!", TokenKind::Not},        {"<", TokenKind::Less},
    {">", TokenKind::Greater},   {"~", TokenKind::Matches},    {"(", TokenKind::Open},
    {")", TokenKind::Close},     {"{", TokenKind::OpenSet},    {"}", TokenKind::CloseSet},
    {",", TokenKind::Comma},
};

constexpr Spelling kWords[] = {
    {"and", TokenKind::And},         {"or", TokenKind::Or},           {"not", TokenKind::Not},
    {"in", TokenKind::In},           {"eq", TokenKind::Equal},        {"ne", TokenKind::NotEqual},
    {"lt", TokenKind::Less},         {"le", TokenKind::LessEqual},    {"gt", TokenKind::Greater},
    {"ge", TokenKind::GreaterEqual}, {"matches", TokenKind::Matches}, {"contains", TokenKind::Contains},
};

TokenKind kindOfWord(std::string_view word)
{
    for (const Spelling& spelling : kWords)
        if (equalFolded(spelling.text, word))
            return spelling.kind;
    return TokenKind::Word;
}

Token takeQuoted(std::string_view text, std::size_t at)
{
    const char quote = text[at];
    Token token{TokenKind::Unclosed, at, 0, {}};
    std::size_t i = at + 1;
    for (; i < text.size(); ++i) {
        if (text[i] == quote) {
            token.kind = TokenKind::Quoted;
            ++i;
            break;
        }
        // Other escapes stay as they are, they belong to regular expressions.
        const bool escape = text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == quote || text[i + 1] == '\\');
        if (escape)
            ++i;
        token.text += text[i];
    }
    token.length = i - at;
    return token;
}

Token takeSign(std::string_view text, std::size_t at)
{
    for (const Spelling& sign : kSigns)
        if (text.substr(at).starts_with(sign.text))
            return {sign.kind, at, sign.text.size(), {}};
    return {TokenKind::Unknown, at, 1, {}};
}

Token takeWord(std::string_view text, std::size_t at)
{
    std::size_t end = at;
    while (end < text.size() && !endsWord(text[end]))
        ++end;
    const std::string_view word = text.substr(at, end - at);
    return {kindOfWord(word), at, word.size(), std::string(word)};
}

} // namespace

std::vector<Token> tokenize(std::string_view text)
{
    std::vector<Token> tokens;
    std::size_t at = 0;
    while (at < text.size()) {
        if (isBlank(text[at])) {
            ++at;
            continue;
        }
        const char c = text[at];
        tokens.push_back(c == '"' || c == '\'' ? takeQuoted(text, at)
                         : endsWord(c)         ? takeSign(text, at)
                                               : takeWord(text, at));
        at = tokens.back().end();
    }
    tokens.push_back({TokenKind::End, text.size(), 0, {}});
    return tokens;
}

bool isPlainWord(std::string_view text)
{
    for (const char c : text)
        if (endsWord(c))
            return false;
    return !text.empty() && kindOfWord(text) == TokenKind::Word;
}

} // namespace timbre::query
