#pragma once
// TLS as a capture shows it: a ClientHello and a ServerHello in clear, then records of random bytes. Nothing here can
// be decrypted; there are no keys.

#include "tests/generator/random.h"

#include <string>
#include <vector>

namespace timbre::generator {

struct ClientHello {
    std::string serverName{}; // empty: no SNI
    std::vector<std::string> alpn{"h2", "http/1.1"};
    std::vector<std::uint16_t> cipherSuites{0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xc02c,
                                            0xc030, 0xcca9, 0xcca8, 0xc013, 0xc014, 0x009c};
    std::vector<std::uint16_t> groups{0x001d, 0x0017, 0x0018};
    std::vector<std::uint16_t> signatureAlgorithms{0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601};
    std::vector<std::uint16_t> versions{0x0304, 0x0303};
    bool grease = true;           // RFC 8701 values first in each list
    std::size_t paddingBytes = 0; // padding extension; large ones make the hello span several segments
    bool quic = false;            // adds transport parameters, drops the session id and TLS 1.2
};

/// The handshake message without a record around it.
[[nodiscard]] Bytes clientHelloMessage(const ClientHello& hello, Random& random);
[[nodiscard]] Bytes serverHelloMessage(Random& random, std::uint16_t cipherSuite = 0x1301, bool tls13 = true);
/// One record: type 22 handshake, 20 change cipher spec, 23 application data. Requires: at most 16 KiB.
[[nodiscard]] Bytes tlsRecord(std::uint8_t type, std::uint16_t version, ByteView body);
/// ClientHello in one record, as the first flight goes out.
[[nodiscard]] Bytes tlsClientFlight(const ClientHello& hello, Random& random);
/// ServerHello, change cipher spec and `encryptedBytes` of random application data (certificate and so on in TLS 1.3).
[[nodiscard]] Bytes tlsServerFlight(Random& random, std::size_t encryptedBytes);
/// `bytes` of random data in records of at most 16 KiB.
[[nodiscard]] Bytes tlsApplicationData(Random& random, std::size_t bytes);

} // namespace timbre::generator
