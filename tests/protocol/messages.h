#pragma once

// Small builders for the messages that the protocol tests feed to the readers.

#include "engine/base/bytes.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace timbre::test {

/// Bytes as a std::string: easy to join, compare and print. asBytes() makes a span of one.
using Wire = std::string;

inline Wire be8(std::size_t value)
{
    return Wire(1, static_cast<char>(value & 0xff));
}
inline Wire be16(std::size_t value)
{
    return be8(value >> 8) + be8(value);
}
inline Wire be24(std::size_t value)
{
    return be8(value >> 16) + be16(value);
}
inline Wire be32(std::size_t value)
{
    return be16(value >> 16) + be16(value);
}
inline Wire counted16(const Wire& content)
{
    return be16(content.size()) + content;
}

inline Wire tlsExtension(std::uint16_t type, const Wire& body)
{
    return be16(type) + counted16(body);
}

inline Wire serverNameExtension(const Wire& name)
{
    return tlsExtension(0, counted16(be8(0) + counted16(name)));
}

/// A handshake message; `padding` bytes of an unknown extension stand before the server name.
inline Wire clientHelloMessage(const Wire& serverName, std::size_t padding = 0)
{
    Wire extensions;
    if (padding > 0)
        extensions += tlsExtension(0xfafa, Wire(padding, 'p'));
    if (!serverName.empty())
        extensions += serverNameExtension(serverName);
    extensions += tlsExtension(16, counted16(be8(2) + "h2"));
    const Wire body = be16(0x0303) + Wire(32, 'r') + be8(0) + counted16(be16(0x1301) + be16(0xc02f)) + be8(1) + be8(0) +
                      counted16(extensions);
    return be8(1) + be24(body.size()) + body;
}

/// Cut into records of at most `recordBytes`.
inline Wire tlsRecords(const Wire& message, std::size_t recordBytes = 16384, std::uint8_t type = 22)
{
    Wire out;
    for (std::size_t at = 0; at < message.size(); at += recordBytes)
        out += be8(type) + be16(0x0301) + counted16(message.substr(at, recordBytes));
    return out;
}

inline Wire serverHelloRecord()
{
    const Wire body =
        be16(0x0303) + Wire(32, 's') + be8(0) + be16(0x1301) + be8(0) + counted16(tlsExtension(43, be16(0x0304)));
    return tlsRecords(be8(2) + be24(body.size()) + body);
}

/// "www.example.org" as labels.
inline Wire dnsName(std::string_view name)
{
    Wire out;
    while (!name.empty()) {
        const auto dot = name.find('.');
        const auto label = name.substr(0, dot);
        out += be8(label.size()) + Wire(label);
        name = dot == std::string_view::npos ? std::string_view{} : name.substr(dot + 1);
    }
    return out + be8(0);
}

inline Wire dnsHeader(std::uint16_t flags, std::size_t questions, std::size_t answers, std::size_t additionals = 0)
{
    return be16(0x1234) + be16(flags) + be16(questions) + be16(answers) + be16(0) + be16(additionals);
}

inline Wire dnsQuestion(std::string_view name, std::uint16_t type = 1)
{
    return dnsName(name) + be16(type) + be16(1);
}

inline Wire dnsRecord(const Wire& wireName, std::uint16_t type, const Wire& data, std::uint16_t classCode = 1)
{
    return wireName + be16(type) + be16(classCode) + be32(300) + counted16(data);
}

inline Wire ipv4(std::uint8_t a, std::uint8_t b, std::uint8_t c, std::uint8_t d)
{
    return be8(a) + be8(b) + be8(c) + be8(d);
}

} // namespace timbre::test
