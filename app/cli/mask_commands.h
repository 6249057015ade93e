#pragma once

// `record` and the commands of `mask`: recordings become masks, on the command line.

#include "app/cli/commands.h"

namespace timbre::cli {

struct RecordOptions {
    std::string file; // a capture
    std::string service;
    std::string target;  // empty: the recording goes to standard output
    std::string keyFile; // whose id is noted; empty: "local"
    bool swap = false;
    bool payloadOnly = false;
    std::uint64_t idleSeconds = 15; // 0: never over by itself
    bool overwrite = false;
    Selection selection;
    AnalysisOptions analysis;
};

struct MaskMakeOptions {
    std::string recording;
    std::string target;
    std::string id;
    std::string signWith;
    std::optional<std::uint64_t> createdAt; // Unix seconds; now without it
    bool swap = false;
    bool perDirection = false;
    bool evenIfShort = false;
    bool evenIfFailed = false;
    bool overwrite = false;
};

struct MaskTestOptions {
    std::string mask;
    std::string recording;
};

struct MaskFilesOptions {
    std::vector<std::string> masks;
    std::vector<std::string> keys; // public keys
    std::string signWith;
    std::string target;
    std::string workspace;
    bool overwrite = false;
};

[[nodiscard]] ExitCode runRecord(const RecordOptions& options);
[[nodiscard]] ExitCode runMaskMake(const MaskMakeOptions& options);
[[nodiscard]] ExitCode runMaskTest(const MaskTestOptions& options);
[[nodiscard]] ExitCode runMaskShow(const MaskFilesOptions& options);
[[nodiscard]] ExitCode runMaskVerify(const MaskFilesOptions& options);
[[nodiscard]] ExitCode runMaskSign(const MaskFilesOptions& options);
[[nodiscard]] ExitCode runMaskImport(const MaskFilesOptions& options);
[[nodiscard]] ExitCode runMaskKey(const MaskFilesOptions& options);

} // namespace timbre::cli
