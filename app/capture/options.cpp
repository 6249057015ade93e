#include "app/capture/options.h"

#include <array>
#include <charconv>
#include <limits>
#include <string_view>

namespace timbre::helper {

namespace {

constexpr std::size_t kMaxInterfaces = 64;
constexpr std::uint64_t kAny = std::numeric_limits<std::uint64_t>::max() / 2;

bool parseNumber(std::string_view text, std::uint64_t least, std::uint64_t most, std::uint64_t& into)
{
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), into);
    return parsed.ec == std::errc() && parsed.ptr == text.data() + text.size() && into >= least && into <= most;
}

/// False when the option is unknown or its value is out of range.
bool takeNumber(Options& options, std::string_view name, std::string_view value)
{
    std::uint64_t number = 0;
    if (name == "--snaplen" && parseNumber(value, 1, 262'144, number))
        options.snapLength = static_cast<int>(number);
    else if (name == "--buffer-bytes" && parseNumber(value, 1U << 16U, 1U << 30U, number))
        options.bufferBytes = static_cast<int>(number);
    else if (name == "--file-bytes")
        return parseNumber(value, 1U << 16U, kAny, options.ringFileBytes);
    else if (name == "--files")
        return parseNumber(value, 2, 100'000, options.ringFiles);
    else if (name == "--max-packets")
        return parseNumber(value, 1, kAny, options.maxPackets);
    else if (name == "--max-bytes")
        return parseNumber(value, 1, kAny, options.maxBytes);
    else if (name == "--max-seconds")
        return parseNumber(value, 1, kAny / 1'000'000'000, options.maxSeconds);
    else
        return false;
    return true;
}

bool takeFlag(Options& options, std::string_view name)
{
    if (name == "--no-promisc")
        options.promiscuous = false;
    else if (name == "--monitor")
        options.monitor = true;
    else if (name == "--list")
        options.task = Task::List;
    else if (name == "--check-sandbox")
        options.task = Task::CheckSandbox;
    else
        return false;
    return true;
}

bool takeText(Options& options, std::string_view name, std::string_view value)
{
    if (name == "--interface" && !value.empty() && options.interfaces.size() < kMaxInterfaces)
        options.interfaces.emplace_back(value);
    else if (name == "--filter")
        options.filter = value;
    else
        return false;
    return true;
}

} // namespace

Options parseOptions(int argc, char** argv)
{
    Options options;
    for (int i = 1; i < argc; ++i) {
        const std::string_view name = argv[i];
        if (takeFlag(options, name))
            continue;
        const std::string_view value = i + 1 < argc ? argv[i + 1] : "";
        if (!takeText(options, name, value) && !takeNumber(options, name, value)) {
            options.wrong = name;
            return options;
        }
        ++i;
    }
    if (options.task == Task::Capture && options.interfaces.empty())
        options.wrong = "--interface";
    return options;
}

} // namespace timbre::helper
