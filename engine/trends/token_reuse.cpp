#include "engine/trends/token_reuse.h"

#include <algorithm>
#include <unordered_set>

namespace timbre::trends {

TokenReuse::Token& TokenReuse::tokenFor(std::uint64_t key)
{
    const auto [found, isNew] = m_tokens.try_emplace(key);
    if (!isNew) {
        m_order.splice(m_order.end(), m_order, found->second.order);
        return found->second;
    }
    if (m_tokens.size() > kMaxTokens) {
        m_tokens.erase(m_order.front());
        m_order.pop_front();
        ++m_tokensDropped;
    }
    found->second.order = m_order.insert(m_order.end(), key);
    return found->second;
}

std::optional<Anomaly> TokenReuse::use(const Signal& signal, StringId fingerprint)
{
    const std::int64_t now = signal.timeMs;
    Token& token = tokenFor(static_cast<std::uint64_t>(signal.type) << 32U | signal.value);
    std::erase_if(token.uses, [&](const Use& use) { return use.timeMs < now - kWindowMs; });
    token.uses.push_back({now, signal.entity, fingerprint, signal.flow});
    if (token.uses.size() > kMaxUses)
        token.uses.pop_front();
    std::unordered_set<StringId> fingerprints;
    for (const Use& use : token.uses)
        fingerprints.insert(use.fingerprint);
    if (fingerprints.size() < 2 || (token.foundMs && now - *token.foundMs < kWindowMs))
        return std::nullopt;
    token.foundMs = now;
    Anomaly anomaly = makeAnomaly(AnomalyType::TokenReuse, now);
    std::vector<StringId> entities;
    const auto [oldest, newest] = std::minmax_element(token.uses.begin(), token.uses.end(),
                                                      [](const Use& a, const Use& b) { return a.timeMs < b.timeMs; });
    anomaly.evidence.timeDeltaMs = newest->timeMs - oldest->timeMs;
    for (const Use& use : token.uses) {
        entities.push_back(use.entity);
        addSignal(anomaly, {.timeMs = use.timeMs, .flow = use.flow});
    }
    anomaly.signalIds = {signal.id};
    setEntities(anomaly, std::move(entities), m_names);
    anomaly.evidence.changeCount = static_cast<std::uint32_t>(fingerprints.size());
    anomaly.evidence.tokenHashPrefix = cutText(m_names.text(signal.value), 16);
    return anomaly;
}

} // namespace timbre::trends
