#include "tests/live/network_sandbox.h"

#include <arpa/inet.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <thread>
#include <vector>

namespace timbre::testing {

namespace {

bool run(const std::string& command)
{
    return std::system((command + " >/dev/null 2>&1").c_str()) == 0;
}

/// Ethernet, IPv4 and UDP with ports that tell the flow.
std::vector<unsigned char> frame(std::size_t size)
{
    std::vector<unsigned char> bytes(size, 0x5a);
    constexpr std::array<unsigned char, 42> kHead{2,    0, 0,    0,    0, 1, 2,    0, 0,  0,  0, 2, 8,  0, // Ethernet
                                                  0x45, 0, 0,    0,    0, 0, 0x40, 0, 64, 17, 0, 0, 10, 9,
                                                  0,    1, 10,   9,    0, 2,           // IPv4
                                                  0,    0, 0x23, 0x28, 0, 0, 0,    0}; // UDP, port 9000
    std::memcpy(bytes.data(), kHead.data(), kHead.size());
    const auto put16 = [&](std::size_t at, std::size_t value) {
        bytes[at] = static_cast<unsigned char>(value >> 8U);
        bytes[at + 1] = static_cast<unsigned char>(value);
    };
    put16(16, size - 14);
    put16(38, size - 34);
    return bytes;
}

} // namespace

std::string NetworkSandbox::enter()
{
    if (unshare(CLONE_NEWNET | CLONE_NEWNS) != 0)
        return std::string("a network of its own needs rights that this machine does not give: ") +
               std::strerror(errno);
    // What /sys says about interfaces is of the namespace in which it was mounted.
    if (mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
        mount("sysfs", "/sys", "sysfs", 0, nullptr) != 0)
        return std::string("the machine does not let /sys be mounted: ") + std::strerror(errno);
    return {};
}

bool NetworkSandbox::makeCable()
{
    // Without IPv6 the interfaces send nothing by themselves.
    return run("sysctl -w net.ipv6.conf.default.disable_ipv6=1") &&
           run("ip link add live0 type veth peer name live1") && run("ip link set live0 up") && setReceiver(true);
}

void NetworkSandbox::cutCable()
{
    run("ip link del live0");
}

bool NetworkSandbox::setReceiver(bool up)
{
    return run(std::string("ip link set live1 ") + (up ? "up" : "down"));
}

std::uint64_t NetworkSandbox::send(std::uint64_t count, std::size_t size, std::uint32_t flows, std::uint64_t perSecond)
{
    const int socket = ::socket(AF_PACKET, SOCK_RAW, 0);
    sockaddr_ll to{};
    to.sll_family = AF_PACKET;
    to.sll_ifindex = static_cast<int>(if_nametoindex("live0"));
    to.sll_halen = ETH_ALEN;
    std::vector<unsigned char> bytes = frame(size);
    const auto begin = std::chrono::steady_clock::now();
    std::uint64_t sent = 0;
    for (std::uint64_t i = 0; i < count; ++i) {
        const std::uint64_t port = 10'000 + i % flows;
        bytes[34] = static_cast<unsigned char>(port >> 8U);
        bytes[35] = static_cast<unsigned char>(port);
        if (sendto(socket, bytes.data(), bytes.size(), 0, reinterpret_cast<const sockaddr*>(&to), sizeof to) > 0)
            ++sent;
        if (perSecond > 0 && i % 64 == 0)
            std::this_thread::sleep_until(begin + std::chrono::nanoseconds(i * 1'000'000'000 / perSecond));
    }
    close(socket);
    return sent;
}

std::uint64_t NetworkSandbox::arrived()
{
    std::ifstream in(std::string("/sys/class/net/") + kReceiver + "/statistics/rx_packets");
    std::uint64_t count = 0;
    in >> count;
    return count;
}

} // namespace timbre::testing
