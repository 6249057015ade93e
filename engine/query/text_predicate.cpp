#include "engine/query/text_predicate.h"

#include "engine/query/fold.h"
#include "engine/query/pattern.h"

#include <algorithm>

namespace timbre::query {

TextPredicate::TextPredicate(Mode mode, std::vector<std::string> foldedTexts)
    : m_mode(mode)
    , m_texts(std::move(foldedTexts))
{
    std::sort(m_texts.begin(), m_texts.end());
}

TextPredicate::TextPredicate(std::shared_ptr<const Pattern> pattern)
    : m_mode(Mode::Matches)
    , m_pattern(std::move(pattern))
{
}

bool TextPredicate::holds(std::string_view text) const
{
    switch (m_mode) {
    case Mode::Contains:
        return containsFolded(text, m_texts.front());
    case Mode::Matches:
        return m_pattern->foundIn(text);
    case Mode::Equal:
        break;
    }
    if (m_texts.size() == 1)
        return equalsFolded(text, m_texts.front());
    const auto at =
        std::lower_bound(m_texts.begin(), m_texts.end(), text, [](const std::string& known, std::string_view wanted) {
            return compareFolded(known, wanted) < 0;
        });
    return at != m_texts.end() && equalsFolded(text, *at);
}

} // namespace timbre::query
