#pragma once

// Work on many values that do not depend on each other, shared out among as many threads as the machine runs at once.

#include <algorithm>
#include <cstddef>
#include <system_error>
#include <thread>
#include <vector>

namespace timbre {

/// Calls work(begin, end) for stretches that together are 0 … count, at the same time, and returns when all are done.
/// Stretches are `least` long or longer: starting a thread takes tens of microseconds. Where the system refuses another
/// thread, its stretch is done here.
template<typename Work>
void inParallel(std::size_t count, std::size_t least, Work work)
{
    constexpr std::size_t kMostThreads = 8;
    const std::size_t running = std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, kMostThreads);
    const std::size_t parts = std::clamp<std::size_t>(count / std::max<std::size_t>(1, least), 1, running);
    const auto border = [&](std::size_t part) { return count * part / parts; };
    std::vector<std::jthread> others;
    others.reserve(parts);
    std::size_t started = 1; // with this one
    try {
        for (; started < parts; ++started)
            others.emplace_back([&, part = started] { work(border(part), border(part + 1)); });
    } catch (const std::system_error&) {
        work(border(started), count);
    }
    work(border(0), border(1));
} // the others are waited for here

} // namespace timbre
