#pragma once

// A regular expression as filters use it: found anywhere in the text, whatever the case. RE2 does the work because its
// time grows only linearly with the text: filters run over what strangers put into a capture.

#include "engine/base/result.h"

#include <memory>
#include <string_view>

namespace timbre::query {

class Pattern {
public:
    static constexpr std::int64_t kMaxMemoryBytes = 4 << 20;

    [[nodiscard]] static Result<std::shared_ptr<const Pattern>> compile(std::string_view expression);
    ~Pattern();
    Pattern(const Pattern&) = delete;
    Pattern& operator=(const Pattern&) = delete;

    /// Any thread.
    [[nodiscard]] bool foundIn(std::string_view text) const;

private:
    class Implementation;
    explicit Pattern(std::unique_ptr<Implementation> implementation);

    std::unique_ptr<Implementation> m_implementation;
};

} // namespace timbre::query
