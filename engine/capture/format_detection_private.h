#pragma once

// Tells by the first bytes what a file is: a capture, a compressed file, or something else that deserves a name in the
// sentence that refuses it.

#include "engine/base/bytes.h"
#include "engine/capture/byte_source_private.h"

#include <string>

namespace timbre::capture {

/// As many bytes as detection may look at; fewer only when the file is shorter.
inline constexpr std::size_t kDetectionBytes = 4096;

enum class FileKind {
    Pcap,
    Pcapng,
    Compressed,
    Incomplete, // could still become a capture when more is written
    Other,
};

struct Detection {
    FileKind kind = FileKind::Other;
    Compression compression = Compression::None;
    std::string what = {};  // for Incomplete and Other: "a Solaris snoop capture"
    bool isCapture = false; // of a kind that Timbre does not read, so a converter helps
};

[[nodiscard]] Detection detectFormat(Bytes front);

/// The sentence for a file that is no capture we can read. `container` is "the gzip file" or the like, else empty.
[[nodiscard]] Error refusal(const std::string& name, const Detection& detection, const std::string& container);

} // namespace timbre::capture
