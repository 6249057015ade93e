#include "engine/trends/trends_result.h"

namespace timbre::trends {

std::span<const CounterName> counterNames()
{
    using C = TrendsCounters;
    static constexpr std::array<CounterName, 12> kNames{{
        {"signals", &C::signalCount},
        {"signals_not_stored", &C::signalsNotStored},
        {"signals_not_kept", &C::signalsNotKept},
        {"texts_refused", &C::textsRefused},
        {"minutes_evicted", &C::minutesEvicted},
        {"anomalies", &C::anomalies},
        {"anomaly_rows_refused", &C::anomalyRowsRefused},
        {"entities_forgotten", &C::entitiesForgotten},
        {"flows_given_up", &C::flowsGivenUp},
        {"client_hellos", &C::clientHellos},
        {"http_requests", &C::httpRequests},
        {"http_responses", &C::httpResponses},
    }};
    return kNames;
}

} // namespace timbre::trends
