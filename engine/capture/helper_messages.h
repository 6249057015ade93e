#pragma once

// What the capture helper (timbre-capture) and the engine say to each other: the names of spool files and the framed
// messages on the helper's standard output. This header is all that the helper knows of the engine, so it needs nothing
// but the standard library. Both ends run on one machine and are installed together; the version is checked anyway.
//
// A frame is 16 bytes of header (magic, kind, count of numbers, length of text), then the numbers, 8 bytes each, then
// the text. All in the byte order of the machine.

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

namespace timbre::capture::helper {

inline constexpr std::uint32_t kProtocolVersion = 1;
inline constexpr int kSpoolDescriptor = 3; // the spool directory, opened by whoever starts the helper
inline constexpr std::size_t kMaxNumbers = 12;
inline constexpr std::size_t kMaxText = 65'536;

enum class Kind : std::uint32_t {
    Interface = 1, // of a list: flags (see InterfaceFlag); text: name \0 description \0 address \0 address …
    Started,       // protocol version, sandbox (see Sandbox), buffer bytes
    Counts, // interface, written, written bytes, received, kernel drops, interface drops, time of the last packet in ns
    FileStarted,   // number of the file, offset of its start, packets before it
    FileRemoved,   // by the ring: number of the file, packets in it, bytes
    Notice,        // text: a sentence; the capture goes on
    FilterError,   // position, length; text: the reason
    InterfaceGone, // interface; text: a sentence; the others go on
    Failed,        // Failure; text: a sentence
    Stopped,       // StopReason, packets, bytes; the last message
    Tried,         // of --check-sandbox: the system's error number, 0: it was possible; text: what was tried
};

enum InterfaceFlag : std::uint64_t { kLoopback = 1, kUp = 2, kRunning = 4, kWireless = 8, kConnected = 16 };
enum Sandbox : std::uint64_t { kNoNewPrivileges = 1, kSeccomp = 2, kLandlock = 4, kNoCapabilities = 8 };
enum class Failure : std::uint64_t { NoRights = 1, NoInterface, NotUp, Filter, Spool, DiskFull, Sandbox, Usage, Other };
enum class StopReason : std::uint64_t { Asked = 1, Packets, Bytes, Time, InterfaceGone, DiskFull, Failed };

struct Message {
    Kind kind = Kind::Notice;
    std::array<std::uint64_t, kMaxNumbers> numbers{};
    std::string text;
};

inline constexpr std::uint32_t kMagic = 0x6d42'5401;
inline constexpr std::size_t kFrameHeader = 16;

/// Appends the frame of a message.
inline void encode(const Message& message, std::string& out)
{
    const auto put = [&](const auto& value) {
        std::array<char, sizeof value> bytes{};
        std::memcpy(bytes.data(), &value, sizeof value);
        out.append(bytes.data(), bytes.size());
    };
    const std::string_view text = std::string_view(message.text).substr(0, kMaxText);
    put(kMagic);
    put(static_cast<std::uint32_t>(message.kind));
    put(static_cast<std::uint32_t>(kMaxNumbers));
    put(static_cast<std::uint32_t>(text.size()));
    for (const std::uint64_t number : message.numbers)
        put(number);
    out.append(text);
}

/// Puts frames together from whatever pieces arrive. Once broken() nothing more comes out.
class Decoder {
public:
    void feed(std::string_view bytes)
    {
        if (!m_broken)
            m_held.append(bytes);
    }
    [[nodiscard]] bool broken() const { return m_broken; }

    [[nodiscard]] std::optional<Message> next()
    {
        if (m_broken || m_held.size() < kFrameHeader)
            return std::nullopt;
        const std::uint32_t kind = load<std::uint32_t>(4);
        const std::uint32_t count = load<std::uint32_t>(8);
        const std::uint32_t textLength = load<std::uint32_t>(12);
        m_broken = load<std::uint32_t>(0) != kMagic || kind == 0 || kind > static_cast<std::uint32_t>(Kind::Tried) ||
                   count > kMaxNumbers || textLength > kMaxText;
        const std::size_t length = kFrameHeader + count * sizeof(std::uint64_t) + textLength;
        if (m_broken || m_held.size() < length)
            return std::nullopt;
        Message message;
        message.kind = static_cast<Kind>(kind);
        for (std::size_t i = 0; i < count; ++i)
            message.numbers[i] = load<std::uint64_t>(kFrameHeader + i * sizeof(std::uint64_t));
        message.text = m_held.substr(length - textLength, textLength);
        m_held.erase(0, length);
        return message;
    }

private:
    template<typename T>
    [[nodiscard]] T load(std::size_t at) const
    {
        T value{};
        std::memcpy(&value, m_held.data() + at, sizeof value);
        return value;
    }

    std::string m_held;
    bool m_broken = false;
};

/// Where a capture filter goes wrong. libpcap does not say: the place is a word that its reason quotes, else the word
/// behind the longest part from the front that is a filter by itself.
struct FilterPlace {
    std::size_t position = 0;
    std::size_t length = 0;
};

template<typename Compiles>
[[nodiscard]] FilterPlace locateFilterFault(const std::string& filter, const std::string& reason,
                                            const Compiles& compiles)
{
    constexpr std::size_t kMaxWords = 64; // that are tried
    const std::size_t quote = reason.find('\'');
    const std::size_t close = quote == std::string::npos ? quote : reason.find('\'', quote + 1);
    if (close != std::string::npos && close > quote + 1) {
        const std::size_t length = close - quote - 1;
        if (const std::size_t at = filter.find(reason.substr(quote + 1, length)); at != std::string::npos)
            return {at, length};
    }
    std::size_t good = 0;
    std::size_t words = 0;
    for (std::size_t end = filter.find(' '); end != std::string::npos && words < kMaxWords;
         end = filter.find(' ', end + 1), ++words) {
        if (end > good && compiles(filter.substr(0, end)))
            good = end;
    }
    const auto wordBehind = [&](std::size_t from) {
        const std::size_t first = std::min(filter.find_first_not_of(' ', from), filter.size());
        return FilterPlace{first, std::min(filter.find(' ', first), filter.size()) - first};
    };
    const FilterPlace place = wordBehind(good);
    const std::string word = filter.substr(place.position, place.length);
    const bool joins = good > 0 && (word == "and" || word == "or" || word == "&&" || word == "||");
    return joins ? wordBehind(place.position + place.length) : place;
}

/// A file of the spool tells by its name where it stands in the whole: its number (from 1), how many bytes and packets
/// lie in the files before it. So offsets and packet numbers stay the same when the ring has removed its elders.
struct SpoolFileName {
    std::uint64_t number = 0;
    std::uint64_t offset = 0;
    std::uint64_t packetsBefore = 0;
};

[[nodiscard]] inline std::string toString(const SpoolFileName& name)
{
    std::array<char, 96> text{};
    std::snprintf(text.data(), text.size(), "%08llu-%016llu-%016llu.pcapng",
                  static_cast<unsigned long long>(name.number), static_cast<unsigned long long>(name.offset),
                  static_cast<unsigned long long>(name.packetsBefore));
    return text.data();
}

[[nodiscard]] inline std::optional<SpoolFileName> parseSpoolFileName(const std::string& text)
{
    unsigned long long number = 0;
    unsigned long long offset = 0;
    unsigned long long packets = 0;
    if (std::sscanf(text.c_str(), "%20llu-%20llu-%20llu.pcapng", &number, &offset, &packets) != 3)
        return std::nullopt;
    const SpoolFileName name{number, offset, packets};
    return toString(name) == text ? std::optional(name) : std::nullopt;
}

} // namespace timbre::capture::helper
