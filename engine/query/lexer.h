#pragma once

// Cuts a filter's text into tokens. Never fails: what it does not know becomes a token that the parser refuses with a
// position.

#include <string>
#include <string_view>
#include <vector>

namespace timbre::query {

enum class TokenKind {
    Word,   // field, value or bare word
    Quoted, // "…" or '…'
    And,
    Or,
    Not,
    In,
    Contains,
    Matches, // ~
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Open,
    Close,
    OpenSet,
    CloseSet,
    Comma,
    Unclosed, // a quote without its end
    Unknown,  // a sign the grammar does not have
    End,
};

struct Token {
    TokenKind kind = TokenKind::End;
    std::size_t position = 0; // in bytes
    std::size_t length = 0;
    std::string text; // of Word, Quoted and Unclosed, quotes and escapes taken off

    [[nodiscard]] std::size_t end() const { return position + length; }
    [[nodiscard]] bool isOperator() const { return kind >= TokenKind::In && kind <= TokenKind::GreaterEqual; }
};

/// Ends with one token of kind End.
[[nodiscard]] std::vector<Token> tokenize(std::string_view text);
/// True when the text is one Word token, so that it needs no quotes.
[[nodiscard]] bool isPlainWord(std::string_view text);

} // namespace timbre::query
