#pragma once

// Signals, trends, anomalies and entities as lines of JSON and CSV, and anomalies as Suricata EVE JSON lines. What is
// written holds hashes of secrets at most.

#include "engine/flow/flow_snapshot.h"
#include "engine/trends/entity_view.h"

#include <string>

namespace timbre::pipeline {

void putSignalJson(std::string& out, const trends::TrendsResult& result, const trends::Signal& signal);
void putSignalCsv(std::string& out, const trends::TrendsResult& result, const trends::Signal& signal);
[[nodiscard]] std::string_view signalCsvHeader();

/// `change`: percent against the range of the same length before; nothing without a range.
void putTrendJson(std::string& out, const trends::Trend& trend, const trends::DistinctCounts& distinct,
                  std::optional<double> change);
/// One line per point.
void putTrendCsv(std::string& out, const trends::Trend& trend);
[[nodiscard]] std::string_view trendCsvHeader();

void putAnomalyJson(std::string& out, const trends::TrendsResult& result, const trends::AnomalyRow& row);
void putAnomalyCsv(std::string& out, const trends::TrendsResult& result, const trends::AnomalyRow& row);
[[nodiscard]] std::string_view anomalyCsvHeader();
/// event_type "anomaly" with the addresses of the first flow behind it, for tools that read Suricata's eve.json.
void putAnomalyEve(std::string& out, const trends::TrendsResult& result, const trends::AnomalyRow& row,
                   const flow::FlowSnapshot& flows);

void putEntityJson(std::string& out, const trends::TrendsResult& result, const trends::EntitySummary& entity);
void putEntityCsv(std::string& out, const trends::TrendsResult& result, const trends::EntitySummary& entity);
[[nodiscard]] std::string_view entityCsvHeader();

/// What limits cut away, as the last line of a JSON listing.
void putLimitsJson(std::string& out, const trends::TrendsCounters& counters);

} // namespace timbre::pipeline
