#include "engine/query/pattern.h"

#include <re2/re2.h>

namespace timbre::query {

class Pattern::Implementation {
public:
    Implementation(std::string_view expression, const RE2::Options& options)
        : m_expression(re2::StringPiece(expression.data(), expression.size()), options)
    {
    }
    [[nodiscard]] const RE2& expression() const { return m_expression; }

private:
    RE2 m_expression;
};

Pattern::Pattern(std::unique_ptr<Implementation> implementation)
    : m_implementation(std::move(implementation))
{
}
Pattern::~Pattern() = default;

Result<std::shared_ptr<const Pattern>> Pattern::compile(std::string_view expression)
{
    RE2::Options options;
    options.set_case_sensitive(false);
    options.set_never_capture(true);
    options.set_log_errors(false);
    options.set_max_mem(kMaxMemoryBytes);
    auto implementation = std::make_unique<Implementation>(expression, options);
    if (!implementation->expression().ok())
        return Error{
            ErrorCode::Invalid, "This is no regular expression: " + implementation->expression().error() + ".", {}};
    return std::shared_ptr<const Pattern>(new Pattern(std::move(implementation)));
}

bool Pattern::foundIn(std::string_view text) const
{
    return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), m_implementation->expression());
}

} // namespace timbre::query
