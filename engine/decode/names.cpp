#include "engine/decode/names_private.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace timbre::decode {

namespace {

struct Name {
    unsigned number;
    const char* text;
};

template<std::size_t N>
std::string nameIn(const std::array<Name, N>& names, unsigned number, const char* otherwise)
{
    const auto found = std::find_if(names.begin(), names.end(), [number](const Name& n) { return n.number == number; });
    return found != names.end() ? std::string(found->text) : fmt::format(fmt::runtime(otherwise), number);
}

constexpr auto kIpProtocols = std::to_array<Name>({
    {0, "Hop-by-hop options"},
    {1, "ICMP"},
    {2, "IGMP"},
    {4, "IPv4"},
    {6, "TCP"},
    {8, "EGP"},
    {17, "UDP"},
    {33, "DCCP"},
    {41, "IPv6"},
    {43, "Routing"},
    {44, "Fragment"},
    {46, "RSVP"},
    {47, "GRE"},
    {50, "ESP"},
    {51, "AH"},
    {58, "ICMPv6"},
    {59, "No next header"},
    {60, "Destination options"},
    {88, "EIGRP"},
    {89, "OSPF"},
    {94, "IPIP"},
    {97, "EtherIP"},
    {103, "PIM"},
    {108, "IPComp"},
    {112, "VRRP"},
    {115, "L2TP"},
    {132, "SCTP"},
    {135, "Mobility"},
    {136, "UDP-Lite"},
    {137, "MPLS"},
    {139, "HIP"},
    {140, "Shim6"},
});

constexpr auto kEtherTypes = std::to_array<Name>({
    {0x0800, "IPv4"},
    {0x0806, "ARP"},
    {0x0842, "Wake-on-LAN"},
    {0x2000, "CDP"},
    {0x22eb, "ERSPAN III"},
    {0x22f3, "TRILL"},
    {0x6558, "Ethernet"},
    {0x8035, "RARP"},
    {0x809b, "AppleTalk"},
    {0x8100, "802.1Q"},
    {0x8137, "IPX"},
    {0x86dd, "IPv6"},
    {0x8808, "Flow control"},
    {0x8809, "Slow protocols"},
    {0x880b, "PPP"},
    {0x883e, "WCCP"},
    {0x8847, "MPLS"},
    {0x8848, "MPLS multicast"},
    {0x8863, "PPPoE discovery"},
    {0x8864, "PPPoE session"},
    {0x888e, "802.1X"},
    {0x8899, "Realtek"},
    {0x88a2, "ATA over Ethernet"},
    {0x88a8, "802.1ad"},
    {0x88be, "ERSPAN"},
    {0x88cc, "LLDP"},
    {0x88e5, "MACsec"},
    {0x88e7, "802.1ah"},
    {0x88f7, "PTP"},
    {0x8902, "CFM"},
    {0x9000, "Loopback test"},
    {0x9100, "QinQ"},
});

constexpr auto kIcmpTypes = std::to_array<Name>({
    {0, "Echo reply"},
    {3, "Destination unreachable"},
    {4, "Source quench"},
    {5, "Redirect"},
    {8, "Echo request"},
    {9, "Router advertisement"},
    {10, "Router solicitation"},
    {11, "Time exceeded"},
    {12, "Parameter problem"},
    {13, "Timestamp request"},
    {14, "Timestamp reply"},
    {17, "Address mask request"},
    {18, "Address mask reply"},
});

constexpr auto kIcmp6Types = std::to_array<Name>({
    {1, "Destination unreachable"},
    {2, "Packet too big"},
    {3, "Time exceeded"},
    {4, "Parameter problem"},
    {128, "Echo request"},
    {129, "Echo reply"},
    {130, "Multicast listener query"},
    {131, "Multicast listener report"},
    {132, "Multicast listener done"},
    {133, "Router solicitation"},
    {134, "Router advertisement"},
    {135, "Neighbor solicitation"},
    {136, "Neighbor advertisement"},
    {137, "Redirect"},
    {143, "Multicast listener report v2"},
});

constexpr auto kUnreachableCodes = std::to_array<Name>({
    {0, "network unreachable"},
    {1, "host unreachable"},
    {2, "protocol unreachable"},
    {3, "port unreachable"},
    {4, "fragmentation needed"},
    {5, "source route failed"},
    {6, "network unknown"},
    {7, "host unknown"},
    {9, "network prohibited"},
    {10, "host prohibited"},
    {13, "communication prohibited"},
});

constexpr auto kSctpChunks = std::to_array<Name>({
    {0, "DATA"},          {1, "INIT"},        {2, "INIT ACK"},           {3, "SACK"},         {4, "HEARTBEAT"},
    {5, "HEARTBEAT ACK"}, {6, "ABORT"},       {7, "SHUTDOWN"},           {8, "SHUTDOWN ACK"}, {9, "ERROR"},
    {10, "COOKIE ECHO"},  {11, "COOKIE ACK"}, {14, "SHUTDOWN COMPLETE"}, {15, "AUTH"},        {64, "I-DATA"},
    {128, "ASCONF ACK"},  {130, "RE-CONFIG"}, {192, "FORWARD TSN"},      {193, "ASCONF"},
});

constexpr auto kPppProtocols = std::to_array<Name>({
    {0x0021, "IPv4"},
    {0x002d, "Van Jacobson compressed TCP"},
    {0x0057, "IPv6"},
    {0x00fd, "Compressed"},
    {0x0281, "MPLS"},
    {0x0283, "MPLS multicast"},
    {0x8021, "IPCP"},
    {0x8057, "IPv6CP"},
    {0x80fd, "CCP"},
    {0xc021, "LCP"},
    {0xc023, "PAP"},
    {0xc025, "Link quality"},
    {0xc223, "CHAP"},
    {0xc227, "EAP"},
});

constexpr auto kTcpFlags = std::to_array<Name>({
    {0x002, "SYN"},
    {0x001, "FIN"},
    {0x004, "RST"},
    {0x008, "PSH"},
    {0x010, "ACK"},
    {0x020, "URG"},
    {0x040, "ECE"},
    {0x080, "CWR"},
    {0x100, "AE"},
});

} // namespace

std::string ipProtocolName(std::uint8_t protocol)
{
    return nameIn(kIpProtocols, protocol, "protocol {}");
}

std::string etherTypeName(std::uint16_t etherType)
{
    return nameIn(kEtherTypes, etherType, "ethertype 0x{:04x}");
}

std::string icmpTypeName(std::uint8_t type)
{
    return nameIn(kIcmpTypes, type, "type {}");
}

std::string icmp6TypeName(std::uint8_t type)
{
    return nameIn(kIcmp6Types, type, "type {}");
}

std::string icmpUnreachableName(std::uint8_t code)
{
    return nameIn(kUnreachableCodes, code, "");
}

std::string sctpChunkName(std::uint8_t type)
{
    return nameIn(kSctpChunks, type, "chunk type {}");
}

std::string pppProtocolName(std::uint16_t protocol)
{
    return nameIn(kPppProtocols, protocol, "protocol 0x{:04x}");
}

std::string tcpFlagNames(std::uint16_t flags)
{
    std::string out;
    for (const Name& flag : kTcpFlags) {
        if ((flags & flag.number) == 0)
            continue;
        out += out.empty() ? "" : ", ";
        out += flag.text;
    }
    return out.empty() ? "none" : out;
}

} // namespace timbre::decode
