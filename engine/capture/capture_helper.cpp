#include "engine/capture/capture_helper.h"

#include "engine/capture/helper_process_private.h"

#include <fmt/format.h>
#include <grp.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <fstream>

namespace timbre::capture {

namespace {

namespace fs = std::filesystem;

constexpr int kListingMs = 3000;

bool isNetwork(const std::string& name)
{
    constexpr std::array kOthers{"nflog", "nfqueue", "dbus-", "bluetooth", "usbmon"};
    for (const char* other : kOthers) {
        if (name.starts_with(other))
            return false;
    }
    return true;
}

LiveInterfaceInfo infoOf(const helper::Message& message)
{
    LiveInterfaceInfo info;
    std::vector<std::string> parts;
    for (std::size_t at = 0; at <= message.text.size();) {
        const std::size_t end = std::min(message.text.find('\0', at), message.text.size());
        parts.push_back(message.text.substr(at, end - at));
        at = end + 1;
    }
    info.name = parts.front();
    if (parts.size() > 1)
        info.description = parts[1];
    for (std::size_t i = 2; i < parts.size(); ++i)
        info.addresses.push_back(parts[i].substr(0, parts[i].find('%')));
    const std::uint64_t flags = message.numbers[0];
    info.loopback = (flags & helper::kLoopback) != 0;
    info.up = (flags & helper::kUp) != 0;
    info.running = (flags & helper::kRunning) != 0;
    info.wireless = (flags & helper::kWireless) != 0;
    info.connected = (flags & helper::kConnected) != 0;
    return info;
}

std::optional<std::uint64_t> readCounter(const fs::path& path)
{
    std::ifstream in(path);
    std::uint64_t value = 0;
    return in >> value ? std::optional(value) : std::nullopt;
}

} // namespace

fs::path helperPath()
{
    if (const char* chosen = std::getenv("TIMBRE_CAPTURE_HELPER"); chosen != nullptr && *chosen != '\0')
        return chosen;
    std::error_code failure;
    const fs::path self = fs::read_symlink("/proc/self/exe", failure);
    return self.parent_path() / "timbre-capture";
}

bool helperMayCapture(const fs::path& helper)
{
    if (access(helper.c_str(), X_OK) != 0)
        return false;
    return geteuid() == 0 || getxattr(helper.c_str(), "security.capability", nullptr, 0) > 0;
}

std::string grantCommand(const fs::path& helper)
{
    if (const std::string members = groupThatMayStart(helper); !members.empty())
        return fmt::format("sudo usermod -aG {} $USER # then log in again", members);
    return fmt::format("sudo setcap cap_net_raw,cap_net_admin=ep {}", helper.string());
}

std::string groupThatMayStart(const fs::path& helper)
{
    struct stat facts = {};
    if (access(helper.c_str(), X_OK) == 0 || stat(helper.c_str(), &facts) != 0 || (facts.st_mode & S_IXGRP) == 0)
        return {};
    group entry = {};
    group* found = nullptr;
    std::array<char, 4096> text{};
    getgrgid_r(facts.st_gid, &entry, text.data(), text.size(), &found);
    return found == nullptr ? std::string() : found->gr_name;
}

Result<std::vector<LiveInterfaceInfo>> listInterfaces()
{
    auto process = HelperProcess::start(helperPath(), {"--list"}, -1);
    if (!process)
        return process.error();
    std::vector<LiveInterfaceInfo> interfaces;
    const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(kListingMs);
    helper::Message message;
    while (std::chrono::steady_clock::now() < until) {
        switch (process->listen(message, 100)) {
        case HelperProcess::Heard::Message:
            if (message.kind == helper::Kind::Failed)
                return Error{ErrorCode::Unreadable, message.text, {}};
            if (message.kind == helper::Kind::Interface && isNetwork(message.text.substr(0, message.text.find('\0'))))
                interfaces.push_back(infoOf(message));
            break;
        case HelperProcess::Heard::Closed:
            return interfaces;
        case HelperProcess::Heard::Garbage:
            return Error{ErrorCode::Damaged, "The capture helper is not the one that belongs to this program.", {}};
        case HelperProcess::Heard::Nothing:
            break;
        }
    }
    return Error{ErrorCode::Busy, "The interfaces could not be listed in time.", {}};
}

std::optional<InterfaceTraffic> interfaceTraffic(const std::string& name)
{
    const fs::path base = fs::path("/sys/class/net") / name / "statistics";
    const auto received = readCounter(base / "rx_packets");
    const auto sent = readCounter(base / "tx_packets");
    const auto receivedBytes = readCounter(base / "rx_bytes");
    const auto sentBytes = readCounter(base / "tx_bytes");
    if (!received || !sent || !receivedBytes || !sentBytes)
        return std::nullopt;
    return InterfaceTraffic{*received + *sent, *receivedBytes + *sentBytes};
}

} // namespace timbre::capture
