#pragma once

// Asks for memory before it is needed. Hundreds of streams take turns, so each packet finds the state of its stream in
// a far cache; asked for all at once, the lines arrive together instead of one after the other.

#include <cstddef>

namespace timbre::audio {

inline constexpr std::size_t kCacheLine = 64;

/// Of memory that will be written, too.
inline void fetchAhead(const void* begin, std::size_t bytes)
{
    const char* at = static_cast<const char*>(begin);
    for (std::size_t offset = 0; offset < bytes; offset += kCacheLine)
        __builtin_prefetch(at + offset, 1);
    __builtin_prefetch(at + bytes - 1, 1);
}

} // namespace timbre::audio
