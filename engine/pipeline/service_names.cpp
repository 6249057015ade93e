#include "engine/pipeline/service_names.h"

#include <array>

namespace timbre::pipeline {

namespace {

enum Transport : std::uint8_t { kTcp = 1, kUdp = 2, kBoth = 3 };

struct Service {
    std::uint16_t port;
    Transport transport;
    std::string_view name;
};

// Usual ports as registered or in wide use. Ordered by port.
constexpr Service kServices[] = {
    {7, kBoth, "echo"},
    {9, kBoth, "discard"},
    {13, kBoth, "daytime"},
    {19, kBoth, "chargen"},
    {20, kTcp, "ftp-data"},
    {21, kTcp, "ftp"},
    {22, kTcp, "ssh"},
    {23, kTcp, "telnet"},
    {25, kTcp, "smtp"},
    {37, kBoth, "time"},
    {43, kTcp, "whois"},
    {49, kTcp, "tacacs"},
    {53, kBoth, "dns"},
    {67, kUdp, "dhcp"},
    {68, kUdp, "dhcp"},
    {69, kUdp, "tftp"},
    {70, kTcp, "gopher"},
    {79, kTcp, "finger"},
    {80, kBoth, "http"},
    {88, kBoth, "kerberos"},
    {102, kTcp, "iso-tsap"},
    {110, kTcp, "pop3"},
    {111, kBoth, "sunrpc"},
    {113, kTcp, "ident"},
    {119, kTcp, "nntp"},
    {123, kUdp, "ntp"},
    {135, kBoth, "msrpc"},
    {137, kBoth, "netbios-ns"},
    {138, kUdp, "netbios-dgm"},
    {139, kTcp, "netbios-ssn"},
    {143, kTcp, "imap"},
    {161, kUdp, "snmp"},
    {162, kUdp, "snmptrap"},
    {179, kTcp, "bgp"},
    {194, kTcp, "irc"},
    {319, kUdp, "ptp-event"},
    {320, kUdp, "ptp-general"},
    {389, kBoth, "ldap"},
    {427, kBoth, "svrloc"},
    {443, kBoth, "https"},
    {445, kTcp, "smb"},
    {464, kBoth, "kpasswd"},
    {465, kTcp, "smtps"},
    {500, kUdp, "isakmp"},
    {502, kTcp, "modbus"},
    {512, kTcp, "exec"},
    {513, kTcp, "login"},
    {514, kTcp, "shell"},
    {514, kUdp, "syslog"},
    {515, kTcp, "printer"},
    {520, kUdp, "rip"},
    {521, kUdp, "ripng"},
    {546, kUdp, "dhcpv6"},
    {547, kUdp, "dhcpv6"},
    {548, kTcp, "afp"},
    {554, kBoth, "rtsp"},
    {563, kTcp, "nntps"},
    {587, kTcp, "submission"},
    {593, kTcp, "http-rpc"},
    {623, kUdp, "ipmi"},
    {631, kBoth, "ipp"},
    {636, kTcp, "ldaps"},
    {646, kBoth, "ldp"},
    {853, kBoth, "dns-tls"},
    {873, kTcp, "rsync"},
    {989, kTcp, "ftps-data"},
    {990, kTcp, "ftps"},
    {993, kTcp, "imaps"},
    {995, kTcp, "pop3s"},
    {1080, kTcp, "socks"},
    {1194, kBoth, "openvpn"},
    {1433, kTcp, "mssql"},
    {1434, kUdp, "mssql-browser"},
    {1521, kTcp, "oracle"},
    {1645, kUdp, "radius"},
    {1646, kUdp, "radius-acct"},
    {1701, kUdp, "l2tp"},
    {1720, kTcp, "h323"},
    {1723, kTcp, "pptp"},
    {1812, kUdp, "radius"},
    {1813, kUdp, "radius-acct"},
    {1883, kTcp, "mqtt"},
    {1900, kUdp, "ssdp"},
    {2049, kBoth, "nfs"},
    {2123, kUdp, "gtp-c"},
    {2152, kUdp, "gtp-u"},
    {2181, kTcp, "zookeeper"},
    {2375, kTcp, "docker"},
    {2376, kTcp, "docker-tls"},
    {2379, kTcp, "etcd"},
    {2404, kTcp, "iec-104"},
    {3128, kTcp, "http-proxy"},
    {3260, kTcp, "iscsi"},
    {3268, kTcp, "ldap-gc"},
    {3269, kTcp, "ldaps-gc"},
    {3306, kTcp, "mysql"},
    {3389, kBoth, "rdp"},
    {3478, kBoth, "stun"},
    {3544, kUdp, "teredo"},
    {3702, kUdp, "ws-discovery"},
    {4500, kUdp, "ipsec-nat-t"},
    {4789, kUdp, "vxlan"},
    {5004, kUdp, "rtp"},
    {5005, kUdp, "rtcp"},
    {5060, kBoth, "sip"},
    {5061, kTcp, "sips"},
    {5222, kTcp, "xmpp"},
    {5269, kTcp, "xmpp-server"},
    {5349, kBoth, "stuns"},
    {5351, kUdp, "nat-pmp"},
    {5353, kUdp, "mdns"},
    {5355, kUdp, "llmnr"},
    {5432, kTcp, "postgresql"},
    {5671, kTcp, "amqps"},
    {5672, kTcp, "amqp"},
    {5683, kUdp, "coap"},
    {5684, kUdp, "coaps"},
    {5900, kTcp, "vnc"},
    {5938, kBoth, "teamviewer"},
    {5985, kTcp, "winrm"},
    {5986, kTcp, "winrm-tls"},
    {6000, kTcp, "x11"},
    {6081, kUdp, "geneve"},
    {6379, kTcp, "redis"},
    {6443, kTcp, "kubernetes"},
    {6514, kTcp, "syslog-tls"},
    {6667, kTcp, "irc"},
    {6697, kTcp, "ircs"},
    {6881, kBoth, "bittorrent"},
    {8000, kTcp, "http-alt"},
    {8008, kTcp, "http-alt"},
    {8080, kTcp, "http-alt"},
    {8333, kTcp, "bitcoin"},
    {8443, kTcp, "https-alt"},
    {8883, kTcp, "mqtts"},
    {9000, kTcp, "cslistener"},
    {9001, kTcp, "tor"},
    {9042, kTcp, "cassandra"},
    {9092, kTcp, "kafka"},
    {9100, kTcp, "jetdirect"},
    {9200, kTcp, "elasticsearch"},
    {9418, kTcp, "git"},
    {10050, kTcp, "zabbix-agent"},
    {10051, kTcp, "zabbix"},
    {11211, kBoth, "memcached"},
    {20000, kBoth, "dnp3"},
    {25565, kTcp, "minecraft"},
    {27017, kTcp, "mongodb"},
    {33434, kUdp, "traceroute"},
    {41641, kUdp, "tailscale"},
    {44818, kBoth, "ethernet-ip"},
    {47808, kUdp, "bacnet"},
    {51820, kUdp, "wireguard"},
};

constexpr std::size_t kPorts = 65536;

/// For each port the number of its entry plus one, so that looking up is one read.
using PortIndex = std::array<std::uint8_t, kPorts>;
static_assert(std::size(kServices) < 255);

PortIndex makeIndex(Transport transport)
{
    PortIndex index{};
    for (std::size_t i = 0; i < std::size(kServices); ++i)
        if ((kServices[i].transport & transport) != 0)
            index[kServices[i].port] = static_cast<std::uint8_t>(i + 1);
    return index;
}

} // namespace

std::string_view serviceOfPort(decode::L4 l4, std::uint16_t port)
{
    static const PortIndex tcp = makeIndex(kTcp);
    static const PortIndex udp = makeIndex(kUdp);
    if (l4 != decode::L4::Tcp && l4 != decode::L4::Udp)
        return {};
    const std::uint8_t entry = (l4 == decode::L4::Tcp ? tcp : udp)[port];
    return entry == 0 ? std::string_view{} : kServices[entry - 1].name;
}

std::string_view serviceOf(const flow::FlowRecord& record)
{
    const std::string_view service = serviceOfPort(record.key.l4, record.port(flow::Side::Responder));
    return service.empty() ? serviceOfPort(record.key.l4, record.port(flow::Side::Initiator)) : service;
}

} // namespace timbre::pipeline
