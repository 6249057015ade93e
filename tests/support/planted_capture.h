#pragma once

// A capture planted with secrets, each a marker that occurs nowhere else: in cookies, tokens, passwords, bodies, paths,
// DNS texts, at the beginning of segments. And a search for them, plain and encoded, in everything a program wrote.

#include <filesystem>
#include <string>
#include <vector>

namespace timbre::test {

/// A pcap. Beside the secrets it holds a talk over UDP port 7000, random bytes, long enough for a mask.
[[nodiscard]] std::string plantedCapture();

/// "FILE holds MARKER as base64" for each marker found in a file under `folder`; files whose name ends in .pcap or
/// .pcapng are what the analyst saved, and are not searched. `searched` becomes the number of files.
[[nodiscard]] std::vector<std::string> markersIn(const std::filesystem::path& folder, int& searched);

} // namespace timbre::test
