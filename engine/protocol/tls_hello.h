#pragma once

// The TLS handshake messages that go in the clear: ClientHello and ServerHello (RFC 8446 4.1, RFC 5246 7.4.1, and for
// DTLS RFC 6347 4.2). Values are views into the message; nothing is copied.

#include "engine/base/bytes.h"

#include <algorithm>
#include <optional>

namespace timbre::protocol {

inline constexpr std::uint8_t kTlsChangeCipherSpec = 20;
inline constexpr std::uint8_t kTlsAlert = 21;
inline constexpr std::uint8_t kTlsHandshake = 22;
inline constexpr std::uint8_t kTlsApplicationData = 23;
inline constexpr std::uint8_t kTlsClientHello = 1;
inline constexpr std::uint8_t kTlsServerHello = 2;
inline constexpr std::size_t kTlsRecordHeader = 5;
inline constexpr std::size_t kTlsHandshakeHeader = 4;
/// RFC 5246 6.2.3: 2^14 plus 2048 for what encryption adds.
inline constexpr std::size_t kMaxTlsRecord = 16384 + 2048;

inline constexpr std::uint16_t kExtensionServerName = 0;
inline constexpr std::uint16_t kExtensionAlpn = 16;
inline constexpr std::uint16_t kExtensionSupportedVersions = 43;

/// Requires of the user: the spans die with the message they were read from.
struct ClientHello {
    std::uint16_t version = 0;
    Bytes random;
    Bytes sessionId;
    Bytes cookie;       // DTLS only
    Bytes cipherSuites; // two bytes each
    Bytes compressionMethods;
    Bytes extensions; // type, length, body; see forEachTlsExtension()
};

struct ServerHello {
    std::uint16_t version = 0;
    Bytes random;
    Bytes sessionId;
    std::uint16_t cipherSuite = 0;
    std::uint8_t compressionMethod = 0;
    Bytes extensions;
};

/// `body` is the handshake message behind its header. Nothing when it breaks the format before the extensions.
[[nodiscard]] std::optional<ClientHello> parseClientHello(Bytes body, bool dtls);
[[nodiscard]] std::optional<ServerHello> parseServerHello(Bytes body);

/// Calls visit(type, body) for each whole extension, in order.
template<typename Visit>
void forEachTlsExtension(Bytes extensions, Visit&& visit)
{
    ByteReader reader(extensions);
    while (reader.remaining() >= 4) {
        const std::uint16_t type = reader.be16();
        const Bytes body = reader.bytes(reader.be16());
        if (!reader.ok())
            return;
        visit(type, body);
    }
}

/// The host name of a server_name extension, as on the wire; empty when there is none.
[[nodiscard]] Bytes serverNameOf(Bytes extensions);

/// True for 3.0 … 3.4 (records of TLS 1.3 still say 3.1 or 3.3).
[[nodiscard]] constexpr bool isTlsVersion(std::uint16_t version)
{
    return version >= 0x0300 && version <= 0x0304;
}
/// DTLS 1.0, 1.2 and the version before the standard that OpenSSL and Cisco spoke.
[[nodiscard]] constexpr bool isDtlsVersion(std::uint16_t version)
{
    return version == 0xfeff || version == 0xfefd || version == 0x0100;
}

} // namespace timbre::protocol
