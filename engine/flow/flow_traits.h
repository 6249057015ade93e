#pragma once

// What analyses beside the flow core learnt about flows and their addresses: fingerprints, the hash of a token,
// anomalies, risk. Kept apart from the flow records, as most flows have none of it. Immutable once published; chunks
// are shared between one publication and the next.

#include "engine/base/ip_address.h"
#include "engine/base/string_pool.h"

#include <map>
#include <memory>
#include <vector>

namespace timbre::flow {

/// Ids of the pool of the flow list. 0: none.
struct FlowTraits {
    StringId ja4 = 0;
    StringId ja3 = 0;
    StringId userAgent = 0;      // of the first request
    StringId tokenHash = 0;      // of the first credential
    std::uint16_t anomalies = 0; // bit n: kind n, see anomalyKindName()

    bool operator==(const FlowTraits&) const = default;
};

inline constexpr std::size_t kAnomalyKinds = 16;
/// "fingerprint_change" … in the order of the bits. Requires: kind < kAnomalyKinds.
[[nodiscard]] std::string_view anomalyKindName(std::size_t kind);

class FlowTraitList {
public:
    static constexpr std::size_t kChunkFlows = 1024;
    using Chunk = std::array<FlowTraits, kChunkFlows>;
    using Chunks = std::vector<std::shared_ptr<const Chunk>>; // null: none of these flows has traits
    using Risks = std::map<IpAddress, std::uint32_t>;

    FlowTraitList() = default;
    FlowTraitList(Chunks chunks, std::shared_ptr<const Risks> risks)
        : m_chunks(std::move(chunks))
        , m_risks(std::move(risks))
    {
    }

    /// Any flow index; those without traits give empty ones.
    [[nodiscard]] const FlowTraits& of(std::uint32_t flow) const
    {
        static const FlowTraits none;
        const std::size_t chunk = flow / kChunkFlows;
        return chunk < m_chunks.size() && m_chunks[chunk] ? (*m_chunks[chunk])[flow % kChunkFlows] : none;
    }
    /// Points of the address; 0 for none.
    [[nodiscard]] std::uint32_t risk(const IpAddress& address) const
    {
        if (!m_risks)
            return 0;
        const auto found = m_risks->find(address);
        return found == m_risks->end() ? 0 : found->second;
    }
    [[nodiscard]] const Chunks& chunks() const { return m_chunks; }

private:
    Chunks m_chunks;
    std::shared_ptr<const Risks> m_risks;
};

} // namespace timbre::flow
