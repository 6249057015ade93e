#pragma once

// A capture in one screen: totals, protocols, applications, the largest flows, and what went wrong. Adds flows up as
// they end, so that its memory does not grow with the file.

#include "engine/pipeline/capture_snapshot.h"
#include "engine/pipeline/flow_sink.h"

#include <map>
#include <string>
#include <utility>

namespace timbre::cli {

class FlowSummary final : public pipeline::FlowSink {
public:
    static constexpr std::size_t kTopFlows = 10;

    void flowEnded(const flow::FlowRecord& record) override;

    struct Line {
        std::uint64_t flows = 0;
        std::uint64_t packets = 0;
        std::uint64_t bytes = 0; // captured
    };
    /// Numbers of an enum or of IP protocols, with those inside tunnels apart.
    template<typename Key>
    using Lines = std::map<std::pair<Key, bool>, Line>;
    struct Protocol {
        decode::L4 l4 = decode::L4::Other;
        std::uint8_t number = 0;
        auto operator<=>(const Protocol&) const = default;
    };

    [[nodiscard]] const Line& total() const { return m_total; }
    [[nodiscard]] const Lines<Protocol>& protocols() const { return m_protocols; }
    [[nodiscard]] const Lines<flow::App>& apps() const { return m_apps; }
    /// Most bytes first, equal ones by number.
    [[nodiscard]] std::vector<flow::FlowRecord> topFlows() const;

private:
    Line m_total;
    Lines<Protocol> m_protocols;
    Lines<flow::App> m_apps;
    std::vector<flow::FlowRecord> m_top; // a heap, the smallest in front
};

struct SummaryText {
    const pipeline::CaptureSnapshot& capture;
    const FlowSummary& flows;
    std::string filter; // empty: all flows
};

void writeSummary(std::string& out, const SummaryText& summary);

} // namespace timbre::cli
