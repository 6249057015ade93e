#pragma once

// Flows as text for other programs: CSV, JSON lines, and Zeek's conn.log. The same flows give the same bytes. One list
// of columns serves the first two; names and units are in resources/manual/exports.md.

#include "engine/flow/flow_snapshot.h"

#include <string>

namespace timbre::pipeline {

enum class FlowFormat { Csv, JsonLines, ZeekConnLog };

class FlowExport {
public:
    /// Requires: `flows` outlives the export. Only its names are used; the records may come from elsewhere.
    FlowExport(FlowFormat format, const flow::FlowSnapshot& flows);

    /// What stands before the first flow.
    void begin(std::string& out) const;
    /// `source` names the capture in JSON lines; empty leaves it out.
    void add(std::string& out, const flow::FlowRecord& record, std::string_view source = {}) const;
    void end(std::string& out) const;

private:
    FlowFormat m_format;
    const flow::FlowSnapshot& m_flows;
};

/// Zeek's word for how a connection went: "SF", "S0", "REJ" …, from its history and state; "-" where they do not tell.
[[nodiscard]] std::string zeekConnState(const flow::FlowRecord& record);

} // namespace timbre::pipeline
