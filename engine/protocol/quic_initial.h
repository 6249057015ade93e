#pragma once

// Reads the ClientHello in the clear part of QUIC: Initial packets are encrypted with keys that everybody can derive
// from the connection id (RFC 9001 5.2), versions 1 and 2 and the drafts still met. CRYPTO frames may come in any
// order, over several packets and datagrams. One reader per flow, fed with the client's datagrams.

#include "engine/protocol/client_hello.h"

#include <memory>

namespace timbre::protocol {

class QuicHelloReader {
public:
    QuicHelloReader();
    ~QuicHelloReader();
    QuicHelloReader(QuicHelloReader&&) noexcept;
    QuicHelloReader& operator=(QuicHelloReader&&) noexcept;

    /// Filled when this datagram completed the ClientHello.
    [[nodiscard]] std::optional<ClientHelloFacts> datagram(Bytes payload);

    /// True once a packet could be read: this side is the client.
    [[nodiscard]] bool opened() const { return m_keys != nullptr; }
    /// Initial packets that could not be decrypted with keys from their connection id.
    [[nodiscard]] std::uint32_t refused() const { return m_refused; }

private:
    struct Keys;
    struct Packet;

    [[nodiscard]] Bytes openPacket(const Packet& packet);
    [[nodiscard]] static Bytes decrypt(const Packet& packet, const Keys& keys);
    void readFrames(Bytes frames);
    void takeCrypto(std::uint64_t offset, Bytes data);
    [[nodiscard]] std::optional<ClientHelloFacts> helloSoFar() const;
    void restart();

    std::unique_ptr<Keys> m_keys;    // of the last packet that could be read
    std::vector<std::byte> m_crypto; // the CRYPTO stream from its start
    std::vector<bool> m_have;
    std::uint32_t m_refused = 0;
};

/// True when the datagram begins with a long-header packet of a version that can be read: an Initial packet, or another
/// one that may have an Initial packet behind it.
[[nodiscard]] bool mayCarryQuicInitial(Bytes payload);

} // namespace timbre::protocol
