// Filtering and sorting of a million flows, on one core. Run as: flow_query_bench [flows] [names]

#include "engine/pipeline/flow_query.h"
#include "tests/support/synthetic_flows.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>

using namespace timbre;
using namespace timbre::pipeline;

namespace {

/// Of this thread: what other programs take of the machine does not count.
double cpuMilliseconds()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

struct Timing {
    double firstPage = 0;
    double whole = 0;
    std::size_t rows = 0;
};

Timing run(const FlowQueryRequest& request, NameRanks& ranks)
{
    Timing timing;
    const double start = cpuMilliseconds();
    const auto result =
        answer(request, ranks, {}, [&](const FlowQueryResult&) { timing.firstPage = cpuMilliseconds() - start; });
    timing.whole = cpuMilliseconds() - start;
    timing.rows = result->rows->size();
    if (timing.firstPage == 0)
        timing.firstPage = timing.whole;
    return timing;
}

void report(const char* what, FlowQueryRequest request, bool coldRanks)
{
    constexpr int kRuns = 7;
    std::vector<Timing> timings;
    NameRanks warm;
    for (int i = 0; i < kRuns; ++i) {
        NameRanks cold;
        timings.push_back(run(request, coldRanks ? cold : warm));
    }
    std::sort(timings.begin(), timings.end(), [](const Timing& a, const Timing& b) { return a.whole < b.whole; });
    const Timing& best = timings.front();
    fmt::print("{:44} {:8.2f} ms first page {:8.2f} ms whole {:9} rows\n", what, best.firstPage, best.whole,
               best.rows);
}

} // namespace

int main(int argc, char** argv)
{
    const std::size_t flows = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1'000'000;
    const std::size_t names = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 50'000;
    FlowQueryRequest request;
    request.snapshot = testing::makeFlows({flows, names, 7});
    request.captureTime = TimeRange{(*request.snapshot)[0].started, (*request.snapshot)[flows - 1].lastSeen};

    for (const char* text :
         {"", "flow.bytes > 100kB", "port == 443", "addr == 10.0.1.0/24", "sni contains example", "sni contains 4711",
          "host ~ \"^cdn.*47\"", "4711", "10.0.4", "app == tls and not ended", "flow.rate > 1Mbps", "last 5m"}) {
        request.filter = query::Filter::compile(text).filter;
        report(fmt::format("filter \u201c{}\u201d", text).c_str(), request, false);
    }
    request.filter.reset();
    for (const char* name :
         {"flow.bytes", "flow.start", "flow.rate", "port", "src", "proto", "history", "service", "sni"}) {
        request.sort = {{query::findField(name)->field, true}};
        report(fmt::format("sort by {}", name).c_str(), request, false);
    }
    request.sort = {{query::Field::Proto, false}, {query::Field::Bytes, true}};
    report("sort by proto, flow.bytes", request, false);
    request.sort = {{query::Field::Sni, false}};
    report("sort by sni, names never ranked before", request, true);
    return 0;
}
