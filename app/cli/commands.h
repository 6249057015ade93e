#pragma once

// The commands of timbre-cli and what each is given. main.cpp fills these structs from the command line; a command does
// its work, writes results to standard output and returns what the shell is told.

#include "app/cli/exit_code.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace timbre::cli {

enum class ListFormat { Text, Json, Csv, Zeek };

/// How captures are read and flows are formed.
struct AnalysisOptions {
    bool everything = true;           // voice streams and signals, too; else only flows
    std::string captureFilter;        // BPF; empty: every packet
    std::uint32_t maxFlows = 100'000; // that live at once
    double tcpTimeout = 300;          // seconds without a packet after which a flow ends
    double udpTimeout = 60;
    double otherTimeout = 30;
    bool noTunnels = false;
    bool innerCounts = false;           // packets in tunnels count for the innermost flow
    std::vector<std::string> locations; // MMDB files
    bool plainHashes = false;           // of tokens, without the key of this user
    bool ja4h = false;
    bool noSensitiveData = false;
    std::size_t maxListed = 4'000'000;    // flows of a list; the rest is counted
    std::size_t blockBytes = 256U << 10U; // of one read; results do not depend on it
};

/// Which flows or packets.
struct Selection {
    std::string filter; // of the filter language; empty: all
    std::string from;   // times; empty: open
    std::string to;
    std::vector<std::uint32_t> flows; // numbers; empty: all

    [[nodiscard]] bool choosesFlows() const { return !filter.empty() || !flows.empty(); }
};

struct InfoOptions {
    std::vector<std::string> files;
    bool json = false;
    std::size_t blockBytes = 256U << 10U;
};

struct AnalyzeOptions {
    bool everything = false; // more than flows
    std::vector<std::string> files;
    std::string workspace; // empty: nothing is kept
    std::string filter;
    ListFormat format = ListFormat::Text;
    AnalysisOptions analysis;
};

struct FlowsOptions {
    std::string file;                     // a capture or a workspace
    std::optional<std::uint32_t> capture; // of a workspace
    Selection selection;
    std::string sort;
    std::uint64_t limit = std::numeric_limits<std::uint64_t>::max();
    ListFormat format = ListFormat::Text;
    AnalysisOptions analysis;
};

struct PacketsOptions {
    std::string file;
    std::optional<std::uint32_t> capture;
    Selection selection;
    std::uint64_t limit = std::numeric_limits<std::uint64_t>::max();
    std::uint64_t packet = 0; // one packet spelled out; 0: a list
    bool hex = false;
    bool json = false;
    AnalysisOptions analysis;
};

struct AudioOptions {
    std::string file;                     // a capture or a workspace
    std::optional<std::uint32_t> capture; // of a workspace
    bool text = false;                    // a table instead of JSON
    bool json = false;                    // the same as neither
    AnalysisOptions analysis;
};

/// Of `evaluate audio`.
struct EvaluateOptions {
    std::uint64_t seed = 1;
    std::string corpus;        // directory of captures, judged beside the generated traffic; empty: none
    double lossPercent = 0;    // of the generated packets, taken out at random
    std::size_t streams = 200; // of each class, at least
    bool json = false;
};

/// signals, trends, anomalies and entities.
struct SignalsOptions {
    enum class What { Signals, Trends, Anomalies, Entities } what = What::Signals;
    std::string file;
    std::optional<std::uint32_t> capture;
    std::string from;
    std::string to;
    std::string type; // of signals or anomalies; empty: all
    std::string category;
    std::string severity;
    std::string entity;
    std::string resolution = "minute";
    std::string format; // json, csv, eve; empty: a table to read
    std::uint64_t limit = std::numeric_limits<std::uint64_t>::max();
    AnalysisOptions analysis;
};

struct ResonanceOptions {
    std::string file;        // a capture; empty with a recording
    std::string recording;   // a recording's file to be checked instead
    std::string by = "flow"; // or "pair": of hosts
    std::string masks;       // a directory
    std::string filter;      // of the filter language; empty: all flows
    float warning = 0.15F;
    float compromised = 0.35F;
    bool finalOnly = false;   // one check per flow and mask, at the flow's end
    std::size_t evidence = 0; // features listed per flow, of its best mask
    bool text = false;        // a table instead of JSON
    bool json = false;        // the same as neither
    AnalysisOptions analysis;
};

struct EvaluateResonanceOptions {
    std::uint64_t seed = 1;
    std::size_t flowsPerClass = 30;  // of generated traffic
    std::string corpus;              // a directory of captures; empty: generated traffic
    std::size_t fewestPackets = 256; // of a flow of the corpus
    double lossPercent = 0.0;
    bool foreignMasks = false; // masks without the spread of their features
    bool json = false;
};

struct ExportOptions {
    std::string file;
    std::string target;
    std::string format; // csv, json, zeek, pcapng; empty: by the ending of `target`
    bool overwrite = false;
    std::optional<std::uint32_t> capture;
    Selection selection;
    AnalysisOptions analysis;
};

struct InterfacesOptions {
    bool json = false;
};

struct CaptureOptions {
    std::vector<std::string> interfaces;
    std::string replay; // a file played back instead of interfaces
    double speed = 1.0; // of the replay; 0: as fast as it goes
    std::string captureFilter;
    std::string target; // a pcapng file for the packets; empty: they are removed at the end
    bool overwrite = false;
    double forSeconds = 0; // these three: 0 for no end
    std::uint64_t maxPackets = 0;
    std::uint64_t maxBytes = 0;
    bool noPromiscuous = false;
    bool monitor = false;
    std::uint32_t snapLength = 262'144;
    std::uint64_t bufferMiB = 32;
    std::uint64_t ringMiB = 0; // size of a file; 0: one file
    std::uint64_t ringFiles = 0;
    std::string spool;  // where packets lie meanwhile; empty: the user's cache
    std::string filter; // flows that are told of
    bool json = false;
    bool allowRoot = false;
    AnalysisOptions analysis;
};

[[nodiscard]] ExitCode runInterfaces(const InterfacesOptions& options);
[[nodiscard]] ExitCode runCapture(const CaptureOptions& options);
[[nodiscard]] ExitCode runInfo(const InfoOptions& options);
[[nodiscard]] ExitCode runAnalyze(const AnalyzeOptions& options);
[[nodiscard]] ExitCode runFlows(const FlowsOptions& options);
[[nodiscard]] ExitCode runAudio(const AudioOptions& options);
[[nodiscard]] ExitCode evaluateAudio(const EvaluateOptions& options);
[[nodiscard]] ExitCode runSignals(const SignalsOptions& options);
[[nodiscard]] ExitCode runPackets(const PacketsOptions& options);
[[nodiscard]] ExitCode runResonance(const ResonanceOptions& options);
[[nodiscard]] ExitCode runEvaluateResonance(const EvaluateResonanceOptions& options);
[[nodiscard]] ExitCode runExport(const ExportOptions& options);
[[nodiscard]] ExitCode printFields();

} // namespace timbre::cli
