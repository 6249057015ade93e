#pragma once

// Reads a directory of captures into labelled flows, for measuring how well a score tells applications apart. The label
// says which application a flow belongs to, as far as the capture tells: the domain the client asked for, else what is
// spoken and in which capture.

#include "app/cli/commands.h"
#include "engine/base/result.h"
#include "engine/resonance/traffic_classes.h"

#include <filesystem>

namespace timbre::cli {

struct CorpusFlows {
    std::vector<resonance::RecordedFlow> flows;
    std::size_t files = 0;
    std::vector<std::string> unreadable; // one sentence each
};

/// Every capture below `directory`, in the order of their paths. Flows with fewer than `fewestPackets` are left out; of
/// longer ones the first kMostPackets are kept.
[[nodiscard]] CorpusFlows readCorpus(const std::filesystem::path& directory, std::size_t fewestPackets);

/// "example.org" of "www.cdn.example.org", "example.co.uk" of "www.example.co.uk"; an address stays as it is.
[[nodiscard]] std::string_view siteOf(std::string_view hostName);

} // namespace timbre::cli
