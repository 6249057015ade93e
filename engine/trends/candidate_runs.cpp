#include "engine/trends/candidate_runs.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace timbre::trends {

namespace {

// Vectors of the compiler, for its own ones come only with loops that are simpler than these.
constexpr std::size_t kVector = 16;
using Octets [[gnu::vector_size(kVector)]] = std::uint8_t;
using Groups [[gnu::vector_size(kVector)]] = std::uint32_t;
using Halves [[gnu::vector_size(kVector)]] = std::uint64_t;

constexpr std::size_t kVectors = 4; // looked at before the first branch
constexpr std::size_t kBlock = kVectors * kVector;
constexpr std::size_t kGroup = sizeof(std::uint32_t);
static_assert(kShortestCandidate >= 2 * kGroup - 1, "a run would not have to fill a group");

bool isMember(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == ' ' || c == '-';
}

/// All bits of a byte set where `octets` has a member.
Octets membersOf(Octets octets)
{
    const auto digits = octets - std::uint8_t{'0'} < std::uint8_t{10};
    const auto capitals = octets - std::uint8_t{'A'} < std::uint8_t{26};
    return reinterpret_cast<Octets>(digits | capitals | (octets == std::uint8_t{' '}) | (octets == std::uint8_t{'-'}));
}

/// From the space to Z: one comparison for all members, and few others that are frequent.
Octets nearMembersOf(Octets octets)
{
    return reinterpret_cast<Octets>(octets - std::uint8_t{' '} <= std::uint8_t{'Z' - ' '});
}

/// Requires: kVector bytes at `text`.
Octets octetsAt(const char* text)
{
    Octets octets;
    std::memcpy(&octets, text, sizeof octets);
    return octets;
}

bool allSet(Octets octets)
{
    const auto halves = reinterpret_cast<Halves>(octets);
    return (halves[0] & halves[1]) == ~std::uint64_t{0};
}

/// All bits set for each group of four bytes that are members all of them.
using FullGroups = std::array<std::uint32_t, kBlock / kGroup>;

/// False when there is none. Requires: kBlock bytes at `text`.
template<typename Members>
bool fullGroups(const char* text, Members members, FullGroups& full)
{
    Groups any{};
    for (std::size_t i = 0; i < kVectors; ++i) {
        const auto groups = reinterpret_cast<Groups>(reinterpret_cast<Groups>(members(octetsAt(text + i * kVector))) ==
                                                     ~std::uint32_t{0});
        std::memcpy(full.data() + i * (kVector / kGroup), &groups, sizeof groups);
        any |= groups;
    }
    const auto halves = reinterpret_cast<Halves>(any);
    return (halves[0] | halves[1]) != 0;
}

/// Requires: a member at `at`.
CandidateRun runAround(std::string_view text, std::size_t at)
{
    CandidateRun run{at, at + 1};
    while (run.begin > 0 && isMember(text[run.begin - 1]))
        --run.begin;
    while (run.end + kVector <= text.size() && allSet(membersOf(octetsAt(text.data() + run.end))))
        run.end += kVector;
    while (run.end < text.size() && isMember(text[run.end]))
        ++run.end;
    return run;
}

} // namespace

std::vector<CandidateRun> candidateRuns(std::string_view text)
{
    std::vector<CandidateRun> runs;
    FullGroups full;
    std::array<char, kBlock> last{};
    std::size_t done = 0; // runs that begin before are known
    for (std::size_t block = 0; block < text.size(); block += kBlock) {
        const char* bytes = text.data() + block;
        if (text.size() - block < kBlock) {
            std::copy(text.begin() + static_cast<std::ptrdiff_t>(block), text.end(), last.begin());
            bytes = last.data();
        }
        if (!fullGroups(bytes, nearMembersOf, full) || !fullGroups(bytes, membersOf, full))
            continue;
        for (std::size_t group = 0; group < full.size(); ++group) {
            const std::size_t at = block + group * kGroup;
            if (full[group] == 0 || at < done)
                continue;
            const CandidateRun run = runAround(text, at);
            done = run.end;
            if (run.end - run.begin >= kShortestCandidate)
                runs.push_back(run);
        }
    }
    return runs;
}

} // namespace timbre::trends
