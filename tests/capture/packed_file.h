#pragma once

// Compresses test captures, through libarchive's writing half.

#include "engine/capture/byte_source_private.h"

#include <string>
#include <vector>

namespace timbre::test {

struct ZipMember {
    std::string name;
    std::string content;
};

/// For Zip: one member called "capture".
[[nodiscard]] std::string packed(const std::string& content, capture::Compression compression);
[[nodiscard]] std::string packedZip(const std::vector<ZipMember>& members);
/// `front`, then `repeated` so many times, without holding all of that in memory. Not for Zip.
[[nodiscard]] std::string packedRepeatedly(const std::string& front, const std::string& repeated, int times,
                                           capture::Compression compression = capture::Compression::Gzip);

} // namespace timbre::test
