#include "app/capture/tasks.h"

#include "app/capture/rights.h"
#include "app/capture/sandbox.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netdb.h>
#include <pcap/pcap.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>

namespace timbre::helper {

using namespace capture::helper;

namespace {

std::string addressText(const sockaddr* address)
{
    if (address == nullptr || (address->sa_family != AF_INET && address->sa_family != AF_INET6))
        return {};
    const socklen_t length = address->sa_family == AF_INET ? sizeof(sockaddr_in) : sizeof(sockaddr_in6);
    std::array<char, NI_MAXHOST> text{};
    if (getnameinfo(address, length, text.data(), text.size(), nullptr, 0, NI_NUMERICHOST) != 0)
        return {};
    return text.data();
}

std::uint64_t flagsOf(const pcap_if_t& interface)
{
    const bpf_u_int32 from = interface.flags;
    std::uint64_t flags = 0;
    const auto set = [&](bool is, InterfaceFlag flag) { flags |= is ? static_cast<std::uint64_t>(flag) : 0; };
    set((from & PCAP_IF_LOOPBACK) != 0, kLoopback);
    set((from & PCAP_IF_UP) != 0, kUp);
    set((from & PCAP_IF_RUNNING) != 0, kRunning);
    set((from & PCAP_IF_WIRELESS) != 0, kWireless);
    set((from & PCAP_IF_CONNECTION_STATUS) != PCAP_IF_CONNECTION_STATUS_DISCONNECTED, kConnected);
    return flags;
}

} // namespace

int list(MessagePipe& pipe)
{
    std::array<char, PCAP_ERRBUF_SIZE> error{};
    pcap_if_t* interfaces = nullptr;
    if (const std::string wrong = dropRights(); !wrong.empty() || pcap_findalldevs(&interfaces, error.data()) != 0) {
        const std::string reason = wrong.empty() ? error.data() : wrong;
        pipe.send({Kind::Failed,
                   {static_cast<std::uint64_t>(Failure::Other)},
                   "Interfaces cannot be listed: " + reason + "."});
        return 1;
    }
    for (const pcap_if_t* each = interfaces; each != nullptr; each = each->next) {
        Message message{Kind::Interface, {flagsOf(*each)}, each->name};
        message.text += std::string(1, '\0') + (each->description != nullptr ? each->description : "");
        for (const pcap_addr_t* address = each->addresses; address != nullptr; address = address->next) {
            if (const std::string text = addressText(address->addr); !text.empty())
                message.text += std::string(1, '\0') + text;
        }
        pipe.send(message);
    }
    pcap_freealldevs(interfaces);
    pipe.drain();
    return 0;
}

int checkSandbox(MessagePipe& pipe)
{
    std::uint64_t achieved = 0;
    std::string wrong = dropRights();
    if (wrong.empty())
        wrong = closeSandbox(kSpoolDescriptor, achieved);
    if (!wrong.empty()) {
        pipe.send({Kind::Failed, {static_cast<std::uint64_t>(Failure::Sandbox)}, wrong});
        return 1;
    }
    pipe.send({Kind::Started, {kProtocolVersion, achieved}, {}});
    const auto tell = [&](const char* what, long result) {
        pipe.send({Kind::Tried, {result < 0 ? static_cast<std::uint64_t>(errno) : 0}, what});
    };
    tell("open a file", open("/etc/hostname", O_RDONLY));
    tell("open a file of the spool", openat(kSpoolDescriptor, "own", O_RDONLY));
    tell("make a file elsewhere",
         openat(kSpoolDescriptor, "/tmp/timbre-sandbox-check", kSpoolFileFlags, kSpoolFileMode));
    tell("make a file of the spool", openat(kSpoolDescriptor, "own", kSpoolFileFlags, kSpoolFileMode));
    tell("remove a file of the spool", unlinkat(kSpoolDescriptor, "own", 0));
    tell("make a socket", socket(AF_INET, SOCK_STREAM, 0));
    tell("start a process", fork());
    tell("run a program", execl("/bin/true", "true", nullptr));
    pipe.drain();
    return 0;
}

} // namespace timbre::helper
