#include "engine/resonance/what_if.h"

#include <algorithm>
#include <set>

namespace timbre::resonance {

Flips flipsOf(const MonitorResults& results, std::uint16_t mask, const Limits& limits)
{
    Flips flips;
    std::set<std::uint32_t> flows;
    for (std::size_t i = 0; i < results.checks.size(); ++i) {
        const CheckRecord& check = results.checks[i];
        if (mask != kNoMask && check.mask != mask)
            continue;
        ++flips.checks;
        const Status now = statusOf(check.exact, limits);
        if (now == check.status)
            continue;
        ++(now > check.status ? flips.worse : flips.better);
        if (flows.size() < Flips::kMaxListed)
            flows.insert(check.flow);
        if (flips.positions.size() < Flips::kMaxListed)
            flips.positions.push_back(static_cast<std::uint32_t>(i));
    }
    flips.flows.assign(flows.begin(), flows.end());
    return flips;
}

std::shared_ptr<const MonitorResults> withModels(std::shared_ptr<const MonitorResults> results,
                                                 const MaskModels& models)
{
    if (!results || models.empty())
        return results;
    auto filled = std::make_shared<MonitorResults>(*results);
    for (std::size_t i = 0; i < filled->masks.size(); ++i) {
        const auto same = std::find_if(models.begin(), models.end(),
                                       [&](const auto& model) { return model->id == filled->maskIds[i]; });
        if (!filled->masks[i] && same != models.end())
            filled->masks[i] = *same;
    }
    return filled;
}

} // namespace timbre::resonance
