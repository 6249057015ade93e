#pragma once

// What a workspace keeps of masks and keys. A mask is kept as the text of its file, so that a signature over it can be
// checked at any time; a private key stays in its file, only the file's name is here.

#include "engine/base/timestamp.h"

#include <array>
#include <cstdint>
#include <string>

namespace timbre::store {

enum class MaskOrigin { Own, Imported, Bundled };
/// "own", "imported", "bundled"
[[nodiscard]] const char* toString(MaskOrigin origin);

struct StoredMask {
    std::string id; // mask_id; one mask of each
    MaskOrigin origin = MaskOrigin::Own;
    std::string text;
    std::string recording; // hex id of the recording it was made from; empty when not known here
    Timestamp addedAt;     // by the clock
};

struct StoredKey {
    std::string id;    // of the public key
    std::string label; // as the analyst calls it
    std::array<std::uint8_t, 32> publicKey{};
    std::string privateFile; // where its private half is; empty for keys of others
    bool trusted = false;    // signatures by it count as trusted
};

} // namespace timbre::store
