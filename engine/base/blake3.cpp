#include "engine/base/blake3.h"

#include <algorithm>
#include <bit>
#include <vector>

namespace timbre {

namespace {

// Sizes, constants and flags are those of the BLAKE3 paper, section 2.
constexpr std::size_t kBlockBytes = 64;
constexpr std::size_t kChunkBytes = 1024;
constexpr int kRounds = 7;

enum Flag : std::uint32_t { kChunkStart = 1, kChunkEnd = 2, kParent = 4, kRoot = 8 };

using Words8 = std::array<std::uint32_t, 8>;   // a chaining value
using Words16 = std::array<std::uint32_t, 16>; // a block, or the state

constexpr Words8 kInitial = {0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A,
                             0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19};
constexpr std::array<std::uint8_t, 16> kPermutation = {2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8};

/// What goes into one call of the compression function. The root is only known at the end, so the last one is kept.
struct Node {
    Words8 chaining = kInitial;
    Words16 block{};
    std::uint64_t counter = 0;
    std::uint32_t blockBytes = kBlockBytes;
    std::uint32_t flags = 0;
};

void mix(Words16& s, std::size_t a, std::size_t b, std::size_t c, std::size_t d, std::uint32_t x, std::uint32_t y)
{
    s[a] += s[b] + x;
    s[d] = std::rotr(s[d] ^ s[a], 16);
    s[c] += s[d];
    s[b] = std::rotr(s[b] ^ s[c], 12);
    s[a] += s[b] + y;
    s[d] = std::rotr(s[d] ^ s[a], 8);
    s[c] += s[d];
    s[b] = std::rotr(s[b] ^ s[c], 7);
}

void mixAll(Words16& s, const Words16& m)
{
    for (std::size_t i = 0; i < 4; ++i)
        mix(s, i, i + 4, i + 8, i + 12, m[2 * i], m[2 * i + 1]);
    for (std::size_t i = 0; i < 4; ++i)
        mix(s, i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4, m[8 + 2 * i], m[9 + 2 * i]);
}

Words8 compress(const Node& node, std::uint32_t moreFlags = 0)
{
    Words16 state{};
    std::copy(node.chaining.begin(), node.chaining.end(), state.begin());
    std::copy(kInitial.begin(), kInitial.begin() + 4, state.begin() + 8);
    state[12] = static_cast<std::uint32_t>(node.counter);
    state[13] = static_cast<std::uint32_t>(node.counter >> 32U);
    state[14] = node.blockBytes;
    state[15] = node.flags | moreFlags;
    Words16 message = node.block;
    for (int round = 0; round < kRounds; ++round) {
        mixAll(state, message);
        const Words16 before = message;
        for (std::size_t i = 0; i < message.size(); ++i)
            message[i] = before[kPermutation[i]];
    }
    Words8 result{};
    for (std::size_t i = 0; i < result.size(); ++i)
        result[i] = state[i] ^ state[i + 8];
    return result;
}

/// Requires: bytes.size() <= 64. What is missing of the block is zero.
Words16 blockOf(Bytes bytes)
{
    std::array<std::byte, kBlockBytes> padded{};
    std::copy(bytes.begin(), bytes.end(), padded.begin());
    Words16 words{};
    for (std::size_t i = 0; i < words.size(); ++i)
        words[i] = loadLe32(padded, 4 * i);
    return words;
}

/// The last compression of a chunk, still to be done. Requires: bytes.size() <= 1024; empty only for an empty input.
Node chunkNode(Bytes bytes, std::uint64_t index)
{
    Node node{.counter = index, .flags = kChunkStart};
    while (bytes.size() > kBlockBytes) {
        node.block = blockOf(bytes.first(kBlockBytes));
        node.chaining = compress(node);
        node.flags = 0;
        bytes = bytes.subspan(kBlockBytes);
    }
    node.block = blockOf(bytes);
    node.blockBytes = static_cast<std::uint32_t>(bytes.size());
    node.flags |= kChunkEnd;
    return node;
}

Node parentNode(const Words8& left, const Words8& right)
{
    Node node{.flags = kParent};
    std::copy(left.begin(), left.end(), node.block.begin());
    std::copy(right.begin(), right.end(), node.block.begin() + 8);
    return node;
}

} // namespace

Blake3Digest blake3(Bytes input)
{
    // Chaining values of complete left subtrees; their sizes are the bits of the number of chunks done, so at most 54.
    std::vector<Words8> subtrees;
    std::uint64_t chunks = 0;
    while (input.size() > kChunkBytes) {
        Words8 done = compress(chunkNode(input.first(kChunkBytes), chunks));
        ++chunks;
        for (std::uint64_t count = chunks; (count & 1U) == 0; count >>= 1U) {
            done = compress(parentNode(subtrees.back(), done));
            subtrees.pop_back();
        }
        subtrees.push_back(done);
        input = input.subspan(kChunkBytes);
    }
    Node last = chunkNode(input, chunks);
    for (; !subtrees.empty(); subtrees.pop_back())
        last = parentNode(subtrees.back(), compress(last));
    const Words8 words = compress(last, kRoot);
    Blake3Digest digest{};
    for (std::size_t i = 0; i < digest.size(); ++i)
        digest[i] = static_cast<std::uint8_t>(words[i / 4] >> (8U * (i % 4)));
    return digest;
}

std::string toHex(const Blake3Digest& digest)
{
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    text.reserve(2 * digest.size());
    for (const std::uint8_t value : digest) {
        text += kDigits[value >> 4U];
        text += kDigits[value & 15U];
    }
    return text;
}

} // namespace timbre
