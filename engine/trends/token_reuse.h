#pragma once

// One token shown with two or more user agents within an hour. State per token: its uses within the window.

#include "engine/trends/anomaly.h"

#include <deque>
#include <list>
#include <unordered_map>

namespace timbre::trends {

class TokenReuse {
public:
    static constexpr std::int64_t kWindowMs = 3'600'000;
    static constexpr std::size_t kMaxTokens = 100'000;
    static constexpr std::size_t kMaxUses = 1'000; // per token: the oldest goes

    /// Requires: `names` outlives this.
    explicit TokenReuse(const StringPool& names)
        : m_names(names)
    {
    }

    /// A request with this token and this `http_fingerprint`. `signal` is the token's.
    std::optional<Anomaly> use(const Signal& signal, StringId fingerprint);

    [[nodiscard]] std::uint64_t tokensDropped() const { return m_tokensDropped; }

private:
    struct Use {
        std::int64_t timeMs = 0;
        StringId entity = 0;
        StringId fingerprint = 0;
        std::uint32_t flow = kNoFlowIndex;
    };
    struct Token {
        std::deque<Use> uses;
        std::optional<std::int64_t> foundMs;
        std::list<std::uint64_t>::iterator order; // in m_order
    };

    Token& tokenFor(std::uint64_t key);

    const StringPool& m_names;
    std::unordered_map<std::uint64_t, Token> m_tokens; // by type and value
    std::list<std::uint64_t> m_order;                  // the one used longest ago first
    std::uint64_t m_tokensDropped = 0;
};

} // namespace timbre::trends
