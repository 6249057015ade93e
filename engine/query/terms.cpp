#include "engine/query/terms.h"

#include "engine/query/parser.h"

namespace timbre::query {

namespace {

using Kind = Expression::Kind;

std::string inBrackets(const Term& term, bool brackets)
{
    return brackets ? '(' + term.text + ')' : term.text;
}

/// The term's text between `and`s. An `or`, and below a sign an `and`, too, would fall apart without brackets.
std::string print(const Term& term, const Expression& core)
{
    const bool sign = term.negated || term.off;
    const bool brackets = core.kind == Kind::Or || (sign && core.kind == Kind::And);
    return (term.off ? std::string("off ") : std::string()) + (term.negated ? "not " : "") + inBrackets(term, brackets);
}

struct Part {
    Term term;
    ExpressionPtr core; // of which term.text is the text
};

Part partOf(ExpressionPtr expression)
{
    Part part;
    if (expression->kind == Kind::Off) {
        part.term.off = true;
        expression = expression->children.front();
    }
    if (expression->kind == Kind::Not) {
        part.term.negated = true;
        expression = expression->children.front();
    }
    part.term.text = toString(*expression);
    part.term.whole = print(part.term, *expression);
    part.core = std::move(expression);
    return part;
}

std::vector<Part> partsOf(std::string_view filter)
{
    std::vector<Part> parts;
    for (const ExpressionPtr& expression : topLevelTerms(parse(filter).expression))
        parts.push_back(partOf(expression));
    return parts;
}

} // namespace

std::vector<Term> termsOf(std::string_view filter)
{
    std::vector<Term> terms;
    for (Part& part : partsOf(filter))
        terms.push_back(std::move(part.term));
    return terms;
}

std::string changeTerm(std::string_view filter, std::size_t term, TermChange change)
{
    std::vector<Part> parts = partsOf(filter);
    if (term >= parts.size())
        return std::string(filter);
    Term& changed = parts[term].term;
    if (change == TermChange::Negate)
        changed.negated = !changed.negated;
    else if (change == TermChange::SwitchOff)
        changed.off = !changed.off;
    std::string out;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i == term && change == TermChange::Remove)
            continue;
        out += out.empty() ? "" : " and ";
        out += print(parts[i].term, *parts[i].core);
    }
    // An `or` that is alone again needs no brackets: printed as the parser sees it.
    const ExpressionPtr whole = parse(out).expression;
    return whole ? toString(*whole) : out;
}

} // namespace timbre::query
