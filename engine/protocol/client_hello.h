#pragma once

// What a ClientHello says about the client: the name it asks for, and its fingerprints JA3 and JA4 by their published
// definitions. The readers find the first hello of a connection, wherever it begins: at the start of a TCP stream,
// behind STARTTLS or a proxy's answer, in QUIC Initial packets, in DTLS fragments.

#include "engine/protocol/tls_hello.h"

#include <string>
#include <vector>

namespace timbre::protocol {

/// The letter a JA4 begins with.
enum class HelloTransport : char { Tcp = 't', Quic = 'q', Dtls = 'd' };

struct ClientHelloFacts {
    std::string ja3; // MD5 in hex
    std::string ja4;
    std::string serverName; // lower case, escaped as in DNS master files; empty: none
};

[[nodiscard]] ClientHelloFacts describeHello(const ClientHello& hello, HelloTransport transport);

/// `message` with its handshake header. Nothing when it is no ClientHello or breaks the format.
[[nodiscard]] std::optional<ClientHelloFacts> readHelloMessage(Bytes message, HelloTransport transport);

/// True when the bytes can begin a TLS record with a ClientHello (as far as they go, at least three of them).
[[nodiscard]] bool mayBeginHello(Bytes bytes);

/// Reserved values that clients throw in at random (RFC 8701); fingerprints leave them out.
[[nodiscard]] constexpr bool isGrease(std::uint16_t value)
{
    return (value & 0x0f0fU) == 0x0a0aU && value >> 8U == (value & 0xffU);
}

/// One side of a TCP stream from the first byte of a record on.
class TlsHelloReader {
public:
    enum class Status : std::uint8_t { NeedMore, Done, NotHello };

    Status feed(Bytes bytes);
    /// Requires: the last feed() was Done.
    [[nodiscard]] const ClientHelloFacts& facts() const { return m_facts; }
    [[nodiscard]] std::size_t bytesHeld() const { return m_bytes.capacity(); }

private:
    Status read(Bytes stream);

    std::vector<std::byte> m_bytes;
    std::size_t m_wanted = 0;
    ClientHelloFacts m_facts;
};

/// The client's datagrams of one DTLS flow.
class DtlsHelloReader {
public:
    /// Done when this datagram completed the first ClientHello.
    [[nodiscard]] std::optional<ClientHelloFacts> datagram(Bytes payload);

private:
    std::optional<ClientHelloFacts> fragment(Bytes handshake);

    std::vector<std::byte> m_message; // with a TLS-like header
    std::vector<bool> m_have;
    std::uint16_t m_number = 0;
};

} // namespace timbre::protocol
