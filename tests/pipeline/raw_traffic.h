#pragma once

// Captures written packet by packet: requests and ClientHellos at given moments from given addresses, to one server.

#include "engine/base/ip_address.h"
#include "tests/protocol/messages.h"

#include <map>
#include <string>

namespace timbre::test {

/// A little-endian pcap of raw IPv4 packets; each connection is a port of its client.
class RawTraffic {
public:
    static constexpr std::int64_t kStartMs = 1'700'000'040'000 / 60'000 * 60'000; // the start of a minute

    RawTraffic()
    {
        const std::uint32_t head[] = {0xa1b2c3d4, 0x00040002, 0, 0, 262'144, 101};
        m_bytes.assign(reinterpret_cast<const char*>(head), sizeof head);
    }

    /// `ms` after the start. `uncaptured`: bytes behind the payload that were on the wire only.
    void send(std::int64_t ms, const std::string& client, std::uint16_t port, bool up, const std::string& payload,
              std::uint16_t uncaptured = 0, std::uint16_t serverPort = 80)
    {
        std::uint32_t& sequence = m_next[{client, port, up}];
        std::string segment = up ? be16(port) + be16(serverPort) : be16(serverPort) + be16(port);
        segment += be32(sequence) + be32(1) + std::string("\x50\x18\xff\xff\0\0\0\0", 8) + payload;
        sequence += static_cast<std::uint32_t>(payload.size()) + uncaptured;
        std::string ip = std::string("\x45\0", 2) + be16(20 + segment.size() + uncaptured) +
                         std::string("\0\0\x40\0\x40\x06\0\0", 8);
        const std::string server("\xc6\x33\x64\xfe", 4);
        ip += up ? octets(client) + server : server + octets(client);
        ip += segment;
        const std::int64_t at = kStartMs + ms;
        const std::uint32_t record[] = {
            static_cast<std::uint32_t>(at / 1000), static_cast<std::uint32_t>(at % 1000 * 1000),
            static_cast<std::uint32_t>(ip.size()), static_cast<std::uint32_t>(ip.size() + uncaptured)};
        m_bytes.append(reinterpret_cast<const char*>(record), sizeof record);
        m_bytes += ip;
    }
    void get(std::int64_t ms, const std::string& client, std::uint16_t port, const std::string& target,
             const std::string& fields)
    {
        send(ms, client, port, true, "GET " + target + " HTTP/1.1\r\nHost: a.example\r\n" + fields + "\r\n");
    }
    void hello(std::int64_t ms, const std::string& client, std::uint16_t port, std::size_t ciphers,
               std::size_t firstCipher = 0x1301)
    {
        std::string list;
        for (std::size_t i = 0; i <= ciphers; ++i)
            list += be16(firstCipher + i);
        const std::string body = be16(0x0303) + std::string(32, 'r') + be8(0) + counted16(list) + be8(1) + be8(0) +
                                 counted16(serverNameExtension("tls.example"));
        send(ms, client, port, true, tlsRecords(be8(1) + be24(body.size()) + body), 0, 443);
    }
    [[nodiscard]] const std::string& bytes() const { return m_bytes; }

private:
    static std::string octets(const std::string& address)
    {
        const auto parsed = IpAddress::parse(address);
        std::string out;
        for (std::size_t i = 0; i < 4; ++i)
            out += static_cast<char>(parsed->octets[i]);
        return out;
    }

    std::string m_bytes;
    std::map<std::tuple<std::string, std::uint16_t, bool>, std::uint32_t> m_next;
};

} // namespace timbre::test
