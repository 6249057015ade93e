#include "engine/query/expression.h"

#include "engine/query/fold.h"
#include "engine/query/lexer.h"
#include "engine/query/parser.h"

#include <algorithm>

namespace timbre::query {

namespace {

using Kind = Expression::Kind;

void print(std::string& out, const Expression& expression);

void printWithin(std::string& out, const Expression& child, bool brackets)
{
    if (brackets)
        out += '(';
    print(out, child);
    if (brackets)
        out += ')';
}

void printChain(std::string& out, const Expression& chain)
{
    for (std::size_t i = 0; i < chain.children.size(); ++i) {
        if (i > 0)
            out += chain.kind == Kind::And ? " and " : " or ";
        printWithin(out, *chain.children[i], chain.kind == Kind::And && chain.children[i]->kind == Kind::Or);
    }
}

void printComparison(std::string& out, const Expression& comparison)
{
    out += spelling(comparison.field);
    out += ' ';
    out += toString(comparison.op);
    out += ' ';
    const bool set = comparison.op == Operator::In;
    if (set)
        out += '{';
    for (std::size_t i = 0; i < comparison.values.size(); ++i) {
        if (i > 0)
            out += ' ';
        out += quoteIfNeeded(comparison.values[i].text);
    }
    if (set)
        out += '}';
}

/// A word that would be read as a field, as `last` or as `off` keeps its quotes.
std::string printWord(std::string_view word)
{
    std::string out = quoteIfNeeded(word);
    if (out.size() == word.size() && (findField(word) || equalFolded(word, "last") || equalFolded(word, "off")))
        out = '"' + out + '"';
    return out;
}

void print(std::string& out, const Expression& expression)
{
    switch (expression.kind) {
    case Kind::All:
        break;
    case Kind::And:
    case Kind::Or:
        printChain(out, expression);
        break;
    case Kind::Not:
    case Kind::Off: {
        const Expression& child = *expression.children.front();
        out += expression.kind == Kind::Not ? "not " : "off ";
        printWithin(out, child, child.kind == Kind::And || child.kind == Kind::Or);
        break;
    }
    case Kind::Compare:
        printComparison(out, expression);
        break;
    case Kind::Alone:
        out += spelling(expression.field);
        break;
    case Kind::Word:
        out += printWord(expression.text);
        break;
    case Kind::Last:
        out += "last " + expression.text;
        break;
    }
}

bool sameLiterals(const std::vector<Literal>& a, const std::vector<Literal>& b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const Literal& x, const Literal& y) { return x.text == y.text && x.value == y.value; });
}

/// In brackets where `and` would bind closer than what the text holds.
std::string asOperand(const Expression& expression)
{
    std::string out;
    printWithin(out, expression, expression.kind == Kind::Or);
    return out;
}

std::string negated(const Expression& term)
{
    if (term.kind == Kind::Off) {
        const Expression& child = *term.children.front();
        const bool chain = child.kind == Kind::Not && child.children.front()->kind == Kind::And;
        return chain ? "off (" + negated(child) + ')' : "off " + negated(child);
    }
    if (term.kind == Kind::Not)
        return asOperand(*term.children.front());
    Expression negation;
    negation.kind = Kind::Not;
    negation.children.push_back(std::make_shared<const Expression>(term));
    return toString(negation);
}

/// What of a filter has an effect.
std::string activeText(const ExpressionPtr& expression)
{
    std::string out;
    for (const ExpressionPtr& term : topLevelTerms(expression)) {
        if (term->kind != Kind::Off)
            out += (out.empty() ? "" : " and ") + asOperand(*term);
    }
    return out;
}

} // namespace

std::string_view toString(Operator op)
{
    constexpr std::string_view kSigns[] = {"==", "!=", "<", "<=", ">", ">=", "contains", "~", "in"};
    return kSigns[static_cast<std::size_t>(op)];
}

std::string toString(const Expression& expression)
{
    std::string out;
    print(out, expression);
    return out;
}

bool sameTree(const Expression& a, const Expression& b)
{
    return a.kind == b.kind && a.field == b.field && a.op == b.op && a.text == b.text && a.durationNs == b.durationNs &&
           sameLiterals(a.values, b.values) &&
           std::equal(a.children.begin(), a.children.end(), b.children.begin(), b.children.end(),
                      [](const ExpressionPtr& x, const ExpressionPtr& y) { return sameTree(*x, *y); });
}

std::vector<ExpressionPtr> topLevelTerms(const ExpressionPtr& expression)
{
    if (!expression || expression->kind == Kind::All)
        return {};
    if (expression->kind == Kind::And)
        return expression->children;
    return {expression};
}

std::string quoteIfNeeded(std::string_view word)
{
    if (isPlainWord(word))
        return std::string(word);
    std::string out = "\"";
    for (const char c : word) {
        if (c == '"' || c == '\\')
            out += '\\';
        out += c;
    }
    return out + '"';
}

std::string combine(std::string_view current, std::string_view term, Combine how)
{
    const ExpressionPtr before = parse(current).expression;
    const ExpressionPtr added = parse(term).expression;
    if (!added)
        return std::string(current);
    const bool alone = how == Combine::Replace || !before || before->kind == Kind::All;
    if (added->kind == Kind::All)
        return how == Combine::Replace || !before ? std::string() : toString(*before);
    if (alone)
        return how == Combine::AndNot ? negated(*added) : toString(*added);
    if (how == Combine::Or) {
        const std::string all = activeText(before);
        const std::string more = activeText(added);
        return all.empty() || more.empty() ? all + more : all + " or " + more;
    }
    return asOperand(*before) + " and " + (how == Combine::AndNot ? negated(*added) : asOperand(*added));
}

} // namespace timbre::query
