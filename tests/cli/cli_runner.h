#pragma once

// Runs timbre-cli as a shell would and keeps what it said.

#include <filesystem>
#include <string>
#include <vector>

namespace timbre::test {

struct CliResult {
    int exitCode = -1; // -1: it crashed, or did not end
    std::string out;
    std::string err;
};

/// `outputFile` takes its standard output instead of the result.
[[nodiscard]] CliResult runCli(const std::vector<std::string>& arguments, const std::string& outputFile = {});
/// A line for bash in which $CLI is the program.
[[nodiscard]] CliResult runShell(const std::string& line);

[[nodiscard]] std::vector<std::string> splitLines(const std::string& text);
[[nodiscard]] std::vector<std::string> splitFields(const std::string& line, char separator);
/// RFC 4180, quoted fields included. Every record ends with CR LF.
[[nodiscard]] std::vector<std::vector<std::string>> parseCsv(const std::string& text);
[[nodiscard]] std::string readFile(const std::filesystem::path& path);

/// A capture of the samples folder.
[[nodiscard]] std::string samplePath(const char* name);

} // namespace timbre::test
